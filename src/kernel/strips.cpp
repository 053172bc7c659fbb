// See strips.hpp. One function for each kind of task; anything else is left to the loops.
#include "kernel/strips.hpp"

#ifdef GUIJU_MACHINE_CODE

#include <algorithm>

#include "kernel/strip_columns.hpp"

namespace guiju::kernel {

namespace {

using Step = LaneProgram::Step;

bool has_machine_code(const Task& task) {
  if (task.kind != Task::Kind::plain) return true;
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

class StripCode : public StripColumns {
 public:
  // `kept`: by slot, what is read after the run.
  StripCode(const LaneProgram& program, const Strips::Run& run, const std::vector<bool>& kept,
            const std::vector<StripColumn>& columns)
      : StripColumns(program, run, columns) {
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
    admit_other_columns();
    mov(rax, bad());
    for (auto reg = saved_.rbegin(); reg != saved_.rend(); ++reg) pop(*reg);
    vzeroupper();
    ret();
    write_constants();
  }

 private:
  void write(const Step& step) {
    switch (step.task.kind) {
      case Task::Kind::plain:
        return plain(step);
      case Task::Kind::truths:
        return truths(step);
      case Task::Kind::convert:
        return for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
          convert(out, step.a, step.task.from, step.task.to, piece);
        });
      case Task::Kind::steps:
        return staircase(step);
      case Task::Kind::conjunction:
        return conjunction(step);
      case Task::Kind::two_flags:
        return two_flags(step);
      case Task::Kind::within:
        return within(step);
      case Task::Kind::wide_multiply:
        return for_each_piece(step, [&](const Zmm& out, std::size_t piece) {
          widen(out, step.a, w32, w64, piece);
          widen(first_, step.b, w32, w64, piece);
          vpmuldq(out, out, first_);
        });
      case Task::Kind::quotient:
        return quotient(step);
      case Task::Kind::quotient_wide:
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

  template <typename Compare>
  void truth_of_pieces(const Step& step, Compare&& compare_piece) {
    for (std::size_t piece = 0; piece < pieces_of(step.task.from); ++piece) {
      compare_piece(Opmask(static_cast<int>(piece)), piece);
      release();
    }
    gather(step.task.from, make_truth(step.out));
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
