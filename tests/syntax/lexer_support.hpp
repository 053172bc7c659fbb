// Tokens as one readable line, so that lexer cases are rows of a table: source on the left, tokens on the right.
#pragma once

#include <string>
#include <string_view>

#include "syntax/lexer.hpp"

namespace guiju::syntax::testing {

struct Lexed {
  SourceSet sources;
  TokenStream stream;
  Diagnostics diagnostics;
};

inline void lex_into(Lexed& out, std::string_view source, const Limits& limits = {}) {
  const FileId file = out.sources.add("test.gj", std::string(source));
  out.stream = lex(out.sources, file, limits, out.diagnostics);
}

// Keywords by their English spelling in <>, names bare (`@` after them: a colon follows), quantities as [value unit],
// percentages as value%of1, texts in quotes with { } where a hole begins and ends.
inline std::string show(const TokenStream& stream, const Token& token) {
  const Literal& literal = stream.literal(token);
  switch (token.kind) {
    case TokenKind::name:
      if (token.keyword != Keyword::none) return "<" + std::string(info(token.keyword).english) + ">";
      return (token.quoted ? "`" + literal.text + "`" : literal.text) + (token.colon_follows ? "@" : "");
    case TokenKind::number:
      return to_string(literal.value);
    case TokenKind::percent:
      return to_string(literal.value) + "%of1";
    case TokenKind::quantity:
      return "[" + to_string(literal.value) + " " + literal.unit + "]";
    case TokenKind::date:
      return to_iso(literal.day);
    case TokenKind::text:
      return "\"" + literal.text + "\"";
    case TokenKind::text_open:
      return "\"" + literal.text + "{";
    case TokenKind::text_mid:
      return "}" + literal.text + "{";
    case TokenKind::text_close:
      return "}" + literal.text + "\"";
    case TokenKind::sign:
      switch (token.sign) {
        case Sign::comma:
          return ",";
        case Sign::colon:
          return ":";
        case Sign::semicolon:
          return ";";
        case Sign::dot:
          return ".";
        case Sign::lparen:
          return "(";
        case Sign::rparen:
          return ")";
        case Sign::lbracket:
          return "[";
        case Sign::rbracket:
          return "]";
        case Sign::lbrace:
          return "{";
        case Sign::rbrace:
          return "}";
        case Sign::equals:
          return "=";
        case Sign::plus:
          return "+";
        case Sign::minus:
          return "-";
        case Sign::star:
          return "*";
        case Sign::slash:
          return "/";
        case Sign::less:
          return "<";
        case Sign::less_equal:
          return "<=";
        case Sign::greater:
          return ">";
        case Sign::greater_equal:
          return ">=";
        case Sign::bar:
          return "|";
        case Sign::double_bar:
          return "||";
        case Sign::dot_dot:
          return "..";
        case Sign::ellipsis:
          return "...";
        case Sign::question:
          return "?";
        case Sign::backslash:
          return "\\";
        case Sign::caret:
          return "^";
        case Sign::percent:
          return "%";
        case Sign::none:
          return "no sign";
      }
      return "no sign";
    case TokenKind::end:
      return "END";
  }
  return "no kind";
}

inline std::string show(const TokenStream& stream) {
  std::string line;
  for (const Token& token : stream.tokens) {
    if (token.kind == TokenKind::end) break;
    if (!line.empty()) line += ' ';
    line += show(stream, token);
  }
  return line;
}

// The faults found, by the names of their codes.
inline std::string faults_of(const Diagnostics& diagnostics) {
  std::string found;
  for (const Diagnostic& d : diagnostics.all()) found += (found.empty() ? "" : " ") + std::string(info(d.code).id);
  return found;
}

// The tokens of a source without faults; the faults where there are some.
inline std::string tokens_of(std::string_view source) {
  Lexed lexed;
  lex_into(lexed, source);
  const std::string faults = faults_of(lexed.diagnostics);
  return faults.empty() ? show(lexed.stream) : "faults: " + faults;
}

}  // namespace guiju::syntax::testing
