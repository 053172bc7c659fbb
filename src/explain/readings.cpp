// Each way of reading is explained as a decision is; of that only what tells the ways apart is kept.
#include "explain/readings.hpp"

#include "explain/show.hpp"
#include "run/readings.hpp"

namespace guiju::explain {

namespace {

void add(std::string& text, const std::string& more, bool english) {
  if (more.empty()) return;
  text += (text.empty() ? "" : english ? "; " : ";") + more;
}

// What is still missing, or for a person to settle, read so.
template <typename Answer>
void tell_open(const Answer& answer, bool english, ByReading& out) {
  for (const Need& need : answer.needs) add(out.text, need.label.empty() ? need.path : need.label, english);
  for (const Referral& referral : answer.referred) add(out.text, referral.why, english);
}

void tell_programme(const Explanation& answer, bool english, ByReading& out) {
  out.outcome = answer.outcome;
  out.amount_kind = answer.amount_kind;
  out.amount = answer.amount;
  out.amount_least = answer.amount_least;
  out.amount_most = answer.amount_most;
  out.may_be_refused = answer.may_be_refused;
  tell_open(answer, english, out);
  if (answer.duty) {
    if (!answer.duty->deadline.empty())
      add(out.text, (english ? "to be done by " : "期满 ") + show_day(*parse_iso_date(answer.duty->deadline), english),
          english);
    return;
  }
  for (const Failure& failure : answer.failed) add(out.text, failure.text, english);
  for (const Failure& failure : answer.failed_one) add(out.text, failure.text, english);
}

void tell_grade(const GradeExplanation& answer, bool english, ByReading& out) {
  out.outcome = answer.outcome;
  out.grade = answer.grade;
  out.grade_label = answer.grade_label;
  tell_open(answer, english, out);
  if (answer.grade.empty()) add(out.text, answer.why, english);
  for (const ResultText& result : answer.results) {
    const std::string& name = result.label.empty() ? result.name : result.label;
    add(out.text, name + (english ? ": " : ":") + result.text, english);
  }
}

}  // namespace

std::vector<ByReading> by_reading(const run::Facts& facts, const run::Decision& decision, bool english) {
  std::vector<ByReading> all;
  if (decision.supposed != nullptr) return all;
  const plan::Plan& plan = facts.plan();
  const auto kind = plan.programs[facts.program()].kind;
  run::for_each_way(facts, decision, [&](const std::vector<run::Reading>& read, const run::Decision& as_read) {
    ByReading& out = all.emplace_back();
    for (const run::Reading& one : read) {
      const plan::ChoiceInfo& choice = plan.choices[one.choice];
      out.read.push_back({choice.name, plain_text(choice.text, english), choice.readings[one.number].in(english)});
    }
    if (kind == plan::ProgramInfo::standard) {
      tell_grade(explain_grade(facts, as_read, english), english, out);
    } else if (kind == plan::ProgramInfo::targets) {
      out.outcome = run::name_of(as_read.outcome);
    } else {
      tell_programme(explain(facts, as_read, english), english, out);
    }
  });
  return all;
}

Warning other_reading(const plan::ChoiceInfo& choice, std::size_t number, const std::string& comes_to, bool english) {
  const std::string adopted = choice.readings[choice.adopted].in(english);
  const std::string read = choice.readings[number].in(english);
  Warning out;
  out.kind = "other_reading";
  out.name = choice.name;
  out.text = english ? "`" + adopted + "` was adopted; by `" + read + "` it would be: " + comes_to
                     : "已采用“" + adopted + "”;若按“" + read + "”则为:" + comes_to;
  out.about = plain_text(choice.text, english);
  return out;
}

}  // namespace guiju::explain
