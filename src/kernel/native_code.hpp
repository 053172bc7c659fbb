// What all machine code of rows has in common: where things lie, and operands of any size. x86-64, System V calling
// convention. For native_row.cpp alone.
//
// One block of memory holds what a row needs (RowPlaces); one register of the processor points at it from first to
// last, and another at the struct of the host. Code is written by one object, of which each class adds a part:
// NativeCode, LoadCode, ProgramCode, RowCode.
#pragma once

#include <xbyak/xbyak.h>

#include <cstdint>
#include <vector>

#include "kernel/native_row.hpp"

namespace guiju::kernel {

// Immediate operands have 32 bits, which are extended by their sign.
inline bool is_short(std::uint64_t k) {
  const auto as_signed = static_cast<std::int64_t>(k);
  return as_signed == static_cast<std::int32_t>(as_signed);
}
inline std::uint32_t immediate(std::uint64_t k) {
  return static_cast<std::uint32_t>(k);
}

class NativeCode : public Xbyak::CodeGenerator {
 protected:
  using Address = Xbyak::Address;
  using Reg64 = Xbyak::Reg64;

  explicit NativeCode(const RowPlaces& places)
      : CodeGenerator(Xbyak::DEFAULT_MAX_CODE_SIZE, Xbyak::AutoGrow), places_(places) {}

  [[nodiscard]] Address word(std::size_t index) const { return Xbyak::util::qword[block_ + 8 * index]; }
  [[nodiscard]] Address at(std::size_t r) const { return word(places_.registers + r); }
  [[nodiscard]] Address known(std::size_t index) const { return word(places_.known + index); }
  [[nodiscard]] Address absent(std::size_t index) const { return word(places_.absent + index); }
  [[nodiscard]] Address answer(std::size_t index) const { return word(places_.answer + index); }
  [[nodiscard]] Address stored_byte(std::size_t offset) const { return Xbyak::util::byte[row_ + offset]; }
  [[nodiscard]] Address stored_word(std::size_t offset) const { return Xbyak::util::qword[row_ + offset]; }

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
  void store(const Address& to, std::uint64_t k) {
    if (is_short(k)) {
      mov(to, immediate(k));
    } else {
      mov(rcx, k);
      mov(to, rcx);
    }
  }

  // Whether any version reads what stands in the register of a field.
  void note_read(Register r) {
    if (r >= read_registers_.size()) read_registers_.resize(r + std::size_t{1});
    read_registers_[r] = true;
  }
  [[nodiscard]] bool reads(std::uint32_t field) const {
    return field < read_registers_.size() && read_registers_[field];
  }

  const RowPlaces places_;
  static constexpr std::uint32_t kAbsent = 2, kKnown = 3;  // states
  const Reg64 block_ = rbx, row_ = rbp;
  Xbyak::Label left_;  // the case is not settled here

 private:
  std::vector<bool> read_registers_;
};

}  // namespace guiju::kernel
