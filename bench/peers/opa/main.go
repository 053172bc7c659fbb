// OPA, linked in as a Go module: a query that is prepared once, evaluated on a map of the facts.
//
// Usage: opa FOLDER list | version | answers NAME ROWS FILE | measure NAME ROWS SECONDS   FOLDER has appliances.rego and cars.rego
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/open-policy-agent/opa/v1/rego"
)

const (
	agreement = 100_000
	distinct  = 65_536
	facts     = 8
)

var columns = map[string][]string{
	"appliances": {"date", "category", "tier", "list_price", "discounts", "participating", "takes_back", "buyer"},
	"cars":       {"invoiced_on", "papers_on", "old_fuel", "old_registered_on", "held_since", "drive", "displacement", "price"},
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
	return value
}

type decider struct{ query rego.PreparedEvalQuery }

func compile(folder, programme string) decider {
	text := must(os.ReadFile(filepath.Join(folder, programme+".rego")))
	query := rego.New(rego.Query("data."+programme+".answer"), rego.Module(programme+".rego", string(text)))
	return decider{must(query.PrepareForEval(context.Background()))}
}

// Answers outcome, amount, failures.
func (d decider) decide(row map[string]any) (answer [3]int32) {
	results := must(d.query.Eval(context.Background(), rego.EvalInput(row)))
	for i, value := range results[0].Expressions[0].Value.([]any) {
		answer[i] = int32(must(value.(json.Number).Int64()))
	}
	return answer
}

func rows(folder, programme string, count int) []map[string]any {
	data := must(os.ReadFile(filepath.Join(folder, programme+".rows")))
	all := len(data) / 4 / facts
	out := make([]map[string]any, count)
	for i := range out {
		out[i] = make(map[string]any, facts)
		for c, name := range columns[programme] {
			out[i][name] = int64(int32(binary.LittleEndian.Uint32(data[4*(c*all+i):])))
		}
	}
	return out
}

func processorTime() time.Duration {
	var usage syscall.Rusage
	must(0, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func measure(d decider, cases []map[string]any, seconds float64) float64 {
	for _, row := range cases[:1000] {
		d.decide(row)
	}
	begin, count := processorTime(), 0
	for (processorTime() - begin).Seconds() < seconds {
		for _, row := range cases[count%64_000 : count%64_000+1000] {
			d.decide(row)
		}
		count += 1000
	}
	return float64((processorTime() - begin).Nanoseconds()) / float64(count)
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/open-policy-agent/opa" {
			return "OPA " + module.Version
		}
	}
	return "OPA"
}

func main() {
	folder, words := os.Args[1], os.Args[2:]
	switch words[0] {
	case "version":
		fmt.Println(version())
	case "list":
		fmt.Println("one/appliances/opa\none/cars/opa")
	case "answers":
		programme := strings.Split(words[1], "/")[1]
		d, file := compile(folder, programme), must(os.Create(words[3]))
		for _, row := range rows(words[2], programme, agreement) {
			must(0, binary.Write(file, binary.LittleEndian, d.decide(row)))
		}
		must(0, file.Close())
	case "measure":
		programme := strings.Split(words[1], "/")[1]
		seconds := must(strconv.ParseFloat(words[3], 64))
		fmt.Println(measure(compile(folder, programme), rows(words[2], programme, distinct), seconds))
	}
}
