// See outlines.hpp.
#include "json/outlines.hpp"

#include <array>

#include "values/utf8.hpp"

namespace guiju::json {

using plan::Index;
using plan::kNone;

namespace {

// Hosts that write in ever new ways are not followed for ever.
constexpr std::size_t kMostOutlines = 64;
constexpr std::size_t kMostBetween = 1U << 16U;  // bytes

// Bytes at which a text ends or is more than its characters.
constexpr std::array<bool, 256> kStops = [] {
  std::array<bool, 256> out{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) out[byte] = true;
  out['"'] = out['\\'] = true;
  return out;
}();

std::string_view plain_text(std::string_view text) {
  unsigned char seen = 0;
  std::size_t n = 1;
  for (; n < text.size() && !kStops[static_cast<unsigned char>(text[n])]; ++n)
    seen |= static_cast<unsigned char>(text[n]);
  if (n == text.size() || text[n] != '"') return {};
  const std::string_view token = text.substr(0, n + 1);
  return seen < 0x80 || !find_invalid_utf8(token) ? token : std::string_view();
}

std::string_view plain_number(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && (is_digit(text[n]) || text[n] == '.' || text[n] == '-')) ++n;
  const std::string_view token = text.substr(0, n);
  return is_number(token) ? token : std::string_view();
}

// The scalar at the front; none where only the reader of everything can tell.
std::string_view plain_scalar(std::string_view text) {
  const char first = text.empty() ? '\0' : text.front();
  if (first == '"') return plain_text(text);
  if (is_digit(first) || first == '-') return plain_number(text);
  for (const std::string_view word : {"true", "false", "null"}) {
    if (text.starts_with(word)) return text.substr(0, word.size());
  }
  return {};
}

}  // namespace

bool is_number(std::string_view token) {
  std::size_t n = token.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = n;
    while (n < token.size() && is_digit(token[n])) ++n;
    return n - begin;
  };
  const std::size_t first = n;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && token[first] == '0')) return false;
  if (n < token.size() && token[n] == '.') {
    ++n;
    if (digits() == 0) return false;
  }
  if (n < token.size() && (token[n] == 'e' || token[n] == 'E')) {
    ++n;
    if (n < token.size() && (token[n] == '+' || token[n] == '-')) ++n;
    if (digits() == 0) return false;
  }
  return n == token.size();
}

bool Outlines::fits(std::string_view text) {
  values_.clear();
  for (std::uint32_t at = steps_.empty() ? kNoStep : 0; at != kNoStep;) {
    const Step& step = steps_[at];
    const bool is_last = step.field == kNone;
    if (!text.starts_with(before(step)) || (is_last && text.size() != step.size)) {
      at = step.other;
      continue;
    }
    if (is_last) {
      given_ = said_[step.next];
      return true;
    }
    text.remove_prefix(step.size);
    const std::string_view token = plain_scalar(text);
    if (token.empty()) return false;
    values_.push_back({step.field, token});
    text.remove_prefix(token.size());
    at = step.next;
  }
  return false;
}

void Outlines::begin() {
  values_.clear();
  given_.clear();
  is_left_out_ = false;
}

// The step behind the last one, or the first of all; made where there is none.
std::uint32_t Outlines::step_after(std::uint32_t last, std::string_view between, Index field) {
  std::uint32_t before_this = kNoStep;
  std::uint32_t at = last != kNoStep ? steps_[last].next : steps_.empty() ? kNoStep : 0;
  for (; at != kNoStep; at = steps_[at].other) {
    if (steps_[at].field == field && before(steps_[at]) == between) return at;
    before_this = at;
  }
  const auto made = static_cast<std::uint32_t>(steps_.size());
  steps_.push_back({between_.size(), between.size(), field, kNoStep, kNoStep});
  between_ += between;
  if (before_this != kNoStep) {
    steps_[before_this].other = made;
  } else if (last != kNoStep) {
    steps_[last].next = made;
  }
  return made;
}

void Outlines::learn(std::string_view text) {
  if (is_left_out_ || text.size() > kMostBetween) return;
  if (said_.size() == kMostOutlines || between_.size() + text.size() > kMostBetween) forget();
  std::uint32_t last = kNoStep;
  for (const Value& value : values_) {
    const auto at = static_cast<std::size_t>(value.token.data() - text.data());
    last = step_after(last, text.substr(0, at), value.field);
    text.remove_prefix(at + value.token.size());
  }
  last = step_after(last, text, kNone);
  if (steps_[last].next != kNoStep) return;
  steps_[last].next = static_cast<std::uint32_t>(said_.size());
  said_.push_back(given_);
}

void Outlines::forget() {
  steps_.clear();
  between_.clear();
  said_.clear();
}

}  // namespace guiju::json
