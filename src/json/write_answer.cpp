// Lists are always there, empty or not, so that a host reads them without asking first; single values are null where
// there is none.
#include "json/write_answer.hpp"

namespace guiju::json {
namespace {

using explain::CitationText;
using explain::Invalid;
using explain::Named;
using explain::Need;
using explain::Referral;
using explain::Warning;

template <typename Items, typename Write>
void write_list(Writer& out, std::string_view name, const Items& items, Write write) {
  out.key(name);
  out.begin_array();
  for (const auto& item : items) write(item);
  out.end_array();
}

void write_citation(Writer& out, const CitationText& cite) {
  out.begin_object();
  out.member("title", cite.title);
  write_list(out, "articles", cite.articles, [&](const std::string& article) { out.text(article); });
  out.member_or_null("check", cite.check);
  out.end_object();
}

void write_named(Writer& out, const Named& named) {
  out.begin_object();
  out.member("name", named.name);
  out.member("label", named.label);
  out.end_object();
}

// The paths alone, for programs; the questions beside them, for people.
void write_needs(Writer& out, const std::vector<Need>& needs) {
  write_list(out, "needs", needs, [&](const Need& need) { out.text(need.path); });
  write_list(out, "questions", needs, [&](const Need& need) {
    out.begin_object();
    out.member("path", need.path);
    out.member("label", need.label);
    out.member("ask", need.ask);
    out.member("at", need.at);
    out.end_object();
  });
}

void write_paths(Writer& out, std::string_view name, const std::vector<Need>& facts) {
  write_list(out, name, facts, [&](const Need& fact) { out.text(fact.path); });
}

void write_referred(Writer& out, const std::vector<Referral>& referred) {
  write_list(out, "referred", referred, [&](const Referral& item) {
    out.begin_object();
    out.member("what", item.what);
    out.member("name", item.name);
    out.member("why", item.why);
    write_list(out, "readings", item.readings, [&](const std::string& reading) { out.text(reading); });
    out.end_object();
  });
}

void write_interval(Writer& out, std::string_view name, const std::string& least, const std::string& most) {
  out.key(name);
  out.begin_array();
  out.text(least);
  most.empty() ? out.null() : out.text(most);
  out.end_array();
}

// By the readings of the open texts. A figure that is only a ceiling or an average stands under its own name.
void write_by_reading(Writer& out, const std::vector<explain::ByReading>& ways) {
  write_list(out, "by_reading", ways, [&](const explain::ByReading& way) {
    out.begin_object();
    write_list(out, "read", way.read, [&](const explain::ByReading::Read& read) {
      out.begin_object();
      out.member("name", read.name);
      out.member("question", read.question);
      out.member("reading", read.reading);
      out.end_object();
    });
    out.member("outcome", way.outcome);
    const std::string figure = way.amount_kind.empty() || way.amount_kind == "payment" ? "amount" : way.amount_kind;
    out.member_or_null("amount_kind", way.amount_kind);
    if (figure != "amount") out.member_or_null("amount", "");
    out.member_or_null(figure, way.amount);
    if (way.amount.empty() && !way.amount_least.empty())
      write_interval(out, figure + "_between", way.amount_least, way.amount_most);
    out.member("may_be_refused", way.may_be_refused);
    out.member_or_null("grade", way.grade);
    out.member_or_null("grade_label", way.grade_label);
    out.member("text", way.text);
    out.end_object();
  });
}

void write_warnings(Writer& out, const std::vector<Warning>& warnings) {
  write_list(out, "warnings", warnings, [&](const Warning& warning) {
    out.begin_object();
    out.member("kind", warning.kind);
    out.member("name", warning.name);
    if (!warning.about.empty()) out.member("about", warning.about);
    out.member("text", warning.text);
    out.end_object();
  });
}

void write_invalid(Writer& out, const std::vector<Invalid>& invalid) {
  write_list(out, "invalid", invalid, [&](const Invalid& item) {
    out.begin_object();
    out.member("path", item.path);
    if (!item.label.empty()) out.member("label", item.label);
    out.member("got", item.got);
    out.member("allowed", item.allowed);
    out.end_object();
  });
}

void write_adjustment(Writer& out, const explain::Adjustment& a) {
  out.begin_object();
  out.member("kind", a.kind);
  out.member_or_null("part", a.part);
  out.member("written", a.written);
  out.member_or_null("bound", a.bound);
  out.member("before", a.before);
  out.member("after", a.after);
  out.member("change", a.change);
  out.key("by_part");
  out.begin_object();
  for (const auto& taken : a.by_part) out.member(taken.part, taken.change);
  out.end_object();
  out.end_object();
}

// By name: amounts, or intervals where they are open; labels beside them.
void write_by_name(Writer& out, std::string_view name, std::string_view labels,
                   const std::vector<explain::PartText>& amounts) {
  out.key(name);
  out.begin_object();
  for (const auto& part : amounts) {
    if (!part.amount.empty()) {
      out.member(part.name, part.amount);
    } else if (!part.least.empty()) {
      write_interval(out, part.name, part.least, part.most);
    }
  }
  out.end_object();
  out.key(labels);
  out.begin_object();
  for (const auto& part : amounts) out.member(part.name, part.label);
  out.end_object();
}

void write_compared(Writer& out, const explain::Compared& c) {
  out.begin_object();
  out.member("what", c.what);
  out.member_or_null("path", c.path);
  out.member("value", c.value);
  out.member("relation", c.relation);
  out.member_or_null("bound", c.bound);
  out.member_or_null("bound_what", c.bound_what);
  out.member("holds", c.holds);
  if (!c.place.empty()) out.member("place", c.place);
  if (!c.reading.empty()) out.member("reading", c.reading);
  out.member("text", c.text);
  out.end_object();
}

// Only what is paid is the amount: everything else stands under its own name.
void write_amounts(Writer& out, const explain::Explanation& answer) {
  const bool is_payment = answer.amount_kind.empty() || answer.amount_kind == "payment";
  const std::string name = is_payment ? "amount" : answer.amount_kind;
  out.member_or_null("amount_kind", answer.amount_kind);
  if (!is_payment) out.member_or_null("amount", "");
  out.member_or_null(name, answer.amount);
  if (!answer.amount_least.empty() && answer.amount.empty()) {
    write_interval(out, name + "_between", answer.amount_least, answer.amount_most);
  }
  write_by_name(out, "parts", "part_labels", answer.parts);
  out.key("part_kinds");
  out.begin_object();
  for (const auto& part : answer.parts) out.member(part.name, part.kind);
  out.end_object();
  write_by_name(out, "shares", "share_labels", answer.shares);
  out.key("before");
  out.begin_object();
  if (!answer.before.empty()) out.member("amount", answer.before);
  for (const auto& part : answer.parts) {
    if (!part.before.empty()) out.member(part.name, part.before);
  }
  out.end_object();
  write_list(out, "adjustments", answer.adjustments, [&](const explain::Adjustment& a) { write_adjustment(out, a); });
}

void write_entry(Writer& out, const explain::FailedEntry& entry) {
  out.begin_object();
  out.member("path", entry.path);
  out.member("label", entry.label);
  out.member("text", entry.text);
  out.member("text_zh", entry.text_zh);
  out.member("text_en", entry.text_en);
  write_list(out, "compared", entry.compared, [&](const explain::Compared& c) { write_compared(out, c); });
  out.end_object();
}

void write_failed(Writer& out, std::string_view list, const std::vector<explain::Failure>& failed) {
  write_list(out, list, failed, [&](const explain::Failure& failure) {
    out.begin_object();
    if (!failure.kind.empty()) out.member("kind", failure.kind);
    out.member("name", failure.name);
    out.key("id");
    out.number(failure.id);
    out.member("text", failure.text);
    out.member("text_zh", failure.text_zh);
    out.member("text_en", failure.text_en);
    out.member_or_null("part", failure.part);
    write_list(out, "entries", failure.entries, [&](const explain::FailedEntry& entry) { write_entry(out, entry); });
    write_list(out, "compared", failure.compared, [&](const explain::Compared& c) { write_compared(out, c); });
    write_list(out, "cite", failure.cites, [&](const CitationText& cite) { write_citation(out, cite); });
    out.end_object();
  });
}

// Of a duty only: whom it binds, by when, and every obligation that holds.
void write_duty(Writer& out, const explain::DutyText& duty, const std::vector<explain::Failure>& hold) {
  out.key("duty");
  out.begin_object();
  write_list(out, "bearers", duty.bearers, [&](const std::string& bearer) { out.text(bearer); });
  out.member_or_null("deadline", duty.deadline);
  out.member_or_null("done_on", duty.done_on);
  write_failed(out, "obligations", hold);
  out.end_object();
}

// Only where it was asked for.
void write_trace(Writer& out, const std::optional<explain::Trace>& trace) {
  if (!trace) return;
  write_list(out, "trace", trace->lines, [&](const explain::TraceLine& line) {
    out.begin_object();
    out.key("depth");
    out.number(line.depth);
    out.member("kind", line.kind);
    out.member_or_null("name", line.name);
    out.member_or_null("label", line.label);
    out.member_or_null("written", line.written);
    out.member_or_null("value", line.value);
    out.member("state", line.state);
    write_list(out, "compared", line.compared, [&](const explain::Compared& c) { write_compared(out, c); });
    out.end_object();
  });
}

void write_remedies(Writer& out, const std::optional<explain::RemedyTexts>& remedies) {
  if (!remedies) return;
  write_list(out, "would_make_eligible", remedies->list, [&](const explain::RemedyText& remedy) {
    out.begin_object();
    write_list(out, "changes", remedy.changes, [&](const explain::ChangeText& change) {
      out.begin_object();
      out.member("path", change.path);
      out.member("label", change.label);
      out.member("from", change.from);
      out.member("to", change.to);
      out.end_object();
    });
    out.member("outcome", remedy.outcome);
    out.member_or_null("version", remedy.version);
    out.member_or_null("amount", remedy.amount);
    out.member("text", remedy.text);
    out.end_object();
  });
  out.member("would_make_eligible_cut_short", remedies->cut_short);
}

void write_nearest(Writer& out, const explain::Explanation& answer) {
  out.member_or_null("nearest_version", answer.nearest_version);
  if (answer.nearest_version.empty()) return;
  out.member_or_null("nearest_from", answer.nearest_from);
  out.member_or_null("nearest_to", answer.nearest_to);
  out.member_or_null("nearest_published", answer.nearest_published);
}

void write_suspended(Writer& out, const std::optional<explain::Suspended>& suspended) {
  out.key("suspended");
  if (!suspended) return out.null();
  out.begin_object();
  out.member_or_null("from", suspended->from);
  out.member_or_null("to", suspended->to);
  out.member("text", suspended->text);
  out.end_object();
}

}  // namespace

void write_decision(Writer& out, const explain::Explanation& answer) {
  out.begin_object();
  out.member("outcome", answer.outcome);
  out.member("program", answer.program);
  out.member("program_label", answer.program_label);
  out.member_or_null("implements", answer.implements);
  out.member_or_null("region", answer.region);
  out.member_or_null("region_label", answer.region_label);
  out.member_or_null("version", answer.version);
  out.member_or_null("version_label", answer.version_label);
  out.member_or_null("reference_date", answer.reference_date);
  out.member_or_null("known_on", answer.known_on);
  write_amounts(out, answer);
  out.member("may_be_refused", answer.may_be_refused);
  if (answer.duty) write_duty(out, *answer.duty, answer.failed);
  write_failed(out, "failed", answer.duty ? std::vector<explain::Failure>() : answer.failed);
  write_list(out, "refused", answer.refused, [&](const explain::RefusedPart& part) {
    out.begin_object();
    out.member("part", part.name);
    out.member("label", part.label);
    write_failed(out, "reasons", part.reasons);
    out.end_object();
  });
  write_failed(out, "failed_one_of", answer.failed_one);
  write_needs(out, answer.needs);
  write_paths(out, "stuck_on", answer.stuck_on);
  write_referred(out, answer.referred);
  write_by_reading(out, answer.by_reading);
  write_list(out, "conditions", answer.conditions, [&](const Named& named) { write_named(out, named); });
  write_nearest(out, answer);
  write_suspended(out, answer.suspended);
  out.member_or_null("payout", answer.payout ? answer.payout->name : std::string());
  out.member_or_null("payout_label", answer.payout ? answer.payout->label : std::string());
  write_list(out, "documents", answer.documents, [&](const Named& named) { write_named(out, named); });
  write_list(out, "open_documents", answer.open_documents, [&](const explain::OpenDocument& document) {
    out.begin_object();
    out.member("name", document.name);
    out.member("label", document.label);
    write_paths(out, "needs", document.needs);
    write_list(out, "texts", document.texts, [&](const std::string& text) { out.text(text); });
    out.end_object();
  });
  write_warnings(out, answer.warnings);
  write_invalid(out, answer.invalid);
  write_remedies(out, answer.would_make_eligible);
  write_trace(out, answer.trace);
  out.end_object();
}

namespace {

// A figure in the unit of its target: exact, or both ends where it is open.
void write_figure(Writer& out, std::string_view name, const explain::FigureText& figure) {
  if (figure.exact.empty() && !figure.least.empty()) return write_interval(out, name, figure.least, figure.most);
  out.member_or_null(name, figure.exact);
}

void write_target(Writer& out, const explain::TargetText& target) {
  out.begin_object();
  out.member("target", target.name);
  out.member("indicator", target.indicator);
  out.member("kind", target.kind);
  out.member("outcome", target.outcome);
  out.member_or_null("pace", target.pace);
  write_figure(out, "figure", target.figure);
  out.member_or_null("observed_on", target.observed_on);
  out.member_or_null("relation", target.relation);
  write_figure(out, "reach", target.reach);
  write_list(out, "texts", target.texts, [&](const std::string& text) { out.text(text); });
  write_list(out, "missing", target.missing, [&](const std::string& text) { out.text(text); });
  write_figure(out, "baseline", target.baseline);
  write_figure(out, "to_go", target.to_go);
  out.member_or_null("pace_from", target.pace_from);
  write_figure(out, "expected_by_now", target.expected);
  write_figure(out, "ahead_by", target.ahead);
  out.member_or_null("due", target.due);
  write_list(out, "lead", target.leads, [&](const std::string& lead) { out.text(lead); });
  write_list(out, "cite", target.words.cites, [&](const CitationText& cite) { write_citation(out, cite); });
  write_needs(out, target.words.needs);
  write_paths(out, "stuck_on", target.words.stuck_on);
  write_referred(out, target.words.referred);
  write_by_reading(out, target.words.by_reading);
  write_warnings(out, target.words.warnings);
  write_invalid(out, target.words.invalid);
  out.end_object();
}

}  // namespace

void write_targets(Writer& out, const explain::TargetsText& answer) {
  out.begin_object();
  out.member("outcome", answer.outcome);
  out.member("targets", answer.name);
  out.member("targets_label", answer.label);
  out.member_or_null("as_at", answer.as_at);
  write_list(out, "rows", answer.rows, [&](const explain::TargetText& target) { write_target(out, target); });
  write_invalid(out, answer.invalid);
  out.end_object();
}

void write_grade(Writer& out, const explain::GradeExplanation& answer) {
  out.begin_object();
  out.member("outcome", answer.outcome);
  out.member("standard", answer.standard);
  out.member("standard_label", answer.standard_label);
  out.member_or_null("edition", answer.edition);
  out.member_or_null("known_on", answer.known_on);
  write_suspended(out, answer.suspended);
  out.member_or_null("grade", answer.grade);
  out.member_or_null("grade_label", answer.grade_label);
  out.member_or_null("state", answer.state);
  out.member("why", answer.why);
  write_list(out, "possible", answer.possible, [&](const Named& named) { write_named(out, named); });
  std::vector<explain::GradeOutput> grades;
  std::vector<explain::GradeOutput> checks;
  for (const auto& o : answer.outputs) (o.is_grade ? grades : checks).push_back(o);
  write_list(out, "grades", grades, [&](const explain::GradeOutput& grade) {
    out.begin_object();
    out.member("name", grade.name);
    if (!grade.title.empty()) out.member("title", grade.title);
    out.member("grade", grade.value);
    out.member("label", grade.label);
    out.end_object();
  });
  write_list(out, "results", answer.results, [&](const explain::ResultText& result) {
    out.begin_object();
    out.member("name", result.name);
    out.member("label", result.label);
    out.member("state", result.state);
    out.member_or_null("value", result.value);
    out.member_or_null("unit", result.unit);
    out.member_or_null("least", result.least);
    out.member_or_null("most", result.most);
    write_list(out, "possible", result.possible, [&](const Named& named) { write_named(out, named); });
    out.member("text", result.text);
    out.end_object();
  });
  write_list(out, "checks", checks, [&](const explain::GradeOutput& check) {
    out.begin_object();
    out.member("name", check.name);
    if (!check.title.empty()) out.member("title", check.title);
    out.member("value", check.value);
    out.member("text", check.text);
    out.member("warning", check.warning);
    out.end_object();
  });
  write_needs(out, answer.needs);
  write_paths(out, "stuck_on", answer.stuck_on);
  write_referred(out, answer.referred);
  write_by_reading(out, answer.by_reading);
  write_warnings(out, answer.warnings);
  write_invalid(out, answer.invalid);
  write_trace(out, answer.trace);
  out.end_object();
}

// ---- combinations

namespace {

void write_amount(Writer& out, std::string_view name, const explain::AmountText& amount) {
  out.member_or_null(name, amount.exact);
  if (!amount.exact.empty() || amount.least.empty()) return;
  write_interval(out, std::string(name) + "_between", amount.least, amount.most);
}

void write_combined(Writer& out, const explain::CombinedProgram& item) {
  out.begin_object();
  out.member("program", item.program);
  out.member("program_label", item.program_label);
  out.member_or_null("outcome", item.outcome);
  out.member_or_null("version", item.version);
  out.member("standing", item.standing);
  out.member_or_null("group", item.group);
  write_amount(out, "own", item.own);
  write_amount(out, "amount", item.granted);
  out.member_or_null("by", item.by);
  out.member_or_null("under", item.under);
  out.member("why", item.why);
  write_list(out, "cite", item.cites, [&](const CitationText& cite) { write_citation(out, cite); });
  out.end_object();
}

void write_choice(Writer& out, const explain::CombinedChoice& choice) {
  out.begin_object();
  write_list(out, "programs", choice.programs, [&](const std::string& program) { out.text(program); });
  write_list(out, "amounts", choice.amounts,
             [&](const explain::AmountText& amount) { amount.exact.empty() ? out.null() : out.text(amount.exact); });
  write_amount(out, "amount", choice.total);
  out.member("suggested", choice.suggested);
  out.member("open", choice.open);
  out.end_object();
}

void write_group(Writer& out, const explain::CombinedGroup& group) {
  out.begin_object();
  out.member("group", group.group);
  out.member("group_label", group.group_label);
  out.member_or_null("version", group.version);
  out.member_or_null("version_label", group.version_label);
  out.member_or_null("reference_date", group.reference_date);
  out.member("outcome", group.outcome);
  out.member_or_null("winner", group.winner);
  write_amount(out, "amount", group.total);
  write_list(out, "choices", group.choices, [&](const explain::CombinedChoice& choice) { write_choice(out, choice); });
  write_list(out, "needs", group.needs, [&](const std::string& path) { out.text(path); });
  write_list(out, "stuck_on", group.stuck_on, [&](const std::string& path) { out.text(path); });
  write_warnings(out, group.warnings);
  out.end_object();
}

}  // namespace

void write_combination(Writer& out, const explain::CombinationText& answer) {
  out.begin_object();
  out.member("outcome", answer.outcome);
  write_amount(out, "amount", answer.total);
  write_list(out, "programs", answer.programs,
             [&](const explain::CombinedProgram& item) { write_combined(out, item); });
  write_list(out, "groups", answer.groups, [&](const explain::CombinedGroup& group) { write_group(out, group); });
  write_needs(out, answer.needs);
  write_paths(out, "stuck_on", answer.stuck_on);
  write_referred(out, answer.referred);
  write_invalid(out, answer.invalid);
  write_list(out, "decisions", answer.decisions,
             [&](const explain::Explanation& decision) { write_decision(out, decision); });
  out.end_object();
}

}  // namespace guiju::json
