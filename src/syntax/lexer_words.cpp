// Words: whole runs, never cut. Keywords and their phrases, names in back-quotes, and what a name may not be made of.
#include "diagnostics/codes.hpp"
#include "syntax/lexer_characters.hpp"
#include "syntax/lexer_scanner.hpp"

namespace guiju::syntax {

Offset Scanner::word_end(Offset begin) const {
  return date_in_word(begin, run_end(begin));
}

Offset Scanner::run_end(Offset begin) const {
  if (digit_value(value_at(begin)) >= 0) return begin;
  Offset end = begin;
  for (Char c = at(end); is_word_character(c.value); c = at(end)) end += c.length;
  return end;
}

// The longest phrase that begins here. Words of a phrase may stand on several lines, except after `no`, which ends many
// a line as a value (`= no`); and the word before `:` is a name, so it ends no phrase.
Scanner::PhraseMatch Scanner::match_keyword(std::span<const Phrase> phrases, Offset first_end) const {
  for (const Phrase& phrase : phrases) {
    const bool one_line = phrase.words.front() == "no";
    Offset end = first_end;
    bool matches = true;
    for (std::size_t i = 1; matches && i < phrase.words.size(); ++i) {
      const Offset next = one_line ? after_blanks(end) : after_blanks_and_lines(end);
      const Offset next_end = word_end(next);
      matches = next > end && slice(next, next_end) == phrase.words[i];
      end = next_end;
    }
    if (matches && (phrase.words.size() == 1 || !colon_follows(end))) return {phrase.keyword, end};
  }
  return {};
}

Scanner::Word& Scanner::word_at(Offset begin, Offset end) {
  const std::string_view written = slice(begin, end);
  const auto [found, is_new] = words_.try_emplace(written);
  if (is_new) {
    found->second.phrases = phrases_of(written);
    found->second.refused = find_refused_word(written);
    found->second.is_plain = is_plain(written);
  }
  return found->second;
}

// Faults of a name are reported wherever it stands; its literal is kept once.
std::uint32_t Scanner::keep_name(Word& word, Offset begin, Offset end) {
  if (word.is_plain && word.literal != 0) return word.literal;
  std::string name = checked_name(begin, end);
  if (word.literal != 0) return word.literal;
  const auto [known, is_new] = names_.try_emplace(std::move(name), 0);
  if (is_new) {
    Literal literal;
    literal.text = known->first;
    known->second = keep(std::move(literal));
  }
  return word.literal = known->second;
}

void Scanner::scan_word() {
  const Offset begin = pos_;
  const Offset end = word_end(begin);
  const bool after_dot = trivia_begin_ == begin && !out_.tokens.empty() && out_.tokens.back().sign == Sign::dot;
  const bool before_colon = colon_follows(end);
  const bool after_date = !out_.tokens.empty() && out_.tokens.back().kind == TokenKind::date;
  pos_ = end;
  if (source_[begin] >= 'A' && source_[begin] <= 'S' && !after_dot && !before_colon && scan_english_date(begin)) return;
  if (scan_glued_number(begin, end)) return;
  const bool told = after_date && trivia_begin_ == begin;
  if (digit_value(value_at(end)) >= 0 && !told)
    report(Code::word_glued_to_date, begin, end, {std::string(slice(begin, end))});
  Word& word = word_at(begin, end);
  if (!after_dot && !before_colon) {
    if (const PhraseMatch match = match_keyword(word.phrases, end); match.keyword != Keyword::none) {
      pos_ = match.end;
      const bool may_be_name = info(match.keyword).kind == KeywordKind::contextual && match.end == end;
      const std::uint32_t literal = may_be_name ? keep_name(word, begin, end) : 0;
      emit_keyword(match.keyword, begin, match.end);
      out_.tokens.back().literal = literal;
      return;
    }
    if (const RefusedWord* refused = word.refused) {
      report(refused->code, begin, end, {std::string(slice(begin, end))});
      if (refused->instead != Keyword::none) emit_keyword(refused->instead, begin, end);
      return;
    }
  }
  const std::uint32_t literal = keep_name(word, begin, end);
  Token& token = emit(TokenKind::name, begin, end);
  token.literal = literal;
  token.colon_follows = before_colon;
}

// `向下取整到0.01元`: no name goes on with a point and a digit, so the keyword and the number were meant to stand
// apart.
bool Scanner::scan_glued_number(Offset begin, Offset end) {
  if (!is_ascii_at(end, ".") || digit_value(value_at(after(end))) < 0) return false;
  Offset digits = end;
  while (digits > begin && digit_value(static_cast<unsigned char>(source_[digits - 1])) >= 0) --digits;
  const KeywordInfo* keyword = digits == end ? nullptr : keyword_at_end(slice(begin, digits));
  if (keyword == nullptr) return false;
  const Offset key = digits - static_cast<Offset>(keyword->chinese.size());
  Offset stop = after(end);
  while (digit_value(value_at(stop)) >= 0) stop = after(stop);
  stop = is_ascii_at(stop, "%") ? after(stop) : word_end(stop);
  std::string apart = key > begin ? std::string(slice(begin, key)) + " " : std::string();
  apart.append(keyword->chinese).append(" ").append(slice(digits, stop));
  report(Code::glued_to_number, begin, stop, {std::string(slice(begin, stop)), std::move(apart)});
  if (key > begin) {
    const std::uint32_t literal = keep_name(word_at(begin, key), begin, key);
    emit(TokenKind::name, begin, key).literal = literal;
  }
  emit_keyword(keyword->id, key, digits);
  pos_ = digits;
  return true;
}

void Scanner::scan_quoted_name() {
  const Offset begin = pos_;
  const Offset name_begin = begin + 1;
  const Offset name_end = word_end(name_begin);
  if (name_end == name_begin || value_at(name_end) != '`') {
    // Only the quote is skipped: what follows is most likely a word whose second quote is missing.
    pos_ = value_at(name_begin) == '`' ? name_begin + 1 : name_begin;
    return report(Code::faulty_quoted_name, begin, pos_);
  }
  pos_ = name_end + 1;
  const std::uint32_t literal = keep_name(word_at(name_begin, name_end), name_begin, name_end);
  Token& token = emit(TokenKind::name, begin, pos_);
  token.quoted = true;
  token.literal = literal;
  token.colon_follows = colon_follows(pos_);
}

// The name in NFC. Full-width letters and ligatures look like others and are refused; the plain form stands in for
// them.
std::string Scanner::checked_name(Offset begin, Offset end) {
  const std::string_view written = slice(begin, end);
  if (is_plain(written)) return std::string(written);
  std::string name = to_nfc(written);
  if (std::string plain = to_nfkc(written); plain != name) {
    report(Code::special_letters, begin, end, {std::string(written), plain});
    name = std::move(plain);
  }
  if (mixes_scripts(name)) report(Code::mixed_scripts, begin, end, {name});
  return name;
}

}  // namespace guiju::syntax
