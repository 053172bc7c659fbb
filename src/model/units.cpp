// Types and units by the words of a rule file: "list of Claim", "number [kW]", "kWh/24h", "公里", and units that rule
// files declare.
#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"
#include "syntax/everyday.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Sign;
using syntax::TokenKind;
using syntax::Tree;

namespace {

struct BuiltInType {
  std::string_view english, chinese;
  TypeKind kind;
  bool integer = false;
  bool money = false;
};
constexpr auto kTypes = std::to_array<BuiltInType>({
    {"bool", "是否", TypeKind::boolean},
    {"number", "数", TypeKind::numeric},
    {"integer", "整数", TypeKind::numeric, true},
    {"money", "金额", TypeKind::numeric, false, true},
    {"date", "日期", TypeKind::date},
    {"duration", "期间", TypeKind::duration},
    {"text", "文本", TypeKind::text},
    {"region", "地区码", TypeKind::region},
    {"document", "凭证", TypeKind::document},
});

const BuiltInType* find_type(std::string_view name) {
  const auto found = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](const BuiltInType& t) { return t.english == name || t.chinese == name; });
  return found == kTypes.end() ? nullptr : &*found;
}

// Full-width signs inside a unit, by code point.
constexpr auto kWideSigns = std::to_array<std::pair<std::string_view, char>>({
    {"\uFF0F", '/'},
    {"\u00F7", '/'},
    {"\uFF0A", '*'},
    {"\u00D7", '*'},
    {"\uFF08", '('},
    {"\uFF09", ')'},
    {"\uFF05", '%'},
});

std::string with_plain_signs(std::string_view written) {
  std::string result;
  for (std::size_t i = 0; i < written.size();) {
    const std::string_view rest = written.substr(i);
    const auto wide =
        std::find_if(kWideSigns.begin(), kWideSigns.end(), [&](const auto& s) { return rest.starts_with(s.first); });
    if (wide != kWideSigns.end()) {
      result += wide->second;
      i += wide->first.size();
    } else {
      if (rest[0] != ' ') result += rest[0];
      ++i;
    }
  }
  return result;
}

// unit = factor { ( '/' | '*' ) factor } ; factor = [ digits ] ( name | '(' unit ')' ) | digits
class UnitReader {
 public:
  UnitReader(const Scope& scope, std::string_view text) : scope_(scope), text_(text) {}

  std::optional<Unit> read() {
    auto result = product();
    if (result && at_ != text_.size()) return std::nullopt;
    return result;
  }
  [[nodiscard]] const std::string& unknown() const { return unknown_; }

 private:
  static constexpr unsigned kMostNesting = 4;  // kW/(m3/min) needs one

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::optional<Unit> product() {
    if (++depth_ > kMostNesting) return std::nullopt;
    auto result = factor();
    while (result) {
      if (take('*')) {
        const auto right = factor();
        result = right ? multiply(*result, *right) : std::nullopt;
      } else if (take('/')) {
        const auto right = factor();
        result = right ? divide(*result, *right) : std::nullopt;
      } else {
        break;
      }
    }
    --depth_;
    return result;
  }

  std::optional<Unit> factor() {
    Unit scaled;
    const std::size_t begin = at_;
    while (at_ < text_.size() && ((text_[at_] >= '0' && text_[at_] <= '9') || text_[at_] == '.')) ++at_;
    const bool counted = at_ > begin;
    if (counted) {
      const auto number = parse_decimal(text_.substr(begin, at_ - begin));
      if (!number || number->sign() <= 0) return std::nullopt;
      scaled.factor = *number;
    }
    const auto base = unit();
    if (!base) return counted && unknown_.empty() ? std::optional<Unit>(scaled) : std::nullopt;
    return counted ? multiply(scaled, *base) : base;
  }

  std::optional<Unit> unit() {
    if (take('(')) {
      auto inner = product();
      return inner && take(')') ? inner : std::nullopt;
    }
    const std::size_t end = std::min(text_.find_first_of("*/()", at_), text_.size());
    const std::string_view name = text_.substr(at_, end - at_);
    if (name.empty()) return std::nullopt;
    at_ = end;
    return named(name);
  }

  std::optional<Unit> named(std::string_view name) {
    if (name == "%") return Unit{{}, *Rational::make(1, 100), "%"};
    const Symbol* symbol = scope_.find(name);
    if (symbol != nullptr && symbol->kind == Symbol::unit && symbol->unit_ != nullptr) return *symbol->unit_;
    if (const NamedUnit* known = find_unit(name)) return known->unit;
    unknown_ = name;
    return std::nullopt;
  }

  const Scope& scope_;
  std::string_view text_;
  std::size_t at_ = 0;
  unsigned depth_ = 0;
  std::string unknown_;
};

std::vector<std::string> unit_names(const Scope& scope) {
  std::vector<std::string> names;
  for (const std::string_view spelling : unit_spellings()) names.emplace_back(spelling);
  for (const Scope* s = &scope; s != nullptr; s = s->parent) {
    for (const auto& [name, symbol] : s->symbols) {
      if (symbol.kind == Symbol::unit) names.push_back(name);
    }
  }
  return names;
}

std::vector<std::string> type_names(const Scope& scope) {
  std::vector<std::string> names = unit_names(scope);
  for (const BuiltInType& type : kTypes) {
    names.emplace_back(type.english);
    names.emplace_back(type.chinese);
  }
  for (const Scope* s = &scope; s != nullptr; s = s->parent) {
    for (const auto& [name, symbol] : s->symbols) {
      if (symbol.kind == Symbol::enumeration || symbol.kind == Symbol::record) names.push_back(name);
    }
  }
  return names;
}

// The unit as its tokens spell it, without blanks: "kg/s", "%".
std::string unit_text(const Tree& tree, const Node& unit) {
  std::string result;
  for (std::uint32_t i = unit.first_token; i < unit.last_token; ++i) {
    const syntax::Token& token = tree.tokens().tokens[i];
    if (token.kind == TokenKind::sign) {
      result += token.sign == Sign::slash     ? "/"
                : token.sign == Sign::star    ? "*"
                : token.sign == Sign::percent ? "%"
                                              : "";
    } else {
      const std::string& name = tree.tokens().literal(token).text;
      result += name.empty() ? std::string(tree.tokens().text(token)) : name;
    }
  }
  return result;
}

std::optional<Type> duration_type(Context& context, const Tree& tree, const Node& unit) {
  const auto kind = resolve_duration_unit(context, tree, unit);
  if (!kind) return std::nullopt;
  Type type;
  type.kind = TypeKind::duration;
  type.duration = kind->kind == DurationUnit::days ? DurationKind::days : DurationKind::months;
  return type;
}

std::optional<Type> built_in_type(Context& context, const Scope& scope, const Tree& tree, const BuiltInType& base,
                                  const Node* unit) {
  if (base.kind == TypeKind::duration && unit != nullptr) return duration_type(context, tree, *unit);
  Type type;
  type.kind = base.kind;
  type.integer = base.integer;
  if (base.money) type.unit = yuan();
  if (unit == nullptr) return type;
  if (base.kind != TypeKind::numeric) {
    context.diagnostics.add(Code::unit_of_no_number, tree.span(*unit), {bilingual(base.english, base.chinese)});
    return std::nullopt;
  }
  const auto written = resolve_unit(context, scope, unit_text(tree, *unit), tree.span(*unit));
  if (!written) return std::nullopt;
  if (!base.money || is_money(*written)) {
    if (!is_number(*written)) type.unit = *written;
    return type;
  }
  context.diagnostics.add(Code::unit_of_no_number, tree.span(*unit), {bilingual(base.english, base.chinese)});
  return std::nullopt;
}

std::optional<Type> symbol_type(Context& context, const Symbol& symbol, std::string_view written, Span span) {
  Type type;
  switch (symbol.kind) {
    case Symbol::enumeration:
      type.kind = TypeKind::enumerated;
      type.enumeration = symbol.enumeration_;
      return type;
    case Symbol::record:
      type.kind = TypeKind::record;
      type.record = symbol.record_;
      return type;
    case Symbol::other:
      return std::nullopt;
    default:
      context.diagnostics.add(Code::not_a_type, span, {std::string(written)});
      return std::nullopt;
  }
}

std::optional<Type> scalar_or_record(Context& context, const Scope& scope, const Tree& tree, const Node& node) {
  const auto units = node.all(NodeKind::unit_expr);
  if (units.empty()) return std::nullopt;
  const std::string written = unit_text(tree, *units[0]);
  const Span span = tree.span(*units[0]);
  const Node* bracket = units.size() > 1 ? units[1] : nullptr;
  if (const BuiltInType* base = find_type(written)) return built_in_type(context, scope, tree, *base, bracket);
  if (bracket != nullptr) {
    context.diagnostics.add(Code::unit_of_no_number, tree.span(*bracket), {written});
    return std::nullopt;
  }
  Type type;
  type.kind = TypeKind::numeric;
  if (written == "%") {
    type.percent = true;
    return type;
  }
  if (written.find_first_of("/*") == std::string::npos) {
    const Symbol* symbol = scope.find(written);
    if (symbol != nullptr && symbol->kind != Symbol::unit &&
        (find_unit(written) == nullptr || symbol->kind == Symbol::enumeration || symbol->kind == Symbol::record)) {
      return symbol_type(context, *symbol, written, span);
    }
    if (symbol == nullptr && find_unit(written) == nullptr) {
      if (!report_unused_file(context, span, written))
        report_unknown(context, Code::unknown_type, span, written, type_names(scope));
      return std::nullopt;
    }
  }
  const auto unit = resolve_unit(context, scope, written, span);
  if (!unit) return std::nullopt;
  if (!is_number(*unit)) type.unit = *unit;
  return type;
}

}  // namespace

std::optional<DurationUnit> resolve_duration_unit(Context& context, const Tree& tree, const Node& unit) {
  const std::string written = unit_text(tree, unit);
  const auto kind = find_duration_unit(written);
  if (kind && kind->kind != DurationUnit::calendar_months) return kind;
  context.diagnostics.add(Code::unknown_unit, tree.span(unit), {written});
  return std::nullopt;
}

Type money_type() {
  Type type;
  type.kind = TypeKind::numeric;
  type.unit = yuan();
  return type;
}

std::optional<Unit> resolve_unit(Context& context, const Scope& scope, std::string_view written, Span span) {
  const std::string text = with_plain_signs(written);
  UnitReader reader(scope, text);
  auto unit = reader.read();
  if (unit) {
    unit->name = written;
    return unit;
  }
  const std::string wanted = reader.unknown().empty() ? std::string(written) : reader.unknown();
  const Symbol* symbol = scope.find(wanted);
  if (symbol != nullptr && symbol->kind == Symbol::unit)
    return std::nullopt;  // its declaration is at fault, and was reported
  if (const auto money = syntax::money_meant(wanted); !money.empty())
    context.diagnostics.add(Code::unknown_unit, span, {wanted, std::string(money)});
  else if (!report_unused_file(context, span, wanted))
    report_unknown(context, Code::unknown_unit, span, wanted, unit_names(scope));
  return std::nullopt;
}

std::optional<Type> resolve_type(Context& context, const Scope& scope, const Tree& tree, const Node& node) {
  auto element = scalar_or_record(context, scope, tree, node);
  if (!element) return std::nullopt;
  if (node.op != Keyword::list_of && node.op != Keyword::history_of) {
    element->optional = node.has(syntax::kOptional);
    return element;
  }
  Type type;
  type.kind = TypeKind::list;
  type.history = node.op == Keyword::history_of;
  type.optional = node.has(syntax::kOptional);
  type.element = std::make_shared<const Type>(*std::move(element));
  return type;
}

}  // namespace guiju::model
