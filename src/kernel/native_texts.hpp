// The part of the code of rows that numbers their texts: one that the rules name has its number there, every other the
// number of the first of the row that says the same. For native_row.cpp alone.
#pragma once

#include <bit>
#include <string>

#include "kernel/native_code.hpp"

namespace guiju::kernel {

class TextCode : public NativeCode {
 protected:
  explicit TextCode(const RowPlaces& places) : NativeCode(places) {}

  // States are such as there are. Of a text that no version reads it matters only that it is one.
  void number_texts(const StoredRow& row) {
    if (row.texts.empty()) return;
    Xbyak::Label numbered;
    for (std::size_t i = 0; i < row.texts.size(); ++i) number_text(row, i);
    jmp(numbered, T_NEAR);
    write_compare();
    write_gather();
    L(numbered);
  }

 private:
  const Reg64 data_ = rsi, size_ = rdx, other_ = r10, bytes_ = rax, at_ = rcx;

  [[nodiscard]] Address data(const StoredText& text) const { return stored_word(text.offset); }
  [[nodiscard]] Address size(const StoredText& text) const { return stored_word(text.offset + 8); }

  void leave_unless_known(const StoredText& text, Xbyak::Label& to) {
    if (text.state_offset == kAlwaysKnown) return;
    cmp(stored_byte(text.state_offset), kKnown);
    jne(to, T_NEAR);
  }

  void number_text(const StoredRow& row, std::size_t index) {
    const StoredText& text = row.texts[index];
    Xbyak::Label unknown, found;
    leave_unless_known(text, unknown);
    mov(data_, data(text));
    mov(size_, size(text));
    const bool is_read = reads(text.field);
    for (std::size_t i = 0; is_read && i < index; ++i) take_if_same(row.texts[i], found);
    for (std::size_t n = 0; is_read && n < row.named->size(); ++n) take_if_named((*row.named)[n], n, found);
    refuse_what_is_no_text(row);
    if (is_read) set(rax, row.named->size() + index);
    L(found);
    if (is_read) mov(at(text.field), rax);
    L(unknown);
  }

  // The texts of one case are often one place in memory.
  void take_if_same(const StoredText& earlier, Xbyak::Label& found) {
    if (!reads(earlier.field)) return;
    Xbyak::Label same, differs;
    leave_unless_known(earlier, differs);
    cmp(size_, size(earlier));
    jne(differs);
    mov(other_, data(earlier));
    cmp(data_, other_);
    je(same);
    call(compare_);
    jne(differs);
    L(same);
    mov(rax, at(earlier.field));
    jmp(found, T_NEAR);
    L(differs);
  }

  void take_if_named(const std::string& name, std::size_t number, Xbyak::Label& found) {
    Xbyak::Label differs;
    cmp(size_, static_cast<std::uint32_t>(name.size()));
    jne(differs);
    mov(other_, std::bit_cast<std::uint64_t>(name.data()));
    call(compare_);
    jne(differs);
    set(rax, number);
    jmp(found, T_NEAR);
    L(differs);
  }

  // What is ASCII needs no closer look.
  void refuse_what_is_no_text(const StoredRow& row) {
    Xbyak::Label allowed;
    cmp(size_, static_cast<std::uint32_t>(row.longest_text));
    ja(left_, T_NEAR);
    call(gather_);
    mov(rcx, kNoAscii);
    test(bytes_, rcx);
    jz(allowed);
    mov(rdi, data_);
    mov(rsi, size_);
    mov(rax, std::bit_cast<std::uintptr_t>(row.is_text));
    call(rax);
    test(al, al);
    jz(left_, T_NEAR);
    L(allowed);
  }

  static constexpr std::uint64_t kNoAscii = 0x8080808080808080U;

  // Whether `size_` bytes from `data_` and from `other_` are the same: the zero flag. By words, of which the last
  // reaches back over bytes that were seen; what is shorter than a word byte by byte, since nothing beyond it may be
  // read.
  void write_compare() {
    Xbyak::Label words, bytes, end;
    L(compare_);
    set(at_, 0);
    cmp(size_, 8);
    jb(bytes);
    L(words);
    mov(rax, word_of(data_));
    cmp(rax, word_of(other_));
    jne(end);
    add(at_, 8);
    lea(r11, Xbyak::util::ptr[at_ + 8]);
    cmp(r11, size_);
    jbe(words);
    mov(rax, last_word_of(data_));
    cmp(rax, last_word_of(other_));
    ret();
    L(bytes);
    cmp(at_, size_);
    je(end);
    mov(al, byte_of(data_));
    cmp(al, byte_of(other_));
    lea(at_, Xbyak::util::ptr[at_ + 1]);
    je(bytes);
    L(end);
    ret();
  }

  // Into `bytes_` what any byte of the text has set, in the same way.
  void write_gather() {
    Xbyak::Label words, bytes, end;
    L(gather_);
    set(bytes_, 0);
    set(at_, 0);
    cmp(size_, 8);
    jb(bytes);
    L(words);
    or_(bytes_, word_of(data_));
    add(at_, 8);
    lea(r11, Xbyak::util::ptr[at_ + 8]);
    cmp(r11, size_);
    jbe(words);
    or_(bytes_, last_word_of(data_));
    ret();
    L(bytes);
    cmp(at_, size_);
    je(end);
    or_(al, byte_of(data_));
    add(at_, 1);
    jmp(bytes);
    L(end);
    ret();
  }

  [[nodiscard]] Address word_of(const Reg64& text) const { return Xbyak::util::qword[text + at_]; }
  [[nodiscard]] Address last_word_of(const Reg64& text) const { return Xbyak::util::qword[text + size_ - 8]; }
  [[nodiscard]] Address byte_of(const Reg64& text) const { return Xbyak::util::byte[text + at_]; }

  Xbyak::Label compare_, gather_;
};

}  // namespace guiju::kernel
