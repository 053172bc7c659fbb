// That two tokens of lookahead decide everywhere: the sets FIRST and FOLLOW of two tokens are derived from the rules
// of the grammar themselves, which are read here as a table instead of being compiled to a parser. A choice conflicts
// where the tokens by which its first way is bound to go on (what stands before `>`) could also begin the other way, or
// what follows. Conflicts that the grammar settles by being greedy are listed below with what decides them; there may
// be no other.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "syntax/grammar_rules.hpp"

namespace guiju::syntax::grammar {
namespace {

// ---- tokens, by what the grammar tells apart

constexpr std::size_t kKeywords = static_cast<std::size_t>(Keyword::count_);  // 0: a name that is no keyword
constexpr std::size_t kSigns = kSpellingOfSign.size();
constexpr std::size_t kKinds = static_cast<std::size_t>(TokenKind::end) + 1;
constexpr std::size_t kTokens = kKeywords + kSigns + kKinds;
constexpr std::size_t kNothing = kTokens;  // as a second token: there is none
using Tokens = std::bitset<kTokens + 1>;

constexpr std::size_t token(Keyword k) {
  return static_cast<std::size_t>(k);
}
constexpr std::size_t token(Sign s) {
  return kKeywords + static_cast<std::size_t>(s);
}
constexpr std::size_t token(TokenKind k) {
  return kKeywords + kSigns + static_cast<std::size_t>(k);
}

std::string name_of(std::size_t t) {
  if (t == kNothing) return "";
  if (t == 0) return "NAME";
  if (t < kKeywords) return std::string(info(static_cast<Keyword>(t)).english);
  if (t < kKeywords + kSigns) return std::string(kSpellingOfSign[t - kKeywords]);
  const std::string words = token_words(static_cast<TokenKind>(t - kKeywords - kSigns));
  return words.substr(0, words.find('\x1f'));
}

// A contextual keyword is a name, too.
Tokens names() {
  Tokens all;
  all.set(0);
  for (const KeywordInfo& k : all_keywords()) {
    if (k.id != Keyword::none && k.kind == KeywordKind::contextual) all.set(token(k.id));
  }
  return all;
}

// ---- sequences of up to two tokens

struct Pairs {
  bool empty = false;                                         // none at all
  std::vector<Tokens> second = std::vector<Tokens>(kTokens);  // by the first; kNothing: it stands alone

  bool add(const Pairs& other) {
    bool grew = other.empty && !empty;
    empty = empty || other.empty;
    for (std::size_t t = 0; t < kTokens; ++t) {
      const Tokens both = second[t] | other.second[t];
      grew = grew || both != second[t];
      second[t] = both;
    }
    return grew;
  }
  [[nodiscard]] Tokens firsts() const {
    Tokens all;
    for (std::size_t t = 0; t < kTokens; ++t) {
      if (second[t].any()) all.set(t);
    }
    if (empty) all.set(kNothing);
    return all;
  }
};

Pairs one_of(const Tokens& tokens) {
  Pairs out;
  for (std::size_t t = 0; t < kTokens; ++t) {
    if (tokens.test(t)) out.second[t].set(kNothing);
  }
  return out;
}

// A word before `:` is a name, whatever it says: the lexer sees to it.
void obey_colon(Pairs& pairs) {
  for (std::size_t k = 1; k < kKeywords; ++k) pairs.second[k].reset(token(Sign::colon));
}

Pairs joined(const Pairs& a, const Pairs& b) {
  Pairs out;
  const Tokens next = b.firsts();
  for (std::size_t t = 0; t < kTokens; ++t) {
    Tokens second = a.second[t];
    if (second.test(kNothing)) second = (second.reset(kNothing), second | next);
    out.second[t] = second;
  }
  if (a.empty) out.add(b);
  out.empty = a.empty && b.empty;
  obey_colon(out);
  return out;
}

// ---- the rules as a table

struct Shape;
using Ref = std::shared_ptr<Shape>;
struct Shape {
  enum Kind : std::uint8_t { nothing, tokens, sequence, choice, maybe, many, test, act, expected, rule } kind = nothing;
  Tokens taken;
  Ref left, right;  // of `maybe`, `many`, `expected` only the first
  Rule::Body body = nullptr;
  Act::Deed deed = nullptr;
  Pairs first, follow;
};

Ref make(Shape::Kind kind, Ref left = nullptr, Ref right = nullptr) {
  auto shape = std::make_shared<Shape>();
  shape->kind = kind;
  shape->left = std::move(left);
  shape->right = std::move(right);
  return shape;
}
Ref taking(const Tokens& tokens) {
  Ref shape = make(Shape::tokens);
  shape->taken = tokens;
  return shape;
}
Ref taking(std::size_t one) {
  return taking(Tokens().set(one));
}

Ref shape(const KeywordToken& p) {
  return taking(token(p.keyword));
}
Ref shape(const SignToken& p) {
  return taking(token(p.sign));
}
Ref shape(const KindToken& p) {
  return taking(token(p.kind));
}
Ref shape(const Ahead&) {
  return make(Shape::test);
}
Ref shape(const Act& p) {
  Ref out = make(Shape::act);
  out->deed = p.deed;
  return out;
}
Ref shape(const Flag&) {
  return make(Shape::nothing);
}
Ref shape(const Become&) {
  return make(Shape::nothing);
}
Ref shape(const Stray&) {
  return make(Shape::test);
}  // what nothing else takes
Ref shape(const Rule& p) {
  Ref out = make(Shape::rule);
  out->body = p.body;
  return out;
}
Ref shape(const Deeper& p) {
  return shape(p.rule);
}
Ref shape(const Recovering& p) {
  return shape(p.rule);
}
template <typename Subject>
Ref shape(const NodeDirective<Subject>& p);
template <typename Left, typename Right>
Ref shape(const x3::sequence<Left, Right>& p);
template <typename Left, typename Right>
Ref shape(const x3::alternative<Left, Right>& p);
template <typename Subject>
Ref shape(const x3::optional<Subject>& p);
template <typename Subject>
Ref shape(const x3::kleene<Subject>& p);
template <typename Subject>
Ref shape(const x3::plus<Subject>& p);
template <typename Subject>
Ref shape(const x3::expect_directive<Subject>& p);
template <typename Subject>
Ref shape(const x3::not_predicate<Subject>&) {
  return make(Shape::test);
}
template <typename Subject>
Ref shape(const x3::and_predicate<Subject>&) {
  return make(Shape::test);
}
// The two that are written out in C++: a name, and the spelling of a unit.
template <typename Other>
Ref shape(const Plain<Other>&) {
  return taking(names());
}

template <typename Subject>
Ref shape(const NodeDirective<Subject>& p) {
  return shape(p.subject);
}
template <typename Left, typename Right>
Ref shape(const x3::sequence<Left, Right>& p) {
  return make(Shape::sequence, shape(p.left), shape(p.right));
}
template <typename Left, typename Right>
Ref shape(const x3::alternative<Left, Right>& p) {
  return make(Shape::choice, shape(p.left), shape(p.right));
}
template <typename Subject>
Ref shape(const x3::optional<Subject>& p) {
  return make(Shape::maybe, shape(p.subject));
}
template <typename Subject>
Ref shape(const x3::kleene<Subject>& p) {
  return make(Shape::many, shape(p.subject));
}
template <typename Subject>
Ref shape(const x3::plus<Subject>& p) {
  return make(Shape::sequence, shape(p.subject), make(Shape::many, shape(p.subject)));
}
template <typename Subject>
Ref shape(const x3::expect_directive<Subject>& p) {
  return make(Shape::expected, shape(p.subject));
}

struct Defined {
  std::string name;
  Ref shape;
};
std::map<Rule::Body, Defined>& table_of_rules() {
  static std::map<Rule::Body, Defined> table;
  return table;
}
bool define(Rule::Body body, const char* name, Ref shape) {
  return table_of_rules().emplace(body, Defined{name, std::move(shape)}).second;
}

}  // namespace
}  // namespace guiju::syntax::grammar

#undef GUIJU_DEFINE
#define GUIJU_DEFINE(name, ...) \
  [[maybe_unused]] static const bool defined_##name = define(parse_##name, #name, shape(x3::as_parser(__VA_ARGS__)));
#include "syntax/grammar_declarations.cpp"
#include "syntax/grammar_expressions.cpp"

namespace guiju::syntax::grammar {
namespace {

class Sets {
 public:
  Sets() {
    while (grow_firsts()) {
    }
    Pairs end;
    end.second[token(TokenKind::end)].set(kNothing);
    rule(parse_file).follow.add(end);
    while (grow_follows()) {
    }
  }

  // Of a shape by itself.
  static std::size_t conflicts_of(const Ref& alone) {
    while (first(*alone)) {
    }
    Sets sets(*alone);
    return sets.found_.size();
  }

  // "rule: tokens": where two tokens do not decide.
  std::set<std::string> conflicts() {
    for (auto& [body, defined] : table_of_rules()) {
      at_ = defined.name;
      look(*defined.shape);
    }
    return found_;
  }

 private:
  explicit Sets(const Shape& alone) { look(alone); }

  static Shape& rule(Rule::Body body) { return *table_of_rules().at(body).shape; }

  // Ways that are only there to complain of a mistake are none of the language.
  static bool complains(const Shape& s) {
    const Act::Deed complaints[] = {mixed.deed, chained.deed, comma_for_semicolon.deed, missing_semicolon.deed};
    return std::find(std::begin(complaints), std::end(complaints), s.deed) != std::end(complaints);
  }

  // ---- FIRST

  static bool grow_firsts() {
    bool grew = false;
    for (auto& [body, defined] : table_of_rules()) grew = first(*defined.shape) || grew;
    return grew;
  }
  static bool first(Shape& s) {
    bool grew = false;
    if (s.left != nullptr) grew = first(*s.left);
    if (s.right != nullptr) grew = first(*s.right) || grew;
    Pairs now;
    switch (s.kind) {
      case Shape::nothing:
      case Shape::test:
        now.empty = true;
        break;
      case Shape::act:
        now.empty = !complains(s);
        break;
      case Shape::tokens:
        now = one_of(s.taken);
        break;
      case Shape::sequence:
        now = joined(s.left->first, s.right->first);
        break;
      case Shape::choice:
        now = s.left->first;
        now.add(s.right->first);
        break;
      case Shape::maybe:
        now = s.left->first;
        now.empty = true;
        break;
      case Shape::many:
        now = joined(s.left->first, s.first);
        now.add(s.left->first);
        now.empty = true;
        break;
      case Shape::expected:
        now = s.left->first;
        break;
      case Shape::rule:
        now = rule(s.body).first;
        break;
    }
    return s.first.add(now) || grew;
  }

  // ---- FOLLOW

  static bool grow_follows() {
    bool grew = false;
    for (auto& [body, defined] : table_of_rules()) grew = follow(*defined.shape) || grew;
    return grew;
  }
  static bool follow(Shape& s) {
    bool grew = false;
    switch (s.kind) {
      case Shape::sequence:
        grew = s.right->follow.add(s.follow);
        grew = s.left->follow.add(joined(s.right->first, s.follow)) || grew;
        break;
      case Shape::choice:
        grew = s.left->follow.add(s.follow);
        grew = s.right->follow.add(s.follow) || grew;
        break;
      case Shape::many:
        grew = s.left->follow.add(joined(s.first, s.follow));
        break;
      case Shape::maybe:
      case Shape::expected:
        grew = s.left->follow.add(s.follow);
        break;
      case Shape::rule:
        grew = rule(s.body).follow.add(s.follow);
        break;
      default:
        break;
    }
    if (s.left != nullptr) grew = follow(*s.left) || grew;
    if (s.right != nullptr) grew = follow(*s.right) || grew;
    return grew;
  }

  // ---- what binds

  // The tokens after which a way must go on: those before its first `>`. A way that tests the tokens ahead first has
  // been decided by that.
  struct Bound {
    Pairs by;       // ways to get to the first `>`
    Pairs not_yet;  // and ways through that meet none
    bool tested = false;
  };
  Bound bound(const Shape& s) {
    Bound out;
    switch (s.kind) {
      case Shape::nothing:
        out.not_yet.empty = true;
        break;
      case Shape::act:
        out.not_yet.empty = !complains(s);
        break;
      case Shape::test:
        out.not_yet.empty = true;
        out.tested = true;
        break;
      case Shape::tokens:
        out.not_yet = one_of(s.taken);
        break;
      case Shape::expected:
        out.by.empty = true;
        break;
      case Shape::sequence: {
        out = bound(*s.left);
        const bool decided = out.tested;
        const Bound right = bound(*s.right);
        if (!(right.tested && out.not_yet.firsts() == Tokens().set(kNothing)))
          out.by.add(joined(out.not_yet, right.by));
        Pairs through = joined(out.not_yet, right.not_yet);
        out.not_yet = std::move(through);
        out.tested = decided || (right.tested && s.left->first.firsts() == Tokens().set(kNothing));
        break;
      }
      case Shape::choice: {
        out = bound(*s.left);
        const Bound right = bound(*s.right);
        if (out.tested) out.by = Pairs();
        if (!right.tested) out.by.add(right.by);
        out.not_yet.add(right.not_yet);
        out.tested = out.tested && right.tested;
        break;
      }
      case Shape::maybe:
      case Shape::many:
        out = bound(*s.left);
        if (out.tested) out.by = Pairs();
        out.tested = false;
        out.not_yet.empty = true;
        break;
      case Shape::rule:
        return bound_of_rule(s.body);
    }
    return out;
  }
  Bound bound_of_rule(Rule::Body body) {
    if (const auto known = bounds_.find(body); known != bounds_.end()) return known->second;
    // Met again inside itself: what it begins with is all that matters then.
    bounds_[body].not_yet = rule(body).first;
    return bounds_[body] = bound(rule(body));
  }

  void look(const Shape& s) {
    if (s.kind == Shape::choice && s.right->kind != Shape::test) {  // what nothing else takes takes nothing away
      Pairs other = joined(s.right->first, s.follow);
      compare(*s.left, other);
    }
    if (s.kind == Shape::maybe || s.kind == Shape::many) compare(*s.left, s.follow);
    if (s.left != nullptr) look(*s.left);
    if (s.right != nullptr) look(*s.right);
  }

  void compare(const Shape& way, const Pairs& other) {
    const Bound b = bound(way);
    if (b.tested) return;
    for (std::size_t t = 0; t < kTokens; ++t) {
      if (b.by.second[t].none() || other.second[t].none()) continue;
      const bool by_one = b.by.second[t].test(kNothing);
      const Tokens both = by_one ? other.second[t] : b.by.second[t] & other.second[t];
      if (both.none()) continue;
      found_.insert(at_ + ": " + name_of(names().test(t) ? 0 : t));
    }
  }

  std::string at_;
  std::map<Rule::Body, Bound> bounds_;
  std::set<std::string> found_;
};

}  // namespace

TEST_CASE("every rule of the grammar is in the table") {
  CHECK(table_of_rules().size() > 140);
  for (const auto& entry_of_table : table_of_rules())
    CHECK_MESSAGE(entry_of_table.second.shape != nullptr, entry_of_table.second.name);
}

namespace {

// What is settled by being greedy, and why that reads as people read it.
struct Settled {
  const char* why;
  std::vector<std::string> where;
};
const std::vector<Settled>& settled() {
  static const std::vector<Settled> all = {
      {"an expression reaches as far right as it can; what it is part of could go on with the same word",
       {"comparison: <",
        "comparison: <=",
        "comparison: >",
        "comparison: >=",
        "comparison: above",
        "comparison: after",
        "comparison: at least",
        "comparison: at most",
        "comparison: before",
        "comparison: below",
        "comparison: in",
        "comparison: is",
        "comparison: is not",
        "comparison: not in",
        "comparison: on or after",
        "comparison: on or before",
        "comparison: to",
        "comparison: within",
        "comparison_tail: after",
        "comparison_tail: before",
        "comparison_tail: following",
        "comparison_tail: prior",
        "comparison_tail: to",
        "logic: and",
        "logic: or",
        "nested_primary: as at",
        "not_found: to",
        "not_found: within",
        "of_chain: of",
        "of_zh_chain: of_zh",
        "path: (",
        "path: .",
        "postfix: ^",
        "postfix: counted in",
        "postfix: if absent",
        "product: *",
        "product: /",
        "qualified_name: .",
        "rounded: rounded down to",
        "rounded: rounded half even to",
        "rounded: rounded half up to",
        "rounded: rounded up to",
        "source: as",
        "source: for",
        "source: where",
        "step_rate: per full",
        "step_rate: per started",
        "sum: +",
        "sum: -"}},
      {"a word that begins a clause is one, though it could be a name: the lexer makes names of words before `:`",
       {"adjustment: NAME", "comparison_tail: NAME", "edition_item: NAME", "expectation: NAME", "field: NAME",
        "field_modifier: NAME", "grading_content: NAME", "group_statement: NAME", "header_cell: NAME", "let: NAME",
        "require: NAME", "statement: NAME", "targets_cell: NAME", "type: NAME"}},
      {"the text behind a word belongs to it",
       {"label: /", "note: a name", "note: a text in quotes", "targets_cell: a name", "targets_cell: a text in quotes",
        "undecided: a name", "undecided: a text in quotes"}},
      {"a bar ends the row where the token after it can begin no cell",
       {"header: |", "row_content: |", "targets_header: |", "targets_row: |"}},
  };
  return all;
}

}  // namespace

TEST_CASE("two tokens decide, but for what is settled by being greedy") {
  std::set<std::string> known;
  for (const Settled& one : settled()) known.insert(one.where.begin(), one.where.end());
  const std::set<std::string> found = Sets().conflicts();
  for (const std::string& conflict : found) CHECK_MESSAGE(known.contains(conflict), "new: " << conflict);
  for (const std::string& conflict : known) CHECK_MESSAGE(found.contains(conflict), "gone: " << conflict);
}

TEST_CASE("a conflict is found where there is one") {
  // `a > b` or `a > c`: bound to go on after one token that both begin with.
  const auto conflicting = (kw(K::use) > kw(K::from)) | (kw(K::use) > kw(K::to));
  const auto parted = (kw(K::use) >> kw(K::from) > kw(K::to)) | (kw(K::use) >> kw(K::to) > kw(K::from));
  const auto longer = (kw(K::use) >> kw(K::from) > kw(K::to)) | (kw(K::use) > kw(K::from));
  CHECK(Sets::conflicts_of(shape(conflicting)) == 1);
  CHECK(Sets::conflicts_of(shape(parted)) == 0);
  CHECK(Sets::conflicts_of(shape(longer)) == 1);
}

}  // namespace guiju::syntax::grammar
