// The translator of row programs into x86-64 (System V calling convention). The answer to a question is brought into
// the carry, and `adc` shifts it into the word of its run; the words that are read stay in registers of the processor,
// facts and figures where the caller has them.
#include "kernel/native_row.hpp"

#ifdef GUIJU_NATIVE_ROWS

#include <xbyak/xbyak.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "kernel/arithmetic.h"
#include "kernel/execute.hpp"
#include "values/int128.hpp"

namespace guiju::kernel {

namespace {

using Run = RowProgram::Run;
using Code = RowProgram::Code;
using Xbyak::Address;
using Xbyak::Reg64;

// Steps of a staircase that are compared one after the other; of more, the search is called.
constexpr std::int64_t kMostCompared = 6;

// What is not written out below is called.
using Called = std::int64_t (*)(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t k, const std::int64_t* p);
#define GUIJU_KERNEL(id, operands, expression)                                           \
  std::int64_t do_##id([[maybe_unused]] std::int64_t a, [[maybe_unused]] std::int64_t b, \
                       [[maybe_unused]] std::int64_t c, [[maybe_unused]] std::int64_t k, \
                       [[maybe_unused]] const std::int64_t* p) {                         \
    return expression;                                                                   \
  }
#include "kernel/operations.def"
#undef GUIJU_KERNEL

std::int64_t do_STAIRS(std::int64_t a, std::int64_t /*b*/, std::int64_t /*c*/, std::int64_t k, const std::int64_t* p) {
  const std::int64_t* const stairs = p + k;
  return stairs[1 + stairs[0] + gj_search(stairs, a)];
}

Called called(Code code) {
  switch (code) {
#define GUIJU_KERNEL(id, operands, expression) \
  case Code::id:                               \
    return do_##id;
#include "kernel/operations.def"
#undef GUIJU_KERNEL
    default:
      return do_STAIRS;
  }
}

// Immediate operands have 32 bits, which are extended by their sign.
bool is_short(std::uint64_t k) {
  const auto as_signed = static_cast<std::int64_t>(k);
  return as_signed == static_cast<std::int32_t>(as_signed);
}
std::uint32_t immediate(std::uint64_t k) {
  return static_cast<std::uint32_t>(k);
}

class Translator : public Xbyak::CodeGenerator {
 public:
  template <typename Function>
  Function made() {
    readyRE();
    return getCode<Function>();
  }

 protected:
  Translator() : CodeGenerator(Xbyak::DEFAULT_MAX_CODE_SIZE, Xbyak::AutoGrow) {}

  static Address word(const Reg64& base, std::size_t index) { return Xbyak::util::qword[base + 8 * index]; }
  void set(const Reg64& to, std::uint64_t k) {
    if (k == 0) {
      xor_(to.cvt32(), to.cvt32());
    } else {
      mov(to, k);
    }
  }
  // Overwrites rcx where the operand is no immediate one.
  template <typename Do>
  void with(std::uint64_t k, Do&& act) {
    if (is_short(k)) {
      act(immediate(k));
    } else {
      mov(rcx, k);
      act(rcx);
    }
  }
};

class ProgramTranslator : public Translator {
 public:
  explicit ProgramTranslator(const RowProgram& program) : program_(program) {}

  void translate() {
    for (const Reg64& saved : saved_) push(saved);
    sub(rsp, kFrame);
    mov(known_, rsi);
    mov(absent_, rdx);
    mov(registers_, rdi);
    mov(truths_, rcx);
    for (std::size_t w = 0; w < program_.first_truths.size(); ++w) begin_truths(w, program_.first_truths[w]);
    for (const Run& run : program_.runs) translate(run);
    for (std::size_t w = 0; w < program_.read_words; ++w) mov(word(truths_, w), read_[w]);
    add(rsp, kFrame);
    for (std::size_t i = saved_.size(); i-- > 0;) pop(saved_[i]);
    ret();
  }

 private:
  // ---- where things are

  static constexpr std::uint32_t kFrame = 24;  // keeps the stack at multiples of 16
  const std::array<Reg64, 6> saved_{rbx, rbp, r12, r13, r14, r15};
  const Reg64 registers_ = rbx, truths_ = rbp;
  const std::array<Reg64, RowProgram::kMostWords> read_{r12, r13, r14, r15};
  const Address known_ = Xbyak::util::qword[rsp], absent_ = Xbyak::util::qword[rsp + 8];

  void begin_truths(std::size_t w, std::uint64_t first) {
    if (w < program_.read_words) return set(read_[w], first);
    set(rax, first);
    mov(word(truths_, w), rax);
  }

  [[nodiscard]] Address at(Register r) const { return word(registers_, r); }
  [[nodiscard]] bool is_zero(Register r) const {
    const std::size_t index = r - std::size_t{program_.constants_at};
    return r >= program_.constants_at && index < program_.constants.size() && program_.constants[index] == 0;
  }
  // What was worked out last is still in rax.
  void fetch(Register r) {
    if (in_rax_ != r) mov(rax, at(r));
    in_rax_ = kNoRegister;
  }

  // ---- questions

  void translate(const Run& run) {
    if (run.kind == Run::numbers) {
      for (std::size_t i = 0; i < run.count; ++i) reckon(program_.numbers[run.first + i]);
      return;
    }
    in_rax_ = kNoRegister;
    set(rax, 0);
    if (run.kind == Run::states) {
      mov(r10, known_);
      mov(r11, absent_);
    }
    for (std::size_t i = run.count; i-- > 0;) {
      ask(run, run.first + i);
      adc(rax, rax);
    }
    if (run.bit != 0) shl(rax, run.bit);
    if (run.word < program_.read_words) {
      or_(read_[run.word], rax);
    } else {
      or_(word(truths_, run.word), rax);
    }
  }

  // The carry is set where it holds. Leaves rax alone.
  void ask(const Run& run, std::size_t index) {
    switch (run.kind) {
      case Run::between:
        return ask(program_.between[index]);
      case Run::members:
        return ask(program_.members[index]);
      case Run::states:
        return ask(program_.states[index]);
      default:
        return ask(&program_.conjunctions[index * 2 * program_.read_words]);
    }
  }

  void ask(const RowProgram::Between& q) {
    const bool is_difference = !is_zero(q.b);
    if (q.span == std::numeric_limits<std::uint64_t>::max()) return stc();
    if (!is_difference && q.least == 0 && is_short(q.span + 1)) return cmp(at(q.a), immediate(q.span + 1));
    mov(rdx, at(q.a));
    if (is_difference) sub(rdx, at(q.b));
    if (q.least != 0) with(q.least, [&](const auto& least) { sub(rdx, least); });
    with(q.span + 1, [&](const auto& end) { cmp(rdx, end); });
  }

  void ask(const RowProgram::Member& q) {
    mov(rcx, at(q.a));
    mov(rdx, q.set);
    bt(rdx, rcx);
  }

  void ask(const RowProgram::State& q) {
    bt(word(q.is_absent ? r11 : r10, q.field / 64), static_cast<std::uint8_t>(q.field % 64));
  }

  void ask(const std::uint64_t* masks) {
    const std::uint64_t* const wanted = masks + program_.read_words;
    std::vector<std::size_t> words;
    for (std::size_t w = 0; w < program_.read_words; ++w) {
      if ((wanted[w] & ~masks[w]) != 0) return clc();  // never
      if (masks[w] != 0) words.push_back(w);
    }
    if (words.empty()) return stc();
    const std::size_t first = words.front();
    if (words.size() == 1 && std::popcount(masks[first]) == 1) {
      bt(read_[first], static_cast<std::uint8_t>(std::countr_zero(masks[first])));
      if (wanted[first] == 0) cmc();
      return;
    }
    for (const std::size_t w : words) {
      const Reg64& to = w == first ? rdx : rsi;
      find_unlike(to, w, masks[w], wanted[w]);
      if (w != first) or_(rdx, rsi);
    }
    cmp(rdx, 1);
  }

  // 0 where these bits of the word are as wanted. Bits that lie near each other are brought down, where immediate
  // operands reach them.
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
        mov(rcx, std::bit_cast<std::uint64_t>(program_.pool.data()) + 8 * k);
        return mov(rax, Xbyak::util::qword[rcx + rax * 8]);
      case Code::ADD:
        fetch(i.a);
        return add(rax, at(i.b));
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
        return program_.pool[static_cast<std::size_t>(i.k)] <= kMostCompared ? climb(i) : call(i);
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
    const std::int64_t* const bounds = program_.pool.data() + i.k;
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
    mov(r8, std::bit_cast<std::uint64_t>(program_.pool.data()));
    mov(rax, std::bit_cast<std::uint64_t>(called(i.code)));
    Xbyak::CodeGenerator::call(rax);
  }

  const RowProgram& program_;
  Register in_rax_ = kNoRegister;
};

class LoadTranslator : public Translator {
 public:
  void translate(const StoredRow& row) {
    push(rbx);
    push(rbp);
    mov(absent_, rcx);
    mov(found_, NativeRows::allowed | (row.has_others ? NativeRows::has_texts : 0U));
    for (std::size_t w = 0; w < row.always_known.size(); ++w) {
      set(in_known_, row.always_known[w]);
      set(in_absent_, 0);
      load_word(row.facts, w);
      load_word(row.texts, w);
      load_word(row.lists, w);
      mov(word(known_, w), in_known_);
      mov(word(absent_, w), in_absent_);
    }
    find_period(row);
    mov(rax, found_);
    L(end_);
    pop(rbp);
    pop(rbx);
    ret();
    L(bad_);
    set(rax, 0);
    jmp(end_);
  }

 private:
  static constexpr std::uint32_t kAbsent = 2, kKnown = 3;
  const Reg64 row_ = rdi, registers_ = rsi, known_ = rdx, absent_ = r10;
  const Reg64 in_known_ = r8, in_absent_ = r9, found_ = rbp;
  const Xbyak::Reg32 state_ = ebx;
  Xbyak::Label bad_, end_;

  void find_period(const StoredRow& row) {
    Xbyak::Label none, found;
    const auto is_first = [&](std::uint32_t date) { return date == row.dates.front(); };
    set(r11, 0);
    for (const std::uint32_t date : row.dates) {
      bt(word(known_, date / 64), static_cast<std::uint8_t>(date % 64));
      jnc(none, T_NEAR);
      mov(rax, word(registers_, date));
      set(rcx, 0);
      for (const std::int32_t bound : row.bounds) {
        cmp(rax, immediate(static_cast<std::uint64_t>(std::int64_t{bound})));
        setge(r11b);
        add(ecx, r11d);
      }
      if (is_first(date)) {
        mov(r8d, ecx);
      } else {
        cmp(r8d, ecx);
        jne(none, T_NEAR);
      }
    }
    if (!row.dates.empty()) jmp(found);
    L(none);
    mov(r8d, kNoPeriod);
    L(found);
    shl(r8, NativeRows::kPeriod);
    or_(found_, r8);
  }

  template <typename Stored>
  void load_word(const std::vector<Stored>& all, std::size_t word) {
    for (const Stored& one : all) {
      if (one.field / 64 == word) load(one);
    }
  }

  void fetch(const StoredFact& fact) {
    const std::size_t where = fact.offset;
    switch (fact.bytes) {
      case 1:
        return movsx(rax, Xbyak::util::byte[row_ + where]);
      case 2:
        return movsx(rax, Xbyak::util::word[row_ + where]);
      case 4:
        return movsxd(rax, Xbyak::util::dword[row_ + where]);
      default:
        return mov(rax, Xbyak::util::qword[row_ + where]);
    }
  }

  void refuse_beyond(const StoredFact& fact) {
    const auto least = static_cast<std::uint64_t>(fact.least);
    Reg64 x = rax;
    if (least != 0) {
      x = r11;
      mov(x, rax);
      with(least, [&](const auto& by) { sub(x, by); });
    }
    with(static_cast<std::uint64_t>(fact.most) - least, [&](const auto& span) { cmp(x, span); });
    ja(bad_, T_NEAR);
  }

  void load(const StoredFact& fact) {
    fetch(fact);
    if (fact.state_offset != kAlwaysKnown)
      load_stated(fact);
    else
      refuse_beyond(fact);
    const auto factor = static_cast<std::uint64_t>(fact.factor);
    if (factor != 1) {
      mov(rcx, factor);
      imul(rax, rcx);
    }
    mov(word(registers_, fact.field), rax);
  }

  void load(const StoredText& text) {
    if (text.state_offset == kAlwaysKnown) return or_(found_, NativeRows::has_texts);
    fetch_state(text.state_offset, text.field);
    set(rax, 0);
    mov(word(registers_, text.field), rax);
    cmp(state_, kKnown);
    sete(al);
    add(rax, rax);  // has_texts
    or_(found_, rax);
  }

  void load(const StoredList& list) {
    if (list.state_offset != kAlwaysKnown) fetch_state(list.state_offset, list.field);
    set(rax, 0);
    mov(word(registers_, list.field), rax);
    cmp(Xbyak::util::dword[row_ + list.complete_offset], 1);  // the carry: it is not
    sbb(rax, rax);
    or_(rax, Xbyak::util::qword[row_ + list.count_offset]);
    neg(rax);  // the carry: it is not 0
    sbb(rax, rax);
    and_(rax, NativeRows::has_entries);
    or_(found_, rax);
  }

  // Without a jump on the state, which no processor could foresee: 0 where it is not known.
  void load_stated(const StoredFact& fact) {
    fetch_state(fact.state_offset, fact.field);
    mov(r11, static_cast<std::uint64_t>(fact.least));
    cmp(state_, kKnown);
    cmovne(rax, r11);
    refuse_beyond(fact);
    if (fact.least == 0) return;
    set(r11, 0);
    cmp(state_, kKnown);
    cmovne(rax, r11);
  }

  void fetch_state(std::size_t offset, std::uint32_t field) {
    movzx(state_, Xbyak::util::byte[row_ + offset]);
    cmp(state_, kKnown);
    ja(bad_, T_NEAR);
    note(in_known_, kKnown, field);
    note(in_absent_, kAbsent, field);
  }
  void note(const Reg64& in, std::uint32_t wanted, std::uint32_t field) {
    set(r11, 0);
    cmp(state_, wanted);
    sete(r11b);
    if (field % 64 != 0) shl(r11, static_cast<int>(field % 64));
    or_(in, r11);
  }
};

}  // namespace

struct NativeRows::Memory {
  std::vector<std::unique_ptr<Translator>> code;

  template <typename Function, typename Writer, typename... Given>
  Function make(std::unique_ptr<Writer> writer, const Given&... given) {
    try {
      writer->translate(given...);
      const auto function = writer->template made<Function>();
      code.push_back(std::move(writer));
      return function;
    } catch (const Xbyak::Error&) {
      return nullptr;
    }
  }
};

NativeRows::NativeRows() : memory_(std::make_unique<Memory>()) {}
NativeRows::~NativeRows() = default;
bool NativeRows::exist() {
  return true;
}

NativeRows::Run NativeRows::translate(const RowProgram& program) {
  return memory_->make<Run>(std::make_unique<ProgramTranslator>(program));
}

NativeRows::Load NativeRows::translate(const StoredRow& row) {
  return memory_->make<Load>(std::make_unique<LoadTranslator>(), row);
}

}  // namespace guiju::kernel

#else

namespace guiju::kernel {

struct NativeRows::Memory {};
NativeRows::NativeRows() = default;
NativeRows::~NativeRows() = default;
bool NativeRows::exist() {
  return false;
}
NativeRows::Run NativeRows::translate(const RowProgram& /*program*/) {
  return nullptr;
}
NativeRows::Load NativeRows::translate(const StoredRow& /*row*/) {
  return nullptr;
}

}  // namespace guiju::kernel

#endif
