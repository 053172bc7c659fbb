// Who uses whom, each file once, circles, data files, and every way in which a file cannot be had.
#include <doctest/doctest.h>

#include "compiler/load.hpp"
#include "compiler/memory_files.hpp"
#include "diagnostics/codes.hpp"

using guiju::Code;
using guiju::compiler::effective;
using guiju::compiler::Loaded;
using guiju_test::MemoryFiles;

namespace {

struct Run {
  guiju::SourceSet sources;
  guiju::Diagnostics diagnostics;
  Loaded loaded;

  Run(MemoryFiles& files, const std::vector<std::string>& asked, guiju::syntax::Limits limits = {}) {
    loaded = guiju::compiler::load(asked, files.reader(), effective(limits), sources, diagnostics);
  }
  std::string path(std::size_t module) const { return sources.file(loaded.modules.at(module).tree->file()).path(); }
  std::vector<Code> codes() const {
    std::vector<Code> all;
    for (const auto& d : diagnostics.all()) all.push_back(d.code);
    return all;
  }
};

const std::string kColours = "enum Colour { red, green }\n";

}  // namespace

TEST_CASE("used files are read, each once, by whatever path") {
  MemoryFiles files({{"a.gj", "use \"sub/b.gj\"\nuse \"sub/../sub/b.gj\"\n" + kColours},
                     {"sub/b.gj", "use \"../c.gj\"\n" + kColours},
                     {"c.gj", kColours}});
  const Run run(files, {"a.gj", "./c.gj", "a.gj"});
  CHECK(run.diagnostics.all().empty());
  REQUIRE(run.loaded.modules.size() == 3);
  CHECK(run.path(0) == "a.gj");
  CHECK(run.path(1) == "c.gj");
  CHECK(run.path(2) == "sub/b.gj");
  CHECK(run.loaded.modules[0].uses == std::vector<std::size_t>{2});
  CHECK(run.loaded.modules[2].uses == std::vector<std::size_t>{1});
  CHECK(run.loaded.modules[0].requested);
  CHECK(run.loaded.modules[1].requested);
  CHECK_FALSE(run.loaded.modules[2].requested);
  for (const auto& [path, times] : files.reads) CHECK(times == 1);
}

TEST_CASE("two paths that the reader knows to be one file are one") {
  MemoryFiles files({{"a.gj", "use \"link.gj\"\nuse \"real.gj\"\n" + kColours}, {"real.gj", kColours}});
  auto reader = files.reader();
  reader.identity = [](const std::string& path) { return path == "link.gj" ? "real.gj" : path; };
  guiju::SourceSet sources;
  guiju::Diagnostics diagnostics;
  const Loaded loaded = guiju::compiler::load({"a.gj"}, reader, {}, sources, diagnostics);
  CHECK(loaded.modules.size() == 2);
  CHECK(diagnostics.all().empty());
}

TEST_CASE("circles are reported once, where they close") {
  MemoryFiles files({{"a.gj", "use \"b.gj\"\n" + kColours},
                     {"b.gj", "use \"c.gj\"\n" + kColours},
                     {"c.gj", "use \"a.gj\"\nuse \"b.gj\"\nuse \"d.gj\"\n" + kColours},
                     {"d.gj", kColours},
                     {"self.gj", "use \"self.gj\"\n" + kColours}});
  const Run run(files, {"a.gj", "self.gj"});
  REQUIRE(run.codes() == std::vector<Code>{Code::circular_use, Code::circular_use, Code::circular_use});
  CHECK(run.diagnostics.all()[0].arguments[0] == "a.gj \u2192 b.gj \u2192 c.gj \u2192 a.gj");
  CHECK(run.sources.text(run.diagnostics.all()[0].span) == "\"a.gj\"");
  CHECK(run.diagnostics.all()[1].arguments[0] == "b.gj \u2192 c.gj \u2192 b.gj");
  CHECK(run.diagnostics.all()[2].arguments[0] == "self.gj \u2192 self.gj");
}

TEST_CASE("a diamond is no circle") {
  MemoryFiles files({{"a.gj", "use \"b.gj\"\nuse \"c.gj\"\n" + kColours},
                     {"b.gj", "use \"d.gj\"\n" + kColours},
                     {"c.gj", "use \"d.gj\"\n" + kColours},
                     {"d.gj", kColours}});
  CHECK(Run(files, {"a.gj"}).diagnostics.all().empty());
}

TEST_CASE("files that cannot be had") {
  MemoryFiles files({{"a.gj", "use \"gone.gj\"\nuse \"../out.gj\"\nuse \"/etc/passwd\"\n" + kColours}});
  const Run run(files, {"a.gj"});
  CHECK(run.codes() == std::vector<Code>{Code::file_not_read, Code::path_leaves_root, Code::path_form});
  CHECK(run.sources.text(run.diagnostics.all()[1].span) == "\"../out.gj\"");
  CHECK(Run(files, {"missing.gj"}).codes() == std::vector<Code>{Code::file_not_read});
  CHECK(Run(files, {"../a.gj"}).codes() == std::vector<Code>{Code::path_leaves_root});
  CHECK(Run(files, {}).codes() == std::vector<Code>{Code::no_rule_files});
}

TEST_CASE("a chain of files without end stops at the limit") {
  guiju::compiler::FileReader endless{
      [](const std::string& path) -> std::optional<std::string> { return "use \"x" + path + "\"\n" + kColours; }};
  guiju::SourceSet sources;
  guiju::Diagnostics diagnostics;
  guiju::syntax::Limits limits;
  limits.files = 20;
  const Loaded loaded = guiju::compiler::load({"a.gj"}, endless, limits, sources, diagnostics);
  CHECK(loaded.modules.size() == 20);
  REQUIRE(diagnostics.all().size() == 1);
  CHECK(diagnostics.all()[0].code == Code::too_many_files);
}

TEST_CASE("data files that tables name are loaded beside the rules") {
  const std::string table =
      "table ceilings \"x\" from \"data.csv\" {\n  cite \"t\"\n  given k: text\n  gives v: money\n}\n";
  MemoryFiles files(
      {{"sub/a.gj", table},
       {"b.gj", "catalogue list \"x\" from \"sub/data.csv\" {\n  given m: text\n  complete to 2024-01-01\n}\n"},
       {"c.gj", "table t \"x\" from \"none.csv\" {\n  given k: text\n  gives v: money\n}\n"},
       {"sub/data.csv", "k,v\na,1\n"}});
  const Run run(files, {"sub/a.gj", "b.gj"});
  CHECK(run.diagnostics.all().empty());
  REQUIRE(run.loaded.modules[0].data_files.size() == 1);
  const guiju::FileId file = run.loaded.modules[0].data_files.at("data.csv");
  CHECK(run.sources.file(file).text() == "k,v\na,1\n");
  CHECK(run.loaded.modules[1].data_files.at("sub/data.csv") == file);
  CHECK(Run(files, {"c.gj"}).codes() == std::vector<Code>{Code::file_not_read});
  guiju::syntax::Limits limits;
  limits.data_bytes = 4;
  CHECK(Run(files, {"sub/a.gj"}, limits).codes() == std::vector<Code>{Code::data_file_too_large});
}

TEST_CASE("limits have defaults and hard maxima") {
  guiju::syntax::Limits limits;
  limits.files = 0;
  limits.nesting = 100'000;
  limits.messages = 7;
  const auto got = effective(limits);
  CHECK(got.files == guiju::syntax::Limits{}.files);
  CHECK(got.nesting == 256);
  CHECK(got.messages == 7);
}
