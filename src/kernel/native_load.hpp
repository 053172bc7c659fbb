// The first part of the code of rows: facts come from the struct of the host into registers, and are held against what
// is allowed. For native_row.cpp alone.
#pragma once

#include <algorithm>

#include "kernel/native_texts.hpp"

namespace guiju::kernel {

class LoadCode : public TextCode {
 protected:
  explicit LoadCode(const RowPlaces& places) : TextCode(places) {}

  // The row is in rdi, the workspace in rdx.
  void load(const StoredRow& row) {
    mov(workspace_, rdx);
    const bool texts_by_others = row.named == nullptr;
    const bool always = row.has_others || (texts_by_others && has_text(row, true));
    const bool sometimes = !always && texts_by_others && has_text(row, false);
    if (sometimes) set(found_, 0);
    for (std::size_t w = 0; w < row.always_known.size(); ++w) {
      set(in_known_, row.always_known[w]);
      set(in_absent_, 0);
      load_word(row.facts, w);
      load_word(row.texts, w);
      load_word(row.lists, w);
      mov(known(w), in_known_);
      mov(absent(w), in_absent_);
    }
    Xbyak::Label loaded;
    if (sometimes) {
      test(found_, found_);
      jz(loaded, T_NEAR);
    }
    if (always || sometimes) call_others(row);
    L(loaded);
    if (!texts_by_others) number_texts(row);
  }

 private:
  static constexpr std::uint32_t kAbsent = 2, kKnown = 3;
  const Reg64 row_ = rdi, in_known_ = r8, in_absent_ = r9, found_ = r13, workspace_ = r12;
  const Xbyak::Reg32 state_ = ebp;

  static bool has_text(const StoredRow& row, bool always_known) {
    return std::any_of(row.texts.begin(), row.texts.end(),
                       [&](const StoredText& text) { return (text.state_offset == kAlwaysKnown) == always_known; });
  }

  void call_others(const StoredRow& row) {
    mov(rsi, row_);
    mov(rdx, workspace_);
    mov(rdi, reinterpret_cast<std::uintptr_t>(row.context));
    mov(rax, reinterpret_cast<std::uintptr_t>(row.load_others));
    call(rax);
    test(al, al);
    jz(left_, T_NEAR);
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
    ja(left_, T_NEAR);
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
    mov(at(fact.field), rax);
  }

  // What it says is put there by others.
  void load(const StoredText& text) {
    if (text.state_offset == kAlwaysKnown) return;
    fetch_state(text.state_offset, text.field);
    store(at(text.field), 0);
    set(rax, 0);
    cmp(state_, kKnown);
    sete(al);
    or_(found_, rax);
  }

  // With entries it is left.
  void load(const StoredList& list) {
    if (list.state_offset != kAlwaysKnown) fetch_state(list.state_offset, list.field);
    store(at(list.field), 0);
    cmp(Xbyak::util::dword[row_ + list.complete_offset], 0);
    je(left_, T_NEAR);
    cmp(Xbyak::util::qword[row_ + list.count_offset], 0);
    jne(left_, T_NEAR);
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
    ja(left_, T_NEAR);
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

}  // namespace guiju::kernel
