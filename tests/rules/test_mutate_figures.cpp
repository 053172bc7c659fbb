// No figure of the rules stands untested: each is changed by one unit in its last digit, up and down, and then some
// test must fail or the checker must refuse the file. So is each comparison: where `<=` becomes `<`, what is equal
// changes sides. A change that nobody notices is a survivor; survivors that cannot be tested yet stand in
// allowed_survivors.txt, each with the reason. The numbers of CSV files that tables are read from are figures, too;
// catalogues are not: their models are no figures of a policy. Two environment variables serve whoever writes a rule
// file: GUIJU_RULES names another folder of rules, GUIJU_ONLY restricts the changes to the files whose path contains
// it. A third, GUIJU_SHARE, splits the work.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "compiler/rule_tests.hpp"
#include "rules/figures.hpp"
#include "rules/rule_folder.hpp"

namespace {

using namespace guiju;
using tests::RuleFolder;

std::string from_environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

// Words with single blanks between them, so that laying a table out anew changes no key.
std::string words_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::string out;
  for (std::string word; in >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::map<std::string, bool> allowed_survivors() {
  std::map<std::string, bool> allowed;
  std::ifstream in(GUIJU_TEST_DIR "/rules/allowed_survivors.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto reason = line.rfind(" | ");
    REQUIRE_MESSAGE((reason != std::string::npos && line.size() > reason + 3), "no reason: " << line);
    allowed.emplace(line.substr(0, reason), false);
  }
  return allowed;
}

// Nothing noticed: it compiles and every test passes.
bool survives(const compiler::Compiled& compiled) {
  if (compiled.diagnostics.has_errors() || compiled.plan == nullptr) return false;
  for (const auto& result : compiler::run_tests(compiled, true)) {
    if (!result.passed) return false;
  }
  return true;
}

const syntax::Tree* tree_of(const compiler::Compiled& compiled, const std::string& path) {
  for (const auto& tree : compiled.trees) {
    if (compiled.sources.file(tree->file()).path() == path) return tree.get();
  }
  return nullptr;
}

// The work is split over several tests that run at the same time: each takes every n-th figure.
struct Share {
  std::size_t number = 0, of = 1;
  [[nodiscard]] bool takes(std::size_t figure) const { return figure % of == number; }
};
Share share_of_the_work() {
  std::istringstream in(from_environment("GUIJU_SHARE", "0/1"));  // "2/4" is the third of four
  Share share;
  char slash = 0;
  in >> share.number >> slash >> share.of;
  return share;
}

class Hunt {
 public:
  explicit Hunt(const RuleFolder& folder) : folder_(folder) {}

  void file(const std::string& path) {
    const std::vector<std::string> affected = folder_.dependents(path);
    const auto original = folder_.compile(affected);
    REQUIRE_MESSAGE(survives(original), path << " does not pass its tests as it stands\n" << tests::messages(original));
    const auto* tree = tree_of(original, path);
    REQUIRE(tree != nullptr);
    hunt({path, affected, path}, original.sources.file(tree->file()), tests::figures_of(*tree));
    hunt({path, affected, path}, original.sources.file(tree->file()), tests::comparisons_of(*tree));
    std::set<FileId> seen;
    for (const model::Table& table : original.rulebook->tables) {
      const bool from_file = table.span.file == tree->file() && !table.rows.empty();
      if (!from_file) continue;
      hunt_rows({path, affected, {}}, table.rows, table, tree->file(), original.sources, seen);
    }
    for (const model::Standard& standard : original.rulebook->standards) {
      for (const model::Edition& edition : standard.editions) {
        for (const model::Grading& grading : edition.gradings) {
          if (grading.span.file == tree->file())
            hunt_rows({path, affected, {}}, grading.rows, {}, tree->file(), original.sources, seen);
        }
      }
    }
  }

  [[nodiscard]] std::size_t figures() const { return figures_; }

  void check_the_list() const {
    for (const auto& survivor : allowed_) {
      const std::string& key = survivor.first;
      CHECK_MESSAGE(survivor.second, "no longer survives, take it off the list: " << key);
    }
  }

 private:
  struct Place {
    std::string rules;                  // whose tests come first
    std::vector<std::string> affected;  // and then those of all that use it
    std::string changed;
  };

  // Of rows that come from a data file; `table` tells which of its columns are texts.
  void hunt_rows(Place place, const std::vector<model::Row>& rows, const model::Table& table, FileId own,
                 const SourceSet& sources, std::set<FileId>& seen) {
    for (const model::Row& row : rows) {
      if (row.span.file == own || !seen.insert(row.span.file).second) continue;
      const SourceFile& data = sources.file(row.span.file);
      if (folder_.files().count(data.path()) == 0 || is_rule_file(data.path())) continue;
      place.changed = data.path();
      hunt(place, data, tests::figures_of_csv(data.text(), table));
    }
  }

  static bool is_rule_file(const std::string& path) { return path.size() > 3 && path.substr(path.size() - 3) == ".gj"; }

  // Most changes are noticed by the tests of the file itself.
  [[nodiscard]] bool nobody_notices(const Place& place, const std::string& text) const {
    if (!survives(folder_.compile_with({place.rules}, place.changed, text))) return false;
    return place.affected.size() == 1 || survives(folder_.compile_with(place.affected, place.changed, text));
  }

  void hunt(const Place& where, const SourceFile& file, const std::vector<tests::Figure>& figures) {
    const std::string text(file.text());
    std::uint32_t line = 0;
    std::size_t nth = 0;  // on that line: laying a table out anew changes no key
    for (const auto& figure : figures) {
      const auto place = file.locate(figure.begin);
      nth = place.line == line ? nth + 1 : 1;
      line = place.line;
      const bool mine = share_.takes(figures_++);
      CHECK_MESSAGE(!figure.mutants.empty(), where.changed << ": cannot change " << figure.written);
      for (const auto& mutant : figure.mutants) {
        const std::string key = where.changed + " | " + words_of(file.line(line)) + " | no. " + std::to_string(nth) +
                                ": " + figure.written + " -> " + mutant;
        const auto found = allowed_.find(key);
        if (found != allowed_.end() && !mine) found->second = true;  // for another share to judge
        if (!mine) continue;
        if (!nobody_notices(where, text.substr(0, figure.begin) + mutant + text.substr(figure.end))) continue;
        if (found != allowed_.end())
          found->second = true;
        else
          FAIL_CHECK("nobody notices, line " << line << ":\n" << key);
      }
    }
  }

  const RuleFolder& folder_;
  Share share_ = share_of_the_work();
  std::map<std::string, bool> allowed_ = allowed_survivors();
  std::size_t figures_ = 0;
};

}  // namespace

TEST_CASE("a figure changes by one unit in its last digit") {
  CHECK(tests::mutants_of("0.01 yuan") == std::vector<std::string>{"0.02 yuan", "0.00 yuan"});
  CHECK(tests::mutants_of("20000元") == std::vector<std::string>{"20001元", "19999元"});
  CHECK(tests::mutants_of("1_000_000") == std::vector<std::string>{"1_000_001", "999_999"});
  CHECK(tests::mutants_of("9.9%") == std::vector<std::string>{"10.0%", "9.8%"});
  CHECK(tests::mutants_of("0") == std::vector<std::string>{"1", "-1"});
  CHECK(tests::mutants_of("2024-12-31") == std::vector<std::string>{"2025-01-01", "2024-12-30"});
}

TEST_CASE("the numbers and days of a CSV file are figures, its names are none") {
  const std::string rules =
      "table ceilings from \"ceilings.csv\" {\n  given model: text, power: kW\n  gives ceiling: money, until: date\n"
      "  hit unique\n}\n";
  const std::string data =
      "model,power [kW],ceiling [yuan],until\nXK 200,(7.5..20] kW,\"1000\",2025-12-31\n12-B,>= 20,= 2 * 900 "
      "yuan,2026-01-01\n";
  compiler::FileReader reader{[&](const std::string& path) -> std::optional<std::string> {
    if (path == "rules.gj") return rules;
    return path == "ceilings.csv" ? std::optional(data) : std::nullopt;
  }};
  const auto compiled = compiler::compile({"rules.gj"}, reader);
  REQUIRE_MESSAGE(compiled.rulebook->tables.size() == 1, tests::messages(compiled));
  std::vector<std::string> written;
  for (const auto& figure : tests::figures_of_csv(data, compiled.rulebook->tables.front()))
    written.push_back(figure.written);
  CHECK(written == std::vector<std::string>{"7.5", "20", "1000", "2025-12-31", "20", "2", "900", "2026-01-01"});
}

TEST_CASE("every figure of the rules is held by a test") {
  const auto folder = RuleFolder::load(from_environment("GUIJU_RULES", GUIJU_RULES_DIR));
  const std::string only = from_environment("GUIJU_ONLY", "");
  Hunt hunt(folder);
  for (const auto& path : folder.rule_files()) {
    if (path.find(only) != std::string::npos) hunt.file(path);
  }
  MESSAGE(hunt.figures() << " figures and comparisons, each changed");
  if (!only.empty()) return;
  CHECK(hunt.figures() > 200);
  hunt.check_the_list();
}
