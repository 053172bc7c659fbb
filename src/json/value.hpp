// JSON as a tree, for what is compared and hashed: its text is the one canonical form of RFC 8785 (members in the order
// of the UTF-16 code units of their names, one way to escape, no blanks). Numbers are whole and within ±(2^53 - 1),
// which every reader of JSON keeps exact; other figures are texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/text.hpp"

namespace guiju::json {

struct Member;

struct Value {
  enum class Kind : std::uint8_t { null, truth, number, text, array, object };

  Value();  // null
  explicit Value(bool value);
  explicit Value(std::int64_t value);
  explicit Value(std::string value);
  explicit Value(const char* value);
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();
  [[nodiscard]] static Value array() { return of(Kind::array); }
  [[nodiscard]] static Value object() { return of(Kind::object); }
  // Null where the text is empty.
  [[nodiscard]] static Value or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

  // Objects: sets a member, in its place in the order. Returns the object.
  Value& set(std::string_view name, Value value);
  // The member of an object; nullptr where there is none.
  [[nodiscard]] const Value* find(std::string_view name) const;
  void erase(std::string_view name);
  [[nodiscard]] bool is_text() const { return kind == Kind::text; }

  Kind kind = Kind::null;
  bool truth = false;
  std::int64_t number = 0;
  std::string text;
  std::vector<Value> items;
  std::vector<Member> members;  // in canonical order, each name once

 private:
  [[nodiscard]] static Value of(Kind kind) {
    Value value;
    value.kind = kind;
    return value;
  }
};

struct Member {
  std::string name;
  Value value;
};

// The canonical text.
[[nodiscard]] std::string canonical(const Value& value);

// The tree of a text. No value, and what is wrong with it, where it is not JSON, where a name stands twice in an object
// or a number is not whole, or where it is nested more than 64 deep.
struct Parsed {
  std::optional<Value> value;
  plan::LocalText fault;
};
[[nodiscard]] Parsed parse(std::string_view text);

// The first place, in canonical order, at which two trees differ: "answer.failed[0].name". A side that has nothing
// there is empty; the others are canonical texts.
struct Difference {
  std::string path;
  std::string was, now;
};
[[nodiscard]] std::optional<Difference> first_difference(const Value& was, const Value& now);

}  // namespace guiju::json
