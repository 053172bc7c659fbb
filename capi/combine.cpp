// Every programme of a rulebook decided on one set of facts, and what of it may be granted together.
#include "run/combine.hpp"

#include "boundary.hpp"
#include "explain/combination.hpp"
#include "items.hpp"
#include "json/read_case.hpp"
#include "json/write_answer.hpp"
#include "outcomes.hpp"
#include "values.hpp"

// The facts are kept between calls, so that their memory is.
struct gj_combination {
  guiju::capi::RulebookOwner owner;
  const gj_rulebook* rulebook = nullptr;  // that names and facts were made for
  std::unique_ptr<guiju::json::CaseNames> names;
  std::unique_ptr<guiju::run::CaseFacts> facts;
  gj_language language = GJ_ZH;
  guiju::run::Options options;
  bool decided = false;
  guiju::run::Combination combination;
  guiju::explain::CombinationText words;
  std::vector<std::vector<std::string>> programs;  // of each choice of each group, joined
  std::vector<std::vector<std::string>> articles;  // of each citation of each programme, joined
  std::string json;
};

namespace guiju::capi {
namespace {

void prepare(gj_rulebook& rulebook, gj_combination& into) {
  into.decided = false;
  into.json.clear();
  into.words = {};
  into.combination = {};
  into.programs.clear();
  into.articles.clear();
  if (into.rulebook == &rulebook) {
    into.facts->reset();
    return;
  }
  into.rulebook = nullptr;
  into.owner.reset(&rulebook);
  into.names = std::make_unique<json::CaseNames>(*rulebook.plan);
  into.facts = std::make_unique<run::CaseFacts>(rulebook.plan);
  into.rulebook = &rulebook;
}

void join_programs(gj_combination& into) {
  for (const auto& group : into.words.groups) {
    auto& choices = into.programs.emplace_back();
    for (const auto& choice : group.choices) {
      std::string& text = choices.emplace_back();
      for (const auto& program : choice.programs) text += (text.empty() ? "" : ", ") + program;
    }
  }
}

void join_articles(gj_combination& into) {
  for (const auto& program : into.words.programs) {
    auto& citations = into.articles.emplace_back();
    for (const auto& cite : program.cites) {
      std::string& text = citations.emplace_back();
      for (const auto& article : cite.articles) text += (text.empty() ? "" : "; ") + article;
    }
  }
}

const explain::CombinationText& words_of(const gj_combination* combination) {
  return require(combination, "combination").words;
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

gj_status gj_combination_new(gj_combination** combination, gj_error** error) {
  if (combination != nullptr) *combination = nullptr;
  return guarded(error, [&] {
    gj_combination*& out = require(combination, "combination");
    out = std::make_unique<gj_combination>().release();
    return gj_status{GJ_OK};
  });
}

void gj_combination_delete(gj_combination* combination) {
  delete combination;
}

gj_status gj_combination_set_language(gj_combination* combination, gj_language language) {
  if (combination == nullptr || (language != GJ_ZH && language != GJ_EN)) return GJ_E_ARGUMENT;
  combination->language = language;
  return GJ_OK;
}

gj_status gj_combination_set_as_at(gj_combination* combination, gj_date day) {
  return combination == nullptr ? gj_status{GJ_E_ARGUMENT} : set_day(combination->options.as_at, day);
}

gj_status gj_combination_set_known_on(gj_combination* combination, gj_date day) {
  return combination == nullptr ? gj_status{GJ_E_ARGUMENT} : set_day(combination->options.known_on, day);
}

gj_status gj_decide_all(gj_rulebook* rulebook, const char* json, size_t size, gj_combination* combination,
                        gj_error** error) {
  return guarded(error, [&] {
    gj_rulebook& rules = require(rulebook, "rulebook");
    gj_combination& into = require(combination, "combination");
    const std::string_view text = text_in(json, size);
    prepare(rules, into);
    const bool english = into.language == GJ_EN;
    const json::CaseReading reading = json::read_case(*into.facts, *into.names, text);
    if (reading.malformed) throw no_json_object(reading.mistake);
    if (!reading.refused.empty()) {
      into.words = explain::refuse(reading.refused, english);
      into.decided = true;
      return gj_status{GJ_BAD_FACT};
    }
    run::combine(*into.facts, into.options, into.combination);
    into.words = explain::explain(*into.facts, into.combination, english);
    join_programs(into);
    join_articles(into);
    into.decided = true;
    return gj_status{GJ_OK};
  });
}

gj_outcome gj_combination_outcome(const gj_combination* combination) {
  if (combination == nullptr || !combination->decided) return GJ_UNDECIDED;
  return outcome_named(combination->words.outcome);
}

gj_status gj_combination_amount_between(const gj_combination* combination, gj_decimal* least, gj_decimal* most,
                                        int32_t* unbounded) {
  if (least != nullptr) *least = {0, 0};
  if (most != nullptr) *most = {0, 0};
  if (unbounded != nullptr) *unbounded = 0;
  return guarded(nullptr, [&]() -> gj_status {
    const gj_combination& from = require(combination, "combination");
    if (!from.decided || from.words.total.least.empty()) return GJ_E_NOT_FOUND;
    const run::MoneyRange& total = from.combination.total;
    if (least != nullptr) *least = fen_out(total.least);
    if (most != nullptr && !total.unbounded) *most = fen_out(total.most);
    if (unbounded != nullptr) *unbounded = total.unbounded;
    return GJ_OK;
  });
}

size_t gj_combination_count(const gj_combination* combination, gj_part_of_combination list) {
  if (combination == nullptr) return 0;
  const explain::CombinationText& words = combination->words;
  switch (list) {
    case GJ_COMBINED_PROGRAMS:
      return words.programs.size();
    case GJ_COMBINED_GROUPS:
      return words.groups.size();
    case GJ_COMBINED_NEEDS:
      return words.needs.size();
    case GJ_COMBINED_REFERRALS:
      return words.referred.size();
    case GJ_COMBINED_BAD_FACTS:
      return words.invalid.size();
    case GJ_COMBINED_STUCK_ON:
      return words.stuck_on.size();
    default:
      return 0;
  }
}

gj_status gj_combination_program(const gj_combination* combination, size_t index, gj_combined_program* out) {
  return guarded_into(out, nullptr, [&] {
    const auto& item = item_at(words_of(combination).programs, index);
    gj_combined_program value{};
    value.name = text_out(item.program);
    value.label = text_out(item.program_label);
    value.outcome = outcome_named(item.outcome);
    value.standing = text_out(item.standing);
    value.group = text_out(item.group);
    value.own_least = text_out(item.own.least);
    value.own_most = text_out(item.own.most);
    value.least = text_out(item.granted.least);
    value.most = text_out(item.granted.most);
    value.by = text_out(item.by);
    value.under = text_out(item.under);
    value.why = text_out(item.why);
    value.version = text_out(item.version);
    value.citation_count = item.cites.size();
    return fill(out, value);
  });
}

gj_status gj_combination_citation(const gj_combination* combination, size_t program, size_t index, gj_citation* out) {
  return guarded_into(out, nullptr, [&] {
    const auto& cite = item_at(item_at(words_of(combination).programs, program).cites, index);
    gj_citation value{};
    value.title = text_out(cite.title);
    value.articles = text_out(combination->articles[program][index]);
    value.check = text_out(cite.check);
    return fill(out, value);
  });
}

gj_status gj_combination_group(const gj_combination* combination, size_t index, gj_combined_group* out) {
  return guarded_into(out, nullptr, [&] {
    const auto& item = item_at(words_of(combination).groups, index);
    gj_combined_group value{};
    value.name = text_out(item.group);
    value.label = text_out(item.group_label);
    value.version = text_out(item.version);
    value.outcome = outcome_named(item.outcome);
    value.winner = text_out(item.winner);
    value.least = text_out(item.total.least);
    value.most = text_out(item.total.most);
    value.choice_count = item.choices.size();
    value.warning_count = item.warnings.size();
    return fill(out, value);
  });
}

gj_status gj_combination_choice(const gj_combination* combination, size_t group, size_t index,
                                gj_combined_choice* out) {
  return guarded_into(out, nullptr, [&] {
    const auto& item = item_at(item_at(words_of(combination).groups, group).choices, index);
    gj_combined_choice value{};
    value.programs = text_out(combination->programs[group][index]);
    value.least = text_out(item.total.least);
    value.most = text_out(item.total.most);
    value.is_suggested = item.suggested;
    value.is_open = item.open;
    return fill(out, value);
  });
}

gj_status gj_combination_warning(const gj_combination* combination, size_t group, size_t index, gj_warning* out) {
  return guarded_into(out, nullptr, [&] {
    return fill(out, warning_out(item_at(item_at(words_of(combination).groups, group).warnings, index)));
  });
}

gj_status gj_combination_need(const gj_combination* combination, size_t index, gj_need* out) {
  return guarded_into(out, nullptr, [&] { return fill(out, need_out(item_at(words_of(combination).needs, index))); });
}

gj_status gj_combination_stuck_on(const gj_combination* combination, size_t index, gj_need* out) {
  return guarded_into(out, nullptr,
                      [&] { return fill(out, need_out(item_at(words_of(combination).stuck_on, index))); });
}

gj_status gj_combination_referral(const gj_combination* combination, size_t index, gj_referral* out) {
  return guarded_into(out, nullptr,
                      [&] { return fill(out, referral_out(item_at(words_of(combination).referred, index))); });
}

gj_text gj_combination_reading(const gj_combination* combination, size_t referral, size_t index) {
  return combination == nullptr ? no_text() : reading_out(combination->words.referred, referral, index);
}

gj_status gj_combination_bad_fact(const gj_combination* combination, size_t index, gj_bad_fact* out) {
  return guarded_into(out, nullptr,
                      [&] { return fill(out, bad_fact_out(item_at(words_of(combination).invalid, index))); });
}

gj_text gj_combination_json(gj_combination* combination) {
  if (combination == nullptr || !combination->decided) return no_text();
  if (!combination->json.empty()) return text_out(combination->json);
  const gj_status status = guarded(nullptr, [&] {
    json::Writer writer(false);
    json::write_combination(writer, combination->words);
    combination->json = writer.take();
    return gj_status{GJ_OK};
  });
  return status == GJ_OK ? text_out(combination->json) : no_text();
}

}  // extern "C"
