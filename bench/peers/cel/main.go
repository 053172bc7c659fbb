// cel-go: expressions that are compiled once, evaluated on a map of the facts. The failures are one expression, the outcome and the
// amount two more, which see them.
//
// Usage: cel list | version | answers NAME ROWS FILE | measure NAME ROWS SECONDS
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"cel.dev/cel-go/cel"
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

// Days are written as {2025-01-31} and replaced by their number since 1970-01-01.
var expressions = map[string][3]string{
	"appliances": {
		`date < {2024-08-25} || date >= {2027-01-01} ? 0 :
		 (buyer != 0 ? 1 : 0) + (participating == 0 ? 2 : 0)
		 + (category >= (date >= {2026-01-01} ? 6 : date >= {2025-01-01} ? 12 : 8) ? 4 : 0)
		 + (tier > (date >= {2026-01-01} ? 0 : 1) ? 8 : 0) + (date >= {2026-01-01} && takes_back == 0 ? 16 : 0)`,
		`date < {2024-08-25} || date >= {2027-01-01} ? 4 : failed != 0 ? 1 : 0`,
		`outcome != 0 ? 0 : date >= {2026-01-01}
		   ? ((list_price - discounts) * 15 / 100 < 150000 ? (list_price - discounts) * 15 / 100 : 150000)
		   : ((list_price - discounts) * (tier == 0 ? 20 : 15) / 100 < 200000
		      ? (list_price - discounts) * (tier == 0 ? 20 : 15) / 100 : 200000)`,
	},
	"cars": {
		`invoiced_on < {2024-04-24} || invoiced_on >= {2027-01-01} ? 0 :
		 (old_registered_on > (invoiced_on >= {2026-01-01} ? (old_fuel == 0 ? {2013-06-30} : old_fuel == 3 ? {2019-12-31} : {2015-06-30})
		    : invoiced_on >= {2025-01-01} ? (old_fuel == 0 ? {2012-06-30} : old_fuel == 3 ? {2018-12-31} : {2014-06-30})
		    : (old_fuel == 0 ? {2011-06-30} : old_fuel == 3 ? {2018-04-30} : {2013-06-30})) ? 1 : 0)
		 + (drive != 0 && displacement >= 2050 ? 2 : 0)
		 + ((invoiced_on >= {2026-01-01} ? papers_on < {2026-01-01}
		     : invoiced_on >= {2025-01-01} ? papers_on < {2025-01-01} || papers_on >= {2026-01-01}
		     : papers_on < {2024-04-24} || papers_on >= {2025-01-01}) ? 4 : 0)
		 + ((invoiced_on >= {2026-01-01} ? false : invoiced_on >= {2025-01-01} ? papers_on > {2026-01-10}
		     : papers_on < {2024-04-24} || papers_on > {2025-01-10}) ? 8 : 0)
		 + (held_since > (invoiced_on >= {2025-01-01} ? {2025-01-08} : {2024-07-25}) ? 16 : 0)
		 + (old_fuel == 3 && drive != 0 ? (invoiced_on >= {2026-01-01} ? 128 : 64) : 0)`,
		`invoiced_on < {2024-04-24} || invoiced_on >= {2027-01-01} ? 4 : failed != 0 ? 1 :
		 (drive != 0 && displacement > 2000) || held_since == (invoiced_on >= {2025-01-01} ? {2025-01-08} : {2024-07-25})
		 || (invoiced_on >= {2026-01-01} && (papers_on < {2026-01-01} || papers_on >= {2027-01-01}))
		 || (invoiced_on >= {2025-01-01} && invoiced_on < {2026-01-01} && papers_on == {2026-01-10}) ? 3 : 0`,
		`outcome != 0 ? 0 : invoiced_on < {2026-01-01} ? (drive == 0 ? 2000000 : 1500000) : drive == 0
		   ? ((price * 12 + 9999) / 10000 * 100 < 2000000 ? (price * 12 + 9999) / 10000 * 100 : 2000000)
		   : ((price * 10 + 9999) / 10000 * 100 < 1500000 ? (price * 10 + 9999) / 10000 * 100 : 1500000)`,
	},
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
	return value
}

func withDays(text string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		date, after, _ := strings.Cut(rest, "}")
		out.WriteString(strconv.FormatInt(must(time.Parse("2006-01-02", date)).Unix()/86_400, 10))
		text = after
	}
}

type decider [3]cel.Program

func compile(programme string) (out decider) {
	options := []cel.EnvOption{cel.Variable("failed", cel.IntType), cel.Variable("outcome", cel.IntType)}
	for _, name := range columns[programme] {
		options = append(options, cel.Variable(name, cel.IntType))
	}
	environment := must(cel.NewEnv(options...))
	for i, text := range expressions[programme] {
		tree, issues := environment.Compile(withDays(text))
		if issues != nil {
			must(0, issues.Err())
		}
		out[i] = must(environment.Program(tree, cel.EvalOptions(cel.OptOptimize)))
	}
	return out
}

// Answers outcome, amount, failures.
func (d decider) decide(row map[string]any) (answer [3]int32) {
	for i, name := range []string{"failed", "outcome", "amount"} {
		value, _, err := d[i].Eval(row)
		row[name] = must(value, err).Value()
	}
	for i, name := range []string{"outcome", "amount", "failed"} {
		answer[i] = int32(row[name].(int64))
	}
	return answer
}

func rows(folder, programme string, count int) []map[string]any {
	data := must(os.ReadFile(filepath.Join(folder, programme+".rows")))
	all := len(data) / 4 / facts
	out := make([]map[string]any, count)
	for i := range out {
		out[i] = make(map[string]any, facts+3)
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

func measure(programme, folder string, seconds float64) float64 {
	d, cases := compile(programme), rows(folder, programme, distinct)
	for _, row := range cases {
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
		if module.Path == "cel.dev/cel-go" {
			return "cel-go " + module.Version
		}
	}
	return "cel-go"
}

func main() {
	words := os.Args[1:]
	switch words[0] {
	case "version":
		fmt.Println(version())
	case "list":
		fmt.Println("one/appliances/cel\none/cars/cel")
	case "answers":
		programme := strings.Split(words[1], "/")[1]
		d, file := compile(programme), must(os.Create(words[3]))
		for _, row := range rows(words[2], programme, agreement) {
			must(0, binary.Write(file, binary.LittleEndian, d.decide(row)))
		}
		must(0, file.Close())
	case "measure":
		fmt.Println(measure(strings.Split(words[1], "/")[1], words[2], must(strconv.ParseFloat(words[3], 64))))
	}
}
