// The caret stands under what is meant: under wide characters, after tabs, in lines that are cut, at line ends.
#include <doctest/doctest.h>

#include "diagnostics/codes.hpp"
#include "diagnostics/render.hpp"

using guiju::Code;
using guiju::Language;
using guiju::Span;

namespace {

std::uint32_t at(std::string_view text, std::string_view part) {
  return static_cast<std::uint32_t>(text.find(part));
}

// Rendered lines for a finding that covers `part` of `text`.
std::vector<std::string> lines_for(const std::string& text, std::string_view part, Language language = Language::en) {
  guiju::SourceSet sources;
  const auto file = sources.add("rules/a.gj", text);
  const std::uint32_t begin = at(text, part);
  const Span span{file, begin, begin + static_cast<std::uint32_t>(part.size())};
  const std::string rendered = render({Code::unknown_name, span, {"x"}, {}}, sources, language);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < rendered.size();) {
    const std::size_t end = rendered.find('\n', i);
    lines.push_back(rendered.substr(i, end - i));
    i = end + 1;
  }
  return lines;
}

// The columns of the excerpt that the carets cover, from the end of the margin.
struct Carets {
  std::size_t begin, count;
};
Carets carets(const std::string& line) {
  const std::size_t margin = line.find("| ") + 2;
  const std::size_t begin = line.find('^');
  return {begin - margin, line.size() - begin};
}
std::size_t column_of(const std::string& excerpt, std::string_view part) {
  const std::size_t margin = excerpt.find("| ") + 2;
  return guiju::display_width(std::string_view(excerpt).substr(margin, excerpt.find(part) - margin));
}

}  // namespace

TEST_CASE("a whole finding in both languages") {
  guiju::SourceSet sources;
  const std::string text = "let a = 1\n  令 净价 = 净额 + 1\n";
  const auto file = sources.add("rules/cars.gj", text);
  const std::uint32_t begin = at(text, "净额");
  const guiju::Diagnostic d{Code::unknown_name,
                            {file, begin, begin + 6},
                            {"净额", "净价"},
                            {{{file, 4, 5}, "declared here", "前面声明在此"}}};
  CHECK(render(d, sources, Language::en) ==
        "rules/cars.gj:2:10: error GJ1301: no such name: 净额\n"
        "   2 |   令 净价 = 净额 + 1\n"
        "     |             ^^^^\n"
        "     = help: did you mean 净价?\n"
        "rules/cars.gj:1:5: note: declared here\n"
        "   1 | let a = 1\n"
        "     |     ^\n");
  const std::string chinese = render(d, sources, Language::zh);
  CHECK(chinese.starts_with("rules/cars.gj:2:10: 错误 GJ1301: 没有这个名称:净额\n"));
  CHECK(chinese.find("     = 建议: 是否想写 净价?\n") != std::string::npos);
  CHECK(chinese.find("rules/cars.gj:1:5: 说明: 前面声明在此\n") != std::string::npos);
}

TEST_CASE("carets stand under wide characters, marks and full-width signs") {
  const char* const lines[] = {"项目 家电\uFF0C以旧换新 { x }", "\u3000\u3000x", "e\u0301e\u0301 x", "中x文",
                               "\U0001F600x"};
  for (const char* text : lines) {
    CAPTURE(text);
    const auto lines_shown = lines_for(text, "x");
    CHECK(carets(lines_shown[2]).begin == column_of(lines_shown[1], "x"));
    CHECK(carets(lines_shown[2]).count == 1);
  }
  const auto wide = lines_for("令 净价格 = 1", "净价格");
  CHECK(carets(wide[2]).begin == 3);
  CHECK(carets(wide[2]).count == 6);
}

TEST_CASE("tabs are shown as blanks") {
  const auto lines = lines_for("\tab\tx", "x");
  CHECK(lines[1] == "   1 |     ab  x");
  CHECK(carets(lines[2]).begin == 8);
}

TEST_CASE("a span of several lines shows the first, a span at the end one caret") {
  const auto lines = lines_for("abc def\r\nghi\n", "def\r\nghi");
  CHECK(lines[1] == "   1 | abc def");
  CHECK(carets(lines[2]).begin == 4);
  CHECK(carets(lines[2]).count == 3);

  guiju::SourceSet sources;
  const auto file = sources.add("a.gj", "abc\n");
  CHECK(render({Code::special_letters, {file, 4, 4}, {"x"}, {}}, sources, Language::en) ==
        "a.gj:2:1: error GJ1101: x is written with special letters\n   2 | \n     | ^\n");
  CHECK(render({Code::special_letters, {file, 3, 3}, {"x"}, {}}, sources, Language::en) ==
        "a.gj:1:4: error GJ1101: x is written with special letters\n   1 | abc\n     |    ^\n");
}

TEST_CASE("a finding without a file has no excerpt") {
  CHECK(render({Code::special_letters, {}, {"x"}, {}}, {}, Language::en) ==
        "error GJ1101: x is written with special letters\n");
}

TEST_CASE("long lines are cut around the caret") {
  const std::string filler(400, 'a');
  std::string wide;
  for (int i = 0; i < 400; ++i) wide += "规";
  for (const std::string& text :
       {filler + "XYZ" + filler, wide + "XYZ" + wide, "XYZ" + wide, filler + "XYZ", wide + "XYZ" + filler}) {
    const auto lines = lines_for(text, "XYZ");
    CHECK(guiju::display_width(lines[1]) <= 7 + 160);
    CHECK(guiju::display_width(lines[1]) >= 60);
    CHECK(carets(lines[2]).begin == column_of(lines[1], "XYZ"));
    CHECK(carets(lines[2]).count == 3);
    const bool begins_whole = text.starts_with("XYZ");
    const bool ends_whole = text.ends_with("XYZ");
    CHECK((lines[1].find("\u2026") == 7) == !begins_whole);
    CHECK(lines[1].ends_with("\u2026") == !ends_whole);
  }
  const auto covered = lines_for(filler + wide, wide);
  CHECK(guiju::display_width(covered[2]) <= 7 + 160);
}

TEST_CASE("a line of megabytes is shown quickly") {
  const std::string huge(8U << 20U, '(');
  guiju::SourceSet sources;
  const auto file = sources.add("a.gj", huge);
  const std::string shown =
      render({Code::unknown_name, {file, 5'000'000, 5'000'001}, {"x"}, {}}, sources, Language::en);
  CHECK(shown.size() < 1'000);
}

TEST_CASE("nothing in a file or in a quoted word can steer the terminal") {
  const auto lines = lines_for("\x1b[2J\u202Ea\x80\u200B x", "x");
  CHECK(lines[1] == "   1 | \uFFFD[2J\uFFFDa\uFFFD\uFFFD x");
  CHECK(carets(lines[2]).begin == column_of(lines[1], "x"));
  guiju::SourceSet sources;
  CHECK(render({Code::special_letters, {}, {"a\n\x1b[31m"}, {}}, sources, Language::en) ==
        "error GJ1101: a \uFFFD[31m is written with special letters\n");
}

TEST_CASE("display width") {
  CHECK(guiju::display_width("abc") == 3);
  CHECK(guiju::display_width("规矩") == 4);
  CHECK(guiju::display_width("\uFF0C") == 2);
  CHECK(guiju::display_width("e\u0301") == 1);
}
