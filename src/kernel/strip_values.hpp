// Where the values of one strip are while code is written for it: numbers in vector registers of 64 bytes, a value of
// 16 bits in two of them, of 64 bits in eight; truths in general registers. What is needed last makes room for what is
// needed now. For strips.cpp alone. x86-64 with AVX-512, System V calling convention.
#pragma once

#include <xbyak/xbyak.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "kernel/lane_program.hpp"
#include "kernel/strips.hpp"

namespace guiju::kernel {

class StripValues : public Xbyak::CodeGenerator {
 public:
  [[nodiscard]] std::size_t scratch() const { return scratch_size_; }

 protected:
  using Slot = LaneProgram::Slot;
  using Address = Xbyak::Address;
  using Reg64 = Xbyak::Reg64;
  using Zmm = Xbyak::Zmm;
  using Opmask = Xbyak::Opmask;

  StripValues(const LaneProgram& program, const Strips::Run& run)
      : CodeGenerator(Xbyak::DEFAULT_MAX_CODE_SIZE, Xbyak::AutoGrow),
        program_(program),
        values_(program.places.size()),
        uses_(program.places.size()) {
    for (std::size_t i = run.first; i < run.last; ++i) {
      const LaneProgram::Step& step = program.steps[i];
      for (const Slot slot : {step.a, step.b, step.c}) uses_[slot].push_back(i);
      values_[step.out].is_outside = false;
    }
    vectors_.fill({});
    words_.fill(kNobody);
  }

  static std::size_t pieces_of(Width width) { return bytes_of(width); }
  [[nodiscard]] Width width_of(Slot slot) const { return program_.places[slot].width; }

  // A vector of so many lanes of k; it lies behind the code.
  Address constant(std::int64_t k, Width width) {
    const unsigned bits = 8U << width;
    const auto cut =
        bits == 64 ? static_cast<std::uint64_t>(k) : static_cast<std::uint64_t>(k) & ((std::uint64_t{1} << bits) - 1);
    return zword[rip + constants_[{cut, width}]];
  }
  void write_constants() {
    align(64);
    for (auto& [constant, label] : constants_) {
      L(label);
      for (std::size_t i = 0; i < 64; i += bytes_of(constant.second)) db(constant.first, bytes_of(constant.second));
    }
  }

  [[nodiscard]] bool is_constant(Slot slot) const { return program_.places[slot].kind == LaneProgram::Place::constant; }
  // Where a piece of a value lies in its lane; overwrites the address register.
  Address in_lane(Slot slot, std::size_t offset) { return in_rows(slot, width_of(slot), offset); }
  // Likewise of what stands at this place of the table of lanes.
  Address in_rows(std::size_t place, Width width, std::size_t offset) {
    point_at(place);
    return zword[address_ + row_ * static_cast<int>(bytes_of(width)) + offset];
  }
  // The bits of the rows of the strip.
  Address in_bits(std::size_t place) {
    point_at(place);
    return qword[address_ + bits_];
  }
  // The register of addresses for another use.
  const Reg64& third_spare() {
    pointed_at_ = kNever;
    return address_;
  }

  // ---- numbers

  // In a register that nothing takes until release().
  Zmm read(Slot slot, std::size_t piece) {
    Value& value = values_[slot];
    if (value.vector[piece] >= 0) return pinned(value.vector[piece]);
    const Zmm to = take_vector(slot, piece);
    if (value.is_stored[piece]) {
      vmovdqa64(to, stored(value, piece));
    } else if (is_constant(slot)) {
      vmovdqa64(to, constant(program_.places[slot].value, width_of(slot)));
    } else if (value.is_outside) {
      vmovdqu64(to, in_lane(slot, 64 * piece));
    } else {
      spread(to, word(slot));
    }
    return to;
  }
  // Of a column: from here on it is not in a lane.
  void admit(Slot slot) { values_[slot].is_outside = false; }
  // A register to be written.
  Zmm make(Slot slot, std::size_t piece) { return take_vector(slot, piece); }
  // The bytes of a piece from memory, if it is there alone; else none.
  std::optional<Address> in_memory(Slot slot, std::size_t piece, std::size_t offset) {
    Value& value = values_[slot];
    if (value.vector[piece] >= 0 || is_constant(slot)) return std::nullopt;
    if (value.is_stored[piece]) return zword[scratch_ + value.at + 64 * piece + offset];
    if (value.is_outside) return in_lane(slot, 64 * piece + offset);
    return std::nullopt;
  }

  // ---- truths

  // In a register that nothing takes until release().
  Reg64 word(Slot slot) {
    Value& value = values_[slot];
    if (value.word >= 0) {
      pinned_words_[static_cast<std::size_t>(value.word)] = true;
      return kWords[static_cast<std::size_t>(value.word)];
    }
    const Reg64 to = make_word(slot);
    if (value.is_word_stored) {
      mov(to, qword[scratch_ + value.word_at]);
    } else if (is_constant(slot)) {
      mov(to, program_.places[slot].value != 0 ? ~std::uint64_t{0} : 0);
    } else {
      const Zmm bytes = read(slot, 0);
      vptestmb(k1, bytes, bytes);
      kmovq(to, k1);
    }
    return to;
  }
  // To be written.
  Reg64 make_truth(Slot slot) {
    values_[slot].is_truth = true;
    return make_word(slot);
  }
  // Bits as bytes.
  void spread(const Zmm& to, const Reg64& bits) {
    kmovq(k1, bits);
    vmovdqu8(to | k1 | T_z, constant(1, w8));
  }

  void release() {
    pinned_vectors_.fill(false);
    pinned_words_.fill(false);
  }
  // Behind step `step`: what nobody reads any more makes room.
  void step_done(std::size_t step) {
    release();
    now_ = step + 1;
    for (std::size_t i = 0; i < vectors_.size(); ++i) {
      if (vectors_[i].slot != kNobody && next_use(vectors_[i].slot) == kNever) forget_vector(i);
    }
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] != kNobody && next_use(words_[i]) == kNever) forget_word(i);
    }
    std::erase_if(in_scratch_, [&](const Stored& s) {
      if (next_use(s.slot) != kNever) return false;
      free_[s.size].push_back(s.at);
      return true;
    });
  }
  void begin(std::size_t step) { now_ = step; }

  const LaneProgram& program_;
  // Pointers, the first row, and where its bits are; the others are at hand in one step.
  const Reg64 lanes_ = rdi, row_ = rsi, scratch_ = rdx, bits_ = rcx, spare_ = rax, other_spare_ = r10;
  [[nodiscard]] Address bad() const { return qword[scratch_]; }  // what is not allowed
  const std::array<Reg64, 6> saved_{rbx, rbp, r12, r13, r14, r15};
  const Zmm first_ = zmm29, second_ = zmm30, third_ = zmm31;  // of a step, beside its operands

 private:
  static constexpr Slot kNobody = ~Slot{0};
  static constexpr std::size_t kNever = ~std::size_t{0};
  static constexpr std::size_t kVectors = 29;
  static constexpr std::size_t kWordSize = 64;  // so that what follows lies on a boundary
  static constexpr std::size_t kWordRegisters = 8;
  const std::array<Reg64, kWordRegisters> kWords{rbx, rbp, r8, r9, r12, r13, r14, r15};

  struct Value {
    std::array<int, 8> vector{-1, -1, -1, -1, -1, -1, -1, -1};  // registers by piece
    std::array<bool, 8> is_stored{};                            // in the scratch memory
    std::size_t at = kNever;
    int word = -1;
    bool is_word_stored = false;
    std::size_t word_at = 0;
    bool is_outside = true;  // in its lane, from before
    bool is_truth = false;   // made as a word
  };
  struct Stored {
    Slot slot = kNobody;
    std::size_t size = 0, at = 0;
  };
  struct Piece {
    Slot slot = kNobody;
    std::size_t piece = 0;
  };

  void point_at(std::size_t place) {
    if (pointed_at_ == place) return;
    mov(address_, qword[lanes_ + 8 * place]);
    pointed_at_ = place;
  }

  [[nodiscard]] std::size_t next_use(Slot slot) const {
    const auto& uses = uses_[slot];
    const auto next = std::lower_bound(uses.begin(), uses.end(), now_);
    return next == uses.end() ? kNever : *next;
  }

  Reg64 make_word(Slot slot) {
    const std::size_t number = free_word();
    words_[number] = slot;
    pinned_words_[number] = true;
    values_[slot].word = static_cast<int>(number);
    return kWords[number];
  }

  // Memory of the scratch for a slot, until nobody reads it any more.
  std::size_t place_for(Slot slot, std::size_t size) {
    auto& free = free_[size];
    std::size_t at = scratch_size_;
    if (free.empty()) {
      scratch_size_ += size;
    } else {
      at = free.back();
      free.pop_back();
    }
    in_scratch_.push_back({slot, size, at});
    return at;
  }
  [[nodiscard]] Address stored(const Value& value, std::size_t piece) const {
    return zword[scratch_ + value.at + 64 * piece];
  }

  Zmm pinned(int number) {
    pinned_vectors_[static_cast<std::size_t>(number)] = true;
    return Zmm(number);
  }
  void forget_vector(std::size_t number) {
    values_[vectors_[number].slot].vector[vectors_[number].piece] = -1;
    vectors_[number] = {};
  }
  void forget_word(std::size_t number) {
    values_[words_[number]].word = -1;
    words_[number] = kNobody;
  }

  Zmm take_vector(Slot slot, std::size_t piece) {
    const std::size_t number = free_vector();
    vectors_[number] = {slot, piece};
    values_[slot].vector[piece] = static_cast<int>(number);
    return pinned(static_cast<int>(number));
  }
  std::size_t free_vector() {
    std::size_t best = 0, farthest = 0;
    for (std::size_t i = 0; i < kVectors; ++i) {
      if (vectors_[i].slot == kNobody) return i;
      if (pinned_vectors_[i]) continue;
      const std::size_t next = next_use(vectors_[i].slot);
      if (next < farthest) continue;
      best = i;
      farthest = next;
    }
    const Piece& old = vectors_[best];
    Value& value = values_[old.slot];
    const bool can_be_had_again = value.is_stored[old.piece] || value.is_outside || value.is_truth;
    if (!can_be_had_again) {
      if (value.at == kNever) value.at = place_for(old.slot, 64 * pieces_of(width_of(old.slot)));
      vmovdqa64(stored(value, old.piece), Zmm(static_cast<int>(best)));
      value.is_stored[old.piece] = true;
    }
    forget_vector(best);
    return best;
  }
  std::size_t free_word() {
    std::size_t best = 0, farthest = 0;
    for (std::size_t i = 0; i < kWordRegisters; ++i) {
      if (words_[i] == kNobody) return i;
      if (pinned_words_[i]) continue;
      const std::size_t next = next_use(words_[i]);
      if (next < farthest) continue;
      best = i;
      farthest = next;
    }
    Value& value = values_[words_[best]];
    if (!value.is_word_stored) {
      value.word_at = place_for(words_[best], kWordSize);
      mov(qword[scratch_ + value.word_at], kWords[best]);
      value.is_word_stored = true;
    }
    forget_word(best);
    return best;
  }

  std::vector<Value> values_;                   // by slot
  std::vector<std::vector<std::size_t>> uses_;  // by slot: the steps that read it, rising
  std::array<Piece, kVectors> vectors_;
  std::array<Slot, kWordRegisters> words_;
  std::array<bool, kVectors> pinned_vectors_{};
  std::array<bool, kWordRegisters> pinned_words_{};
  std::map<std::pair<std::uint64_t, Width>, Xbyak::Label> constants_;
  std::vector<Stored> in_scratch_;
  std::map<std::size_t, std::vector<std::size_t>> free_;  // places in the scratch by size
  std::size_t scratch_size_ = 64;                         // the first word: see bad()
  std::size_t now_ = 0;
  const Reg64 address_ = r11;
  std::size_t pointed_at_ = kNever;  // place of the table of lanes
};

}  // namespace guiju::kernel
