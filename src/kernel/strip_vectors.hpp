// What is done to the vectors of a strip, whichever width their lanes have. For strips.cpp alone.
#pragma once

#include <array>

#include "kernel/strip_values.hpp"

namespace guiju::kernel {

// Of comparisons.
enum Predicate : std::uint8_t { equal = 0, less = 1, at_most = 2, at_least = 5, greater = 6 };

class StripVectors : public StripValues {
 protected:
  using StripValues::StripValues;

  using OfThree = void (CodeGenerator::*)(const Xbyak::Xmm&, const Xbyak::Xmm&, const Xbyak::Operand&);
  void by_width(const std::array<OfThree, kWidths>& forms, Width width, const Zmm& out, const Zmm& a,
                const Xbyak::Operand& b) {
    (this->*forms[width])(out, a, b);
  }
  void add(Width width, const Zmm& out, const Zmm& a, const Xbyak::Operand& b) {
    by_width({&CodeGenerator::vpaddb, &CodeGenerator::vpaddw, &CodeGenerator::vpaddd, &CodeGenerator::vpaddq}, width,
             out, a, b);
  }
  void subtract(Width width, const Zmm& out, const Zmm& a, const Xbyak::Operand& b) {
    by_width({&CodeGenerator::vpsubb, &CodeGenerator::vpsubw, &CodeGenerator::vpsubd, &CodeGenerator::vpsubq}, width,
             out, a, b);
  }
  void multiply(Width width, const Zmm& out, const Zmm& a, const Xbyak::Operand& b) {
    if (width == w8) return multiply_bytes(out, a, b);
    by_width({nullptr, &CodeGenerator::vpmullw, &CodeGenerator::vpmulld, &CodeGenerator::vpmullq}, width, out, a, b);
  }
  // The processor multiplies no bytes: those of even and of odd number apart.
  void multiply_bytes(const Zmm& out, const Zmm& a, const Xbyak::Operand& b) {
    vmovdqa64(second_, b);
    vpmullw(out, a, second_);
    vpandq(out, out, constant(0xff, w16));
    vpsrlw(first_, a, 8);
    vpsrlw(second_, second_, 8);
    vpmullw(first_, first_, second_);
    vpsllw(first_, first_, 8);
    vporq(out, out, first_);
  }
  void least(Width width, const Zmm& out, const Zmm& a, const Xbyak::Operand& b) {
    by_width({&CodeGenerator::vpminsb, &CodeGenerator::vpminsw, &CodeGenerator::vpminsd, &CodeGenerator::vpminsq},
             width, out, a, b);
  }
  void most(Width width, const Zmm& out, const Zmm& a, const Xbyak::Operand& b) {
    by_width({&CodeGenerator::vpmaxsb, &CodeGenerator::vpmaxsw, &CodeGenerator::vpmaxsd, &CodeGenerator::vpmaxsq},
             width, out, a, b);
  }
  void absolute(Width width, const Zmm& out, const Zmm& a) {
    if (width == w8) return vpabsb(out, a);
    if (width == w16) return vpabsw(out, a);
    if (width == w32) return vpabsd(out, a);
    vpabsq(out, a);
  }
  void compare(Width width, const Opmask& out, const Zmm& a, const Xbyak::Operand& b, Predicate predicate) {
    if (width == w8) return vpcmpb(out, a, b, predicate);
    if (width == w16) return vpcmpw(out, a, b, predicate);
    if (width == w32) return vpcmpd(out, a, b, predicate);
    vpcmpq(out, a, b, predicate);
  }
  void compare_unsigned(Width width, const Opmask& out, const Zmm& a, const Xbyak::Operand& b, Predicate predicate) {
    if (width == w8) return vpcmpub(out, a, b, predicate);
    if (width == w16) return vpcmpuw(out, a, b, predicate);
    if (width == w32) return vpcmpud(out, a, b, predicate);
    vpcmpuq(out, a, b, predicate);
  }
  // `to` may be masked.
  void move(Width width, const Zmm& to, const Xbyak::Operand& from) {
    if (width == w8) return vmovdqu8(to, from);
    if (width == w16) return vmovdqu16(to, from);
    if (width == w32) return vmovdqa32(to, from);
    vmovdqa64(to, from);
  }
  void blend(Width width, const Zmm& to, const Zmm& otherwise, const Xbyak::Operand& where_set) {
    if (width == w8) return vpblendmb(to, otherwise, where_set);
    if (width == w16) return vpblendmw(to, otherwise, where_set);
    if (width == w32) return vpblendmd(to, otherwise, where_set);
    vpblendmq(to, otherwise, where_set);
  }

  // The bits of a piece in k1, of all rows of the strip in `bits`, which stays.
  Opmask of_piece(const Opmask& bits, Width width, std::size_t piece) {
    if (piece == 0) return bits;
    kshiftrq(k1, bits, static_cast<std::uint8_t>(piece * (kStrip >> width)));
    return k1;
  }
  // Behind comparisons of the pieces into k0, k1, …
  void gather(Width width, const Reg64& out) {
    const std::size_t count = pieces_of(width);
    const auto join = [&](std::size_t low, std::size_t high, std::size_t bits) {
      const Opmask to(static_cast<int>(low)), from(static_cast<int>(high));
      if (bits == 8) return kunpckbw(to, from, to);
      if (bits == 16) return kunpckwd(to, from, to);
      kunpckdq(to, from, to);
    };
    for (std::size_t apart = 1; apart < count; apart *= 2) {
      for (std::size_t i = 0; i < count; i += 2 * apart) join(i, i + apart, (kStrip >> width) * apart);
    }
    kmovq(out, k0);
  }
  using Widening = void (CodeGenerator::*)(const Xbyak::Xmm&, const Xbyak::Operand&);
  static Widening widening(Width from, Width to) {
    static constexpr std::array<std::array<Widening, kWidths>, kWidths> kForms{
        {{nullptr, &CodeGenerator::vpmovsxbw, &CodeGenerator::vpmovsxbd, &CodeGenerator::vpmovsxbq},
         {nullptr, nullptr, &CodeGenerator::vpmovsxwd, &CodeGenerator::vpmovsxwq},
         {nullptr, nullptr, nullptr, &CodeGenerator::vpmovsxdq},
         {}}};
    return kForms[from][to];
  }
  // A piece of a wider value out of a narrower one.
  void widen(const Zmm& out, Slot slot, Width from, Width to, std::size_t piece) {
    const std::size_t ratio = bytes_of(to) / bytes_of(from);
    const std::size_t source = piece / ratio, part = piece % ratio;
    if (const auto there = in_memory(slot, source, part * (64 / ratio))) {
      const Address part_of = part_address(*there, ratio);
      return (this->*widening(from, to))(out, part_of);
    }
    widen_part(out, read(slot, source), from, to, part);
  }
  // Part of a piece.
  void widen_part(const Zmm& out, const Zmm& whole, Width from, Width to, std::size_t part) {
    const Widening form = widening(from, to);
    const std::size_t ratio = bytes_of(to) / bytes_of(from);
    if (part == 0) return (this->*form)(out, in_part(whole, ratio));
    if (ratio == 2) {
      vextracti64x4(Xbyak::Ymm(second_.getIdx()), whole, 1);
    } else {
      vextracti32x4(Xbyak::Xmm(second_.getIdx()), whole, static_cast<std::uint8_t>(ratio == 4 ? part : part / 2));
      if (ratio == 8 && part % 2 == 1) vpsrldq(Xbyak::Xmm(second_.getIdx()), Xbyak::Xmm(second_.getIdx()), 8);
    }
    (this->*form)(out, in_part(second_, ratio));
  }
  static Xbyak::Xmm in_part(const Zmm& whole, std::size_t ratio) {
    return ratio == 2 ? Xbyak::Ymm(whole.getIdx()) : Xbyak::Xmm(whole.getIdx());
  }
  Address part_address(const Address& whole, std::size_t ratio) const {
    const Xbyak::RegExp at = whole.getRegExp();
    return ratio == 2 ? yword[at] : ratio == 4 ? xword[at] : qword[at];
  }

  // Part of a piece of a narrower value, out of a wider piece.
  void narrow(const Zmm& out, const Zmm& from, Width wide, Width to, std::size_t part) {
    using Narrowing = void (CodeGenerator::*)(const Xbyak::Operand&, const Xbyak::Xmm&);
    static constexpr std::array<std::array<Narrowing, kWidths>, kWidths> kForms{
        {{},
         {&CodeGenerator::vpmovwb, nullptr, nullptr, nullptr},
         {&CodeGenerator::vpmovdb, &CodeGenerator::vpmovdw, nullptr, nullptr},
         {&CodeGenerator::vpmovqb, &CodeGenerator::vpmovqw, &CodeGenerator::vpmovqd, nullptr}}};
    const std::size_t ratio = bytes_of(wide) / bytes_of(to);
    const Narrowing form = kForms[wide][to];
    if (part == 0) return (this->*form)(in_part(out, ratio), from);
    (this->*form)(in_part(second_, ratio), from);
    const Xbyak::Xmm low(second_.getIdx());
    if (ratio == 2) return vinserti64x4(out, out, Xbyak::Ymm(second_.getIdx()), 1);
    if (ratio == 4) return vinserti32x4(out, out, low, static_cast<std::uint8_t>(part));
    const auto quarter = static_cast<std::uint8_t>(part / 2);
    if (part % 2 == 0) return vinserti32x4(out, out, low, quarter);
    vextracti32x4(Xbyak::Xmm(third_.getIdx()), out, quarter);
    vpunpcklqdq(low, Xbyak::Xmm(third_.getIdx()), low);
    vinserti32x4(out, out, low, quarter);
  }

  void convert(const Zmm& out, Slot slot, Width from, Width to, std::size_t piece) {
    if (from == to) return vmovdqa64(out, read(slot, piece));
    if (from < to) return widen(out, slot, from, to, piece);
    const std::size_t ratio = bytes_of(from) / bytes_of(to);
    for (std::size_t part = 0; part < ratio; ++part) narrow(out, read(slot, piece * ratio + part), from, to, part);
  }
};

}  // namespace guiju::kernel
