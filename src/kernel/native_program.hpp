// The second part of the code of rows: what a row program asks and works out. The answer to a question is shifted from
// below into the word of its run: by `adc`, where the question leaves it in the carry, else from a register of one bit.
// Words of truths stay in registers of the processor, facts and figures in the block. For native_row.cpp alone.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "kernel/arithmetic.h"
#include "kernel/native_load.hpp"
#include "values/int128.hpp"

namespace guiju::kernel {

// Steps of a staircase that are compared one after the other; of more, the search is called.
inline constexpr std::int64_t kMostCompared = 6;

// What is not written out below is called.
using Called = std::int64_t (*)(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t k, const std::int64_t* p);
#define GUIJU_KERNEL(id, operands, expression)                                                  \
  inline std::int64_t do_##id([[maybe_unused]] std::int64_t a, [[maybe_unused]] std::int64_t b, \
                              [[maybe_unused]] std::int64_t c, [[maybe_unused]] std::int64_t k, \
                              [[maybe_unused]] const std::int64_t* p) {                         \
    return expression;                                                                          \
  }
#include "kernel/operations.def"
#undef GUIJU_KERNEL

inline std::int64_t do_STAIRS(std::int64_t a, std::int64_t /*b*/, std::int64_t /*c*/, std::int64_t k,
                              const std::int64_t* p) {
  const std::int64_t* const stairs = p + k;
  return stairs[1 + stairs[0] + gj_search(stairs, a)];
}

inline Called called(RowProgram::Code code) {
  switch (code) {
#define GUIJU_KERNEL(id, operands, expression) \
  case RowProgram::Code::id:                   \
    return do_##id;
#include "kernel/operations.def"
#undef GUIJU_KERNEL
    default:
      return do_STAIRS;
  }
}

class ProgramCode : public LoadCode {
 protected:
  explicit ProgramCode(const RowPlaces& places) : LoadCode(places) {}

  // What it needs of the stack.
  static std::uint32_t frame_of(const RowProgram& program) {
    const std::size_t words = program.first_truths.size();
    return static_cast<std::uint32_t>(8 * (words - std::min(words, RowProgram::kMostWords)));
  }

  void note_reads_of(const RowProgram& program) {
    for (const auto& q : program.between) note_read(q.a), note_read(q.b);
    for (const auto& q : program.members) note_read(q.a);
    for (const auto& n : program.numbers) note_read(n.a), note_read(n.b), note_read(n.c);
    for (const auto* figures : {&program.parts, &program.shares}) {
      for (const Register figure : *figures) note_read(figure);
    }
    if (program.amount != kNoRegister) note_read(program.amount);
  }

  // Ends with the flags of the answer in rax.
  void translate(const RowProgram& program) {
    program_ = &program;
    in_rax_ = kNoRegister;
    set(bit_, 0);
    for (std::size_t w = 0; w < program.first_truths.size(); ++w) begin_truths(w, program.first_truths[w]);
    for (const Run& run : program.runs) translate(run);
    write_answer();
  }

 private:
  using Run = RowProgram::Run;
  using Code = RowProgram::Code;

  // ---- where things are

  // Of truths; more words than these have are on the stack, and are not read again.
  const std::array<Reg64, RowProgram::kMostWords> read_{r12, r13, r14, r15};
  const Reg64 bit_ = r9;  // but for its lowest byte 0
  [[nodiscard]] Address unread(std::size_t w) const { return Xbyak::util::qword[rsp + 8 * (w - read_.size())]; }

  void begin_truths(std::size_t w, std::uint64_t first) {
    if (w < read_.size()) return set(read_[w], first);
    store(unread(w), first);
  }
  void fetch_truths(const Reg64& to, std::size_t w) {
    if (w < read_.size()) return mov(to, read_[w]);
    mov(to, unread(w));
  }
  void add_truths(std::size_t w) {
    if (w < read_.size()) return or_(read_[w], rax);
    or_(unread(w), rax);
  }

  [[nodiscard]] bool is_zero(Register r) const {
    const std::size_t index = r - std::size_t{program_->constants_at};
    return r >= program_->constants_at && index < program_->constants.size() && program_->constants[index] == 0;
  }
  // What was worked out last is still in rax.
  void fetch(Register r) {
    if (in_rax_ != r) mov(rax, at(r));
    in_rax_ = kNoRegister;
  }

  // ---- questions

  void translate(const Run& run) {
    if (run.kind == Run::numbers) {
      for (std::size_t i = 0; i < run.count; ++i) reckon(program_->numbers[run.first + i]);
      return;
    }
    in_rax_ = kNoRegister;
    set(rax, 0);
    std::uint32_t skipped = 0;  // bits of what never holds
    for (std::size_t i = run.count; i-- > 0;) {
      if (is_never(run, run.first + i)) {
        ++skipped;
        continue;
      }
      shift(skipped);
      skipped = 0;
      shift_in(ask(run, run.first + i));
    }
    shift(skipped + run.bit);
    add_truths(run.word);
  }
  void shift(std::uint32_t bits) {
    if (bits >= 64) return set(rax, 0);
    if (bits != 0) shl(rax, static_cast<int>(bits));
  }

  // Where the answer is: in the carry, or in flags that stand for it.
  enum class Flags : std::uint8_t { carry, zero, at_least, at_most };
  void shift_in(Flags answer) {
    const Xbyak::Reg8 bit = r9b;
    switch (answer) {
      case Flags::carry:
        return adc(rax, rax);
      case Flags::zero:
        sete(bit);
        break;
      case Flags::at_least:
        setge(bit);
        break;
      case Flags::at_most:
        setle(bit);
        break;
    }
    lea(rax, Xbyak::util::ptr[bit_ + rax * 2]);
  }

  [[nodiscard]] bool is_never(const Run& run, std::size_t index) const {
    if (run.kind != Run::conjunctions) return false;
    const std::uint64_t* const masks = &program_->conjunctions[index * 2 * program_->read_words];
    for (std::size_t w = 0; w < program_->read_words; ++w) {
      if ((masks[program_->read_words + w] & ~masks[w]) != 0) return true;
    }
    return false;
  }

  // Leaves rax alone.
  Flags ask(const Run& run, std::size_t index) {
    switch (run.kind) {
      case Run::between:
        return ask(program_->between[index]);
      case Run::members:
        return ask(program_->members[index]);
      case Run::states:
        return ask(program_->states[index]);
      default:
        return ask(&program_->conjunctions[index * 2 * program_->read_words]);
    }
  }

  Flags always(bool holds) {
    holds ? stc() : clc();
    return Flags::carry;
  }

  // The sign tells most questions, which are open to one side.
  Flags ask(const RowProgram::Between& q) {
    if (q.span == std::numeric_limits<std::uint64_t>::max()) return always(true);
    const auto least = static_cast<std::int64_t>(q.least);
    const auto most = static_cast<std::int64_t>(q.least + q.span);
    const bool is_difference = !is_zero(q.b);
    if (!is_difference && is_short(q.least) && (q.span == 0 || most == std::numeric_limits<std::int64_t>::max())) {
      cmp(at(q.a), immediate(q.least));
      return q.span == 0 ? Flags::zero : Flags::at_least;
    }
    if (!is_difference && least == std::numeric_limits<std::int64_t>::min() && is_short(q.least + q.span)) {
      cmp(at(q.a), immediate(q.least + q.span));
      return Flags::at_most;
    }
    if (!is_difference && q.least == 0 && is_short(q.span + 1)) {
      cmp(at(q.a), immediate(q.span + 1));
      return Flags::carry;
    }
    mov(rdx, at(q.a));
    if (is_difference) sub(rdx, at(q.b));
    if (is_difference && q.least == 0 && q.span == 0) return Flags::zero;
    if (is_difference && least == std::numeric_limits<std::int64_t>::min() && most == -1) {
      add(rdx, rdx);  // the sign of the difference becomes the carry, which that of `sub` may not be
      return Flags::carry;
    }
    if (q.least != 0) with(q.least, [&](const auto& by) { sub(rdx, by); });
    with(q.span + 1, [&](const auto& end) { cmp(rdx, end); });
    return Flags::carry;
  }

  Flags ask(const RowProgram::Member& q) {
    mov(rcx, at(q.a));
    mov(rdx, q.set);
    bt(rdx, rcx);
    return Flags::carry;
  }

  Flags ask(const RowProgram::State& q) {
    const std::optional<bool> settled = ask_state(q.field, q.is_absent ? kAbsent : kKnown);
    return settled ? always(*settled) : Flags::zero;
  }

  // Of one that may hold.
  Flags ask(const std::uint64_t* masks) {
    const std::uint64_t* const wanted = masks + program_->read_words;
    std::vector<std::size_t> words;
    for (std::size_t w = 0; w < program_->read_words; ++w) {
      if (masks[w] != 0) words.push_back(w);
    }
    if (words.empty()) return always(true);
    const std::size_t first = words.front();
    if (words.size() == 1 && std::popcount(masks[first]) == 1) {
      bt(read_[first], static_cast<std::uint8_t>(std::countr_zero(masks[first])));
      if (wanted[first] == 0) cmc();
      return Flags::carry;
    }
    if (words.size() == 1 && wanted[first] == 0) {
      with(masks[first], [&](const auto& mask) { test(read_[first], mask); });
      return Flags::zero;
    }
    for (const std::size_t w : words) {
      const Reg64& to = w == first ? rdx : rsi;
      find_unlike(to, w, masks[w], wanted[w]);
      if (w != first) or_(rdx, rsi);
    }
    return Flags::zero;
  }

  // 0, and the zero flag, where these bits of the word are as wanted. Bits that lie near each other are brought down,
  // where immediate operands reach them.
  void find_unlike(const Reg64& to, std::size_t word, std::uint64_t mask, std::uint64_t wanted) {
    const int low = std::countr_zero(mask);
    mov(to, read_[word]);
    if (!is_short(mask) && is_short(mask >> low)) {
      shr(to, low);
      mask >>= low;
      wanted >>= low;
    }
    with(mask, [&](const auto& bits) { and_(to, bits); });
    if (wanted != 0) with(wanted, [&](const auto& bits) { xor_(to, bits); });
  }

  // ---- numbers

  void reckon(const RowProgram::Number& i) {
    reckon_in_rax(i);
    mov(at(i.out), rax);
    in_rax_ = i.out;
  }

  void reckon_in_rax(const RowProgram::Number& i) {
    const auto k = static_cast<std::uint64_t>(i.k);
    switch (i.code) {
      case Code::SET:
        return mov(rax, k);
      case Code::COPY:
        return fetch(i.a);
      case Code::AT:
        fetch(i.a);
        mov(rcx, std::bit_cast<std::uint64_t>(program_->pool.data()) + 8 * k);
        return mov(rax, Xbyak::util::qword[rcx + rax * 8]);
      case Code::ADD:
        fetch(i.a);
        return add(rax, at(i.b));
      case Code::AND:
        fetch(i.a);
        return and_(rax, at(i.b));
      case Code::OR:
        fetch(i.a);
        return or_(rax, at(i.b));
      case Code::ADDK:
        fetch(i.a);
        return with(k, [&](const auto& by) { add(rax, by); });
      case Code::SUB:
        fetch(i.a);
        return sub(rax, at(i.b));
      case Code::FROMK:
        fetch(i.a);
        neg(rax);
        return with(k, [&](const auto& by) { add(rax, by); });
      case Code::MUL:
        fetch(i.a);
        return imul(rax, at(i.b));
      case Code::MULK:
        fetch(i.a);
        return is_short(k) ? imul(rax, rax, static_cast<int>(i.k)) : with(k, [&](const auto& by) { times(by); });
      case Code::MIN:
        fetch(i.a);
        cmp(rax, at(i.b));
        return cmovg(rax, at(i.b));
      case Code::MAX:
        fetch(i.a);
        cmp(rax, at(i.b));
        return cmovl(rax, at(i.b));
      case Code::MINK:
      case Code::MAXK:
        fetch(i.a);
        mov(rcx, k);
        cmp(rax, rcx);
        return i.code == Code::MINK ? cmovg(rax, rcx) : cmovl(rax, rcx);
      case Code::DOWNK:
      case Code::UPK:
      case Code::HALFUPK:
        return i.is_natural ? divide(i) : call(i);
      case Code::CHOOSE:
        fetch(i.c);
        bt(read_[i.a / 64], static_cast<std::uint8_t>(i.a % 64));
        return cmovc(rax, at(i.b));
      case Code::TRUTH:
        mov(rax, read_[i.a / 64]);
        if (i.a % 64 != 0) shr(rax, i.a % 64);
        and_(rax, 1);
        return i.k != 0 ? xor_(rax, 1) : void();
      case Code::STAIRS:
        return program_->pool[static_cast<std::size_t>(i.k)] <= kMostCompared ? climb(i) : call(i);
      default:
        return call(i);
    }
  }

  // Only of what is not short.
  void times(const Reg64& by) { imul(rax, by); }
  void times(std::uint32_t /*by*/) {}

  // The quotient of a by k, both of less than 63 bits and not negative: with s the bits of k - 1, and m = 2^(63+s) / k
  // rounded up, it is a · m / 2^(63+s) rounded down (Granlund, Montgomery: Division by invariant integers using
  // multiplication, 1994, theorem 4.2). Other roundings add to a beforehand.
  void divide(const RowProgram::Number& i) {
    const auto k = static_cast<std::uint64_t>(i.k);
    const std::uint64_t more = i.code == Code::UPK ? k - 1 : i.code == Code::HALFUPK ? k / 2 : 0;
    fetch(i.a);
    if (more != 0) with(more, [&](const auto& by) { add(rax, by); });
    if (k == 1) return;
    const auto bits = static_cast<unsigned>(std::bit_width(k - 1));
    const u128 factor = ((u128{1} << (63U + bits)) + k - 1) / k;
    mov(rcx, static_cast<std::uint64_t>(factor));
    mul(rcx);
    if (bits > 1) shr(rdx, static_cast<int>(bits - 1));
    mov(rax, rdx);
  }

  void climb(const RowProgram::Number& i) {
    const std::int64_t* const bounds = program_->pool.data() + i.k;
    const std::int64_t* const values = bounds + 1 + bounds[0];
    fetch(i.a);
    mov(rsi, rax);
    mov(rax, static_cast<std::uint64_t>(values[0]));
    for (std::int64_t n = 1; n <= bounds[0]; ++n) {
      mov(rdx, static_cast<std::uint64_t>(values[n]));
      with(static_cast<std::uint64_t>(bounds[n]), [&](const auto& bound) { cmp(rsi, bound); });
      cmovge(rax, rdx);
    }
  }

  void call(const RowProgram::Number& i) {
    mov(rdi, at(i.a));
    mov(rsi, at(i.b));
    mov(rdx, at(i.c));
    mov(rcx, static_cast<std::uint64_t>(i.k));
    mov(r8, std::bit_cast<std::uint64_t>(program_->pool.data()));
    mov(rax, std::bit_cast<std::uint64_t>(called(i.code)));
    CodeGenerator::call(rax);
    set(bit_, 0);
  }

  // ---- the answer

  void write_answer() {
    in_rax_ = kNoRegister;
    std::size_t out = RowAnswer::sets;
    set(failed_, 0);
    for (const auto* sets : {&program_->failed, &program_->refused, &program_->owed, &program_->marks}) {
      for (const RowProgram::Set& flags : *sets) {
        fetch_set(flags);
        mov(answer(out++), rdx);
        if (sets == &program_->failed) or_(failed_, rdx);
      }
    }
    for (const auto* figures : {&program_->parts, &program_->shares}) {
      for (const Register figure : *figures) write(figure, out++);
    }
    if (program_->amount == kNoRegister) {
      store(answer(RowAnswer::amount), 0);
    } else {
      write(program_->amount, RowAnswer::amount);
    }
    write_flags();
  }
  void write(Register figure, std::size_t out) {
    mov(rdx, at(figure));
    mov(answer(out), rdx);
  }
  void fetch_set(const RowProgram::Set& flags) {
    if (flags.mask == 0) return set(rdx, 0);
    fetch_truths(rdx, flags.word);
    if (flags.shift != 0) shr(rdx, flags.shift);
    with(flags.mask, [&](const auto& mask) { and_(rdx, mask); });
  }

  void write_flags() {
    static_assert(RowAnswer::open == 1 && RowAnswer::referred == 2);
    fetch(program_->referred);
    lea(rax, Xbyak::util::ptr[rdx + rdx]);
    fetch(program_->open);
    or_(rax, rdx);
    neg(failed_);  // the carry: it is not 0
    sbb(failed_, failed_);
    and_(failed_, RowAnswer::fails);
    or_(rax, failed_);
  }
  void fetch(const RowProgram::Bit& bit) {
    fetch_truths(rdx, bit.at / 64);
    if (bit.at % 64 != 0) shr(rdx, static_cast<int>(bit.at % 64));
    and_(rdx, 1);
    if (bit.is_opposite) xor_(rdx, 1);
  }

  const RowProgram* program_ = nullptr;
  const Reg64 failed_ = r8;
  Register in_rax_ = kNoRegister;
};

}  // namespace guiju::kernel
