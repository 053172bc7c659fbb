// See case_answer.hpp.
#include "cli/case_answer.hpp"

#include "cli/records.hpp"
#include "explain/explanation.hpp"
#include "explain/referrals.hpp"
#include "json/writer.hpp"
#include "run/failures.hpp"

namespace guiju::cli {

using run::Outcome;

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ";") + name;
  return out;
}

}  // namespace

void append_csv(std::string& out, const CaseAnswer& answer) {
  out += std::to_string(answer.line);
  for (const std::string_view cell :
       {run::name_of(answer.outcome), answer.version, answer.figure.kind, std::string_view(answer.figure.amount),
        std::string_view(answer.figure.least), std::string_view(answer.figure.most)})
    append_csv_cell(out += ',', std::string(cell));
  for (const auto* names : {&answer.failed, &answer.needs, &answer.stuck_on, &answer.referred, &answer.invalid})
    append_csv_cell(out += ',', joined(*names));
  out += '\n';
}

void append_json(std::string& out, const CaseAnswer& answer) {
  json::Writer writer(false);
  writer.begin_object();
  writer.key("line");
  writer.number(static_cast<std::int64_t>(answer.line));
  writer.member("outcome", run::name_of(answer.outcome));
  writer.member_or_null("version", answer.version);
  writer.member_or_null("amount_kind", answer.figure.kind);
  writer.member_or_null("amount", answer.figure.amount);
  writer.member_or_null("least", answer.figure.least);
  writer.member_or_null("most", answer.figure.most);
  const auto list = [&](std::string_view name, const std::vector<std::string>& items) {
    writer.key(name);
    writer.begin_array();
    for (const std::string& item : items) writer.text(item);
    writer.end_array();
  };
  list("failed", answer.failed);
  list("needs", answer.needs);
  list("stuck_on", answer.stuck_on);
  list("referred", answer.referred);
  list("invalid", answer.invalid);
  writer.end_object();
  out += writer.take();
  out += '\n';
}

CaseDecider::CaseDecider(std::shared_ptr<const plan::Plan> plan, plan::Index program, const json::ProgramNames& names,
                         const run::Options& options, bool english)
    : program_(plan->programs[program]),
      names_(names),
      options_(options),
      english_(english),
      facts_(std::move(plan), program) {}

CaseAnswer CaseDecider::decide(std::size_t line, std::string_view json) {
  CaseAnswer out;
  out.line = line;
  facts_.reset();
  const json::ReadResult reading = reader_.read(facts_, names_, json);
  if (!reading.refused.empty()) {
    for (const run::BadFact& bad : reading.refused)
      out.invalid.push_back(in_words(bad.path, bad.got, bad.allowed.in(english_)));
    return out;
  }
  run::decide(facts_, options_, decision_);
  out.outcome = decision_.outcome;
  if (out.outcome == Outcome::invalid) {
    for (const explain::Invalid& bad : explain::explain(facts_, decision_, english_).invalid)
      out.invalid.push_back(in_words(bad.path, bad.got, bad.allowed));
    return out;
  }
  if (decision_.section != plan::kNone) {
    const plan::Section& section = program_.sections[decision_.section];
    out.version = section.name;
    run::for_each_failure(section, decision_, [&](const plan::RequirementInfo& r) { out.failed.push_back(r.name); });
  }
  out.figure = explain::short_figure(decision_);
  add_open(out);
  return out;
}

CaseAnswer CaseDecider::refuse(std::size_t line, const plan::LocalText& why) const {
  CaseAnswer out;
  out.line = line;
  out.invalid.push_back(why.in(english_));
  return out;
}

void CaseDecider::add_open(CaseAnswer& out) const {
  out.needs = decision_.needs;
  out.stuck_on = decision_.stuck_on;
  const plan::Section* section = decision_.section == plan::kNone ? nullptr : &program_.sections[decision_.section];
  for (const run::Mark& mark : decision_.marks) {
    const explain::Referral referral = explain::referral_of(facts_.plan(), section, mark, english_);
    out.referred.push_back(referral.why.empty() ? referral.name : referral.why);
  }
}

// What came and what is allowed; where nothing came, only what is wrong.
std::string CaseDecider::in_words(const std::string& path, const std::string& got, const std::string& allowed) const {
  std::string out = path;
  const auto add = [&](const char* between, const std::string& text) {
    if (!text.empty()) out += (out.empty() ? std::string() : between) + text;
  };
  add(": ", got);
  add(got.empty() ? ": " : english_ ? "; allowed: " : ";可写:", allowed);
  return out;
}

}  // namespace guiju::cli
