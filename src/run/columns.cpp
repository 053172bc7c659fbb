// See columns.hpp.
#include "run/columns.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace guiju::run {

using plan::FieldInfo;
using plan::Index;
using plan::kNone;
using plan::SlotClass;

namespace {

static_assert(static_cast<int>(Outcome::eligible) == kernel::eligible);
static_assert(static_cast<int>(Outcome::ineligible) == kernel::ineligible);
static_assert(static_cast<int>(Outcome::referred) == kernel::referred);
static_assert(static_cast<int>(Outcome::not_in_force) == kernel::not_in_force);

constexpr std::int64_t kRegionTail = 1'000'000;  // the last six of twelve digits
constexpr std::size_t kWordBits = 64;

const kernel::Program& kernels_of(const plan::ProgramInfo& program) {
  static const kernel::Program kNone;  // every row is then left to the machine
  return program.kernels == nullptr ? kNone : *program.kernels;
}

kernel::Width width_of(Element element) {
  return static_cast<kernel::Width>(element);
}

std::int64_t integer_at(const std::byte* at, kernel::Width width) {
  const auto read = [&](auto value) -> std::int64_t {
    std::memcpy(&value, at, sizeof value);
    return value;
  };
  switch (width) {
    case kernel::w8:
      return read(std::int8_t{});
    case kernel::w16:
      return read(std::int16_t{});
    case kernel::w32:
      return read(std::int32_t{});
    default:
      return read(std::int64_t{});
  }
}

// The lowest bytes, on machines of either order.
void put(void* column, kernel::Width width, std::size_t row, std::int64_t value) {
  std::byte* const to = static_cast<std::byte*>(column) + row * kernel::bytes_of(width);
  const auto write = [&](auto narrow) { std::memcpy(to, &narrow, sizeof narrow); };
  switch (width) {
    case kernel::w8:
      return write(static_cast<std::int8_t>(value));
    case kernel::w16:
      return write(static_cast<std::int16_t>(value));
    case kernel::w32:
      return write(static_cast<std::int32_t>(value));
    default:
      return write(value);
  }
}

bool bit(const std::uint64_t* bits, std::size_t row) {
  return (bits[row / kWordBits] >> (row % kWordBits) & 1U) != 0;
}

}  // namespace

Columns::Columns(std::shared_ptr<const plan::Plan> plan, Index program, std::vector<ColumnField> fields,
                 const kernel::Asked& asked)
    : plan_(std::move(plan)),
      program_(plan_->programs[program]),
      fields_(std::move(fields)),
      asked_(asked),
      texts_(kernels_of(program_).texts),
      binding_(plan_, program, program_.layout, 0),
      cells_(fields_.size()),
      facts_(plan_, program) {
  count_failed();
  std::vector<kernel::Column> layout;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    BoundField bound;
    bound.field = fields_[i].field;
    const bool is_text =
        bound.field < program_.layout.fields.size() && program_.layout.fields[bound.field].cls == SlotClass::text;
    bound.element = is_text ? Element::text : fields_[i].element;
    bound.scale = fields_[i].scale;
    bound.offset = i * sizeof(Cell);
    bound.state_offset = i * sizeof(Cell) + offsetof(Cell, state);
    const auto column = binding_.bind(bound) ? column_of(fields_[i]) : std::nullopt;
    if (!column) {
      misfit_ = i;
      return;
    }
    layout.push_back(*column);
  }
  const auto field_count = static_cast<std::uint32_t>(program_.layout.fields.size());
  by_kernels_ = std::make_unique<kernel::Columns>(kernels_of(program_), field_count, std::move(layout), asked_);
  fits_ = by_kernels_->fits() && (!asked_.failed || failed_count_ != 0);
  failed_words_.resize(by_kernels_->words());
}

// Sets of more requirements than 64 are several columns; narrower ones hold all.
void Columns::count_failed() {
  if (!asked_.failed) return;
  std::size_t most = 1;
  for (const plan::Section& section : program_.sections) most = std::max(most, section.requirements.size());
  if (most > 8 * kernel::bytes_of(*asked_.failed) && *asked_.failed != kernel::w64) return;
  failed_count_ = (most + kWordBits - 1) / kWordBits;
}

// Texts that the rules name have their numbers there; all others follow.
std::int64_t Columns::number_of(const std::string& text) {
  const auto found = std::find(texts_.begin(), texts_.end(), text);
  const auto number = found - texts_.begin();
  if (found == texts_.end()) texts_.push_back(text);
  return number;
}

std::optional<kernel::Column> Columns::column_of(const ColumnField& from) {
  const FieldInfo& field = program_.layout.fields[from.field];
  kernel::Column out;
  out.field = from.field;
  out.may_be_unknown = from.may_be_unknown;
  out.may_be_absent = from.may_be_absent;
  out.is_list = field.cls == SlotClass::list;
  if (out.is_list) return out;
  if (from.element == Element::text || from.element == Element::list) return std::nullopt;
  out.width = width_of(from.element);
  out.allowed = {saturated(field.least), saturated(field.most)};
  switch (field.cls) {
    case SlotClass::truth:
      out.allowed = {0, 1};
      break;
    case SlotClass::document:
      out.allowed = {owed, document_refused};
      break;
    case SlotClass::member:
      out.allowed = {0, static_cast<std::int64_t>(plan_->enums[field.enumeration].members.size()) - 1};
      break;
    case SlotClass::region:
      out.factor = from.element == Element::int64 ? 1 : kRegionTail;
      out.allowed = {100'000 * kRegionTail, 1'000'000 * kRegionTail - 1};
      break;
    case SlotClass::text:
      out.is_dictionary = true;
      for (const std::string& text : from.dictionary) out.dictionary.push_back(number_of(text));
      break;
    case SlotClass::number: {
      const auto step = pow(Rational(10), -from.scale);
      const auto in_unit = step ? mul(*step, field.unit_factor) : std::nullopt;
      const auto ratio = in_unit ? div(*in_unit, field.q) : std::nullopt;
      if (!ratio || saturated(ratio->num()) != ratio->num() || saturated(ratio->den()) != ratio->den())
        return std::nullopt;
      out.factor = saturated(ratio->num());
      out.divisor = saturated(ratio->den());
      break;
    }
    default:
      break;
  }
  return out;
}

std::optional<std::size_t> Columns::decide(const kernel::ColumnRows* rows, std::size_t count,
                                           const ColumnAnswers& out) {
  if (options.known_on) return decide_each(rows, count, out);
  const std::size_t failed_bytes =
      asked_.failed && out.failed != nullptr ? kernel::bytes_of(*asked_.failed) * count : 0;
  std::byte* const failed = static_cast<std::byte*>(out.failed);
  for (std::size_t w = 0; w < failed_words_.size(); ++w)
    failed_words_[w] = failed_bytes == 0 ? nullptr : failed + w * failed_bytes;
  // What no kernel has fails in no row that they settle.
  if (failed_bytes != 0 && failed_count_ > failed_words_.size())
    std::memset(failed + failed_words_.size() * failed_bytes, 0, (failed_count_ - failed_words_.size()) * failed_bytes);
  const kernel::AnswerRows answers{out.outcomes, out.versions, out.amounts, failed_words_.data()};
  for (std::size_t first = 0; first < count; first += kernel::kBlock) {
    const std::size_t open = by_kernels_->decide(rows, first, std::min(kernel::kBlock, count - first), answers);
    for (std::size_t i = 0; i < open; ++i) {
      const std::size_t row = by_kernels_->open()[i];
      if (!decide_row(rows, row, count, out)) return row;
    }
  }
  return std::nullopt;
}

// ---- one by one
// ------------------------------------------------------------------------------------------------------------------

// The kernels know which version governs on a day when all of them count.
std::optional<std::size_t> Columns::decide_each(const kernel::ColumnRows* rows, std::size_t count,
                                                const ColumnAnswers& out) {
  for (std::size_t row = 0; row < count; ++row) {
    if (!decide_row(rows, row, count, out)) return row;
  }
  return std::nullopt;
}

void Columns::fill_cell(std::size_t column, const kernel::ColumnRows& rows, std::size_t row) {
  const ColumnField& field = fields_[column];
  Cell& cell = cells_[column];
  const bool absent = field.may_be_absent && rows.absent != nullptr && bit(rows.absent, row);
  const bool known = field.may_be_unknown && rows.known != nullptr ? bit(rows.known, row) : !absent;
  // Said to be both is neither.
  const FactState state = known == absent ? FactState::unknown : known ? FactState::known : FactState::absent;
  cell.state = static_cast<std::int8_t>(state);
  if (state != FactState::known) return;
  const SlotClass cls = program_.layout.fields[field.field].cls;
  if (cls == SlotClass::list) {
    const RowList empty{nullptr, 0, 1};
    std::memcpy(cell.value, &empty, sizeof empty);
    return;
  }
  const std::size_t bytes = kernel::bytes_of(width_of(field.element));
  const std::byte* const at = static_cast<const std::byte*>(rows.values) + row * bytes;
  if (cls != SlotClass::text) {
    std::memcpy(cell.value, at, bytes);
    return;
  }
  const std::int64_t index = integer_at(at, width_of(field.element));
  if (index < 0 || static_cast<std::size_t>(index) >= field.dictionary.size()) {
    cell.state = static_cast<std::int8_t>(FactState::bad);
    return;
  }
  const std::string& text = field.dictionary[static_cast<std::size_t>(index)];
  const RowText view{text.data(), text.size()};
  std::memcpy(cell.value, &view, sizeof view);
}

bool Columns::decide_row(const kernel::ColumnRows* rows, std::size_t row, std::size_t count, const ColumnAnswers& out) {
  for (std::size_t i = 0; i < fields_.size(); ++i) fill_cell(i, rows[i], row);
  binding_.fill(cells_.data(), facts_);
  run::decide(facts_, options, decision_);
  if (out.outcomes != nullptr) out.outcomes[row] = static_cast<std::int8_t>(decision_.outcome);
  if (asked_.version && out.versions != nullptr) {
    const bool has = decision_.section != kNone;
    put(out.versions, *asked_.version, row, has ? static_cast<std::int64_t>(decision_.section) : -1);
  }
  for (std::size_t word = 0; out.failed != nullptr && word < failed_count_; ++word) {
    std::uint64_t bits = 0;
    for (const Index i : decision_.failed) {
      if (decision_.outcome == Outcome::ineligible && i / kWordBits == word)
        bits |= std::uint64_t{1} << (i % kWordBits);
    }
    put(out.failed, *asked_.failed, word * count + row, static_cast<std::int64_t>(bits));
  }
  if (!asked_.amount || out.amounts == nullptr) return true;
  const bool has = decision_.outcome == Outcome::eligible && decision_.has_amount && decision_.amount.known();
  const i128 fen = has ? decision_.amount.least : i128{0};
  const auto most =
      static_cast<i128>(std::numeric_limits<std::int64_t>::max() >> (kWordBits - 8 * kernel::bytes_of(*asked_.amount)));
  if (fen > most || fen < -most - 1) return false;
  put(out.amounts, *asked_.amount, row, static_cast<std::int64_t>(fen));
  return true;
}

}  // namespace guiju::run
