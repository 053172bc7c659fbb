// Guiju with many programmes: from rule texts to rulebook, each programme answering once; and one decision among many.
#include "face.hpp"
#include "guiju/rules.hpp"
#include "many.hpp"

namespace {

using namespace bench;

std::vector<std::string> cases_of(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t k = 0; k < count; ++k) out.push_back(json_of(kind_of(k), rows_of(kind_of(k))[k]));
  return out;
}

gj_text as_text(const std::string& text) {
  return {text.data(), text.size()};
}

gj_rulebook* load(const std::vector<RuleFile>& files, gj_cache* cache = nullptr) {
  gj_compile_options options = {};
  options.size = sizeof options;
  options.cache = cache;
  std::vector<gj_source> sources;
  for (const RuleFile& file : files) sources.push_back({as_text(file.path), as_text(file.text)});
  gj_rulebook* rulebook = nullptr;
  gj_diagnostics* findings = nullptr;
  gj_error* error = nullptr;
  const gj_status status = gj_compile_memory(sources.data(), sources.size(), &options, &rulebook, &findings, &error);
  gj_diagnostic first = {};
  first.size = sizeof first;
  if (gj_diagnostics_error_count(findings) != 0 && gj_diagnostics_get(findings, 0, GJ_EN, &first) == GJ_OK)
    must(status, std::string(first.rendered.data, first.rendered.size).c_str());
  must(status, "many programmes", error);
  gj_diagnostics_delete(findings);
  return rulebook;
}

gj_decision* silent_decision() {
  gj_decision* decision = nullptr;
  must(gj_decision_new(&decision, nullptr), "decision");
  must(gj_decision_set_language(decision, GJ_SILENT), "language");
  return decision;
}

std::vector<Answer> each_once(gj_rulebook* rulebook, const std::vector<std::string>& cases) {
  std::vector<Answer> out;
  gj_decision* decision = silent_decision();
  for (std::size_t k = 0; k < cases.size(); ++k) {
    FailureBits bits(kind_of(k));
    const std::string name = many_name(k);
    gj_facts* facts = nullptr;
    must(gj_facts_new(gj_rulebook_find_program(rulebook, name.data(), name.size()), &facts, nullptr), "facts");
    gj_facts_read_json(facts, cases[k].data(), cases[k].size(), nullptr);
    gj_decide(facts, decision, nullptr);
    out.push_back(answer_of(decision, bits));
    gj_facts_delete(facts);
  }
  gj_decision_delete(decision);
  return out;
}

std::vector<Answer> load_and_answer(const std::vector<RuleFile>& files, const std::vector<std::string>& cases) {
  gj_rulebook* rulebook = load(files);
  std::vector<Answer> out = each_once(rulebook, cases);
  gj_rulebook_release(rulebook);
  return out;
}

void measure_load(benchmark::State& state, std::size_t count) {
  const std::vector<RuleFile> files = many_rule_files(count);
  const std::vector<std::string> cases = cases_of(count);
  for (auto _ : state) benchmark::DoNotOptimize(load_and_answer(files, cases));
}

// One decision of ten programmes of a rulebook that has `count` programmes.
void measure_among(benchmark::State& state, std::size_t count) {
  gj_rulebook* rulebook = load(many_rule_files(count));
  const std::vector<std::string> cases = cases_of(count);
  gj_decision* decision = silent_decision();
  constexpr std::size_t kAsked = 10;  // as many whatever the count is, so that the caches hold the same amount
  std::vector<gj_facts*> facts(kAsked);
  for (std::size_t i = 0; i < kAsked; ++i) {
    const std::size_t k = i * (count / kAsked);
    const std::string name = many_name(k);
    must(gj_facts_new(gj_rulebook_find_program(rulebook, name.data(), name.size()), &facts[i], nullptr), "facts");
    gj_facts_read_json(facts[i], cases[k].data(), cases[k].size(), nullptr);
  }
  std::size_t i = 0;
  for (auto _ : state) {
    gj_decide(facts[i], decision, nullptr);
    benchmark::DoNotOptimize(gj_decision_outcome(decision));
    i = (i + 1) % kAsked;
  }
  for (gj_facts* one : facts) gj_facts_delete(one);
  gj_decision_delete(decision);
  gj_rulebook_release(rulebook);
}

// A table of so many rows that stands in a CSV file beside the rules.
std::vector<RuleFile> rules_with_csv(std::size_t rows) {
  std::string csv = "model,cap\n";
  for (std::size_t k = 0; k < rows; ++k)
    csv.append("M-").append(std::to_string(k)).append(",").append(std::to_string(100 + k % 900)).append(" yuan\n");
  return {{"rules.gj",
           "table caps \"caps\" from \"caps.csv\" {\n  cite \"a notice\"\n  given model: text\n  gives cap: money\n}\n"
           "program p \"p\" {\n  given model: text, price: money, day: date\n  in force by day\n"
           "  version v from 2025-01-01 {\n    cite \"a notice\"\n"
           "    amount = 10% of price, at most caps(model).cap, rounded down to 0.01 yuan\n  }\n}\n"},
          {"caps.csv", csv}};
}

void measure_csv(benchmark::State& state, std::size_t rows) {
  const std::vector<RuleFile> files = rules_with_csv(rows);
  for (auto _ : state) gj_rulebook_release(load(files));
}

// The same thousand programmes again after a change of one file of fifty: what an editor waits for.
void measure_again(benchmark::State& state, std::size_t count) {
  const std::vector<std::vector<RuleFile>> both = {many_rule_files(count), many_rule_files(count - 1)};
  gj_cache* cache = nullptr;
  must(gj_cache_new(&cache, nullptr), "cache");
  std::size_t round = 0;
  for (auto _ : state) gj_rulebook_release(load(both[round++ % 2], cache));
  gj_cache_delete(cache);
}

bool add() {
  for (const std::size_t count : {1UL, 10UL, 100UL, 1000UL})
    add_load(
        "guiju", count, [count] { return load_and_answer(many_rule_files(count), cases_of(count)); },
        [count](benchmark::State& state) { measure_load(state, count); });
  for (const std::size_t count : {10UL, 100UL, 1000UL, 10000UL})
    benchmark::RegisterBenchmark(("among/" + std::to_string(count) + "/guiju").c_str(),
                                 [count](benchmark::State& state) { measure_among(state, count); });
  benchmark::RegisterBenchmark("load/10000/guiju", [](benchmark::State& state) {
    measure_load(state, 10000);
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("again/1000/guiju", [](benchmark::State& state) {
    measure_again(state, 1000);
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("csv/100000/guiju", [](benchmark::State& state) {
    measure_csv(state, 100000);
  })->Unit(benchmark::kMillisecond);
  keep_loaded("guiju", [](std::size_t count) {
    gj_rulebook* rulebook = load(many_rule_files(count));
    each_once(rulebook, cases_of(count));
  });
  return true;
}

[[maybe_unused]] const bool added = add();

}  // namespace
