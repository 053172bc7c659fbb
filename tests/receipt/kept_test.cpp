// Receipts of every engine there has been are verified by this one.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "compiler/compile.hpp"
#include "diagnostics/render.hpp"
#include "receipt/receipt.hpp"
#include "shop.hpp"

using namespace guiju;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> kept_sets() {
  std::vector<fs::path> sets;
  for (const auto& entry : fs::directory_iterator(GUIJU_TEST_DIR "/receipts")) {
    if (entry.is_directory()) sets.push_back(entry.path());
  }
  std::sort(sets.begin(), sets.end());
  return sets;
}

std::shared_ptr<const plan::Plan> compile_folder(const fs::path& folder) {
  const auto found = compiler::find_rule_files({folder.string()});
  const auto compiled = compiler::compile(found.files, compiler::disk_reader(found.root));
  for (const auto& finding : compiled.diagnostics.all()) {
    if (info(finding.code).severity == Severity::error) MESSAGE(render(finding, compiled.sources, Language::en));
  }
  return compiled.plan;
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE_MESSAGE(in.good(), path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string outcome_in(const receipt::Receipt& receipt) {
  return receipt.answer.find("outcome")->text;
}

}  // namespace

TEST_CASE("kept receipts are decided the same; those of this version in the same words") {
  const auto sets = kept_sets();
  REQUIRE_FALSE(sets.empty());
  for (const fs::path& set : sets) {
    CAPTURE(set);
    const auto plan = compile_folder(set / "rules");
    REQUIRE(plan != nullptr);
    std::set<std::string> outcomes;
    std::size_t number = 0;
    for (const std::string& line : lines_of(set / "receipts.jsonl")) {
      ++number;
      CAPTURE(number);
      auto read = receipt::read(line);
      REQUIRE_MESSAGE(read, read.why.en);
      CHECK(read->engine == set.filename().string());
      CHECK(read->intact);
      const auto found = receipt::verify(*read, plan);
      CHECK(found.same_rules);
      const json::Difference where = found.difference.value_or(json::Difference{});
      CHECK_MESSAGE(found.same(), where.path << " was " << where.was << ", is " << where.now);
      outcomes.insert(outcome_in(*read));
    }
    for (const char* outcome :
         {"eligible", "ineligible", "undetermined", "referred", "not_in_force", "invalid", "graded"}) {
      CHECK_MESSAGE(outcomes.contains(outcome), "no receipt that is " << outcome);
    }
  }
}
