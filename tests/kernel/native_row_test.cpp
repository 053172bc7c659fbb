// Bound rows as machine code against the same executed step by step, on random programs that use every operation.
#include "kernel/native_row.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "values/calendar.hpp"

using namespace guiju;
using namespace guiju::kernel;
using Code = RowProgram::Code;
using Run = RowProgram::Run;

namespace {

constexpr std::array kCodes{
#define GUIJU_KERNEL(id, operands, expression) Code::id,
#include "kernel/operations.def"
#undef GUIJU_KERNEL
    Code::CHOOSE, Code::TRUTH, Code::STAIRS};

// The facts: three days, three that are not negative, three of either sign, one of 0 ... 63; then texts, of which only
// the state matters here.
constexpr Register kDay = 0, kNatural = 3, kSigned = 6, kFew = 9, kTexts = 10, kFacts = 100;
// Then four constants, of which the first is 0, and four products, which nobody reads so that nothing overflows.
constexpr Register kProducts = kFacts + 4, kOthers = kProducts + 4;
constexpr std::uint32_t kMostNumbers = 24;

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}

  std::int64_t pick(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }

  RowProgram program() {
    program_ = {};
    program_.read_words = static_cast<std::size_t>(pick(1, RowProgram::kMostWords));
    program_.first_truths.resize(program_.read_words + 3);
    for (auto& word : program_.first_truths) word = pick(0, 3) == 0 ? 1 : 0;
    program_.constants_at = kFacts;
    program_.constants = {0, pick(-9, 9), pick(1, 1000), pick(-1'000'000, 1'000'000)};
    program_.registers = kOthers;
    write_pool();
    bits_ = 1;
    for (int turn = 0; turn < 3; ++turn) {
      write_numbers();
      ask(Run::between);
      ask(Run::members);
      ask(Run::states);
      ask(Run::conjunctions);
    }
    for (std::size_t word = 0; word < 3; ++word) write_conjunctions(program_.read_words + word, 0, pick(1, 40));
    write_answer();
    return program_;
  }

  // As a host holds them: the first are stored as they are, known or absent; of the texts there are states.
  struct Stored {
    std::array<std::int64_t, kTexts> values{};
    std::array<std::int8_t, kFacts> states{};
  };
  Stored stored() {
    Stored out;
    for (Register r = kDay; r < kNatural; ++r) out.values[r] = pick(kFirstDay + 40'000, kLastDay - 40'000);
    for (Register r = kNatural; r < kSigned; ++r) out.values[r] = pick(0, std::int64_t{1} << pick(1, 20));
    for (Register r = kSigned; r < kFew; ++r) out.values[r] = pick(-1000, 1000) * pick(1, 1000);
    out.values[kFew] = pick(0, 63);
    for (auto& state : out.states) state = static_cast<std::int8_t>(pick(0, 3));
    return out;
  }

 private:
  Register among(std::int64_t from, std::int64_t to) { return static_cast<Register>(pick(from, to - 1)); }
  Register any() {
    const Register r = among(0, program_.registers - (kOthers - kProducts));
    return r < kProducts ? r : static_cast<Register>(r + kOthers - kProducts);
  }
  Register bit() { return static_cast<Register>(pick(0, std::max<std::int64_t>(0, bits_ - 1))); }

  // Sets lie anywhere in the words that no question reads.
  void write_answer() {
    for (auto* sets : {&program_.failed, &program_.refused, &program_.owed, &program_.marks}) {
      for (auto count = pick(0, 2); count > 0; --count) {
        RowProgram::Set set;
        set.word = static_cast<std::uint8_t>(program_.read_words + static_cast<std::size_t>(pick(0, 2)));
        set.shift = static_cast<std::uint8_t>(pick(0, 30));
        set.mask = pick(0, 5) == 0 ? 0 : ~std::uint64_t{0} >> pick(1, 63);
        sets->push_back(set);
      }
    }
    program_.open = {bit(), pick(0, 1) == 1};
    program_.referred = {bit(), pick(0, 1) == 1};
    if (pick(0, 3) != 0) program_.amount = any();
    for (auto* figures : {&program_.parts, &program_.shares}) {
      for (auto count = pick(0, 3); count > 0; --count) figures->push_back(any());
    }
  }

  // Sixty-four values by place, then staircases of one to nine steps.
  void write_pool() {
    for (int i = 0; i < 64; ++i) program_.pool.push_back(pick(-50, 50));
    stairs_.clear();
    for (std::int64_t steps = 1; steps <= 9; ++steps) {
      stairs_.push_back(static_cast<std::int64_t>(program_.pool.size()));
      program_.pool.push_back(steps);
      std::vector<std::int64_t> bounds;
      for (std::int64_t i = 0; i < steps; ++i) bounds.push_back(pick(-5000, 5000) * 100);
      std::sort(bounds.begin(), bounds.end());
      program_.pool.insert(program_.pool.end(), bounds.begin(), bounds.end());
      for (std::int64_t i = 0; i <= steps; ++i) program_.pool.push_back(pick(-3, 1000));
    }
  }

  RowProgram::Number number() {
    RowProgram::Number n;
    n.code = kCodes[static_cast<std::size_t>(pick(0, kCodes.size() - 1))];
    n.a = any();
    n.b = any();
    n.c = any();
    n.k = pick(-100'000, 100'000);
    switch (n.code) {
      case Code::MUL:
      case Code::MULK:
        n.a = among(kNatural, kFew);
        n.b = among(kNatural, kFew);
        break;
      case Code::DOWN:
      case Code::UP:
      case Code::HALFUP:
      case Code::HALFEVEN:
        n.b = kFacts + 2;
        break;
      case Code::DOWNK:
      case Code::UPK:
      case Code::HALFUPK:
      case Code::HALFEVENK:
        n.k = std::array<std::int64_t, 8>{
            1, 2, 3, 7, 100, 1000, 4096, (std::int64_t{1} << 40) + 1}[static_cast<std::size_t>(pick(0, 7))];
        n.is_natural = pick(0, 1) == 1;
        if (n.is_natural) n.a = among(kNatural, kSigned);
        break;
      case Code::AT:
        n.a = kFew;
        n.k = 0;
        break;
      case Code::SEARCH:
      case Code::STAIRS:
        n.k = stairs_[static_cast<std::size_t>(pick(0, 8))];
        break;
      case Code::FLAG:
      case Code::TRUTH:
        n.k = pick(0, 1);
        if (n.code == Code::TRUTH) n.a = bit();
        break;
      case Code::CHOOSE:
        n.a = bit();
        break;
      case Code::ADDMONTHS:
      case Code::YEARS:
      case Code::MONTHS:
      case Code::STARTEDYEARS:
      case Code::HALFMONTHS:
      case Code::YEAR:
      case Code::YEARSTART:
      case Code::YEAREND:
      case Code::MONTHSTART:
      case Code::MONTHEND:
        n.a = among(kDay, kNatural);
        n.b = n.code == Code::ADDMONTHS ? Register{kFacts + 1} : among(kDay, kNatural);
        n.k = pick(0, 1);
        break;
      default:
        break;
    }
    return n;
  }

  void write_numbers() {
    Run run{Run::numbers, 0, 0, 0, static_cast<std::uint32_t>(program_.numbers.size())};
    for (auto count = pick(1, 8); count > 0 && program_.numbers.size() < kMostNumbers; --count) {
      RowProgram::Number n = number();
      const bool is_product = n.code == Code::MUL || n.code == Code::MULK;
      n.out = is_product ? among(kProducts, kOthers) : static_cast<Register>(program_.registers++);
      program_.numbers.push_back(n);
      ++run.count;
    }
    if (run.count > 0) program_.runs.push_back(run);
  }

  // Of a run that begins at the next free bit of what is read.
  void ask(Run::Kind kind) {
    const auto free = static_cast<std::int64_t>(64 * program_.read_words) - bits_;
    const std::int64_t count = std::min({pick(0, 12), free, 64 - bits_ % 64});
    if (count <= 0) return;
    const auto word = static_cast<std::size_t>(bits_ / 64);
    if (kind == Run::conjunctions) {
      write_conjunctions(word, bits_ % 64, count);
    } else {
      write_questions(kind, word, count);
    }
    bits_ += count;
  }

  void begin(Run::Kind kind, std::size_t word, std::int64_t bit, std::int64_t count, std::size_t first) {
    program_.runs.push_back({kind, static_cast<std::uint8_t>(word), static_cast<std::uint8_t>(bit),
                             static_cast<std::uint16_t>(count), static_cast<std::uint32_t>(first)});
  }

  void write_questions(Run::Kind kind, std::size_t word, std::int64_t count) {
    begin(kind, word, bits_ % 64, count,
          kind == Run::between   ? program_.between.size()
          : kind == Run::members ? program_.members.size()
                                 : program_.states.size());
    for (std::int64_t i = 0; i < count; ++i) {
      if (kind == Run::members) {
        program_.members.push_back({random_(), kFew});
      } else if (kind == Run::states) {
        program_.states.push_back({static_cast<std::uint32_t>(pick(0, 99)), pick(0, 1) == 1});
      } else {
        if (pick(0, 4) == 0) {  // one value, and what lies below 0 or another bound
          const bool is_value = pick(0, 2) == 0;
          const auto least = static_cast<std::uint64_t>(is_value ? pick(-1000, 50'000) : INT64_MIN);
          const auto most = static_cast<std::uint64_t>(pick(0, 1) == 0 ? -1 : pick(-1000, 50'000));
          program_.between.push_back(
              {least, is_value ? 0 : most - least, any(), pick(0, 1) == 0 ? any() : Register{kFacts}});
          continue;
        }
        const bool is_half_open = pick(0, 3) == 0;
        const auto least = static_cast<std::uint64_t>(pick(0, 1) == 0 ? 0 : pick(-1000, 50'000));
        const auto span = is_half_open      ? static_cast<std::uint64_t>(INT64_MAX) - least
                          : pick(0, 9) == 0 ? ~std::uint64_t{0}
                                            : static_cast<std::uint64_t>(pick(0, 50'000) * pick(0, 200'000));
        program_.between.push_back({least, span, any(), pick(0, 2) == 0 ? any() : Register{kFacts}});
      }
    }
  }

  void write_conjunctions(std::size_t word, std::int64_t bit, std::int64_t count) {
    begin(Run::conjunctions, word, bit, count, program_.conjunctions.size() / (2 * program_.read_words));
    for (std::int64_t i = 0; i < count; ++i) {
      std::vector<std::uint64_t> mask(program_.read_words), wanted(program_.read_words);
      for (auto literals = pick(0, 5); literals > 0; --literals) {
        const Register literal = this->bit();
        mask[literal / 64] |= std::uint64_t{1} << (literal % 64);
        if (pick(0, 1) == 1) wanted[literal / 64] |= std::uint64_t{1} << (literal % 64);
      }
      if (pick(0, 20) == 0) wanted[0] |= 1, mask[0] &= ~std::uint64_t{1};  // never
      program_.conjunctions.insert(program_.conjunctions.end(), mask.begin(), mask.end());
      program_.conjunctions.insert(program_.conjunctions.end(), wanted.begin(), wanted.end());
    }
  }

  std::mt19937_64 random_;
  RowProgram program_;
  std::vector<std::int64_t> stairs_;
  std::int64_t bits_ = 0;
};

// One block of a row, with constants in place.
std::vector<std::uint64_t> block_for(const RowProgram& program, const RowPlaces& places) {
  std::vector<std::uint64_t> block(places.absent + 2, 0);
  for (std::size_t i = 0; i < program.constants.size(); ++i)
    block[places.registers + program.constants_at + i] = static_cast<std::uint64_t>(program.constants[i]);
  return block;
}

// What the steps answer; the facts are loaded here.
std::uint64_t answer_by_steps(const RowProgram& program, const Writer::Stored& row, const RowPlaces& places,
                              std::vector<std::uint64_t>& block) {
  std::uint64_t* const known = block.data() + places.known;
  std::uint64_t* const absent = block.data() + places.absent;
  auto* const registers = reinterpret_cast<std::int64_t*>(block.data() + places.registers);
  for (Register r = 0; r < kFacts; ++r) {
    const std::int8_t state = r < kNatural ? std::int8_t{3} : row.states[r];  // days are always known
    if (state == 3) known[r / 64] |= std::uint64_t{1} << (r % 64);
    if (state == 2) absent[r / 64] |= std::uint64_t{1} << (r % 64);
    if (r < kTexts) registers[r] = state == 3 ? row.values[r] : 0;
  }
  block[RowAnswer::day] = static_cast<std::uint64_t>(row.values[kDay]);
  return run(program, registers, known, absent, block.data());
}

RowSource source_of(const RowProgram& program, const Calendar& calendar, const RowPlaces& places) {
  RowSource source;
  source.places = places;
  source.calendar = &calendar;
  source.dates = {kDay};
  source.versions = {&program};
  source.row.always_known = {0b111, 0};
  const auto state = [](Register r) { return offsetof(Writer::Stored, states) + r; };
  for (Register r = 0; r < kTexts; ++r) {
    StoredFact fact;
    fact.offset = offsetof(Writer::Stored, values) + 8 * r;
    if (r >= kNatural) fact.state_offset = state(r);
    fact.field = r;
    fact.least = r >= kNatural && r < kSigned ? 0 : -1'000'000;
    fact.most = 5'000'000;
    source.row.facts.push_back(fact);
  }
  for (Register r = kTexts; r < kFacts; ++r) source.row.texts.push_back({state(r), r, 0});
  source.row.load_others = [](const void* /*context*/, const void* /*row*/, void* /*workspace*/) { return true; };
  return source;
}

}  // namespace

TEST_CASE("machine code does what the steps do") {
  std::size_t translated = 0, settled = 0, referred = 0, failing = 0;
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    Writer writer(seed);
    const RowProgram program = writer.program();
    const std::size_t words = answer_words(program);
    const RowPlaces places{0, words, words + program.registers, words + program.registers + 2};
    // Nothing governs before the first bound, the version after it, and after the third that is open.
    const Calendar calendar{{20'000, 28'000, 36'000}, {none, 0, 0, unsettled}, {0, 0, 0, 0}};
    const auto native = NativeRow::translate(source_of(program, calendar, places));
    REQUIRE((native != nullptr) == NativeRow::exists());
    if (native == nullptr) continue;
    ++translated;
    for (int row = 0; row < 8; ++row) {
      const Writer::Stored stored = writer.stored();
      std::vector<std::uint64_t> by_steps = block_for(program, places);
      std::vector<std::uint64_t> by_code = by_steps;
      CAPTURE(seed);
      const std::uint64_t flags = native->decide(&stored, by_code.data(), nullptr);
      const std::size_t period = calendar.period(stored.values[kDay]);
      if (period == 0) {
        REQUIRE(flags == (RowAnswer::not_in_force | RowAnswer::settled));
        REQUIRE(by_code[RowAnswer::day] == static_cast<std::uint64_t>(stored.values[kDay]));
        continue;
      }
      const std::uint64_t expected = answer_by_steps(program, stored, places, by_steps);
      const bool is_left = period == 3 || (expected & (RowAnswer::open | RowAnswer::referred)) == RowAnswer::open;
      REQUIRE(flags == (is_left ? 0 : expected | RowAnswer::settled));
      if (is_left) continue;
      // Of the registers all but those of facts, which code leaves alone where nothing reads them.
      const auto same = [&](std::size_t from, std::size_t count) {
        const auto begin = by_code.begin() + static_cast<std::ptrdiff_t>(from);
        return std::equal(begin, begin + static_cast<std::ptrdiff_t>(count),
                          by_steps.begin() + static_cast<std::ptrdiff_t>(from));
      };
      REQUIRE(same(0, words));
      REQUIRE(same(words + kFacts, program.registers - kFacts));
      ++settled;
      referred += (flags & RowAnswer::referred) != 0 ? 1U : 0U;
      failing += (flags & RowAnswer::fails) != 0 ? 1U : 0U;
    }
  }
  CHECK((translated > 0) == NativeRow::exists());
  if (translated == 0) return;
  CHECK(settled > 2'000);
  CHECK(referred > 500);
  CHECK(failing > 500);
}

namespace {

// Four texts, of which every other may be unknown. The answer has their numbers as parts.
struct TextRow {
  struct Text {
    const char* data = nullptr;
    std::size_t size = 0;
  };
  std::array<Text, 4> texts;
  std::array<std::int8_t, 4> states{};
  std::int64_t day = 20'000;
};

class Texts {
 public:
  Texts() {
    program_.first_truths.resize(1);
    program_.constants_at = 5;
    program_.constants = {0};
    program_.registers = 6;
    program_.parts = {1, 2, 3, 4};
    RowSource source = source_of(program_, calendar_, places_);
    source.row = {};
    source.row.always_known = {0b01011};
    StoredFact day;
    day.offset = offsetof(TextRow, day);
    day.most = 50'000;
    source.row.facts = {day};
    for (std::uint32_t i = 0; i < 4; ++i) {
      const std::size_t state = i % 2 == 0 ? kAlwaysKnown : offsetof(TextRow, states) + i;
      source.row.texts.push_back({state, i + 1, offsetof(TextRow, texts) + i * sizeof(TextRow::Text)});
    }
    source.row.named = &named_;
    source.row.longest_text = 40;
    source.row.is_text = [](const char* data, std::size_t size) {
      return std::string_view(data, size).find('\xff') == std::string_view::npos;
    };
    native_ = NativeRow::translate(source);
  }

  [[nodiscard]] const std::vector<std::string>& named() const { return named_; }
  [[nodiscard]] const NativeRow* native() const { return native_.get(); }

  // None: the row is left.
  std::optional<std::array<std::uint64_t, 4>> numbers(const TextRow& row) {
    std::vector<std::uint64_t> block(places_.absent + 1, 0);
    if (native_->decide(&row, block.data(), nullptr) == 0) return std::nullopt;
    std::array<std::uint64_t, 4> out{};
    std::copy_n(block.begin() + RowAnswer::sets, 4, out.begin());
    return out;
  }

  std::optional<std::array<std::uint64_t, 4>> expected(const TextRow& row) const {
    std::array<std::uint64_t, 4> out{};
    for (std::size_t i = 0; i < 4; ++i) {
      if (!is_known(row, i)) continue;
      const std::string_view text = said(row, i);
      const auto name = std::find(named_.begin(), named_.end(), text);
      std::size_t first = 0;
      while (!is_known(row, first) || said(row, first) != text) ++first;
      out[i] = name != named_.end() ? static_cast<std::uint64_t>(name - named_.begin()) : named_.size() + first;
      if (name == named_.end() && (text.size() > 40 || text.find('\xff') != std::string_view::npos))
        return std::nullopt;
    }
    return out;
  }

 private:
  static bool is_known(const TextRow& row, std::size_t i) { return i % 2 == 0 || row.states[i] == 3; }
  static std::string_view said(const TextRow& row, std::size_t i) {
    return row.texts[i].size == 0 ? std::string_view() : std::string_view(row.texts[i].data, row.texts[i].size);
  }

  RowProgram program_;
  const Calendar calendar_{{}, {0}, {0}};
  const RowPlaces places_{0, RowAnswer::sets + 4, RowAnswer::sets + 10, RowAnswer::sets + 11};
  const std::vector<std::string> named_{"", "甲", "a name longer than a word"};
  std::unique_ptr<const NativeRow> native_;
};

}  // namespace

TEST_CASE("machine code numbers texts by what they say") {
  Texts texts;
  if (texts.native() == nullptr) return;
  std::mt19937_64 random(7);
  const auto pick = [&](std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random); };
  std::size_t left = 0, alike = 0;
  for (int round = 0; round < 50'000; ++round) {
    // Each in memory of its own of just its size, so that a tool that watches memory sees what is read beyond.
    std::vector<std::vector<char>> kept;
    TextRow row;
    for (std::size_t i = 0; i < 4; ++i) {
      std::string text(pick(20) == 0 ? 38 + pick(5) : pick(27), 'x');
      if (pick(4) == 0) text = texts.named()[pick(3)];
      if (!text.empty() && pick(3) == 0) text[pick(text.size())] = std::array{'y', '\x7f', '\xc3', '\xff'}[pick(4)];
      if (i > 0 && pick(2) == 0) {
        const std::vector<char>& earlier = kept[pick(i)];
        text.assign(earlier.begin(), earlier.end());
      }
      kept.emplace_back(text.begin(), text.end());
      row.states[i] = static_cast<std::int8_t>(pick(4));
    }
    for (std::size_t i = 0; i < 4; ++i) row.texts[i] = {kept[i].empty() ? nullptr : kept[i].data(), kept[i].size()};
    if (pick(3) == 0) row.texts[3] = row.texts[2];
    const auto expected = texts.expected(row);
    REQUIRE(texts.numbers(row) == expected);
    left += expected ? 0U : 1U;
    alike += expected && (*expected)[0] == (*expected)[2] ? 1U : 0U;
  }
  CHECK(left > 1'000);
  CHECK(alike > 1'000);
}
