// Whoever decides inside this process:
//
//   bench rows FOLDER            writes the workload for those that decide in processes of their own
//   bench list                   the names of all that can be checked, one a line
//   bench version                versions of all of them
//   bench answers NAME FILE      writes the answers to the first 100,000 rows: outcome, amount, failures, 32 bits each
//   bench memory NAME COUNT      how many KiB the process grows by when so many programmes are loaded and each has
//                                answered once
//   bench allocations NAME       allocations of one decision, or of one call over columns, once everything is warm
//   bench [--benchmark_…]        measures
#include <guiju.h>
#include <malloc.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "allocations.hpp"
#include "face.hpp"

namespace bench {

std::vector<Checked>& checked() {
  static std::vector<Checked> all;
  return all;
}

std::vector<std::string>& versions() {
  static std::vector<std::string> all;
  return all;
}

std::string full_name(std::string_view group, Programme programme, std::string_view name) {
  std::string out(group);
  return out.append("/").append(name_of(programme)).append("/").append(name);
}

namespace {

std::map<std::string, std::function<void(std::size_t)>, std::less<>>& loaders() {
  static std::map<std::string, std::function<void(std::size_t)>, std::less<>> all;
  return all;
}

}  // namespace

void add_load(std::string_view name, std::size_t count, std::function<std::vector<Answer>()> answers,
              std::function<void(benchmark::State&)> measure) {
  const std::string full = "load/" + std::to_string(count) + "/" + std::string(name);
  checked().push_back({full, std::move(answers), {}});
  benchmark::RegisterBenchmark(full.c_str(), std::move(measure))->Unit(benchmark::kMillisecond);
}

void keep_loaded(std::string_view name, std::function<void(std::size_t count)> load) {
  loaders().emplace(name, std::move(load));
}

namespace {

// So many to get warm, and as many of which allocations are counted.
constexpr std::size_t kDecisions = 2'000;
constexpr std::size_t kCalls = 3;  // over columns

// Of this process, in KiB; what was freed is given back first.
long resident() {
  malloc_trim(0);
  std::ifstream in("/proc/self/smaps_rollup");
  std::string line;
  while (std::getline(in, line))
    if (line.rfind("Private_Dirty:", 0) == 0) return std::stol(line.substr(14));
  return 0;
}

int print_memory(const std::string& name, std::size_t count) {
  const auto loader = loaders().find(name);
  if (loader == loaders().end()) return 2;
  rows_of(Programme::appliances);
  rows_of(Programme::cars);
  loader->second(1);  // what the first programme brings along whatever the count is
  const long before = resident();
  loader->second(count);
  std::printf("%ld\n", resident() - before);
  return 0;
}

#ifdef __clang__
constexpr const char* kCompiler = "compiled by";
#else
constexpr const char* kCompiler = "compiled by GCC";
#endif

int print_versions() {
  std::printf("Guiju %s, C++ by hand: %s %s", gj_version(), kCompiler, __VERSION__);
  for (const std::string& one : versions()) std::printf(", %s", one.c_str());
  std::printf("\n");
  return 0;
}

int list() {
  for (const Checked& one : checked()) std::printf("%s\n", one.name.c_str());
  return 0;
}

int print_allocations(const std::string& name) {
  for (const Checked& one : checked()) {
    if (one.name != name || !one.decides) continue;
    const std::function<void()> decide = one.decides();
    const std::size_t times = name.starts_with("columns/") ? kCalls : kDecisions;
    for (std::size_t i = 0; i < times; ++i) decide();
    const long before = allocations();
    for (std::size_t i = 0; i < times; ++i) decide();
    std::printf("%.3f\n", static_cast<double>(allocations() - before) / static_cast<double>(times));
    return 0;
  }
  return 2;
}

int write_answers(const std::string& name, const std::string& path) {
  for (const Checked& one : checked()) {
    if (one.name != name) continue;
    const std::vector<Answer> answers = one.answers();
    std::ofstream out(path, std::ios::binary);
    out.write(reinterpret_cast<const char*>(answers.data()),
              static_cast<std::streamsize>(answers.size() * sizeof(Answer)));
    return out.good() ? 0 : 1;
  }
  std::fprintf(stderr, "nobody here is named %s\n", name.c_str());
  return 2;
}

}  // namespace

}  // namespace bench

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv, argv + argc);
  if (words.size() == 3 && words[1] == "rows") {
    bench::write_rows(words[2]);
    return 0;
  }
  if (words.size() == 2 && words[1] == "list") return bench::list();
  if (words.size() == 2 && words[1] == "version") return bench::print_versions();
  if (words.size() == 4 && words[1] == "answers") return bench::write_answers(words[2], words[3]);
  if (words.size() == 3 && words[1] == "allocations") return bench::print_allocations(words[2]);
  if (words.size() == 4 && words[1] == "memory") return bench::print_memory(words[2], std::stoul(words[3]));
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
