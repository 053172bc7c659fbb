// The lexer's loop: trivia, signs, brackets, and what is no part of the language.
#include "syntax/lexer.hpp"

#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "syntax/lexer_characters.hpp"
#include "syntax/lexer_scanner.hpp"

namespace guiju::syntax {
namespace {

Sign find_sign(std::string_view spelling) {
  const auto* const found = std::find(kSpellingOfSign.begin(), kSpellingOfSign.end(), spelling);
  return found == kSpellingOfSign.end() ? Sign::none : static_cast<Sign>(found - kSpellingOfSign.begin());
}

// Signs of one ASCII character, and whether a longer one begins so.
struct ShortSign {
  Sign sign = Sign::none;
  bool may_go_on = false;
};
constexpr std::array<ShortSign, 128> kShortSigns = [] {
  std::array<ShortSign, 128> out{};
  for (std::size_t i = 1; i < kSpellingOfSign.size(); ++i) {
    ShortSign& first = out[static_cast<std::size_t>(kSpellingOfSign[i].front())];
    if (kSpellingOfSign[i].size() == 1)
      first.sign = static_cast<Sign>(i);
    else
      first.may_go_on = true;
  }
  return out;
}();

// Of real rule files, at least.
constexpr std::size_t kBytesPerToken = 9;
constexpr std::size_t kBytesPerLiteral = 40;

// Bytes at which a comment is looked at more closely: its end, and those with which a hidden character begins.
constexpr std::array<bool, 256> kStopsComment = [] {
  std::array<bool, 256> stops{};
  stops['\n'] = stops['\r'] = stops[0xE2] = stops[0xEF] = true;
  return stops;
}();
constexpr char32_t kByteOrderCharacter = 0xFEFF;
constexpr char32_t kFullStop = 0x3002;
constexpr char32_t kEllipsis = 0x2026;
constexpr char32_t kNotEqual = 0x2260;

// Signs of other languages, and the word that says the same here.
struct RefusedSign {
  std::string_view spelling;
  std::string_view english, chinese;
  Keyword instead;
};
constexpr std::array kRefusedSigns{
    RefusedSign{"==", "is", "为", Keyword::is},           RefusedSign{"!=", "is not", "不为", Keyword::is_not},
    RefusedSign{"<>", "is not", "不为", Keyword::is_not}, RefusedSign{"&&", "and", "且", Keyword::and_},
    RefusedSign{"&", "and", "且", Keyword::and_},         RefusedSign{"!", "not", "非", Keyword::not_},
};

// As ascii_sign, and the signs that are only known so as to be refused.
std::string_view wide_ascii(char32_t c) {
  if (c == '!' || c == 0xFF01) return "!";
  if (c == '&' || c == 0xFF06) return "&";
  if (c == kNotEqual) return "!=";
  return ascii_sign(c);
}

}  // namespace

Scanner::Scanner(std::string_view source, FileId file, const Limits& limits, Diagnostics& diagnostics)
    : source_(source), limits_(limits), diagnostics_(diagnostics) {
  out_.file = file;
  out_.source = source;
  out_.literals.emplace_back();
  out_.tokens.reserve(source.size() / kBytesPerToken);
  out_.literals.reserve(source.size() / kBytesPerLiteral);
}

TokenStream Scanner::run() {
  if (!readable()) {
    stop();
  } else if (value_at(0) == kByteOrderCharacter) {
    pos_ = trivia_begin_ = at(0).length;
  }
  while (!stopped_) {
    skip_trivia();
    if (stopped_ || pos_ >= size()) break;
    scan_token();
  }
  finish();
  return std::move(out_);
}

// Line and column, as people count them: from 1, in characters.
std::vector<std::string> Scanner::place_of(std::size_t offset) const {
  const std::string_view before = source_.substr(0, offset);
  const std::string_view line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  const auto characters =
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return {std::to_string(1 + std::count(before.begin(), before.end(), '\n')), std::to_string(1 + characters)};
}

// A file that is no text gets one message, not one for each of its bytes.
bool Scanner::readable() {
  if (source_.size() > limits_.source_bytes) {
    source_ = {};
    report(Code::source_too_large, 0, 0, {std::to_string(limits_.source_bytes)});
    return false;
  }
  if (const std::size_t nul = source_.find('\0'); nul != std::string_view::npos) {
    report(Code::binary_file, static_cast<Offset>(nul), static_cast<Offset>(nul) + 1, place_of(nul));
    return false;
  }
  if (const auto fault = find_invalid_utf8(source_)) {
    report(Code::invalid_utf8, static_cast<Offset>(*fault), static_cast<Offset>(*fault) + 1, place_of(*fault));
    return false;
  }
  return true;
}

void Scanner::finish() {
  if (!stopped_) abandon_texts();
  out_.cut_short = stopped_;
  if (stopped_) pos_ = trivia_begin_ = size();
  if (past_limit_) out_.tokens.clear();  // half of such a file would only give more messages
  emit(TokenKind::end, size(), size());
}

// ---- the cursor
// ----------------------------------------------------------------------------------------------------------

Scanner::Char Scanner::wide_at(Offset offset) const {
  const CodePoint c = decode(source_, offset);
  return {c.value, static_cast<Offset>(c.length)};
}

std::string_view Scanner::ascii_at(Offset offset) const {
  return wide_ascii(value_at(offset));
}

bool Scanner::at_line_end(Offset offset) const {
  const char32_t c = value_at(offset);
  return c == '\n' || (c == '\r' && value_at(offset + 1) == '\n');
}

Offset Scanner::after_blanks(Offset offset) const {
  while (offset < size() && source_[offset] == ' ') ++offset;  // nearly always that is all
  for (Char c = at(offset); c.length > 0 && is_blank(c.value); c = at(offset)) offset += c.length;
  return offset;
}

Offset Scanner::next_in(const std::array<bool, 256>& bytes, Offset offset) const {
  while (offset < size() && !bytes[static_cast<unsigned char>(source_[offset])]) ++offset;
  return offset;
}

Offset Scanner::after_blanks_and_lines(Offset offset) const {
  for (offset = after_blanks(offset); at_line_end(offset); offset = after_blanks(offset)) {
    offset += value_at(offset) == '\r' ? 2U : 1U;
  }
  return offset;
}

bool Scanner::colon_follows(Offset offset) const {
  return is_ascii_at(after_blanks(offset), ":");
}

// ---- trivia
// --------------------------------------------------------------------------------------------------------------

void Scanner::skip_trivia() {
  trivia_begin_ = pos_;
  while (!stopped_) {
    pos_ = after_blanks(pos_);
    if (at_line_end(pos_)) {
      if (!holes_.empty()) abandon_texts();
      pos_ = after_blanks_and_lines(pos_);
      line_start_ = true;
    } else if (source_.substr(pos_, 2) == "//") {
      skip_line_comment();
    } else if (source_.substr(pos_, 2) == "/*") {
      skip_block_comment();
    } else {
      return;
    }
  }
}

void Scanner::check_hidden(Offset offset, const Char& c) {
  if (c.value < 0x80) return;
  const Hidden hidden = hidden_kind(c.value);
  if (hidden == Hidden::no) return;
  const Code code = hidden == Hidden::reordering        ? Code::reordering_character
                    : hidden == Hidden::byte_order_mark ? Code::misplaced_byte_order_mark
                                                        : Code::invisible_character;
  report(code, offset, offset + c.length, {code_point_name(c.value)});
}

void Scanner::skip_line_comment() {
  for (;;) {
    pos_ = next_in(kStopsComment, pos_);
    if (pos_ >= size() || at_line_end(pos_)) return;
    const Char c = at(pos_);
    check_hidden(pos_, c);
    pos_ += c.length;
  }
}

void Scanner::skip_block_comment() {
  const Offset begin = pos_;
  for (pos_ += 2; source_.substr(pos_, 2) != "*/";) {
    if (pos_ >= size()) {
      report(Code::unclosed_comment, begin, begin + 2);
      stop();
      return;
    }
    const Char c = at(pos_);
    if (c.value == '\n') {
      line_start_ = true;
      if (!holes_.empty()) abandon_texts();
    }
    check_hidden(pos_, c);
    pos_ += c.length;
  }
  pos_ += 2;
}

// ---- tokens
// --------------------------------------------------------------------------------------------------------------

void Scanner::scan_token() {
  const char32_t c = value_at(pos_);
  if (digit_value(c) >= 0) return scan_number();
  if (is_word_character(c)) return scan_word();
  if (c == '`') return scan_quoted_name();
  if (closing_quote(c) != 0) return scan_text();
  if (refused_closing_quote(c) != 0 && scan_refused_text()) return;
  if (!ascii_at(pos_).empty() || c == kFullStop) return scan_sign();
  if (scan_currency()) return;
  scan_unexpected();
}

void Scanner::scan_sign() {
  const Offset begin = pos_;
  const Char first = at(pos_);
  if (first.value < 0x80 && first.value != '=' && first.value != '}') {
    const ShortSign& alone = kShortSigns[first.value];
    if (alone.sign != Sign::none && !alone.may_go_on) {
      ++pos_;
      emit(TokenKind::sign, begin, pos_).sign = alone.sign;
      return count_brackets(alone.sign, begin);
    }
  }
  if (refuse_sign()) return;
  std::string spelling(ascii_at(pos_));
  pos_ += first.length;
  if (spelling == "}" && !holes_.empty() && holes_.back().braces == 0) {
    pos_ = begin;
    return resume_text();
  }
  if (spelling == "." && digit_value(value_at(pos_)) >= 0) {
    const bool glued = trivia_begin_ == begin && !out_.tokens.empty();
    const bool after_operand =
        glued && (out_.tokens.back().kind != TokenKind::sign || out_.tokens.back().sign == Sign::rparen);
    if (!after_operand) {
      pos_ = begin;
      return scan_lonely_point();
    }
  }
  if (first.value == kEllipsis) {  // an input method writes it twice
    if (value_at(pos_) == kEllipsis) pos_ += first.length;
  } else {
    // The longest sign: every prefix of `...`, `<=`, `>=`, `||` is itself one.
    for (std::string_view next = ascii_at(pos_); !next.empty() && find_sign(spelling + std::string(next)) != Sign::none;
         next = ascii_at(pos_)) {
      spelling += next;
      pos_ = after(pos_);
    }
  }
  const Sign sign = find_sign(spelling);
  if (sign == Sign::none) {
    pos_ = begin;
    return scan_unexpected();
  }
  emit(TokenKind::sign, begin, pos_).sign = sign;
  count_brackets(sign, begin);
}

// Reported with the right word, and read as that word, so that nothing else is reported for it.
bool Scanner::refuse_sign() {
  const Offset begin = pos_;
  const Char first = at(pos_);
  if (first.value == kFullStop) {
    pos_ += first.length;
    report(Code::full_stop, begin, pos_);
    return true;
  }
  std::string_view one = ascii_at(pos_);
  constexpr std::string_view kBegin = "=!&<";  // of those that are refused
  if (one.empty() || kBegin.find(one.front()) == std::string_view::npos) return false;
  const Offset second = pos_ + first.length;
  const std::string two = std::string(one) + std::string(ascii_at(second));
  for (const RefusedSign& refused : kRefusedSigns) {
    if (refused.spelling != two && refused.spelling != one) continue;
    pos_ = refused.spelling == two && two != one ? after(second) : second;
    report(Code::refused_sign, begin, pos_,
           {std::string(slice(begin, pos_)), bilingual(refused.english, refused.chinese)});
    emit_keyword(refused.instead, begin, pos_);
    return true;
  }
  return false;
}

// A run of characters that are nothing here gets one message.
void Scanner::scan_unexpected() {
  const Offset begin = pos_;
  const Char first = at(begin);
  pos_ += first.length;
  if (hidden_kind(first.value) != Hidden::no) return check_hidden(begin, first);
  if (is_closing_quote(first.value))
    return report(Code::closing_quote_alone, begin, pos_, {std::string(slice(begin, pos_))});

  for (Char c = at(pos_); c.value == first.value && c.length > 0; c = at(pos_)) pos_ += c.length;
  const std::string character(slice(begin, begin + first.length));
  const std::string plain = to_nfkc(character);
  if (plain != character) return report(Code::wide_character, begin, pos_, {character, plain});
  const bool visible = first.value > 0x20 && first.value != 0x7F;
  report(Code::unexpected_character, begin, pos_, {visible ? character : code_point_name(first.value)});
}

void Scanner::count_brackets(Sign sign, Offset begin) {
  switch (sign) {
    case Sign::lparen:
    case Sign::lbracket:
    case Sign::lbrace:
      if (sign == Sign::lbrace && !holes_.empty()) ++holes_.back().braces;
      if (++depth_ <= limits_.nesting) return;
      report(Code::nesting_too_deep, begin, begin + 1, {std::to_string(limits_.nesting)});
      return give_up();
    case Sign::rparen:
    case Sign::rbracket:
    case Sign::rbrace:
      if (sign == Sign::rbrace && !holes_.empty()) --holes_.back().braces;
      if (depth_ > 0) --depth_;
      return;
    default:
      return;
  }
}

// ---- what comes out
// --------------------------------------------------------------------------------------------------------

Token& Scanner::emit(TokenKind kind, Offset begin, Offset end) {
  Token token;
  token.kind = kind;
  token.first_on_line = line_start_;
  token.glued = trivia_begin_ == begin && !out_.tokens.empty();
  token.depth = static_cast<std::uint16_t>(depth_);
  token.begin = begin;
  token.end = end;
  token.trivia_begin = trivia_begin_;
  line_start_ = false;
  trivia_begin_ = end;
  if (out_.tokens.size() >= limits_.tokens && kind != TokenKind::end && !stopped_) {
    report(Code::too_many_tokens, begin, end, {std::to_string(limits_.tokens)});
    give_up();
  }
  return out_.tokens.emplace_back(token);
}

void Scanner::emit_keyword(Keyword keyword, Offset begin, Offset end) {
  const bool after_number = !out_.tokens.empty() && (out_.tokens.back().kind == TokenKind::number ||
                                                     out_.tokens.back().kind == TokenKind::percent ||
                                                     out_.tokens.back().kind == TokenKind::quantity);
  // 及以上 after a number is 以上: a number has no better or worse end. The English words are left for the checker to
  // ask about.
  if (after_number && static_cast<unsigned char>(source_[begin]) >= 0x80) {
    if (keyword == Keyword::or_better) keyword = Keyword::or_more;
    if (keyword == Keyword::or_worse) keyword = Keyword::or_less;
  }
  Token& token = emit(TokenKind::name, begin, end);
  token.keyword = keyword;
}

std::uint32_t Scanner::keep(Literal literal) {
  out_.literals.push_back(std::move(literal));
  return static_cast<std::uint32_t>(out_.literals.size() - 1);
}

// Past the number of messages that anybody reads, a file is not worth reading on.
void Scanner::report(Code code, Offset begin, Offset end, std::vector<std::string> arguments) {
  diagnostics_.add(code, {out_.file, begin, end}, std::move(arguments));
  if (++reports_ >= limits_.messages) stop();
}

TokenStream lex(const SourceSet& sources, FileId file, const Limits& limits, Diagnostics& diagnostics) {
  return Scanner(sources.file(file).text(), file, limits, diagnostics).run();
}

}  // namespace guiju::syntax
