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

inline void list_bits(std::uint64_t bits, std::size_t word, std::vector<Index>& out) {
  for (; bits != 0; bits &= bits - 1)
    out.push_back(static_cast<Index>(64 * word + static_cast<std::size_t>(std::countr_zero(bits))));
}

void set_exactly(MoneyRange& range, std::int64_t fen) {
  range.least = range.most = fen;
  range.unbounded = false;
}
inline void set_exactly(std::vector<MoneyRange>& ranges, const std::vector<kernel::Register>& at,
                        const std::int64_t* registers) {
  if (ranges.size() != at.size()) ranges.resize(at.size());
  for (std::size_t i = 0; i < at.size(); ++i) set_exactly(ranges[i], registers[at[i]]);
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

// The version on the day of the row; kNone where the case is settled by there being none. False: not plain.
bool find_version(const kernel::Program& kernels, const kernel::Row& row, std::size_t period, Index& version,
                  Decision& decision) {
  if (period == kernel::kNoPeriod) return false;
  const std::int32_t found = kernels.calendar.version[period];
  if (found == kernel::unsettled) return false;
  version = kNone;
  if (found != kernel::none) {
    version = static_cast<Index>(found);
    return true;
  }
  clear(decision);
  decision.outcome = Outcome::not_in_force;
  decision.section = kNone;
  decision.nearest = static_cast<Index>(kernels.calendar.nearest[period]);
  decision.reference_date = static_cast<Day>(row.registers[kernels.dates.front()]);
  return true;
}

template <typename Registers, typename Words>
void mark(const plan::Plan& plan, const std::vector<std::uint32_t>& marked, const Registers& marks, Words&& words,
          Decision& decision) {
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if ((words(marks[i / 64]) >> (i % 64) & 1U) != 0) decision.marks.push_back(mark_of(plan, marked[i]));
  }
  decision.may_be_refused = true;
}

// `words` gives the set that an element of a list of the answer stands for.
template <typename Answer, typename Words>
void fill(const plan::Plan& plan, const plan::ProgramInfo& program, const kernel::Program& kernels, Index version,
          const kernel::Row& row, const Answer& answer, bool is_referred, Words&& words, Decision& decision) {
  const plan::Section& section = program.sections[version];
  clear(decision);
  decision.section = version;
  decision.reference_date = static_cast<Day>(row.registers[kernels.dates.front()]);
  for (std::size_t w = 0; w < answer.failed.size(); ++w) list_bits(words(answer.failed[w]), w, decision.failed);
  for (std::size_t w = 0; w < answer.refused.size(); ++w) list_bits(words(answer.refused[w]), w, decision.refused);
  for (std::size_t w = 0; w < answer.owed.size(); ++w) list_bits(words(answer.owed[w]), w, decision.owed);
  decision.outcome = is_referred               ? Outcome::referred
                     : decision.failed.empty() ? Outcome::eligible
                                               : Outcome::ineligible;
  if (is_referred) mark(plan, kernels.versions[version].marked, answer.marks, words, decision);
  if (!decision.failed.empty() || !section.has_amount) return;
  decision.has_amount = true;
  decision.amount_kind = section.amount_kind;
  set_exactly(decision.amount, row.registers[answer.amount]);
  set_exactly(decision.parts, answer.parts, row.registers);
  set_exactly(decision.shares, answer.shares, row.registers);
}

}  // namespace

bool decide_row(const plan::Plan& plan, const plan::ProgramInfo& program, const kernel::Row& row, Decision& decision) {
  const kernel::Program& kernels = *program.kernels;
  Index version = kNone;
  if (!find_version(kernels, row, kernel::period_of(kernels, row), version, decision)) return false;
  if (version == kNone) return true;
  const kernel::Kernel& k = kernels.versions[version];
  if (!kernel::accepts(k, row)) return false;
  kernel::execute(k, row);
  const bool is_referred = row.registers[k.referred] != 0;
  if (row.registers[k.open] != 0 && !is_referred) return false;
  kernel::complete(k, row);
  fill(
      plan, program, kernels, version, row, k, is_referred,
      [&](kernel::Register r) { return static_cast<std::uint64_t>(row.registers[r]); }, decision);
  return true;
}

bool decide_bound(const plan::Plan& plan, const plan::ProgramInfo& program, const RowBinding& binding,
                  RowBinding::Workspace& loaded, Decision& decision) {
  const kernel::Row row = loaded.row();
  if (!loaded.is_without_entries()) return decide_row(plan, program, row, decision);
  const kernel::Program& kernels = *program.kernels;
  Index version = kNone;
  if (!find_version(kernels, row, loaded.period(), version, decision)) return false;
  if (version == kNone) return true;
  const kernel::RowProgram* const quick = binding.program(version);
  if (quick == nullptr) return decide_row(plan, program, row, decision);
  binding.run(version, loaded);
  const kernel::Truths& truths = loaded.answers();
  const bool is_referred = kernel::holds(quick->referred, truths);
  if (kernel::holds(quick->open, truths) && !is_referred) return false;
  fill(
      plan, program, kernels, version, row, *quick, is_referred,
      [&](const kernel::RowProgram::Set& set) { return kernel::flags(set, truths); }, decision);
  return true;
}

bool decide_by_kernel(const Facts& facts, const Options& options, Decision& decision) {
  if (options.known_on || decision.trace != nullptr || decision.supposed != nullptr) return false;
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  const kernel::Program* const kernels = program.kernels.get();
  if (kernels == nullptr || !decision.packed.pack(facts, *kernels)) return false;
  return decide_row(facts.plan(), program, decision.packed.row(), decision);
}

}  // namespace guiju::run
