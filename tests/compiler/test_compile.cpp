// Nothing that goes wrong while compiling gets past compile(): mistakes and faults alike are in the diagnostics.
#include <doctest/doctest.h>

#include <new>
#include <stdexcept>

#include "compiler/memory_files.hpp"
#include "diagnostics/codes.hpp"

using guiju::Code;
using guiju::compiler::compile;
using guiju::compiler::Compiled;
using guiju_test::MemoryFiles;

namespace {

std::vector<Code> codes(const Compiled& compiled) {
  std::vector<Code> all;
  for (const auto& d : compiled.diagnostics.all()) all.push_back(d.code);
  return all;
}

}  // namespace

TEST_CASE("files without mistakes give a plan") {
  MemoryFiles files(
      {{"a.gj", "use \"b.gj\"\nrecord Item { colour: Colour }\n"}, {"b.gj", "enum Colour { red, green }\n"}});
  const Compiled compiled = compile({"a.gj"}, files.reader());
  CHECK(codes(compiled).empty());
  CHECK(compiled.plan != nullptr);
  REQUIRE(compiled.rulebook != nullptr);
  CHECK(compiled.rulebook->enums.size() == 1);
}

TEST_CASE("what a used file declares is visible, what it uses in turn is not") {
  MemoryFiles files({{"a.gj", "use \"b.gj\"\nrecord Item { colour: Colour }\n"},
                     {"b.gj", "use \"c.gj\"\nrecord Other { colour: Colour }\n"},
                     {"c.gj", "enum Colour { red, green }\n"}});
  const Compiled compiled = compile({"a.gj"}, files.reader());
  REQUIRE(compiled.diagnostics.all().size() == 1);
  CHECK(compiled.sources.file(compiled.diagnostics.all()[0].span.file).path() == "a.gj");
  CHECK(compiled.plan == nullptr);
}

TEST_CASE("mistakes give no plan, but always a rulebook, and stand in the order of the files") {
  MemoryFiles files({{"a.gj", "record A { x: nothing }\nrecord B { y: nowhere }\n"}, {"b.gj", ""}});
  const Compiled compiled = compile({"a.gj", "b.gj"}, files.reader());
  CHECK(compiled.plan == nullptr);
  CHECK(compiled.rulebook != nullptr);
  const auto& all = compiled.diagnostics.all();
  REQUIRE(all.size() == 3);
  CHECK(all[0].span.begin < all[1].span.begin);
  CHECK(all[2].code == Code::nothing_declared);
}

TEST_CASE("exceptions of a host's reader and want of memory become findings") {
  const auto throwing = [](auto exception) {
    return guiju::compiler::FileReader{
        [exception](const std::string&) -> std::optional<std::string> { throw exception; }};
  };
  const Compiled memory = compile({"a.gj"}, throwing(std::bad_alloc{}));
  CHECK(codes(memory) == std::vector<Code>{Code::out_of_memory});
  CHECK(memory.rulebook != nullptr);
  const Compiled fault = compile({"a.gj"}, throwing(std::runtime_error("disk on fire")));
  CHECK(codes(fault) == std::vector<Code>{Code::internal_fault});
  CHECK(fault.diagnostics.all()[0].arguments[0] == "disk on fire");
  CHECK(codes(compile({"a.gj"}, throwing(7))) == std::vector<Code>{Code::internal_fault});
  CHECK(codes(compile({"a.gj"}, {})) == std::vector<Code>{Code::internal_fault});  // no reader at all
}

TEST_CASE("of very many findings the first are kept, errors before warnings") {
  std::string text = "record Item {\n  on: date\n}\nprogram p {\n  given item: Item\n  in force by item.on\n";
  for (int year = 2001; year < 2071; ++year) {  // each without a citation: a warning
    const std::string y = std::to_string(year);
    text += "  version v" + y + " from " + y + "-01-01 to " + y + "-12-31 {\n    require r: item.on exists\n  }\n";
  }
  text += "}\nrecord Last { x: nothing_like_it }\n";
  MemoryFiles files({{"a.gj", text}});
  const Compiled compiled = compile({"a.gj"}, files.reader());
  const auto all = codes(compiled);
  REQUIRE(all.size() == 51);
  CHECK(compiled.diagnostics.has_errors());
  CHECK(all[49] == Code::unknown_type);
  CHECK(all[50] == Code::more_not_shown);
}
