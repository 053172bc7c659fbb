// See strips.hpp. One function for each kind of task; anything else is left to the loops.
#include "kernel/strips.hpp"

#ifdef GUIJU_NATIVE_ROWS

#include <algorithm>

#include "kernel/strip_values.hpp"

namespace guiju::kernel {

namespace {

using Step = LaneProgram::Step;

// Of comparisons.
enum Predicate : std::uint8_t { equal = 0, less = 1, at_most = 2, at_least = 5, greater = 6 };

bool has_machine_code(const Task& task) {
  if (task.kind != Task::plain) return true;
  switch (task.operation) {
    case Operation::ADD:
    case Operation::ADDK:
    case Operation::SUB:
    case Operation::FROMK:
    case Operation::MUL:
    case Operation::MULK:
    case Operation::ABS:
    case Operation::MIN:
    case Operation::MINK:
    case Operation::MAX:
    case Operation::MAXK:
    case Operation::SEL:
    case Operation::AND:
    case Operation::OR:
    case Operation::FLAG:
    case Operation::EQ:
    case Operation::EQK:
    case Operation::LT:
    case Operation::LTK:
    case Operation::GTK:
    case Operation::LE:
      return true;
    default:
      return false;
  }
}

class StripCode : public StripValues {
 public:
  // `kept`: by slot, what is read after the run.
  StripCode(const LaneProgram& program, const Strips::Run& run, const std::vector<bool>& kept,
            const std::vector<StripColumn>& columns)
      : StripValues(program, run), columns_(columns), is_admitted_(columns.size(), false) {
    for (const Reg64& reg : saved_) push(reg);
    mov(bits_, row_);
    shr(bits_, 3);
    mov(bad(), 0);
    if (!columns.empty()) fetch_answers();
    for (std::size_t i = run.first; i < run.last; ++i) {
      begin(i);
      const Step& step = program.steps[i];
      for (const Slot slot : {step.a, step.b, step.c}) admit_column_of(slot);
      write(step);
      if (kept[step.out]) keep(step.out);
      step_done(i);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) admit_column(i);
    mov(rax, bad());
    for (auto reg = saved_.rbegin(); reg != saved_.rend(); ++reg) pop(*reg);
    vzeroupper();
    ret();
    write_constants();
  }

 private:
  void write(const Step& step) {
    switch (step.task.kind) {
      case Task::plain:
        return plain(step);
      case Task::truths:
        return truths(step);
      case Task::convert:
        return for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
          convert(out, step.a, step.task.from, step.task.to, piece);
        });
      case Task::steps:
        return staircase(step);
      case Task::conjunction:
        return conjunction(step);
      case Task::two_flags:
        return two_flags(step);
      case Task::within:
        return within(step);
      case Task::wide_multiply:
        return for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
          widen(out, step.a, w32, w64, piece);
          widen(first_, step.b, w32, w64, piece);
          vpmuldq(out, out, first_);
        });
      case Task::quotient:
        return quotient(step);
      case Task::quotient_wide:
        return quotient_wide(step);
    }
  }

  template <typename Do>
  void for_each_piece(const Step& step, Do&& act) {
    for (std::size_t piece = 0; piece < pieces_of(step.task.to); ++piece) {
      act(make(step.out, piece), piece);
      release();
    }
  }

  // Into its lane.
  void keep(Slot slot) {
    for (std::size_t piece = 0; piece < pieces_of(width_of(slot)); ++piece) {
      const Zmm value = read(slot, piece);
      vmovdqu64(in_lane(slot, 64 * piece), value);
      release();
    }
  }

  // ---- columns

  void admit_column_of(Slot slot) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const StripColumn& column = columns_[i];
      if (column.values == slot || column.known == slot || column.absent == slot) admit_column(i);
    }
  }

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
    vmovdqa64(first_, constant(unknown, width));
    blend(width, out | known, first_, out);
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
  static constexpr std::size_t kAhead = 512;  // rows

  // ---- by width

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
  template <typename Compare>
  void truth_of_pieces(const Step& step, Compare&& compare_piece) {
    for (std::size_t piece = 0; piece < pieces_of(step.task.from); ++piece) {
      compare_piece(Opmask(static_cast<int>(piece)), piece);
      release();
    }
    gather(step.task.from, make_truth(step.out));
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

  // ---- tasks

  void plain(const Step& step) {
    const Width width = step.task.from;
    const auto both = [&](auto&& act) {
      for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
        const Zmm a = read(step.a, piece);
        if (is_constant(step.b)) {
          act(out, a, constant(program_.places[step.b].value, width));
        } else {
          act(out, a, read(step.b, piece));
        }
      });
    };
    const auto with_k = [&](auto&& act) {
      for_each_piece(
          step, [&](const Zmm& out, std::size_t piece) { act(out, read(step.a, piece), constant(step.k, width)); });
    };
    const auto is = [&](Predicate predicate) {
      truth_of_pieces(step, [&](const Opmask& out, std::size_t piece) {
        const Zmm a = read(step.a, piece);
        compare(width, out, a, read(step.b, piece), predicate);
      });
    };
    const auto is_k = [&](Predicate predicate) {
      truth_of_pieces(step, [&](const Opmask& out, std::size_t piece) {
        compare(width, out, read(step.a, piece), constant(step.k, width), predicate);
      });
    };
    using Operand = Xbyak::Operand;
    switch (step.task.operation) {
      case Operation::ADD:
        return both([&](const Zmm& out, const Zmm& a, const Operand& b) { add(width, out, a, b); });
      case Operation::ADDK:
        return with_k([&](const Zmm& out, const Zmm& a, const Operand& k) { add(width, out, a, k); });
      case Operation::SUB:
        return both([&](const Zmm& out, const Zmm& a, const Operand& b) { subtract(width, out, a, b); });
      case Operation::FROMK:
        return with_k([&](const Zmm& out, const Zmm& a, const Operand& k) {
          vmovdqa64(first_, k);
          subtract(width, out, first_, a);
        });
      case Operation::MUL:
        return both([&](const Zmm& out, const Zmm& a, const Operand& b) { multiply(width, out, a, b); });
      case Operation::MULK:
        return with_k([&](const Zmm& out, const Zmm& a, const Operand& k) { multiply(width, out, a, k); });
      case Operation::ABS:
        return for_each_piece(step,
                              [&](const Zmm& out, std::size_t piece) { absolute(width, out, read(step.a, piece)); });
      case Operation::MIN:
        return both([&](const Zmm& out, const Zmm& a, const Operand& b) { least(width, out, a, b); });
      case Operation::MINK:
        return with_k([&](const Zmm& out, const Zmm& a, const Operand& k) { least(width, out, a, k); });
      case Operation::MAX:
        return both([&](const Zmm& out, const Zmm& a, const Operand& b) { most(width, out, a, b); });
      case Operation::MAXK:
        return with_k([&](const Zmm& out, const Zmm& a, const Operand& k) { most(width, out, a, k); });
      case Operation::AND:
        return both([&](const Zmm& out, const Zmm& a, const Operand& b) { vpandq(out, a, b); });
      case Operation::OR:
        return both([&](const Zmm& out, const Zmm& a, const Operand& b) { vporq(out, a, b); });
      case Operation::SEL:
        return choice(step);
      case Operation::FLAG:
        return flag(step);
      case Operation::EQ:
        return is(equal);
      case Operation::EQK:
        return is_k(equal);
      case Operation::LT:
        return is(less);
      case Operation::LTK:
        return is_k(less);
      case Operation::GTK:
        return is_k(greater);
      case Operation::LE:
        return is(at_most);
      default:
        return;
    }
  }

  void choice(const Step& step) {
    const Width width = step.task.from;
    const Reg64 asked = word(step.a);
    kmovq(k2, asked);
    for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
      const Zmm otherwise = read(step.c, piece);
      const Zmm chosen = read(step.b, piece);
      blend(width, out | of_piece(k2, width, piece), otherwise, chosen);
    });
  }

  void flag(const Step& step) {
    const Width width = step.task.from;
    kmovq(k2, word(step.b));
    for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
      const Zmm set = read(step.a, piece);
      move(width, first_ | of_piece(k2, width, piece) | T_z, bit(step.k, width));
      vporq(out, set, first_);
    });
  }
  Address bit(std::int64_t number, Width width) {
    return constant(static_cast<std::int64_t>(std::uint64_t{1} << number), width);
  }

  void two_flags(const Step& step) {
    const Width width = step.task.from;
    const auto bits_of = [&](const Opmask& to, Slot slot, bool is_opposite) {
      const Reg64 bits = word(slot);
      kmovq(to, bits);
      if (is_opposite) knotq(to, to);
    };
    bits_of(k2, step.b, (step.task.form & 1U) != 0);
    bits_of(k3, step.c, (step.task.form & 2U) != 0);
    for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
      const Zmm set = read(step.a, piece);
      move(width, first_ | of_piece(k2, width, piece) | T_z, bit(step.k & 0xff, width));
      move(width, second_ | of_piece(k3, width, piece) | T_z, bit(step.k >> 8, width));
      constexpr std::uint8_t any_of_three = 0xfe;
      if (out.getIdx() != set.getIdx()) vmovdqa64(out, set);
      vpternlogq(out, first_, second_, any_of_three);
    });
  }

  void truths(const Step& step) {
    const Reg64 a = word(step.a);
    switch (step.task.operation) {
      case Operation::AND: {
        const Reg64 b = word(step.b);
        const Reg64 out = copied(a, step.out);
        return and_(out, b);
      }
      case Operation::OR: {
        const Reg64 b = word(step.b);
        const Reg64 out = copied(a, step.out);
        return or_(out, b);
      }
      case Operation::SEL: {
        const Reg64 b = word(step.b), c = word(step.c);
        mov(spare_, a);
        and_(spare_, b);
        const Reg64 out = make_truth(step.out);
        andn(out, a, c);
        return or_(out, spare_);
      }
      case Operation::ANDNOT: {
        const Reg64 b = word(step.b);
        return andn(make_truth(step.out), b, a);
      }
      default:
        return not_(copied(a, step.out));
    }
  }
  Reg64 copied(const Reg64& from, Slot out) {
    const Reg64 to = make_truth(out);
    mov(to, from);
    return to;
  }

  void conjunction(const Step& step) {
    const Reg64 a = word(step.a), b = word(step.b), c = word(step.c);
    const std::size_t opposites = step.task.form;
    const Reg64 out = copied(a, step.out);
    if (opposites == 3) {
      or_(out, b);
      or_(out, c);
      if (!step.task.second) not_(out);
      return;
    }
    opposites > 1 ? andn(out, b, out) : and_(out, b);
    opposites > 0 ? andn(out, c, out) : and_(out, c);
    if (step.task.second) not_(out);
  }

  void within(const Step& step) {
    const Width width = step.task.from;
    truth_of_pieces(step, [&](const Opmask& out, std::size_t piece) {
      subtract(width, first_, read(step.a, piece), constant(step.k, width));
      compare_unsigned(width, out, first_, constant(step.p[0] - 1, width), step.task.second ? greater : at_most);
    });
  }

  // In the wider of both widths.
  void staircase(const Step& step) {
    const Width from = step.task.from, to = step.task.to, both = std::max(from, to);
    const auto count = static_cast<std::size_t>(step.p[0]);
    const std::int64_t* const bounds = step.p + 1;
    const std::int64_t* const values = bounds + count;
    const auto climb = [&](const Zmm& out, const Zmm& a) {
      vmovdqa64(out, constant(values[0], both));
      for (std::size_t i = 0; i < count; ++i) {
        compare(both, k1, a, constant(bounds[i], both), at_least);
        move(both, out | k1, constant(values[i + 1], both));
      }
    };
    for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
      if (from < to) {
        widen(first_, step.a, from, to, piece);
        return climb(out, first_);
      }
      if (from == to) return climb(out, read(step.a, piece));
      const std::size_t ratio = bytes_of(from) / bytes_of(to);
      for (std::size_t part = 0; part < ratio; ++part) {
        climb(first_, read(step.a, piece * ratio + part));
        narrow(out, first_, from, to, part);
      }
    });
  }

  static Quotient quotient_in(const Step& step) { return {step.p[0], step.p[1], step.p[2], step.p[3]}; }

  void quotient(const Step& step) {
    const Quotient q = quotient_in(step);
    const bool is_product = !is_constant(step.b) || program_.places[step.b].value != 1;
    const bool is_signed = step.task.second;
    const auto magic = [&] { return constant(q.magic, w64); };
    for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
      const Zmm a = read(step.a, piece);
      const Zmm &odd = second_, &sign = third_;
      Zmm u = a;
      const auto change = [&](auto&& act) {
        act(first_, u);
        u = first_;
      };
      if (is_signed) vmovdqa64(sign, a);
      if (is_product) {
        const Zmm b = read(step.b, piece);
        change([&](const Zmm& to, const Zmm& from) { vpmulld(to, from, b); });
        if (is_signed) vpxord(sign, sign, b);
      }
      if (is_signed) {
        vpsrad(sign, sign, 31);
        change([&](const Zmm& to, const Zmm& from) { give_sign(to, from, sign, w32); });
      }
      if (q.add != 0) change([&](const Zmm& to, const Zmm& from) { vpaddd(to, from, constant(q.add, w32)); });
      if (q.shift != 0)
        change([&](const Zmm& to, const Zmm& from) { vpsrld(to, from, static_cast<std::uint8_t>(q.shift)); });
      vpsrlq(odd, u, 32);
      vpmuludq(out, u, magic());
      vpmuludq(odd, odd, magic());
      vpsrlq(out, out, static_cast<std::uint8_t>(q.post));
      vpsrlq(odd, odd, static_cast<std::uint8_t>(q.post));
      vpsllq(odd, odd, 32);
      vporq(out, out, odd);
      if (is_signed) give_sign(out, out, sign, w32);
    });
  }

  void quotient_wide(const Step& step) {
    const Quotient q = quotient_in(step);
    for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
      const Zmm a = read(step.a, piece);
      const Zmm& sign = third_;
      vpsraq(sign, a, 63);
      give_sign(first_, a, sign, w64);
      if (q.add != 0) vpaddq(first_, first_, constant(q.add, w64));
      if (q.shift != 0) vpsrlq(first_, first_, static_cast<std::uint8_t>(q.shift));
      vpmuludq(out, first_, constant(q.magic, w64));
      vpsrlq(out, out, static_cast<std::uint8_t>(q.post));
      give_sign(out, out, sign, w64);
    });
  }
  // The opposite where `sign` is all ones.
  void give_sign(const Zmm& to, const Zmm& of, const Zmm& sign, Width width) {
    vpxorq(to, of, sign);
    subtract(width, to, to, sign);
  }

  const std::vector<StripColumn>& columns_;
  std::vector<bool> is_admitted_;
};

// What is read behind a run, or is an answer.
std::vector<bool> kept_after(const LaneProgram& program, const Strips::Run& run) {
  std::vector<bool> kept(program.places.size(), false);
  for (std::size_t slot = 0; slot < kept.size(); ++slot)
    kept[slot] = program.places[slot].kind == LaneProgram::Place::answer;
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    if (i >= run.first && i < run.last) continue;
    const Step& step = program.steps[i];
    for (const LaneProgram::Slot slot : {step.a, step.b, step.c}) kept[slot] = true;
  }
  return kept;
}

std::vector<Strips::Run> runs_of(const LaneProgram& program, std::vector<bool>& is_code) {
  std::vector<Strips::Run> runs;
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    const bool has_code = has_machine_code(program.steps[i].task);
    if (runs.empty() || is_code.back() != has_code) {
      runs.push_back({i, i, nullptr});
      is_code.push_back(has_code);
    }
    runs.back().last = i + 1;
  }
  return runs;
}

}  // namespace

struct Strips::Memory {
  Memory(const LaneProgram& program, const Run& run, const std::vector<StripColumn>& columns)
      : code(program, run, kept_after(program, run), columns) {}
  StripCode code;
};

Strips::Strips() = default;
Strips::~Strips() = default;

bool Strips::exist() {
  static const bool has_bmi = [] {
    __builtin_cpu_init();
    return __builtin_cpu_supports("bmi") != 0;
  }();
  return has_bmi && loops_of("avx512") != nullptr;
}

std::unique_ptr<const Strips> Strips::translate(const LaneProgram& program) {
  return translate(program, {});
}

std::unique_ptr<const Strips> Strips::translate(const LaneProgram& program, const std::vector<StripColumn>& columns) {
  if (!exist()) return nullptr;
  std::vector<bool> is_code;
  std::unique_ptr<Strips> out(new Strips);
  out->runs_ = runs_of(program, is_code);
  if (!columns.empty() && (is_code.size() != 1 || !is_code.front())) return nullptr;
  try {
    for (std::size_t i = 0; i < out->runs_.size(); ++i) {
      if (!is_code[i]) continue;
      auto memory = std::make_unique<Memory>(program, out->runs_[i], columns);
      memory->code.readyRE();
      out->runs_[i].code = memory->code.getCode<Code>();
      out->scratch_ = std::max(out->scratch_, memory->code.scratch());
      out->memory_.push_back(std::move(memory));
    }
    return out;
  } catch (const Xbyak::Error&) {  // no memory for code
    return nullptr;
  }
}

}  // namespace guiju::kernel

#else

namespace guiju::kernel {

struct Strips::Memory {};
Strips::Strips() = default;
Strips::~Strips() = default;

bool Strips::exist() {
  return false;
}
std::unique_ptr<const Strips> Strips::translate(const LaneProgram&) {
  return nullptr;
}
std::unique_ptr<const Strips> Strips::translate(const LaneProgram&, const std::vector<StripColumn>&) {
  return nullptr;
}

}  // namespace guiju::kernel

#endif
