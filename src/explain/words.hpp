// The texts of which an answer is made. Most stand somewhere already, in the rules or in the program; what has to be
// put together is written into one store, behind what was written before, so that telling a case allocates next to
// nothing.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "plan/text.hpp"

namespace guiju::explain {

// A text that somebody else holds: the rules, the program or the Words of the answer. Behind its last byte stands a
// zero, as the C interface promises.
class Phrase {
 public:
  constexpr Phrase() = default;
  constexpr Phrase(const char* literal) : text_(literal) {}      // NOLINT(google-explicit-constructor)
  Phrase(const std::string& held) : text_(held) {}               // NOLINT(google-explicit-constructor)
  Phrase(std::string&& unheld) = delete;                         // it would be gone before the phrase is read
  Phrase(const plan::Text& held) : text_(held.str()) {}          // NOLINT(google-explicit-constructor)
  constexpr operator std::string_view() const { return text_; }  // NOLINT(google-explicit-constructor)
  explicit operator std::string() const { return std::string(text_); }

  [[nodiscard]] constexpr bool empty() const { return text_.empty(); }
  [[nodiscard]] constexpr std::size_t size() const { return text_.size(); }
  [[nodiscard]] constexpr const char* data() const { return text_.data(); }
  [[nodiscard]] std::string str() const { return std::string(text_); }
  template <std::convertible_to<std::string_view> Other>
  friend constexpr bool operator==(Phrase a, const Other& b) {
    return a.text_ == static_cast<std::string_view>(b);
  }

 private:
  friend class Words;
  std::string_view text_ = "";
};

// Where texts are kept, and what else lives as long as the answer. Nothing that was handed out ever moves.
class Words {
 public:
  Words() = default;
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  ~Words() = default;

  [[nodiscard]] Phrase keep(std::string_view text) { return joined({text}); }
  [[nodiscard]] Phrase joined(std::initializer_list<std::string_view> pieces) {
    return joined(std::span<const std::string_view>(pieces.begin(), pieces.size()));
  }
  [[nodiscard]] Phrase joined(std::span<const std::string_view> pieces);
  // What `write` appends to a string.
  template <typename Write>
  [[nodiscard]] Phrase written(const Write& write) {
    line_.clear();
    write(line_);
    return keep(line_);
  }

  template <typename T>
  [[nodiscard]] T& keep_one(const T& thing) {
    return keep_all(std::span<const T>(&thing, 1)).front();
  }
  template <typename T>
  [[nodiscard]] std::span<T> keep_all(std::span<const T> things) {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    if (things.empty()) return {};
    T* const kept = reinterpret_cast<T*>(room(things.size_bytes(), alignof(T)));
    std::uninitialized_copy(things.begin(), things.end(), kept);
    return {kept, things.size()};
  }

 private:
  // So many bytes that nobody has yet; the alignment is a power of two.
  [[nodiscard]] char* room(std::size_t size, std::size_t alignment) {
    const std::size_t gap = (0 - reinterpret_cast<std::uintptr_t>(next_)) & (alignment - 1);
    if (gap + size > left_) return room_in_new_block(size);
    char* const begin = next_ + gap;
    next_ = begin + size;
    left_ -= gap + size;
    return begin;
  }
  [[nodiscard]] char* room_in_new_block(std::size_t size);

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;  // in the last block
  std::string line_;      // what is being written
};

}  // namespace guiju::explain
