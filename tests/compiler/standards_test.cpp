// Grades from rule text: editions, limits by column and by member, what is unclassified and why.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kStandard = R"(
use language en
scale Tier from best { level1 "1级", level2 "2级", level3 "3级", floor fails "未达标" }
enum Mode { heat, cool }
record Unit { made: date  mode: Mode  capacity: W from 0 W to 100000 W
  apf: number declared to 0.01 when mode is heat
  seer: number declared to 0.01 when mode is cool
  label: optional Tier
  loss: optional number  rate: optional % }
standard ac "空调" {
  given u: Unit
  in force by u.made
  edition e2013 from 2013-10-01 to 2020-06-30 {
    cite "甲"
    grade u.apf on Tier at least when u.mode is heat {
      | u.capacity [W] || level1 | level2 | level3 |
      | <= 4500        || 4.50   | 4.00   | 3.50   |
    }
  }
  edition e2019 from 2020-07-01 {
    cite "乙"
    applies when u.capacity <= 14000 W
    grade u.apf on Tier at least when u.mode is heat {
      | u.capacity [W] || level1 | level2 | level3 |
      | <= 4500        || 5.00   | 4.50   | 4.00   |
      | (4500..7100]   || 4.50   | 4.00   | 3.50?  |
    }
    grade u.seer on Tier at least when u.mode is cool {
      | u.capacity [W] || level1 | level2 | level3 |
      | <= 4500        || 5.80   | 5.40   | 5.00   |
    }
    comply grade is level2 or better otherwise "only {grade}"
    check label_true: u.label not exists or u.label is grade otherwise "labelled {u.label}, is {grade}"
  }
}
standard heater "热水器" {
  given u: Unit
  in force by u.made
  edition e from 2000-01-01 {
    cite "甲"
    grade on Tier {
      | level  | u.loss at most | u.rate at least |
      | level1 | 0.6            | 70%             |
      | level2 | 0.7            | 60%             |
    }
  }
}
program buy "购买" {
  given unit: Unit
  given on: date
  in force by on
  version v from 2020-01-01 {
    cite "丙"
    require efficient: grade of unit by ac is level2 or better
    require later: grade of unit by ac as at on is level3 or better
  }
}
)";

Case unit(const std::string& made, const std::string& mode, std::int64_t capacity, std::int64_t hundredths,
          const std::string& program = "ac") {
  Case c(kStandard, program);
  c.day("u.made", made).member("u.mode", mode).number("u.capacity", capacity).absent("u.label");
  c.number(mode == "heat" ? "u.apf" : "u.seer", hundredths, 100);
  return c;
}

}  // namespace

TEST_CASE("the same value is another level in another edition") {
  CHECK(unit("2020-06-30", "heat", 3500, 450).grade().grade == "level1");
  const auto g = unit("2020-07-01", "heat", 3500, 450).grade();
  CHECK(g.grade == "level2");
  CHECK(g.edition == "e2019");
  CHECK(g.outcome == "graded");
}

TEST_CASE("limits belong to their level, bands to the side that holds the bracket") {
  CHECK(unit("2021-01-01", "heat", 4500, 500).grade().grade == "level1");
  CHECK(unit("2021-01-01", "heat", 4500, 499).grade().grade == "level2");
  CHECK(unit("2021-01-01", "heat", 4501, 450).grade().grade == "level1");
  CHECK(unit("2021-01-01", "heat", 4500, 399).grade().grade == "fails");
  CHECK(unit("2021-01-01", "cool", 4500, 580).grade().grade == "level1");
}

TEST_CASE("not graded: no row, out of scope, not in force") {
  CHECK(unit("2021-01-01", "heat", 7101, 500).grade().state == "no_row");
  CHECK(unit("2021-01-01", "heat", 14001, 500).grade().state == "out_of_scope");
  CHECK(unit("2020-06-30", "cool", 3500, 580).grade().state == "out_of_scope");
  CHECK(unit("2013-09-30", "heat", 3500, 450).grade().outcome == "not_in_force");
}

TEST_CASE("what has no level does not fail to comply, unless it would with the best one, too") {
  const auto answer = [](Case c, bool english) {
    const auto g = c.grade({}, english);
    return g.outputs.front().value + " " + g.outputs.front().text;
  };
  CHECK(answer(unit("2021-01-01", "heat", 7101, 500), false) == "absent 无法判定(表中没有对应的行)");
  CHECK(answer(unit("2021-01-01", "heat", 7101, 500), true) == "absent cannot be decided: the table has no row for it");
  CHECK(answer(unit("2021-01-01", "heat", 14001, 500), false) == "absent 不适用(不在该标准的适用范围内)");
  CHECK(answer(unit("2021-01-01", "heat", 14001, 500), true) ==
        "absent does not apply: outside the scope of the standard");
  CHECK(answer(unit("2021-01-01", "heat", 3500, 300), true).starts_with("no "));  // every level was missed

  const std::string also = std::string(kStandard) + R"(
standard both "两项" {
  given u: Unit
  in force by u.made
  edition e from 2000-01-01 {
    cite "甲"
    grade u.apf on Tier at least {
      | u.capacity [W] || level1 | level2 | level3 |
      | <= 4500        || 5.00   | 4.50   | 4.00   |
    }
    comply grade is level2 or better and u.mode is heat
    comply either_way: u.mode is heat or grade is level2 or better
  }
}
)";
  const auto both = [&](const std::string& mode, const std::string& name) {
    Case c(also, "both");
    c.day("u.made", "2021-01-01").member("u.mode", mode).number("u.capacity", 5000);
    if (mode == "heat") c.number("u.apf", 5);
    const auto outputs = c.grade().outputs;
    return std::find_if(outputs.begin(), outputs.end(), [&](const auto& o) { return o.name == name; })->value;
  };
  CHECK(both("heat", "comply") == "absent");
  CHECK(both("cool", "comply") == "no");
  CHECK(both("heat", "either_way") == "yes");
  CHECK(both("cool", "either_way") == "absent");
}

TEST_CASE("why: the limits of the level that are met, and those of the next better one that are missed") {
  CHECK(unit("2021-01-01", "heat", 3500, 460).grade().why ==
        "2级: u.apf is 4.6 (at least 4.5); 1级 is missed: u.apf must be at least 5 (it is 4.6)");
  CHECK(unit("2021-01-01", "heat", 3500, 500).grade().why == "1级: u.apf is 5 (at least 5)");
  CHECK(unit("2021-01-01", "heat", 3500, 300).grade().why ==
        "未达标; 3级 is missed: u.apf must be at least 4 (it is 3)");
  CHECK(unit("2021-01-01", "heat", 9000, 500).grade().why == "the table has no row for it: u.capacity: 9000 W");
  CHECK(unit("2021-01-01", "heat", 14001, 500).grade().why ==
        "outside the scope of the standard: u.capacity must be at most 14000 W (it is 14001 W)");
  Case heater(kStandard, "heater");
  heater.day("u.made", "2021-01-01").number("u.loss", 65, 100).number("u.rate", 65, 100);
  CHECK(
      heater.grade().why ==
      "2级: u.loss is 0.65 (at most 0.7), u.rate is 65% (at least 60%); 1级 is missed: u.loss must be at most 0.6 (it "
      "is 0.65), u.rate must be at least 70% (it is 65%)");
}

TEST_CASE("a null is refused where the condition of the fact holds, and the answer says by which condition") {
  const auto allowed = [](bool english) {
    Case c = unit("2021-01-01", "heat", 3500, 500);
    const auto g = c.absent("u.apf").grade({}, english);
    REQUIRE(g.invalid.size() == 1);
    const std::string& text = g.invalid.front().allowed;
    return text.substr(text.find("; "));
  };
  CHECK(allowed(true) == "; not null in this case, as u.mode is heat");
  CHECK(allowed(false) == "; 此时须填写(因u.mode为 heat)");
}

TEST_CASE("why: what one of would have done is told as such; a limit from a formula by its figure alone") {
  const std::string text = std::string(kStandard) + R"(
standard oven "微波炉" {
  given u: Unit
  in force by u.made
  edition e from 2000-01-01 {
    cite "甲"
    require quiet: u.mode is heat or u.capacity <= 500 W
    grade u.loss on Tier at least {
      | level1 | level2 |
      | 0.9    | 0.8    |
    }
  }
}
standard fine "细" {
  given u: Unit
  in force by u.made
  edition e from 2000-01-01 {
    cite "甲"
    grade u.loss on Tier at least = it / 1024 {
      | level1 | level2 |
      | 1      | 0.5    |
    }
  }
}
standard pump "泵" {
  given u: Unit
  in force by u.made
  edition e from 2000-01-01 {
    cite "甲"
    grade u.loss on Tier at least = it / 7 {
      | level1 | level2 |
      | 6      | 5      |
    }
  }
}
)";
  Case oven(text, "oven");
  oven.day("u.made", "2021-01-01").member("u.mode", "cool").number("u.capacity", 600).number("u.loss", 1);
  CHECK(
      oven.grade().why ==
      "未达标: any one of these would do: u.mode must be heat (it is cool), or u.capacity must be at most 500 W (it is "
      "600 W)");
  CHECK(oven.grade({}, false).why ==
        "未达标:满足以下一项即可:u.mode须为heat(现为 cool),或u.capacity须不大于 500 W(现为 600 W)");
  Case pump(text, "pump");
  pump.day("u.made", "2021-01-01").number("u.loss", 8, 10);
  CHECK(pump.grade().why ==
        "2级: u.loss is 0.8 (at least ≈0.714286); 1级 is missed: u.loss must be at least ≈0.857143 (it is 0.8)");
  Case fine(text, "fine");
  fine.day("u.made", "2021-01-01").number("u.loss", 8, 10);
  CHECK(fine.grade().why == "1级: u.loss is 0.8 (at least ≈0.000977)");
  CHECK(pump.grade({}, false).why == "2级:u.loss为 0.8(不小于 ≈0.714286);未达1级:u.loss须不小于 ≈0.857143(现为 0.8)");
}

TEST_CASE("why: a level that is given for the grade under another standard is told by what decided that one") {
  const std::string policy = std::string(kStandard) + R"(
scale Policy from best { advanced "先进", saving "节能", floor poor "低于节能" }
standard policy "政策水平" {
  given unit: Unit
  in force by unit.made
  edition e from 2020-07-01 {
    cite "丁"
    let t = grade of unit by ac
    applies when not (t is unclassified)
    grade first of { Policy.advanced when t is level1; Policy.saving when t is level2; Policy.poor otherwise }
  }
}
)";
  const auto why = [&](std::int64_t apf) {
    Case c(policy, "policy");
    c.day("unit.made", "2021-01-01").member("unit.mode", "heat").number("unit.capacity", 3500).absent("unit.label");
    return c.number("unit.apf", apf, 100).grade().why;
  };
  CHECK(why(500) == "先进 (1级): unit.apf is 5 (at least 5)");
  CHECK(why(460) ==
        "节能 (2级): unit.apf is 4.6 (at least 4.5); 1级 is missed: unit.apf must be at least 5 (it is 4.6)");
  CHECK(why(410) ==
        "低于节能 (3级): unit.apf is 4.1 (at least 4); 2级 is missed: unit.apf must be at least 4.5 (it is 4.1)");
}

TEST_CASE("compliance and warnings stand beside the grade") {
  Case c = unit("2021-01-01", "heat", 3500, 420);
  c.member("u.label", "level2");
  const auto g = c.grade();
  CHECK(g.grade == "level3");
  REQUIRE(g.outputs.size() == 2);
  CHECK(g.outputs[0].name == "comply");
  CHECK(g.outputs[0].value == "no");
  CHECK(g.outputs[0].text == "only 3级");
  CHECK(g.outputs[1].value == "no");
  REQUIRE(g.warnings.size() == 1);
  CHECK(g.warnings[0].kind == "check");
  CHECK(g.warnings[0].text == "labelled 2级, is 3级");
}

TEST_CASE("an unchecked figure is told of where its row was used") {
  CHECK(unit("2021-01-01", "heat", 4500, 500).grade().warnings.empty());
  CHECK(unit("2021-01-01", "heat", 4501, 500).grade().warnings.size() == 1);
}

TEST_CASE(
    "what an edition's statements stand on is told of: a requirement, a check, a marked level where its grading "
    "applies") {
  const auto rules = [](const std::string& when) {
    return R"(
scale Tier from best { level1 "1级", level2 "2级", floor fails "未达标" }
record Unit { rate: number  quiet: bool  made: date }
standard s { given u: Unit  in force by u.made
  edition e from 2020-01-01 {
    cite "甲"
    require silent: u.quiet otherwise "吵" cite "乙" unverified "未见原文"
    check plausible: u.rate < 90 otherwise "过高" cite "丙" secondhand
    grade on Tier when u.rate )" +
           when + R"( {
      | level  | u.rate at least |
      | level1 | 60?             |
      | level2 | 40              |
    }
  }
})";
  };
  const auto warnings = [&](const std::string& when) {
    Case c(rules(when), "s");
    std::string told;
    c.day("u.made", "2021-01-01").number("u.rate", 70).truth("u.quiet", true);
    for (const auto& w : c.grade().warnings) told += w.kind + " " + w.name + "; ";
    return told;
  };
  CHECK(warnings(">= 50") == "unverified grade; unverified silent; secondhand plausible; ");
  CHECK(warnings("< 50") == "unverified silent; secondhand plausible; ");
}

TEST_CASE("what a grading reads is reached only where it applies") {
  constexpr std::string_view kRules = R"(
enum Product { a, b, c, d }
scale Level from best { benchmark "标杆", baseline "基准", floor worse "以下" }
record Line { product: Product  use: number  made: date }
table ta { given p: Product  gives x: number, y: number
  | p || x | y |
  | a || 4 | 7 | }
standard levels { given l: Line  in force by l.made
  edition e from 2020-01-01 { cite "甲"
    applies when l.product is not d otherwise "不适用"
    grade l.use on Level at most when l.product is a {
      | benchmark          | baseline           |
      | = ta(l.product).x  | = ta(l.product).y  | }
    grade l.use on Level at most when l.product is b {
      | benchmark | baseline |
      | 10        | 20       | }
    grade l.use / ta(l.product).x on Level at most when l.product in {c, d} {
      | benchmark | baseline |
      | 1         | 2        | }
  } })";
  const auto grade = [&](const char* product) {
    Case c(std::string(kRules), "levels");
    c.day("l.made", "2021-01-01").member("l.product", product).number("l.use", 7);
    return c.grade();
  };
  CHECK(grade("a").grade == "baseline");
  CHECK(grade("b").outcome == "graded");
  CHECK(grade("b").grade == "benchmark");
  CHECK(grade("b").referred.empty());
  CHECK(grade("c").referred.size() == 1);
  CHECK(grade("d").outcome == "unclassified");
  CHECK(grade("d").referred.empty());
}

TEST_CASE("an open fact leaves the grades that it may give") {
  Case c(kStandard, "ac");
  c.member("u.mode", "heat").number("u.capacity", 3500).number("u.apf", 450, 100).absent("u.label");
  const auto g = c.grade();
  CHECK(g.outcome == "undetermined");
  REQUIRE(g.possible.size() == 2);
  CHECK(g.possible[0].name == "level1");
  CHECK(g.possible[1].name == "level2");
  REQUIRE(g.needs.size() == 1);
  CHECK(g.needs[0].path == "u.made");
}

TEST_CASE("levels as rows: all of a row must hold, what is absent drops out") {
  Case c = unit("2021-01-01", "heat", 3500, 450, "heater");
  c.number("u.loss", 6, 10).number("u.rate", 70, 100);
  CHECK(c.grade().grade == "level1");
  c.number("u.rate", 69, 100);
  CHECK(c.grade().grade == "level2");
  c.number("u.rate", 59, 100);
  CHECK(c.grade().grade == "fails");
  c.absent("u.rate");
  CHECK(c.grade().grade == "level1");
  c.absent("u.loss");
  CHECK(c.grade().state == "out_of_scope");
}

TEST_CASE("a programme asks a standard, by the day of make or by another day") {
  Case c(kStandard, "buy");
  c.day("on", "2024-01-01")
      .day("unit.made", "2020-01-01")
      .member("unit.mode", "heat")
      .number("unit.capacity", 3500)
      .absent("unit.label");
  c.number("unit.apf", 400, 100);
  CHECK(c.decide().outcome == "eligible");
  c.number("unit.apf", 399, 100);
  c.decide();
  CHECK(c.failed() == Names{"efficient", "later"});
  c.number("unit.apf", 450, 100).number("unit.capacity", 20000);
  c.decide();
  CHECK(c.failed() == Names{"efficient", "later"});
}

TEST_CASE("of editions side by side one must fit; where two do, a person decides") {
  const std::string rules = R"(
use language en
scale Tier from best { level1, level2, floor fails }
record Pump { made: date  wet: bool  big: bool  efficiency: % }
standard pump "水泵" {
  given p: Pump
  in force by p.made
  edition wet from 2020-01-01 for p.wet {
    cite "甲"
    grade p.efficiency on Tier at least {
      | level1 | level2 |
      | 80%    | 70%    |
    }
  }
  edition big from 2020-01-01 for p.big {
    cite "乙"
    grade p.efficiency on Tier at least {
      | level1 | level2 |
      | 60%    | 50%    |
    }
  }
}
)";
  const auto grade = [&](bool wet, bool big) {
    Case c(rules, "pump");
    c.day("p.made", "2021-01-01").truth("p.wet", wet).truth("p.big", big).number("p.efficiency", 65, 100);
    return c.grade();
  };
  CHECK(grade(true, false).grade == "fails");
  CHECK(grade(false, true).grade == "level1");
  CHECK(grade(false, false).outcome == "not_in_force");
  const auto both = grade(true, true);
  CHECK(both.outcome == "referred");
  REQUIRE(both.referred.size() == 1);
  CHECK(both.referred[0].what == "conflict");
  CHECK(both.referred[0].name == "pump");
  CHECK(both.referred[0].why == "two editions of the standard fit");
}

TEST_CASE("checks, named gradings and what complies are told under their labels") {
  Case c(R"(
use language zh
scale Tier from best { level1 "1级", floor fails "未达标" }
record Unit { made: date  eer: number  measured: number }
standard ac "空调" {
  given u: Unit
  in force by u.made
  edition e from 2020-01-01 {
    cite "甲"
    grade by_eer "按能效比" / en "by the EER": u.eer on Tier at least {
      | level1 |
      | 3      |
    }
    grade by_eer
    comply minimum "最低要求" / en "the minimum": grade is level1
    check confirmed "实测相符" / en "confirmed": u.measured >= u.eer otherwise "低于标注" / en "too low"
  }
}
)",
         "ac");
  c.day("u.made", "2021-01-01").number("u.eer", 3).number("u.measured", 2);
  const explain::GradeExplanation grade = c.grade();
  REQUIRE(grade.outputs.size() == 3);
  CHECK(grade.outputs[0].title == "by the EER");
  CHECK(grade.outputs[1].title == "the minimum");
  CHECK(grade.outputs[1].value == "yes");
  CHECK(grade.outputs[2].title == "confirmed");
  CHECK(grade.outputs[2].value == "no");
}
