// Columns give for every row what the executor of single rows gives: random programmes with random versions over random
// rows, some unknown, absent or out of range, by the loops of every instruction set that the processor has. So do
// simplified kernels.
#include "kernel/columns.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include "kernel/execute.hpp"
#include "kernel/simplify.hpp"
#include "values/int128.hpp"

namespace {

using namespace guiju;
using namespace guiju::kernel;

constexpr std::int64_t kLimit = std::int64_t{1} << 61;

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}
  std::int64_t between(std::int64_t low, std::int64_t high) {
    const auto span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + (span == 0 ? random_() : random_() % span));
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(between(0, static_cast<std::int64_t>(n) - 1)); }
  bool one_in(std::int64_t n) { return between(1, n) == 1; }
  template <typename T>
  const T& of(const std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  std::mt19937_64 random_;
};

// Writes random instructions and knows what their results can be.
class Writer {
 public:
  // `is_plain`: of what machine code over columns is written for.
  Writer(Draw& draw, const std::vector<Range>& fields, bool is_plain) : draw_(draw), is_plain_(is_plain) {
    kernel_.ranges = fields;
    kernel_.fields = static_cast<std::uint32_t>(fields.size());
  }

  Kernel write() {
    for (int i = 0; i < 60; ++i) write_one();
    kernel_.open = draw_.one_in(3) ? truth() : kNoRegister;
    if (kernel_.open == kNoRegister) kernel_.open = emit(Operation::SET, {0, 0});
    const std::int64_t bits = draw_.one_in(8) ? 70 : draw_.between(1, 12);
    for (std::int64_t word = 0; word * 64 < bits; ++word) {
      Register set = emit(Operation::SET, {0, 0});
      for (std::int64_t bit = 0; bit < std::min<std::int64_t>(bits - 64 * word, 64); ++bit) {
        if (draw_.one_in(5)) continue;
        const Range r = bit < 62 ? Range{0, (std::int64_t{2} << bit) - 1} : Range{INT64_MIN, INT64_MAX};
        // Few fail, so that some rows are eligible.
        const Register both = emit(Operation::AND, {0, 1}, truth(), truth());
        set = emit(Operation::FLAG, r, set, emit(Operation::AND, {0, 1}, both, truth()), 0, bit);
      }
      kernel_.failed.push_back(set);
    }
    kernel_.amount = draw_.one_in(9) ? kNoRegister : number();
    for (std::uint32_t f = 0; f < kernel_.fields; ++f) {
      if (draw_.one_in(3)) demand(kernel_.demands.known, f);
      if (draw_.one_in(3)) demand(kernel_.demands.answered, f);
    }
    kernel_.essential = static_cast<std::uint32_t>(kernel_.code.size());
    return kernel_;
  }

 private:
  static void demand(FieldSet& set, std::uint32_t f) {
    set.resize(1);
    set[0] |= std::uint64_t{1} << f;
  }

  Register emit(Operation op, Range range, Register a = 0, Register b = 0, Register c = 0, std::int64_t k = 0) {
    kernel_.ranges.push_back(range);
    const auto out = static_cast<Register>(kernel_.ranges.size() - 1);
    kernel_.code.push_back({op, out, a, b, c, k});
    return out;
  }
  [[nodiscard]] const Range& range(Register r) const { return kernel_.ranges[r]; }
  [[nodiscard]] bool is_truth(Register r) const { return range(r).least >= 0 && range(r).most <= 1; }
  Register number() { return static_cast<Register>(draw_.below(kernel_.ranges.size())); }
  Register truth() {
    for (int i = 0; i < 40; ++i) {
      if (const Register r = number(); is_truth(r)) return r;
    }
    return emit(Operation::SET, {1, 1}, 0, 0, 0, 1);
  }
  std::int64_t near(const Range& r) {
    return draw_.one_in(2) ? draw_.between(r.least, r.most) : draw_.between(-300, 300);
  }
  // Written where no result can leave what is allowed.
  void number_of(Operation op, i128 least, i128 most, Register a, Register b = 0, Register c = 0, std::int64_t k = 0) {
    if (least < -kLimit || most > kLimit || least > most) return;
    emit(op, {static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)}, a, b, c, k);
  }
  void truth_of(Operation op, Register a, Register b, std::int64_t k = 0) { emit(op, {0, 1}, a, b, 0, k); }

  void write_one() {
    const Register a = number();
    const Register b = number();
    const Range x = range(a);
    const Range y = range(b);
    const i128 l = x.least, m = x.most;
    const std::int64_t k = near(x);
    switch (draw_.between(0, is_plain_ ? 29 : 35)) {
      case 0:
        return number_of(Operation::ADD, l + y.least, m + y.most, a, b);
      case 1:
        return number_of(Operation::ADDK, l + k, m + k, a, 0, 0, k);
      case 2:
        return number_of(Operation::SUB, l - y.most, m - y.least, a, b);
      case 3:
        return number_of(Operation::FROMK, k - m, k - l, a, 0, 0, k);
      case 4: {
        const std::array<i128, 4> c{l * y.least, l * y.most, m * y.least, m * y.most};
        return number_of(Operation::MUL, *std::min_element(c.begin(), c.end()), *std::max_element(c.begin(), c.end()),
                         a, b);
      }
      case 5: {
        const std::int64_t factor = draw_.between(-40, 40);
        return number_of(Operation::MULK, std::min(l * factor, m * factor), std::max(l * factor, m * factor), a, 0, 0,
                         factor);
      }
      case 6:
        return number_of(Operation::ABS, 0, std::max(-l, m), a);
      case 7:
        return number_of(Operation::MIN, std::min(x.least, y.least), std::min(x.most, y.most), a, b);
      case 8:
        return number_of(Operation::MINK, std::min(x.least, k), std::min(x.most, k), a, 0, 0, k);
      case 9:
        return number_of(Operation::MAX, std::max(x.least, y.least), std::max(x.most, y.most), a, b);
      case 10:
        return number_of(Operation::MAXK, std::max(x.least, k), std::max(x.most, k), a, 0, 0, k);
      case 11: {
        if (y.least < 1 || is_plain_) return;
        const auto op =
            draw_.of(std::vector<Operation>{Operation::DOWN, Operation::UP, Operation::HALFUP, Operation::HALFEVEN});
        return number_of(op, std::min<i128>(l - 1, 0), std::max<i128>(m + 1, 0), a, b);
      }
      case 12:
      case 13: {
        std::vector<Operation> roundings{Operation::DOWNK, Operation::UPK, Operation::HALFUPK};
        if (!is_plain_) roundings.push_back(Operation::HALFEVENK);
        const auto op = draw_.of(roundings);
        const std::int64_t d = draw_.of(std::vector<std::int64_t>{1, 2, 3, 7, 10, 64, 100, 625, 1000, 10000, 999983});
        return number_of(op, l < 0 ? l / d - 1 : l / d, m > 0 ? m / d + 1 : m / d, a, 0, 0, d);
      }
      case 14:
      case 15:
        return number_of(Operation::SEL, std::min(x.least, y.least), std::max(x.most, y.most), truth(), a, b);
      case 16:
        return truth_of(Operation::AND, truth(), truth());
      case 17:
        return truth_of(Operation::OR, truth(), truth());
      case 18:
        return truth_of(Operation::NOT, truth(), 0);
      case 19:
        return truth_of(Operation::ANDNOT, truth(), truth());
      case 20:
        return truth_of(Operation::EQ, a, b);
      case 21:
        return truth_of(Operation::EQK, a, 0, k);
      case 22:
        return truth_of(Operation::LT, a, b);
      case 23:
        return truth_of(Operation::LTK, a, 0, k);
      case 24:
        return truth_of(Operation::GTK, a, 0, k);
      case 25:
        return truth_of(Operation::LE, a, b);
      case 26:
        if (x.least < 0 || x.most > 63 || is_plain_) return;
        return truth_of(Operation::IN, a, 0, draw_.between(INT64_MIN, INT64_MAX));
      case 27: {  // a table
        if (x.least < 0 || x.most > 300) return;
        const auto at = static_cast<std::int64_t>(kernel_.pool.size());
        const std::int64_t height = draw_.of(std::vector<std::int64_t>{1, 100, 1'000'000});
        for (std::int64_t i = 0; i <= x.most; ++i)
          kernel_.pool.push_back(i != 0 && draw_.one_in(2) ? kernel_.pool.back() : draw_.between(-height, height));
        return number_of(Operation::AT, -height, height, a, 0, 0, at);
      }
      case 28: {  // bounds
        const auto at = static_cast<std::int64_t>(kernel_.pool.size());
        std::vector<std::int64_t> bounds;
        for (std::size_t i = draw_.one_in(5) ? 40 : draw_.below(6) + 1; i > 0; --i) bounds.push_back(near(x));
        std::sort(bounds.begin(), bounds.end());
        kernel_.pool.push_back(static_cast<std::int64_t>(bounds.size()));
        kernel_.pool.insert(kernel_.pool.end(), bounds.begin(), bounds.end());
        return number_of(Operation::SEARCH, 0, static_cast<i128>(bounds.size()), a, 0, 0, at);
      }
      case 29: {
        const auto f = static_cast<std::int64_t>(draw_.below(kernel_.fields));
        emit(draw_.one_in(2) ? Operation::KNOWN : Operation::ABSENT, {0, 1}, 0, 0, 0, f);
        return;
      }
      case 30:
        if (x.least < -30000 || x.most > 90000) return;
        return number_of(Operation::YEAR, 1800, 2400, a);
      case 31:
      case 32: {
        if (x.least < -30000 || x.most > 90000) return;
        const auto op = draw_.of(std::vector<Operation>{Operation::YEARSTART, Operation::YEAREND, Operation::MONTHSTART,
                                                        Operation::MONTHEND});
        return number_of(op, l - 366, m + 366, a);
      }
      case 33:
        if (x.least < 0) return;
        return number_of(Operation::FIRST, 0, 64, a);
      case 34:
        if (x.least < 0) return;
        return truth_of(Operation::ALONE, a, 0);
      default:
        if (x.least < -30000 || x.most > 90000 || y.least < -30000 || y.most > 90000) return;
        return number_of(Operation::YEARS, -700, 700, a, b, 0, draw_.between(0, 1));
    }
  }

  Draw& draw_;
  bool is_plain_;
  Kernel kernel_;
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::int64_t>> values;  // in the scale of the field; by column
  std::vector<std::vector<char>> state;           // 'k', 'a', 'u', 'b' (bad)
  std::vector<std::vector<std::int64_t>> bytes;   // as memory of the column's width
  std::vector<std::vector<std::uint64_t>> known, absent;
};

void put(std::vector<std::int64_t>& memory, Width width, std::size_t row, std::int64_t value) {
  auto* const at = reinterpret_cast<std::byte*>(memory.data());
  switch (width) {
    case w8:
      reinterpret_cast<std::int8_t*>(at)[row] = static_cast<std::int8_t>(value);
      break;
    case w16:
      reinterpret_cast<std::int16_t*>(at)[row] = static_cast<std::int16_t>(value);
      break;
    case w32:
      reinterpret_cast<std::int32_t*>(at)[row] = static_cast<std::int32_t>(value);
      break;
    default:
      memory[row] = value;
  }
}

constexpr std::array kFields{Range{0, 1},
                             Range{0, 1},
                             Range{0, 16},
                             Range{10, 60},
                             Range{-5, 200},
                             Range{0, 100'000'000},
                             Range{1, 5'000'000'000},
                             Range{14600, 29000},
                             Range{0, 25000},
                             Range{-1000, 30'000}};
constexpr std::uint32_t kDate = 7;

// `as_in_lanes`: every column is stored as its lanes are, or nearly so.
Table random_table(Draw& draw, std::size_t rows, bool plain, bool as_in_lanes = false) {
  Table table;
  for (std::uint32_t f = 0; f < kFields.size(); ++f) {
    const Range& range = kFields[f];
    Column column;
    column.field = f;
    column.allowed = range;
    column.width = static_cast<Width>(std::min(3, int{width_of(range)} + (draw.one_in(3) ? 1 : 0)));
    Range drawn = range;
    if (as_in_lanes && column.width > w8 && draw.one_in(4)) {  // of a host that has no large ones
      const std::int64_t most = INT64_MAX >> (64 - (4 << column.width));
      const Range narrow = both(range, {-most - 1, most});
      if (narrow.least <= narrow.most) {
        drawn = narrow;
        column.width = static_cast<Width>(column.width - 1);
      }
    }
    column.may_be_unknown = !plain && draw.one_in(3);
    column.may_be_absent = !plain && draw.one_in(3);
    if (!as_in_lanes && column.width == w64 && draw.one_in(3)) column.factor = 5, column.divisor = 2;
    if (column.divisor == 1 && draw.one_in(4)) column.factor = 3;
    if (column.factor == 1 && range.most <= 200 && draw.one_in(3)) {
      column.is_dictionary = true;
      for (std::size_t n = !as_in_lanes && draw.one_in(3) ? draw.below(60) + 1 : draw.below(4) + 1; n > 0; --n)
        column.dictionary.push_back(draw.between(std::max<std::int64_t>(range.least, 0), range.most));
    }
    auto& values = table.values.emplace_back(rows);
    auto& state = table.state.emplace_back(rows, 'k');
    auto& memory = table.bytes.emplace_back(rows);
    auto& known = table.known.emplace_back(rows / 64 + 1);
    auto& absent = table.absent.emplace_back(rows / 64 + 1);
    const bool has_bad = !plain && draw.one_in(3);
    for (std::size_t i = 0; i < rows; ++i) {
      values[i] = draw.one_in(10) ? (draw.one_in(2) ? drawn.least : drawn.most) : draw.between(drawn.least, drawn.most);
      std::int64_t raw = values[i];
      if (column.divisor == 2) {
        raw = values[i] / 5 * 2;
        values[i] = raw * 5 / 2;
        if (values[i] < range.least) state[i] = 'b';
      } else if (column.factor != 1) {
        raw = values[i] / column.factor;
        values[i] = raw * column.factor;
        if (values[i] < range.least) state[i] = 'b';
      } else if (column.is_dictionary) {
        const std::size_t number = draw.below(column.dictionary.size());
        raw = static_cast<std::int64_t>(number);
        values[i] = column.dictionary[number];
      }
      if (column.may_be_unknown && draw.one_in(20)) state[i] = 'u', raw = draw.between(-100, 100);
      if (column.may_be_absent && draw.one_in(20)) state[i] = 'a', raw = draw.between(-100, 100);
      const bool is_bad = has_bad && state[i] == 'k' && draw.one_in(200);
      if (is_bad && column.is_dictionary) {
        state[i] = 'b', raw = draw.one_in(2) ? -1 : static_cast<std::int64_t>(column.dictionary.size());
      } else if (is_bad) {
        const std::int64_t most = INT64_MAX >> (64 - (8 << column.width));
        if (range.most < most / 8) state[i] = 'b', raw = draw.between(range.most + 1, most) / 5 * 5 + 1;
        if (state[i] == 'b' && raw <= range.most) raw = most;
        if (state[i] == 'b' && column.divisor == 2) raw = 1;  // finer than the scale
      }
      if (state[i] != 'k') values[i] = 0;
      put(memory, column.width, i, raw);
      if (state[i] == 'k' || state[i] == 'b') known[i / 64] |= std::uint64_t{1} << (i % 64);
      if (state[i] == 'a') absent[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    // Without a bitmap of what is known every row has a value, unless it is absent.
    table.columns.push_back(column);
  }
  return table;
}

struct Expected {
  std::int64_t outcome = open, version = 0, amount = 0;
  std::vector<std::uint64_t> failed;
};

Expected expected(const Program& program, const Table& table, std::size_t row, std::vector<std::int64_t>& registers) {
  Expected out;
  std::uint64_t known = 0, absent = 0;
  registers.assign(program.registers, 0);
  for (std::size_t f = 0; f < table.columns.size(); ++f) {
    registers[f] = table.values[f][row];
    if (table.state[f][row] == 'b') return out;
    if (table.state[f][row] == 'k') known |= std::uint64_t{1} << f;
    if (table.state[f][row] == 'a') absent |= std::uint64_t{1} << f;
  }
  if ((known >> kDate & 1U) == 0) return out;
  out.version = program.calendar.version[program.calendar.period(registers[kDate])];
  if (out.version == unsettled) return out;
  if (out.version == none) {
    out.outcome = not_in_force;
    return out;
  }
  const Kernel& kernel = program.versions[static_cast<std::size_t>(out.version)];
  Row of_row;
  of_row.registers = registers.data();
  of_row.known = &known;
  of_row.absent = &absent;
  if (!accepts(kernel, of_row)) return out;
  execute(kernel, of_row);
  if (registers[kernel.open] != 0) return out;
  out.outcome = eligible;
  for (const Register r : kernel.failed) {
    out.failed.push_back(static_cast<std::uint64_t>(registers[r]));
    if (registers[r] != 0) out.outcome = ineligible;
  }
  if (out.outcome == eligible && kernel.amount != kNoRegister) out.amount = registers[kernel.amount];
  return out;
}

// Another constant, another order, another branch: what a later version changes.
void vary(Draw& draw, Instruction& i) {
  if (!draw.one_in(3)) return;
  switch (i.op) {
    case Operation::EQK:
    case Operation::LTK:
    case Operation::GTK:
      i.k += draw.between(-2, 2);
      break;
    case Operation::IN:
      i.k ^= std::int64_t{1} << draw.between(0, 20);
      break;
    case Operation::SEL:
      std::swap(i.b, i.c);
      break;
    case Operation::ADD:
    case Operation::MUL:
    case Operation::MIN:
    case Operation::EQ:
      std::swap(i.a, i.b);
      break;
    case Operation::AND:
      i.op = Operation::OR;
      break;
    default:
      break;
  }
}

Program random_program(Draw& draw, bool is_plain) {
  Program program;
  const std::vector<Range> fields(kFields.begin(), kFields.end());
  // The fields may be unknown: then they hold 0.
  std::vector<Range> with_zero = fields;
  for (Range& r : with_zero) r.least = std::min<std::int64_t>(r.least, 0);
  const std::size_t versions = draw.below(4) + 1;
  const auto shared = static_cast<std::uint64_t>(draw.between(1, 1'000'000'000));
  for (std::size_t v = 0; v < versions; ++v) {
    if (draw.one_in(12)) {
      program.versions.emplace_back();
      continue;
    }
    // Versions that differ in a few constants only, or in everything.
    Draw same(draw.one_in(2) ? shared : shared + v + 1);
    Kernel kernel = Writer(same, with_zero, is_plain).write();
    for (Instruction& i : kernel.code) vary(draw, i);
    program.versions.push_back(std::move(kernel));
  }
  for (std::int64_t day = 14600; day < 29000; day += draw.between(500, 4000)) {
    program.calendar.bounds.push_back(static_cast<std::int32_t>(day));
    program.calendar.version.push_back(
        static_cast<std::int32_t>(draw.between(-2, static_cast<std::int64_t>(versions) - 1)));
  }
  program.calendar.version.push_back(draw.one_in(2) ? none : 0);
  program.dates = {kDate};
  for (const Kernel& k : program.versions)
    program.registers = std::max(program.registers, static_cast<std::uint32_t>(k.ranges.size()));
  program.registers = std::max<std::uint32_t>(program.registers, kFields.size());
  return program;
}

struct Counts {
  std::size_t eligible = 0, settled = 0, in_place = 0;  // rows, rows, tables
};

void compare(std::uint64_t seed, const Loops& loops, bool wants_machine_code, Counts& counts) {
  Draw draw(seed);
  CAPTURE(seed);
  const bool is_plain = wants_machine_code && draw.one_in(2);
  const Program program = random_program(draw, is_plain);
  const std::size_t rows = draw.below(3) * kBlock + draw.below(kBlock) + 1;
  const Table table = random_table(draw, rows, draw.one_in(3), is_plain);
  Asked asked;
  asked.version = w8;
  asked.amount = w64;
  asked.failed = w64;
  Columns columns(program, kFields.size(), table.columns, asked, loops, wants_machine_code);
  REQUIRE(columns.fits());
  REQUIRE(columns.has_machine_code() == wants_machine_code);
  counts.in_place += columns.decides_in_place() ? 1U : 0U;
  std::vector<ColumnRows> data;
  for (std::size_t f = 0; f < kFields.size(); ++f) {
    data.push_back({table.bytes[f].data(), table.columns[f].may_be_unknown ? table.known[f].data() : nullptr,
                    table.columns[f].may_be_absent ? table.absent[f].data() : nullptr});
  }
  std::vector<std::int8_t> outcome(rows), version(rows);
  std::vector<std::int64_t> amount(rows);
  std::vector<std::vector<std::uint64_t>> failed(columns.words(), std::vector<std::uint64_t>(rows));
  std::vector<void*> words;
  for (auto& word : failed) words.push_back(word.data());
  const AnswerRows out{outcome.data(), version.data(), amount.data(), words.data()};
  std::vector<std::size_t> open_rows;
  for (std::size_t first = 0; first < rows; first += kBlock) {
    const std::size_t count = columns.decide(data.data(), first, std::min(kBlock, rows - first), out);
    open_rows.insert(open_rows.end(), columns.open(), columns.open() + count);
  }
  std::vector<std::int64_t> registers;
  std::vector<std::size_t> expected_open;
  for (std::size_t i = 0; i < rows; ++i) {
    CAPTURE(i);
    const Expected e = expected(program, table, i, registers);
    REQUIRE(int{outcome[i]} == e.outcome);
    if (e.outcome == Answer::open) {
      expected_open.push_back(i);
      continue;
    }
    ++counts.settled;
    counts.eligible += e.outcome == eligible ? 1 : 0;
    REQUIRE(int{version[i]} == e.version);
    REQUIRE(amount[i] == e.amount);
    for (std::size_t w = 0; w < failed.size(); ++w) REQUIRE(failed[w][i] == (w < e.failed.size() ? e.failed[w] : 0));
  }
  CHECK(open_rows == expected_open);
}

TEST_CASE("columns are decided as rows are, by every instruction set") {
  for (const char* const set : {"baseline", "sse4.2", "avx2", "avx512"}) {
    const Loops* const loops = loops_of(set);
    if (loops == nullptr) continue;
    CAPTURE(std::string(set));
    Counts counts;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) compare(seed, *loops, false, counts);
    CHECK(counts.settled > 10'000);
    CHECK(counts.eligible > 1'000);
  }
}

TEST_CASE("columns are decided as rows are, by machine code") {
  if (!Strips::exist()) return;
  Counts counts;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) compare(seed, loops(), true, counts);
  CHECK(counts.settled > 40'000);
  CHECK(counts.eligible > 4'000);
  CHECK(counts.in_place > 200);
}

// ---- simplified kernels
// ----------------------------------------------------------------------------------------------------------

std::vector<Given> given_to(const Kernel& kernel, const Table& table) {
  const auto is_in = [](const FieldSet& set, std::size_t f) { return !set.empty() && (set[0] >> f & 1U) != 0; };
  std::vector<Given> given(kFields.size());
  for (std::size_t f = 0; f < given.size(); ++f) {
    const bool is_known = is_in(kernel.demands.known, f);
    given[f].is_given = true;
    given[f].range = {std::min<std::int64_t>(kFields[f].least, 0), std::max<std::int64_t>(kFields[f].most, 0)};
    given[f].may_be_unknown = table.columns[f].may_be_unknown && !is_known && !is_in(kernel.demands.answered, f);
    given[f].may_be_absent = table.columns[f].may_be_absent && !is_known;
  }
  return given;
}

TEST_CASE("a simplified kernel answers as the kernel does, in no more instructions") {
  std::size_t settled_rows = 0, before = 0, after = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    Draw draw(seed);
    const Program program = random_program(draw, false);
    const Table table = random_table(draw, 300, false);
    Program simple = program;
    for (std::size_t v = 0; v < program.versions.size(); ++v) {
      const Kernel& kernel = program.versions[v];
      const auto days = program.calendar.days_of(v);
      if (kernel.code.empty() || !days) continue;
      auto found = simplified(kernel, given_to(kernel, table), {{kDate, both(*days, kFields[kDate])}});
      REQUIRE(found.has_value());
      before += kernel.code.size();
      after += found->code.size();
      simple.registers = std::max(simple.registers, static_cast<std::uint32_t>(found->ranges.size()));
      simple.versions[v] = std::move(*found);
    }
    std::vector<std::int64_t> registers;
    for (std::size_t i = 0; i < 300; ++i) {
      CAPTURE(i);
      const Expected e = expected(program, table, i, registers);
      const Expected s = expected(simple, table, i, registers);
      REQUIRE(s.outcome == e.outcome);
      REQUIRE(s.version == e.version);
      REQUIRE(s.amount == e.amount);
      REQUIRE(s.failed == e.failed);
      settled_rows += e.outcome == eligible || e.outcome == ineligible ? 1 : 0;
    }
  }
  CHECK(settled_rows > 3'000);
  CHECK(after < before);
}

}  // namespace
