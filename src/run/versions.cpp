// See versions.hpp. The checker has seen to it that on each day, in each reading, one version governs at most and that
// the readings are few.
#include "run/versions.hpp"

#include <algorithm>
#include <optional>

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::Section;

namespace {

struct Period {
  std::optional<Day> from, to;
  [[nodiscard]] bool covers(i128 day) const { return (!from || *from <= day) && (!to || day <= *to); }
};

// The programme with every open day read in one way.
class Calendar {
 public:
  explicit Calendar(const plan::ProgramInfo& program) : program_(program) {
    for (const Section& s : program.sections) {
      periods_.push_back(
          {s.has_from ? std::optional(s.from) : std::nullopt, s.has_to ? std::optional(s.to) : std::nullopt});
    }
  }

  void read(Index choice, std::size_t reading) {
    for (std::size_t i = 0; i < periods_.size(); ++i) {
      const Section& s = program_.sections[i];
      if (s.open_from.choice == choice) periods_[i].from = s.open_from.days[reading];
      if (s.open_to.choice == choice) periods_[i].to = s.open_to.days[reading];
    }
  }

  // Every version that governs some day of the interval.
  [[nodiscard]] std::set<Index> during(i128 first, i128 last) const {
    std::set<Index> out{on(first)};
    for (const Period& p : periods_) {
      if (p.from && *p.from > first && *p.from <= last) out.insert(on(*p.from));
      if (p.to && *p.to >= first && *p.to < last) out.insert(on(i128{*p.to} + 1));
    }
    return out;
  }

 private:
  // Of those that cover the day, the one that no other covering one supersedes, through others too.
  [[nodiscard]] Index on(i128 day) const {
    std::vector<Index> open;
    for (std::size_t i = 0; i < periods_.size(); ++i) {
      if (periods_[i].covers(day)) open.push_back(static_cast<Index>(i));
    }
    const std::vector<Index> covering = open;
    std::vector<bool> visited(periods_.size(), false);
    std::vector<bool> dropped(periods_.size(), false);
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
  std::vector<Period> periods_;
};

struct OpenChoice {
  Index choice;
  std::size_t readings;
};

std::vector<OpenChoice> open_choices(const plan::ProgramInfo& program) {
  std::vector<OpenChoice> out;
  for (const Section& s : program.sections) {
    for (const plan::OpenDay* day : {&s.open_from, &s.open_to}) {
      const bool known =
          std::any_of(out.begin(), out.end(), [&](const OpenChoice& c) { return c.choice == day->choice; });
      if (day->choice != kNone && !known) out.push_back({day->choice, day->days.size()});
    }
  }
  return out;
}

}  // namespace

Governing governing_versions(const plan::ProgramInfo& program, const Value& date) {
  Governing out;
  std::vector<OpenChoice> choices = open_choices(program);
  std::size_t ways = 1;
  for (const OpenChoice& c : choices) ways *= c.readings;
  std::vector<std::set<Index>> by_way;
  for (std::size_t way = 0; way < ways; ++way) {
    Calendar calendar(program);
    std::size_t rest = way;
    for (const OpenChoice& c : choices) {
      calendar.read(c.choice, rest % c.readings);
      rest /= c.readings;
    }
    by_way.push_back(calendar.during(date.low, date.high));
    out.versions.insert(by_way.back().begin(), by_way.back().end());
  }
  // A choice matters where two ways that differ in it alone differ in the versions.
  std::size_t stride = 1;
  for (const OpenChoice& c : choices) {
    bool matters = false;
    for (std::size_t way = 0; way < ways; ++way) {
      const std::size_t first = way - way / stride % c.readings * stride;
      matters = matters || by_way[way] != by_way[first];
    }
    if (matters) out.choices.push_back(c.choice);
    stride *= c.readings;
  }
  return out;
}

Index nearest_version(const plan::ProgramInfo& program, Day day) {
  Index best = kNone;
  Day distance = 0;
  for (std::size_t i = 0; i < program.sections.size(); ++i) {
    const Section& s = program.sections[i];
    const Day away = s.has_from && day < s.from ? s.from - day : s.has_to && day > s.to ? day - s.to : 0;
    if (best == kNone || away < distance) {
      best = static_cast<Index>(i);
      distance = away;
    }
  }
  return best;
}

}  // namespace guiju::run
