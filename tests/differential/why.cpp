// See why.hpp.
#include "why.hpp"

#include <optional>
#include <set>

#include "explain/explanation.hpp"
#include "reference.hpp"
#include "run/remedies.hpp"
#include "run/value.hpp"

namespace guiju::reference {
namespace {

constexpr std::size_t kPathsOfWhy = 50;
constexpr run::RemedyLimits kLimits{2000, 12, 6};

// The figure at the beginning of a text: "1799.9985 yuan". No value where it is not exact or there is none.
std::optional<Number> figure(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::string digits(text.substr(0, text.find_first_not_of("0123456789.")));
  const auto value = parse_decimal(digits);
  if (!value) return std::nullopt;
  const Number n = exact(*value);
  return negative ? Number(-n) : n;
}

std::string add(const std::string& text, Number& sum, bool& all_exact) {
  if (text.find("≈") != std::string::npos) {
    all_exact = false;
    return "";
  }
  const auto n = figure(text);
  if (!n) return "no figure: " + text;
  sum += *n;
  return "";
}

std::string check_sum(const explain::Explanation& e, WhyCounts& counts) {
  if (e.amount.empty()) return "";
  const Number amount = *figure(e.amount);
  if (e.before.empty() && (e.parts.empty() || e.parts.front().before.empty())) return "";
  Number sum = 0;
  Number shown = 0;
  bool all_exact = true;
  if (!e.before.empty()) {
    if (std::string fault = add(e.before, sum, all_exact); !fault.empty()) return fault;
  }
  for (const auto& part : e.parts) {
    if (std::string fault = add(part.before, sum, all_exact); !fault.empty()) return fault;
    if (std::string fault = add(part.amount, shown, all_exact); !fault.empty()) return fault;
  }
  for (const auto& a : e.adjustments) {
    if (std::string fault = add(a.change, sum, all_exact); !fault.empty()) return fault;
    ++counts.adjustments;
  }
  ++counts.sums;
  if (!e.parts.empty() && all_exact && shown != amount) return "the parts do not add up to " + e.amount;
  if (all_exact && sum != amount) return "parts and adjustments do not add up to " + e.amount;
  return "";
}

bool holds(int order, const std::string& relation) {
  if (relation == "<") return order < 0;
  if (relation == "<=") return order <= 0;
  if (relation == "=") return order == 0;
  if (relation == "!=") return order != 0;
  if (relation == ">=") return order >= 0;
  return order > 0;
}

bool is_day(const std::string& text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-';
}

struct Shown {
  std::string value, relation, bound;
};

// Of figures and days, from what is shown.
bool seems_to_hold(const explain::Compared& compared) {
  const Shown c{compared.value.str(), compared.relation.str(), compared.bound.str()};
  const auto is_open = [](const std::string& text) { return text.find(" to ") != std::string::npos; };
  if (is_open(c.value) || is_open(c.bound)) return false;
  const bool ordered = c.relation == "<" || c.relation == "<=" || c.relation == "=" || c.relation == "!=" ||
                       c.relation == ">=" || c.relation == ">";
  if (c.relation == "is") return c.value == c.bound;
  if (!ordered || c.value.find(" to ") != std::string::npos) return false;  // of what is open nothing seems to hold
  if (is_day(c.value) && is_day(c.bound)) return holds(c.value.compare(c.bound), c.relation);
  const auto a = figure(c.value);
  const auto b = figure(c.bound);
  const auto unit = [](const std::string& text) {
    const std::size_t at = text.find_first_not_of("-0123456789.");
    return at == std::string::npos ? std::string() : text.substr(at);
  };
  if (!a || !b || unit(c.value) != unit(c.bound)) return false;
  return holds(*a < *b ? -1 : *a > *b ? 1 : 0, c.relation);
}

std::string check_compared(const explain::Explanation& e, const run::Decision& d, const plan::Section* section,
                           WhyCounts& counts) {
  // Where no part is granted, what refuses each of them stands in the place of that one requirement.
  std::set<std::uint32_t> tables;
  std::set<std::uint32_t> by_turns;  // in every completion, each time by another comparison
  for (const auto* all : {&section->requirements, &section->part_requirements}) {
    for (const plan::RequirementInfo& r : *all) {
      if (r.kind == plan::RequirementInfo::table || r.kind == plan::RequirementInfo::parts) tables.insert(r.id);
      if (!run::is_false(d.slots[r.truth])) by_turns.insert(r.id);
    }
  }
  for (const auto& failure : e.failed) {
    if (failure.text_zh.empty() || failure.text_en.empty()) return failure.name + " has no reason";
    if (tables.contains(failure.id)) continue;
    if (failure.compared.empty() && !by_turns.contains(failure.id)) return failure.name + " fails without a comparison";
    for (const auto& c : failure.compared) {
      ++counts.compared;
      if (c.holds || seems_to_hold(c)) return failure.name + " is said to fail by " + c.text.str();
    }
  }
  return "";
}

// Every ground is told in both languages.
std::string check_grounds(const explain::Explanation& e) {
  for (const auto& ground : e.failed)
    if (ground.text_zh.empty() || ground.text_en.empty()) return ground.name + " has no reason";
  return "";
}

// The case with one fact changed.
bool change(Case& facts, const std::string& path, const plan::FieldInfo& field, const run::FactValue& to) {
  for (auto& [given, row] : facts.givens) {
    for (const Leaf& leaf : leaves_of(given->type)) {
      if (path_text(*given, leaf.path) != path) continue;
      Fact& fact = row[leaf.path];
      fact = {};
      fact.state = to.state == run::FactState::absent ? Fact::absent : Fact::known;
      if (fact.state == Fact::absent) return true;
      const auto whole = static_cast<std::int64_t>(to.c);
      switch (field.cls) {
        case plan::SlotClass::truth:
          fact.value = Value::of_truth(to.c != 0);
          return true;
        case plan::SlotClass::number:
          fact.value = Value::of_number(exact(*mul(Rational::whole(to.c), field.q)));
          return true;
        case plan::SlotClass::day:
          fact.value = Value::of(Value::date, whole);
          return true;
        case plan::SlotClass::months:
          fact.value = Value::of(Value::months, whole);
          return true;
        case plan::SlotClass::days:
          fact.value = Value::of(Value::days, whole);
          return true;
        case plan::SlotClass::member:
          fact.value = Value::of(Value::member, whole);
          return true;
        case plan::SlotClass::region:
          fact.value = Value::of(Value::region, whole);
          return true;
        case plan::SlotClass::text:
          fact.value = Value::of_text(to.text);
          return true;
        default:
          return false;
      }
    }
  }
  return false;
}

std::string check_remedies(const run::Facts& facts, const model::Program& program, const Case& source,
                           const run::Options& options, WhyCounts& counts) {
  const run::Remedies found = run::find_remedies(facts, options, kLimits);
  for (const run::Remedy& remedy : found.found) {
    Case changed = source;
    std::string words;
    for (const run::Change& c : remedy.changes) {
      const plan::FieldInfo& field = facts.layout().fields[c.field];
      if (!field.changeable) return "a remedy changes " + field.path + ", which is not changeable";
      if (!change(changed, field.path, field, c.to)) return "a remedy changes " + field.path + ", which is no fact";
      words += " " + field.path;
    }
    ++counts.remedies;
    for (const Result& r : decide_all(program, changed, kPathsOfWhy).all) {
      if (r.fault == kAbsentUsed) continue;
      if (r.outcome != Outcome::eligible) return "a remedy by" + words + " leads to " + show(r);
      const bool differs = remedy.has_amount && remedy.amount.known() && r.amount &&
                           *r.amount * 100 != exact(Rational::whole(remedy.amount.least));
      if (differs) return "the amount of a remedy by" + words + " differs: " + show(r);
    }
  }
  return "";
}

}  // namespace

std::string check_why(const run::Facts& facts, const run::Decision& decision, const model::Program& program,
                      const Case& source, bool known, WhyCounts& counts) {
  if (decision.outcome == run::Outcome::invalid) return "";
  const explain::Explanation e = explain::explain(facts, decision, true);
  if (std::string fault = check_sum(e, counts); !fault.empty()) return fault;
  const auto& sections = facts.plan().programs[facts.program()].sections;
  if (program.duty) return check_grounds(e);
  if (decision.section != plan::kNone) {
    if (std::string fault = check_compared(e, decision, &sections[decision.section], counts); !fault.empty())
      return fault;
  }
  const bool refused = decision.outcome == run::Outcome::ineligible || decision.outcome == run::Outcome::not_in_force;
  return known && refused ? check_remedies(facts, program, source, decision.options, counts) : "";
}

}  // namespace guiju::reference
