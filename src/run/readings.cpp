// See readings.hpp. Of the ways that are still referred the one with the fewest texts read is parted next, by the text
// of which the most readings settle it.
#include "run/readings.hpp"

#include <algorithm>
#include <iterator>

#include "plan/target.hpp"
#include "run/outcomes.hpp"
#include "run/split.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;

namespace {

constexpr std::size_t kMostWeighed = 3;  // texts by which a way could be parted

struct Way {
  std::vector<Reading> read;
  Decision decision;
};

class Ways {
 public:
  Ways(const Facts& facts, const Decision& referred) : facts_(facts), plan_(facts.plan()), options_(referred.options) {
    ways_.push_back({{}, referred});
  }

  [[nodiscard]] std::vector<Way>& all() {
    while (part_one()) {
    }
    return ways_;
  }

  void decide_as_read(Way& way) const {
    Prober prober(facts_, options_);
    prober.supposed = assumed(way.read);
    prober.run(way.decision);
    if (way.decision.open.empty()) return;
    split(facts_, prober, way.decision);
    order_questions(facts_, prober, way.decision);
  }

 private:
  // What is still open, of the first few.
  [[nodiscard]] std::vector<Index> open_texts(const Way& way) const {
    std::vector<Index> texts;
    if (way.decision.outcome != Outcome::referred) return texts;
    for (const Mark& mark : way.decision.marks) {
      const bool is_text = mark.kind == Mark::undecided && mark.choice != kNone;
      const auto same = [&](const Reading& r) { return r.choice == mark.choice; };
      const bool fits = is_text && !readings_of(mark.choice).empty() &&
                        ways_.size() + readings_of(mark.choice).size() - 1 <= kMostWays;
      if (fits && std::none_of(way.read.begin(), way.read.end(), same)) texts.push_back(mark.choice);
      if (texts.size() == kMostWeighed) break;
    }
    return texts;
  }
  [[nodiscard]] const std::vector<plan::SharedText>& readings_of(Index choice) const {
    return plan_.choices[choice].readings;
  }

  bool part_one() {
    auto next = ways_.end();
    for (auto way = ways_.begin(); way != ways_.end(); ++way) {
      const bool fewer = next == ways_.end() || way->read.size() < next->read.size();
      if (fewer && !open_texts(*way).empty()) next = way;
    }
    if (next == ways_.end()) return false;
    std::vector<Way> parted = parted_best(*next);
    next = ways_.erase(next);
    ways_.insert(next, std::make_move_iterator(parted.begin()), std::make_move_iterator(parted.end()));
    return true;
  }

  [[nodiscard]] std::vector<Way> parted_best(const Way& way) const {
    const auto settled = [](const std::vector<Way>& ways) {
      return std::count_if(ways.begin(), ways.end(),
                           [](const Way& w) { return w.decision.outcome != Outcome::referred; });
    };
    std::vector<Way> best;
    for (const Index text : open_texts(way)) {
      std::vector<Way> ways = parted(way, text);
      if (best.empty() || settled(ways) > settled(best)) best = std::move(ways);
    }
    return best;
  }

  [[nodiscard]] std::vector<Way> parted(const Way& way, Index text) const {
    std::vector<Way> out;
    for (std::size_t i = 0; i < readings_of(text).size(); ++i) {
      Way& one = out.emplace_back();
      one.read = way.read;
      one.read.push_back({text, i});
      decide_as_read(one);
    }
    return out;
  }

  const Facts& facts_;
  const plan::Plan& plan_;
  Options options_;
  std::vector<Way> ways_;
};

}  // namespace

Assumptions assumed(const std::vector<Reading>& read) {
  Assumptions out;
  for (const Reading& one : read) {
    OpenSource source;
    source.choice = one.choice;
    Cell cell;
    cell.reading = one.number;
    out.suppose(source, std::move(cell));
  }
  return out;
}

void for_each_way(const Facts& facts, const Decision& referred,
                  const std::function<void(const std::vector<Reading>& read, const Decision& decision)>& tell) {
  if (referred.outcome != Outcome::referred) return;
  Ways ways(facts, referred);
  for (Way& way : ways.all()) {
    if (way.read.empty()) return;  // nothing was parted
    const Assumptions supposed = assumed(way.read);
    way.decision.supposed = &supposed;
    tell(way.read, way.decision);
    way.decision.supposed = nullptr;
  }
}

namespace {

// The adopted texts on which it hangs which version governs, each once.
std::vector<Index> adopted_days(const plan::Plan& plan, const plan::ProgramInfo& program) {
  std::vector<Index> texts;
  const auto add = [&](const plan::OpenDay& day) {
    if (day.choice == kNone || plan.choices[day.choice].adopted == kNone) return;
    if (std::find(texts.begin(), texts.end(), day.choice) == texts.end()) texts.push_back(day.choice);
  };
  for (const plan::Section& section : program.sections) {
    for (const plan::OpenDay* day : {&section.open_from, &section.open_to, &section.open_published}) add(*day);
    for (const plan::SuspensionInfo& s : section.suspensions) {
      add(s.open_from);
      add(s.open_to);
    }
  }
  return texts;
}

// Those with other readings that a piece of the rules reads besides.
void add_adopted_texts(const plan::Plan& plan, const plan::Section& section, std::vector<Index>& texts) {
  for (const plan::Op& op : section.ops) {
    const bool reads = op.code == plan::Operation::OPEN && op.mode != plan::kOpenReading && op.c != kNone;
    if (!reads || plan.choices[op.aux].adopted == kNone) continue;
    if (std::find(texts.begin(), texts.end(), op.aux) == texts.end()) texts.push_back(op.aux);
  }
}

// What was counted up to the day, and whether that is on track.
bool same_row(const plan::TargetInfo& target, const Decision& a, const Decision& b) {
  const auto same = [](const Value& x, const Value& y) {
    return x.state == y.state && x.mask == y.mask && x.low == y.low && x.high == y.high && x.low_den == y.low_den &&
           x.high_den == y.high_den;
  };
  const bool told = a.told.size() > plan::kToldFigure && b.told.size() > plan::kToldFigure;
  if (told && !same(a.told[plan::kToldFigure], b.told[plan::kToldFigure])) return false;
  if (target.on_track == kNone || target.on_track >= a.slots.size() || target.on_track >= b.slots.size()) return true;
  return same(a.slots[target.on_track], b.slots[target.on_track]);
}

bool same_answer(const plan::ProgramInfo& program, const Decision& a, const Decision& b) {
  if (a.outcome != b.outcome || a.has_amount != b.has_amount || (a.has_amount && a.amount != b.amount)) return false;
  if (a.section != kNone && a.section == b.section && program.sections[a.section].target != nullptr)
    return same_row(*program.sections[a.section].target, a, b);
  const plan::SlotId grade = program.outputs.grade;
  if (grade == kNone || grade >= a.slots.size() || grade >= b.slots.size()) return true;
  return a.slots[grade].state == b.slots[grade].state && a.slots[grade].mask == b.slots[grade].mask;
}

}  // namespace

std::vector<Reading> other_readings(const plan::Plan& plan, const plan::ProgramInfo& program,
                                    const plan::Section* section) {
  std::vector<Index> texts = adopted_days(plan, program);
  if (section != nullptr) add_adopted_texts(plan, *section, texts);
  std::vector<Reading> out;
  for (const Index text : texts) {
    for (std::size_t i = 0; i < plan.choices[text].readings.size(); ++i) {
      if (i != plan.choices[text].adopted) out.push_back({text, i});
    }
  }
  return out;
}

Decision decided_as_read(const Facts& facts, const Options& options, const Reading& read) {
  Decision settled;
  settled.options = options;
  Way way;
  way.read = {read};
  Ways(facts, settled).decide_as_read(way);
  return std::move(way.decision);
}

void for_each_other_reading(const Facts& facts, const Decision& settled,
                            const std::function<void(const Reading& other, const Decision& decision)>& tell) {
  if (is_open(settled.outcome) || settled.outcome == Outcome::invalid || settled.supposed != nullptr) return;
  const plan::Plan& plan = facts.plan();
  const plan::ProgramInfo& program = plan.programs[facts.program()];
  const plan::Section* section = settled.section == kNone ? nullptr : &program.sections[settled.section];
  for (const Reading& other : other_readings(plan, program, section)) {
    const Decision decision = decided_as_read(facts, settled.options, other);
    if (!same_answer(program, settled, decision)) tell(other, decision);
  }
}

}  // namespace guiju::run
