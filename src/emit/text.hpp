// Text that is being written: lines that are counted, so that `#line` can lead back to the file itself; literals and
// comments of C.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"

namespace guiju::emit {

class Text {
 public:
  explicit Text(std::string file) : file_(std::move(file)) {}

  void line(std::string_view text = {});
  // The lines that follow are those of a rule file, from this one on; of this file again.
  void at(std::string_view file, std::uint32_t line);
  void here();
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string file_, out_;
  std::size_t lines_ = 0;
  bool away_ = false;  // the compiler counts lines of a rule file
};

[[nodiscard]] std::string literal(std::int64_t value);
[[nodiscard]] std::string literal(std::string_view text);                                    // with its quotes
[[nodiscard]] std::string literal(const plan::LocalText& text, std::string_view otherwise);  // a gjc_text
[[nodiscard]] std::string in_comment(std::string_view text);  // nothing in it ends the comment
[[nodiscard]] std::string in_comment(const plan::LocalText& text);

// A text with its holes shown as {path}, {name} or {the expression as written}.
[[nodiscard]] plan::LocalText shown(const plan::Plan& plan, const plan::ProgramInfo& program,
                                    const plan::Section& section, const plan::Template& text);

}  // namespace guiju::emit
