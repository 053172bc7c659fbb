// Validation, decoding and encoding of UTF-8 (RFC 3629).
#include "values/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace guiju {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

// How many bytes the sequence with this first byte takes; 0 where no sequence begins so.
std::size_t sequence_length(unsigned first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

// The second byte alone tells overlong forms, surrogates and values past U+10FFFF.
bool second_fits(unsigned first, unsigned second) {
  switch (first) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return second >= 0x80 && second <= 0xBF;
  }
}

bool valid_sequence(std::string_view text, std::size_t begin, std::size_t length) {
  if (length == 0 || length > text.size() - begin) return false;
  if (length == 1) return true;
  if (!second_fits(byte_at(text, begin), byte_at(text, begin + 1))) return false;
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte_at(text, begin + i) & 0xC0U) != 0x80U) return false;
  }
  return true;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  constexpr std::uint64_t kNoAscii = 0x8080808080808080U;
  for (std::size_t i = 0; i < text.size();) {
    std::uint64_t eight = kNoAscii;  // most texts are ASCII for long stretches
    if (i + sizeof eight <= text.size()) std::memcpy(&eight, text.data() + i, sizeof eight);
    if ((eight & kNoAscii) == 0) {
      i += sizeof eight;
      continue;
    }
    if (byte_at(text, i) < 0x80) {
      ++i;
      continue;
    }
    const unsigned first = byte_at(text, i);
    if (first >= 0xE1 && first <= 0xEC && i + 2 < text.size()) {  // nearly all of Chinese: any two further bytes
      if ((byte_at(text, i + 1) & 0xC0U) != 0x80U || (byte_at(text, i + 2) & 0xC0U) != 0x80U) return i;
      i += 3;
      continue;
    }
    const std::size_t length = sequence_length(first);
    if (!valid_sequence(text, i, length)) return i;
    i += length;
  }
  return std::nullopt;
}

CodePoint decode(std::string_view text, std::size_t offset) {
  const unsigned first = byte_at(text, offset);
  if (first >= 0xE0 && first < 0xF0 && offset + 2 < text.size()) {  // nearly all of Chinese
    const unsigned second = byte_at(text, offset + 1);
    const unsigned third = byte_at(text, offset + 2);
    return {((first & 0x0FU) << 12U) | ((second & 0x3FU) << 6U) | (third & 0x3FU), 3};
  }
  const std::size_t length = sequence_length(first);
  if (length <= 1) return {static_cast<char32_t>(first), 1};
  char32_t value = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length && offset + i < text.size(); ++i) {
    value = (value << 6U) | (byte_at(text, offset + i) & 0x3FU);
  }
  return {value, length};
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
    return;
  }
  if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
  } else {
    if (code_point < 0x10000) {
      put(0xE0U | (code_point >> 12U));
    } else {
      put(0xF0U | (code_point >> 18U));
      put(0x80U | ((code_point >> 12U) & 0x3FU));
    }
    put(0x80U | ((code_point >> 6U) & 0x3FU));
  }
  put(0x80U | (code_point & 0x3FU));
}

}  // namespace guiju
