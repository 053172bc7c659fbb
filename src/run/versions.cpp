// See versions.hpp. The checker has seen to it that on each day, in each reading, one version governs at most and that
// the readings are few.
#include "run/versions.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "run/assumptions.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::Section;

namespace {

struct Period {
  std::optional<Day> from, to;
  [[nodiscard]] bool covers(i128 day) const { return (!from || *from <= day) && (!to || day <= *to); }
  [[nodiscard]] Day nearest(Day day) const { return from && day < *from ? *from : to && day > *to ? *to : day; }
};

template <typename Dated>  // a version or a suspension
Period period_of(const Dated& d) {
  return {d.has_from ? std::optional(d.from) : std::nullopt, d.has_to ? std::optional(d.to) : std::nullopt};
}

void read_day(const plan::OpenDay& open, Index choice, std::size_t reading, std::optional<Day>& day) {
  if (open.choice == choice) day = open.days[reading];
}

// What holds on one day.
struct Ruling {
  Index version = kNone;                             // that governs
  Index suspended = kNone;                           // that would, and does not because of …
  const plan::SuspensionInfo* suspension = nullptr;  // … this
  auto operator<=>(const Ruling&) const = default;
};

// The programme with every open day read in one way, as far as it is known.
class Calendar {
 public:
  Calendar(const plan::ProgramInfo& program, std::optional<Day> known_on) : program_(program), known_on_(known_on) {
    for (const Section& s : program.sections) {
      Version& v = versions_.emplace_back();
      v.period = period_of(s);
      if (s.has_published) v.published = s.published;
      for (const plan::SuspensionInfo& suspension : s.suspensions) v.suspensions.push_back(period_of(suspension));
    }
  }

  void read(Index choice, std::size_t reading) {
    for (std::size_t i = 0; i < versions_.size(); ++i) {
      const Section& s = program_.sections[i];
      Version& v = versions_[i];
      read_day(s.open_from, choice, reading, v.period.from);
      read_day(s.open_to, choice, reading, v.period.to);
      read_day(s.open_published, choice, reading, v.published);
      for (std::size_t k = 0; k < v.suspensions.size(); ++k) {
        read_day(s.suspensions[k].open_from, choice, reading, v.suspensions[k].from);
        read_day(s.suspensions[k].open_to, choice, reading, v.suspensions[k].to);
      }
    }
  }

  // What holds on some day of the interval.
  [[nodiscard]] std::set<Ruling> during(i128 first, i128 last) const {
    std::set<Ruling> out{on(first)};
    const auto change_at_ends = [&](const Period& p) {
      if (p.from && *p.from > first && *p.from <= last) out.insert(on(*p.from));
      if (p.to && *p.to >= first && *p.to < last) out.insert(on(i128{*p.to} + 1));
    };
    for (const Version& v : versions_) {
      change_at_ends(v.period);
      for (const Period& p : v.suspensions) change_at_ends(p);
    }
    return out;
  }

  // The day on which the first of the versions was published.
  [[nodiscard]] std::optional<Day> first_known() const {
    std::optional<Day> first;
    for (const Version& v : versions_) {
      const std::optional<Day> since = known_since(v);
      if (since && (!first || *since < *first)) first = since;
    }
    return first;
  }

  // What governs on the nearest day on which something does, suspended or not.
  [[nodiscard]] Index nearest(Day day) const {
    std::optional<Day> best;
    for (const Version& v : versions_) {
      if (!known(v)) continue;
      const Day there = v.period.nearest(day);
      if (!best || std::abs(there - day) < std::abs(*best - day)) best = there;
    }
    return best ? not_superseded(*best) : kNone;
  }

 private:
  struct Version {
    Period period;
    std::optional<Day> published;
    std::vector<Period> suspensions;
  };

  // A version that names no day of publication is known on its first day.
  [[nodiscard]] static std::optional<Day> known_since(const Version& v) {
    return v.published ? v.published : v.period.from;
  }
  [[nodiscard]] bool known(const Version& v) const {
    const std::optional<Day> since = known_since(v);
    return !known_on_ || !since || *since <= *known_on_;
  }

  [[nodiscard]] Ruling on(i128 day) const {
    const Index governs = not_superseded(day);
    if (governs == kNone) return {};
    const auto& suspensions = versions_[governs].suspensions;
    for (std::size_t k = 0; k < suspensions.size(); ++k) {
      if (suspensions[k].covers(day)) return {kNone, governs, &program_.sections[governs].suspensions[k]};
    }
    return {governs, kNone, nullptr};
  }

  // Of those that cover the day and are known, the one that no other such one supersedes, through others too.
  [[nodiscard]] Index not_superseded(i128 day) const {
    std::vector<Index> open;
    for (std::size_t i = 0; i < versions_.size(); ++i) {
      if (versions_[i].period.covers(day) && known(versions_[i])) open.push_back(static_cast<Index>(i));
    }
    const std::vector<Index> covering = open;
    std::vector<bool> visited(versions_.size(), false);
    std::vector<bool> dropped(versions_.size(), false);
    while (!open.empty()) {
      const Index i = open.back();
      open.pop_back();
      if (visited[i]) continue;
      visited[i] = true;
      for (const Index older : program_.sections[i].supersedes) {
        dropped[older] = true;
        open.push_back(older);
      }
    }
    const auto governs =
        std::find_if(covering.begin(), covering.end(), [&](Index i) { return !static_cast<bool>(dropped[i]); });
    return governs == covering.end() ? kNone : *governs;
  }

  const plan::ProgramInfo& program_;
  std::optional<Day> known_on_;
  std::vector<Version> versions_;
};

struct OpenChoice {
  Index choice;
  std::size_t readings;
  Index adopted;
  // In how many ways it is read where nothing is supposed.
  [[nodiscard]] std::size_t ways() const { return adopted == kNone ? readings : 1; }
};

std::vector<OpenChoice> open_choices(const plan::Plan& plan, const plan::ProgramInfo& program) {
  std::vector<OpenChoice> out;
  const auto add = [&](const plan::OpenDay& day) {
    const bool known = std::any_of(out.begin(), out.end(), [&](const OpenChoice& c) { return c.choice == day.choice; });
    if (day.choice != kNone && !known) out.push_back({day.choice, day.days.size(), plan.choices[day.choice].adopted});
  };
  for (const Section& s : program.sections) {
    add(s.open_from);
    add(s.open_to);
    add(s.open_published);
    for (const plan::SuspensionInfo& suspension : s.suspensions) {
      add(suspension.open_from);
      add(suspension.open_to);
    }
  }
  return out;
}

}  // namespace

Governing governing_versions(const plan::Plan& plan, const plan::ProgramInfo& program, const Value& date,
                             std::optional<Day> known_on, const Assumptions* supposed) {
  Governing out;
  std::set<Ruling> rulings;
  std::vector<OpenChoice> choices = open_choices(plan, program);
  std::size_t ways = 1;
  for (const OpenChoice& c : choices) ways *= c.ways();
  std::vector<std::set<Index>> by_way;
  for (std::size_t way = 0; way < ways; ++way) {
    Calendar calendar(program, known_on);
    std::size_t rest = way;
    for (const OpenChoice& c : choices) {
      const Cell* cell = supposed == nullptr ? nullptr : supposed->of(c.choice);
      const std::size_t unsaid = c.adopted == kNone ? rest % c.readings : c.adopted;
      calendar.read(c.choice, cell == nullptr ? unsaid : cell->reading);
      rest /= c.ways();
    }
    std::set<Index>& versions = by_way.emplace_back();
    for (const Ruling& ruling : calendar.during(date.low, date.high)) {
      versions.insert(ruling.version);
      rulings.insert(ruling);
    }
    out.versions.insert(versions.begin(), versions.end());
  }
  if (rulings.size() == 1) {
    out.suspended = rulings.begin()->suspended;
    out.suspension = rulings.begin()->suspension;
  }
  // A choice matters where two ways that differ in it alone differ in the versions.
  std::size_t stride = 1;
  for (const OpenChoice& c : choices) {
    bool matters = false;
    for (std::size_t way = 0; way < ways; ++way) {
      const std::size_t first = way - way / stride % c.ways() * stride;
      matters = matters || by_way[way] != by_way[first];
    }
    if (matters) out.choices.push_back(c.choice);
    stride *= c.ways();
  }
  return out;
}

std::vector<i128> boundaries(const plan::ProgramInfo& program) {
  std::vector<i128> out;
  const auto period = [&](const auto& p) {
    if (p.has_from) out.push_back(p.from);
    if (p.has_to) out.push_back(i128{p.to} + 1);
    for (const Day day : p.open_from.days) out.push_back(day);
    for (const Day day : p.open_to.days) out.push_back(i128{day} + 1);
  };
  for (const Section& s : program.sections) {
    period(s);
    for (const plan::SuspensionInfo& suspension : s.suspensions) period(suspension);
  }
  return out;
}

Index nearest_version(const plan::ProgramInfo& program, Day day, std::optional<Day> known_on) {
  const Calendar calendar(program, known_on);
  const Index known = calendar.nearest(day);
  return known == kNone ? Calendar(program, calendar.first_known()).nearest(day) : known;
}

}  // namespace guiju::run
