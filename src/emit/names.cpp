// See names.hpp.
#include "emit/names.hpp"

#include <algorithm>
#include <array>

#include "values/utf8.hpp"

namespace guiju::emit {

using plan::Index;
using plan::SlotClass;

namespace {

// Of C99, of C++20, and what compilers and headers define besides.
constexpr std::array kWords{"NULL",
                            "alignas",
                            "alignof",
                            "and",
                            "and_eq",
                            "asm",
                            "auto",
                            "bitand",
                            "bitor",
                            "bool",
                            "break",
                            "case",
                            "catch",
                            "char",
                            "char16_t",
                            "char32_t",
                            "char8_t",
                            "class",
                            "co_await",
                            "co_return",
                            "co_yield",
                            "compl",
                            "concept",
                            "const",
                            "const_cast",
                            "consteval",
                            "constexpr",
                            "constinit",
                            "continue",
                            "decltype",
                            "default",
                            "delete",
                            "do",
                            "double",
                            "dynamic_cast",
                            "else",
                            "enum",
                            "errno",
                            "explicit",
                            "export",
                            "extern",
                            "false",
                            "float",
                            "for",
                            "friend",
                            "goto",
                            "i386",
                            "if",
                            "inline",
                            "int",
                            "linux",
                            "long",
                            "mutable",
                            "namespace",
                            "new",
                            "noexcept",
                            "not",
                            "not_eq",
                            "nullptr",
                            "operator",
                            "or",
                            "or_eq",
                            "private",
                            "protected",
                            "public",
                            "register",
                            "reinterpret_cast",
                            "requires",
                            "restrict",
                            "return",
                            "short",
                            "signed",
                            "sizeof",
                            "static",
                            "static_assert",
                            "static_cast",
                            "struct",
                            "switch",
                            "template",
                            "this",
                            "thread_local",
                            "throw",
                            "true",
                            "try",
                            "typedef",
                            "typeid",
                            "typename",
                            "typeof",
                            "union",
                            "unix",
                            "unsigned",
                            "using",
                            "virtual",
                            "void",
                            "volatile",
                            "wchar_t",
                            "while",
                            "xor",
                            "xor_eq"};

bool is_plain(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_ascii_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return is_plain(c) || c == '.'; });
}

// Names of locals in emitted functions, which members must not shadow: r12, known0 …
bool is_numbered(std::string_view name) {
  for (const std::string_view stem : {"r", "known", "absent"}) {
    if (name.starts_with(stem) && name.size() > stem.size() &&
        std::all_of(name.begin() + static_cast<std::ptrdiff_t>(stem.size()), name.end(), is_digit))
      return true;
  }
  return false;
}

std::string transliterate(std::string_view name) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const CodePoint c = decode(name, i);
    if (c.length == 1) {
      out += is_plain(name[i]) ? name[i] : '_';
    } else {
      if (!out.empty() && out.back() != '_') out += '_';
      std::string digits;
      for (auto rest = static_cast<std::uint32_t>(c.value); rest != 0; rest >>= 4U)
        digits.insert(digits.begin(), kHex[rest & 15U]);
      out += "u" + digits;
    }
    i += c.length;
  }
  return out;
}

}  // namespace

std::string identifier(std::string_view name, const std::vector<std::string>& aliases) {
  std::string_view chosen = name;
  if (!is_ascii_name(name)) {
    const auto alias = std::find_if(aliases.begin(), aliases.end(), is_ascii_name);
    if (alias != aliases.end()) chosen = *alias;
  }
  std::string out = transliterate(chosen);
  if (out.empty()) out = "value";
  return is_digit(out.front()) ? "n" + out : out;
}

std::string Scope::take(const std::string& wanted) {
  std::string name = wanted;
  const bool word = std::find(kWords.begin(), kWords.end(), name) != kWords.end();
  if (word || is_numbered(name)) name += '_';
  const std::string first = name;
  for (int n = 2; !taken_.insert(name).second; ++n) name = first + "_" + std::to_string(n);
  return name;
}

namespace {

// What else a struct or a function over it names.
Scope members() {
  return Scope({"absent", "answer", "bad", "entry", "facts", "failed", "fails", "granted", "known", "n", "open",
                "outside", "pool", "result"});
}

LayoutNames name_layout(const plan::Layout& layout, std::string type, bool lists) {
  LayoutNames names{std::move(type), {}};
  Scope scope = members();
  for (const plan::FieldInfo& field : layout.fields) {
    if (field.cls == SlotClass::list && !lists) {
      names.members.emplace_back();
      continue;
    }
    names.members.push_back(scope.take(identifier(field.path.empty() ? "value" : field.path, field.aliases)));
    if (field.cls == SlotClass::list) (void)scope.take(names.members.back() + "_count");
  }
  return names;
}

}  // namespace

Names::Names(const plan::Plan& plan, const plan::ProgramInfo& info) : program(identifier(info.name, info.aliases)) {
  for (const char* what : {"facts", "result", "columns", "results", "decide", "decide_columns", "program", "text"})
    (void)scope.take(own(what));
  facts = name_layout(info.layout, own("facts"), true);
  const auto note_enums = [&](const plan::Layout& layout) {
    for (const plan::FieldInfo& field : layout.fields) {
      if (field.cls == SlotClass::member && !enums.contains(field.enumeration))
        enums.emplace(field.enumeration, scope.take(own(identifier(plan.enums[field.enumeration].name))));
    }
  };
  note_enums(info.layout);
  for (std::size_t i = 0; i < info.layout.fields.size(); ++i) {
    const plan::FieldInfo& field = info.layout.fields[i];
    if (field.cls != SlotClass::list || entries.contains(field.element)) continue;
    const plan::Layout& layout = plan.layouts[field.element];
    lists.push_back(field.element);
    entries.emplace(field.element, name_layout(layout, scope.take(own(facts.members[i] + "_entry")), false));
    note_enums(layout);
  }
  for (const plan::Section& section : info.sections) {
    std::vector<std::string> none;
    versions.push_back(scope.take(own(identifier(section.name, none))));
  }
}

}  // namespace guiju::emit
