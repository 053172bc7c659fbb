// With a cache, what was not changed is not compiled again, and the result is that without one.
#include <doctest/doctest.h>

#include "compiler/cache.hpp"
#include "compiler/memory_files.hpp"
#include "diagnostics/codes.hpp"

using guiju::Code;
using guiju::compiler::Cache;
using guiju::compiler::compile;
using guiju::compiler::Compiled;
using guiju_test::MemoryFiles;

namespace {

const std::string kColours = "enum Colour { red, green }\n";
const std::string kItem = "use \"colours.gj\"\nrecord Item { colour: Colour }\n";

Compiled with(Cache& cache, std::map<std::string, std::string> files, const std::vector<std::string>& asked,
              guiju::syntax::Limits limits = {}) {
  MemoryFiles memory(std::move(files));
  return compile(asked, memory.reader(), limits, &cache);
}

std::shared_ptr<const guiju::compiler::Parsed> kept(const Cache& cache, const std::string& path,
                                                    const std::string& text) {
  return cache.find(path, text, {});
}

}  // namespace

TEST_CASE("where nothing has changed, the plan is the same object") {
  Cache cache;
  const Compiled first = with(cache, {{"a.gj", kItem}, {"colours.gj", kColours}}, {"a.gj"});
  REQUIRE(first.plan != nullptr);
  const Compiled second = with(cache, {{"a.gj", kItem}, {"colours.gj", kColours}}, {"a.gj"});
  CHECK(second.plan == first.plan);
  CHECK(second.sources.size() == 2);
  CHECK(second.diagnostics.all().empty());
}

TEST_CASE("only what has changed is parsed again") {
  Cache cache;
  const Compiled first = with(cache, {{"a.gj", kItem}, {"colours.gj", kColours}}, {"a.gj"});
  const auto item = kept(cache, "a.gj", kItem);
  const auto colours = kept(cache, "colours.gj", kColours);
  REQUIRE(item != nullptr);
  REQUIRE(colours != nullptr);

  const std::string more = "enum Colour { red, green, blue }\n";
  const Compiled second = with(cache, {{"a.gj", kItem}, {"colours.gj", more}}, {"a.gj"});
  REQUIRE(second.plan != nullptr);
  CHECK(second.plan != first.plan);
  CHECK(kept(cache, "a.gj", kItem) == item);
  CHECK(kept(cache, "colours.gj", kColours) == nullptr);
  CHECK(kept(cache, "colours.gj", more) != nullptr);
  REQUIRE(second.rulebook->enums.size() == 1);
  CHECK(second.rulebook->enums[0].members.size() == 3);
  CHECK(first.plan->rules_sha256 != second.plan->rules_sha256);
}

TEST_CASE("a file that is asked for beside others makes another plan") {
  Cache cache;
  const std::map<std::string, std::string> files = {{"a.gj", kItem}, {"colours.gj", kColours}};
  const Compiled first = with(cache, files, {"a.gj"});
  const Compiled second = with(cache, files, {"a.gj", "colours.gj"});
  CHECK(second.plan != first.plan);
  CHECK(second.plan != nullptr);
}

TEST_CASE("a data file that has changed is read again") {
  Cache cache;
  const std::string table =
      "table ceilings \"x\" from \"d.csv\" {\n  cite \"t\" unverified\n  given k: text\n  gives v: money\n}\n";
  const Compiled first = with(cache, {{"a.gj", table}, {"d.csv", "k,v\na,1 yuan\n"}}, {"a.gj"});
  const Compiled same = with(cache, {{"a.gj", table}, {"d.csv", "k,v\na,1 yuan\n"}}, {"a.gj"});
  const Compiled other = with(cache, {{"a.gj", table}, {"d.csv", "k,v\na,2 yuan\n"}}, {"a.gj"});
  REQUIRE(first.plan != nullptr);
  CHECK(same.plan == first.plan);
  REQUIRE(other.plan != nullptr);
  CHECK(other.plan != first.plan);
}

TEST_CASE("mistakes are told every time, in whatever order the files come") {
  const std::string faulty = "record Faulty { a: nowhere }\nrecord {\n";
  const std::map<std::string, std::string> files = {{"a.gj", kColours}, {"b.gj", faulty}};
  Cache cache;
  const auto told = [&](const std::vector<std::string>& asked) {
    const Compiled compiled = with(cache, files, asked);
    CHECK(compiled.plan == nullptr);
    MemoryFiles memory(files);
    const Compiled fresh = compile(asked, memory.reader());
    REQUIRE(compiled.diagnostics.all().size() == fresh.diagnostics.all().size());
    for (std::size_t i = 0; i < fresh.diagnostics.all().size(); ++i) {
      const auto& one = compiled.diagnostics.all()[i];
      const auto& other = fresh.diagnostics.all()[i];
      CHECK(one.code == other.code);
      CHECK(compiled.sources.file(one.span.file).path() == fresh.sources.file(other.span.file).path());
      CHECK(one.span.begin == other.span.begin);
      CHECK(one.arguments == other.arguments);
    }
    CHECK(fresh.diagnostics.error_count() >= 2);
  };
  told({"a.gj", "b.gj"});
  told({"a.gj", "b.gj"});
  told({"b.gj", "a.gj"});
}

TEST_CASE("warnings come with a plan from the cache as well") {
  Cache cache;
  const std::map<std::string, std::string> files = {{"a.gj", "enum Colour { red, Ьlue, green }\nenum Other { x }\n"}};
  MemoryFiles memory(files);
  const Compiled fresh = compile({"a.gj"}, memory.reader());
  with(cache, files, {"a.gj"});
  const Compiled again = with(cache, files, {"a.gj"});
  CHECK(again.diagnostics.all().size() == fresh.diagnostics.all().size());
}

TEST_CASE("other limits are another compilation") {
  Cache cache;
  const std::map<std::string, std::string> files = {{"a.gj", kColours}};
  REQUIRE(with(cache, files, {"a.gj"}).plan != nullptr);
  guiju::syntax::Limits narrow;
  narrow.tokens = 3;
  CHECK(with(cache, files, {"a.gj"}, narrow).plan == nullptr);
  CHECK(with(cache, files, {"a.gj"}).plan != nullptr);
}

TEST_CASE("two files with the same text have trees of their own places") {
  Cache cache;
  const std::map<std::string, std::string> files = {{"a.gj", kColours}, {"b.gj", kColours}};
  for (int round = 0; round < 2; ++round) {
    const Compiled compiled = with(cache, files, {"a.gj", "b.gj"});
    REQUIRE(compiled.diagnostics.all().size() >= 1);
    const auto& twice = compiled.diagnostics.all()[0];
    CHECK(twice.code == Code::duplicate_name);
    CHECK(compiled.sources.file(twice.span.file).path() == "b.gj");
    REQUIRE(twice.related.size() == 1);
    CHECK(compiled.sources.file(twice.related[0].span.file).path() == "a.gj");
  }
}
