// The first part of the code of rows: facts come from the struct of the host into registers, and are held against what
// is allowed. For native_row.cpp alone.
#pragma once

#include <algorithm>
#include <map>
#include <optional>

#include "kernel/native_texts.hpp"

namespace guiju::kernel {

class LoadCode : public TextCode {
 protected:
  explicit LoadCode(const RowPlaces& places) : TextCode(places) {}

  // The workspace is in rdx.
  void load(const StoredRow& row) {
    gather_states(row);
    const bool texts_by_others = row.named == nullptr;
    const bool always = row.has_others || (texts_by_others && has_text(row, true));
    const bool sometimes = !always && texts_by_others && has_text(row, false);
    notes_states_ = always || sometimes;
    if (notes_states_) mov(workspace_, rdx);
    if (sometimes) set(found_, 0);
    for (std::size_t w = 0; w < row.always_known.size(); ++w) {
      if (notes_states_) set(in_known_, row.always_known[w]);
      if (notes_states_) set(in_absent_, 0);
      load_word(row.facts, w);
      load_word(row.texts, w);
      load_word(row.lists, w);
      if (notes_states_) mov(known(w), in_known_);
      if (notes_states_) mov(absent(w), in_absent_);
    }
    Xbyak::Label loaded;
    if (sometimes) {
      test(found_, found_);
      jz(loaded, T_NEAR);
    }
    if (notes_states_) call_others(row);
    L(loaded);
    if (!texts_by_others) number_texts(row);
  }

  // The zero flag is set where the field has the state; none where it never or always has it.
  std::optional<bool> ask_state(std::uint32_t field, std::uint32_t state) {
    if (const auto stored = states_.find(field); stored != states_.end()) {
      if (stored->second == kAlwaysKnown) return state == kKnown;
      cmp(stored_byte(stored->second), state);
      return std::nullopt;
    }
    if (!notes_states_) return false;
    mov(rdx, state == kKnown ? known(field / 64) : absent(field / 64));
    mov(rcx, std::uint64_t{1} << (field % 64));
    and_(rdx, rcx);
    cmp(rdx, rcx);
    return std::nullopt;
  }

 private:
  // Of a state that stands in the struct nothing is noted but for those others who load facts.
  bool notes_states_ = false;
  std::map<std::uint32_t, std::size_t> states_;  // by field, where the state stands
  const Reg64 in_known_ = r8, in_absent_ = r9, found_ = r13, workspace_ = r12;

  void gather_states(const StoredRow& row) {
    for (const StoredFact& fact : row.facts) states_.emplace(fact.field, fact.state_offset);
    for (const StoredText& text : row.texts) states_.emplace(text.field, text.state_offset);
    for (const StoredList& list : row.lists) states_.emplace(list.field, list.state_offset);
  }

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
      if (is_short(0 - least)) {
        lea(x, Xbyak::util::ptr[rax + static_cast<std::size_t>(0 - least)]);
      } else {
        mov(rcx, least);
        mov(x, rax);
        sub(x, rcx);
      }
    }
    with(static_cast<std::uint64_t>(fact.most) - least, [&](const auto& span) { cmp(x, span); });
    ja(left_, T_NEAR);
  }

  // Without a jump on the state, which no processor could foresee: 0 where it is not known.
  void load(const StoredFact& fact) {
    const bool is_stated = fact.state_offset != kAlwaysKnown;
    fetch(fact);
    if (is_stated) {
      mov(r11, static_cast<std::uint64_t>(fact.least));
      take_state(fact.state_offset, fact.field);
      cmovne(rax, r11);
    }
    refuse_beyond(fact);
    if (!reads(fact.field)) return;
    if (is_stated && fact.least != 0) {
      set(r11, 0);
      cmp(stored_byte(fact.state_offset), kKnown);
      cmovne(rax, r11);
    }
    const auto factor = static_cast<std::uint64_t>(fact.factor);
    if (is_short(factor)) {
      if (factor != 1) imul(rax, rax, static_cast<int>(fact.factor));
    } else {
      mov(rcx, factor);
      imul(rax, rcx);
    }
    mov(at(fact.field), rax);
  }

  // What it says is put there later.
  void load(const StoredText& text) {
    if (text.state_offset == kAlwaysKnown) return;
    if (reads(text.field)) store(at(text.field), 0);
    take_state(text.state_offset, text.field);
    if (!notes_states_) return;
    sete(al);
    movzx(eax, al);
    or_(found_, rax);
  }

  // With entries it is left, and so is one that is not known, whatever else the row says of it.
  void load(const StoredList& list) {
    if (list.state_offset != kAlwaysKnown) {
      take_state(list.state_offset, list.field);
      jne(left_, T_NEAR);
    }
    if (reads(list.field)) store(at(list.field), 0);
    cmp(Xbyak::util::dword[row_ + list.complete_offset], 0);
    je(left_, T_NEAR);
    cmp(stored_word(list.count_offset), 0);
    jne(left_, T_NEAR);
  }

  // The zero flag is set where it is known.
  void take_state(std::size_t offset, std::uint32_t field) {
    if (notes_states_) {
      note(in_absent_, kAbsent, offset, field);
      note(in_known_, kKnown, offset, field);
    }
    cmp(stored_byte(offset), kKnown);
    ja(left_, T_NEAR);
  }
  void note(const Reg64& in, std::uint32_t wanted, std::size_t offset, std::uint32_t field) {
    set(rdx, 0);
    cmp(stored_byte(offset), wanted);
    sete(dl);
    if (field % 64 != 0) shl(rdx, static_cast<int>(field % 64));
    or_(in, rdx);
  }
};

}  // namespace guiju::kernel
