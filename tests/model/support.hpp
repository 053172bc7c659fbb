// Rule text to a checked rulebook, for the tests of the checker.
#pragma once

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "diagnostics/render.hpp"
#include "model/check.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"

namespace guiju::test {

struct File {
  std::string path;
  std::string text;
  std::vector<std::size_t> uses = {};
};

class Checked {
 public:
  explicit Checked(const std::string& text) : Checked(std::vector<File>{{"test.gj", text}}) {}
  explicit Checked(const std::vector<File>& files) {
    std::vector<model::Module> modules;
    for (const File& file : files) {
      const FileId id = sources_.add(file.path, file.text);
      trees_.push_back(std::make_unique<syntax::Tree>(
          syntax::parse(syntax::lex(sources_, id, limits_, diagnostics_), limits_, diagnostics_)));
      model::Module module;
      module.tree = trees_.back().get();
      module.uses = file.uses;
      modules.push_back(module);
    }
    rulebook_ = model::check(sources_, modules, diagnostics_);
  }

  [[nodiscard]] const model::Rulebook& rulebook() const { return *rulebook_; }
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

  [[nodiscard]] std::size_t count(Code code) const {
    return static_cast<std::size_t>(std::count_if(diagnostics_.all().begin(), diagnostics_.all().end(),
                                                  [&](const Diagnostic& d) { return d.code == code; }));
  }
  // Exactly one error, of that code; warnings do not count.
  [[nodiscard]] bool only(Code code) const { return diagnostics_.error_count() == 1 && count(code) == 1; }
  [[nodiscard]] bool clean() const { return diagnostics_.error_count() == 0; }
  // All findings as people read them, for INFO.
  [[nodiscard]] std::string report() const {
    std::string text;
    for (const Diagnostic& d : diagnostics_.all()) text += render(d, sources_, Language::en);
    return text;
  }

 private:
  SourceSet sources_;
  Diagnostics diagnostics_;
  syntax::Limits limits_;
  std::vector<std::unique_ptr<syntax::Tree>> trees_;
  std::unique_ptr<model::Rulebook> rulebook_;
};

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace guiju::test
