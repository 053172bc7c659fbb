// Deciding, and the figures of a decision.
#include <algorithm>

#include "boundary.hpp"
#include "deciding.hpp"
#include "json/refusal.hpp"
#include "json/write_answer.hpp"
#include "json/write_brief.hpp"
#include "outcomes.hpp"
#include "run/kernels.hpp"
#include "values.hpp"

namespace guiju::capi {
namespace {

static_assert(GJ_ELIGIBLE == static_cast<int>(run::Outcome::eligible));
static_assert(GJ_INELIGIBLE == static_cast<int>(run::Outcome::ineligible));
static_assert(GJ_UNDETERMINED == static_cast<int>(run::Outcome::undetermined));
static_assert(GJ_REFERRED == static_cast<int>(run::Outcome::referred));
static_assert(GJ_NOT_IN_FORCE == static_cast<int>(run::Outcome::not_in_force));
static_assert(GJ_INVALID == static_cast<int>(run::Outcome::invalid));

void join_articles(const std::vector<explain::Failure>& failures, std::vector<std::vector<std::string>>& out) {
  for (const auto& failure : failures) {
    auto& joined = out.emplace_back();
    for (const auto& cite : failure.cites) {
      std::string& text = joined.emplace_back();
      for (const auto& article : cite.articles) text += (text.empty() ? "" : "; ") + article;
    }
  }
}

void join_articles(gj_decision& decision) {
  join_articles(decision.words.failed, decision.articles);
  for (const explain::RefusedPart& part : decision.words.refused)
    join_articles(part.reasons, decision.refused_articles);
  join_articles(decision.words.failed_one, decision.one_of_articles);
}

void decide_programme(const gj_facts& facts, gj_decision& decision) {
  const bool english = decision.language == GJ_EN;
  if (decision.refused) {
    decision.words = json::refuse_decision(facts.facts, facts.refused, english);
    decision.outcome = GJ_INVALID;
    return;
  }
  run::decide(facts.facts, decision.options, decision.decided.fill());
  decision.outcome = outcome_named(run::name_of(decision.decided.get().outcome));
  if (decision.language == GJ_SILENT) return;
  run::evaluate_reasons(facts.facts, decision.decided.get());
  decision.words = explain::explain(facts.facts, decision.decided.get(), english);
  join_articles(decision);
}

void grade_by_standard(const gj_facts& facts, gj_decision& decision) {
  const bool english = decision.language == GJ_EN;
  if (decision.refused) {
    decision.grade = json::refuse_grade(facts.facts, facts.refused, english);
  } else {
    run::decide(facts.facts, decision.options, decision.decided.fill());
    run::evaluate_reasons(facts.facts, decision.decided.get());
    decision.grade = explain::explain_grade(facts.facts, decision.decided.get(), english);
  }
  decision.outcome = outcome_named(decision.grade.outcome);
}

// What all rows ask for stands in the words of the decision.
void gather_rows(gj_decision& decision) {
  explain::Explanation& words = decision.words;
  words.outcome = decision.targets.outcome;
  decision.missing.clear();
  for (const explain::TargetText& row : decision.targets.rows) {
    std::string& missing = decision.missing.emplace_back();
    for (const std::string& one : row.missing) missing += (missing.empty() ? "" : "; ") + one;
    for (const explain::Need& need : row.words.needs) {
      const auto same = [&](const explain::Need& n) { return n.path == need.path; };
      if (std::none_of(words.needs.begin(), words.needs.end(), same)) words.needs.push_back(need);
    }
    const explain::RowWords& own = row.words;
    words.referred.insert(words.referred.end(), own.referred.begin(), own.referred.end());
    words.warnings.insert(words.warnings.end(), own.warnings.begin(), own.warnings.end());
    words.invalid.insert(words.invalid.end(), own.invalid.begin(), own.invalid.end());
  }
}

void decide_targets(const gj_facts& facts, gj_decision& decision) {
  const bool english = decision.language == GJ_EN;
  if (decision.refused) {
    decision.targets = json::refuse_targets(facts.facts, facts.refused, english);
    decision.words.invalid = decision.targets.invalid;
  } else {
    run::decide_rows(facts.facts, decision.options, decision.rows);
    decision.targets = explain::explain_targets(facts.facts, decision.rows, english);
  }
  gather_rows(decision);
  decision.outcome = outcome_named(decision.targets.outcome);
}

const plan::Section* version_of(const gj_decision* decision) {
  if (decision == nullptr || decision->program == nullptr || decision->is_grade || decision->is_targets ||
      decision->refused)
    return nullptr;
  const auto& sections = decision->program->info().sections;
  return decision->decided.get().section < sections.size() ? &sections[decision->decided.get().section] : nullptr;
}

const run::MoneyRange* amount_of(const gj_decision& decision) {
  const bool has_amount = decision.program != nullptr && !decision.is_grade && !decision.is_targets &&
                          !decision.refused && decision.decided.get().has_amount;
  return has_amount ? &decision.decided.get().amount : nullptr;
}

// Of what is no payment nothing is paid as it stands.
bool is_payment(const gj_decision& decision) {
  return amount_of(decision) == nullptr || decision.decided.get().amount_kind == AmountKind::payment;
}

// `paid`: between what the payment lies; else the figure of the rules.
gj_status range_out(const gj_decision* decision, bool paid, gj_decimal* least, gj_decimal* most, int32_t* unbounded) {
  if (least != nullptr) *least = {0, 0};
  if (most != nullptr) *most = {0, 0};
  if (unbounded != nullptr) *unbounded = 0;
  return guarded(nullptr, [&]() -> gj_status {
    const auto* figure = amount_of(require(decision, "decision"));
    if (figure == nullptr) return GJ_E_NOT_FOUND;
    const run::MoneyRange range = paid ? run::payable(*figure, decision->decided.get().amount_kind) : *figure;
    if (least != nullptr) *least = fen_out(range.least);
    if (most != nullptr && !range.unbounded) *most = fen_out(range.most);
    if (unbounded != nullptr) *unbounded = range.unbounded;
    return GJ_OK;
  });
}

// Of a bound row that is eligible; there the figure is at hand.
bool is_settled(const gj_decision& decision) {
  return decision.decided.row_flags() == kernel::RowAnswer::settled;
}
gj_status settled_amount(const gj_decision& decision, gj_decimal* amount) {
  const std::uint64_t* const words = decision.decided.row_words();
  const plan::Section& section = decision.program->info().sections[words[kernel::RowAnswer::version]];
  if (!section.has_amount || section.amount_kind != AmountKind::payment) return GJ_E_NOT_FOUND;
  require(amount, "amount") = {static_cast<std::int64_t>(words[kernel::RowAnswer::amount]), kMoneyScale};
  return GJ_OK;
}

}  // namespace

void Executed::make_room(const gj_program& program) {
  run::reserve(program.info(), decision_);
  program_ = &program;
}

void Executed::unfold() const {
  const std::lock_guard only_one(unfolding_);
  if (is_unfolded_.load(std::memory_order_relaxed)) return;
  run::unfold(*program_->rulebook->plan, program_->info(), row_flags_, row_words_, decision_);
  is_unfolded_.store(true, std::memory_order_release);
}

void forget_answer(gj_decision& decision) {
  decision.next_row_follows = false;
  decision.json.clear();
  decision.brief.clear();
  decision.receipt.clear();
  if (decision.plain) return;
  decision.words = {};
  decision.grade = {};
  decision.targets = {};
  decision.articles.clear();
  decision.refused_articles.clear();
  decision.one_of_articles.clear();
  decision.refused = decision.is_grade = decision.is_targets = false;
  decision.plain = true;
}

void expect_unchanged(const gj_facts& facts, const gj_decision& decision) {
  if (decision.decided_on.facts != nullptr && decision.decided_on != facts.state)
    throw Failure{GJ_E_STATE, "事实不是作出判定时的事实", "the facts are not those that were decided"};
}

void decide_into(const gj_facts& from, gj_decision& into) {
  into.program = nullptr;  // an answer that fails half-way is none
  into.outcome = GJ_UNDECIDED;
  forget_answer(into);
  into.owner.reset(from.program->rulebook);
  into.decided_on.remember(from.state);
  into.refused = !from.refused.empty();
  into.is_grade = from.program->info().kind == plan::ProgramInfo::standard;
  into.is_targets = from.program->info().kind == plan::ProgramInfo::targets;
  into.plain = into.language == GJ_SILENT && !into.refused && !into.is_grade && !into.is_targets;
  if (into.is_targets) {
    decide_targets(from, into);
  } else {
    into.is_grade ? grade_by_standard(from, into) : decide_programme(from, into);
  }
  into.program = from.program;
}

}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

gj_status gj_decision_new(gj_decision** decision, gj_error** error) {
  if (decision != nullptr) *decision = nullptr;
  return guarded(error, [&] {
    gj_decision*& out = require(decision, "decision");  // before anything is made: the right of a `=` runs first
    out = std::make_unique<gj_decision>().release();
    return gj_status{GJ_OK};
  });
}

void gj_decision_delete(gj_decision* decision) {
  delete decision;
}

gj_status gj_decision_set_language(gj_decision* decision, gj_language language) {
  if (decision == nullptr || language < GJ_ZH || language > GJ_SILENT) return GJ_E_ARGUMENT;
  decision->language = language;
  decision->next_row_follows = false;
  return GJ_OK;
}

gj_status gj_decision_set_as_at(gj_decision* decision, gj_date day) {
  if (decision == nullptr) return GJ_E_ARGUMENT;
  decision->next_row_follows = false;
  return set_day(decision->options.as_at, day);
}

gj_status gj_decision_set_known_on(gj_decision* decision, gj_date day) {
  if (decision == nullptr) return GJ_E_ARGUMENT;
  decision->next_row_follows = false;
  return set_day(decision->options.known_on, day);
}

gj_status gj_decision_set_max_cases(gj_decision* decision, uint32_t max_cases) {
  if (decision == nullptr || max_cases > run::kMostCases) return GJ_E_ARGUMENT;
  decision->options.max_cases = max_cases;
  decision->next_row_follows = false;
  return GJ_OK;
}

int32_t gj_decision_may_be_refused(const gj_decision* decision) {
  const bool decided = decision != nullptr && decision->program != nullptr && !decision->is_grade && !decision->refused;
  return decided && decision->decided.get().may_be_refused ? 1 : 0;
}

gj_status gj_decide(const gj_facts* facts, gj_decision* decision, gj_error** error) {
  return guarded(error, [&] {
    gj_decision& into = require(decision, "decision");
    decide_or_forget(into, [&] { decide_into(require(facts, "facts"), into); });
    return gj_status{GJ_OK};
  });
}

gj_status gj_decide_top_up(const gj_facts* facts, gj_date from, gj_date to, gj_decision* before, gj_decision* after,
                           gj_top_up* out, gj_error** error) {
  return guarded_into(out, error, [&] {
    const gj_facts& of = require(facts, "facts");
    gj_decision& earlier = require(before, "before");
    gj_decision& later = require(after, "after");
    if (&earlier == &later)
      throw Failure{GJ_E_ARGUMENT, "before 与 after 须是两个判定", "before and after must be two decisions"};
    if (of.program->info().kind != plan::ProgramInfo::program)
      throw Failure{GJ_E_ARGUMENT, "只有项目才有补差", "only a programme has a top-up"};
    const Day known_from = day_in(from);
    const Day known_to = day_in(to);
    if (known_from >= known_to) throw Failure{GJ_E_ARGUMENT, "from 须早于 to", "from must lie before to"};
    earlier.options.known_on = known_from;
    later.options.known_on = known_to;
    decide_into(of, earlier);
    decide_into(of, later);
    if (later.refused) return fill(out, top_up_out({}));  // facts that cannot be read: neither was decided
    return fill(out, top_up_out(run::top_up_over(of.facts, earlier.decided.get(), later.decided.get())));
  });
}

gj_outcome gj_decision_outcome(const gj_decision* decision) {
  return decision == nullptr ? GJ_UNDECIDED : decision->outcome;
}

gj_text gj_decision_outcome_name(const gj_decision* decision) {
  const std::string_view name = name_of_outcome(gj_decision_outcome(decision));
  return {name.data(), name.size()};
}

const gj_program* gj_decision_program(const gj_decision* decision) {
  return decision == nullptr ? nullptr : decision->program;
}

gj_text gj_decision_version(const gj_decision* decision) {
  if (decision != nullptr && decision->program != nullptr && decision->is_grade)
    return text_out(decision->grade.edition);
  const auto* version = version_of(decision);
  return version == nullptr ? no_text() : text_out(version->name);
}

gj_text gj_decision_version_label(const gj_decision* decision) {
  const auto* version = version_of(decision);
  return version == nullptr ? no_text() : text_out(version->label.in(decision->language == GJ_EN));
}

gj_date gj_decision_reference_date(const gj_decision* decision) {
  if (decision == nullptr || decision->program == nullptr || decision->refused || decision->is_targets ||
      !decision->decided.get().reference_date)
    return {0, 0, 0};
  const CivilDate date = to_civil(*decision->decided.get().reference_date);
  return {date.year, date.month, date.day};
}

gj_status gj_decision_amount(const gj_decision* decision, gj_decimal* amount) {
  if (amount != nullptr) *amount = {0, 0};
  return guarded(nullptr, [&]() -> gj_status {
    if (is_settled(require(decision, "decision"))) return settled_amount(*decision, amount);
    const auto* range = amount_of(*decision);
    if (range == nullptr || !range->known() || !is_payment(*decision)) return GJ_E_NOT_FOUND;
    require(amount, "amount") = fen_out(range->least);
    return GJ_OK;
  });
}

gj_text gj_decision_amount_text(const gj_decision* decision) {
  const bool none = decision == nullptr || decision->program == nullptr || !is_payment(*decision);
  return none ? no_text() : text_out(decision->words.amount);
}

gj_amount_kind gj_decision_amount_kind(const gj_decision* decision) {
  const bool none = decision == nullptr || decision->program == nullptr || amount_of(*decision) == nullptr;
  return none ? GJ_PAYMENT : static_cast<gj_amount_kind>(decision->decided.get().amount_kind);
}

gj_status gj_decision_figure(const gj_decision* decision, gj_decimal* least, gj_decimal* most, int32_t* unbounded) {
  return range_out(decision, false, least, most, unbounded);
}

gj_status gj_decision_amount_between(const gj_decision* decision, gj_decimal* least, gj_decimal* most,
                                     int32_t* unbounded) {
  return range_out(decision, true, least, most, unbounded);
}

gj_text gj_decision_json(gj_decision* decision) {
  if (decision == nullptr || decision->program == nullptr) return no_text();
  if (!decision->is_grade && !decision->is_targets && decision->language == GJ_SILENT && !decision->refused)
    return no_text();
  if (!decision->json.empty()) return text_out(decision->json);
  const gj_status status = guarded(nullptr, [&] {
    json::Writer writer(false);
    if (decision->is_targets) {
      json::write_targets(writer, decision->targets);
    } else {
      decision->is_grade ? json::write_grade(writer, decision->grade) : json::write_decision(writer, decision->words);
    }
    decision->json = writer.take();
    return gj_status{GJ_OK};
  });
  return status == GJ_OK ? text_out(decision->json) : no_text();
}

gj_text gj_decision_brief_json(gj_decision* decision) {
  if (decision == nullptr || decision->program == nullptr || decision->is_grade || decision->is_targets)
    return no_text();
  if (!decision->brief.empty()) return text_out(decision->brief);
  decision->next_row_follows = false;
  const gj_status status = guarded(nullptr, [&] {
    std::vector<std::string> invalid;
    if (decision->refused) {
      for (const explain::Invalid& bad : decision->words.invalid) invalid.push_back(bad.path);
      if (invalid.empty()) invalid.emplace_back();
    }
    json::append_brief(decision->brief, *decision->program->rulebook->plan, decision->program->info(),
                       decision->decided.get(), invalid);
    return gj_status{GJ_OK};
  });
  return status == GJ_OK ? text_out(decision->brief) : no_text();
}

}  // extern "C"
