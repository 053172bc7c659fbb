// Texts in three pairs of quotes, their escapes, and the holes in them that hold expressions.
#include <array>

#include "diagnostics/codes.hpp"
#include "syntax/lexer_characters.hpp"
#include "syntax/lexer_scanner.hpp"

namespace guiju::syntax {
namespace {

constexpr std::size_t kDeepestHole = 4;

// Bytes at which a text is looked at more closely: its end, a hole, an escape, and those with which a wide quote or a
// reordering character or a byte order mark begins. Others are passed over, the further bytes of a character among
// them.
constexpr std::array<bool, 256> kStopsText = [] {
  std::array<bool, 256> stops{};
  for (const char c : {'"', '{', '\\', '\n', '\r'}) stops[static_cast<unsigned char>(c)] = true;
  stops[0xE2] = stops[0xE3] = stops[0xEF] = true;
  return stops;
}();

}  // namespace

void Scanner::scan_text() {
  Hole text;
  text.quote = pos_;
  text.close = closing_quote(value_at(pos_));
  text.depth = static_cast<std::uint16_t>(depth_);
  const Offset begin = pos_;
  pos_ = after(pos_);
  scan_text_piece(begin, text, true);
}

// ‘甲’ is told once, and read as the text that it is meant for. False where it does not end on its line.
bool Scanner::scan_refused_text() {
  const Offset begin = pos_;
  const char32_t close = refused_closing_quote(value_at(begin));
  const Offset inside = after(begin);
  Offset end = inside;
  while (at(end).length > 0 && !at_line_end(end) && value_at(end) != close) end = after(end);
  if (value_at(end) != close) return false;
  pos_ = after(end);
  Literal literal;
  literal.text = slice(inside, end);
  report(Code::wide_character, begin, pos_, {std::string(slice(begin, pos_)), "\"" + literal.text + "\""});
  emit(TokenKind::text, begin, pos_).literal = keep(std::move(literal));
  return true;
}

// After the `}` of a hole: brackets that the hole left open are its own affair.
void Scanner::resume_text() {
  const Hole text = holes_.back();
  const Offset begin = pos_;
  pos_ = after(pos_);
  scan_text_piece(begin, text, false);
}

// Up to the closing quote, the next hole, or the line end. An unclosed text ends with its line, so that the next line
// is code.
void Scanner::scan_text_piece(Offset begin, const Hole& text, bool opening) {
  Literal literal;
  bool hole = false;
  Offset run = pos_;  // what was read since is copied as it stands
  for (;;) {
    pos_ = next_in(kStopsText, pos_);
    const Char c = at(pos_);
    const Offset end = pos_;
    if (c.length == 0 || at_line_end(pos_)) {
      literal.text += slice(run, end);
      const bool in_hole = opening && !holes_.empty();  // more likely that the hole was not closed
      if (!in_hole) report_unclosed(text);
      break;
    }
    pos_ += c.length;
    hole = c.value == '{';
    if (hole || c.value == text.close) {
      literal.text += slice(run, end);
      break;
    }
    if (c.value == '\\') {
      literal.text += slice(run, end);
      scan_escape(literal.text);
      run = pos_;
    } else if (c.value == 0xFF5B) {
      report(Code::wide_brace, pos_ - c.length, pos_, {std::string(slice(pos_ - c.length, pos_))});
    } else if (c.value >= 0x80 && hidden_kind(c.value) != Hidden::invisible) {  // some scripts join letters by these
      check_hidden(pos_ - c.length, c);
    }
  }

  const TokenKind kind =
      opening ? (hole ? TokenKind::text_open : TokenKind::text) : (hole ? TokenKind::text_mid : TokenKind::text_close);
  const std::uint32_t index = keep(std::move(literal));
  if (!opening) depth_ = text.depth + 1U;
  emit(kind, begin, pos_).literal = index;
  if (!opening) holes_.pop_back();
  depth_ = text.depth;
  if (!hole) return;

  if (holes_.size() >= kDeepestHole) {
    report(Code::text_nesting_too_deep, pos_ - 1, pos_, {std::to_string(kDeepestHole)});
    return give_up();
  }
  holes_.push_back(text);
  holes_.back().braces = 0;
  ++depth_;
}

void Scanner::scan_escape(std::string& decoded) {
  const Char c = at(pos_);
  switch (c.value) {
    case '"':
    case '\\':
    case '{':
      decoded += static_cast<char>(c.value);
      ++pos_;
      return;
    case 'n':
      decoded += '\n';
      ++pos_;
      return;
    default:
      break;
  }
  const bool nothing = c.length == 0 || at_line_end(pos_);
  const Offset end = nothing ? pos_ : pos_ + c.length;
  report(Code::unknown_escape, pos_ - 1, end, {std::string(slice(pos_ - 1, end))});
}

void Scanner::abandon_texts() {
  if (holes_.empty()) return;
  report_unclosed(holes_.back());
  while (!holes_.empty()) {
    depth_ = holes_.back().depth + 1U;
    emit(TokenKind::text_close, pos_, pos_);
    depth_ = holes_.back().depth;
    holes_.pop_back();
  }
}

void Scanner::report_unclosed(const Hole& text) {
  report(Code::unclosed_text, text.quote, text.quote + static_cast<Offset>(at(text.quote).length),
         {std::string(text.close == 0x22     ? "\""
                      : text.close == 0x201D ? "\u201D"
                                             : "\u300D")});
}

}  // namespace guiju::syntax
