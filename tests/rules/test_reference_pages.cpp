// The tables of the reference are complete: the keyword page lists the keyword table, word for word, and the pages
// of diagnostics have a section for each code. Links between the pages lead somewhere.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "diagnostics/diagnostic.hpp"
#include "syntax/token.hpp"

using namespace guiju;
namespace fs = std::filesystem;

namespace {

std::string read_page(const fs::path& path) {
  std::ifstream in(path);
  REQUIRE_MESSAGE(in.good(), path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::istringstream in(read_page(path));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The page shows an ellipsis for what a message quotes.
std::string as_shown(std::string_view message) {
  static const std::regex hole(R"(\{\d\})");
  return std::regex_replace(std::string(message), hole, "…");
}

}  // namespace

TEST_CASE("the keyword page lists every keyword, in both languages, and no other") {
  std::set<std::string> expected;
  for (const auto& keyword : syntax::all_keywords()) {
    if (keyword.id == syntax::Keyword::none) continue;
    const std::string english(keyword.english == "of_zh" ? "of" : keyword.english);
    const std::string kind = keyword.kind == syntax::KeywordKind::reserved ? "reserved" : "contextual";
    expected.insert("| `" + english + "` | `" + std::string(keyword.chinese) + "` | " + kind + " |");
  }
  const std::regex row(R"(^\| `[^`]+` \| `[^`]+` \| (reserved|contextual) \|)");
  std::set<std::string> listed;
  for (const auto& line : lines_of(GUIJU_RULES_DIR "/reference/keywords.md")) {
    std::smatch match;
    if (std::regex_search(line, match, row)) listed.insert(match.str());
  }
  for (const auto& word : expected) CHECK_MESSAGE(listed.count(word) == 1, "missing: " << word);
  for (const auto& word : listed) CHECK_MESSAGE(expected.count(word) == 1, "no such keyword: " << word);
}

TEST_CASE("every diagnostic has its section, with its message in both languages") {
  std::set<std::string> sections;
  std::string page;
  for (const auto& chapter : fs::directory_iterator(GUIJU_RULES_DIR "/reference/diagnostics"))
    page += read_page(chapter.path());
  std::istringstream in(page);
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("## GJ", 0) != 0) continue;
    const auto code = line.substr(3, 6);
    CHECK_MESSAGE(sections.insert(code).second, "twice: " << code);
    CHECK_MESSAGE(find_code(code).has_value(), "no such code: " << code);
  }
  for (const auto& code : all_codes()) {
    CHECK_MESSAGE(sections.count(code_name(code.code)) == 1, "no section for " << code_name(code.code));
    for (const auto message : {code.en, code.zh}) {
      CHECK_MESSAGE(page.find(as_shown(message)) != std::string::npos, code_name(code.code)
                                                                           << " does not say: " << message);
    }
  }
}

TEST_CASE("links between the pages lead to files") {
  const fs::path project = fs::path(GUIJU_RULES_DIR).parent_path();
  std::vector<fs::path> pages{project / "README.md"};
  for (const auto& entry : fs::recursive_directory_iterator(GUIJU_RULES_DIR)) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  const std::regex link(R"(\]\(([^)#:]+)(#[^)]*)?\))");
  for (const auto& page : pages) {
    const std::string text = read_page(page);
    for (std::sregex_iterator it(text.begin(), text.end(), link), end; it != end; ++it) {
      CHECK_MESSAGE(fs::exists(page.parent_path() / (*it)[1].str()), page.string() << " links to " << (*it)[1].str());
    }
  }
}
