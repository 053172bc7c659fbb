// One let of a small programme, checked: for tests that are exact about what an expression becomes, or which finding it
// gives.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "diagnostics/render.hpp"
#include "model/check.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"

namespace guiju::test {

// The words of all snippets.
inline const std::string kWords = R"(
enum Kind / zh 种类 { car "汽车", truck "货车", van "面包车" }
enum Colour { red "红", blue "蓝", van2 "二" }
enum Size { small "小", red "红号" }
scale Tier / zh 等级制 from best { level1 "1级", level2 "2级", level3 "3级", floor fails "不达标" }
scale Stage / zh 阶段 from worst { 国三 "国三", 国四 "国四", 国五 "国五" }
unit rack / zh 架 "机架"
record Item / zh 物品 {
  kind: Kind, size: kW, mass: kg, price / zh 净价: money, count: integer, share: %, on: date, until: optional date
  tier: optional Tier, sold: bool, place: region, name: text, length: duration, paid: money when sold, load: t when kind is truck
  tags: list of text, spare: optional money, stage / zh 排放: Stage
}
record Claim { kind: Kind, amount: money, on: date, tier: optional Tier }
)";

class Rules {
 public:
  // `body`: statements of the one version; `top`: declarations of the file.
  explicit Rules(const std::string& body, const std::string& top = "",
                 const std::map<std::string, std::string>& data = {}) {
    const std::string text =
        kWords + top + "\nprogram p \"项目\" {\n given item: Item, claims: history of Claim, old: optional Item\n" +
        " in force by item.on\n version v from 2024-01-01 to 2024-12-31 {\n cite \"文\"\n" + body + "\n }\n}\n";
    check(text, data);
  }
  struct Whole {
    std::string text;
  };
  explicit Rules(const Whole& file, const std::map<std::string, std::string>& data = {}) {
    check(kWords + file.text, data);
  }

  [[nodiscard]] const model::Rulebook& rulebook() const { return *rulebook_; }
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }
  [[nodiscard]] const model::Version& version() const { return rulebook_->programs.at(0).versions.at(0); }

  [[nodiscard]] const model::Expr* let(const std::string& name) const {
    for (const model::Let& one : version().lets) {
      if (one.name.primary == name) return one.value;
    }
    return nullptr;
  }
  [[nodiscard]] std::size_t count(Code code) const {
    return static_cast<std::size_t>(std::count_if(diagnostics_.all().begin(), diagnostics_.all().end(),
                                                  [&](const Diagnostic& d) { return d.code == code; }));
  }
  // That code and no other.
  [[nodiscard]] bool only(Code code) const {
    return !diagnostics_.all().empty() && count(code) == diagnostics_.all().size();
  }
  [[nodiscard]] bool clean() const { return diagnostics_.all().empty(); }
  [[nodiscard]] std::string report() const {
    std::string text;
    for (const Diagnostic& d : diagnostics_.all()) text += render(d, sources_, Language::en);
    return text;
  }

 private:
  void check(const std::string& text, const std::map<std::string, std::string>& data) {
    const FileId id = sources_.add("test.gj", text);
    std::map<std::string, FileId> files;
    for (const auto& [name, content] : data) files[name] = sources_.add(name, content);
    tree_ = std::make_unique<syntax::Tree>(
        syntax::parse(syntax::lex(sources_, id, limits_, diagnostics_), limits_, diagnostics_));
    model::Module module;
    module.tree = tree_.get();
    module.data_files = files;
    modules_.push_back(module);
    rulebook_ = model::check(sources_, modules_, diagnostics_);
  }

  SourceSet sources_;
  Diagnostics diagnostics_;
  syntax::Limits limits_;
  std::unique_ptr<syntax::Tree> tree_;
  std::vector<model::Module> modules_;
  std::unique_ptr<model::Rulebook> rulebook_;
};

inline std::string mask_text(const model::Expr& of, std::uint64_t mask) {
  std::string text;
  for (std::uint32_t i = 0; i < 64; ++i) {
    if (((mask >> i) & 1U) == 0) continue;
    const model::Enum* enumeration = of.type.enumeration;
    text += (text.empty() ? "" : "|") + (enumeration != nullptr && i < enumeration->members.size()
                                             ? enumeration->members[i].name.primary
                                             : std::to_string(i));
  }
  return "{" + text + "}";
}

inline std::string path_text(const model::Path& path) {
  std::string text = path.given != nullptr ? path.given->name.primary : path.entry != nullptr ? path.entry->name : "?";
  for (const model::Field* field : path.fields) text += "." + field->name.primary;
  return text;
}

// An expression as one line, e.g. (minimum (multiply 3/20 item.price) 2000).
inline std::string show(const model::Expr& e) {
  using model::ExprKind;
  static const std::map<ExprKind, std::string> kNames{{ExprKind::negate, "negate"},
                                                      {ExprKind::add, "add"},
                                                      {ExprKind::subtract, "subtract"},
                                                      {ExprKind::multiply, "multiply"},
                                                      {ExprKind::divide, "divide"},
                                                      {ExprKind::minimum, "minimum"},
                                                      {ExprKind::maximum, "maximum"},
                                                      {ExprKind::absolute, "absolute"},
                                                      {ExprKind::round, "round"},
                                                      {ExprKind::ln, "ln"},
                                                      {ExprKind::power, "power"},
                                                      {ExprKind::steps, "steps"},
                                                      {ExprKind::bands, "bands"},
                                                      {ExprKind::add_months, "add_months"},
                                                      {ExprKind::add_days, "add_days"},
                                                      {ExprKind::subtract_months, "subtract_months"},
                                                      {ExprKind::subtract_days, "subtract_days"},
                                                      {ExprKind::duration_times, "duration_times"},
                                                      {ExprKind::full_years, "full_years"},
                                                      {ExprKind::full_months, "full_months"},
                                                      {ExprKind::started_years, "started_years"},
                                                      {ExprKind::days_between, "days_between"},
                                                      {ExprKind::span, "span"},
                                                      {ExprKind::year_of, "year_of"},
                                                      {ExprKind::start_of_year, "start_of_year"},
                                                      {ExprKind::end_of_year, "end_of_year"},
                                                      {ExprKind::same_member, "same_member"},
                                                      {ExprKind::in_set, "in_set"},
                                                      {ExprKind::in_table, "in_table"},
                                                      {ExprKind::in_list, "in_list"},
                                                      {ExprKind::within_region, "within_region"},
                                                      {ExprKind::within_period, "within_period"},
                                                      {ExprKind::within_window, "within_window"},
                                                      {ExprKind::exists, "exists"},
                                                      {ExprKind::if_absent, "if_absent"},
                                                      {ExprKind::and_, "and"},
                                                      {ExprKind::or_, "or"},
                                                      {ExprKind::not_, "not"},
                                                      {ExprKind::if_then, "if"},
                                                      {ExprKind::choose, "choose"},
                                                      {ExprKind::first_of, "first_of"},
                                                      {ExprKind::count_of, "count_of"},
                                                      {ExprKind::sum_of, "sum_of"},
                                                      {ExprKind::min_of, "min_of"},
                                                      {ExprKind::max_of, "max_of"},
                                                      {ExprKind::any_of, "any_of"},
                                                      {ExprKind::all_of, "all_of"},
                                                      {ExprKind::none_of, "none_of"},
                                                      {ExprKind::grade, "grade"},
                                                      {ExprKind::is_unclassified, "is_unclassified"},
                                                      {ExprKind::worst_of, "worst_of"},
                                                      {ExprKind::best_of, "best_of"},
                                                      {ExprKind::undecided, "undecided"},
                                                      {ExprKind::not_found, "not_found"},
                                                      {ExprKind::discretion, "discretion"}};
  static const char* const kRelations[] = {"<", "<=", "=", "!=", ">=", ">"};
  switch (e.kind) {
    case ExprKind::error:
      return "error";
    case ExprKind::boolean:
      return e.truth ? "yes" : "no";
    case ExprKind::number:
      return to_string(e.value);
    case ExprKind::date:
      return to_iso(e.day);
    case ExprKind::duration:
      return std::to_string(e.months) + "m" + std::to_string(e.days) + "d";
    case ExprKind::text:
      return "\"" + e.text + "\"";
    case ExprKind::region:
      return to_region_text(e.region);
    case ExprKind::member:
      return e.type.enumeration != nullptr ? e.type.enumeration->members[e.member].name.primary
                                           : std::to_string(e.member);
    case ExprKind::no_limit:
      return "no_limit";
    case ExprKind::fact:
    case ExprKind::entry:
      return path_text(e.path);
    case ExprKind::let:
      return "let:" + e.let->name.primary;
    default:
      break;
  }
  std::string text;
  if (e.kind == ExprKind::compare)
    text = kRelations[static_cast<int>(e.relation)];
  else if (e.kind == ExprKind::rank_compare)
    text = std::string("rank") + kRelations[static_cast<int>(e.relation)];
  else if (e.kind == ExprKind::in_mask)
    text = "is" + mask_text(*e.args[0], e.mask);
  else if (e.kind == ExprKind::cell)
    text = e.table->name.primary + "." + e.table->results.at(e.column).name;
  else
    text = kNames.at(e.kind);
  if (e.kind == ExprKind::round || e.kind == ExprKind::ln)
    text += ":" + std::to_string(static_cast<int>(e.rounding)) + ":" + to_string(e.value);
  if (e.kind == ExprKind::power)
    text += ":" + to_string(e.value) + (e.rounding_unit.is_zero() ? "" : ":" + to_string(e.rounding_unit));
  if (e.kind == ExprKind::steps) text += std::string(e.truth ? ":started:" : ":full:") + to_string(e.value);
  if (e.kind == ExprKind::within_window) text += ":" + std::to_string(static_cast<int>(e.window));
  if (e.edge == Edge::the_day_after) text += ":after";
  for (const model::Band& band : e.bands)
    text += " [" + to_string(band.rate) + (band.has_limit ? " to " + to_string(band.up_to) : "") + "]";
  if (e.list != nullptr) text += " " + path_text(*e.list);
  for (const model::Expr* argument : e.args) text += " " + show(*argument);
  if (e.term != nullptr) text += " term " + show(*e.term);
  if (e.where != nullptr) text += " where " + show(*e.where);
  if (e.choice != nullptr) {
    for (const auto& reading : e.choice->readings) text += " " + reading.label + "=" + show(*reading.value);
  }
  return "(" + text + ")";
}

// A let, what it becomes, and of what type.
struct Good {
  std::string value, shown, type;
};
struct Bad {
  std::string body;  // whole statements
  Code code;
};

}  // namespace guiju::test
