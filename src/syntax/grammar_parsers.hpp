// How the grammar is written: Boost.Spirit X3 over tokens. X3 stands in the files of the grammar and nowhere else.
//
// `kw(Keyword::x)`, `sg(Sign::x)` and `tk(TokenKind::x)` take one token. `>>` goes on or gives up silently, `>` stands
// after the token that decides and demands what follows: its failure is a mistake of the writer. `node(kind)[…]` makes
// a node of what it encloses, `around(kind)[…]` one whose first child is the node made last, `flag`, `become` and the
// `op_…` forms mark the node being made. `recovering(…)[…]` reports a mistake inside, skips to where reading goes on,
// and succeeds. No attributes are used. Rules are erased to functions, so that each is compiled once, and the files of
// the grammar apart.
#pragma once

#include <boost/spirit/home/x3.hpp>

#ifdef __clang__
// `a >> b > c` is how X3 writes "a, then b, then surely c"; the parentheses that the warning asks for would only hide
// the grammar.
#pragma clang diagnostic ignored "-Woverloaded-shift-op-parentheses"
#endif

#include "diagnostics/codes.hpp"
#include "syntax/brackets.hpp"
#include "syntax/builder.hpp"
#include "syntax/statements.hpp"
#include "syntax/words.hpp"
namespace guiju::syntax::grammar {

namespace x3 = boost::spirit::x3;
using It = const Token*;
struct BuilderTag {};
using Context = x3::context<BuilderTag, Builder>;

inline Builder& builder(const Context& context) {
  return x3::get<BuilderTag>(context);
}

// ---- parsers of one token -------------------------------------------------------------------------------------------

template <typename Derived>
struct Plain : x3::parser<Derived> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
};

// What becomes of a keyword or sign beside being taken.
enum class Keep : std::uint8_t { nothing, op, or_what };

struct KeywordToken : Plain<KeywordToken> {
  constexpr KeywordToken(Keyword k, Keep keep_as) : keyword(k), keep(keep_as) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    if (first->keyword != keyword) return false;
    if (keep == Keep::op) builder(context).current().op = keyword;
    if (keep == Keep::or_what) builder(context).current().or_what = keyword;
    ++first;
    return true;
  }
  Keyword keyword;
  Keep keep;
};
constexpr KeywordToken kw(Keyword k) {
  return {k, Keep::nothing};
}
constexpr KeywordToken op(Keyword k) {
  return {k, Keep::op};
}
constexpr KeywordToken or_what(Keyword k) {
  return {k, Keep::or_what};
}

struct SignToken : Plain<SignToken> {
  constexpr SignToken(Sign s, bool keep_it) : sign(s), keep(keep_it) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    if (first->kind != TokenKind::sign || first->sign != sign) return false;
    if (keep) builder(context).current().sign = sign;
    ++first;
    return true;
  }
  Sign sign;
  bool keep;
};
constexpr SignToken sg(Sign s) {
  return {s, false};
}
constexpr SignToken op(Sign s) {
  return {s, true};
}

struct KindToken : Plain<KindToken> {
  constexpr explicit KindToken(TokenKind k) : kind(k) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context&, R&, A&) const {
    if (first->kind != kind) return false;
    ++first;
    return true;
  }
  TokenKind kind;
};
constexpr KindToken tk(TokenKind k) {
  return KindToken{k};
}

// A condition on the tokens ahead; takes none.
struct Ahead : Plain<Ahead> {
  using Test = bool (*)(It, const Builder&);
  constexpr explicit Ahead(Test t) : test(t) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    return test(first, builder(context));
  }
  Test test;
};

// Something done to the tree being built; always succeeds.
struct Act : Plain<Act> {
  using Deed = void (*)(Builder&, It);
  constexpr explicit Act(Deed d) : deed(d) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    deed(builder(context), first);
    return true;
  }
  Deed deed;
};

struct Flag : Plain<Flag> {
  constexpr explicit Flag(NodeFlag f) : bit(f) {}
  template <typename R, typename A>
  bool parse(It&, const It&, const Context& context, R&, A&) const {
    builder(context).flag(bit);
    return true;
  }
  NodeFlag bit;
};
constexpr Flag flag(NodeFlag f) {
  return Flag{f};
}

struct Become : Plain<Become> {
  constexpr explicit Become(NodeKind k) : kind(k) {}
  template <typename R, typename A>
  bool parse(It&, const It&, const Context& context, R&, A&) const {
    builder(context).current().kind = kind;
    return true;
  }
  NodeKind kind;
};
constexpr Become become(NodeKind k) {
  return Become{k};
}

// Whether a parser may match where this token stands, as far as its first word or sign tells. Most attempts of the
// grammar end there, and then no node is made only to be taken back.
template <typename Parser>
struct Beginning {
  static bool fits(const Parser&, It) { return true; }
};
template <>
struct Beginning<KeywordToken> {
  static bool fits(const KeywordToken& p, It t) { return t->keyword == p.keyword; }
};
template <>
struct Beginning<SignToken> {
  static bool fits(const SignToken& p, It t) { return t->kind == TokenKind::sign && t->sign == p.sign; }
};
template <>
struct Beginning<KindToken> {
  static bool fits(const KindToken& p, It t) { return t->kind == p.kind; }
};
template <typename Left, typename Right>
struct Beginning<x3::sequence<Left, Right>> {
  static bool fits(const x3::sequence<Left, Right>& p, It t) { return Beginning<Left>::fits(p.left, t); }
};
template <typename Left, typename Right>
struct Beginning<x3::alternative<Left, Right>> {
  static bool fits(const x3::alternative<Left, Right>& p, It t) {
    return Beginning<Left>::fits(p.left, t) || Beginning<Right>::fits(p.right, t);
  }
};
template <typename Subject>
struct Beginning<x3::plus<Subject>> {
  static bool fits(const x3::plus<Subject>& p, It t) { return Beginning<Subject>::fits(p.subject, t); }
};

// ---- directives -----------------------------------------------------------------------------------------------------

template <typename Subject>
struct NodeDirective : x3::unary_parser<Subject, NodeDirective<Subject>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr NodeDirective(const Subject& s, NodeKind k, bool a)
      : x3::unary_parser<Subject, NodeDirective<Subject>>(s), kind(k), around(a) {}
  template <typename R, typename A>
  bool parse(It& first, const It& last, const Context& context, R& rcontext, A&) const {
    if (!Beginning<Subject>::fits(this->subject, first)) return false;
    Builder& b = builder(context);
    const Builder::Mark mark = b.mark();
    const It start = first;
    around ? b.open_around(kind) : b.open(kind, first);
    if (!this->subject.parse(first, last, context, rcontext, x3::unused)) {
      b.take_back(mark);
      first = start;
      return false;
    }
    b.close(first);
    return true;
  }
  NodeKind kind;
  bool around;
};

template <typename Subject>
struct Beginning<NodeDirective<Subject>> {
  static bool fits(const NodeDirective<Subject>& p, It t) { return Beginning<Subject>::fits(p.subject, t); }
};

struct NodeMaker {
  template <typename Subject>
  constexpr auto operator[](const Subject& subject) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return NodeDirective<Parser>(x3::as_parser(subject), kind, around);
  }
  NodeKind kind;
  bool around;
};
constexpr NodeMaker node(NodeKind k) {
  return {k, false};
}
constexpr NodeMaker around(NodeKind k) {
  return {k, true};
}

// A rule, erased to a function. Its words say in messages what was expected.
struct Rule : Plain<Rule> {
  using Body = bool (*)(It&, const It&, const Context&);
  constexpr Rule(Body b, std::string_view e, std::string_view z) : body(b), en(e), zh(z) {}
  template <typename R, typename A>
  bool parse(It& first, const It& last, const Context& context, R&, A&) const {
    return body(first, last, context);
  }
  Body body;
  std::string_view en, zh;
};

// One level of nesting deeper.
struct Deeper : Plain<Deeper> {
  constexpr explicit Deeper(const Rule& r) : rule(r) {}
  template <typename R, typename A>
  bool parse(It& first, const It& last, const Context& context, R&, A&) const {
    Builder& b = builder(context);
    const std::uint32_t depth = b.depth();
    b.enter(first);
    const bool matched = rule.body(first, last, context);
    b.set_depth(depth);
    return matched;
  }
  Rule rule;
};
constexpr Deeper deeper(const Rule& r) {
  return Deeper{r};
}

using Expected = x3::expectation_failure<It>;

struct Recovering : Plain<Recovering> {
  constexpr Recovering(const Rule& r, Resume w) : rule(r), where(w) {}
  template <typename R, typename A>
  bool parse(It& first, const It& last, const Context& context, R&, A&) const {
    Builder& b = builder(context);
    const Builder::Mark mark = b.mark();
    const std::uint32_t depth = b.depth();
    const It start = first;
    It failed = start;
    try {
      return rule.body(first, last, context);
    } catch (const Expected& e) {
      failed = e.where();
      b.report_unexpected(failed, e.which());
    } catch (const Abandoned& abandoned) {
      failed = abandoned.where;
    }
    b.set_depth(depth);
    first = b.resume(mark, start, failed, where);
    return true;
  }
  Rule rule;
  Resume where;
};
constexpr Recovering recovering(Resume where, const Rule& rule) {
  return {rule, where};
}

// Where nothing matches: one message, and on to where reading goes on. Takes at least one token, but never the end, nor
// a closing brace inside a body.
struct Stray : Plain<Stray> {
  constexpr Stray(Resume w, std::string_view e, std::string_view z) : where(w), en(e), zh(z) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    if (first->kind == TokenKind::end) return false;
    if (first->sign == Sign::rbrace && where != Resume::declaration) return false;
    Builder& b = builder(context);
    b.report_stray(first, bilingual(en, zh));
    first = b.resume(b.mark(), first, first, where);
    return true;
  }
  Resume where;
  std::string_view en, zh;
};

}  // namespace guiju::syntax::grammar

// What X3 says of a parser whose expectation fails: words for people, in both languages; nothing for what takes no
// token.
namespace boost::spirit::x3 {

#define GUIJU_WORDS(parser, result)                                                                           \
  template <>                                                                                                 \
  struct get_info<guiju::syntax::grammar::parser> {                                                           \
    using result_type = std::string;                                                                          \
    std::string operator()([[maybe_unused]] const guiju::syntax::grammar::parser& p) const { return result; } \
  };
GUIJU_WORDS(KeywordToken, guiju::syntax::keyword_words(p.keyword))
GUIJU_WORDS(SignToken, guiju::syntax::sign_words(p.sign))
GUIJU_WORDS(KindToken, guiju::syntax::token_words(p.kind))
GUIJU_WORDS(Rule, guiju::bilingual(p.en, p.zh))
GUIJU_WORDS(Deeper, guiju::bilingual(p.rule.en, p.rule.zh))
GUIJU_WORDS(Recovering, guiju::bilingual(p.rule.en, p.rule.zh))
GUIJU_WORDS(Ahead, "")
GUIJU_WORDS(Act, "")
GUIJU_WORDS(Flag, "")
GUIJU_WORDS(Become, "")
#undef GUIJU_WORDS

template <typename Subject>
struct get_info<guiju::syntax::grammar::NodeDirective<Subject>> {
  using result_type = std::string;
  std::string operator()(const guiju::syntax::grammar::NodeDirective<Subject>& p) const { return what(p.subject); }
};
template <typename Subject>
struct get_info<optional<Subject>> {
  using result_type = std::string;
  std::string operator()(const optional<Subject>&) const { return {}; }
};
template <typename Subject>
struct get_info<kleene<Subject>> {
  using result_type = std::string;
  std::string operator()(const kleene<Subject>&) const { return {}; }
};
template <typename Subject>
struct get_info<not_predicate<Subject>> {
  using result_type = std::string;
  std::string operator()(const not_predicate<Subject>&) const { return {}; }
};
template <typename Left, typename Right>
struct get_info<sequence<Left, Right>> {
  using result_type = std::string;
  std::string operator()(const sequence<Left, Right>& p) const {
    std::string first = what(p.left);
    return first.empty() ? what(p.right) : first;
  }
};
template <typename Left, typename Right>
struct get_info<alternative<Left, Right>> {
  using result_type = std::string;
  std::string operator()(const alternative<Left, Right>& p) const {
    return guiju::syntax::either(what(p.left), what(p.right));
  }
};
template <typename Subject>
struct get_info<expect_directive<Subject>> {
  using result_type = std::string;
  std::string operator()(const expect_directive<Subject>& p) const { return what(p.subject); }
};
}  // namespace boost::spirit::x3

namespace guiju::syntax::grammar {

#define GUIJU_RULE(name, en, zh)                                        \
  bool parse_##name(It& first, const It& last, const Context& context); \
  constexpr Rule name{parse_##name, en, zh};

#define GUIJU_DEFINE(name, ...)                                            \
  bool parse_##name(It& first, const It& last, const Context& context) {   \
    const auto definition = x3::as_parser(__VA_ARGS__);                    \
    return definition.parse(first, last, context, x3::unused, x3::unused); \
  }

using K = Keyword;
using S = Sign;
using N = NodeKind;
using T = TokenKind;

}  // namespace guiju::syntax::grammar
