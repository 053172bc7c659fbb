// Findings about rule files as data: a stable code, a place, the words to fill into the text of that code. Display is
// somebody else's job (render.hpp). Texts in both languages, help and severity stand in codes.def, one row a code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "diagnostics/source.hpp"

namespace guiju {

enum class Severity : std::uint8_t { error, warning, note };
enum class Language : std::uint8_t { zh, en };

enum class Code : std::uint16_t;  // codes.hpp

struct CodeInfo {
  Code code;
  std::string_view id;  // the enumerator's name
  Severity severity;
  std::string_view en, zh, help_en, help_zh;  // `{0}`, `{1}` … are the arguments
};

[[nodiscard]] const CodeInfo& info(Code code);
[[nodiscard]] std::span<const CodeInfo> all_codes();
[[nodiscard]] std::string code_name(Code code);                      // "GJ1203"
[[nodiscard]] std::optional<Code> find_code(std::string_view name);  // "GJ1203" or "1203"

// A further place that belongs to the finding ("opened here", "first declared here").
struct RelatedPlace {
  Span span;
  std::string en, zh;
};

// An argument that reads differently in each language: the two texts with U+001F between them, taken apart by
// `message`.
[[nodiscard]] inline std::string bilingual(std::string_view en, std::string_view zh) {
  return std::string(en).append("\x1f").append(zh);
}

struct Diagnostic {
  Code code;
  Span span;
  std::vector<std::string> arguments;  // quoted by the text, not translated unless bilingual
  std::vector<RelatedPlace> related;
};

// `{n}` replaced by the arguments; one that was not given is empty. Exposed for the reference page and for tests.
[[nodiscard]] std::string message(const Diagnostic& d, Language language);
// The first way of saying the help that asks for no argument that was not given or is empty: "did you mean {1}?" is not
// said where nothing is near. Empty where there is none.
[[nodiscard]] std::string help(const Diagnostic& d, Language language);
// The ways of saying the help of a code, with their holes.
[[nodiscard]] std::vector<std::string_view> ways_of_help(std::string_view help);

// Collects findings in the order in which they are found; the same code at the same place is kept once.
class Diagnostics {
 public:
  void add(Code code, Span span, std::vector<std::string> arguments = {}, std::vector<RelatedPlace> related = {});

  // Those of a set of sources with one file, which here is this one.
  void append(const Diagnostics& of_one_file, FileId file);

  [[nodiscard]] const std::vector<Diagnostic>& all() const { return items_; }
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  void sort_by_place();  // by file, then offset; stable

 private:
  std::vector<Diagnostic> items_;
  std::set<std::tuple<Code, FileId, std::uint32_t, std::uint32_t>> seen_;
  std::size_t errors_ = 0;
};

}  // namespace guiju
