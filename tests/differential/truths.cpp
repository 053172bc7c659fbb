// Generated truths: comparisons, tests of members and days, logic with guards, quantifiers, grades.
#include "generator.hpp"

namespace guiju::reference {

using syntax::Keyword;

namespace {

const char* const kTruth = "0:0";

}  // namespace

NodePtr Generator::truth(int depth, GenScope& scope) {
  if (depth <= 0) {
    switch (random_.between(0, 5)) {
      case 0:
        return leaf(plain(GenType::truth), scope);
      case 1:
        return date_comparison(0, scope);
      case 2:
        return member_test(0, scope);
      case 3:
        return text_test(scope);
      default:
        return comparison(0, scope);
    }
  }
  if (scope.open_texts && random_.chance(15)) return undecided(plain(GenType::truth), depth, scope);
  switch (random_.between(0, 15)) {
    case 0:
    case 1:
    case 2:
      return comparison(depth, scope);
    case 3:
      return date_comparison(depth, scope);
    case 4:
      return window(depth, scope);
    case 5:
    case 6:
      return member_test(depth, scope);
    case 7:
      return random_.chance(50) ? catalogue_test(scope) : text_test(scope);
    case 8:
    case 9:
      return connective(depth, scope);
    case 10:
      return guarded(depth, scope);
    case 11:
      return scope.aggregates ? quantifier(depth, scope) : member_test(depth, scope);
    case 12:
      return grade_test(scope);
    case 13:
      return table_test(depth, scope);
    case 14:
      if (scope.open_texts && random_.chance(40))
        return node({word(Keyword::discretion) + " \"an officer decides\""}, kIf, kTruth, "yes");
      return leaf(plain(GenType::truth), scope);
    default:
      return common(plain(GenType::truth), depth, scope);
  }
}

NodePtr Generator::comparison(int depth, GenScope& scope) {
  int dimension = random_.between(0, kDimensions - 1);
  for (const GenVariable& v : scope.variables)  // rather one of which something is known
    if (v.type.kind == GenType::number && random_.chance(25)) dimension = v.type.of;
  const GenType type = plain(GenType::number, dimension);
  NodePtr a = expression(type, depth - 1, scope);
  NodePtr b = random_.chance(60) ? leaf(type, scope) : expression(type, depth - 1, scope);
  static const std::vector<std::string> signs{"<", "<=", ">", ">=", "\u2264", "\uFF1E"};
  static const std::vector<Keyword> words{Keyword::at_most, Keyword::at_least, Keyword::above,
                                          Keyword::below,   Keyword::is,       Keyword::is_not};
  if (random_.chance(20)) {
    const std::string limit = number_literal(dimension, true);
    return node(
        {{a, kRounded},
         " " + word(Keyword::is) + " " + limit + " " + word(random_.chance(50) ? Keyword::or_more : Keyword::or_less)},
        kCompare, kTruth, "yes");
  }
  const std::string relation = random_.chance(60) ? random_.pick(signs) : word(random_.pick(words));
  return node({{a, kRounded}, " " + relation + " ", {b, kRounded}}, kCompare, kTruth, "yes");
}

NodePtr Generator::date_comparison(int depth, GenScope& scope) {
  const GenType type = plain(GenType::date);
  static const std::vector<Keyword> words{Keyword::before, Keyword::after, Keyword::on_or_before, Keyword::on_or_after,
                                          Keyword::is};
  if (random_.chance(25)) {  // frame 3: full years
    NodePtr a = leaf(type, scope);
    NodePtr b = leaf(type, scope);
    const std::string years = std::to_string(random_.between(1, 9));
    const std::string edge = random_.chance(30) ? " " + word(Keyword::the_day_after) : "";
    const bool below = random_.chance(30);
    if (chinese()) {
      const char* const unit = random_.chance(60) ? "年" : "个月";
      return node({{a, kRounded}, " 至 ", {b, kRounded}, below ? " 不满 " : " 满 ", years + unit + edge}, kCompare,
                  kTruth, "yes");
    }
    return node({word(random_.chance(60) ? Keyword::full_years_from : Keyword::full_months_from) + " ",
                 {a, kAdd},
                 " " + word(Keyword::to) + " ",
                 {b, kAdd},
                 edge,
                 below ? " below " : " >= ",
                 years},
                kCompare, kTruth, "yes");
  }
  if (random_.chance(15)) {  // a span against a length
    static const std::vector<std::string> signs{"<", "<=", ">", ">="};
    const std::string length = std::to_string(random_.between(1, 20)) + (random_.chance(70) ? " months" : " days");
    return node({word(Keyword::span_from) + " ",
                 {leaf(type, scope), kAdd},
                 " " + word(Keyword::to) + " ",
                 {leaf(type, scope), kAdd},
                 " " + random_.pick(signs) + " " + length},
                kCompare, kTruth, "yes");
  }
  NodePtr a = expression(type, depth - 1, scope);
  NodePtr b = random_.chance(70) ? leaf(type, scope) : expression(type, depth - 1, scope);
  const std::string relation = random_.chance(40) ? (random_.chance(50) ? "<=" : ">") : word(random_.pick(words));
  return node({{a, kRounded}, " " + relation + " ", {b, kRounded}}, kCompare, kTruth, "yes");
}

NodePtr Generator::window(int depth, GenScope& scope) {
  const GenType type = plain(GenType::date);
  NodePtr x = leaf(type, scope);
  const std::string within = " " + word(Keyword::within) + " ";
  switch (random_.between(0, 3)) {
    case 0:
      if (scope.version) return node({{x, kRounded}, within + word(Keyword::this_version)}, kCompare, kTruth, "yes");
      [[fallthrough]];
    case 1: {
      // Two written days would have to be in order, so that the first is a fact.
      const GenVariable* first = variable(scope, type);
      if (first == nullptr || first->text.find('.') == std::string::npos) return leaf(plain(GenType::truth), scope);
      return node({{x, kRounded}, within + first->text + " " + word(Keyword::to) + " ", {leaf(type, scope), kRounded}},
                  kCompare, kTruth, "yes");
    }
    default:
      break;
  }
  const int kind = random_.between(0, 2);
  const bool zh = chinese();
  const int n = random_.between(1, 30);
  std::string length;
  if (kind == 0) length = std::to_string(n) + (zh ? "个月" : " months");
  if (kind == 1) length = std::to_string(n * 5) + (zh ? "天" : " days");
  if (kind == 2) length = std::to_string(n) + (zh ? "个自然月" : " calendar months");
  NodePtr d = depth > 1 && kind != 2 ? date(depth - 1, scope) : leaf(type, scope);
  const bool after = kind != 2 && random_.chance(40);
  if (zh)
    return node({{x, kRounded}, " 处于 ", {d, kRounded}, after ? " 后 " : " 前 ", length}, kCompare, kTruth, "yes");
  const char* const relation = after ? " after " : kind == 2 && random_.chance(40) ? " to " : " before ";
  return node({{x, kRounded}, " within " + length + relation, {d, kRounded}}, kCompare, kTruth, "yes");
}

NodePtr Generator::member_test(int depth, GenScope& scope) {
  std::vector<const GenVariable*> fitting;
  for (const GenVariable& v : scope.variables)
    if (v.type.kind == GenType::member && !v.type.optional) fitting.push_back(&v);
  if (fitting.empty()) return leaf(plain(GenType::truth), scope);
  const GenVariable& v = *random_.pick(fitting);
  const GenEnum& e = enums_.at(static_cast<std::size_t>(v.type.of));
  NodePtr value = depth > 1 && random_.chance(30) ? member_value(v.type, depth - 1, scope)
                                                  : node({v.text}, kPrimary, "8:" + std::to_string(v.type.of));
  const std::string is = " " + word(random_.chance(80) ? Keyword::is : Keyword::is_not) + " ";
  if (e.scale && random_.chance(50)) {
    const std::string than = random_.chance(75) ? member(v.type.of) : variable(scope, v.type)->text;
    return node(
        {{value, kRounded}, is + than + " " + word(random_.chance(50) ? Keyword::or_better : Keyword::or_worse)},
        kCompare, kTruth, "yes");
  }
  switch (random_.between(0, 3)) {
    case 0: {
      std::vector<const GenSet*> sets;
      for (const GenSet& s : scope.sets)
        if (s.type == v.type) sets.push_back(&s);
      if (!sets.empty())
        return node({{value, kRounded},
                     " " + word(random_.chance(75) ? Keyword::in : Keyword::not_in) + " " + random_.pick(sets)->name},
                    kCompare, kTruth, "yes");
      [[fallthrough]];
    }
    case 1: {
      std::string set = "{" + member(v.type.of);
      for (int i = random_.between(0, 2); i > 0; --i) set += (chinese() ? "\u3001" : ", ") + member(v.type.of);
      return node({{value, kRounded}, " " + word(random_.chance(75) ? Keyword::in : Keyword::not_in) + " " + set + "}"},
                  kCompare, kTruth, "yes");
    }
    case 2:
      return node({{value, kRounded}, is, {leaf(v.type, scope), kRounded}}, kCompare, kTruth, "yes");
    default:
      return node({{value, kRounded}, is + member(v.type.of)}, kCompare, kTruth, "yes");
  }
}

NodePtr Generator::text_test(GenScope& scope) {
  if (random_.chance(50)) {
    const GenVariable* v = variable(scope, plain(GenType::region));
    if (v == nullptr) return leaf(plain(GenType::truth), scope);
    const std::string area = literal(plain(GenType::region));
    return node({v->text + " " + word(random_.chance(70) ? Keyword::within : Keyword::is) + " " + area}, kCompare,
                kTruth, "yes");
  }
  const GenType type = plain(GenType::text);
  const GenVariable* v = variable(scope, type);
  if (v == nullptr) return leaf(plain(GenType::truth), scope);
  if (random_.chance(40))
    return node({v->text + " " + word(Keyword::in) + " {" + literal(type) + ", " + literal(type) + "}"}, kCompare,
                kTruth, "yes");
  return node(
      {v->text + " " + word(random_.chance(70) ? Keyword::is : Keyword::is_not) + " ", {leaf(type, scope), kRounded}},
      kCompare, kTruth, "yes");
}

NodePtr Generator::connective(int depth, GenScope& scope) {
  if (random_.chance(25))
    return node({word(Keyword::not_) + " ", {truth(depth - 1, scope), kCompare}}, kNot, kTruth, "yes");
  const std::string joint = " " + word(random_.chance(50) ? Keyword::and_ : Keyword::or_) + " ";
  std::vector<Piece> out{{truth(depth - 1, scope), kNot}};
  for (int i = random_.between(1, 2); i > 0; --i) {
    out.emplace_back(joint);
    out.emplace_back(truth(depth - 1, scope), kNot);
  }
  return node(std::move(out), kAndOr, kTruth, "yes");
}

// `x exists and …x…`, `x not exists or …x…`, `kind is a and …field of that kind…`.
NodePtr Generator::guarded(int depth, GenScope& scope) {
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < scope.variables.size(); ++i)
    if (scope.variables[i].type.optional) fitting.push_back(i);
  if (fitting.empty()) return connective(depth, scope);
  const GenVariable v = scope.variables[random_.pick(fitting)];
  GenScope inner = scope;
  GenVariable present = v;
  present.type.optional = false;
  for (int i = 0; i < 4; ++i) inner.variables.push_back(present);  // likely to be used
  NodePtr test = truth(depth - 1, inner);
  if (!v.guard.empty() && random_.chance(50))
    return node({"(" + v.guard + ") " + word(Keyword::and_) + " ", {test, kNot}}, kAndOr, kTruth, "yes");
  if (random_.chance(70))
    return node({v.text + " " + word(Keyword::exists) + " " + word(Keyword::and_) + " ", {test, kNot}}, kAndOr, kTruth,
                "yes");
  return node({v.text + " " + word(Keyword::not_exists) + " " + word(Keyword::or_) + " ", {test, kNot}}, kAndOr, kTruth,
              "yes");
}

NodePtr Generator::quantifier(int depth, GenScope& scope) {
  static const std::vector<Keyword> kinds{Keyword::any_of, Keyword::all_of, Keyword::none_of};
  const std::string kind = word(random_.pick(kinds));
  if (scope.lists.empty() || random_.chance(25)) {
    const GenType type = plain(random_.chance(50) ? GenType::date : GenType::number, kMoneyDimension);
    const GenType use = type.kind == GenType::date ? plain(GenType::date) : type;
    NodePtr a = leaf(use, scope);
    NodePtr b = leaf(use, scope);
    const std::string relation = use.kind == GenType::date ? word(Keyword::on_or_before) : word(Keyword::at_most);
    return node({kind + " {", {a, kIf}, ", ", {b, kIf}, "} " + relation + " ", {leaf(use, scope), kRounded}}, kIf,
                kTruth, "yes");
  }
  const GenList& list = random_.pick(scope.lists);
  const bool named = random_.chance(60);
  const std::string name = named ? fresh("e") : records_.at(static_cast<std::size_t>(list.record)).element;
  GenScope inner = with_entry(scope, list, name);
  return node(
      {kind + " " + list.text + (named ? " " + word(Keyword::as) + " " + name : "") + " " + word(Keyword::where) + " ",
       {truth(depth - 1, inner), kAndOr}},
      kIf, kTruth, "yes");
}

NodePtr Generator::grade_test(GenScope& scope) {
  std::vector<std::pair<const GenStandard*, std::string>> fitting;
  for (const GenStandard& s : standards_)
    for (const auto& [path, record] : scope.records)
      if (record == s.record && (scope.open_texts || !s.open)) fitting.emplace_back(&s, path);
  if (fitting.empty()) return leaf(plain(GenType::truth), scope);
  const auto& [standard, path] = random_.pick(fitting);
  if (!standard->results.empty() && random_.chance(40)) return result_test(*standard, path, scope);
  std::vector<Piece> out{word(Keyword::grade_of) + " " + path + " " + word(Keyword::by) + " " + standard->name};
  if (random_.chance(20))
    out.emplace_back(" " + word(Keyword::in_edition) + " " + random_.pick(standard->editions));
  else if (random_.chance(20)) {
    out.emplace_back(" " + word(Keyword::as_at) + " ");
    out.emplace_back(leaf(plain(GenType::date), scope), kPost);
  }
  if (!standard->open && random_.chance(20)) {
    static const std::vector<Keyword> states{Keyword::below, Keyword::no_row, Keyword::out_of_scope};
    out.emplace_back(" " + word(Keyword::is) + " " + word(Keyword::unclassified) +
                     (random_.chance(50) ? "" : " " + word(random_.pick(states))));
  } else {
    const std::string is = " " + word(random_.chance(80) ? Keyword::is : Keyword::is_not) + " ";
    out.emplace_back(
        is + member(standard->scale) +
        (random_.chance(60) ? " " + word(random_.chance(50) ? Keyword::or_better : Keyword::or_worse) : ""));
  }
  return node(std::move(out), kCompare, kTruth, "yes");
}

// A result of the standard: a truth by itself, a number against another.
NodePtr Generator::result_test(const GenStandard& standard, const std::string& path, GenScope& scope) {
  const GenStandard::Result& result = random_.pick(standard.results);
  std::vector<Piece> out{"((" + word(Keyword::result) + " " + result.name + " " + word(Keyword::of) + " " + path + " " +
                         word(Keyword::by) + " " + standard.name};
  if (random_.chance(20)) {
    out.emplace_back(" " + word(Keyword::as_at) + " ");
    out.emplace_back(leaf(plain(GenType::date), scope), kPost);
  }
  out.emplace_back(")");
  if (result.optional) {
    out.emplace_back(" " + word(Keyword::if_absent) + " ");
    out.emplace_back(leaf(result.type, scope), kPost);
  }
  out.emplace_back(")");
  if (result.type.kind == GenType::truth) return node(std::move(out), kPrimary, kTruth, "yes");
  out.emplace_back(random_.chance(50) ? " >= " : " < ");
  out.emplace_back(expression(result.type, 1, scope), kRounded);
  return node(std::move(out), kCompare, kTruth, "yes");
}

// Is the key in the table?
NodePtr Generator::table_test(int, GenScope& scope) {
  std::vector<const GenTable*> fitting;
  for (const GenTable& t : scope.tables)
    if (t.keys.size() == 1) fitting.push_back(&t);
  if (fitting.empty()) return leaf(plain(GenType::truth), scope);
  const GenTable& t = *random_.pick(fitting);
  return node({{leaf(t.keys[0].type, scope), kRounded},
               " " + word(random_.chance(70) ? Keyword::in : Keyword::not_in) + " " + t.name},
              kCompare, kTruth, "yes");
}

}  // namespace guiju::reference
