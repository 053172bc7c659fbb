// See assumptions.hpp.
#include "run/assumptions.hpp"

#include <algorithm>

namespace guiju::run {

void Assumptions::suppose(const OpenSource& source, Cell cell) {
  entries_.push_back({source.fact, source.choice, std::move(cell)});
}

// The last word counts: a part of a fact may be split again.
const Cell* Assumptions::of(const FactValue& fact) const {
  const auto found = std::find_if(entries_.rbegin(), entries_.rend(), [&](const Entry& e) { return e.fact == &fact; });
  return found == entries_.rend() ? nullptr : &found->cell;
}

const Cell* Assumptions::of(plan::Index choice) const {
  const auto found = std::find_if(entries_.rbegin(), entries_.rend(),
                                  [&](const Entry& e) { return e.fact == nullptr && e.choice == choice; });
  return found == entries_.rend() ? nullptr : &found->cell;
}

i128 Assumptions::number_of(const Cell& cell) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return &e.cell == &cell; });
  return found == entries_.end() ? 0 : static_cast<i128>(found - entries_.begin()) + 1;
}

bool Assumptions::excludes(const Value& v, std::string_view text) const {
  if (!v.any || v.low <= 0 || v.low > static_cast<i128>(entries_.size())) return false;
  const auto& but = entries_[static_cast<std::size_t>(v.low - 1)].cell.but;
  return std::find(but.begin(), but.end(), text) != but.end();
}

namespace {

int order(const Fraction& a, bool a_open, const Fraction& b, bool b_open, int open) {
  return a_open || b_open ? open : compare(a, b);
}

}  // namespace

void Trace::compared(const Value& a, const Value& b) {
  if (!may(a, Value::has_value) || !may(b, Value::has_value)) {
    signs.push_back(2);
    return;
  }
  signs.push_back(order(low_of(a), a.low_open_end, low_of(b), b.low_open_end, 2));
  signs.push_back(order(low_of(a), a.low_open_end, high_of(b), b.high_open_end, -2));
  signs.push_back(order(high_of(a), a.high_open_end, low_of(b), b.low_open_end, 2));
  signs.push_back(order(high_of(a), a.high_open_end, high_of(b), b.high_open_end, -2));
}

void Trace::against(const Value& v, const std::vector<i128>& bounds) {
  if (!may(v, Value::has_value) || v.any) {
    signs.push_back(-1);
    return;
  }
  int at = 0;
  for (const i128 bound : bounds) {
    at += v.low_open_end ? 0 : compare(low_of(v), {bound, 1}) + 1;
    at += v.high_open_end ? 2 : compare(high_of(v), {bound, 1}) + 1;
  }
  signs.push_back(at);
}

void Trace::text(std::string_view t) {
  if (std::find(texts.begin(), texts.end(), t) == texts.end()) texts.push_back(t);
}

}  // namespace guiju::run
