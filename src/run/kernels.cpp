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

kernel::Calendar calendar_of(const plan::ProgramInfo& program) {
  kernel::Calendar out;
  for (const i128 bound : boundaries(program)) out.bounds.push_back(static_cast<std::int32_t>(bound));
  std::sort(out.bounds.begin(), out.bounds.end());
  out.bounds.erase(std::unique(out.bounds.begin(), out.bounds.end()), out.bounds.end());
  const auto on = [&](i128 day) -> std::int32_t {
    const Governing governing = governing_versions(program, number_value(day), std::nullopt);
    if (governing.versions.size() != 1 || !governing.choices.empty()) return kernel::unsettled;
    const Index version = *governing.versions.begin();
    return version == kNone ? std::int32_t{kernel::none} : static_cast<std::int32_t>(version);
  };
  out.version.push_back(on(out.bounds.empty() ? i128{0} : i128{out.bounds.front()} - 1));
  for (const std::int32_t bound : out.bounds) out.version.push_back(on(bound));
  return out;
}

void list_bits(const std::vector<kernel::Register>& words, const kernel::Row& row, std::vector<Index>& out) {
  out.clear();
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

// The version that governs on every reference date; none, or unsettled where that is not plain.
std::int32_t version_of(const kernel::Program& program, const kernel::Row& row) {
  std::int32_t version = kernel::unsettled;
  for (const std::uint32_t date : program.dates) {
    if (!is_known(row, date)) return kernel::unsettled;
    const std::int32_t governs = program.calendar.on(row.registers[date]);
    if (date != program.dates.front() && governs != version) return kernel::unsettled;
    version = governs;
  }
  return version;
}

void clear(Decision& d) {
  d.nearest = kNone;
  d.suspended = nullptr;
  d.has_amount = false;
  d.amount_kind = AmountKind::payment;
  d.amount = {};
  d.parts.clear();
  d.shares.clear();
  d.told.clear();
  d.needs.clear();
  d.stuck_on.clear();
  d.may_be_refused = false;
  d.failed_one.clear();
  d.open.clear();
  d.marks.clear();
  d.bad.clear();
  d.errors.clear();
  d.texts.clear();
  d.reasons_evaluated = false;
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
  const std::int32_t version = version_of(kernels, row);
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
