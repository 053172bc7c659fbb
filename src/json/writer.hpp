// Writes JSON text. Values come in order, the writer puts commas, colons, escapes and indentation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guiju::json {

class Writer {
 public:
  // Two blanks a level, or all on one line.
  explicit Writer(bool indented = true) : indented_(indented) {}

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void text(std::string_view value);  // valid UTF-8
  void number(std::int64_t value);
  void truth(bool value);
  void null();

  // A key with its value.
  void member(std::string_view name, std::string_view value);
  void member(std::string_view name, const char* value) { member(name, std::string_view(value)); }
  void member(std::string_view name, bool value);
  void member_or_null(std::string_view name, std::string_view value);  // null where empty

  // The finished text; the writer is empty afterwards.
  [[nodiscard]] std::string take();

 private:
  void before_value();
  void line();
  void open(char bracket);
  void close(char bracket);

  bool indented_;
  bool after_key_ = false;
  std::vector<bool> has_items_;  // by level
  std::string out_;
};

// The text between quotes, escaped as JSON wants it.
void append_escaped(std::string& out, std::string_view text);

}  // namespace guiju::json
