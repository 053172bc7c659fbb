// Standards: editions in time and by condition, gradings, compliance, checks.
#include <doctest/doctest.h>

#include "diagnostics/codes.hpp"
#include "model/support.hpp"

using namespace guiju;
using test::Checked;

namespace {

const std::string kVocabulary = R"(
scale Tier from best { level1, level2, floor fails }
scale Other from best { a, b }
enum Speed { fixed, variable }
record Unit { made_on: date, speed: Speed, size: W, apf: number, label: optional Tier }
)";
std::string standard(const std::string& editions) {
  return kVocabulary + "standard s \"标准\" {\n given u: Unit\n in force by u.made_on\n" + editions + "}\n";
}
const std::string kGrade =
    " grade u.apf on Tier at least {\n | u.size [W] || level1 | level2 |\n | <= 4500 || 5.0 | 4.0 |\n }\n";

}  // namespace

TEST_CASE("an edition with everything") {
  const Checked c(standard(
      " edition e from 2020-07-01 {\n cite \"GB\" secondhand\n applies when u.size <= 14000 W otherwise \"过大\"\n" +
      kGrade +
      " comply grade is level2 or better\n check honest: u.label not exists or u.label is grade otherwise "
      "\"标识不符\"\n }\n"));
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& s = c.rulebook().standards[0];
  REQUIRE(s.editions.size() == 1);
  const auto& e = s.editions[0];
  CHECK(s.scale == e.scale);
  CHECK(s.scale == &c.rulebook().enums[0]);
  CHECK(e.gradings.size() == 1);
  REQUIRE(e.complies.size() == 1);
  CHECK(e.complies[0].name == "comply");
  CHECK(e.checks[0].name == "honest");
  CHECK(e.applies != nullptr);
  CHECK(e.applies_reason.zh.size() == 1);
  CHECK(e.citations[0].check == model::Citation::secondhand);
}

TEST_CASE("editions for a condition may run beside each other") {
  const auto two = [](const std::string& a, const std::string& b) {
    return Checked(standard(" edition e1 from 2010-01-01 " + a + " { cite \"GB\"\n" + kGrade +
                            " }\n edition e2 from 2010-01-01 " + b + " { cite \"GB\"\n" + kGrade + " }\n"));
  };
  CHECK(two("for u.speed is fixed", "for u.speed is variable").clean());
  CHECK(two("for u.speed is fixed", "").only(Code::versions_overlap));
  CHECK(two("", "").only(Code::versions_overlap));
}

TEST_CASE("editions amend") {
  const Checked c(standard(" edition e1 from 2010-01-01 to 2019-12-31 { cite \"GB\"\n" + kGrade +
                           " comply grade is level2 or better\n }\n"
                           " edition e2 from 2020-01-01 amends e1 { cite \"GB\"\n comply grade is level1\n }\n"));
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& e = c.rulebook().standards[0].editions[1];
  CHECK(e.gradings.size() == 1);
  REQUIRE(e.complies.size() == 1);
  CHECK(e.complies[0].condition->mask == 1U);
}

TEST_CASE("faults of standards") {
  CHECK(Checked(kVocabulary + "standard s { given u: Unit\n edition a from 2010-01-01 to 2010-12-31 { cite \"GB\" }\n "
                              "edition b from 2011-01-01 { cite \"GB\" } }")
            .only(Code::no_in_force));
  CHECK(Checked(kVocabulary + "standard s { given u: Unit }").only(Code::nothing_inside));
  CHECK(Checked(
            standard(" edition e from 2010-01-01 { cite \"GB\"\n" + kGrade +
                     " grade u.apf on Other at least {\n | u.size [W] || a | b |\n | <= 4500 || 5.0 | 4.0 |\n }\n }\n"))
            .only(Code::scales_differ));
  CHECK(Checked(standard(" edition e from 2010-01-01 { cite \"GB\"\n gives x = u.apf\n }\n")).clean());
  CHECK(Checked(kVocabulary + R"(
standard s { given u: Unit
  edition e { cite "GB"
    grade choose { level1 when grade of u by t is level1; level2 otherwise } } }
standard t { given u: Unit
  edition e { cite "GB"
    grade on Tier { 
      | level  | u.apf at least |
      | level1 | 5.0 |
      | level2 | 4.0 |
    }
    check again: grade of u by s is level1 } })")
            .count(Code::standard_circle) == 1);
}
