// Every programme of a rulebook decided on one set of facts, and what of it may be granted together. Reused from case
// to case; one thread at a time. Texts live until the next decide_all() or setter.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "guiju/decision.hpp"

namespace guiju {
inline namespace v0 {

// Amounts are texts in yuan, "2000.00": empty where there is none; `most` also where no upper end is known.
struct CombinedProgram {
  std::string_view name, label;
  Outcome outcome = Outcome::none;  // of its own decision; none: not asked
  std::string_view standing;        // granted, excluded, nothing_left, open, not_granted, not_asked, carried_out
  std::string_view group;           // empty: it stacks
  std::string_view own_least, own_most;
  std::string_view least, most;
  std::string_view by, under;  // excluded, carried_out: by which programme, under which name
  std::string_view why;
  std::string_view version;              // of its own decision; empty: none, or it is open which
  std::vector<Citation> citations = {};  // excluded: of the exclusion
};
struct CombinedChoice {
  std::string_view programs;  // names, joined with ", "
  std::string_view least, most;
  bool suggested = false;
  bool open = false;
};
struct CombinedGroup {
  std::string_view name, label, version;
  Outcome outcome = Outcome::none;
  std::string_view winner;  // highest, listed, applicant
  std::string_view least, most;
  std::vector<CombinedChoice> choices;  // the suggested one first
  std::vector<Warning> warnings = {};   // by which other readings something else would be granted
};

class Combination {
 public:
  static Result<Combination> create() {
    gj_combination* handle = nullptr;
    gj_error* error = nullptr;
    const gj_status status = gj_combination_new(&handle, &error);
    if (status < 0) return Error(status, error);
    return Combination(handle);
  }
  [[nodiscard]] gj_combination* handle() const { return handle_.get(); }

  void set_language(Language language) { (void)gj_combination_set_language(handle_.get(), detail::lang(language)); }
  bool set_as_at(std::optional<Date> day) {
    return gj_combination_set_as_at(handle_.get(), day ? detail::in(*day) : gj_date{0, 0, 0}) == GJ_OK;
  }

  bool set_known_on(std::optional<Date> day) {
    return gj_combination_set_known_on(handle_.get(), day ? detail::in(*day) : gj_date{0, 0, 0}) == GJ_OK;
  }

  // An object of facts, by the `given` names. Facts that no programme takes make the outcome invalid. An Error: no
  // JSON.
  Result<Outcome> decide_all(const Rulebook& rules, std::string_view json) {
    gj_error* error = nullptr;
    const gj_status status = gj_decide_all(rules.handle(), json.data(), json.size(), handle_.get(), &error);
    if (status < 0) return Error(status, error);
    return outcome();
  }

  [[nodiscard]] Outcome outcome() const { return static_cast<Outcome>(gj_combination_outcome(handle_.get())); }
  // Of all that is granted; no value: nothing is decided.
  [[nodiscard]] std::optional<AmountRange> amount_between() const {
    gj_decimal least{}, most{};
    std::int32_t unbounded = 0;
    if (gj_combination_amount_between(handle_.get(), &least, &most, &unbounded) != GJ_OK) return std::nullopt;
    AmountRange range{{least.coefficient, least.scale}, std::nullopt};
    if (unbounded == 0) range.most = Decimal{most.coefficient, most.scale};
    return range;
  }
  [[nodiscard]] std::string_view json() { return detail::view(gj_combination_json(handle_.get())); }

  [[nodiscard]] std::vector<CombinedProgram> programs() const {
    auto all = list<CombinedProgram, gj_combined_program>(
        GJ_COMBINED_PROGRAMS, gj_combination_program, [](const gj_combined_program& p) {
          return CombinedProgram{detail::view(p.name),     detail::view(p.label), static_cast<Outcome>(p.outcome),
                                 detail::view(p.standing), detail::view(p.group), detail::view(p.own_least),
                                 detail::view(p.own_most), detail::view(p.least), detail::view(p.most),
                                 detail::view(p.by),       detail::view(p.under), detail::view(p.why),
                                 detail::view(p.version)};
        });
    for (std::size_t i = 0; i < all.size(); ++i) {
      gj_citation c{};
      c.size = sizeof c;
      for (std::size_t k = 0; gj_combination_citation(handle_.get(), i, k, &c) == GJ_OK; ++k)
        all[i].citations.push_back({detail::view(c.title), detail::view(c.articles), detail::view(c.check)});
    }
    return all;
  }
  [[nodiscard]] std::vector<CombinedGroup> groups() const {
    auto all = list<CombinedGroup, gj_combined_group>(
        GJ_COMBINED_GROUPS, gj_combination_group, [](const gj_combined_group& g) {
          return CombinedGroup{
              detail::view(g.name),   detail::view(g.label), detail::view(g.version), static_cast<Outcome>(g.outcome),
              detail::view(g.winner), detail::view(g.least), detail::view(g.most),    {}};
        });
    for (std::size_t i = 0; i < all.size(); ++i) {
      gj_combined_choice c{};
      c.size = sizeof c;
      for (std::size_t k = 0; gj_combination_choice(handle_.get(), i, k, &c) == GJ_OK; ++k) {
        all[i].choices.push_back({detail::view(c.programs), detail::view(c.least), detail::view(c.most),
                                  c.is_suggested != 0, c.is_open != 0});
      }
      gj_warning w{};
      w.size = sizeof w;
      for (std::size_t k = 0; gj_combination_warning(handle_.get(), i, k, &w) == GJ_OK; ++k)
        all[i].warnings.push_back(
            {detail::view(w.kind), detail::view(w.name), detail::view(w.text), detail::view(w.about)});
    }
    return all;
  }
  [[nodiscard]] std::vector<Need> needs() const {
    return list<Need, gj_need>(GJ_COMBINED_NEEDS, gj_combination_need, need);
  }
  // Where nothing is left to ask: what matters and cannot be said.
  [[nodiscard]] std::vector<Need> stuck_on() const {
    return list<Need, gj_need>(GJ_COMBINED_STUCK_ON, gj_combination_stuck_on, need);
  }
  [[nodiscard]] std::vector<Referral> referrals() const {
    auto all = list<Referral, gj_referral>(GJ_COMBINED_REFERRALS, gj_combination_referral, [](const gj_referral& r) {
      return Referral{detail::view(r.what), detail::view(r.name), detail::view(r.why),
                      std::vector<std::string_view>(r.reading_count)};
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t k = 0; k < all[i].readings.size(); ++k)
        all[i].readings[k] = detail::view(gj_combination_reading(handle_.get(), i, k));
    }
    return all;
  }
  [[nodiscard]] std::vector<BadFact> bad_facts() const {
    return list<BadFact, gj_bad_fact>(GJ_COMBINED_BAD_FACTS, gj_combination_bad_fact, [](const gj_bad_fact& b) {
      return BadFact{detail::view(b.path), detail::view(b.got), detail::view(b.allowed), detail::view(b.label)};
    });
  }

 private:
  explicit Combination(gj_combination* handle) : handle_(handle) {}

  static Need need(const gj_need& n) {
    return {detail::view(n.path), detail::view(n.label), detail::view(n.ask), detail::view(n.at)};
  }

  template <typename Item, typename Raw, typename Get, typename Convert>
  [[nodiscard]] std::vector<Item> list(gj_part_of_combination what, Get get, Convert convert) const {
    std::vector<Item> items;
    const std::size_t count = gj_combination_count(handle_.get(), what);
    items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      Raw raw{};
      raw.size = sizeof raw;
      if (get(handle_.get(), i, &raw) == GJ_OK) items.push_back(convert(raw));
    }
    return items;
  }

  struct Delete {
    void operator()(gj_combination* c) const { gj_combination_delete(c); }
  };
  std::unique_ptr<gj_combination, Delete> handle_;
};

}  // namespace v0
}  // namespace guiju
