// Receipts of every engine there has been are verified by this one.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "compiler/compile.hpp"
#include "diagnostics/render.hpp"
#include "receipt/receipt.hpp"
#include "shop.hpp"

using namespace guiju;
namespace fs = std::filesystem;

namespace {

const fs::path kKept = GUIJU_TEST_DIR "/receipts";

// Every folder with receipts, below that of the version which wrote them.
std::vector<fs::path> kept_sets() {
  std::vector<fs::path> sets;
  for (const auto& entry : fs::recursive_directory_iterator(kKept)) {
    if (entry.path().filename() == "receipts.jsonl") sets.push_back(entry.path().parent_path());
  }
  std::sort(sets.begin(), sets.end());
  return sets;
}

std::string version_of(const fs::path& set) {
  return set.lexically_relative(kKept).begin()->string();
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

bool says(const json::Value& value) {
  return value.kind != json::Value::Kind::null && (value.kind != json::Value::Kind::array || !value.items.empty());
}

// The members that say something, of the answer and of what is in it.
void add_kinds(const json::Value& value, std::set<std::string>& kinds) {
  for (const json::Value& item : value.items) add_kinds(item, kinds);
  for (const json::Member& member : value.members) {
    if (!says(member.value)) continue;
    kinds.insert(member.name);
    add_kinds(member.value, kinds);
  }
}

}  // namespace

TEST_CASE("kept receipts are decided the same; those of this version in the same words") {
  const auto sets = kept_sets();
  REQUIRE_FALSE(sets.empty());
  std::map<std::string, std::set<std::string>> outcomes, kinds;  // by version
  for (const fs::path& set : sets) {
    CAPTURE(set);
    const auto plan = compile_folder(set / "rules");
    REQUIRE(plan != nullptr);
    std::size_t number = 0;
    for (const std::string& line : lines_of(set / "receipts.jsonl")) {
      ++number;
      CAPTURE(number);
      auto read = receipt::read(line);
      REQUIRE_MESSAGE(read, read.why.en);
      CHECK(read->engine == version_of(set));
      CHECK(read->intact);
      const auto found = receipt::verify(*read, plan);
      CHECK(found.same_rules);
      const json::Difference where = found.difference.value_or(json::Difference{});
      CHECK_MESSAGE(found.same(), where.path << " was " << where.was << ", is " << where.now);
      outcomes[version_of(set)].insert(outcome_in(*read));
      add_kinds(read->answer, kinds[version_of(set)]);
      if (!read->masked.empty()) kinds[version_of(set)].insert("masked");
    }
  }
  for (const auto& of_version : outcomes) {
    CAPTURE(of_version.first);
    for (const char* outcome : {"eligible", "ineligible", "undetermined", "referred", "not_in_force", "invalid",
                                "graded", "not_owed", "owed", "met", "late", "overdue"}) {
      CHECK_MESSAGE(of_version.second.contains(outcome), "no receipt that is " << outcome);
    }
  }
  for (const auto& of_version : kinds) {
    CAPTURE(of_version.first);
    for (const char* kind :
         {"shares",   "implements",      "region",         "suspended",  "refused",    "duty",
          "ceiling",  "average",         "charge",         "deduction",  "credit",     "ceiling_between",
          "part",     "entries",         "kind",           "by_reading", "readings",   "failed_one_of",
          "stuck_on", "nearest_version", "amount_between", "documents",  "conditions", "warnings",
          "checks",   "results",         "masked"}) {
      CHECK_MESSAGE(of_version.second.contains(kind), "no receipt with " << kind);
    }
  }
}
