// Kernels: what a version of a programme comes to where every fact that it reads is known or absent. A kernel is
// straight-line code over int64_t registers in which every scale, range and guard has been settled beforehand, so that
// one executor decides a row, another blocks of columns, and an emitter writes it out as C. It never guesses: wherever
// the answer could be anything but a plain one (a text that is open, a value that is missing or does not fit) the
// register `open` says so, and the machine of the floor above decides the case.
//
// Immutable once built; shared by threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guiju::kernel {

enum class Operation : std::uint8_t {
#define GUIJU_KERNEL(id, operands, expression) id,
#include "kernel/operations.def"
#undef GUIJU_KERNEL
  // What is no expression over registers.
  KNOWN,      // out = 1 where field k is known
  ABSENT,     // out = 1 where field k is absent
  LOOP,       // runs the next b instructions once for each entry of the list in field k
  ITEM,       // in a loop: out = field k of the entry
  ITEMKNOWN,  // in a loop: out = 1 where field k of the entry is known
  ITEMABSENT  // in a loop: out = 1 where field k of the entry is absent
};
[[nodiscard]] std::string_view name_of(Operation op);
// Which operands are read: some of "abck" in that order.
[[nodiscard]] std::string_view operands_of(Operation op);
// What is computed, in C99; nothing for what is no expression over registers.
[[nodiscard]] std::string_view expression_of(Operation op);

using Register = std::uint16_t;
inline constexpr Register kNoRegister = 0xffff;

struct Instruction {
  Operation op{};
  Register out = 0, a = 0, b = 0, c = 0;
  std::int64_t k = 0;
};

// What a register can hold at all; both ends belong to it.
inline constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
struct Range {
  std::int64_t least = 0, most = 0;
};
inline constexpr Range kTruth{0, 1};
[[nodiscard]] constexpr Range both(const Range& x, const Range& y) {
  return {std::max(x.least, y.least), std::min(x.most, y.most)};
}

// Bits by field: field f is bit f % 64 of word f / 64.
using FieldSet = std::vector<std::uint64_t>;

// What the facts must be for the kernel to speak of them; else the case is open.
struct Demands {
  FieldSet known;     // known
  FieldSet answered;  // known or absent
};
inline constexpr std::int64_t kMostEntries = 1 << 20;
struct ListDemand {
  std::uint32_t field = 0;  // known and complete, of at most kMostEntries
  Demands entries;          // of every entry
};

// One version of a programme. Registers 0 … fields-1 are the facts in the scale of their fields (of a truth 0 or 1, of
// a member its index, of a day its number, of a text its number: that in Program::texts, or, of a text that is not
// there, a further one, so that equal texts have equal numbers); what is not known holds 0.
struct Kernel {
  std::vector<Instruction> code;
  // So many instructions fill `open`, `referred`, `failed` and `amount`; the rest the other sets and figures.
  std::uint32_t essential = 0;
  std::vector<Range> ranges;          // by register; their number is that of the registers
  std::vector<std::int64_t> pool;     // tables of AT and SEARCH
  std::vector<std::uint32_t> places;  // by instruction: index into Plan::places or plan::kNone; empty: nothing is said
  std::uint32_t fields = 0;
  Demands demands;
  std::vector<ListDemand> lists;
  // Registers of the answer.
  Register open = kNoRegister;  // 1: nothing below counts but `referred`, the case is open
  // 1: open for texts and nothing else; the case is to be referred. No requirement fails, the amount counts where it is
  // granted, and `marks` are the texts: bit i % 64 of word i / 64 of Plan::choices[marked[i]].
  Register referred = kNoRegister;
  std::vector<Register> marks;
  std::vector<std::uint32_t> marked;
  std::vector<Register> failed;   // sets: requirement i of the section fails where bit i % 64 of word i / 64 is set
  std::vector<Register> refused;  // sets of part requirements, likewise
  std::vector<Register> owed;     // sets of documents, likewise
  Register amount = kNoRegister;  // fen; counts where no requirement fails
  std::vector<Register> parts;    // fen, by part
  std::vector<Register> shares;   // fen, by share
  std::uint32_t requirements = 0;
};

// Which version governs on which day. Days below the first bound belong to the first period.
enum Governing : std::int32_t { none = -1, unsettled = -2 };
struct Calendar {
  std::vector<std::int32_t> bounds;  // sorted day numbers
  // By period, of which there is one more than bounds: a version, none, or unsettled; and where there is none the
  // version that lies nearest.
  std::vector<std::int32_t> version, nearest;
  [[nodiscard]] std::size_t period(std::int64_t day) const {
    std::size_t period = 0;
    for (const std::int32_t bound : bounds) period += bound <= day ? 1 : 0;  // of a programme there are few
    return period;
  }
  // From the first to the last day on which a version governs; none where it never does.
  [[nodiscard]] std::optional<Range> days_of(std::size_t of) const;
};

// A programme. Without a kernel for a version its cases are always open.
struct Program {
  std::vector<Kernel> versions;      // by section of the programme; no code: there is none
  std::vector<std::uint32_t> dates;  // fields from which the reference dates are read
  Calendar calendar;
  std::vector<std::string> texts;  // that the rules name, each once; by number
  std::uint32_t registers = 0;     // as many as the largest kernel needs
};

}  // namespace guiju::kernel
