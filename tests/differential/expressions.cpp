// Generated expressions of numbers, days, durations and members; what every type shares (choices, open texts, guards).
#include "generator.hpp"

namespace guiju::reference {

using syntax::Keyword;

namespace {

std::string type_key(const GenType& t) {
  return std::to_string(t.kind) + ":" + std::to_string(t.of);
}

GenType number_of(int dimension) {
  GenType t;
  t.kind = GenType::number;
  t.of = dimension;
  return t;
}
}  // namespace

const GenVariable* Generator::variable(GenScope& scope, const GenType& type, bool optional) {
  std::vector<const GenVariable*> fitting;
  for (const GenVariable& v : scope.variables)
    if (v.type == type && v.type.optional == optional) fitting.push_back(&v);
  return fitting.empty() ? nullptr : random_.pick(fitting);
}

NodePtr Generator::leaf(const GenType& type, GenScope& scope) {
  const std::string constant = literal(type);
  const int constant_level = constant.starts_with("-") ? kMinus : kPrimary;
  const GenVariable* v = variable(scope, type);
  if (v != nullptr && random_.chance(75)) return node({v->text}, kPrimary, type_key(type), constant);
  if (type.kind == GenType::number && type.of == kNumber && random_.chance(15)) {
    if (const GenVariable* d = variable(scope, plain(GenType::date)))
      return node({chinese() ? "年份(" : "year_of(", d->text, ")"}, kPrimary, type_key(type), constant);
  }
  if (type.kind == GenType::region || type.kind == GenType::text) {
    if (v != nullptr) return node({v->text}, kPrimary, type_key(type), constant);
  }
  return node({constant}, constant_level, type_key(type), constant);
}

// `x if absent 3 yuan`, or the field under its own condition.
NodePtr Generator::optional_leaf(const GenType& type, GenScope& scope) {
  const GenVariable* v = variable(scope, type, true);
  if (v == nullptr) return leaf(type, scope);
  const std::string constant = literal(type);
  if (!v->guard.empty() && random_.chance(60)) {
    return node({word(Keyword::if_) + " " + v->guard + " " + word(Keyword::then) + " " + v->text + " " +
                     word(Keyword::otherwise) + " ",
                 {leaf(type, scope), kIf}},
                kIf, type_key(type), constant);
  }
  NodePtr fallback = leaf(type, scope);
  return node({v->text + " " + word(Keyword::if_absent) + " ", {fallback, kPrimary}}, kPost, type_key(type), constant);
}

NodePtr Generator::expression(const GenType& type, int depth, GenScope& scope) {
  if (depth <= 0) return random_.chance(20) ? optional_leaf(type, scope) : leaf(type, scope);
  if (random_.chance(14)) return common(type, depth, scope);
  switch (type.kind) {
    case GenType::truth:
      return truth(depth, scope);
    case GenType::number:
      return number(type, depth, scope);
    case GenType::date:
      return date(depth, scope);
    case GenType::months:
    case GenType::days:
      return duration(type, depth, scope);
    case GenType::member:
      return member_value(type, depth, scope);
    default:
      return random_.chance(25) ? optional_leaf(type, scope) : leaf(type, scope);
  }
}

NodePtr Generator::common(const GenType& type, int depth, GenScope& scope) {
  const std::string constant = literal(type);
  switch (random_.between(0, 8)) {
    case 6:
    case 7:
      return said_by_papers(type, scope);
    case 8:
      return bounded(type, scope);
    case 0: {
      NodePtr condition = truth(depth - 1, scope);
      NodePtr yes = expression(type, depth - 1, scope);
      NodePtr no = expression(type, depth - 1, scope);
      return node({word(Keyword::if_) + " ",
                   {condition, kIf},
                   " " + word(Keyword::then) + " ",
                   {yes, kIf},
                   " " + word(Keyword::otherwise) + " ",
                   {no, kIf}},
                  kIf, type_key(type), constant);
    }
    case 1:
      return optional_leaf(type, scope);
    case 2:
      if (!scope.functions.empty()) return function_call(type, depth, scope);
      return branches(type, depth, scope);
    case 3: {
      std::vector<std::pair<const GenTable*, std::string>> fitting;
      for (const GenTable& t : scope.tables)
        for (const GenColumn& c : t.results)
          if (c.type == type) fitting.emplace_back(&t, c.name);
      if (fitting.empty()) return branches(type, depth, scope);
      const auto& [table, column] = random_.pick(fitting);
      return table_call(*table, column, type, depth, scope);
    }
    case 4:
      return scope.open_texts && random_.chance(70) ? undecided(type, depth, scope) : branches(type, depth, scope);
    default:
      return branches(type, depth, scope);
  }
}

// Named, so that the readings can be told apart.
NodePtr Generator::undecided(const GenType& type, int depth, GenScope& scope) {
  const std::string name = scope.named_texts ? " " + fresh("q") : std::string();
  const std::string text = word(Keyword::undecided) + name + " \"which\" { ";
  return node({text + "\"A\": ",
               {expression(type, depth - 1, scope), kIf},
               "; \"B\": ",
               {expression(type, depth - 1, scope), kIf},
               random_.chance(25) ? " } " + word(Keyword::adopt) + " \"B\"" : " }"},
              kPrimary, type_key(type), literal(type));
}

NodePtr Generator::branches(const GenType& type, int depth, GenScope& scope) {
  const bool first = random_.chance(50);
  const bool complete = !scope.open_texts || random_.chance(85);  // else a gap may be met
  std::vector<Piece> out{word(first ? Keyword::first_of : Keyword::choose) + " { "};
  const int count = random_.between(1, 3);
  // `choose` over one finite value covers each case once; otherwise conflicts are met on purpose.
  const GenVariable* key = nullptr;
  if (!first && (!scope.open_texts || random_.chance(70))) {
    for (const GenVariable& v : scope.variables)
      if (v.type.kind == GenType::member && !v.type.optional && random_.chance(50)) key = &v;
  }
  if (!first && key == nullptr && !scope.open_texts) {
    out.front() = Piece(word(Keyword::first_of) + " { ");
  }
  for (int i = 0; i < count; ++i) {
    const auto members =
        key != nullptr ? enums_.at(static_cast<std::size_t>(key->type.of)).members : std::vector<std::string>();
    if (key != nullptr && static_cast<std::size_t>(i) >= members.size()) break;
    out.emplace_back(expression(type, depth - 1, scope), kIf);
    if (key != nullptr) {
      out.emplace_back(" " + word(Keyword::when) + " " + key->text + " " + word(Keyword::is) + " " +
                       members[static_cast<std::size_t>(i)]);
    } else {
      out.emplace_back(" " + word(Keyword::when) + " ");
      out.emplace_back(truth(depth - 1, scope), kIf);
    }
    out.emplace_back("; ");
  }
  if (complete) {
    out.emplace_back(expression(type, depth - 1, scope), kIf);
    out.emplace_back(" " + word(Keyword::otherwise));
  }
  out.emplace_back(" }");
  return node(std::move(out), kPrimary, type_key(type), literal(type));
}

// ---- numbers
// -----------------------------------------------------------------------------------------------------------------

NodePtr Generator::number(const GenType& type, int depth, GenScope& scope) {
  const int dimension = type.of;
  if (type.integer) {
    switch (random_.between(0, 3)) {
      case 0:
        return scope.aggregates ? aggregate(type, depth, scope) : leaf(type, scope);
      case 1:
        return branches(type, depth, scope);
      default:
        return leaf(type, scope);
    }
  }
  switch (random_.between(0, 13)) {
    case 0:
    case 1:
    case 2:
      return arithmetic(dimension, depth, scope);
    case 3:
      return share(dimension, depth, scope);
    case 4:
      return bands(dimension, depth, scope);
    case 5:
      return steps(dimension, depth, scope);
    case 6:
      return dimension == kNumber ? division(depth, scope) : share(dimension, depth, scope);
    case 7:
      return scope.aggregates ? aggregate(type, depth, scope) : leaf(type, scope);
    case 8:
      return dimension == kNumber ? date_number(depth, scope) : leaf(type, scope);
    case 9:
      return dimension == kNumber && random_.chance(40) ? irrational(scope) : optional_leaf(type, scope);
    case 10:
      return arithmetic(dimension, depth, scope);
    case 11: {
      static const std::vector<std::pair<const char*, const char*>> names{{"min", "较小"}, {"max", "较大"}};
      const auto& name = random_.pick(names);
      return node({std::string(chinese() ? name.second : name.first) + "(",
                   {expression(type, depth - 1, scope), kIf},
                   ", ",
                   {expression(type, depth - 1, scope), kIf},
                   ")"},
                  kPrimary, type_key(type), literal(type));
    }
    case 12: {
      NodePtr inner = expression(type, depth - 1, scope);
      if (random_.chance(50))
        return node({std::string(chinese() ? "绝对值" : "abs") + "(", {inner, kIf}, ")"}, kPrimary, type_key(type),
                    literal(type));
      return node({{inner, kAdd}, " " + rounding(dimension)}, kRounded, type_key(type), literal(type));
    }
    default:
      return leaf(type, scope);
  }
}

NodePtr Generator::arithmetic(int dimension, int depth, GenScope& scope) {
  const GenType type = number_of(dimension);
  const std::string key = type_key(type);
  const std::string constant = literal(type);
  NodePtr a = expression(type, depth - 1, scope);
  switch (random_.between(0, 6)) {
    case 6: {  // a cap or a floor, settled by the need for a number
      const std::string bound = " " + word(random_.chance(50) ? Keyword::at_most : Keyword::at_least) + " ";
      return node({{a, kAdd}, " + (", {leaf(type, scope), kPrimary}, bound, {leaf(type, scope), kAdd}, ")"}, kAdd, key,
                  constant);
    }
    case 0:
      return node({{a, kAdd}, " + ", {expression(type, depth - 1, scope), kMultiply}}, kAdd, key, constant);
    case 1:
      return node({{a, kAdd}, " - ", {expression(type, depth - 1, scope), kMultiply}}, kAdd, key, constant);
    case 2:
      return node({{leaf(number_of(kNumber), scope), kMultiply}, " * ", {a, kMinus}}, kMultiply, key, constant);
    case 3:
      return node({{a, kMultiply}, random_.chance(50) ? " * " : " \u00D7 ", {leaf(number_of(kNumber), scope), kMinus}},
                  kMultiply, key, constant);
    case 4: {
      const std::vector<std::string> divisors{"2", "4", "8", "24", "10", "3", "1.5"};
      return node({{a, kMultiply}, random_.chance(50) ? " / " : " \u00F7 ", random_.pick(divisors)}, kMultiply, key,
                  constant);
    }
    default:
      return node({"-", {a, kMinus}}, kMinus, key, constant);
  }
}

// A quotient of two facts, mostly with a guard against zero.
NodePtr Generator::division(int depth, GenScope& scope) {
  const GenType result = number_of(kNumber);
  const int dimension = random_.between(0, kDimensions - 1);
  const GenVariable* divisor = variable(scope, number_of(dimension));
  if (divisor == nullptr) return leaf(result, scope);
  NodePtr dividend = expression(number_of(dimension), depth - 1, scope);
  NodePtr quotient = node({{dividend, kMultiply}, " / " + divisor->text}, kMultiply, type_key(result), literal(result));
  if (divisor->positive || random_.chance(20)) return quotient;
  const std::string zero = dimension == kNumber ? "0" : "0 " + declared_unit(dimension);
  return node({word(Keyword::if_) + " " + divisor->text + " > " + zero + " " + word(Keyword::then) + " ",
               {quotient, kIf},
               " " + word(Keyword::otherwise) + " ",
               {leaf(result, scope), kIf}},
              kIf, type_key(result), literal(result));
}

// `15% of net` / `net 的 15%`.
NodePtr Generator::share(int dimension, int depth, GenScope& scope) {
  const GenType type = number_of(dimension);
  NodePtr whole = expression(type, depth - 1, scope);
  const std::string percent =
      random_.chance(70) ? std::to_string(random_.between(1, 120)) + "%" : "0." + std::to_string(random_.between(1, 9));
  const GenVariable* rate = random_.chance(25) ? variable(scope, number_of(kNumber)) : nullptr;
  const std::string share = rate != nullptr ? rate->text : percent;
  if (chinese()) return node({{whole, kPer}, " 的 " + share}, kOf, type_key(type), literal(type));
  return node({share + " of ", {whole, kOf}}, kOf, type_key(type), literal(type));
}

NodePtr Generator::bands(int dimension, int depth, GenScope& scope) {
  const GenType type = number_of(dimension);
  std::vector<Piece> out{word(Keyword::bands_of) + " ", {expression(type, depth - 1, scope), kOf}, " { "};
  const int count = random_.between(1, 3);
  int limit = 0;
  for (int i = 0; i < count; ++i) {
    limit += random_.between(1, 40);
    const std::string unit = dimension == kNumber ? "" : " " + declared_unit(dimension);
    const std::string edge = dimension == kNumber
                                 ? in_percent(limit)
                                 : std::to_string(dimension == kMoneyDimension ? limit * 100 : limit) + unit;
    out.emplace_back("0." + std::to_string(random_.between(1, 99)) + " " + word(Keyword::up_to) + " " + edge + "; ");
  }
  out.emplace_back(std::to_string(random_.between(1, 50)) + "% " + word(Keyword::above) + " }");
  return node(std::move(out), kPrimary, type_key(type), literal(type));
}

NodePtr Generator::steps(int dimension, int depth, GenScope& scope) {
  const GenType type = number_of(dimension);
  const int of = random_.between(0, kDimensions - 1);
  const std::string rate = number_literal(dimension, true);
  const std::string unit = of == kNumber ? "" : " " + declared_unit(of);
  const std::string size = of == kNumber           ? in_percent(random_.between(1, 30))
                           : of == kMoneyDimension ? std::to_string(random_.between(1, 20) * 50) + unit
                                                   : std::to_string(random_.between(1, 30)) + unit;
  const std::string per = " " + word(random_.chance(50) ? Keyword::per_started : Keyword::per_full) + " " + size;
  NodePtr x = expression(number_of(of), depth - 1, scope);
  if (chinese()) return node({{x, kPer}, " 的 " + rate + per}, kOf, type_key(type), literal(type));
  return node({rate + per + " of ", {x, kOf}}, kOf, type_key(type), literal(type));
}

NodePtr Generator::irrational(GenScope& scope) {
  const GenType type = number_of(kNumber);
  const std::string digits = random_.chance(50) ? "0.001" : "0.000001";
  const std::string round =
      " " + word(random_.chance(50) ? Keyword::rounded_half_even_to : Keyword::rounded_down_to) + " " + digits;
  switch (random_.between(0, 3)) {
    case 0: {
      // A constant would have to lie above zero.
      const GenVariable* v = variable(scope, type);
      const std::string of =
          v != nullptr && v->text.find('.') != std::string::npos ? v->text : number_literal(kNumber, true);
      return node({std::string(chinese() ? "自然对数" : "ln") + "(" + of + ")" + round}, kRounded, type_key(type),
                  literal(type));
    }
    case 1:
      return node({{leaf(type, scope), kPrimary}, "^" + std::to_string(random_.between(0, 3))}, kPost, type_key(type),
                  literal(type));
    case 2:
      return node({{leaf(type, scope), kPrimary}, "^(1/2)" + round}, kRounded, type_key(type), literal(type));
    default:
      return node({{leaf(type, scope), kPrimary}, "^(3/4)" + round}, kRounded, type_key(type), literal(type));
  }
}

NodePtr Generator::date_number(int, GenScope& scope) {
  const GenType type = number_of(kNumber);
  if (random_.chance(25)) {
    const GenType length = plain(random_.chance(50) ? GenType::months : GenType::days);
    const std::string unit = length.kind == GenType::days ? (chinese() ? "日" : "days")
                             : random_.chance(50)         ? (chinese() ? "年" : "years")
                                                          : (chinese() ? "月" : "months");
    return node({{leaf(length, scope), kPrimary}, " " + word(Keyword::counted_in) + " " + unit}, kPost, type_key(type),
                literal(type));
  }
  const GenType day = plain(GenType::date);
  static const std::vector<Keyword> kinds{Keyword::full_years_from, Keyword::full_months_from, Keyword::days_from,
                                          Keyword::started_years_from};
  const Keyword kind = random_.pick(kinds);
  std::string edge;
  if (kind == Keyword::full_years_from || kind == Keyword::full_months_from) {
    if (random_.chance(30))
      edge = " " + word(Keyword::the_day_after);
    else if (random_.chance(20))
      edge = " " + word(Keyword::on_the_day);
  }
  return node(
      {word(kind) + " ", {leaf(day, scope), kAdd}, " " + word(Keyword::to) + " ", {leaf(day, scope), kAdd}, edge}, kIf,
      type_key(type), literal(type));
}

GenScope Generator::with_entry(const GenScope& scope, const GenList& list, const std::string& name) const {
  GenScope inner = scope;
  inner.aggregates = false;
  variables_of(records_.at(static_cast<std::size_t>(list.record)), name, inner);
  return inner;
}

NodePtr Generator::aggregate(const GenType& type, int depth, GenScope& scope) {
  if (scope.lists.empty()) return leaf(type, scope);
  const GenList& list = random_.pick(scope.lists);
  const GenRecord& record = records_.at(static_cast<std::size_t>(list.record));
  const std::string name = fresh("e");
  GenScope inner = with_entry(scope, list, name);
  const auto where = [&](std::vector<Piece>& out) {
    if (!random_.chance(75)) return;
    out.emplace_back(" " + word(Keyword::where) + " ");
    out.emplace_back(truth(depth - 1, inner), kAndOr);
  };
  if (type.of == kNumber && (type.integer || random_.chance(50))) {
    const bool named = random_.chance(60);
    if (!named) inner = with_entry(scope, list, record.element);
    std::vector<Piece> out{word(Keyword::count_of) + " " + list.text +
                           (named ? " " + word(Keyword::as) + " " + name : "")};
    where(out);
    return node(std::move(out), kIf, type_key(type), literal(type));
  }
  std::vector<const GenField*> fields;
  for (const GenField& f : record.fields)
    if (f.type == type && !f.type.optional && f.when.empty()) fields.push_back(&f);
  if (fields.empty()) return leaf(type, scope);
  const std::string term = name + "." + random_.pick(fields)->name;
  const std::string source = " " + word(Keyword::for_) + " " + name + " " + word(Keyword::in) + " " + list.text;
  if (random_.chance(60)) {
    const std::string factor = random_.chance(20) ? std::to_string(random_.between(2, 5)) + " * " : "";
    std::vector<Piece> out{word(Keyword::sum_of) + " " + factor + term + source};
    where(out);
    return node(std::move(out), kIf, type_key(type), literal(type));
  }
  std::vector<Piece> out{"(" + word(random_.chance(50) ? Keyword::min_of : Keyword::max_of) + " " + term + source};
  where(out);
  out.emplace_back(") " + word(Keyword::if_absent) + " ");
  out.emplace_back(leaf(type, scope), kPrimary);
  return node(std::move(out), kPost, type_key(type), literal(type));
}

// ---- tables and functions
// ----------------------------------------------------------------------------------------------------

NodePtr Generator::table_call(const GenTable& table, const std::string& column, const GenType& type, int depth,
                              GenScope& scope) {
  std::vector<Piece> out{table.name};
  if (!table.keys.empty()) {
    out.emplace_back("(");
    for (std::size_t i = 0; i < table.keys.size(); ++i) {
      if (i > 0) out.emplace_back(", ");
      out.emplace_back(depth > 1 ? expression(table.keys[i].type, depth - 2, scope) : leaf(table.keys[i].type, scope),
                       kIf);
    }
    out.emplace_back(")");
  }
  if (table.results.size() > 1) out.emplace_back("." + column);
  return node(std::move(out), kPost, type_key(type), literal(type));
}

NodePtr Generator::function_call(const GenType& type, int depth, GenScope& scope) {
  std::vector<const GenFunction*> fitting;
  for (const GenFunction& f : scope.functions)
    if (f.result == type) fitting.push_back(&f);
  if (fitting.empty()) return leaf(type, scope);
  const GenFunction& f = *random_.pick(fitting);
  std::vector<Piece> out{f.name + "("};
  for (std::size_t i = 0; i < f.parameters.size(); ++i) {
    if (i > 0) out.emplace_back(", ");
    out.emplace_back(depth > 1 ? expression(f.parameters[i], depth - 2, scope) : leaf(f.parameters[i], scope), kIf);
  }
  out.emplace_back(")");
  return node(std::move(out), kPost, type_key(type), literal(type));
}

// ---- days, durations, members
// ------------------------------------------------------------------------------------------------

NodePtr Generator::date(int depth, GenScope& scope) {
  const GenType type = plain(GenType::date);
  const std::string key = type_key(type);
  NodePtr base = leaf(type, scope);
  switch (random_.between(0, 6)) {
    case 0:
      return node({{base, kAdd}, " + ", {leaf(plain(GenType::months), scope), kMultiply}}, kAdd, key, literal(type));
    case 1:
      return node({{base, kAdd}, " - ", {leaf(plain(GenType::months), scope), kMultiply}}, kAdd, key, literal(type));
    case 2:
      return node({{base, kAdd}, random_.chance(50) ? " + " : " - ", {leaf(plain(GenType::days), scope), kMultiply}},
                  kAdd, key, literal(type));
    case 3: {
      static const std::vector<std::pair<const char*, const char*>> names{{"start_of_year", "年初"},
                                                                          {"end_of_year", "年末"}};
      const auto& name = random_.pick(names);
      return node({std::string(chinese() ? name.second : name.first) + "(", {base, kIf}, ")"}, kPrimary, key,
                  literal(type));
    }
    case 4:
      return node({std::string(chinese() ? "较大" : "max") + "(",
                   {base, kIf},
                   ", ",
                   {expression(type, depth - 1, scope), kIf},
                   ")"},
                  kPrimary, key, literal(type));
    case 5:
      return optional_leaf(type, scope);
    default:
      return base;
  }
}

NodePtr Generator::duration(const GenType& type, int depth, GenScope& scope) {
  if (random_.chance(30)) {
    const std::string unit =
        type.kind == GenType::months ? (chinese() ? "1年" : "1 year") : (chinese() ? "10天" : "10 days");
    return node({std::to_string(random_.between(1, 6)) + " * " + unit}, kMultiply, type_key(type), literal(type));
  }
  if (depth > 1 && random_.chance(20))
    return node({{leaf(type, scope), kAdd}, " + ", {leaf(type, scope), kMultiply}}, kAdd, type_key(type),
                literal(type));
  return leaf(type, scope);
}

NodePtr Generator::member_value(const GenType& type, int depth, GenScope& scope) {
  const GenEnum& e = enums_.at(static_cast<std::size_t>(type.of));
  if (e.scale && random_.chance(25)) {
    NodePtr a = leaf(type, scope);
    NodePtr b = depth > 1 ? expression(type, depth - 1, scope) : leaf(type, scope);
    return node({word(random_.chance(50) ? Keyword::worst_of : Keyword::best_of) + " {", {a, kIf}, ", ", {b, kIf}, "}"},
                kPrimary, type_key(type), literal(type));
  }
  return random_.chance(30) ? branches(type, depth, scope) : optional_leaf(type, scope);
}

}  // namespace guiju::reference
