// Character tables; categories and normal forms come from utf8proc.
#include "syntax/lexer_characters.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "values/utf8.hpp"

namespace guiju::syntax {
namespace {

struct SignSpelling {
  char32_t character;
  std::string_view ascii;
};

// Sorted by code point. ASCII signs are their own spelling and stand in kAsciiSigns.
constexpr std::array kSignsOfPrint{
    SignSpelling{0x00D7, "*"},  SignSpelling{0x00F7, "/"},  SignSpelling{0x2025, ".."}, SignSpelling{0x2026, "..."},
    SignSpelling{0x2212, "-"},  SignSpelling{0x2264, "<="}, SignSpelling{0x2265, ">="}, SignSpelling{0x2A7D, "<="},
    SignSpelling{0x2A7E, ">="}, SignSpelling{0x3001, ","},  SignSpelling{0x3010, "["},  SignSpelling{0x3011, "]"},
    SignSpelling{0xFF05, "%"},  SignSpelling{0xFF08, "("},  SignSpelling{0xFF09, ")"},  SignSpelling{0xFF0A, "*"},
    SignSpelling{0xFF0B, "+"},  SignSpelling{0xFF0C, ","},  SignSpelling{0xFF0D, "-"},  SignSpelling{0xFF0E, "."},
    SignSpelling{0xFF0F, "/"},  SignSpelling{0xFF1A, ":"},  SignSpelling{0xFF1B, ";"},  SignSpelling{0xFF1C, "<"},
    SignSpelling{0xFF1D, "="},  SignSpelling{0xFF1E, ">"},  SignSpelling{0xFF3B, "["},  SignSpelling{0xFF3D, "]"},
    SignSpelling{0xFF5B, "{"},  SignSpelling{0xFF5C, "|"},  SignSpelling{0xFF5D, "}"},  SignSpelling{0xFF5E, ".."},
};

constexpr std::string_view kAsciiSigns = ",:;.()[]{}=+-*/<>|?\\^%";
constexpr std::array<std::string_view, 128> kAsciiSignOf = [] {
  std::array<std::string_view, 128> sign{};
  for (std::size_t i = 0; i < kAsciiSigns.size(); ++i)
    sign[static_cast<std::size_t>(kAsciiSigns[i])] = kAsciiSigns.substr(i, 1);
  return sign;
}();

struct QuotePair {
  char32_t open, close;
};
constexpr std::array kQuotes{QuotePair{0x22, 0x22}, QuotePair{0x201C, 0x201D}, QuotePair{0x300C, 0x300D}};

constexpr bool in_range(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

bool is_ascii_letter(char32_t c) {
  return in_range(c, 'a', 'z') || in_range(c, 'A', 'Z');
}

std::string normalised(std::string_view text, int form) {
  if (is_plain(text)) return std::string(text);
  utf8proc_uint8_t* out = nullptr;
  const std::string bytes(text);
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()), static_cast<utf8proc_ssize_t>(bytes.size()),
                   &out, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | form));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(out, &std::free);
  if (size < 0) return bytes;
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
}

}  // namespace

bool is_word_beyond_ascii(char32_t c) {
  const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;  // letters, marks, numbers
}

std::string_view ascii_sign(char32_t c) {
  if (c < 0x80) return kAsciiSignOf[c];
  const auto* found = std::lower_bound(kSignsOfPrint.begin(), kSignsOfPrint.end(), c,
                                       [](const SignSpelling& s, char32_t wanted) { return s.character < wanted; });
  return found != kSignsOfPrint.end() && found->character == c ? found->ascii : std::string_view{};
}

char32_t closing_quote(char32_t c) {
  for (const QuotePair& pair : kQuotes) {
    if (pair.open == c) return pair.close;
  }
  return 0;
}

char32_t refused_closing_quote(char32_t c) {
  switch (c) {
    case 0x2018:
      return 0x2019;
    case 0x300E:
      return 0x300F;
    case 0x300A:
      return 0x300B;
    default:
      return 0;
  }
}

bool is_closing_quote(char32_t c) {
  return std::any_of(kQuotes.begin(), kQuotes.end(), [c](const QuotePair& pair) { return pair.close == c; });
}

Hidden hidden_kind(char32_t c) {
  if (in_range(c, 0x202A, 0x202E) || in_range(c, 0x2066, 0x2069)) return Hidden::reordering;
  if (in_range(c, 0x200B, 0x200F) || c == 0x2060) return Hidden::invisible;
  return c == 0xFEFF ? Hidden::byte_order_mark : Hidden::no;
}

std::string code_point_name(char32_t c) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string digits;
  for (auto rest = static_cast<std::uint32_t>(c); rest != 0 || digits.size() < 4; rest /= 16)
    digits.insert(0, 1, hex[rest % 16]);
  return "U+" + digits;
}

bool is_plain(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint c = decode(text, at);
    if (!in_range(c.value, 0x4E00, 0x9FFF) && c.value != 0x3007) return false;
    at += c.length;
  }
  return true;
}

std::string to_nfc(std::string_view text) {
  return normalised(text, 0);
}
std::string to_nfkc(std::string_view text) {
  return normalised(text, UTF8PROC_COMPAT);
}

bool mixes_scripts(std::string_view text) {
  bool latin = false;
  bool other = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode(text, at);
    latin = latin || is_ascii_letter(c.value) ||
            (in_range(c.value, 0x00C0, 0x024F) && c.value != 0x00D7 && c.value != 0x00F7);
    other = other || in_range(c.value, 0x0370, 0x052F) || in_range(c.value, 0x1C80, 0x1C8F) ||
            in_range(c.value, 0x1F00, 0x1FFF) || in_range(c.value, 0x2DE0, 0x2DFF) || in_range(c.value, 0xA640, 0xA69F);
    at += c.length;
  }
  return latin && other;
}

}  // namespace guiju::syntax
