// The executor of row programs.
#include "kernel/row_program.hpp"

#include <algorithm>

#include "kernel/arithmetic.h"

namespace guiju::kernel {

namespace {

using Run = RowProgram::Run;
using Code = RowProgram::Code;

std::int64_t truth(const Truths& truths, Register bit) {
  return static_cast<std::int64_t>(truths[bit / 64] >> (bit % 64) & 1U);
}

// Few steps are counted faster than they are searched.
std::int64_t on_stairs(const std::int64_t* stairs, std::int64_t x) {
  const std::int64_t count = stairs[0];
  std::int64_t passed = 0;
  for (std::int64_t i = 1; i <= count; ++i) passed += stairs[i] <= x ? 1 : 0;
  return stairs[1 + count + passed];
}

void reckon(const RowProgram::Number* i, const RowProgram::Number* end, std::int64_t* r, const std::int64_t* p,
            const Truths& truths) {
  for (; i != end; ++i) {
    switch (i->code) {
#define GUIJU_KERNEL(id, operands, expression)       \
  case Code::id: {                                   \
    [[maybe_unused]] const std::int64_t a = r[i->a]; \
    [[maybe_unused]] const std::int64_t b = r[i->b]; \
    [[maybe_unused]] const std::int64_t c = r[i->c]; \
    [[maybe_unused]] const std::int64_t k = i->k;    \
    r[i->out] = expression;                          \
    break;                                           \
  }
#include "kernel/operations.def"
#undef GUIJU_KERNEL
      case Code::CHOOSE: {  // both are read, so that nothing branches
        const std::int64_t b = r[i->b];
        const std::int64_t c = r[i->c];
        r[i->out] = c ^ ((b ^ c) & -truth(truths, i->a));
        break;
      }
      case Code::TRUTH:
        r[i->out] = truth(truths, i->a) ^ i->k;
        break;
      case Code::STAIRS:
        r[i->out] = on_stairs(p + i->k, r[i->a]);
        break;
    }
  }
}

// From the last to the first, so that the answer to the first is the lowest bit.
template <typename T, typename F>
std::uint64_t answers(const T* questions, const Run& run, F&& holds) {
  std::uint64_t out = 0;
  for (const T* q = questions + run.first + run.count; q-- != questions + run.first;)
    out = out + out + static_cast<std::uint64_t>(holds(*q));
  return out;
}

template <std::size_t kWords>
std::uint64_t conjunctions(const RowProgram& program, const Run& run, const Truths& truths) {
  std::uint64_t out = 0;
  const std::uint64_t* const first = program.conjunctions.data() + run.first * 2 * kWords;
  for (const std::uint64_t* at = first + run.count * 2 * kWords; at != first;) {
    at -= 2 * kWords;
    std::uint64_t unlike = 0;
    for (std::size_t w = 0; w < kWords; ++w) unlike |= (truths[w] & at[w]) ^ at[kWords + w];
    out = out + out + static_cast<std::uint64_t>(unlike == 0);
  }
  return out;
}

template <std::size_t kWords>
void run_words(const RowProgram& program, std::int64_t* r, const std::uint64_t* known, const std::uint64_t* absent,
               Truths& truths) {
  for (std::size_t w = 0; w < program.first_truths.size(); ++w) truths[w] = program.first_truths[w];
  for (const Run& run : program.runs) {
    std::uint64_t found = 0;
    switch (run.kind) {
      case Run::numbers: {
        const auto* const first = program.numbers.data() + run.first;
        reckon(first, first + run.count, r, program.pool.data(), truths);
        continue;
      }
      case Run::between:
        found = answers(program.between.data(), run, [&](const RowProgram::Between& q) {
          return static_cast<std::uint64_t>(r[q.a]) - static_cast<std::uint64_t>(r[q.b]) - q.least <= q.span;
        });
        break;
      case Run::members:
        found = answers(program.members.data(), run, [&](const RowProgram::Member& q) {
          return (q.set >> (static_cast<std::uint64_t>(r[q.a]) & 63U) & 1U) != 0;
        });
        break;
      case Run::states:
        found = answers(program.states.data(), run, [&](const RowProgram::State& q) {
          const std::uint64_t* const set = q.is_absent ? absent : known;
          return (set[q.field / 64] >> (q.field % 64) & 1U) != 0;
        });
        break;
      case Run::conjunctions:
        found = conjunctions<kWords>(program, run, truths);
        break;
    }
    truths[run.word] |= found << (run.bit & 63U);
  }
}

void find_truths(const RowProgram& program, std::int64_t* registers, const std::uint64_t* known,
                 const std::uint64_t* absent, Truths& truths) {
  switch (program.read_words) {
    case 1:
      return run_words<1>(program, registers, known, absent, truths);
    case 2:
      return run_words<2>(program, registers, known, absent, truths);
    case 3:
      return run_words<3>(program, registers, known, absent, truths);
    default:
      return run_words<RowProgram::kMostWords>(program, registers, known, absent, truths);
  }
}

std::uint64_t flag_of(const RowProgram::Bit& bit, const Truths& truths) {
  return (truths[bit.at / 64] >> (bit.at % 64) & 1U) ^ (bit.is_opposite ? 1U : 0U);
}

}  // namespace

std::size_t answer_words(const RowProgram& program) {
  return RowAnswer::sets + program.failed.size() + program.refused.size() + program.owed.size() + program.marks.size() +
         program.parts.size() + program.shares.size();
}

std::uint64_t run(const RowProgram& program, std::int64_t* registers, const std::uint64_t* known,
                  const std::uint64_t* absent, std::uint64_t* answer) {
  Truths truths;
  find_truths(program, registers, known, absent, truths);
  std::uint64_t* out = answer + RowAnswer::sets;
  for (const auto* sets : {&program.failed, &program.refused, &program.owed, &program.marks}) {
    for (const RowProgram::Set& set : *sets) *out++ = truths[set.word] >> (set.shift & 63U) & set.mask;
  }
  const auto value = [&](Register r) { return static_cast<std::uint64_t>(registers[r]); };
  for (const auto* figures : {&program.parts, &program.shares}) {
    for (const Register figure : *figures) *out++ = value(figure);
  }
  answer[RowAnswer::amount] = program.amount == kNoRegister ? 0 : value(program.amount);
  const std::uint64_t* const failed = answer + RowAnswer::sets;
  const bool fails = std::any_of(failed, failed + program.failed.size(), [](std::uint64_t set) { return set != 0; });
  return flag_of(program.open, truths) * RowAnswer::open + flag_of(program.referred, truths) * RowAnswer::referred +
         (fails ? RowAnswer::fails : std::uint64_t{0});
}

}  // namespace guiju::kernel
