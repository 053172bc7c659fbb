// A recursive reader of unit expressions: factors joined by `*` and `/`, each a number, a unit, both, or a bracket.
#include "json/unit_text.hpp"

#include "values/utf8.hpp"

namespace guiju::json {
namespace {

constexpr int kDeepestUnit = 4;

class UnitReader {
 public:
  explicit UnitReader(std::string_view text) : rest_(text) {}

  std::optional<Unit> read() {
    auto unit = product(0);
    if (!rest_.empty()) return std::nullopt;
    return unit;
  }

 private:
  std::optional<Unit> product(int depth) {
    auto unit = factor(depth);
    while (unit && !rest_.empty() && (rest_.front() == '*' || rest_.front() == '/')) {
      const bool divides = rest_.front() == '/';
      rest_.remove_prefix(1);
      const auto right = factor(depth);
      if (!right) return std::nullopt;
      unit = divides ? divide(*unit, *right) : multiply(*unit, *right);
    }
    return unit;
  }

  std::optional<Unit> factor(int depth) {
    if (rest_.empty() || depth > kDeepestUnit) return std::nullopt;
    if (rest_.front() == '(') {
      rest_.remove_prefix(1);
      auto inner = product(depth + 1);
      if (rest_.empty() || rest_.front() != ')') return std::nullopt;
      rest_.remove_prefix(1);
      return inner;
    }
    Unit count;
    if (is_digit(rest_.front())) {
      const auto number = parse_decimal(take([](char c) { return is_digit(c) || c == '.'; }));
      if (!number) return std::nullopt;
      count.factor = *number;
    }
    const std::string_view name = take([](char c) { return c != '*' && c != '/' && c != '(' && c != ')'; });
    if (name.empty()) return count;
    const NamedUnit* known = find_unit(name);
    if (known == nullptr) return std::nullopt;
    return multiply(count, known->unit);
  }

  template <typename Fits>
  std::string_view take(Fits fits) {
    std::size_t n = 0;
    while (n < rest_.size() && fits(rest_[n])) ++n;
    const std::string_view head = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return head;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Unit> parse_unit(std::string_view text) {
  return UnitReader(text).read();
}

}  // namespace guiju::json
