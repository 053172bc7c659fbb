// See kernels.hpp.
#include "run/kernels.hpp"

#include <algorithm>
#include <bit>

#include "kernel/build.hpp"
#include "run/versions.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;

namespace {

// A version, none, or unsettled.
std::int32_t governing_on(const plan::ProgramInfo& program, std::int32_t day) {
  const Governing governing = governing_versions(program, number_value(day), std::nullopt);
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

kernel::Calendar calendar_of(const plan::ProgramInfo& program) {
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
    const std::int32_t version = governing_on(program, first);
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

void list_bits(const std::vector<kernel::Register>& words, const kernel::Row& row, std::vector<Index>& out) {
  for (std::size_t w = 0; w < words.size(); ++w) {
    for (auto bits = static_cast<std::uint64_t>(row.registers[words[w]]); bits != 0; bits &= bits - 1)
      out.push_back(static_cast<Index>(64 * w + static_cast<std::size_t>(std::countr_zero(bits))));
  }
}

MoneyRange exactly(std::int64_t fen) {
  MoneyRange range;
  range.least = range.most = fen;
  return range;
}

bool is_known(const kernel::Row& row, std::uint32_t field) {
  return (row.known[field / 64] >> (field % 64) & 1U) != 0;
}

// The period in which every reference date lies; kNoPeriod where that is not plain.
constexpr std::size_t kNoPeriod = static_cast<std::size_t>(-1);
std::size_t period_of(const kernel::Program& program, const kernel::Row& row) {
  std::size_t period = kNoPeriod;
  for (const std::uint32_t date : program.dates) {
    if (!is_known(row, date)) return kNoPeriod;
    const std::size_t here = program.calendar.period(row.registers[date]);
    if (date != program.dates.front() && here != period) return kNoPeriod;
    period = here;
  }
  return period;
}

}  // namespace

void add_kernels(plan::Plan& plan) {
  for (plan::ProgramInfo& program : plan.programs) {
    auto kernels = std::make_shared<kernel::Program>(kernel::build(plan, program));
    if (kernels->versions.empty()) continue;
    kernels->calendar = calendar_of(program);
    program.kernels = std::move(kernels);
  }
}

bool decide_row(const plan::ProgramInfo& program, const kernel::Row& row, Decision& decision) {
  const kernel::Program& kernels = *program.kernels;
  const std::size_t period = period_of(kernels, row);
  if (period == kNoPeriod) return false;
  const std::int32_t version = kernels.calendar.version[period];
  if (version == kernel::none) {
    clear(decision);
    decision.outcome = Outcome::not_in_force;
    decision.section = kNone;
    decision.nearest = static_cast<Index>(kernels.calendar.nearest[period]);
    decision.reference_date = static_cast<Day>(row.registers[kernels.dates.front()]);
    return true;
  }
  if (version < 0) return false;
  const kernel::Kernel& k = kernels.versions[static_cast<std::size_t>(version)];
  if (!kernel::accepts(k, row)) return false;
  kernel::execute(k, row);
  if (row.registers[k.open] != 0) return false;
  kernel::complete(k, row);

  const plan::Section& section = program.sections[static_cast<std::size_t>(version)];
  clear(decision);
  decision.section = static_cast<Index>(version);
  decision.reference_date = static_cast<Day>(row.registers[kernels.dates.front()]);
  list_bits(k.failed, row, decision.failed);
  list_bits(k.refused, row, decision.refused);
  list_bits(k.owed, row, decision.owed);
  decision.outcome = decision.failed.empty() ? Outcome::eligible : Outcome::ineligible;
  if (!decision.failed.empty() || !section.has_amount) return true;
  decision.has_amount = true;
  decision.amount_kind = section.amount_kind;
  decision.amount = exactly(row.registers[k.amount]);
  for (const kernel::Register part : k.parts) decision.parts.push_back(exactly(row.registers[part]));
  for (const kernel::Register share : k.shares) decision.shares.push_back(exactly(row.registers[share]));
  return true;
}

bool decide_by_kernel(const Facts& facts, const Options& options, Decision& decision) {
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  if (program.kernels == nullptr || options.known_on || decision.trace != nullptr || decision.supposed != nullptr)
    return false;
  if (!decision.packed.pack(facts, *program.kernels)) return false;
  return decide_row(program, decision.packed.row(), decision);
}

}  // namespace guiju::run
