// Format 1. Every member is always there, null or empty where there is nothing to say; what people read stands in both
// languages, side by side.
#include "receipt/answer.hpp"

#include <string_view>

#include "explain/explanation.hpp"
#include "explain/results.hpp"

namespace guiju::receipt {
namespace {

using explain::Explanation;
using explain::GradeExplanation;
using json::Value;

Value text(const std::string& zh, const std::string& en) {
  return std::move(Value::object().set("en", Value(en)).set("zh", Value(zh)));
}

Value interval(const std::string& least, const std::string& most) {
  Value ends = Value::array();
  ends.items.push_back(Value(least));
  ends.items.push_back(Value::or_null(most));
  return ends;
}

// The items of a decision in words come in one order in both languages.
template <typename Item, typename Write>
Value list(const std::vector<Item>& zh, const std::vector<Item>& en, Write write) {
  Value all = Value::array();
  for (std::size_t i = 0; i < zh.size(); ++i) all.items.push_back(write(zh[i], en[i]));
  return all;
}

template <typename Item>
Value names(const std::vector<Item>& items) {
  Value all = Value::array();
  for (const Item& item : items) all.items.push_back(Value(item.name));
  return all;
}

Value paths(const std::vector<explain::Need>& needs) {
  Value all = Value::array();
  for (const explain::Need& need : needs) all.items.push_back(Value(need.path));
  return all;
}

Value open_documents(const std::vector<explain::OpenDocument>& documents) {
  Value all = Value::array();
  for (const explain::OpenDocument& document : documents) {
    Value item = Value::object();
    item.set("name", Value(document.name));
    item.set("needs", paths(document.needs));
    all.items.push_back(std::move(item));
  }
  return all;
}

Value citations(const std::vector<explain::CitationText>& zh, const std::vector<explain::CitationText>& en) {
  return list(zh, en, [](const explain::CitationText& a, const explain::CitationText& b) {
    Value cite = Value::object();
    cite.set("articles", list(a.articles, b.articles, text));
    cite.set("check", Value::or_null(a.check));
    cite.set("title", text(a.title, b.title));
    return cite;
  });
}

Value entries(const std::vector<explain::FailedEntry>& zh, const std::vector<explain::FailedEntry>& en) {
  return list(zh, en, [](const explain::FailedEntry& a, const explain::FailedEntry& b) {
    Value entry = Value::object();
    entry.set("path", Value(a.path));
    entry.set("text", text(a.text, b.text));
    return entry;
  });
}

// `part` and `entries` are there only where the rules have them: older receipts know neither.
Value failures(const std::vector<explain::Failure>& zh, const std::vector<explain::Failure>& en) {
  return list(zh, en, [](const explain::Failure& a, const explain::Failure& b) {
    Value failure = Value::object();
    failure.set("cite", citations(a.cites, b.cites));
    failure.set("id", Value(std::int64_t{a.id}));
    failure.set("name", Value(a.name));
    failure.set("text", text(a.text, b.text));
    if (!a.part.empty()) failure.set("part", Value(a.part));
    if (!a.entries.empty()) failure.set("entries", entries(a.entries, b.entries));
    if (!a.kind.empty()) failure.set("kind", Value(a.kind));
    return failure;
  });
}

Value refusals(const std::vector<explain::RefusedPart>& zh, const std::vector<explain::RefusedPart>& en) {
  return list(zh, en, [](const explain::RefusedPart& a, const explain::RefusedPart& b) {
    Value part = Value::object();
    part.set("part", Value(a.name));
    part.set("reasons", failures(a.reasons, b.reasons));
    return part;
  });
}

Value parts(const std::vector<explain::PartText>& parts) {
  Value all = Value::array();
  for (const explain::PartText& part : parts) {
    Value item = Value::object();
    item.set("amount", Value::or_null(part.amount));
    item.set("between", part.amount.empty() && !part.least.empty() ? interval(part.least, part.most) : Value());
    item.set("name", Value(part.name));
    all.items.push_back(std::move(item));
  }
  return all;
}

// What is no amount that somebody is paid stands beside under its own name.
template <typename Answer>
void set_amount(Value& out, const Answer& answer) {
  const bool open = answer.amount.empty() && !answer.amount_least.empty();
  const Value figure = Value::or_null(answer.amount);
  const Value between = open ? interval(answer.amount_least, answer.amount_most) : Value();
  const bool is_payment = answer.amount_kind.empty() || answer.amount_kind == "payment";
  out.set("amount", is_payment ? figure : Value());
  out.set("amount_between", is_payment ? between : Value());
  if (is_payment) return;
  out.set("amount_kind", Value(answer.amount_kind));
  out.set(answer.amount_kind, figure);
  out.set(answer.amount_kind + "_between", between);
}

Value suspension(const std::optional<explain::Suspended>& zh, const std::optional<explain::Suspended>& en) {
  if (!zh) return {};
  Value days = Value::object();
  days.set("from", Value::or_null(zh->from));
  days.set("text", text(zh->text, en->text));
  days.set("to", Value::or_null(zh->to));
  return days;
}

// What a referred case comes to, read in each way.
Value ways(const std::vector<explain::ByReading>& zh, const std::vector<explain::ByReading>& en) {
  return list(zh, en, [](const explain::ByReading& a, const explain::ByReading& b) {
    Value way = Value::object();
    set_amount(way, a);
    way.set("grade", Value::or_null(a.grade));
    way.set("may_be_refused", Value(a.may_be_refused));
    way.set("outcome", Value(a.outcome));
    way.set("read",
            list(a.read, b.read, [](const explain::ByReading::Read& one, const explain::ByReading::Read& other) {
              Value read = Value::object();
              read.set("name", Value::or_null(one.name));
              read.set("question", text(one.question, other.question));
              read.set("reading", text(one.reading, other.reading));
              return read;
            }));
    way.set("text", text(a.text, b.text));
    return way;
  });
}

// By when a duty is to be done, and when it was.
Value duty(const explain::DutyText& zh, const explain::DutyText& en) {
  Value out = Value::object();
  out.set("bearers", list(zh.bearers, en.bearers, text));
  out.set("deadline", Value::or_null(zh.deadline));
  out.set("done_on", Value::or_null(zh.done_on));
  return out;
}

// What programmes and standards share.
template <typename Answer>
void set_common(Value& out, const Answer& zh, const Answer& en) {
  out.set("outcome", Value(zh.outcome));
  out.set("suspended", suspension(zh.suspended, en.suspended));
  out.set("needs", paths(zh.needs));
  out.set("stuck_on", paths(zh.stuck_on));
  out.set("referred", list(zh.referred, en.referred, [](const explain::Referral& a, const explain::Referral& b) {
            Value item = Value::object();
            item.set("name", Value::or_null(a.name));
            item.set("readings", list(a.readings, b.readings, text));
            item.set("what", Value(a.what));
            item.set("why", text(a.why, b.why));
            return item;
          }));
  if (!zh.by_reading.empty()) out.set("by_reading", ways(zh.by_reading, en.by_reading));
  out.set("warnings", list(zh.warnings, en.warnings, [](const explain::Warning& a, const explain::Warning& b) {
            Value item = Value::object();
            item.set("kind", Value(a.kind));
            item.set("name", text(a.name, b.name));
            item.set("text", text(a.text, b.text));
            return item;
          }));
  out.set("invalid", list(zh.invalid, en.invalid, [](const explain::Invalid& a, const explain::Invalid& b) {
            Value item = Value::object();
            item.set("allowed", text(a.allowed, b.allowed));
            item.set("got", text(a.got, b.got));
            item.set("path", Value(a.path));
            return item;
          }));
}

Value programme(const Explanation& zh, const Explanation& en) {
  Value out = Value::object();
  set_common(out, zh, en);
  out.set("label", text(zh.program_label, en.program_label));
  out.set("version", Value::or_null(zh.version));
  out.set("version_label", text(zh.version_label, en.version_label));
  out.set("reference_date", Value::or_null(zh.reference_date));
  out.set("nearest_version", Value::or_null(zh.nearest_version));
  set_amount(out, zh);
  out.set("parts", parts(zh.parts));
  out.set("shares", parts(zh.shares));
  out.set("implements", Value::or_null(zh.implements));
  out.set("region", Value::or_null(zh.region));
  if (!zh.shares.empty()) out.set("shares", parts(zh.shares));
  out.set("failed", failures(zh.failed, en.failed));
  if (!zh.refused.empty()) out.set("refused", refusals(zh.refused, en.refused));
  if (zh.duty) out.set("duty", duty(*zh.duty, *en.duty));
  out.set("failed_one_of", failures(zh.failed_one, en.failed_one));
  out.set("may_be_refused", Value(zh.may_be_refused));
  out.set("conditions", names(zh.conditions));
  // Of this format: papers of the version that governs; without open ones as it was before these were told apart.
  const bool governs = !zh.version.empty();
  out.set("documents", governs ? names(zh.documents) : Value::array());
  if (governs && !zh.open_documents.empty()) out.set("open_documents", open_documents(zh.open_documents));
  out.set("payout", zh.payout ? Value(zh.payout->name) : Value());
  return out;
}

Value standard(const GradeExplanation& zh, const GradeExplanation& en) {
  Value out = Value::object();
  set_common(out, zh, en);
  out.set("label", text(zh.standard_label, en.standard_label));
  out.set("edition", Value::or_null(zh.edition));
  out.set("grade", Value::or_null(zh.grade));
  out.set("state", Value::or_null(zh.state));
  // Of this format: only why there is no grade.
  out.set("why", text(explain::why_unclassified(zh.state, false), explain::why_unclassified(en.state, true)));
  out.set("possible", names(zh.possible));
  // Receipts of standards that give no results are as they were before there were any.
  if (!zh.results.empty()) {
    out.set("results", list(zh.results, en.results, [](const explain::ResultText& a, const explain::ResultText& b) {
              Value item = Value::object();
              item.set("name", Value(a.name));
              item.set("state", Value(a.state));
              item.set("value", Value(a.value));
              item.set("unit", Value(a.unit));
              item.set("least", Value(a.least));
              item.set("most", Value(a.most));
              item.set("possible", names(a.possible));
              item.set("text", text(a.text, b.text));
              return item;
            }));
  }
  out.set("checks", list(zh.outputs, en.outputs, [](const explain::GradeOutput& a, const explain::GradeOutput& b) {
            Value item = Value::object();
            item.set("name", Value(a.name));
            item.set("text", text(a.text, b.text));
            item.set("value", Value(a.value));
            item.set("warning", Value(a.warning));
            return item;
          }));
  return out;
}

bool is_words(const Value& value) {
  return value.kind == Value::Kind::object && value.members.size() == 2 && value.find("zh") != nullptr &&
         value.find("en") != nullptr;
}

void forget_words(Value& value) {
  if (is_words(value)) value = Value();
  for (Value& item : value.items) forget_words(item);
  for (json::Member& member : value.members) forget_words(member.value);
}

}  // namespace

Value answer(std::int64_t /*format: there is one*/, const run::Facts& facts, const run::Decision& decision) {
  const auto kind = facts.plan().programs[facts.program()].kind;
  if (kind == plan::ProgramInfo::standard) {
    return standard(explain::explain_grade(facts, decision, false), explain::explain_grade(facts, decision, true));
  }
  return programme(explain::explain(facts, decision, false), explain::explain(facts, decision, true));
}

std::optional<json::Difference> difference_apart_from_texts(Value was, Value now) {
  forget_words(was);
  forget_words(now);
  return json::first_difference(was, now);
}

}  // namespace guiju::receipt
