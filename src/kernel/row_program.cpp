// The executor of row programs.
#include "kernel/row_program.hpp"

#include <algorithm>

#include "kernel/arithmetic.h"

namespace guiju::kernel {

namespace {

using Run = RowProgram::Run;
using Code = RowProgram::Code;

constexpr std::uint64_t bit_if(bool holds, std::uint8_t bit) {
  return static_cast<std::uint64_t>(holds) << (bit & 63U);
}

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

template <std::size_t kWords>
std::uint64_t conjunctions(const RowProgram& program, const Run& run, const Truths& truths) {
  const std::uint64_t* at = program.conjunctions.data() + run.first * 2 * kWords;
  const std::uint8_t* bit = program.conjunction_bits.data() + run.first;
  std::uint64_t held = 0;
  for (std::size_t n = 0; n < run.count; ++n, at += 2 * kWords) {
    std::uint64_t unlike = 0;
    for (std::size_t w = 0; w < kWords; ++w) unlike |= (truths[w] & at[w]) ^ at[kWords + w];
    held |= bit_if(unlike == 0, bit[n]);
  }
  return held;
}

template <typename T, typename F>
std::uint64_t answers(const std::vector<T>& questions, const Run& run, F&& holds) {
  std::uint64_t out = 0;
  const T* const begin = questions.data() + run.first;
  for (const T* q = begin; q != begin + run.count; ++q) out |= bit_if(holds(*q), q->bit);
  return out;
}

bool is_in(const std::uint64_t* set, std::uint32_t field) {
  return (set[field / 64] >> (field % 64) & 1U) != 0;
}

template <std::size_t kWords>
void run_words(const RowProgram& program, std::int64_t* r, const std::uint64_t* known, const std::uint64_t* absent,
               Truths& truths) {
  std::fill_n(truths.begin(), program.words, 0);
  std::copy(program.constants.begin(), program.constants.end(), r + program.constants_at);
  for (const Run& run : program.runs) {
    switch (run.kind) {
      case Run::numbers: {
        const auto* const first = program.numbers.data() + run.first;
        reckon(first, first + run.count, r, program.pool.data(), truths);
        break;
      }
      case Run::between:
        truths[run.word] |= answers(program.between, run, [&](const RowProgram::Between& q) {
          return static_cast<std::uint64_t>(r[q.a]) - q.least <= q.span;
        });
        break;
      case Run::members:
        truths[run.word] |= answers(program.members, run, [&](const RowProgram::Member& q) {
          return (q.set >> (static_cast<std::uint64_t>(r[q.a]) & 63U) & 1U) != 0;
        });
        break;
      case Run::equal:
        truths[run.word] |= answers(program.pairs, run, [&](const RowProgram::Pair& q) { return r[q.a] == r[q.b]; });
        break;
      case Run::less:
        truths[run.word] |= answers(program.pairs, run, [&](const RowProgram::Pair& q) { return r[q.a] < r[q.b]; });
        break;
      case Run::known:
        truths[run.word] |=
            answers(program.states, run, [&](const RowProgram::State& q) { return is_in(known, q.field); });
        break;
      case Run::absent:
        truths[run.word] |=
            answers(program.states, run, [&](const RowProgram::State& q) { return is_in(absent, q.field); });
        break;
      case Run::conjunctions:
        truths[run.word] |= conjunctions<kWords>(program, run, truths);
        break;
    }
  }
}

}  // namespace

void run(const RowProgram& program, std::int64_t* registers, const std::uint64_t* known, const std::uint64_t* absent,
         Truths& truths) {
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

}  // namespace guiju::kernel
