// Numbers, percentages and quantities. A unit stays a spelling here: the checker knows which units the files declare.
#include "diagnostics/codes.hpp"
#include "syntax/lexer_characters.hpp"
#include "syntax/lexer_scanner.hpp"
#include "syntax/spoken.hpp"
#include "values/unit.hpp"

namespace guiju::syntax {
namespace {

constexpr std::size_t kMostDigits = 38;
constexpr char32_t kPerMille = 0x2030;

bool is_known_unit(std::string_view word) {
  return find_unit(word) != nullptr || find_duration_unit(word).has_value();
}

// A unit of the table and a keyword behind it, written without a blank. Lengths in bytes.
struct GluedKeyword {
  Keyword keyword = Keyword::none;
  std::size_t unit = 0;  // with a boundary word: `升以上`
  std::size_t length = 0;
};

GluedKeyword keyword_after_unit(std::string_view word) {
  if (is_known_unit(word) || boundary_tail(word).length > 0) return {};
  for (std::size_t unit = word.size(); unit-- > 0;) {
    if ((static_cast<unsigned char>(word[unit]) & 0xC0U) == 0x80U) continue;  // inside a character
    const std::string_view front = word.substr(0, unit);
    const std::string_view counted = front.substr(0, unit - boundary_tail(front).length);
    if (!counted.empty() && !is_known_unit(counted)) continue;
    const KeywordInfo* keyword = keyword_before_name(word.substr(unit));
    if (keyword != nullptr) return {keyword->id, unit, keyword->chinese.size()};
  }
  return {};
}

}  // namespace

// A number under way: what is read of it so far.
struct Scanner::NumberParts {
  Offset begin = 0;
  std::string digits;  // ASCII, without `_`
  bool plain = true;   // ASCII digits alone
  Rational value;
  bool has_multiplier = false;
  std::string unit;  // with ASCII signs, names in NFC
  Tail tail;         // a boundary word glued to the unit
  Offset tail_begin = 0;
  Keyword glued = Keyword::none;  // another keyword glued to it, which was reported
  Offset glued_begin = 0;
};

void Scanner::scan_number() {
  if (scan_date()) return;
  NumberParts number;
  number.begin = pos_;
  scan_digits(number);
  scan_fraction(number);
  scan_exponent(number);
  read_value(number);
  if (refuse_partial_date(number.begin, pos_)) return;
  const bool percent = scan_percent(number);
  if (!percent) {
    scan_glued_unit(number);
    if (number.unit.empty() && number.tail.length == 0) scan_spaced_unit(number);
  }

  Literal literal;
  literal.value = number.value;
  literal.all_digits = number.plain && !percent && !number.has_multiplier && number.unit.empty();
  literal.digits = std::move(number.digits);
  literal.unit = std::move(number.unit);
  const TokenKind kind = percent ? TokenKind::percent : literal.unit.empty() ? TokenKind::number : TokenKind::quantity;
  const Offset unit_end = number.glued != Keyword::none ? number.glued_begin : pos_;
  const Offset end = number.tail.length > 0 ? number.tail_begin : unit_end;
  const std::uint32_t index = keep(std::move(literal));
  emit(kind, number.begin, end).literal = index;
  if (number.tail.refused != nullptr) {
    report(number.tail.refused->code, end, unit_end, {std::string(slice(end, unit_end))});
  }
  if (number.tail.keyword != Keyword::none) emit_keyword(number.tail.keyword, end, unit_end);
  if (number.glued != Keyword::none) emit_keyword(number.glued, unit_end, pos_);
}

// ---- digits
// ----------------------------------------------------------------------------------------------------------------

// The whole part, with `_` or a faulty comma between its digits.
void Scanner::scan_digits(NumberParts& number) {
  const auto take_run = [&] {
    std::size_t count = 0;
    for (Char c = at(pos_); digit_value(c.value) >= 0; c = at(pos_), ++count) {
      number.digits += static_cast<char>('0' + digit_value(c.value));
      number.plain = number.plain && c.length == 1;
      pos_ += c.length;
    }
    return count;
  };
  take_run();
  while (value_at(pos_) == '_' && digit_value(value_at(pos_ + 1)) >= 0) {
    number.plain = false;
    ++pos_;
    take_run();
  }
  const Offset first_comma = pos_;
  bool groups_of_three = true;
  while ((value_at(pos_) == ',' || value_at(pos_) == 0xFF0C) && digit_value(value_at(after(pos_))) >= 0) {
    const Offset comma = pos_;
    const std::string before = number.digits;
    pos_ = after(pos_);
    if (take_run() == 3) continue;
    groups_of_three = false;
    number.digits = before;
    pos_ = comma;
    break;
  }
  if (pos_ != first_comma) {
    number.plain = false;
    report(Code::digit_comma, number.begin, pos_, {std::string(slice(number.begin, pos_)), number.digits});
  } else if (!groups_of_three) {
    const Offset comma_end = after(pos_);
    report(Code::comma_glued, pos_, comma_end);
  }

  const std::size_t significant = number.digits.find_first_not_of('0');
  const std::size_t zeros = significant == std::string::npos ? number.digits.size() - 1 : significant;
  if (zeros == 0) return;
  const std::string plain = number.digits.substr(zeros);
  report(Code::leading_zeros, number.begin, pos_, {std::string(slice(number.begin, pos_)), plain});
  number.digits = plain;
}

void Scanner::scan_fraction(NumberParts& number) {
  if (!is_ascii_at(pos_, ".") || value_at(pos_) == 0x2025) return;
  Offset next = after(pos_);
  if (ascii_at(next).starts_with(".")) return;  // `4500..7100`, `1...`
  number.plain = false;
  if (digit_value(value_at(next)) < 0) {
    report(Code::no_digit_after_point, number.begin, next, {std::string(slice(number.begin, next)), number.digits});
    pos_ = next;
    return;
  }
  number.digits += '.';
  pos_ = next;
  for (Char c = at(pos_); digit_value(c.value) >= 0 || c.value == '_'; c = at(pos_)) {
    if (c.value == '_') {
      if (digit_value(value_at(pos_ + 1)) < 0) break;
    } else {
      number.digits += static_cast<char>('0' + digit_value(c.value));
    }
    pos_ += c.length;
  }
}

// `1.5e3`: refused, as a unit may look like it and nobody in an office writes it.
void Scanner::scan_exponent(NumberParts& number) {
  if (value_at(pos_) != 'e' && value_at(pos_) != 'E') return;
  Offset end = pos_ + 1;
  const char32_t sign = value_at(end);
  if (sign == '-' || sign == '+') ++end;
  const SmallNumber exponent = small_number(end);
  if (exponent.digits == 0 || is_word_character(value_at(exponent.end))) return;
  report(Code::exponent, number.begin, exponent.end, {std::string(slice(number.begin, exponent.end))});
  pos_ = exponent.end;
  number.plain = false;
}

void Scanner::read_value(NumberParts& number) {
  const std::size_t digits = number.digits.size() - (number.digits.find('.') == std::string::npos ? 0U : 1U);
  const auto value = digits <= kMostDigits ? parse_decimal(number.digits) : std::nullopt;
  if (value) {
    number.value = *value;
    return;
  }
  report(Code::too_many_digits, number.begin, pos_, {std::to_string(digits), std::to_string(kMostDigits)});
  number.digits = "0";
}

// `¥3000`: read as the money that is meant.
bool Scanner::scan_currency() {
  constexpr char32_t kYuanSign = 0xA5, kWideYuanSign = 0xFFE5;
  const Offset begin = pos_;
  if (value_at(begin) != kYuanSign && value_at(begin) != kWideYuanSign) return false;
  const Offset number = after_blanks(after(begin));
  if (digit_value(value_at(number)) < 0) return false;
  pos_ = number;
  scan_number();
  Token& token = out_.tokens.back();
  const std::string written(slice(number, token.end));
  std::string instead = written;
  if (token.kind == TokenKind::number) {
    token.kind = TokenKind::quantity;
    Literal& literal = out_.literals[token.literal];
    literal.unit = "yuan";
    literal.all_digits = false;
    instead = bilingual(written + " yuan", written + "元");
  }
  report(Code::number_form, begin, token.end, {std::string(slice(begin, token.end)), instead});
  return true;
}

void Scanner::scan_lonely_point() {
  const Offset begin = pos_;
  NumberParts number;
  number.begin = begin;
  number.digits = "0";
  scan_fraction(number);
  report(Code::no_digit_before_point, begin, pos_, {std::string(slice(begin, pos_)), number.digits});
  pos_ = after(begin);  // the digits are read on as a number of their own
  trivia_begin_ = pos_;
}

// ---- what follows the digits
// -------------------------------------------------------------------------------------------------

// `30 percent`, `30 per cent`: where it ends; `begin` if it is none.
Offset Scanner::percent_word_end(Offset begin) const {
  if (value_at(begin) != 'p') return begin;
  const Offset end = word_end(begin);
  const std::string_view word = slice(begin, end);
  if (word == "percent" || word == "pct") return end;
  const Offset second = after_blanks(end);
  const Offset second_end = word_end(second);
  return word == "per" && slice(second, second_end) == "cent" ? second_end : begin;
}

bool Scanner::scan_percent(NumberParts& number) {
  const Offset sign = after_blanks(pos_);
  const bool per_mille = value_at(sign) == kPerMille;
  const Offset in_words = percent_word_end(sign);
  const bool is_word = in_words > sign && !colon_follows(in_words);
  if (!per_mille && !is_word && !is_ascii_at(sign, "%")) return false;
  if (is_word)
    report(Code::number_form, number.begin, in_words,
           {std::string(slice(number.begin, in_words)), number.digits + "%"});
  if (const auto value = div(number.value, Rational(per_mille ? 1000 : 100))) {
    number.value = *value;
  } else {
    report(Code::too_many_digits, number.begin, pos_,
           {std::to_string(number.digits.size()), std::to_string(kMostDigits)});
  }
  pos_ = is_word ? in_words : after(sign);
  return true;
}

// `3千元`, `3 thousand yuan`, `3k yuan`: read as the number that is meant. `power` ends at `end`, the unit at
// `unit_end`.
void Scanner::refuse_power(NumberParts& number, std::int64_t factor, Offset end, Offset unit_end) {
  const auto value = mul(number.value, Rational(factor));
  if (value) number.value = *value;
  const Offset unit = after_blanks(end);
  const std::string blank = unit > end ? " " : "";
  report(Code::number_form, number.begin, unit_end,
         {std::string(slice(number.begin, unit_end)),
          (value ? to_string(*value) : number.digits) + blank + std::string(slice(unit, unit_end))});
  number.has_multiplier = true;
  pos_ = end;
}

// `2万元`, `8年以上`, `500kW/h`: safe to cut, as no name starts with a digit.
void Scanner::scan_glued_unit(NumberParts& number) {
  Offset begin = pos_;
  Offset end = word_end(begin);
  if (end == begin) return;
  if (const Multiplier power = multiplier(slice(begin, end)); power.length > 0) {
    if (const auto value = mul(number.value, Rational(power.factor))) {
      number.value = *value;
    } else {
      report(Code::too_many_digits, number.begin, end,
             {std::to_string(number.digits.size()), std::to_string(kMostDigits)});
    }
    number.has_multiplier = true;
    begin += static_cast<Offset>(power.length);
    pos_ = begin;
  }
  if (begin == end) return;
  if (const SpokenPower power = spoken_power(slice(begin, end)); power.length > 0) {
    const Offset unit = begin + static_cast<Offset>(power.length);
    refuse_power(number, power.factor, unit, end - static_cast<Offset>(boundary_tail(slice(unit, end)).length));
    begin = unit;
  } else if (const Offset next = after_blanks(end);
             value_at(begin) == 'k' && end == begin + 1 && next > end && is_known_unit(slice(next, word_end(next)))) {
    refuse_power(number, english_power("k"), end, word_end(next));
    return scan_spaced_unit(number);
  }
  if (slice(begin, end).front() == '_') {
    report(Code::digit_underscore, number.begin, end, {std::string(slice(number.begin, end))});
    pos_ = end;
    return;
  }
  // A keyword glued to a number is a word of its own, as if a blank stood between.
  const std::string_view word = slice(begin, end);
  const bool is_keyword = match_keyword(begin).keyword != Keyword::none && boundary_tail(word).length == 0;
  if (is_keyword && !is_known_unit(word)) return;
  if (cut_glued_keyword(number, begin, end)) return;
  take_unit_word(number, begin, end);
  if (number.tail.length == 0) continue_unit(number);
}

// `3升且x.价`: read as if the blanks stood there.
bool Scanner::cut_glued_keyword(NumberParts& number, Offset begin, Offset end) {
  const std::string_view word = slice(begin, end);
  const GluedKeyword cut = keyword_after_unit(word);
  if (cut.keyword == Keyword::none) return false;
  const Offset key = begin + static_cast<Offset>(cut.unit);
  const Offset key_end = key + static_cast<Offset>(cut.length);
  std::string apart = std::string(slice(number.begin, key)) + " " + std::string(slice(key, key_end));
  if (key_end < end) apart.append(" ").append(slice(key_end, end));
  report(Code::glued_to_number, number.begin, end, {std::string(slice(number.begin, end)), std::move(apart)});
  if (key > begin) take_unit_word(number, begin, key);
  number.glued = cut.keyword;
  number.glued_begin = key;
  pos_ = key_end;
  return true;
}

// `from 2 to 8  drive / zh 动力: Drive`: two names after `/` are the alias of a field, no divisor. Glued to a unit, `/`
// begins one only before the word of a language: `step 0.1 kgce/t d: date` is a unit and the next field.
bool Scanner::alias_follows(Offset offset) const {
  const Offset slash = after_blanks(offset);
  if (!is_ascii_at(slash, "/")) return false;
  const Offset language = after_blanks(after(slash));
  const Offset language_end = word_end(language);
  const std::string_view tongue = slice(language, language_end);
  if (slash == offset && tongue != "zh" && tongue != "en") return false;
  const Offset name = after_blanks(language_end);
  return language_end > language && name > language_end && word_end(name) > name && colon_follows(word_end(name));
}

// The next word of the line, if it is a unit of the table, or else no keyword. Before `:` it names a field, whatever it
// is.
void Scanner::scan_spaced_unit(NumberParts& number) {
  const Offset begin = after_blanks(pos_);
  const Offset end = word_end(begin);
  if (begin == pos_ || end == begin || colon_follows(end) || alias_follows(end)) return;
  const std::string_view word = slice(begin, end);
  if (word == "calendar") {
    const Offset next = after_blanks(end);
    const Offset next_end = word_end(next);
    const std::string_view months = slice(next, next_end);
    if (months == "months" || months == "month") {
      number.unit = "calendar months";
      pos_ = next_end;
      return;
    }
  }
  if (is_known_unit(word)) {
    take_unit_word(number, begin, end);
    return continue_unit(number);
  }
  if (const std::int64_t power = english_power(word); power > 1) {
    const Offset next = after_blanks(end);
    const Offset next_end = word_end(next);
    if (is_known_unit(slice(next, next_end))) {
      refuse_power(number, power, end, next_end);
      return scan_spaced_unit(number);
    }
  }
  // `8 年以上`, `2 万元`: cut only where a unit of the table comes out.
  const std::size_t front = multiplier(word).length;
  const std::size_t back = boundary_tail(word).length;
  if (front + back > 0 && front + back < word.size() && is_known_unit(word.substr(front, word.size() - front - back))) {
    pos_ = begin;
    return scan_glued_unit(number);
  }
  if (match_keyword(begin).keyword != Keyword::none || find_refused_word(word) != nullptr) return;
  if (keyword_after_unit(word).unit > 0 && cut_glued_keyword(number, begin, end)) return;
  take_unit_word(number, begin, end);
  if (number.tail.length == 0) continue_unit(number);
}

void Scanner::take_unit_word(NumberParts& number, Offset begin, Offset end) {
  const Tail tail = boundary_tail(slice(begin, end));
  if (tail.length > 0) {
    number.tail = tail;
    number.tail_begin = end - static_cast<Offset>(tail.length);
  }
  const Offset unit_end = tail.length > 0 ? number.tail_begin : end;
  if (unit_end > begin) number.unit += checked_name(begin, unit_end);
  pos_ = end;
}

// ---- units of several words
// ------------------------------------------------------------------------------------------------

// Over glued `/` and `*`: `8 kgce/t`, `0.5 kWh/24h`, `5 kW/(m3/min)`. With blanks around it, `/` divides.
void Scanner::continue_unit(NumberParts& number) {
  for (;;) {
    const std::string_view sign = ascii_at(pos_);
    if (sign != "/" && sign != "*") return;
    if (value_at(pos_) == '/' && (value_at(pos_ + 1) == '/' || value_at(pos_ + 1) == '*')) return;  // a comment
    const Offset begin = after(pos_);
    const Offset divisor = small_number(begin).end;
    if (keyword_after_unit(slice(divisor, word_end(divisor))).unit > 0) {
      number.unit.append(sign).append(slice(begin, divisor));
      cut_glued_keyword(number, divisor, word_end(divisor));
      return;
    }
    const Offset end = unit_factor_end(begin);
    if (end == begin) return;
    number.unit += sign;
    if (is_ascii_at(begin, "(")) {
      for (Offset at_sign = begin; at_sign < end;) {
        const Offset word = word_end(at_sign);
        if (word > at_sign) {
          number.unit += checked_name(at_sign, word);
          at_sign = word;
        } else {
          number.unit += ascii_at(at_sign);
          at_sign = after(at_sign);
        }
      }
      pos_ = end;
      continue;
    }
    const SmallNumber count = small_number(begin);
    if (count.digits > 0) number.unit += std::to_string(count.value);
    take_unit_word(number, count.end, end);
    if (number.tail.length > 0) return;
  }
}

// A name, `24h`, or a bracket of names. What goes on with `.` or `(` is an expression: `1000 yuan/n.size` divides.
Offset Scanner::unit_factor_end(Offset begin) const {
  if (is_ascii_at(begin, "(")) return bracketed_unit_end(begin);
  const Offset word = small_number(begin).end;
  const Offset end = word_end(word);
  if (end == word) return begin;
  const PhraseMatch match = match_keyword(word);
  if (match.keyword != Keyword::none && !is_known_unit(slice(word, end))) return begin;
  const bool member = is_ascii_at(end, ".") && !ascii_at(after(end)).starts_with(".");
  if (member || is_ascii_at(end, "(")) return begin;
  return end;
}

Offset Scanner::bracketed_unit_end(Offset begin) const {
  Offset end = after(begin);
  for (;;) {
    const Offset word = word_end(end);
    if (word == end) return begin;
    const std::string_view sign = ascii_at(word);
    end = after(word);
    if (sign == ")") return end;
    if (sign != "/" && sign != "*") return begin;
  }
}

}  // namespace guiju::syntax
