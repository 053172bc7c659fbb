// The columns of the caller as values of a strip: held against what is allowed there, laid out as the lanes of their
// fields, fetched ahead. For strips.cpp alone.
#pragma once

#include <vector>

#include "kernel/strip_vectors.hpp"

namespace guiju::kernel {

class StripColumns : public StripVectors {
 protected:
  StripColumns(const LaneProgram& program, const Strips::Run& run, const std::vector<StripColumn>& columns)
      : StripVectors(program, run), columns_(columns), is_admitted_(columns.size(), false) {}

  void admit_column_of(Slot slot) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const StripColumn& column = columns_[i];
      if (column.values == slot || column.known == slot || column.absent == slot) admit_column(i);
    }
  }
  // Nobody has read them, but they may hold what is not allowed.
  void admit_other_columns() {
    for (std::size_t i = 0; i < columns_.size(); ++i) admit_column(i);
  }

  // The memory that the answers to the next block take.
  void fetch_answers() {
    for (std::size_t slot = 0; slot < program_.places.size(); ++slot) {
      if (program_.places[slot].kind != LaneProgram::Place::answer) continue;
      const Width width = program_.places[slot].width;
      for (std::size_t piece = 0; piece < pieces_of(width); ++piece)
        prefetchw(in_rows(slot, width, 64 * piece + kAhead * bytes_of(width)));
    }
  }

 private:
  static constexpr std::size_t kAhead = 512;  // rows

  // Values, states, and whether all that is known is allowed.
  void admit_column(std::size_t number) {
    if (is_admitted_[number]) return;
    is_admitted_[number] = true;
    const StripColumn& column = columns_[number];
    const std::size_t place = program_.places.size() + 3 * number;
    const bool has_states = column.may_be_unknown || column.may_be_absent;
    if (has_states) admit_states(column, place);
    if (column.has_values) admit_values(column, place, has_states);
    release();
  }

  // Those that are known in k2. Known and absent at once is neither.
  void admit_states(const StripColumn& column, std::size_t place) {
    for (const auto& slot : {column.known, column.absent}) {
      if (slot) admit(*slot);
    }
    const Reg64 known = column.known ? make_truth(*column.known) : spare_;
    const Reg64 absent = column.absent ? make_truth(*column.absent) : other_spare_;
    if (column.may_be_absent) {
      mov(absent, in_bits(place + 2));
    } else {
      xor_(absent, absent);
    }
    if (column.may_be_unknown) {
      mov(known, in_bits(place + 1));
      const Reg64& both = third_spare();
      mov(both, known);
      andn(known, absent, known);
      andn(absent, both, absent);
    } else {
      mov(known, absent);
      not_(known);
    }
    kmovq(k2, known);
  }

  void admit_values(const StripColumn& column, std::size_t place, bool has_states) {
    const Width from = column.stored;
    const bool is_read = column.values.has_value();
    const Width to = is_read ? width_of(*column.values) : from;
    if (is_read) admit(*column.values);
    const bool is_checked = !holds_all(column.allowed, from);
    if (is_checked) kxorq(k3, k3, k3);
    const auto load = [&](const Zmm& into, std::size_t piece) {
      const Address there = in_rows(place, from, 64 * piece);
      vmovdqu64(into, there);
      prefetcht0(zword[there.getRegExp() + kAhead * bytes_of(from)]);
      if (is_checked) check(column, into, has_states, piece);
    };
    const auto mask = [&](const Zmm& out, std::size_t piece) {
      if (has_states) where_known(out, to, piece, column.unknown);
      release();
    };
    if (!is_read) {
      for (std::size_t piece = 0; piece < pieces_of(from); ++piece) load(first_, piece);
    } else if (from >= to) {
      const std::size_t ratio = bytes_of(from) / bytes_of(to);
      for (std::size_t piece = 0; piece < pieces_of(to); ++piece) {
        const Zmm out = make(*column.values, piece);
        for (std::size_t part = 0; part < ratio; ++part) {
          load(ratio == 1 ? out : first_, piece * ratio + part);
          if (ratio > 1) narrow(out, first_, from, to, part);
        }
        mask(out, piece);
      }
    } else {
      const std::size_t ratio = bytes_of(to) / bytes_of(from);
      for (std::size_t piece = 0; piece < pieces_of(from); ++piece) {
        load(first_, piece);
        for (std::size_t part = 0; part < ratio; ++part) {
          const Zmm out = make(*column.values, piece * ratio + part);
          widen_part(out, first_, from, to, part);
          mask(out, piece * ratio + part);
        }
      }
    }
    if (!is_checked) return;
    kmovq(spare_, k3);
    or_(bad(), spare_);
  }

  [[nodiscard]] static bool holds_all(const Range& range, Width width) {
    const std::int64_t most = kMost >> (64 - 8 * bytes_of(width));
    return range.least <= -most - 1 && range.most >= most;
  }

  // Into k3, which rows they are does not matter.
  void check(const StripColumn& column, const Zmm& values, bool has_states, std::size_t piece) {
    const Width width = column.stored;
    const auto least = static_cast<std::uint64_t>(column.allowed.least);
    const auto span = static_cast<std::int64_t>(static_cast<std::uint64_t>(column.allowed.most) - least);
    subtract(width, second_, values, constant(column.allowed.least, width));
    const Opmask asked = has_states ? of_piece(k2, width, piece) : k0;
    compare_unsigned(width, k4 | asked, second_, constant(span, width), greater);
    korq(k3, k3, k4);
  }

  void where_known(const Zmm& out, Width width, std::size_t piece, std::int64_t unknown) {
    const Opmask known = of_piece(k2, width, piece);
    if (unknown == 0) return move(width, out | known | T_z, out);
    vmovdqa64(third_, constant(unknown, width));
    blend(width, out | known, third_, out);
  }

  const std::vector<StripColumn>& columns_;
  std::vector<bool> is_admitted_;
};

}  // namespace guiju::kernel
