// See analysis.hpp.
#include "emit/analysis.hpp"

#include <algorithm>

namespace guiju::emit {

using kernel::Instruction;
using kernel::kNoRegister;
using kernel::Operation;
using kernel::Register;

namespace {

template <typename F>
void for_each_read(const Instruction& i, F&& f) {
  for (const char operand : kernel::operands_of(i.op)) {
    if (operand == 'a') f(i.a);
    if (operand == 'b') f(i.b);
    if (operand == 'c') f(i.c);
  }
}

}  // namespace

Analysis::Analysis(const kernel::Kernel& kernel)
    : kernel_(kernel),
      loop_(kernel.code.size(), kTop),
      stays_(kernel.code.size(), false),
      reads_(kernel.ranges.size(), 0),
      constant_(kernel.ranges.size(), false),
      value_(kernel.ranges.size(), nullptr) {
  find_loops();
  find_needed();
  find_constants();
}

void Analysis::find_loops() {
  for (std::size_t i = 0; i < loop_.size(); ++i) {
    if (kernel_.code[i].op != Operation::LOOP) continue;
    for (std::size_t n = i + 1; n <= i + kernel_.code[i].b; ++n) loop_[n] = i;
  }
}

void Analysis::for_each_root(const std::function<void(Register)>& f) const {
  const auto one = [&](Register r) {
    if (r != kNoRegister) f(r);
  };
  one(kernel_.open);
  one(kernel_.referred);
  one(kernel_.amount);
  for (const auto* list : {&kernel_.failed, &kernel_.refused, &kernel_.owed, &kernel_.parts, &kernel_.shares})
    std::for_each(list->begin(), list->end(), one);
}

// Until nothing is added: what a loop adds up is read before it is written.
void Analysis::find_needed() {
  for_each_root([&](Register r) { ++reads_[r]; });
  for (bool again = true; again;) {
    again = false;
    for (std::size_t n = stays_.size(); n-- > 0;) {
      const Instruction& i = kernel_.code[n];
      if (stays_[n] || i.op == Operation::LOOP || reads_[i.out] == 0) continue;
      stays_[n] = again = true;
      if (loop_[n] != kTop) stays_[loop_[n]] = true;
      for_each_read(i, [&](Register r) { ++reads_[r]; });
    }
  }
}

void Analysis::find_constants() {
  std::vector<std::size_t> writes(kernel_.ranges.size(), 0), written(kernel_.ranges.size(), 0);
  for (std::size_t n = 0; n < stays_.size(); ++n) {
    if (!stays_[n] || kernel_.code[n].op == Operation::LOOP) continue;
    ++writes[kernel_.code[n].out];
    written[kernel_.code[n].out] = n;
  }
  for (std::size_t r = kernel_.fields; r < writes.size(); ++r) constant_[r] = writes[r] == 1;
  const auto seen_from = [&](Register r, std::size_t reader, std::size_t loop) {
    const bool visible = loop_.empty() || loop_[written[r]] == kTop || loop_[written[r]] == loop;
    if (r >= kernel_.fields && (reader <= written[r] || !visible)) constant_[r] = false;
  };
  for (std::size_t n = 0; n < stays_.size(); ++n) {
    if (stays_[n]) for_each_read(kernel_.code[n], [&](Register r) { seen_from(r, n, loop_[n]); });
  }
  for_each_root([&](Register r) { seen_from(r, stays_.size(), kTop); });
  for (std::size_t r = kernel_.fields; r < writes.size(); ++r) {
    if (constant_[r] && kernel_.code[written[r]].op == Operation::SET) value_[r] = &kernel_.code[written[r]];
  }
}

bool in_set(const kernel::FieldSet& set, std::size_t field) {
  return field / 64 < set.size() && (set[field / 64] >> (field % 64) & 1U) != 0;
}

bool has_lists(const kernel::Kernel& kernel) {
  const auto is_loop = [](const Instruction& i) { return i.op == Operation::LOOP; };
  return !kernel.lists.empty() || std::any_of(kernel.code.begin(), kernel.code.end(), is_loop);
}

std::set<std::uint32_t> fields_read(const kernel::Kernel& kernel) {
  std::set<std::uint32_t> out;
  const Analysis analysis(kernel);
  for (std::uint32_t field = 0; field < kernel.fields; ++field) {
    const bool read = analysis.is_read(static_cast<Register>(field)) || in_set(kernel.demands.known, field) ||
                      in_set(kernel.demands.answered, field);
    if (read) out.insert(field);
  }
  for (std::size_t n = 0; n < kernel.code.size(); ++n) {
    const Instruction& i = kernel.code[n];
    const bool reads_field = i.op == Operation::KNOWN || i.op == Operation::ABSENT || i.op == Operation::LOOP;
    if (analysis.stays(n) && reads_field) out.insert(static_cast<std::uint32_t>(i.k));
  }
  for (const kernel::ListDemand& list : kernel.lists) out.insert(list.field);
  return out;
}

}  // namespace guiju::emit
