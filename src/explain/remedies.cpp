// See remedies.hpp; the search is in run/.
#include "explain/remedies.hpp"

#include "explain/show.hpp"
#include "run/remedies.hpp"

namespace guiju::explain {
namespace {

ChangeText change_text(const run::Facts& facts, const run::Change& change, bool english) {
  const plan::FieldInfo& field = facts.layout().fields[change.field];
  ChangeText out;
  out.path = field.path;
  out.label = field.label.in(english).empty() ? field.path : field.label.in(english);
  const run::FactValue& now = facts.value(change.field);
  // What was not asked because its `when` does not hold does not exist as things stand.
  out.from =
      now.state == run::FactState::unknown ? (english ? "none" : "无") : show_fact(facts.plan(), field, now, english);
  out.to = show_fact(facts.plan(), field, change.to, english);
  return out;
}

std::string in_words(const std::vector<ChangeText>& changes, bool english) {
  std::string out;
  for (const ChangeText& c : changes) {
    if (!out.empty()) out += english ? ", and " : ",且";
    out +=
        english ? c.label + ": " + c.to + " instead of " + c.from : c.label + "改为 " + c.to + "(现为 " + c.from + ")";
  }
  return out;
}

}  // namespace

RemedyTexts remedies(const run::Facts& facts, const run::Options& options, bool english) {
  const run::Remedies found = run::find_remedies(facts, options);
  const auto& sections = facts.plan().programs[facts.program()].sections;
  RemedyTexts out;
  out.cut_short = found.cut_short;
  for (const run::Remedy& r : found.found) {
    RemedyText text;
    for (const run::Change& change : r.changes) text.changes.push_back(change_text(facts, change, english));
    text.outcome = run::name_of(run::Outcome::eligible);
    if (r.section != plan::kNone) text.version = sections[r.section].name;
    if (r.has_amount && r.amount.known()) text.amount = show_fen(r.amount.least);
    text.text = in_words(text.changes, english);
    out.list.push_back(std::move(text));
  }
  return out;
}

}  // namespace guiju::explain
