// Every code of codes.def has a smallest rule file that brings it about, and what is shown for it in both languages.
// The files stand in tests/diagnostics/golden; GUIJU_UPDATE_GOLDEN=1 writes the shown texts anew. (Its section in the
// reference: tests/rules.)
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "compiler/compile.hpp"
#include "diagnostics/codes.hpp"
#include "diagnostics/render.hpp"

namespace fs = std::filesystem;
using guiju::Code;
using guiju::Language;

namespace {

const fs::path kGolden = fs::path(GUIJU_TEST_DIR) / "diagnostics" / "golden";

// Codes that no rule file brings about; what they are shown with.
struct NotFromText {
  Code code;
  const char* argument;
  const char* why;
};
constexpr NotFromText kNotFromText[] = {
    {Code::no_rule_files, "", "nothing was named; tests/compiler has it"},
    {Code::data_file_missing, "\"rates.csv\"", "whoever reads the files says file_not_read; tests/model has it"},
    {Code::rows_too_many, "", "takes a table of some ten thousand rows"},
    {Code::out_of_memory, "", "depends on the machine"},
    {Code::internal_fault, "a slot without a value", "a mistake in the library itself"},
};

// Codes that only stand beside others.
constexpr Code kAccompanied[] = {Code::more_not_shown};

bool is_from_text(Code code) {
  return std::none_of(std::begin(kNotFromText), std::end(kNotFromText), [&](const auto& n) { return n.code == code; });
}

// Limits low enough for a short file to pass them.
guiju::syntax::Limits limits_for(Code code) {
  guiju::syntax::Limits limits;
  if (code == Code::source_too_large) limits.source_bytes = 16;
  if (code == Code::too_many_tokens) limits.tokens = 8;
  if (code == Code::nesting_too_deep || code == Code::nested_too_deep) limits.nesting = 8;
  if (code == Code::more_not_shown) limits.messages = 1;
  if (code == Code::too_many_files) limits.files = 1;
  if (code == Code::data_file_too_large) limits.data_bytes = 8;
  return limits;
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool updating() {
  const char* asked = std::getenv("GUIJU_UPDATE_GOLDEN");
  return asked != nullptr && std::string_view(asked) == "1";
}

void check_shown(const std::vector<guiju::Diagnostic>& diagnostics, const guiju::SourceSet& sources, Language language,
                 const fs::path& golden) {
  std::string shown;
  for (const guiju::Diagnostic& d : diagnostics) shown += render(d, sources, language);
  if (updating()) {
    std::ofstream(golden, std::ios::binary) << shown;
    return;
  }
  CHECK(shown == read(golden));
}

}  // namespace

TEST_CASE("every code is brought about by its file, and shown as written down") {
  const auto reader = guiju::compiler::disk_reader(kGolden.generic_string());
  for (const guiju::CodeInfo& row : guiju::all_codes()) {
    const std::string name = guiju::code_name(row.code);
    CAPTURE(name);
    CAPTURE(row.id);
    const bool has_file = fs::exists(kGolden / (name + ".gj"));
    CHECK(has_file == is_from_text(row.code));
    if (!has_file) continue;
    const auto compiled = guiju::compiler::compile({name + ".gj"}, reader, limits_for(row.code));
    const bool alone = std::find(std::begin(kAccompanied), std::end(kAccompanied), row.code) == std::end(kAccompanied);
    bool seen = false;
    for (const guiju::Diagnostic& d : compiled.diagnostics.all()) {
      seen = seen || d.code == row.code;
      if (alone) CHECK_MESSAGE(d.code == row.code, render(d, compiled.sources, Language::en));
    }
    CHECK(seen);
    const auto& all = compiled.diagnostics.all();
    check_shown(all, compiled.sources, Language::zh, kGolden / (name + ".zh.txt"));
    check_shown(all, compiled.sources, Language::en, kGolden / (name + ".en.txt"));
  }
}

TEST_CASE("what no file brings about is shown as written down, too") {
  for (const NotFromText& row : kNotFromText) {
    const std::string name = guiju::code_name(row.code);
    CAPTURE(name);
    const std::vector<guiju::Diagnostic> all{{row.code, {}, {row.argument}, {}}};
    CHECK(message(all[0], Language::zh).find('{') == std::string::npos);
    check_shown(all, {}, Language::zh, kGolden / (name + ".zh.txt"));
    check_shown(all, {}, Language::en, kGolden / (name + ".en.txt"));
  }
}

TEST_CASE("no file of a code that is gone") {
  for (const auto& entry : fs::directory_iterator(kGolden)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("GJ")) continue;  // what the files use
    CAPTURE(name);
    CHECK(guiju::find_code(name.substr(0, name.find('.'))).has_value());
  }
}
