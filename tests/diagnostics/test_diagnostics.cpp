// Places in files, the table of codes, and the collection of findings.
#include <doctest/doctest.h>

#include <set>

#include "diagnostics/codes.hpp"
#include "diagnostics/diagnostic.hpp"

using guiju::Code;
using guiju::Diagnostics;
using guiju::Language;
using guiju::SourceFile;

TEST_CASE("lines and columns count characters, whatever the line ends") {
  const SourceFile file("a.gj", "令 净价 = 1\r\n\nx");
  CHECK(file.locate(0).column == 1);
  CHECK(file.locate(4).column == 3);   // 净
  CHECK(file.locate(11).column == 6);  // =
  CHECK(file.locate(11).line == 1);
  CHECK(file.locate(16).line == 2);
  CHECK(file.locate(17).line == 3);
  CHECK(file.locate(18).column == 2);
  CHECK(file.locate(9999).line == 3);
  CHECK(file.line(1) == "令 净价 = 1");
  CHECK(file.line(2).empty());
  CHECK(file.line(3) == "x");
  CHECK(file.line(4).empty());
  CHECK(file.line(0).empty());
}

TEST_CASE("an empty file has one empty line, a byte order mark no column") {
  CHECK(SourceFile("a.gj", "").line(1).empty());
  CHECK(SourceFile("a.gj", "").locate(0).line == 1);
  const SourceFile marked("a.gj", "\xEF\xBB\xBFuse");
  CHECK(marked.line(1) == "use");
  CHECK(marked.locate(0).column == 1);
  CHECK(marked.locate(3).column == 1);
  CHECK(marked.locate(4).column == 2);
}

TEST_CASE("texts of spans stay where they are when files are added") {
  guiju::SourceSet sources;
  const guiju::FileId first = sources.add("a.gj", "abc");
  const std::string_view text = sources.text({first, 1, 3});
  for (int i = 0; i < 100; ++i) sources.add("b.gj", "x");
  CHECK(text == "bc");
  CHECK(text.data() == sources.text({first, 1, 3}).data());
  CHECK(sources.text({first, 2, 99}) == "c");
  CHECK(sources.text({first, 3, 1}).empty());
  CHECK(sources.text({}).empty());
}

TEST_CASE("every code has texts in both languages that name the same arguments") {
  const auto holes = [](std::string_view text) {
    std::set<char> found;
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
      if (text[i] == '{' && text[i + 2] == '}' && text[i + 1] >= '0' && text[i + 1] <= '9') found.insert(text[i + 1]);
    }
    return found;
  };
  std::set<guiju::Code> numbers;
  std::set<std::string_view> ids;
  for (const guiju::CodeInfo& row : guiju::all_codes()) {
    CAPTURE(row.id);
    CHECK(numbers.insert(row.code).second);
    CHECK(ids.insert(row.id).second);
    CHECK(static_cast<unsigned>(row.code) >= 1001);
    CHECK(static_cast<unsigned>(row.code) <= 2299);
    CHECK_FALSE(row.en.empty());
    CHECK_FALSE(row.zh.empty());
    CHECK(row.help_en.empty() == row.help_zh.empty());
    CHECK(holes(row.en) == holes(row.zh));
    CHECK(holes(row.help_en).size() == holes(row.help_zh).size());  // each language may be given its own words
  }
}

TEST_CASE("codes are found by name") {
  CHECK(guiju::code_name(Code::unknown_name) == "GJ1301");
  CHECK(guiju::find_code("GJ1301") == Code::unknown_name);
  CHECK(guiju::find_code("1301") == Code::unknown_name);
  for (const char* wrong : {"", "GJ", "GJ9999", "1301x", "GJ 1301", "-1301", "99999999"}) {
    CHECK_FALSE(guiju::find_code(wrong));
  }
}

TEST_CASE("arguments are filled in, and help that lacks its argument is said otherwise or left out") {
  guiju::Diagnostic d{Code::unknown_name, {}, {"净额", "净价"}, {}};
  CHECK(guiju::message(d, Language::en) == "no such name: 净额");
  CHECK(guiju::message(d, Language::zh) == "没有这个名称:净额");
  CHECK(guiju::help(d, Language::en) == "did you mean 净价?");
  d.arguments = {"{1}"};
  CHECK(guiju::message(d, Language::en) == "no such name: {1}");
  CHECK(guiju::help(d, Language::en) == "declare it, or `use` the file that does");
  d.code = Code::special_letters;
  CHECK(guiju::help(d, Language::en).empty());
}

TEST_CASE("the same finding at the same place is kept once, and places sort") {
  Diagnostics found;
  found.add(Code::unknown_name, {1, 5, 6}, {"b"});
  found.add(Code::unknown_name, {0, 9, 10}, {"a"});
  found.add(Code::unknown_name, {1, 5, 6}, {"b again"});
  found.add(Code::unknown_name, {0, 2, 3}, {"first"});
  CHECK(found.all().size() == 3);
  CHECK(found.error_count() == 3);
  CHECK(found.has_errors());
  found.sort_by_place();
  CHECK(found.all()[0].arguments[0] == "first");
  CHECK(found.all()[2].arguments[0] == "b");
}
