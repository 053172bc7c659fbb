// The table of codes in memory, the filling in of arguments, and the collection.
#include "diagnostics/diagnostic.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "diagnostics/codes.hpp"

namespace guiju {
namespace {

const std::unordered_map<std::uint16_t, std::size_t>& code_index() {
  static const auto index = [] {
    std::unordered_map<std::uint16_t, std::size_t> built;
    const auto& codes = all_codes();
    for (std::size_t i = 0; i < codes.size(); ++i) built.emplace(static_cast<std::uint16_t>(codes[i].code), i);
    return built;
  }();
  return index;
}

struct Filled {
  std::string text;
  bool lacks_argument = false;
};

// The half of a bilingual argument that this language wants; other arguments as they are.
std::string_view in_language(std::string_view argument, Language language) {
  const std::size_t split = argument.find('\x1f');
  if (split == std::string_view::npos) return argument;
  return language == Language::en ? argument.substr(0, split) : argument.substr(split + 1);
}

Filled fill(std::string_view pattern, const std::vector<std::string>& arguments, Language language) {
  Filled filled;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool hole = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' && pattern[i + 1] >= '0' &&
                      pattern[i + 1] <= '9';
    if (!hole) {
      filled.text.push_back(pattern[i]);
      continue;
    }
    const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (index >= arguments.size() || arguments[index].empty()) {
      filled.lacks_argument = true;
    } else {
      filled.text += in_language(arguments[index], language);
    }
    i += 2;
  }
  return filled;
}

}  // namespace

const std::vector<CodeInfo>& all_codes() {
  static const std::vector<CodeInfo> codes = {
#define GUIJU_CODE(number, id, severity, en, zh, help_en, help_zh) \
  {Code::id, #id, Severity::severity, en, zh, help_en, help_zh},
#include "diagnostics/codes.def"
#undef GUIJU_CODE
  };
  return codes;
}

const CodeInfo& info(Code code) {
  return all_codes()[code_index().at(static_cast<std::uint16_t>(code))];
}

std::string code_name(Code code) {
  return "GJ" + std::to_string(static_cast<unsigned>(code));
}

std::optional<Code> find_code(std::string_view name) {
  if (name.starts_with("GJ") || name.starts_with("gj")) name.remove_prefix(2);
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc{} || end != name.data() + name.size() || !code_index().contains(number)) return std::nullopt;
  return static_cast<Code>(number);
}

std::string message(const Diagnostic& d, Language language) {
  const CodeInfo& row = info(d.code);
  return fill(language == Language::en ? row.en : row.zh, d.arguments, language).text;
}

std::string help(const Diagnostic& d, Language language) {
  const CodeInfo& row = info(d.code);
  Filled filled = fill(language == Language::en ? row.help_en : row.help_zh, d.arguments, language);
  return filled.lacks_argument ? std::string{} : std::move(filled.text);
}

void Diagnostics::add(Code code, Span span, std::vector<std::string> arguments, std::vector<RelatedPlace> related) {
  if (!seen_.emplace(code, span.file, span.begin, span.end).second) return;
  items_.push_back({code, span, std::move(arguments), std::move(related)});
  if (info(code).severity == Severity::error) ++errors_;
}

void Diagnostics::sort_by_place() {
  std::stable_sort(items_.begin(), items_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span.file, a.span.begin) < std::tie(b.span.file, b.span.begin);
  });
}

}  // namespace guiju
