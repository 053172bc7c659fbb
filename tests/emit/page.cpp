// The example of the reference page: its rules in C, with its host, print what the page says.
#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "emit/emitted.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

std::string page() {
  std::ifstream in(GUIJU_RULES_DIR "/reference/emitted.md", std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  REQUIRE(from != std::string::npos);
  const std::size_t to = text.find(end, from + begin.size());
  REQUIRE(to != std::string::npos);
  return text.substr(from + begin.size(), to - from - begin.size());
}

std::string output_of(const std::string& program) {
  std::FILE* const pipe = popen(program.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  CHECK(pclose(pipe) == 0);
  return out;
}

}  // namespace

TEST_CASE("the example of the page prints what it says") {
  const std::string text = page();
  const compiler::Compiled compiled = compile_text(between(text, "```gj\n", "```"));
  REQUIRE(compiled.plan != nullptr);
  const plan::ProgramInfo& program = compiled.plan->programs[compiled.plan->find_program("kettle")];
  std::vector<emit::File> files = emit::common_files();
  for (emit::File& file : emit::emit_c(*compiled.plan, program)) files.push_back(std::move(file));
  files.push_back({"host.c", between(text, "```c\n", "```")});
  for (const std::string& compiler : c_compilers()) {
    const Built built = build_c(compiler, files, Kind::program);
    REQUIRE_MESSAGE(!built.object.empty(), compiler << ": " << built.said);
    CHECK(output_of(built.object) == between(text, "\nprints `", "`."));
  }
}
