// `guiju emit c`: which files come out, and who is turned away.
#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace guiju::testing;

namespace {

constexpr const char* kRules = R"(program 补贴 / en grant "补贴" {
  authority "局"
  given on: date, price: money
  in force by on
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    amount = 10% of price, rounded down to 0.01 yuan
  }
}
standard thing {
  given on: date
  in force by on
  edition e from 2024-01-01 {
    cite "GB 1"
    comply on >= 2024-01-01
  }
}
)";

}  // namespace

TEST_CASE("emit c: a header and a source for each programme, and what they include") {
  const Folder folder("command-emit");
  const std::string rules = folder.write("grant.gj", kRules);
  const std::string out = folder.at("deep/er");
  const Ran ran = run_command({"emit", "c", "grant", "补贴", "--rules", rules, "-o", out, "--lang", "en"});
  CHECK_MESSAGE(ran.status == 0, ran.err);
  CHECK(holds(ran.out, "grant.h, .c"));
  for (const char* name : {"grant.h", "grant.c", "guiju_arithmetic.h", "guiju_emitted.h"})
    CHECK_MESSAGE(std::filesystem::exists(out + "/" + name), std::string(name));
  CHECK(holds(folder.read("deep/er/grant.h"), "void grant_decide(const grant_facts *facts, grant_result *result);"));
  CHECK(holds(folder.read("deep/er/guiju_arithmetic.h"), "gj_half_even"));
  // Again, over what is there.
  CHECK(run_command({"emit", "c", "grant", "--rules", rules, "-o", out}).status == 0);
}

TEST_CASE("emit c: only programmes, only with a folder") {
  const Folder folder("command-emit-refused");
  const std::string rules = folder.write("grant.gj", kRules);
  CHECK(run_command({"emit", "c", "thing", "--rules", rules, "-o", folder.at("out")}).status == 2);
  CHECK(run_command({"emit", "c", "nothing", "--rules", rules, "-o", folder.at("out")}).status == 2);
  CHECK_FALSE(std::filesystem::exists(folder.at("out")));
  CHECK(run_command({"emit", "c", "grant", "--rules", rules}).status == 2);
  CHECK(run_command({"emit", "c", "grant", "--rules", rules, "-o", rules}).status == 2);  // a file is in the way
  CHECK(run_command({"emit"}).status == 2);
  CHECK(holds(run_command({"emit", "c", "--help"}).out, "写到哪个文件夹"));
  CHECK(holds(run_command({"emit", "c", "--help", "--lang", "en"}).out, "the folder that is written to"));
}
