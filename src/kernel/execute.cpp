// The scalar executor of kernels.
#include "kernel/execute.hpp"

#include <algorithm>

#include "kernel/arithmetic.h"

namespace guiju::kernel {

namespace {

bool covers(const FieldSet& wanted, const std::uint64_t* have) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if ((wanted[i] & ~have[i]) != 0) return false;
  }
  return true;
}

bool meets(const Demands& demands, const std::uint64_t* known, const std::uint64_t* absent) {
  if (!covers(demands.known, known)) return false;
  for (std::size_t i = 0; i < demands.answered.size(); ++i) {
    if ((demands.answered[i] & ~(known[i] | absent[i])) != 0) return false;
  }
  return true;
}

std::int64_t bit(const std::uint64_t* set, std::int64_t field) {
  return static_cast<std::int64_t>(set[field / 64] >> (field % 64) & 1U);
}

class Executor {
 public:
  Executor(const Kernel& kernel, const Row& row) : pool_(kernel.pool.data()), row_(row) {}

  void run(const Instruction* i, const Instruction* end) {
    std::int64_t* const r = row_.registers;
    for (; i != end; ++i) {
      switch (i->op) {
#define GUIJU_KERNEL(id, operands, expression)            \
  case Operation::id: {                                   \
    [[maybe_unused]] const std::int64_t a = r[i->a];      \
    [[maybe_unused]] const std::int64_t b = r[i->b];      \
    [[maybe_unused]] const std::int64_t c = r[i->c];      \
    [[maybe_unused]] const std::int64_t k = i->k;         \
    [[maybe_unused]] const std::int64_t* const p = pool_; \
    r[i->out] = expression;                               \
    break;                                                \
  }
#include "kernel/operations.def"
#undef GUIJU_KERNEL
        case Operation::KNOWN:
          r[i->out] = bit(row_.known, i->k);
          break;
        case Operation::ABSENT:
          r[i->out] = bit(row_.absent, i->k);
          break;
        case Operation::ITEM:
          r[i->out] = entry_->values[i->k];
          break;
        case Operation::ITEMKNOWN:
          r[i->out] = bit(entry_->known, i->k);
          break;
        case Operation::ITEMABSENT:
          r[i->out] = bit(entry_->absent, i->k);
          break;
        case Operation::LOOP: {
          const List& list = row_.lists[i->k];
          for (std::uint32_t n = 0; n < list.count; ++n) {
            entry_ = &list.entries[n];
            run(i + 1, i + 1 + i->b);
          }
          i += i->b;
          break;
        }
      }
    }
  }

 private:
  const std::int64_t* pool_;
  const Row& row_;
  const Entry* entry_ = nullptr;
};

}  // namespace

std::size_t period_of(const Program& program, const Row& row) {
  std::size_t period = kNoPeriod;
  for (const std::uint32_t date : program.dates) {
    if (bit(row.known, date) == 0) return kNoPeriod;
    const std::size_t here = program.calendar.period(row.registers[date]);
    if (date != program.dates.front() && here != period) return kNoPeriod;
    period = here;
  }
  return period;
}

bool accepts(const Kernel& kernel, const Row& row) {
  if (kernel.code.empty() || !meets(kernel.demands, row.known, row.absent)) return false;
  return std::all_of(kernel.lists.begin(), kernel.lists.end(), [&](const ListDemand& demand) {
    const List& list = row.lists[demand.field];
    return list.complete && list.count <= kMostEntries &&
           std::all_of(list.entries, list.entries + list.count,
                       [&](const Entry& e) { return meets(demand.entries, e.known, e.absent); });
  });
}

void execute(const Kernel& kernel, const Row& row) {
  const Instruction* const begin = kernel.code.data();
  Executor(kernel, row).run(begin, begin + kernel.essential);
}

void complete(const Kernel& kernel, const Row& row) {
  const Instruction* const begin = kernel.code.data();
  Executor(kernel, row).run(begin + kernel.essential, begin + kernel.code.size());
}

}  // namespace guiju::kernel
