// What a decision says, item by item. A silent decision has its figures from the executor; all others are read from the
// words.
#include <algorithm>
#include <bit>
#include <optional>

#include "items.hpp"
#include "outcomes.hpp"
#include "run/failures.hpp"
#include "values.hpp"

namespace guiju::capi {
namespace {

bool is_silent(const gj_decision& decision) {
  return decision.words.outcome.empty() && !decision.is_grade;
}

const plan::Section* version_of(const gj_decision& decision) {
  const auto& sections = decision.program->info().sections;
  const bool has_version = !decision.is_grade && !decision.is_targets && !decision.refused &&
                           decision.decided.get().section < sections.size();
  return has_version ? &sections[decision.decided.get().section] : nullptr;
}

const std::vector<explain::Need>& stuck_on(const gj_decision& d) {
  return d.is_grade ? d.grade.stuck_on : d.words.stuck_on;
}
gj_need path_out(const std::string& path) {
  gj_need value{};
  value.path = text_out(path);
  value.label = value.ask = value.at = no_text();
  return value;
}
const std::vector<explain::Need>& needs_of(const gj_decision& d) {
  return d.is_grade ? d.grade.needs : d.words.needs;
}
const std::vector<explain::Referral>& referrals_of(const gj_decision& d) {
  return d.is_grade ? d.grade.referred : d.words.referred;
}
const std::vector<explain::ByReading>& by_reading_of(const gj_decision& d) {
  return d.is_grade ? d.grade.by_reading : d.words.by_reading;
}
const std::vector<explain::Warning>& warnings_of(const gj_decision& d) {
  return d.is_grade ? d.grade.warnings : d.words.warnings;
}
const std::vector<explain::Invalid>& invalid_of(const gj_decision& d) {
  return d.is_grade ? d.grade.invalid : d.words.invalid;
}

// Of a silent decision.
template <typename Visit>
void for_each_failure(const gj_decision& d, Visit&& visit) {
  if (const plan::Section* const version = version_of(d)) run::for_each_failure(*version, d.decided.get(), visit);
}
std::size_t failure_count(const gj_decision& d) {
  std::size_t count = 0;
  for_each_failure(d, [&](const plan::RequirementInfo&) { ++count; });
  return count;
}
const plan::RequirementInfo& failure_at(const gj_decision& d, std::size_t index) {
  const plan::RequirementInfo* found = nullptr;
  for_each_failure(d, [&](const plan::RequirementInfo& r) {
    if (index-- == 0) found = &r;
  });
  if (found == nullptr) throw Failure{GJ_E_ARGUMENT, "序号超出范围", "no such index"};
  return *found;
}

// The amounts of parts stand only in programmes whose version was found.
std::size_t part_count(const gj_decision& d) {
  return version_of(d) == nullptr ? 0 : d.decided.get().parts.size();
}

std::size_t count(const gj_decision& d, gj_part_of_decision list) {
  const bool silent = is_silent(d);
  switch (list) {
    case GJ_PARTS:
      return part_count(d);
    case GJ_SHARES:
      return version_of(d) == nullptr ? 0 : d.decided.get().shares.size();
    case GJ_FAILURES:
      return silent ? failure_count(d) : d.words.failed.size();
    case GJ_NEEDS:
      return silent ? d.decided.get().needs.size() : needs_of(d).size();
    case GJ_REFERRALS:
      return referrals_of(d).size();
    case GJ_BY_READING:
      return by_reading_of(d).size();
    case GJ_CONDITIONS:
      return d.words.conditions.size();
    case GJ_DOCUMENTS:
      return d.words.documents.size();
    case GJ_OPEN_DOCUMENTS:
      return d.words.open_documents.size();
    case GJ_WARNINGS:
      return warnings_of(d).size();
    case GJ_BAD_FACTS:
      return silent ? d.decided.get().bad.size() : invalid_of(d).size();
    case GJ_CHECKS:
      return d.grade.outputs.size();
    case GJ_RESULTS:
      return d.grade.results.size();
    case GJ_STUCK_ON:
      return silent ? d.decided.get().stuck_on.size() : stuck_on(d).size();
    case GJ_FAILED_ONE_OF:
      return silent ? 0 : d.words.failed_one.size();
    case GJ_REFUSALS:
      return version_of(d) == nullptr ? 0 : d.decided.get().refused.size();
    case GJ_POSSIBLE_GRADES:
      return d.grade.possible.size();
    case GJ_ADJUSTMENTS:
      return d.words.adjustments.size();
    case GJ_TRACE: {
      const auto& trace = d.is_grade ? d.grade.trace : d.words.trace;
      return trace ? trace->lines.size() : 0;
    }
    case GJ_REMEDIES:
      return d.words.would_make_eligible ? d.words.would_make_eligible->list.size() : 0;
    case GJ_TARGETS:
      return d.targets.rows.size();
    default:
      return 0;
  }
}

gj_named named_out(const explain::Named& named) {
  gj_named value{};
  value.name = text_out(named.name);
  value.label = text_out(named.label);
  return value;
}

bool fits(i128 fen) {
  return fen <= INT64_MAX && fen >= INT64_MIN;
}

// All parts one after another, as they are refused; nullptr where the decision is silent.
const explain::Failure* refusal_at(const gj_decision& d, std::size_t index) {
  for (const explain::RefusedPart& part : d.words.refused) {
    if (index < part.reasons.size()) return &part.reasons[index];
    index -= part.reasons.size();
  }
  return nullptr;
}
const explain::Failure& refusal_in_words(const gj_decision& d, std::size_t index) {
  const explain::Failure* found = refusal_at(d, index);
  if (found == nullptr) throw Failure{GJ_E_ARGUMENT, "序号超出范围", "no such index"};
  return *found;
}

gj_citation citation_out(const explain::CitationText& cite, const std::string& articles) {
  gj_citation value{};
  value.title = text_out(cite.title);
  value.articles = text_out(articles);
  value.check = text_out(cite.check);
  return value;
}

const plan::Section& known_version(const gj_decision& d) {
  const plan::Section* version = version_of(d);
  if (version == nullptr) throw Failure{GJ_E_ARGUMENT, "序号超出范围", "no such index"};
  return *version;
}

// `words`: the same in words, empty where the decision is silent.
gj_part part_out(const gj_decision& d, const std::string& name, const plan::SharedText& label, AmountKind kind,
                 const run::MoneyRange& range, const std::vector<explain::PartText>& words, std::size_t index) {
  gj_part value{};
  value.name = text_out(name);
  value.label = text_out(label.in(d.language == GJ_EN));
  const run::MoneyRange paid = run::payable(range, kind);
  value.kind = static_cast<gj_amount_kind>(kind);
  value.is_known = paid.known();
  value.is_unbounded = paid.unbounded;
  if (fits(paid.least)) value.least = {static_cast<std::int64_t>(paid.least), 2};
  if (!paid.unbounded && fits(paid.most)) value.most = {static_cast<std::int64_t>(paid.most), 2};
  value.figure = index < words.size() ? text_out(words[index].amount) : no_text();
  value.amount = kind == AmountKind::payment ? value.figure : no_text();
  value.before = no_text();
  return value;
}

// From the words of the answer, without unfolding it. None where no part is left: the requirements of the parts, which
// stand for that, are not looked up here.
std::optional<std::size_t> row_failed_ids(const gj_decision& d, std::uint32_t* ids, std::size_t room) {
  using kernel::RowAnswer;
  if ((d.decided.row_flags() & RowAnswer::fails) == 0) return 0;
  const std::uint64_t* const words = d.decided.row_words();
  const auto& requirements = d.program->info().sections[words[RowAnswer::version]].requirements;
  std::size_t count = 0;
  for (std::size_t w = 0; w * 64 < requirements.size(); ++w) {
    for (std::uint64_t left = words[RowAnswer::sets + w]; left != 0; left &= left - 1) {
      const plan::RequirementInfo& failed = requirements[64 * w + static_cast<std::size_t>(std::countr_zero(left))];
      if (failed.kind == plan::RequirementInfo::parts) return std::nullopt;
      if (count < room) ids[count] = failed.id;
      ++count;
    }
  }
  return count;
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

size_t gj_decision_count(const gj_decision* decision, gj_part_of_decision list) {
  return decision == nullptr || decision->program == nullptr ? 0 : count(*decision, list);
}

gj_status gj_decision_part(const gj_decision* decision, size_t index, gj_part* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const plan::PartInfo& info = item_at(known_version(d).parts, index);
    gj_part value =
        part_out(d, info.name, info.label, info.kind, item_at(d.decided.get().parts, index), d.words.parts, index);
    if (index < d.words.parts.size()) {
      value.before = text_out(d.words.parts[index].before);
    } else if (known_version(d).single_part) {  // in words it is the amount itself
      value.before = text_out(d.words.before);
      if (value.is_known != 0) value.figure = text_out(d.words.amount);
      if (info.kind == AmountKind::payment) value.amount = value.figure;
    }
    return value;
  });
}

gj_status gj_decision_share(const gj_decision* decision, size_t index, gj_part* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const plan::ShareInfo& info = item_at(known_version(d).shares, index);
    return part_out(d, info.name, info.label, d.decided.get().amount_kind, item_at(d.decided.get().shares, index),
                    d.words.shares, index);
  });
}

gj_status gj_decision_failure(const gj_decision* decision, size_t index, gj_failure* out) {
  return give(decision, out, [&](const gj_decision& d) {
    gj_failure value{};
    value.text = value.text_zh = value.text_en = value.part = value.kind = no_text();
    if (const plan::Section* version = version_of(d); is_silent(d) && version != nullptr) {
      const plan::RequirementInfo& requirement = failure_at(d, index);
      value.id = requirement.id;
      value.name = text_out(requirement.name);
      if (requirement.part != plan::kNone) value.part = text_out(version->parts[requirement.part].name);
      return value;
    }
    const auto& failure = item_at(d.words.failed, index);
    value.id = failure.id;
    value.name = text_out(failure.name);
    value.text = text_out(failure.text);
    value.citation_count = failure.cites.size();
    value.text_zh = text_out(failure.text_zh);
    value.text_en = text_out(failure.text_en);
    value.compared_count = failure.compared.size();
    value.part = text_out(failure.part);
    value.kind = text_out(failure.kind);
    value.entry_count = failure.entries.size();
    return value;
  });
}

size_t gj_decision_failed_ids(const gj_decision* decision, uint32_t* ids, size_t room) {
  if (decision == nullptr || decision->program == nullptr) return 0;
  if (ids == nullptr) room = 0;
  if (decision->decided.row_flags() != 0) {
    if (const auto count = row_failed_ids(*decision, ids, room)) return *count;
  }
  std::size_t count = 0;
  const auto give = [&](const auto& failure) {
    if (count < room) ids[count] = failure.id;
    ++count;
  };
  if (is_silent(*decision)) {
    for_each_failure(*decision, give);
  } else {
    for (const explain::Failure& failure : decision->words.failed) give(failure);
  }
  return count;
}

gj_status gj_decision_failed_entry(const gj_decision* decision, size_t failure, size_t index, gj_failed_entry* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const auto& entry = item_at(item_at(d.words.failed, failure).entries, index);
    gj_failed_entry value{};
    value.path = text_out(entry.path);
    value.label = text_out(entry.label);
    value.text = text_out(entry.text);
    value.text_zh = text_out(entry.text_zh);
    value.text_en = text_out(entry.text_en);
    return value;
  });
}

gj_status gj_decision_refused(const gj_decision* decision, size_t index, gj_failure* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const plan::Section& version = known_version(d);
    const auto& requirement = item_at(version.part_requirements, item_at(d.decided.get().refused, index));
    gj_failure value{};
    value.id = requirement.id;
    value.name = text_out(requirement.name);
    value.part = text_out(item_at(version.parts, requirement.part).name);
    value.text = value.text_zh = value.text_en = value.kind = no_text();
    if (const explain::Failure* reason = refusal_at(d, index); reason != nullptr) {
      value.text = text_out(reason->text);
      value.text_zh = text_out(reason->text_zh);
      value.text_en = text_out(reason->text_en);
      value.citation_count = reason->cites.size();
      value.compared_count = reason->compared.size();
    }
    return value;
  });
}

gj_status gj_decision_refused_citation(const gj_decision* decision, size_t refusal, size_t index, gj_citation* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const auto& cite = item_at(refusal_in_words(d, refusal).cites, index);
    return citation_out(cite, item_at(item_at(d.refused_articles, refusal), index));
  });
}

gj_status gj_decision_refused_compared(const gj_decision* decision, size_t refusal, size_t index, gj_compared* out) {
  return give(decision, out, [&](const gj_decision& d) {
    return compared_out(item_at(refusal_in_words(d, refusal).compared, index));
  });
}

gj_status gj_decision_citation(const gj_decision* decision, size_t failure, size_t index, gj_citation* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const auto& cite = item_at(item_at(d.words.failed, failure).cites, index);
    return citation_out(cite, item_at(item_at(d.articles, failure), index));
  });
}

gj_status gj_decision_need(const gj_decision* decision, size_t index, gj_need* out) {
  return give(decision, out, [&](const gj_decision& d) {
    return is_silent(d) ? path_out(item_at(d.decided.get().needs, index)) : need_out(item_at(needs_of(d), index));
  });
}

gj_status gj_decision_stuck_on(const gj_decision* decision, size_t index, gj_need* out) {
  return give(decision, out, [&](const gj_decision& d) {
    return is_silent(d) ? path_out(item_at(d.decided.get().stuck_on, index)) : need_out(item_at(stuck_on(d), index));
  });
}

gj_status gj_decision_failed_one_of(const gj_decision* decision, size_t index, gj_failure* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const auto& failure = item_at(d.words.failed_one, index);
    gj_failure value{};
    value.part = no_text();
    value.id = failure.id;
    value.name = text_out(failure.name);
    value.text = text_out(failure.text);
    value.citation_count = failure.cites.size();
    return value;
  });
}

gj_status gj_decision_failed_one_of_citation(const gj_decision* decision, size_t failure, size_t index,
                                             gj_citation* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const auto& cite = item_at(item_at(d.words.failed_one, failure).cites, index);
    return citation_out(cite, item_at(item_at(d.one_of_articles, failure), index));
  });
}

gj_status gj_decision_referral(const gj_decision* decision, size_t index, gj_referral* out) {
  return give(decision, out, [&](const gj_decision& d) { return referral_out(item_at(referrals_of(d), index)); });
}

gj_text gj_decision_reading(const gj_decision* decision, size_t referral, size_t index) {
  if (decision == nullptr || decision->program == nullptr) return no_text();
  return reading_out(referrals_of(*decision), referral, index);
}

gj_status gj_decision_by_reading(const gj_decision* decision, size_t index, gj_by_reading* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const explain::ByReading& way = item_at(by_reading_of(d), index);
    gj_by_reading value{};
    value.outcome = outcome_named(way.outcome);
    value.amount_kind = static_cast<gj_amount_kind>(amount_kind_named(way.amount_kind));
    value.amount = text_out(way.amount);
    value.least = text_out(way.amount_least);
    value.most = text_out(way.amount_most);
    value.may_be_refused = way.may_be_refused;
    value.grade = text_out(way.grade);
    value.grade_label = text_out(way.grade_label);
    value.text = text_out(way.text);
    value.read_count = way.read.size();
    return value;
  });
}

gj_status gj_decision_read(const gj_decision* decision, size_t way, size_t index, gj_read* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const auto& read = item_at(item_at(by_reading_of(d), way).read, index);
    gj_read value{};
    value.name = text_out(read.name);
    value.question = text_out(read.question);
    value.reading = text_out(read.reading);
    return value;
  });
}

gj_status gj_decision_condition(const gj_decision* decision, size_t index, gj_named* out) {
  return give(decision, out, [&](const gj_decision& d) { return named_out(item_at(d.words.conditions, index)); });
}

gj_status gj_decision_document(const gj_decision* decision, size_t index, gj_named* out) {
  return give(decision, out, [&](const gj_decision& d) { return named_out(item_at(d.words.documents, index)); });
}

gj_status gj_decision_open_document(const gj_decision* decision, size_t index, gj_open_document* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const explain::OpenDocument& document = item_at(d.words.open_documents, index);
    gj_open_document value{};
    value.name = text_out(document.name);
    value.label = text_out(document.label);
    value.need_count = document.needs.size();
    value.text_count = document.texts.size();
    return value;
  });
}

gj_status gj_decision_open_document_need(const gj_decision* decision, size_t document, size_t index, gj_need* out) {
  return give(decision, out, [&](const gj_decision& d) {
    return need_out(item_at(item_at(d.words.open_documents, document).needs, index));
  });
}

gj_text gj_decision_open_document_text(const gj_decision* decision, size_t document, size_t index) {
  if (decision == nullptr || decision->program == nullptr) return no_text();
  const auto& documents = decision->words.open_documents;
  if (document >= documents.size() || index >= documents[document].texts.size()) return no_text();
  return text_out(documents[document].texts[index]);
}

gj_status gj_decision_warning(const gj_decision* decision, size_t index, gj_warning* out) {
  return give(decision, out, [&](const gj_decision& d) { return warning_out(item_at(warnings_of(d), index)); });
}

gj_status gj_decision_bad_fact(const gj_decision* decision, size_t index, gj_bad_fact* out) {
  return give(decision, out, [&](const gj_decision& d) {
    if (is_silent(d)) {
      const auto& bad = item_at(d.decided.get().bad, index);
      gj_bad_fact value{};
      value.path = text_out(bad.path);
      value.got = text_out(bad.got);
      value.allowed = text_out(bad.allowed.in(false));
      return value;
    }
    return bad_fact_out(item_at(invalid_of(d), index));
  });
}

gj_status gj_decision_check(const gj_decision* decision, size_t index, gj_check* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const auto& check = item_at(d.grade.outputs, index);
    gj_check value{};
    value.name = text_out(check.name);
    value.value = text_out(check.value);
    value.text = text_out(check.text);
    value.is_warning = check.warning;
    value.label = text_out(check.title);
    return value;
  });
}

gj_status gj_decision_result(const gj_decision* decision, size_t index, gj_result* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const auto& result = item_at(d.grade.results, index);
    gj_result value{};
    value.name = text_out(result.name);
    value.label = text_out(result.label);
    value.state = text_out(result.state);
    value.value = text_out(result.value);
    value.unit = text_out(result.unit);
    value.least = text_out(result.least);
    value.most = text_out(result.most);
    value.text = text_out(result.text);
    value.possible_count = result.possible.size();
    return value;
  });
}

gj_status gj_decision_result_possible(const gj_decision* decision, size_t result, size_t index, gj_named* out) {
  return give(decision, out, [&](const gj_decision& d) {
    return named_out(item_at(item_at(d.grade.results, result).possible, index));
  });
}

gj_status gj_decision_possible_grade(const gj_decision* decision, size_t index, gj_named* out) {
  return give(decision, out, [&](const gj_decision& d) { return named_out(item_at(d.grade.possible, index)); });
}

gj_status gj_decision_payout(const gj_decision* decision, gj_named* out) {
  return give(decision, out, [&](const gj_decision& d) {
    if (!d.words.payout) throw Failure{GJ_E_NOT_FOUND, "没有兑现方式", "no payout"};
    return named_out(*d.words.payout);
  });
}

gj_status gj_decision_nearest_version(const gj_decision* decision, gj_version_info* out) {
  return give(decision, out, [&](const gj_decision& d) {
    if (d.words.nearest_version.empty()) throw Failure{GJ_E_NOT_FOUND, "没有邻近的版本", "no nearest version"};
    gj_version_info value{};
    value.name = text_out(d.words.nearest_version);
    value.label = no_text();
    value.from = date_from(d.words.nearest_from);
    value.to = date_from(d.words.nearest_to);
    return value;
  });
}

gj_status gj_decision_suspension(const gj_decision* decision, gj_suspension* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const plan::SuspensionInfo* days = d.refused ? nullptr : d.decided.get().suspended;
    if (days == nullptr) throw Failure{GJ_E_NOT_FOUND, "没有暂停", "nothing is suspended"};
    gj_suspension value{};
    value.text = text_out(days->text.in(d.language == GJ_EN));
    if (days->has_from) value.from = date_out(days->from);
    if (days->has_to) value.to = date_out(days->to);
    return value;
  });
}

gj_status gj_decision_grade(const gj_decision* decision, gj_grade* out) {
  return give(decision, out, [&](const gj_decision& d) {
    if (!d.is_grade) throw Failure{GJ_E_NOT_FOUND, "决定的不是标准", "no standard was decided"};
    gj_grade value{};
    value.name = text_out(d.grade.grade);
    value.label = text_out(d.grade.grade_label);
    value.state = text_out(d.grade.state);
    value.why = text_out(d.grade.why);
    return value;
  });
}

}  // extern "C"
