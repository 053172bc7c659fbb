// See words.hpp.
#include "explain/words.hpp"

#include <algorithm>
#include <cstring>

namespace guiju::explain {

namespace {

// The trace of a usual case fits into the first.
constexpr std::size_t kBlock = 16'000;

}  // namespace

char* Words::room_in_new_block(std::size_t size) {
  const std::size_t whole = std::max(kBlock, size);
  char* const begin = blocks_.emplace_back(new char[whole]).get();  // aligned for anything
  next_ = begin + size;
  left_ = whole - size;
  return begin;
}

Phrase Words::joined(std::span<const std::string_view> pieces) {
  std::size_t size = 0;
  for (const std::string_view piece : pieces) size += piece.size();
  if (size == 0) return {};
  char* const text = room(size + 1, 1);
  char* end = text;
  for (const std::string_view piece : pieces) {
    std::memcpy(end, piece.data(), piece.size());
    end += piece.size();
  }
  *end = '\0';
  Phrase out;
  out.text_ = {text, size};
  return out;
}

}  // namespace guiju::explain
