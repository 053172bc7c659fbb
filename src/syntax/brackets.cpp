// See brackets.hpp.
#include "syntax/brackets.hpp"

#include <algorithm>
#include <vector>

#include "diagnostics/codes.hpp"
#include "syntax/statements.hpp"
#include "syntax/words.hpp"

namespace guiju::syntax {
namespace {

// How soon a line that begins a statement shows that an open bracket was forgotten.
enum class Holds : std::uint8_t {
  statements,   // never: statements stand in it
  conditions,   // `conditions`, `each`, `part`: only some statements do
  table,        // likewise
  named_items,  // enum members and documents: items are words and texts, so only `require x:` or `let x =` shows it
  values,       // at once: expressions, facts, parts, fields
};

struct Opener {
  std::size_t token;
  bool put_in;   // a missing `{`: `token` is then the one after it
  Keyword head;  // the keyword of the statement that the bracket belongs to
  Holds holds;
  std::size_t indent;  // of the line on which it stands
};

struct Closing {
  std::size_t before;  // the token before which a bracket is missing
  std::size_t opener;
  bool reported;        // its opening bracket was missing too
  std::size_t cascade;  // missing brackets noticed at one place are one mistake
};

struct Opening {
  std::size_t before;   // the token before which `{` is missing
  std::size_t heading;  // the keyword whose block it opens
};

struct Pairing {
  std::vector<Closing> missing;
  std::vector<Opening> missing_open;
  std::vector<std::size_t> stray;
  bool open_at_end = false;
  bool drop_stray = false;  // they are known to be what is too many
};

bool is_opening(const Token& t) {
  return t.kind == TokenKind::text_open ||
         (t.kind == TokenKind::sign && (t.sign == Sign::lparen || t.sign == Sign::lbracket || t.sign == Sign::lbrace));
}

bool is_closing(const Token& t) {
  return t.kind == TokenKind::text_close ||
         (t.kind == TokenKind::sign && (t.sign == Sign::rparen || t.sign == Sign::rbracket || t.sign == Sign::rbrace));
}

// Which brackets close each other: braces; `[` and `(`, as in the interval `(0.5..1]`; the two ends of a hole in a
// text.
enum Family { kHole, kBraces, kOthers };
Family family(const Token& t) {
  if (t.kind != TokenKind::sign) return kHole;
  return t.sign == Sign::lbrace || t.sign == Sign::rbrace ? kBraces : kOthers;
}

Sign closing_of(const Token& opener) {
  if (opener.sign == Sign::lparen) return Sign::rparen;
  return opener.sign == Sign::lbracket ? Sign::rbracket : Sign::rbrace;
}

// After such a token a bracket belongs to an expression or a fact.
bool asks_for_value(const Token& before) {
  switch (before.sign) {
    case Sign::none:
      break;
    case Sign::question:  // `from 2024-01-01? {`
    case Sign::rparen:
    case Sign::rbracket:
    case Sign::rbrace:
      return false;
    default:
      return true;
  }
  switch (before.keyword) {
    case Keyword::at_least:  // `grade x on S at least {`
    case Keyword::at_most:
    case Keyword::above:
    case Keyword::below:
    case Keyword::exists:
    case Keyword::not_exists:
    case Keyword::yes:
    case Keyword::no:
    case Keyword::this_version:
    case Keyword::it:
      return false;
    default:
      return before.kind == TokenKind::name && before.keyword != Keyword::none &&
             info(before.keyword).kind == KeywordKind::reserved;
  }
}

// A statement begun: its keyword, where it stands, and whether the block that must follow is still to come.
struct Heading {
  Keyword word = Keyword::none;
  std::size_t token = 0;
  std::size_t indent = 0;
  bool awaits_block = false;
};

bool has_block_of_statements(Keyword word) {
  switch (word) {
    case Keyword::standard:
    case Keyword::edition:
    case Keyword::program:
    case Keyword::duty:
    case Keyword::version:
    case Keyword::group:
    case Keyword::target:
    case Keyword::targets:
    case Keyword::test:
    case Keyword::catalogue:
    case Keyword::table:
    case Keyword::conditions:
    case Keyword::each:
    case Keyword::part:
      return true;
    default:
      return false;
  }
}

class Pairer {
 public:
  Pairer(const TokenStream& stream, std::size_t first, std::size_t last, bool by_indent)
      : stream_(stream), tokens_(stream.tokens), first_(first), last_(last), by_indent_(by_indent) {}

  Pairing run() {
    heads_.assign(1, Heading{});
    for (std::size_t i = first_; i < last_; ++i) step(i);
    result_.open_at_end = !open_.empty();
    close_down_to(0, last_);
    return std::move(result_);
  }

 private:
  void step(std::size_t i) {
    const Token& t = tokens_[i];
    if (t.first_on_line) indent_ = indent_of(t);
    const bool statement = begins_statement(&t) || begins_declaration(&t);
    if (statement && t.first_on_line) close_forgotten(i);
    const bool row = t.first_on_line && t.sign == Sign::bar;
    if ((statement && t.first_on_line) || row) open_forgotten(i);
    if (statement && (t.first_on_line || i == first_ || is_opening(tokens_[i - 1]))) {
      heads_.back() = {t.keyword, i, indent_, has_block_of_statements(t.keyword)};
    }
    if (is_opening(t)) return push({i, false, heads_.back().word, what_it_holds(i), indent_});
    if (is_closing(t)) close(i);
  }

  void push(const Opener& opener) {
    if (opener.holds != Holds::values) heads_.back().awaits_block = false;
    open_.push_back(opener);
    heads_.emplace_back();
  }

  // At a line that begins a statement or a row: does the heading before it still lack its `{`?
  void open_forgotten(std::size_t i) {
    const Heading heading = heads_.back();
    if (!heading.awaits_block || tokens_[i].keyword == heading.word) return;
    result_.missing_open.push_back({i, heading.token});
    push({i, true, heading.word, holds_by(heading.word), heading.indent});
  }

  void pop() {
    open_.pop_back();
    heads_.pop_back();
  }

  Holds what_it_holds(std::size_t i) const {
    const Token& t = tokens_[i];
    if (t.sign != Sign::lbrace || i == first_) return Holds::values;
    const Token& after = tokens_[i + 1];
    const bool readings = after.kind == TokenKind::text && tokens_[i + 2].sign == Sign::colon;
    // A faulty heading is still a heading, if a statement follows the bracket on the next line.
    const bool block = heads_.back().awaits_block && after.first_on_line && begins_statement(&after);
    if (!block && (readings || asks_for_value(tokens_[i - 1]))) return Holds::values;
    return holds_by(heads_.back().word);
  }

  static Holds holds_by(Keyword heading) {
    switch (heading) {
      case Keyword::amount:
      case Keyword::charge:
      case Keyword::deduction:
      case Keyword::credit:
      case Keyword::record:
      case Keyword::given:
      case Keyword::but:
        return Holds::values;
      case Keyword::enum_:
      case Keyword::scale:
      case Keyword::documents:
        return Holds::named_items;
      case Keyword::conditions:
      case Keyword::each:
      case Keyword::part:
        return Holds::conditions;
      case Keyword::table:
        return Holds::table;
      default:
        return Holds::statements;
    }
  }

  // At a line that begins a statement: which open brackets can hold no such line?
  void close_forgotten(std::size_t i) {
    std::size_t keep = open_.size();
    while (keep > 0 && shows_forgotten(open_[keep - 1], i)) --keep;
    // A version or edition inside another: the first was not closed.
    const Keyword word = tokens_[i].keyword;
    if (word == Keyword::version || word == Keyword::edition) {
      const auto same = std::find_if(open_.begin(), open_.end(), [&](const Opener& o) { return o.head == word; });
      keep = std::min(keep, static_cast<std::size_t>(same - open_.begin()));
    }
    if (by_indent_) keep = std::min(keep, shallower_than(indent_));
    close_down_to(keep, i);
  }

  bool shows_forgotten(const Opener& opener, std::size_t i) const {
    const Token& t = tokens_[i];
    const Token& next = tokens_[i + 1];
    const bool on_operand = next.kind == TokenKind::name || next.kind == TokenKind::text;
    switch (opener.holds) {
      case Holds::statements:
        return false;
      case Holds::values:
        return on_operand || next.sign == Sign::lbrace;
      case Holds::named_items:
        return next.kind == TokenKind::name &&
               (tokens_[i + 2].sign == Sign::colon || tokens_[i + 2].sign == Sign::equals);
      case Holds::conditions:
        return on_operand && t.keyword != Keyword::let && t.keyword != Keyword::require && t.keyword != Keyword::cite &&
               t.keyword != Keyword::meets && t.keyword != Keyword::pay;
      case Holds::table:
        return on_operand && t.keyword != Keyword::cite && t.keyword != Keyword::given && t.keyword != Keyword::gives &&
               t.keyword != Keyword::hit_unique && t.keyword != Keyword::hit_first;
    }
    return false;
  }

  void close(std::size_t i) {
    const Family wanted = family(tokens_[i]);
    std::size_t match = open_.size();
    while (match > 0 && family_of(open_[match - 1]) != wanted) --match;
    if (match == 0) {
      result_.stray.push_back(i);
      return;
    }
    if (by_indent_ && wanted == kBraces && !tokens_[i].first_on_line && closes_earlier_block(open_[match - 1])) {
      result_.stray.push_back(i);
      return;
    }
    if (by_indent_ && wanted == kBraces && tokens_[i].first_on_line) {
      const std::size_t keep = shallower_than(indent_ + 1);
      if (keep < match && keep > 0 && open_[keep - 1].indent == indent_) match = keep;
    }
    close_down_to(match, i);
    pop();
  }

  Family family_of(const Opener& opener) const { return opener.put_in ? kBraces : family(tokens_[opener.token]); }

  // Blocks of statements mostly end with a bracket on a line of its own.
  bool closes_earlier_block(const Opener& opener) const {
    return opener.holds != Holds::values && opener.indent < indent_;
  }

  // How many of the open brackets stand on lines that are indented less than this.
  std::size_t shallower_than(std::size_t indent) const {
    std::size_t keep = open_.size();
    while (keep > 0 && open_[keep - 1].indent >= indent) --keep;
    return keep;
  }

  void close_down_to(std::size_t keep, std::size_t before) {
    if (open_.size() > keep) ++cascade_;
    while (open_.size() > keep) {
      result_.missing.push_back({before, open_.back().token, open_.back().put_in, cascade_});
      pop();
    }
  }

  std::size_t indent_of(const Token& first_on_line) const {
    std::size_t begin = first_on_line.begin;
    while (begin > 0 && stream_.source[begin - 1] != '\n') --begin;
    return first_on_line.begin - begin;
  }

  const TokenStream& stream_;
  const std::vector<Token>& tokens_;
  std::size_t first_, last_;
  bool by_indent_;
  std::vector<Opener> open_;
  std::vector<Heading> heads_;  // the last statement begun at each depth
  std::size_t indent_ = 0;      // of the line that is being read
  std::size_t cascade_ = 0;
  Pairing result_;
};

// A declaration keyword in the first column ends whatever is open. `let` and `table` also stand in bodies, which a
// writer may leave unindented.
bool begins_segment(const TokenStream& stream, std::size_t i) {
  const Token& t = stream.tokens[i];
  if (!t.first_on_line || t.keyword == Keyword::let || t.keyword == Keyword::table || !begins_declaration(&t))
    return false;
  return t.begin == 0 || stream.source[t.begin - 1] == '\n';
}

// Every bracket has its partner: then nothing was forgotten, however the lines are laid out.
bool balanced(const TokenStream& stream, std::size_t first, std::size_t last) {
  std::vector<int> open;
  for (std::size_t i = first; i < last; ++i) {
    const Token& t = stream.tokens[i];
    if (is_opening(t)) open.push_back(family(t));
    if (!is_closing(t)) continue;
    if (open.empty() || open.back() != family(t)) return false;
    open.pop_back();
  }
  return open.empty();
}

Pairing pair_segment(const TokenStream& stream, std::size_t first, std::size_t last) {
  if (balanced(stream, first, last)) return {};
  Pairing plain = Pairer(stream, first, last, false).run();
  if (!plain.open_at_end && plain.stray.empty()) return plain;
  // A bracket is missing or too many; the indentation may tell where.
  Pairing indented = Pairer(stream, first, last, true).run();
  if (indented.open_at_end || indented.stray.size() != plain.stray.size()) return plain;
  indented.drop_stray = indented.stray != plain.stray;
  return indented;
}

void report(const TokenStream& stream, const Pairing& pairing, Diagnostics& diagnostics) {
  for (const Opening& m : pairing.missing_open) {
    diagnostics.add(Code::missing_opening, stream.span(stream.tokens[m.before - 1]),
                    {"`" + std::string(stream.text(stream.tokens[m.heading])) + "`"});
  }
  if (pairing.drop_stray) {
    for (const std::size_t i : pairing.stray) {
      diagnostics.add(Code::stray_bracket, stream.span(stream.tokens[i]), {sign_words(stream.tokens[i].sign)});
    }
  }
  std::size_t told = 0;
  for (const Closing& m : pairing.missing) {
    if (m.cascade == told || m.reported) continue;
    told = m.cascade;
    const Token& opener = stream.tokens[m.opener];
    const Token& noticed = stream.tokens[m.before];
    diagnostics.add(Code::unclosed_bracket, stream.span(opener),
                    {sign_words(opener.sign), sign_words(closing_of(opener))},
                    {{stream.span(noticed), "it is missing before this", "在此之前缺少右括号"}});
  }
}

Token of_no_width(Sign sign, const Token& before) {
  Token t;
  t.kind = TokenKind::sign;
  t.sign = sign;
  t.begin = t.end = t.trivia_begin = before.trivia_begin;
  return t;
}

// Collects the tokens anew, counting their depth.
class Collector {
 public:
  explicit Collector(std::size_t size) { tokens_.reserve(size); }
  void add(Token t, bool stray) {
    t.depth = static_cast<std::uint16_t>(std::min(depth_, 0xffffU));
    if (is_opening(t)) ++depth_;
    if (is_closing(t) && !stray) --depth_;
    tokens_.push_back(t);
  }
  [[nodiscard]] std::vector<Token> take() { return std::move(tokens_); }

 private:
  std::vector<Token> tokens_;
  std::uint32_t depth_ = 0;
};

// Nearly every file: the tokens stay as they are and only learn their depth. False where a bracket lacks its partner.
bool count_depths(TokenStream& stream) {
  const std::size_t end = stream.tokens.size() - 1;
  for (std::size_t first = 0, last = 0; first < end; first = last) {
    for (last = first + 1; last < end && !begins_segment(stream, last);) ++last;
    if (!balanced(stream, first, last)) return false;
  }
  std::uint32_t depth = 0;
  for (Token& t : stream.tokens) {
    t.depth = static_cast<std::uint16_t>(std::min(depth, 0xffffU));
    if (is_opening(t)) ++depth;
    if (is_closing(t)) --depth;
  }
  return true;
}

}  // namespace

void pair_brackets(TokenStream& stream, Diagnostics& diagnostics) {
  if (count_depths(stream)) return;
  const std::size_t end = stream.tokens.size() - 1;
  Collector paired(stream.tokens.size());
  std::size_t first = 0;
  while (first < end) {
    std::size_t last = first + 1;
    while (last < end && !begins_segment(stream, last)) ++last;
    const Pairing pairing = pair_segment(stream, first, last);
    if (last < end || !stream.cut_short) report(stream, pairing, diagnostics);
    auto missing = pairing.missing.begin();
    auto opening = pairing.missing_open.begin();
    auto stray = pairing.stray.begin();
    for (std::size_t i = first; i <= last; ++i) {
      for (; missing != pairing.missing.end() && missing->before == i; ++missing) {
        const Sign sign = missing->reported ? Sign::rbrace : closing_of(stream.tokens[missing->opener]);
        paired.add(of_no_width(sign, stream.tokens[i]), false);
      }
      if (opening != pairing.missing_open.end() && opening->before == i) {
        paired.add(of_no_width(Sign::lbrace, stream.tokens[i]), false);
        ++opening;
      }
      if (i == last) break;
      const bool is_stray = stray != pairing.stray.end() && *stray == i;
      if (is_stray) ++stray;
      if (is_stray && pairing.drop_stray) {  // it becomes trivia of the token after it
        stream.tokens[i + 1].trivia_begin = stream.tokens[i].trivia_begin;
        continue;
      }
      paired.add(stream.tokens[i], is_stray);
    }
    first = last;
  }
  paired.add(stream.tokens[end], false);
  stream.tokens = paired.take();
}

}  // namespace guiju::syntax
