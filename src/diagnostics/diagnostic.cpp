// The table of codes in memory, the filling in of arguments, and the collection.
#include "diagnostics/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "diagnostics/codes.hpp"

namespace guiju {
namespace {

constexpr CodeInfo kCodes[] = {
#define GUIJU_CODE(number, id, severity, en, zh, help_en, help_zh) \
  {Code::id, #id, Severity::severity, en, zh, help_en, help_zh},
#include "diagnostics/codes.def"
#undef GUIJU_CODE
};

// By number: the row of kCodes, from 1; 0 where there is no such code.
constexpr std::size_t kNumbers = 2300;
constexpr auto kRows = [] {
  std::array<std::uint16_t, kNumbers> rows{};
  std::uint16_t row = 0;
  for (const CodeInfo& code : kCodes) rows.at(static_cast<std::size_t>(code.code)) = ++row;
  return rows;
}();

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

std::span<const CodeInfo> all_codes() {
  return kCodes;
}

const CodeInfo& info(Code code) {
  return kCodes[kRows.at(static_cast<std::size_t>(code)) - 1U];
}

std::string code_name(Code code) {
  return "GJ" + std::to_string(static_cast<unsigned>(code));
}

std::optional<Code> find_code(std::string_view name) {
  if (name.starts_with("GJ") || name.starts_with("gj")) name.remove_prefix(2);
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  if (number >= kNumbers || kRows[number] == 0) return std::nullopt;
  return static_cast<Code>(number);
}

std::string message(const Diagnostic& d, Language language) {
  const CodeInfo& row = info(d.code);
  return fill(language == Language::en ? row.en : row.zh, d.arguments, language).text;
}

std::string help(const Diagnostic& d, Language language) {
  const CodeInfo& row = info(d.code);
  for (const std::string_view way : ways_of_help(language == Language::en ? row.help_en : row.help_zh)) {
    Filled filled = fill(way, d.arguments, language);
    if (!filled.lacks_argument) return std::move(filled.text);
  }
  return {};
}

std::vector<std::string_view> ways_of_help(std::string_view help) {
  std::vector<std::string_view> ways;
  for (std::size_t end = help.find('\x1e'); end != std::string_view::npos; end = help.find('\x1e')) {
    ways.push_back(help.substr(0, end));
    help.remove_prefix(end + 1);
  }
  ways.push_back(help);
  return ways;
}

void Diagnostics::add(Code code, Span span, std::vector<std::string> arguments, std::vector<RelatedPlace> related) {
  if (!seen_.emplace(code, span.file, span.begin, span.end).second) return;
  items_.push_back({code, span, std::move(arguments), std::move(related)});
  if (info(code).severity == Severity::error) ++errors_;
}

void Diagnostics::append(const Diagnostics& of_one_file, FileId file) {
  for (Diagnostic d : of_one_file.all()) {
    d.span.file = file;
    for (RelatedPlace& place : d.related) place.span.file = file;
    add(d.code, d.span, std::move(d.arguments), std::move(d.related));
  }
}

void Diagnostics::sort_by_place() {
  std::stable_sort(items_.begin(), items_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span.file, a.span.begin) < std::tie(b.span.file, b.span.begin);
  });
}

}  // namespace guiju
