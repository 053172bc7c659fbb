// A reader of the grammar of RFC 8259 that builds nothing and stops at the first character that does not fit.
#include "json/mistake.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace guiju::json {
namespace {

constexpr std::size_t kDeepestSearched = 512;

struct Said {
  const char *zh, *en;
};
constexpr Said kCommaMissing{"此处之前缺少逗号", "a comma is missing before this"};
constexpr Said kCommaTooMany{"右括号之前多了一个逗号", "a comma too many before the closing bracket"};
constexpr Said kNameWanted{"此处应为双引号中的名称", "a name in double quotes is needed here"};
constexpr Said kColonMissing{"名称之后缺少冒号", "a colon is missing after the name"};
constexpr Said kValueWanted{"此处应为值:双引号中的文字、数、true、false、null、{ 或 [",
                            "a value is needed here: a text in double quotes, a number, true, false, null, { or ["};
constexpr Said kWideSign{"这是全角标点,JSON 须用半角的 \" , : { } [ ]",
                         "JSON is written with the ASCII signs \" , : { } [ ]"};
constexpr Said kSingleQuote{"JSON 的文字须用双引号", "texts stand in double quotes"};
constexpr Said kUnclosed{"此处的引号没有关闭", "the quote opened here is not closed"};
constexpr Said kControl{"引号内有换行或控制字符", "a line break or control character within quotes"};
constexpr Said kEscape{"引号内有不能读的转义;反斜杠本身写两个",
                       "an escape that means nothing within quotes; write a backslash twice"};
constexpr Said kNumber{"数的写法不符,例如 0.5、-3;不写 05、.5、5.、+5",
                       "not how a number is written: 0.5 or -3, never 05, .5, 5. or +5"};
constexpr Said kComment{"JSON 没有注释", "JSON has no comments"};
constexpr Said kNotClosed{"此处的括号没有关闭", "the bracket opened here is not closed"};
constexpr Said kAfterEnd{"对象之后不应再有内容", "nothing may follow the object"};
constexpr Said kEmpty{"没有内容", "there is nothing"};

// Signs of Chinese input methods that stand for signs of JSON.
constexpr std::array<std::string_view, 11> kWide = {"\uFF0C", "\u3001", "\uFF1A", "\u201C", "\u201D", "\uFF02",
                                                    "\uFF5B", "\uFF5D", "\u3010", "\u3011", "\uFF1B"};

class MistakeFinder {
 public:
  explicit MistakeFinder(std::string_view text) : text_(text) {}

  std::optional<Mistake> run() {
    blanks();
    if (at_end()) return say(kEmpty), found_;
    if (value(0)) {
      blanks();
      if (!at_end()) say(kAfterEnd);
    }
    return too_deep_ ? std::nullopt : found_;
  }

 private:
  [[nodiscard]] bool at_end() const { return pos_ >= text_.size(); }
  [[nodiscard]] char here() const { return at_end() ? '\0' : text_[pos_]; }
  void blanks() { pos_ = std::min(text_.find_first_not_of(" \t\r\n", pos_), text_.size()); }

  bool say(const Said& said) { return say(said, pos_); }
  bool say(const Said& said, std::size_t at) {
    Mistake mistake;
    const std::string_view before = text_.substr(0, at);
    mistake.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t line_end = before.rfind('\n');
    const std::string_view line = before.substr(line_end == std::string_view::npos ? 0 : line_end + 1);
    mistake.column = 1 + static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
                       return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                     }));
    mistake.text = {said.zh, said.en};
    found_ = std::move(mistake);
    return false;
  }

  // Something else stands where `wanted` says what should.
  bool refuse(const Said& wanted) {
    const std::string_view rest = text_.substr(pos_);
    const bool wide =
        std::any_of(kWide.begin(), kWide.end(), [&](std::string_view sign) { return rest.starts_with(sign); });
    if (wide) return say(kWideSign);
    if (here() == '\'') return say(kSingleQuote);
    if (rest.starts_with("//") || rest.starts_with("/*")) return say(kComment);
    return say(wanted);
  }

  bool value(std::size_t depth) {
    if (depth > kDeepestSearched) {
      too_deep_ = true;
      return false;
    }
    switch (here()) {
      case '{':
        return members(depth);
      case '[':
        return items(depth);
      case '"':
        return quoted();
      default:
        break;
    }
    for (const std::string_view word : {"true", "false", "null"}) {
      if (!text_.substr(pos_).starts_with(word)) continue;
      pos_ += word.size();
      return true;
    }
    const bool numeric = is_digit(here()) || here() == '-' || here() == '+' || here() == '.';
    return numeric ? number() : refuse(kValueWanted);
  }

  // After an item of an object or a list: true if another one follows, with `closed` where the bracket does.
  bool goes_on(char close, std::size_t open, bool& closed) {
    blanks();
    closed = here() == close;
    if (closed) return ++pos_, true;
    if (at_end()) return say(kNotClosed, open);
    if (ran_into_next()) return say(kUnclosed, last_quote_);
    if (here() != ',') return refuse(kCommaMissing);
    const std::size_t comma = pos_++;
    blanks();
    if (here() == '}' || here() == ']') return say(kCommaTooMany, comma);
    return at_end() ? say(kNotClosed, open) : true;
  }

  // `"fridge, "price"`: the quote that closes is the opening one of the next text, and a word stands right behind it.
  [[nodiscard]] bool ran_into_next() const {
    if (pos_ == 0 || text_[pos_ - 1] != '"') return false;
    const auto c = static_cast<unsigned char>(here());
    return is_digit(here()) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  bool members(std::size_t depth) {
    const std::size_t open = pos_++;
    blanks();
    if (here() == '}') return ++pos_, true;
    if (at_end()) return say(kNotClosed, open);
    for (bool closed = false; !closed;) {
      if (here() != '"') return refuse(kNameWanted);
      if (!quoted()) return false;
      blanks();
      if (here() != ':') return refuse(kColonMissing);
      ++pos_;
      blanks();
      if (!value(depth + 1) || !goes_on('}', open, closed)) return false;
    }
    return true;
  }

  bool items(std::size_t depth) {
    const std::size_t open = pos_++;
    blanks();
    if (here() == ']') return ++pos_, true;
    if (at_end()) return say(kNotClosed, open);
    for (bool closed = false; !closed;) {
      if (!value(depth + 1) || !goes_on(']', open, closed)) return false;
    }
    return true;
  }

  bool quoted() {
    const std::size_t open = pos_++;
    last_quote_ = open;
    for (; !at_end() && here() != '"'; ++pos_) {
      if (here() == '\n') return say(kUnclosed, open);
      if (static_cast<unsigned char>(here()) < 0x20) return say(kControl);
      if (here() == '\\' && !escape()) return false;
    }
    if (at_end()) return say(kUnclosed, open);
    ++pos_;
    return true;
  }

  // Leaves the last character of the escape to be passed.
  bool escape() {
    const std::size_t backslash = pos_++;
    if (here() != 'u')
      return std::string_view("\"\\/bfnrt").find(here()) != std::string_view::npos || say(kEscape, backslash);
    for (int digit = 0; digit < 4; ++digit) {
      ++pos_;
      const char c = here();
      if (!is_digit(c) && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F')) return say(kEscape, backslash);
    }
    return true;
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  std::size_t digits() {
    const std::size_t begin = pos_;
    while (is_digit(here())) ++pos_;
    return pos_ - begin;
  }

  bool number() {
    const std::size_t begin = pos_;
    if (here() == '-') ++pos_;
    const bool zero = here() == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1)) return say(kNumber, begin);
    if (here() == '.' && (++pos_, digits() == 0)) return say(kNumber, begin);
    if (here() != 'e' && here() != 'E') return true;
    ++pos_;
    if (here() == '+' || here() == '-') ++pos_;
    return digits() > 0 || say(kNumber, begin);
  }

  std::string_view text_;
  std::size_t pos_ = 0;
  std::size_t last_quote_ = 0;  // that opened a text
  bool too_deep_ = false;
  std::optional<Mistake> found_;
};

}  // namespace

std::optional<Mistake> find_mistake(std::string_view text) {
  return MistakeFinder(text).run();
}

plan::LocalText shown(const Mistake& mistake) {
  const std::string line = std::to_string(mistake.line);
  const std::string column = std::to_string(mistake.column);
  return {"第 " + line + " 行第 " + column + " 列:" + mistake.text.zh,
          "line " + line + ", column " + column + ": " + mistake.text.en};
}

}  // namespace guiju::json
