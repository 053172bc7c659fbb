// See columns.hpp.
#include "kernel/columns.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>

#include "values/int128.hpp"

namespace guiju::kernel {

namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kLine = 64;   // of the caches
constexpr std::size_t kShort = 24;  // of a dictionary

std::int64_t value_at(const void* values, Width width, std::size_t row) {
  switch (width) {
    case w8:
      return static_cast<const std::int8_t*>(values)[row];
    case w16:
      return static_cast<const std::int16_t*>(values)[row];
    case w32:
      return static_cast<const std::int32_t*>(values)[row];
    default:
      return static_cast<const std::int64_t*>(values)[row];
  }
}

void put(void* lane, Width width, std::size_t row, std::int64_t value) {
  switch (width) {
    case w8:
      static_cast<std::int8_t*>(lane)[row] = static_cast<std::int8_t>(value);
      break;
    case w16:
      static_cast<std::int16_t*>(lane)[row] = static_cast<std::int16_t>(value);
      break;
    case w32:
      static_cast<std::int32_t*>(lane)[row] = static_cast<std::int32_t>(value);
      break;
    default:
      static_cast<std::int64_t*>(lane)[row] = value;
  }
}

template <typename F>
void with_width(Width width, F&& f) {
  switch (width) {
    case w8:
      return f(std::int8_t{});
    case w16:
      return f(std::int16_t{});
    case w32:
      return f(std::int32_t{});
    default:
      return f(std::int64_t{});
  }
}

const void* block_of(const void* values, Width width, std::size_t first) {
  return static_cast<const std::byte*>(values) + first * bytes_of(width);
}

// A whole block of numbers of a dictionary, all within it.
void look_up(const std::vector<std::int64_t>& dictionary, const void* numbers, Width width, void* out,
             Width out_width) {
  with_width(width, [&]<typename From>(From) {
    with_width(out_width, [&]<typename To>(To) {
      const auto* const from = static_cast<const From*>(numbers);
      auto* const to = static_cast<To*>(out);
      const std::int64_t* const values = dictionary.data();
      for (std::size_t i = 0; i < kBlock; ++i) to[i] = static_cast<To>(values[from[i]]);
    });
  });
}

Range range_of(Width width) {
  const std::int64_t most = kMost >> (64 - 8 * bytes_of(width));
  return {-most - 1, most};
}

bool within(const Range& inner, const Range& outer) {
  return inner.least >= outer.least && inner.most <= outer.most;
}
bool holds(const Range& range, std::int64_t value) {
  return range.least <= value && value <= range.most;
}

// What may stand in a column that is not divided.
Range stored(const Column& column) {
  if (column.is_dictionary) return {0, static_cast<std::int64_t>(column.dictionary.size()) - 1};
  const Range& of = column.allowed;
  return {of.least > 0 ? (of.least - 1) / column.factor + 1 : of.least / column.factor,
          of.most < 0 ? (of.most + 1) / column.factor - 1 : of.most / column.factor};
}

// The value in the scale of the field; none where it is not allowed there.
std::optional<std::int64_t> scaled(const Column& column, std::int64_t value) {
  if (column.is_dictionary) {
    if (value < 0 || static_cast<std::size_t>(value) >= column.dictionary.size()) return std::nullopt;
    return column.dictionary[static_cast<std::size_t>(value)];
  }
  const i128 product = i128{value} * column.factor;
  if (product % column.divisor != 0) return std::nullopt;
  const i128 c = product / column.divisor;
  if (c < column.allowed.least || c > column.allowed.most) return std::nullopt;
  return static_cast<std::int64_t>(c);
}

// What is stored is what the lane holds: the value, a part of it, or a number of a dictionary that is short.
bool is_short(const Column& column) {
  return column.is_dictionary && column.dictionary.size() <= kShort;
}
bool stands_as_stored(const Column& column) {
  return is_short(column) || (!column.is_dictionary && column.divisor == 1);
}

// What the lane of a field can hold.
Range range_of_field(const Program& program, const Column& column) {
  if (column.is_list) return {0, 0};
  if (is_short(column)) {  // where nothing is known, the number after the last
    const bool always = !column.may_be_unknown && !column.may_be_absent;
    return {0, std::max<std::int64_t>(static_cast<std::int64_t>(column.dictionary.size()) - (always ? 1 : 0), 0)};
  }
  if (column.is_dictionary) {
    Range numbers;
    for (const std::int64_t number : column.dictionary) numbers.most = std::max(numbers.most, number);
    return numbers;
  }
  Range range = column.allowed;
  for (const Kernel& kernel : program.versions) {
    if (column.field >= kernel.fields || kernel.code.empty()) continue;
    range = {std::min(range.least, kernel.ranges[column.field].least),
             std::max(range.most, kernel.ranges[column.field].most)};
  }
  if (column.divisor != 1) return range;
  range = {range.least / column.factor, range.most / column.factor};
  const Range possible = both(range, range_of(column.width));
  return possible.least > possible.most || !holds(possible, 0) ? range : possible;
}

// What the numbers of a short dictionary stand for; where nothing is known, for 0.
std::vector<std::int64_t> meanings_of(const Column& column) {
  if (!is_short(column)) return {};
  std::vector<std::int64_t> out = column.dictionary;
  out.push_back(0);
  return out;
}

// Where nothing is known.
std::int64_t unknown_in(const Column& column, const Range& range) {
  if (is_short(column)) return range.most;
  return holds(range, 0) ? 0 : range.least;
}

// The programme in one graph, with what is asked of it.
class Answering {
 public:
  Answering(const Program& program, std::vector<Given> given) : program_(program), graph_(std::move(given)) {
    version_ = governing();
    for (const Kernel& kernel : program.versions) words_ = std::max(words_, kernel.failed.size());
    const std::vector<std::size_t> versions = governing_versions();
    std::vector<std::vector<Node>> failed(words_);  // by word and version
    for (const std::size_t version : versions) {
      const std::vector<Node> words = failed_of(version);
      for (std::size_t w = 0; w < words_; ++w) failed[w].push_back(words[w]);
    }
    for (const auto& word : failed) failed_.push_back(of_versions(word));
    std::vector<Node> opens, referrals, amounts;
    for (std::size_t v = 0; v < versions.size(); ++v) {
      const Kernel& kernel = program.versions[versions[v]];
      if (kernel.code.empty()) {
        opens.push_back(graph_.constant(1));
        referrals.push_back(graph_.constant(0));
        amounts.push_back(graph_.constant(0));
        continue;
      }
      // Whether anything fails is asked once for all versions.
      Graph::Assumed assumed{dates_of(program, versions[v], graph_.given()), {}};
      for (std::size_t w = 0; w < words_; ++w) {
        if (failed[w][v] != failed_[w]) assumed.same.emplace(failed[w][v], failed_[w]);
      }
      const std::vector<Node> registers = graph_.run(kernel, std::move(assumed));
      const auto read = [&](Register r) { return r == kNoRegister ? graph_.constant(0) : registers[r]; };
      const Node speaks = graph_.demanded(kernel);
      referrals.push_back(graph_.all(speaks, read(kernel.referred)));
      opens.push_back(graph_.all(graph_.any(graph_.no(speaks), read(kernel.open)), graph_.no(referrals.back())));
      amounts.push_back(read(kernel.amount));
    }
    answer(opens, referrals, amounts);
  }

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] Node outcome() const { return outcome_; }
  [[nodiscard]] Node version() const { return version_; }
  [[nodiscard]] Node amount() const { return amount_; }
  [[nodiscard]] const std::vector<Node>& failed() const { return failed_; }

 private:
  Node is(Node n, std::int64_t k) { return graph_.plain(Operation::EQ, kTruth, n, graph_.constant(k)); }

  std::vector<Node> failed_of(std::size_t version) {
    const Kernel& kernel = program_.versions[version];
    std::vector<Node> words(words_, graph_.constant(0));
    if (kernel.code.empty()) return words;
    const std::vector<Node> registers = graph_.run(kernel, {dates_of(program_, version, graph_.given()), {}});
    for (std::size_t w = 0; w < kernel.failed.size(); ++w) {
      if (kernel.failed[w] != kNoRegister) words[w] = registers[kernel.failed[w]];
    }
    return words;
  }

  // By the first date; unsettled where another date lies in another version.
  Node governing() {
    if (program_.dates.empty()) return graph_.constant(unsettled);
    const Staircase calendar{{program_.calendar.bounds.begin(), program_.calendar.bounds.end()},
                             {program_.calendar.version.begin(), program_.calendar.version.end()}};
    std::vector<Node> versions;
    for (const std::uint32_t date : program_.dates) versions.push_back(graph_.steps(graph_.field(date), calendar));
    Node governing = versions.front();
    for (std::size_t i = 1; i < versions.size(); ++i) {
      const Node same = graph_.plain(Operation::EQ, kTruth, versions[i], versions.front());
      governing = graph_.select(same, governing, graph_.constant(unsettled));
    }
    for (const Node v : versions) governing = graph_.select(is(v, unsettled), graph_.constant(unsettled), governing);
    for (const std::uint32_t date : program_.dates)
      governing = graph_.select(graph_.known(date), governing, graph_.constant(unsettled));
    return governing;
  }

  // By version itself; in place of one that governs on no day another, so that nothing is worked out for it.
  [[nodiscard]] std::vector<std::size_t> governing_versions() const {
    const auto& governing = program_.calendar.version;
    std::size_t other = 0;
    for (const std::int32_t v : governing) other = v >= 0 ? static_cast<std::size_t>(v) : other;
    std::vector<std::size_t> out(program_.versions.size());
    for (std::size_t v = out.size(); v-- > 0;) {
      if (std::find(governing.begin(), governing.end(), static_cast<std::int32_t>(v)) != governing.end()) other = v;
      out[v] = other;
    }
    return out;
  }

  Node of_versions(const std::vector<Node>& by_version) {
    return by_version.empty() ? graph_.constant(0) : graph_.merge(version_, by_version);
  }

  void answer(const std::vector<Node>& opens, const std::vector<Node>& referrals, const std::vector<Node>& amounts) {
    const Node governs = graph_.no(graph_.plain(Operation::LT, kTruth, version_, graph_.constant(0)));
    const Node is_open = graph_.any(is(version_, unsettled), graph_.all(governs, of_versions(opens)));
    Node fails = graph_.constant(0);
    for (const Node word : failed_) fails = graph_.any(fails, graph_.no(is(word, 0)));
    const auto constant = [&](std::int64_t k) { return graph_.constant(k); };
    const Node judged = graph_.select(fails, constant(ineligible), constant(eligible));
    const Node is_referred = of_versions(referrals);
    const Node answered = graph_.select(is_referred, constant(referred), judged);
    const Node settled = graph_.select(governs, answered, constant(not_in_force));
    outcome_ = graph_.select(is_open, constant(open), settled);
    const Node clear = graph_.all(graph_.all(governs, graph_.no(is_open)), graph_.no(is_referred));
    amount_ = graph_.where(graph_.all(clear, graph_.no(fails)), of_versions(amounts));
    for (Node& word : failed_) word = graph_.where(clear, word);
  }

  const Program& program_;
  Graph graph_;
  std::size_t words_ = 0;
  Node version_ = 0, outcome_ = 0, amount_ = 0;
  std::vector<Node> failed_;
};

}  // namespace

Columns::Columns(const Program& program, std::uint32_t fields, std::vector<Column> columns, const Asked& asked,
                 const Loops& loops, bool wants_machine_code)
    : loops_(loops), bad_(kBlock), open_(kBlock) {
  for (Column& column : columns) {
    Source source;
    source.column = std::move(column);
    sources_.push_back(std::move(source));
  }
  compile(program, fields, asked);
  find_slots();
  if (wants_machine_code) write_machine_code();
  prepare_memory();
  bind_steps();
}

void Columns::compile(const Program& program, std::uint32_t fields, const Asked& asked) {
  std::vector<Given> given(fields);
  for (Source& source : sources_) {
    const Column& column = source.column;
    const Range range = range_of_field(program, column);
    Given& facts = given[column.field];
    facts = {range, true, column.may_be_unknown, column.may_be_absent, column.is_list, 1, meanings_of(column)};
    if (stands_as_stored(column) && !column.is_dictionary) facts.factor = column.factor;
    source.width = width_of(range);
    source.unknown = unknown_in(column, range);
    source.allowed = stored(column);
    source.is_even = source.allowed.least <= source.allowed.most && (stands_as_stored(column) || column.is_dictionary);
    source.filler = holds(source.allowed, source.unknown) ? source.unknown : source.allowed.least;
  }
  const Answering answering(program, std::move(given));
  std::vector<WantedAnswer> wanted;
  const auto want = [&](Node node, Width width) {
    fits_ = fits_ && width_of(answering.graph()[node].range) <= width;
    wanted.push_back({node, width});
  };
  // Of sets the sign is one more bit.
  const auto want_set = [&](Node node, Width width) {
    const Range& range = answering.graph()[node].range;
    fits_ = fits_ && (width == w64 || range.most <= 2 * range_of(width).most + 1);
    wanted.push_back({node, width});
  };
  want(answering.outcome(), w8);
  asks_version_ = asked.version.has_value();
  asks_amount_ = asked.amount.has_value();
  asks_failed_ = asked.failed.has_value();
  if (asked.version) want(answering.version(), *asked.version);
  if (asked.amount) want(answering.amount(), *asked.amount);
  if (asked.failed) {
    for (const Node word : answering.failed()) want_set(word, *asked.failed);
  }
  words_ = answering.failed().size();
  program_ = kernel::compile(answering.graph(), wanted);
  for (const WantedAnswer& answer : wanted) answers_.push_back({bytes_of(answer.width), nullptr});
}

std::byte* Columns::take(std::size_t bytes) {
  std::byte* const at = memory_.data() + taken_;
  taken_ += bytes;
  return at;
}

// All that is needed later, in one piece: the lanes of the program, those of the columns, and the ends of the answers.
void Columns::prepare_memory() {
  std::size_t bytes = program_.memory + kAlignment + kBlock * bytes_of(w64);
  for (const Source& source : sources_)
    bytes += kBlock * (2 * bytes_of(source.width) + bytes_of(source.column.width) + 2);
  for (const Answered& answer : answers_) bytes += kBlock * answer.width;
  std::size_t scratch = 0;
  for (const auto* const strips : {strips_.get(), from_columns_.get()})
    scratch = std::max(scratch, strips == nullptr ? 0 : strips->scratch());
  bytes += scratch;
  memory_.resize(bytes);
  const auto address = reinterpret_cast<std::uintptr_t>(memory_.data());
  taken_ = (kAlignment - address % kAlignment) % kAlignment;
  scratch_ = take(scratch);
  std::byte* const lanes = take(program_.memory);
  spare_lane_ = take(kBlock * bytes_of(w64));
  for (Source& source : sources_) {
    source.value_lane = take(kBlock * bytes_of(source.width));
    source.unknown_lane = take(kBlock * bytes_of(source.width));
    source.filler_lane = take(kBlock * bytes_of(source.column.width));
    source.known_lane = reinterpret_cast<std::int8_t*>(take(kBlock));
    source.absent_lane = reinterpret_cast<std::int8_t*>(take(kBlock));
    for (std::size_t i = 0; i < kBlock; ++i) {
      put(source.unknown_lane, source.width, i, source.unknown);
      put(source.filler_lane, source.column.width, i, source.filler);
    }
  }
  for (Answered& answer : answers_) answer.lane = take(kBlock * answer.width);
  ahead_.resize(3 * sources_.size() + answers_.size());

  lanes_.resize(program_.places.size() + 3 * sources_.size());
  for (LaneProgram::Slot slot = 0; slot < program_.places.size(); ++slot) {
    const LaneProgram::Place& place = program_.places[slot];
    const bool is_constant = place.kind == LaneProgram::Place::constant;
    if (!is_constant && place.kind != LaneProgram::Place::memory) continue;
    lanes_[slot] = lanes + place.offset;
    for (std::size_t i = 0; is_constant && i < kBlock; ++i) put(lanes_[slot], place.width, i, place.value);
  }
}

// What is read and written outside of the program.
void Columns::find_slots() {
  const auto source_of = [&](std::uint32_t field) {
    return std::find_if(sources_.begin(), sources_.end(), [&](const Source& s) { return s.column.field == field; });
  };
  answer_slots_.resize(answers_.size());
  for (LaneProgram::Slot slot = 0; slot < program_.places.size(); ++slot) {
    const LaneProgram::Place& place = program_.places[slot];
    switch (place.kind) {
      case LaneProgram::Place::memory:
      case LaneProgram::Place::constant:
        break;
      case LaneProgram::Place::field:
        source_of(place.index)->values = slot;
        break;
      case LaneProgram::Place::known:
        source_of(place.index)->known = slot;
        break;
      case LaneProgram::Place::absent:
        source_of(place.index)->absent = slot;
        break;
      case LaneProgram::Place::answer:
        answer_slots_[place.index] = slot;
        break;
    }
  }
}

void Columns::write_machine_code() {
  strips_ = Strips::translate(program_);
  const auto is_as_in_lanes = [](const Source& source) {
    return source.column.is_list || (source.is_even && stands_as_stored(source.column));
  };
  if (!std::all_of(sources_.begin(), sources_.end(), is_as_in_lanes)) return;
  from_columns_ = Strips::translate(program_, columns_of_strips());
}

std::vector<StripColumn> Columns::columns_of_strips() const {
  std::vector<StripColumn> out;
  for (const Source& source : sources_) {
    const Column& column = source.column;
    StripColumn of;
    of.values = source.values;
    of.known = source.known;
    of.absent = source.absent;
    of.stored = column.width;
    of.allowed = source.allowed;
    of.unknown = source.unknown;
    of.may_be_unknown = column.may_be_unknown;
    of.may_be_absent = column.may_be_absent;
    of.has_values = !column.is_list;
    out.push_back(of);
  }
  return out;
}

void Columns::bind_steps() {
  std::vector<bool> has_code(program_.steps.size(), false);
  if (strips_ != nullptr) {
    for (const Strips::Run& run : strips_->runs()) {
      for (std::size_t i = run.first; run.code != nullptr && i < run.last; ++i) has_code[i] = true;
    }
  }
  for (std::uint32_t i = 0; i < program_.steps.size(); ++i) {
    const LaneProgram::Step& step = program_.steps[i];
    steps_.push_back(loop_of(loops_, step.task));
    bound_.push_back({lanes_[step.out], lanes_[step.a], lanes_[step.b], lanes_[step.c], step.k, step.p});
    if (has_code[i]) continue;
    for (const auto& [slot, operand] :
         {std::pair{step.out, 'o'}, std::pair{step.a, 'a'}, std::pair{step.b, 'b'}, std::pair{step.c, 'c'}}) {
      const auto kind = program_.places[slot].kind;
      if (kind != LaneProgram::Place::memory && kind != LaneProgram::Place::constant)
        uses_.push_back({slot, i, operand});
    }
  }
}

// ---- facts
// --------------------------------------------------------------------------------------------------------------------

void Columns::load_states(Source& source, const ColumnRows& rows, std::size_t first, std::size_t n) {
  if (source.column.may_be_absent && rows.absent != nullptr) {
    loops_.unpack(rows.absent + first / 64, n, source.absent_lane);
  } else {
    std::fill_n(source.absent_lane, n, std::int8_t{0});
  }
  if (source.column.may_be_unknown && rows.known != nullptr) {
    loops_.unpack(rows.known + first / 64, n, source.known_lane);
    // Known and absent at once is neither.
    for (std::size_t i = 0; i < n; ++i) {
      const auto is_known = static_cast<std::int8_t>(source.known_lane[i] & ~source.absent_lane[i]);
      source.absent_lane[i] = static_cast<std::int8_t>(source.absent_lane[i] & ~source.known_lane[i]);
      source.known_lane[i] = is_known;
    }
  } else {
    Lanes lanes;
    lanes.out = source.known_lane;
    lanes.a = source.absent_lane;
    loops_.plain[static_cast<std::size_t>(Operation::NOT)][w8](lanes);
  }
  std::fill(source.known_lane + n, source.known_lane + kBlock, std::int8_t{0});
  std::fill(source.absent_lane + n, source.absent_lane + kBlock, std::int8_t{0});
  if (source.known) lanes_[*source.known] = source.known_lane;
  if (source.absent) lanes_[*source.absent] = source.absent_lane;
}

const void* Columns::where_known(const Source& source, Width width, const void* values, const std::byte* others,
                                 std::byte* out) const {
  Lanes lanes;
  lanes.out = out;
  lanes.a = source.known_lane;
  lanes.b = values;
  lanes.c = others;
  loops_.plain[static_cast<std::size_t>(Operation::SEL)][width](lanes);
  return out;
}

// In one go.
bool Columns::admit(Source& source, const void* values) {
  Range extent;
  loops_.admit[source.column.width][source.width](
      {values, source.known_lane, source.filler, source.unknown, source.value_lane}, extent);
  if (!within(extent, source.allowed)) return false;
  lanes_[*source.values] = source.value_lane;
  return true;
}

// Where every value of the block is allowed; else false. What stands where nothing is known may be anything.
bool Columns::load_fast(Source& source, bool masked, const void* values, std::size_t n) {
  const Column& column = source.column;
  if (n != kBlock || !source.is_even) return false;
  if (masked && stands_as_stored(column) && source.values) return admit(source, values);
  if (masked) values = where_known(source, column.width, values, source.filler_lane, spare_lane_);
  Range extent;
  loops_.extent[column.width](values, n, extent);
  if (!within(extent, source.allowed)) return false;
  if (!source.values) return true;
  if (!stands_as_stored(column)) {
    look_up(column.dictionary, values, column.width, source.value_lane, source.width);
    values = source.value_lane;
  } else if (column.width != source.width) {
    Lanes converted;
    converted.out = source.value_lane;
    converted.a = values;
    loops_.convert[column.width][source.width](converted);
    values = source.value_lane;
  }
  if (masked) values = where_known(source, source.width, values, source.unknown_lane, spare_lane_);
  if (values == spare_lane_) {  // which all columns share
    std::memcpy(source.value_lane, spare_lane_, kBlock * bytes_of(source.width));
    values = source.value_lane;
  }
  lanes_[*source.values] = const_cast<void*>(values);
  return true;
}

void Columns::load_slowly(Source& source, const void* values, std::size_t n) {
  const Column& column = source.column;
  const bool has_states = column.may_be_unknown || column.may_be_absent;
  for (std::size_t i = 0; i < n; ++i) {
    if (has_states && source.known_lane[i] == 0) {
      put(source.value_lane, source.width, i, source.unknown);
      continue;
    }
    const std::int64_t stored = value_at(values, column.width, i);
    const auto value = scaled(column, stored);
    if (!value) {
      bad_[i] = 1;
      has_bad_ = true;
    }
    put(source.value_lane, source.width, i, !value ? source.unknown : stands_as_stored(column) ? stored : *value);
  }
  for (std::size_t i = n; i < kBlock; ++i) put(source.value_lane, source.width, i, source.unknown);
  if (source.values) lanes_[*source.values] = source.value_lane;
}

void Columns::load(Source& source, const ColumnRows& rows, std::size_t first, std::size_t n) {
  const Column& column = source.column;
  if (column.may_be_unknown || column.may_be_absent) load_states(source, rows, first, n);
  if (column.is_list) return;
  const bool masked =
      (column.may_be_unknown && rows.known != nullptr) || (column.may_be_absent && rows.absent != nullptr);
  if (masked) {
    Range some;
    loops_.extent[w8](source.known_lane, n, some);
    if (some.most == 0) {
      if (source.values) lanes_[*source.values] = source.unknown_lane;
      return;
    }
  }
  const void* const values = block_of(rows.values, column.width, first);
  if (!load_fast(source, masked, values, n)) load_slowly(source, values, n);
}

// ---- deciding
// -----------------------------------------------------------------------------------------------------------------

// Rows that there may not be: nothing is read, only fetched.
void Columns::look_ahead(const ColumnRows* rows, std::size_t next, const AnswerRows& out) {
  auto region = ahead_.begin();
  const auto add = [&](const void* column, std::size_t bits, bool is_written) {
    if (column == nullptr) return;
    *region++ = {reinterpret_cast<std::uintptr_t>(column) + next / 8 * bits, kBlock / 8 * bits, is_written};
  };
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    add(rows[i].values, 8 * bytes_of(sources_[i].column.width), false);
    add(rows[i].known, 1, false);
    add(rows[i].absent, 1, false);
  }
  each_answer(out, [&](void* to, std::size_t number) { add(to, 8 * answers_[number].width, true); });
  regions_ = static_cast<std::size_t>(region - ahead_.begin());
  region_ = offset_ = lines_ahead_ = 0;
  for (std::size_t i = 0; i < regions_; ++i) lines_ahead_ += ahead_[i].bytes / kLine;
}

void Columns::fetch(std::size_t lines) {
  while (lines > 0 && region_ < regions_) {
    const Ahead& region = ahead_[region_];
    const std::size_t left = (region.bytes - offset_) / kLine;
    const std::size_t count = std::min(lines, left);
    const auto* const line = reinterpret_cast<const std::byte*>(region.at + offset_);
    for (std::size_t i = 0; i < count; ++i) {
      if (region.is_written) {
        __builtin_prefetch(line + i * kLine, 1, 3);
      } else {
        __builtin_prefetch(line + i * kLine, 0, 3);
      }
    }
    lines -= count;
    offset_ += count * kLine;
    if (count < left) return;
    offset_ = 0;
    ++region_;
  }
}

void Columns::run() {
  for (const Use& use : uses_) {
    Lanes& lanes = bound_[use.step];
    void* const lane = lanes_[use.slot];
    switch (use.operand) {
      case 'a':
        lanes.a = lane;
        break;
      case 'b':
        lanes.b = lane;
        break;
      case 'c':
        lanes.c = lane;
        break;
      default:
        lanes.out = lane;
    }
  }
  if (strips_ == nullptr) return run_loops(0, steps_.size());
  constexpr std::size_t kStrips = kBlock / kStrip;
  for (const Strips::Run& run : strips_->runs()) {
    if (run.code == nullptr) {
      run_loops(run.first, run.last);
      continue;
    }
    const std::size_t lines = lines_ahead_ * (run.last - run.first) / steps_.size();
    for (std::size_t row = 0; row < kBlock; row += kStrip) {
      run.code(lanes_.data(), row, scratch_);
      fetch(lines / kStrips + 1);
    }
  }
}

void Columns::run_loops(std::size_t first, std::size_t last) {
  const std::size_t lines = lines_ahead_ / steps_.size() + 1;
  for (std::size_t i = first; i < last; ++i) {
    steps_[i](bound_[i]);
    fetch(lines);
  }
}

// False where a value is not allowed, or none are there: then nothing is decided.
bool Columns::run_from_columns(const ColumnRows* rows, std::size_t first) {
  static constexpr std::array<std::uint64_t, kBlock / 64> kNone{};
  static constexpr std::array<std::uint64_t, kBlock / 64> kAll = [] {
    std::array<std::uint64_t, kBlock / 64> all{};
    all.fill(~std::uint64_t{0});
    return all;
  }();
  const auto pointer = [](const void* at) { return const_cast<void*>(at); };  // to a table of what is read and written
  auto lane = lanes_.begin() + static_cast<std::ptrdiff_t>(program_.places.size());
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const ColumnRows& column = rows[i];
    if (column.values == nullptr && !sources_[i].column.is_list) return false;
    *lane++ = column.values == nullptr ? nullptr : pointer(block_of(column.values, sources_[i].column.width, first));
    *lane++ = pointer(column.known != nullptr ? column.known + first / 64 : kAll.data());
    *lane++ = pointer(column.absent != nullptr ? column.absent + first / 64 : kNone.data());
  }
  const Strips::Code code = from_columns_->runs().front().code;
  std::uint64_t bad = 0;
  for (std::size_t row = 0; row < kBlock; row += kStrip) bad |= code(lanes_.data(), row, scratch_);
  return bad == 0;
}

std::size_t Columns::decide(const ColumnRows* rows, std::size_t first, std::size_t n, const AnswerRows& out) {
  each_answer(out, [&](void* to, std::size_t number) {
    const Answered& answer = answers_[number];
    const bool direct = n == kBlock && to != nullptr;
    lanes_[answer_slots_[number]] = direct ? static_cast<std::byte*>(to) + first * answer.width : answer.lane;
  });
  if (from_columns_ == nullptr || n != kBlock || !run_from_columns(rows, first)) {
    for (std::size_t i = 0; i < sources_.size(); ++i) load(sources_[i], rows[i], first, n);
    look_ahead(rows, first + kBlock, out);
    run();
  }

  auto* const outcome = static_cast<std::int8_t*>(lanes_[answer_slots_[0]]);
  if (has_bad_) {
    for (std::size_t i = 0; i < n; ++i) {
      if (bad_[i] != 0) outcome[i] = Answer::open;
      bad_[i] = 0;
    }
    has_bad_ = false;
  }
  std::size_t count = 0;
  Range outcomes;
  loops_.extent[w8](outcome, n, outcomes);
  for (std::size_t i = 0; outcomes.least == Answer::open && i < n; ++i) {
    if (outcome[i] == Answer::open) open_[count++] = first + i;
  }
  each_answer(out, [&](void* to, std::size_t number) {
    const Answered& answer = answers_[number];
    const void* const lane = lanes_[answer_slots_[number]];
    if (lane == answer.lane && to != nullptr)
      std::memcpy(static_cast<std::byte*>(to) + first * answer.width, lane, n * answer.width);
  });
  return count;
}

}  // namespace guiju::kernel
