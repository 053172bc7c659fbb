// Texts of a plan. The same words stand in it many times: in every version of a programme, in the programmes of every
// province. Each text is in memory once, and whoever speaks of it holds on to it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace guiju::plan {

// Read like a const std::string; copies share it, also over threads.
class Text {
 public:
  Text() = default;
  Text(std::string text)  // NOLINT(google-explicit-constructor): a text is a text
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  Text(const char* text) : Text(std::string(text)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] const std::string& str() const {
    static const std::string none;
    return text_ == nullptr ? none : *text_;
  }
  operator const std::string&() const { return str(); }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool empty() const { return text_ == nullptr; }
  friend bool operator==(const Text& a, const Text& b) { return a.text_ == b.text_ || a.str() == b.str(); }

 private:
  std::shared_ptr<const std::string> text_;  // nullptr: empty
};

// A text in both languages; either may be empty, then the other is shown.
struct LocalText {
  std::string zh, en;
  [[nodiscard]] const std::string& in(bool english) const {
    return english ? (en.empty() ? zh : en) : (zh.empty() ? en : zh);
  }
};
// The same in a plan.
struct SharedText {
  Text zh, en;
  [[nodiscard]] const std::string& in(bool english) const {
    return english ? (en.empty() ? zh : en) : (zh.empty() ? en : zh);
  }
  operator LocalText() const { return {zh, en}; }  // NOLINT(google-explicit-constructor)
  bool operator==(const SharedText&) const = default;
};

}  // namespace guiju::plan
