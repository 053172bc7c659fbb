// Which measure of a plan each declaration of the rules serves, and how many figures stand on what confidence. A
// declaration serves a measure by citing it: `cite "青政〔2024〕23号" "措施 7"`; the measures themselves stand in a
// table beside the rules.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "compiler/compile.hpp"
#include "values/calendar.hpp"

namespace guiju::compiler {

// The first row of the table names the plan; every other is `article,title,reason`: the reason why nothing of it is
// decided, or what of it is not.
struct Measure {
  std::string article, title, reason;
};
struct MeasureTable {
  std::string plan;  // as the rules cite it
  std::vector<Measure> measures;
};
// No value where the text is no such table.
[[nodiscard]] std::optional<MeasureTable> read_measures(std::string_view csv);

// On what a figure stands: the mark of its own row or cell, else the weakest paper of its statement, else the weakest
// of its version, the plan itself apart.
enum class Confidence : std::uint8_t { verified, unmarked, secondhand, unverified };
inline constexpr std::size_t kConfidences = 4;
using FigureCounts = std::array<std::size_t, kConfidences>;

struct Served {
  enum Kind : std::uint8_t { program, standard, duty, targets, group } kind = program;
  std::string name, file;
  model::Label label;
  std::vector<std::string> articles;  // of the plan, that some version cites
  FigureCounts figures{};             // of all versions
  FigureCounts in_force{};            // of those that govern on the day
};
struct MeasureReport {
  std::vector<Served> served;            // in the order of the files
  FigureCounts tables_in_force{};        // of tables and values that stand by themselves
  std::vector<std::string> unknown;      // articles of the plan that the table of measures does not have
  std::vector<std::string> unexplained;  // measures that nothing serves and that give no reason
};
[[nodiscard]] MeasureReport report_measures(const Compiled& compiled, const MeasureTable& table, Day day);

// The report as a page in Markdown.
[[nodiscard]] std::string measures_page(const MeasureReport& report, const MeasureTable& table, Day day);

}  // namespace guiju::compiler
