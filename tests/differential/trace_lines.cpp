// See trace_lines.hpp.
#include "trace_lines.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "compare.hpp"
#include "evaluator.hpp"
#include "explain/show.hpp"
#include "explain/trace.hpp"
#include "run/value.hpp"

namespace guiju::reference {

namespace {

using explain::TraceLine;
using Statement = model::Version::Statement;

std::string word(const std::string& kind, const std::string& name) {
  return name.empty() ? kind : kind + " " + name;
}

// What must stand in the trace, in the order of the rule file; tables are asked behind the requirements and have no
// statement.
std::vector<std::string> statements_of(const model::Version& version, const plan::Section& section) {
  std::vector<std::string> out{word("version", version.name)};
  for (const Statement& s : version.statements) {
    switch (s.kind) {
      case Statement::let:
        out.push_back(word("let", s.named->name.primary));
        break;
      case Statement::requirement: {
        const model::Requirement& r = version.requirements[s.index];
        const bool limit = r.kind == model::RequirementKind::limit_count || r.kind == model::RequirementKind::limit_sum;
        out.push_back(word(limit ? "limit" : "require", r.name.primary));
        break;
      }
      case Statement::quota:
        out.push_back(word("quota", version.quotas[s.index].name.primary));
        break;
      case Statement::amount:
        for (const plan::PartInfo& part : section.parts) out.push_back(word("part", part.name));
        out.emplace_back("amount");
        break;
      case Statement::payout:
        out.push_back(word("payout", version.payout->name));
        break;
      case Statement::documents:
        for (const model::Document& d : version.documents) out.push_back(word("document", d.name));
        break;
      case Statement::ensure:
        out.push_back(word("ensure", version.ensures[s.index].name.primary));
        break;
      default:
        break;
    }
  }
  return out;
}

// Steps of the whole amount, conditions of parts, what tables ask for and values named elsewhere stand between.
std::vector<std::string> told(const std::vector<TraceLine>& lines, const std::vector<std::string>& expected) {
  static const std::set<std::string> steps{"cap", "floor", "rounding", "rest"};
  const std::set<std::string> known(expected.begin(), expected.end());
  std::vector<std::string> out;
  for (const TraceLine& line : lines) {
    std::string text = word(line.kind.str(), line.name.str());
    const bool by_name = line.kind == "require" || line.kind == "let";
    const bool between = line.depth != 0 || steps.contains(line.kind.str()) || (by_name && !known.contains(text));
    if (!between) out.push_back(std::move(text));
  }
  return out;
}

std::string compare_statements(const std::vector<TraceLine>& lines, const std::vector<std::string>& expected) {
  const std::vector<std::string> got = told(lines, expected);
  for (std::size_t i = 0; i < std::max(got.size(), expected.size()); ++i) {
    const std::string a = i < got.size() ? got[i] : "nothing";
    const std::string b = i < expected.size() ? expected[i] : "nothing";
    if (a != b) return "the trace has " + a + " where the rules have " + b;
  }
  return "";
}

// Beneath the first line of all stands nothing; what is set in belongs to the line above it.
std::string compare_depths(const std::vector<TraceLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].depth > (i < 2 ? 0 : 1)) return "line " + std::to_string(i) + " is set in";
  }
  return "";
}

class Values {
 public:
  Values(const run::Facts& facts, const run::Decision& decision, const plan::Section& section,
         const model::Program& program, const Case& source)
      : facts_(facts), decision_(decision), section_(section), evaluator_(oracle_, refusals_, source.known_on) {
    bind_givens(evaluator_, program.givens, source);
  }

  std::string compare(const TraceLine& line, const model::Let& let, TraceCounts& counts) {
    if (line.state != "known") return "";
    const Value value = evaluator_.evaluate(*let.value);
    if (value.poison() || oracle_.asked()) return "";
    const auto named = std::find_if(section_.lets.begin(), section_.lets.end(),
                                    [&](const auto& n) { return n.name == let.name.primary && n.slot != plan::kNone; });
    if (named == section_.lets.end()) return "";
    const plan::SlotInfo& slot = section_.slots[named->slot];
    const run::Value& got = decision_.slots[named->slot];
    if (!run::is_known(got, slot.cls)) return let.name.primary + " is told as known";
    if (!may_be(got, slot, value)) return let.name.primary + " is told as " + line.value.str();
    if (value.kind == Value::truth && line.value != (value.yes ? "yes" : "no"))
      return let.name.primary + " is told as " + line.value.str();
    if (line.value != explain::show_value(facts_.plan(), slot, got, decision_, true))
      return let.name.primary + " is told as another value: " + line.value.str();
    ++counts.values;
    return "";
  }

 private:
  const run::Facts& facts_;
  const run::Decision& decision_;
  const plan::Section& section_;
  Oracle oracle_;
  std::set<std::string> refusals_;
  Evaluator evaluator_;
};

std::string compare_values(const std::vector<TraceLine>& lines, const model::Version& version, Values& values,
                           TraceCounts& counts) {
  for (const Statement& s : version.statements) {
    if (s.kind != Statement::let) continue;
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const TraceLine& l) {
      return l.depth == 0 && l.kind == "let" && l.name == s.named->name.primary;
    });
    if (line == lines.end()) return s.named->name.primary + " has no line";
    if (std::string fault = values.compare(*line, *s.named, counts); !fault.empty()) return fault;
  }
  return "";
}

// "A → B" of one step, "B → C" of the next, and C is the amount.
std::string compare_steps(const std::vector<TraceLine>& lines, TraceCounts& counts) {
  std::string left;
  for (const TraceLine& line : lines) {
    if (line.depth != 0) continue;
    if (line.kind == "amount")
      return left.empty() || line.state != "known" || left == line.value ? "" : "the steps end at " + left;
    const std::string value = line.value.str();
    const std::size_t arrow = value.find(" → ");
    if (arrow == std::string::npos) continue;
    const std::string from = value.substr(0, arrow);
    if (!left.empty() && left != from) return "a step begins at " + from + " behind one that ends at " + left;
    left = value.substr(arrow + std::string(" → ").size());
    ++counts.steps;
  }
  return "";
}

}  // namespace

std::string check_trace(const run::Facts& facts, const run::Decision& decision, const model::Program& program,
                        const Case& source, TraceCounts& counts) {
  if (decision.section == plan::kNone || program.duty || decision.outcome == run::Outcome::invalid) return "";
  const plan::Section& section = facts.plan().programs[facts.program()].sections[decision.section];
  const auto version = std::find_if(program.versions.begin(), program.versions.end(),
                                    [&](const model::Version& v) { return v.name == section.name; });
  if (version == program.versions.end()) return "no version " + section.name;
  run::Decision with_reasons = decision;
  run::evaluate_reasons(facts, with_reasons);
  const explain::Trace trace = explain::trace(facts, decision, true);
  const std::vector<TraceLine>& lines = trace.lines;
  ++counts.traces;
  if (std::string fault = compare_statements(lines, statements_of(*version, section)); !fault.empty()) return fault;
  if (std::string fault = compare_depths(lines); !fault.empty()) return fault;
  Values values(facts, with_reasons, section, program, source);
  if (std::string fault = compare_values(lines, *version, values, counts); !fault.empty()) return fault;
  return compare_steps(lines, counts);
}

}  // namespace guiju::reference
