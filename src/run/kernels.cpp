// See kernels.hpp.
#include "run/kernels.hpp"

#include <algorithm>
#include <span>

#include "kernel/build.hpp"
#include "run/versions.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;

namespace {

// A version, none, or unsettled.
std::int32_t governing_on(const plan::Plan& plan, const plan::ProgramInfo& program, std::int32_t day) {
  const Governing governing = governing_versions(plan, program, number_value(day), std::nullopt);
  const bool plain = governing.versions.size() == 1 && governing.choices.empty() && governing.suspension == nullptr;
  if (!plain) return kernel::unsettled;
  const Index version = *governing.versions.begin();
  return version == kNone ? std::int32_t{kernel::none} : static_cast<std::int32_t>(version);
}

std::int32_t nearest_on(const plan::ProgramInfo& program, std::int32_t day) {
  return static_cast<std::int32_t>(nearest_version(program, day, std::nullopt));
}

// Between two versions the days of which one is nearest end where those of the other begin.
void add_none(const plan::ProgramInfo& program, std::int32_t first, std::int32_t last, kernel::Calendar& out) {
  const std::int32_t before = nearest_on(program, first);
  const std::int32_t after = nearest_on(program, last);
  out.version.push_back(kernel::none);
  out.nearest.push_back(before);
  if (before == after) return;
  while (first + 1 < last) {
    const std::int32_t middle = first + (last - first) / 2;
    (nearest_on(program, middle) == before ? first : last) = middle;
  }
  out.bounds.push_back(last);
  out.version.push_back(kernel::none);
  out.nearest.push_back(after);
}

kernel::Calendar calendar_of(const plan::Plan& plan, const plan::ProgramInfo& program) {
  std::vector<std::int32_t> bounds;
  for (const i128 bound : boundaries(program)) {
    if (bound > kFirstDay && bound <= kLastDay) bounds.push_back(static_cast<std::int32_t>(bound));
  }
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  kernel::Calendar out;
  std::int32_t first = kFirstDay;
  for (std::size_t i = 0; i <= bounds.size(); ++i) {
    const std::int32_t last = i < bounds.size() ? bounds[i] - 1 : kLastDay;
    const std::int32_t version = governing_on(plan, program, first);
    if (version == kernel::none) {
      add_none(program, first, last, out);
    } else {
      out.version.push_back(version);
      out.nearest.push_back(version);
    }
    if (i < bounds.size()) out.bounds.push_back(bounds[i]);
    first = last + 1;
  }
  return out;
}

// What a kernel has said of a row; `Words` has size() and [].
template <typename Words>
struct PlainAnswer {
  bool is_referred = false;
  std::int64_t amount = 0;                     // fen
  Words failed{}, refused{}, owed{}, marks{};  // sets
  Words parts{}, shares{};                     // fen
};

MoneyRange exactly(std::int64_t fen) {
  return {fen, fen, false};
}
template <typename Words>
void set_exactly(std::vector<MoneyRange>& ranges, const Words& fen) {
  for (std::size_t i = 0; i < fen.size(); ++i) ranges.push_back(exactly(static_cast<std::int64_t>(fen[i])));
}

template <typename Words>
void settle(const plan::Plan& plan, const plan::ProgramInfo& program, Index version, Day day,
            const std::vector<std::uint32_t>& marked, const PlainAnswer<Words>& answer, Decision& d) {
  clear(d);
  d.section = version;
  d.reference_date = day;
  d.failed.assign(answer.failed);
  d.refused.assign(answer.refused);
  d.owed.assign(answer.owed);
  d.outcome = answer.is_referred ? Outcome::referred : d.failed.empty() ? Outcome::eligible : Outcome::ineligible;
  d.may_be_refused = answer.is_referred;
  if (answer.is_referred) d.marks.reserve(marked.size());  // once for all, not when a case has more than those before
  for (std::size_t i = 0; answer.is_referred && i < marked.size(); ++i) {
    if ((answer.marks[i / 64] >> (i % 64) & 1U) != 0) d.marks.push_back(mark_of(plan, marked[i]));
  }
  const plan::Section& section = program.sections[version];
  if (!d.failed.empty() || !section.has_amount) return;
  d.has_amount = true;
  d.amount_kind = section.amount_kind;
  d.amount = exactly(answer.amount);
  set_exactly(d.parts, answer.parts);
  set_exactly(d.shares, answer.shares);
}

void settle_none(Index nearest, Day day, Decision& d) {
  clear(d);
  d.outcome = Outcome::not_in_force;
  d.nearest = nearest;
  d.reference_date = day;
}

}  // namespace

void add_kernels(plan::Plan& plan) {
  for (plan::ProgramInfo& program : plan.programs) {
    program.kernels = plan::KernelsOnDemand([&plan, &program]() -> std::shared_ptr<const kernel::Program> {
      auto kernels = std::make_shared<kernel::Program>(kernel::build(plan, program));
      if (kernels->versions.empty()) return nullptr;
      kernels->calendar = calendar_of(plan, program);
      return kernels;
    });
  }
}

namespace {

// Words that stand here and there in registers.
class Scattered {
 public:
  Scattered() = default;
  Scattered(const std::vector<kernel::Register>& at, const std::int64_t* registers) : at_(at), registers_(registers) {}
  [[nodiscard]] std::size_t size() const { return at_.size(); }
  std::uint64_t operator[](std::size_t i) const { return static_cast<std::uint64_t>(registers_[at_[i]]); }

 private:
  std::span<const kernel::Register> at_;
  const std::int64_t* registers_ = nullptr;
};

// Those of a row program follow one another.
class InOrder {
 public:
  explicit InOrder(const std::uint64_t* first) : next_(first) {}
  std::span<const std::uint64_t> take(std::size_t count) {
    next_ += count;
    return {next_ - count, count};
  }

 private:
  const std::uint64_t* next_;
};

}  // namespace

bool decide_row(const plan::Plan& plan, const plan::ProgramInfo& program, const kernel::Row& row, Decision& decision) {
  const kernel::Program& kernels = *program.kernels;
  const std::size_t period = kernel::period_of(kernels, row);
  if (period == kernel::kNoPeriod) return false;
  const auto day = static_cast<Day>(row.registers[kernels.dates.front()]);
  if (kernels.calendar.version[period] == kernel::none) {
    settle_none(static_cast<Index>(kernels.calendar.nearest[period]), day, decision);
    return true;
  }
  if (kernels.calendar.version[period] == kernel::unsettled) return false;
  const auto version = static_cast<Index>(kernels.calendar.version[period]);
  const kernel::Kernel& k = kernels.versions[version];
  if (!kernel::accepts(k, row)) return false;
  kernel::execute(k, row);
  const std::int64_t* const r = row.registers;
  const bool is_referred = r[k.referred] != 0;
  if (r[k.open] != 0 && !is_referred) return false;
  kernel::complete(k, row);
  const auto words = [&](const std::vector<kernel::Register>& at) { return Scattered(at, r); };
  const PlainAnswer<Scattered> answer{is_referred,     k.amount == kernel::kNoRegister ? 0 : r[k.amount],
                                      words(k.failed), words(k.refused),
                                      words(k.owed),   words(k.marks),
                                      words(k.parts),  words(k.shares)};
  settle(plan, program, version, day, k.marked, answer, decision);
  return true;
}

void reserve(const plan::ProgramInfo& program, Decision& decision) {
  for (const kernel::Kernel& k : program.kernels->versions) {
    decision.failed.reserve(k.failed.size());
    decision.refused.reserve(k.refused.size());
    decision.owed.reserve(k.owed.size());
    decision.marks.reserve(k.marked.size());
    decision.parts.reserve(k.parts.size());
    decision.shares.reserve(k.shares.size());
  }
}

void unfold(const plan::Plan& plan, const plan::ProgramInfo& program, std::uint64_t flags, const std::uint64_t* words,
            Decision& decision) {
  using kernel::RowAnswer;
  const auto day = static_cast<Day>(static_cast<std::int64_t>(words[RowAnswer::day]));
  const auto version = static_cast<Index>(words[RowAnswer::version]);
  if ((flags & RowAnswer::not_in_force) != 0) return settle_none(version, day, decision);
  const kernel::Kernel& k = program.kernels->versions[version];
  InOrder rest(words + RowAnswer::sets);
  PlainAnswer<std::span<const std::uint64_t>> answer;
  answer.is_referred = (flags & RowAnswer::referred) != 0;
  answer.amount = static_cast<std::int64_t>(words[RowAnswer::amount]);
  answer.failed = rest.take(k.failed.size());
  answer.refused = rest.take(k.refused.size());
  answer.owed = rest.take(k.owed.size());
  answer.marks = rest.take(k.marks.size());
  answer.parts = rest.take(k.parts.size());
  answer.shares = rest.take(k.shares.size());
  settle(plan, program, version, day, k.marked, answer, decision);
}

bool decide_by_kernel(const Facts& facts, const Options& options, Decision& decision) {
  if (options.known_on || decision.trace != nullptr || decision.supposed != nullptr) return false;
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  const kernel::Program* const kernels = program.kernels.get();
  if (kernels == nullptr) return false;
  if (const std::uint64_t flags = decision.as_row.decide(facts); flags != 0) {
    unfold(facts.plan(), program, flags, decision.as_row.answer(), decision);
    return true;
  }
  if (!decision.packed.pack(facts, *kernels)) return false;
  return decide_row(facts.plan(), program, decision.packed.row(), decision);
}

}  // namespace guiju::run
