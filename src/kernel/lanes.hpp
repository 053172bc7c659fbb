// Loops over blocks of lanes: every operation of a kernel, and what columns need beside them, for a block of rows at
// once. A lane is one register of all rows of a block, in 8, 16, 32 or 64 bits. The loops are plain C++ that compilers
// turn into vectors; they are compiled once for each instruction set, and the processor at hand chooses.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernel/kernel.hpp"

namespace guiju::kernel {

// Rows of a block: a dozen lanes of 32 bits fill half of a second-level cache of 256 KiB at most, those in use at a
// time lie in the first, and what a loop costs to call is spread over enough rows.
inline constexpr std::size_t kBlock = 1024;

enum Width : std::uint8_t { w8, w16, w32, w64 };
inline constexpr std::size_t kWidths = 4;
[[nodiscard]] constexpr std::size_t bytes_of(Width w) {
  return std::size_t{1} << w;
}
// The narrowest that holds all of it.
[[nodiscard]] Width width_of(const Range& range);

// What one loop reads and writes: kBlock values each. `out` is none of the others. None need be aligned.
struct Lanes {
  void* out = nullptr;
  const void *a = nullptr, *b = nullptr, *c = nullptr;
  std::int64_t k = 0;
  const std::int64_t* p = nullptr;
};
using Loop = void (*)(const Lanes&);

// Divisors by so many fives have loops of their own.
inline constexpr std::size_t kFives = 7;

// What a step over lanes does, whoever does it: the loops below, or machine code (strips.hpp).
struct Task {
  enum class Kind : std::uint8_t {
    plain,   // `operation` on lanes of the width `from`
    truths,  // `operation` on truths
    convert,
    steps,
    conjunction,    // form: how many of the last ones are opposites; second: the opposite
    two_flags,      // form: 1: b is the opposite, 2: c is
    within,         // second: the opposite
    wide_multiply,  // of 32 bits
    quotient,       // form: fives, or kFives: any divisor; second: where some are below 0
    quotient_wide
  } kind = Kind::plain;
  Operation operation = Operation::SET;
  Width from = w8, to = w8;  // of what is read, of what is written
  std::uint8_t form = 0;
  bool second = false;
};

// (|a| · |b| + add) divided by a constant, with the sign of a · b: u >> shift is less than 2^31, and its quotient is
// (u >> shift) · magic >> post (Granlund and Montgomery, Division by Invariant Integers using Multiplication, 1994).
struct Quotient {
  std::int64_t add = 0, shift = 0, magic = 0, post = 0;
};

// out = value where one is known, else `unknown`; `stored` are the least and the most of those that are known, and of
// `filler`.
struct Admission {
  const void* values = nullptr;
  const std::int8_t* known = nullptr;
  std::int64_t filler = 0, unknown = 0;
  void* out = nullptr;
};

struct Loops {
  // By operation and width of what it works on; none where only 64 bits are served. Truths are lanes of 8 bits: those
  // that a comparison gives, that SEL asks and that FLAG takes.
  std::array<std::array<Loop, kWidths>, static_cast<std::size_t>(Operation::KNOWN)> plain;
  std::array<std::array<Loop, kWidths>, kWidths> convert;  // from, to
  // From, to: p is n, n rising bounds, and n + 1 values; out = the value after as many bounds as are at most a.
  std::array<std::array<Loop, kWidths>, kWidths> steps;
  // Of truths a and b and c, of which so many, the last ones, are taken for their opposites; the second: the opposite.
  std::array<std::array<Loop, 2>, 4> conjunction;
  // By width: two flags, b and c, into a set; their bits are k % 256 and k / 256. By which of them are opposites.
  std::array<std::array<Loop, kWidths>, 4> two_flags;
  // By width, to truths: those from k on, p[0] numbers; the second: all others.
  std::array<std::array<Loop, kWidths>, 2> within;
  Loop wide_multiply;  // 32 bits by 32 to 64
  // a and b of 32 bits to 32; p is a Quotient, and c its magic number. The second: where some are below 0.
  std::array<Loop, 2> quotient;
  // The same, without a magic number, for 5 to the power of the index times a power of two, which most divisors of
  // money are.
  std::array<std::array<Loop, 2>, kFives> quotient_by_fives;
  Loop quotient_wide;  // a of 64 bits to 64, b is 1
  // A block of a column, from one width to another, where some rows have no value; the widths are those of values and
  // out.
  std::array<std::array<void (*)(const Admission&, Range& stored), kWidths>, kWidths> admit;
  // The least and the most of n values.
  std::array<void (*)(const void* values, std::size_t n, Range& range), kWidths> extent;
  // n bits to truths.
  void (*unpack)(const std::uint64_t* bits, std::size_t n, std::int8_t* out);
};

// None where the task is of a width that no loop serves.
[[nodiscard]] Loop loop_of(const Loops& loops, const Task& task);

// Those for the processor at hand.
[[nodiscard]] const Loops& loops();
// Those for a named instruction set, "baseline", "sse4.2", "avx2", "avx512"; nullptr where the processor has it not.
[[nodiscard]] const Loops* loops_of(const char* instruction_set);

}  // namespace guiju::kernel
