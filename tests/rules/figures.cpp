// See figures.hpp.
#include "rules/figures.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "model/csv.hpp"
#include "values/calendar.hpp"

namespace guiju::tests {

namespace {

using syntax::Node;
using syntax::NodeKind;
using syntax::TokenKind;

bool is_left_out(NodeKind kind) {
  switch (kind) {
    case NodeKind::test_decl:
    case NodeKind::cite:
    case NodeKind::check_mark:
    case NodeKind::implements:  // says where a programme is carried out; no decision reads it
    case NodeKind::text:
      return true;
    default:
      return false;
  }
}

void leave_out(const Node& node, std::vector<bool>& out) {
  if (is_left_out(node.kind)) {
    std::fill(out.begin() + node.first_token, out.begin() + node.last_token, true);
    return;
  }
  for (const Node* child : node.children) leave_out(*child, out);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The digits at the start of a literal: group signs and one point among them.
std::string leading_number(const std::string& written) {
  std::size_t n = 0;
  while (n < written.size() && (is_digit(written[n]) || written[n] == '_' || written[n] == '.')) ++n;
  while (n > 0 && !is_digit(written[n - 1])) --n;
  return written.substr(0, n);
}

std::string plus_one(std::string digits) {
  for (auto i = digits.size(); i-- > 0;) {
    if (!is_digit(digits[i])) continue;
    if (digits[i] != '9') {
      ++digits[i];
      return digits;
    }
    digits[i] = '0';
  }
  return "1" + digits;
}

bool is_zero(const std::string& digits) {
  return std::all_of(digits.begin(), digits.end(), [](char c) { return c == '0' || c == '.' || c == '_'; });
}

std::string without_leading_zeros(const std::string& digits) {
  std::size_t begin = 0;
  while (begin + 1 < digits.size() && (digits[begin] == '0' || digits[begin] == '_') && digits[begin + 1] != '.')
    ++begin;
  return digits.substr(begin);
}

std::string minus_one(std::string digits) {
  if (is_zero(digits)) return "-" + plus_one(digits);
  for (auto i = digits.size(); i-- > 0;) {
    if (!is_digit(digits[i])) continue;
    if (digits[i] != '0') {
      --digits[i];
      break;
    }
    digits[i] = '9';
  }
  return without_leading_zeros(digits);
}

// What says whether the bound itself counts, and what says the opposite. Where a word has no such partner (`at most` of
// an amount) the changed file does not compile, which is noticed, too.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kBeside{{
    {"<=", "<"},
    {">=", ">"},
    {"at most", "below"},
    {"at least", "above"},
    {"on or before", "before"},
    {"on or after", "after"},
    {"不超过", "不满"},
    {"不低于", "超过"},
    {"不晚于", "早于"},
    {"不早于", "晚于"},
}};

std::string_view beside(std::string_view comparison) {
  for (const auto& [with, without] : kBeside) {
    if (comparison == with) return without;
  }
  for (const auto& [with, without] : kBeside) {
    if (comparison == without) return with;
  }
  return {};
}

bool is_figure(TokenKind kind) {
  return kind == TokenKind::number || kind == TokenKind::percent || kind == TokenKind::quantity ||
         kind == TokenKind::date;
}

}  // namespace

std::vector<std::string> mutants_of(const std::string& written) {
  if (const auto day = parse_iso_date(written)) return {to_iso(*day + 1), to_iso(*day - 1)};
  const std::string digits = leading_number(written);
  if (digits.empty()) return {};
  const std::string rest = written.substr(digits.size());
  return {plus_one(digits) + rest, minus_one(digits) + rest};
}

namespace {

// Calls `f` for each token that a decision can read, with what is written there.
template <typename F>
void for_each_read(const syntax::Tree& tree, F&& f) {
  const auto& stream = tree.tokens();
  std::vector<bool> left_out(stream.tokens.size(), false);
  leave_out(tree.root(), left_out);
  for (std::size_t i = 0; i < stream.tokens.size(); ++i) {
    if (!left_out[i]) f(stream.tokens[i], std::string(stream.text(stream.tokens[i])));
  }
}

}  // namespace

std::vector<Figure> figures_of(const syntax::Tree& tree) {
  std::vector<Figure> figures;
  for_each_read(tree, [&](const syntax::Token& token, const std::string& written) {
    if (is_figure(token.kind)) figures.push_back({token.begin, token.end, written, mutants_of(written)});
  });
  return figures;
}

std::vector<Figure> comparisons_of(const syntax::Tree& tree) {
  std::vector<Figure> comparisons;
  for_each_read(tree, [&](const syntax::Token& token, const std::string& written) {
    const bool may_compare = token.kind == TokenKind::sign || token.keyword != syntax::Keyword::none;
    const std::string_view other = may_compare ? beside(written) : std::string_view();
    if (!other.empty()) comparisons.push_back({token.begin, token.end, written, {std::string(other)}});
  });
  return comparisons;
}

namespace {

// Before a figure of a cell: blanks and the signs of comparisons, intervals, formulas. Digits behind anything else
// belong to a name.
bool may_stand_before(char c) {
  return std::string_view(" \t.;<>=()[]+-*/").find(c) != std::string_view::npos;
}

std::size_t figure_length(std::string_view text) {
  if (text.size() >= 10 && parse_iso_date(text.substr(0, 10))) return 10;
  std::size_t n = 0;
  const auto digits = [&] {
    while (n < text.size() && (is_digit(text[n]) || text[n] == '_')) ++n;
  };
  digits();
  if (n + 1 < text.size() && text[n] == '.' && is_digit(text[n + 1])) {
    ++n;
    digits();
  }
  return n;
}

void add_figures(std::string_view text, const model::CsvCell& cell, std::vector<Figure>& figures) {
  bool in_text = false;  // its quotes are doubled in the file
  for (std::uint32_t at = cell.begin; at < cell.end; ++at) {
    if (text[at] == '"') {
      in_text = !in_text;
      at += cell.quoted ? 1 : 0;
      continue;
    }
    if (in_text) continue;
    if (!is_digit(text[at]) || (at > cell.begin && !may_stand_before(text[at - 1]))) continue;
    const auto length = static_cast<std::uint32_t>(figure_length(text.substr(at, cell.end - at)));
    Figure figure{at, at + length, std::string(text.substr(at, length)), {}};
    figure.mutants = mutants_of(figure.written);
    figures.push_back(std::move(figure));
    at += length - 1;
  }
}

bool is_text(const std::vector<model::Column>& columns, std::string_view name) {
  return std::any_of(columns.begin(), columns.end(), [&](const model::Column& column) {
    return column.name == name && column.type.kind == model::TypeKind::text;
  });
}

}  // namespace

std::vector<Figure> figures_of_csv(std::string_view text, const model::Table& table) {
  Diagnostics none;
  const auto rows = model::read_csv(text, {}, none);
  std::vector<Figure> figures;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size() && c < rows[0].size(); ++c) {
      const auto& heading = rows[0][c];
      std::string_view name = text.substr(heading.begin, heading.end - heading.begin);
      name = name.substr(0, name.find(" ["));
      if (!is_text(table.keys, name) && !is_text(table.results, name)) add_figures(text, rows[r][c], figures);
    }
  }
  return figures;
}

}  // namespace guiju::tests
