// Parsing for tests: texts and files in, tree and findings out.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "diagnostics/render.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"

namespace guiju::syntax {

struct Parsed {
  SourceSet sources;
  Diagnostics diagnostics;
  std::unique_ptr<Tree> tree;

  [[nodiscard]] std::string findings(Language language = Language::en) const {
    std::string all;
    for (const Diagnostic& d : diagnostics.all()) all += render(d, sources, language);
    return all;
  }
  [[nodiscard]] std::string tree_text() const { return dump(*tree); }
  [[nodiscard]] std::size_t count(Code code) const {
    std::size_t n = 0;
    for (const Diagnostic& d : diagnostics.all()) n += d.code == code ? 1U : 0U;
    return n;
  }
};

inline std::unique_ptr<Parsed> parse_text(std::string text, const Limits& limits = {}, std::string path = "test.gj") {
  auto parsed = std::make_unique<Parsed>();
  const FileId file = parsed->sources.add(std::move(path), std::move(text));
  parsed->tree = std::make_unique<Tree>(
      parse(lex(parsed->sources, file, limits, parsed->diagnostics), limits, parsed->diagnostics));
  return parsed;
}

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline const std::string kSamples = std::string(GUIJU_TEST_DIR) + "/syntax/samples";

}  // namespace guiju::syntax
