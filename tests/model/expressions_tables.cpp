// Decision tables from grids and CSV files, and gradings: columns, patterns, results, rows that contradict each other.
#include <doctest/doctest.h>

#include "diagnostics/codes.hpp"
#include "model/expressions_support.hpp"

using namespace guiju;
using test::Rules;

namespace {

std::string interval_text(const model::Pattern& pattern) {
  std::string text;
  for (const auto& one : pattern.intervals) {
    text += one.low_open ? "(" : "[";
    text += one.low ? to_string(*one.low) : "";
    text += "..";
    text += one.high ? to_string(*one.high) : "";
    text += one.high_open ? ")" : "]";
  }
  return text;
}

struct Fault {
  std::string table;
  Code code;
};

void check_faults(const std::vector<Fault>& cases) {
  for (const Fault& one : cases) {
    const Rules rules(one.table);
    INFO(one.table);
    INFO(rules.report());
    CHECK(rules.only(one.code));
  }
}

std::string standard(const std::string& body) {
  return "standard heat {\n given item: Item\n in force by item.on\n edition e from 2020-01-01 {\n cite \"文\"\n" +
         body + "\n }\n}\n";
}

const model::Grading& grading(const Rules& rules, std::size_t index = 0) {
  return rules.rulebook().standards.at(0).editions.at(0).gradings.at(index);
}

}  // namespace

TEST_CASE("a table with arguments is called, its row named or its column taken") {
  const Rules rules(R"(
    let r = rate(item.kind, item.size)
    let share = r.share
    let direct = rate(item.kind, 5 kW).cap
    let one = single(item.kind)
  )",
                    R"(
    table rate {
      given kind: Kind, size: kW
      gives share: number, cap: money
      | kind       | size [kW]  || share | cap [yuan] |
      | car, truck | <= 4500 W  || 12%   | 20000      |
      | car, truck | (4.5..7.1] || 10%   | 15000?     |
      | not car    | >= 7.2     || 1     | 1万元      | unverified "未见"
      | van        | any        || 2     | 3          | secondhand
      hit first
      otherwise not entitled "无"
    }
    table single { given kind: Kind  | kind || day | | car || 2024-01-01 | }
  )");
  INFO(rules.report());
  // `hit first` and `otherwise` stand before the grid; behind it only `otherwise` may.
  CHECK(rules.diagnostics().has_errors());
  const Rules good(R"(
    let r = rate(item.kind, item.size)
    let share = r.share
    let direct = rate(item.kind, 5 kW).cap
    let one = single(item.kind)
  )",
                   R"(
    table rate {
      given kind: Kind, size: kW
      gives share: number, cap: money
      hit first
      otherwise not entitled "无"
      | kind       | size [kW]  || share | cap [yuan] |
      | car, truck | <= 4500 W  || 12%   | 20000      |
      | car, truck | (4.5..7.1] || 10%   | 15000?     |
      | not car    | >= 7.2     || 1     | 1万元      | unverified "未见"
      | van        | any        || 2     | 3          | secondhand
    }
    table single {
      given kind: Kind
      | kind || day        |
      | car  || 2024-01-01 |
    }
  )");
  INFO(good.report());
  REQUIRE(good.clean());
  CHECK(test::show(*good.let("share")) == "(rate.share item.kind item.size)");
  CHECK(test::show(*good.let("direct")) == "(rate.cap item.kind 5000)");
  CHECK(model::describe(good.let("direct")->type, guiju::Language::en) == "money");
  CHECK(test::show(*good.let("one")) == "(single.day item.kind)");
  CHECK(good.let("r") == nullptr);
  const model::Table& table = good.rulebook().tables[0];
  CHECK(table.first_hit);
  CHECK(table.otherwise == model::Table::refuse);
  CHECK(table.refuse_reason.zh.at(0).text == "无");
  REQUIRE(table.rows.size() == 4);
  CHECK(table.rows[0].keys[0].mask == 3);
  CHECK(interval_text(table.rows[0].keys[1]) == "[..4500]");
  CHECK(interval_text(table.rows[1].keys[1]) == "(4500..7100]");
  CHECK(table.rows[2].keys[0].mask == 6);
  CHECK(table.rows[3].keys[1].kind == model::Pattern::any);
  CHECK(table.rows[1].results[1].doubt.doubtful);
  CHECK_FALSE(table.rows[0].results[1].doubt.doubtful);
  CHECK(table.rows[2].results[1].expr->value == Rational(10000));
  CHECK(table.rows[2].check == model::Citation::unverified);
  CHECK(table.rows[2].note.zh == "未见");
  CHECK(table.rows[3].check == model::Citation::secondhand);
}

TEST_CASE("a table without arguments looks up the paths of its header") {
  const Rules rules(R"(
    table pay {
      | item.kind | item.until      | item.spare || pay [yuan]       | limit     |
      | car       | before 2024-05-01 | absent   || 5                | no limit  |
      | car       | absent          | any        || = 10% of item.price | 7 kg   |
      | truck     | any             | any        || not entitled "否" | absent    |
      | van       | any             | any        || not found "未见"  | 8 t       |
    }
    let x = pay.pay
    let y = pay.limit
  )");
  INFO(rules.report());
  REQUIRE(rules.clean());
  CHECK(test::show(*rules.let("x")) == "(pay.pay item.kind item.until item.spare)");
  CHECK(model::describe(rules.let("y")->type, guiju::Language::en) == "optional number [kg]");
  const model::Table& table = *rules.version().tables.at(0);
  CHECK(table.key_paths.size() == 3);
  CHECK(table.rows[0].keys[2].kind == model::Pattern::absent);
  CHECK(table.rows[0].results[1].kind == model::ResultCell::no_limit);
  CHECK(test::show(*table.rows[1].results[0].expr) == "(multiply 0.1 item.price)");
  CHECK(table.rows[2].results[0].kind == model::ResultCell::not_entitled);
  CHECK(table.rows[2].results[1].kind == model::ResultCell::absent);
  CHECK(table.rows[3].results[0].expr->kind == model::ExprKind::not_found);
  CHECK(table.rows[3].results[1].expr->value == Rational(8000));
}

TEST_CASE("a cross table is as many rows as cells") {
  const Rules rules(R"(
    table pay {
      | item.kind \ item.count | [1..2)     | [2..4)     | >= 4       |
      | car                    | 10000 yuan | 18000 yuan | 25000 yuan |
      | truck                  | 12000 yuan | 35000 yuan | 45000 yuan |
    }
    let x = pay
  )");
  INFO(rules.report());
  REQUIRE(rules.clean());
  const model::Table& table = *rules.version().tables.at(0);
  REQUIRE(table.rows.size() == 6);
  CHECK(interval_text(table.rows[1].keys[1]) == "[2..4)");
  CHECK(table.rows[5].keys[0].mask == 2);
  CHECK(table.rows[5].results[0].expr->value == Rational(45000));
  CHECK(test::show(*rules.let("x")) == "(pay.pay item.kind item.count)");
}

TEST_CASE("the columns of a cross table may be members") {
  const Rules rules(R"(
    table pay {
      | item.count \ item.kind | car | truck | van |
      | < 2                    | 1   | 2     | 3   |
      | >= 2                   | 4   | 5     | 6   |
    }
    let x = pay
  )");
  INFO(rules.report());
  REQUIRE(rules.clean());
  const model::Table& table = *rules.version().tables.at(0);
  REQUIRE(table.rows.size() == 6);
  CHECK(table.rows[0].keys[1].mask == 1);
  CHECK(table.rows[4].results[0].expr->value == Rational(5));
}

TEST_CASE("amended rows: kept, replaced, dropped, added") {
  const Rules rules(Rules::Whole{R"(
    program p "项目" {
      given item: Item
      in force by item.on
      version a from 2024-01-01 to 2024-12-31 {
        cite "文"
        table pay {
          | item.kind | item.size [kW] || pay [yuan] |
          | car       | < 5            || 1          |
          | car       | >= 5           || 2          |
          | truck     | any            || 3          |
        }
        amount = pay
      }
      version b from 2025-01-01 amends a, rest unverified {
        cite "文"
        table pay {
          | item.kind | item.size [kW] || pay [yuan] |
          | ...       |
          | car       | >= 5           || 20         |
          | drop truck | any           |
          | van       | any            || 4          |
        }
      }
    }
  )"});
  INFO(rules.report());
  REQUIRE(rules.clean());
  const model::Table& table = *rules.rulebook().programs[0].versions[1].tables.at(0);
  REQUIRE(table.rows.size() == 3);
  CHECK(table.rows[0].check == model::Citation::unverified);
  CHECK(table.rows[1].results[0].expr->value == Rational(20));
  CHECK(table.rows[1].check == model::Citation::unchecked);
  CHECK(table.rows[2].keys[0].mask == 4);
}

TEST_CASE("mistakes in tables") {
  check_faults({
      {"table t {\n | item.kind || a |\n | car || 1 |\n | car, van || 2 |\n }", Code::rows_overlap},
      {"table t {\n | item.size [kW] || a |\n | <= 5 || 1 |\n | [5..6] || 2 |\n }", Code::rows_overlap},
      {"table t {\n | item.kind | item.size [kW] || a |\n | any | > 5 || 1 |\n | not car | (4..5.1) || 2 |\n }",
       Code::rows_overlap},
      {"table t {\n | item.size || a |\n | <= 5 || 1 |\n }", Code::units_differ},
      {"table t {\n | item.size [kW] || a |\n | <= 5 kg || 1 |\n }", Code::units_differ},
      {"table t {\n | item.size [kW] || a |\n | (6..5] || 1 |\n }", Code::interval_empty},
      {"table t {\n | item.kind || a |\n | 5 || 1 |\n }", Code::other_type_needed},
      {"table t {\n | item.kind || a |\n | < car || 1 |\n }", Code::cell_no_pattern},
      {"table t {\n | item.kind || a |\n | cra || 1 |\n }", Code::unknown_name},
      {"table t {\n | item.kind || a |\n | absent || 1 |\n }", Code::key_never_absent},
      {"table t {\n | item.kind || a |\n | car || 1 |\n | van || 2 yuan |\n }", Code::units_differ},
      {"table t {\n | item.kind || a | b |\n | car || 1 |\n }", Code::row_width},
      {"table t {\n | item.kind || a | a |\n | car || 1 | 2 |\n }", Code::column_twice},
      {"table t {\n | item.knd || a |\n | car || 1 |\n }", Code::unknown_name},
      {"table t {\n given k: Kind\n | zzzzzz || a |\n | car || 1 |\n }", Code::column_not_given},
      {"table t {\n given k: Kind\n gives a: money, b: money\n | k || a |\n | car || 1 yuan |\n }",
       Code::column_missing},
      {"table t {\n given k: Kind\n gives a: money\n | k || a |\n | car || absent |\n }", Code::result_never_absent},
      {"table t {\n | item.kind || a |\n | car || not found \"x\" |\n }", Code::column_type_not_said},
      {"table t {\n given k: Kind\n | k || a |\n | car || 1 |\n }\n let x = t", Code::table_needs_keys},
      {"table t {\n | item.kind || a |\n | car || 1 |\n }\n let x = t(item.kind)", Code::table_takes_no_keys},
      {"table t {\n | item.kind || a | b |\n | car || 1 | 2 |\n }\n let x = 1 + t", Code::row_is_no_value},
      {"table t {\n | item.kind || aa | b |\n | car || 1 | 2 |\n }\n let x = t.ab", Code::unknown_name},
      {"table t {\n | item.kind || a |\n | car || = x |\n }\n let x = t.a + 1", Code::table_in_a_circle},
      {"table t from \"nowhere.csv\" {\n given k: Kind\n gives a: money\n }", Code::data_file_missing},
  });
}

TEST_CASE("rows from a CSV file, at their own places") {
  const std::string csv =
      "\xEF\xBB\xBFkind,model,size [kW],cap [yuan]\r\n"
      "car,M-1,< 5,1000\r\n"
      "\"car, van\",\"M \"\"2\"\"\",[5..6],\"= 10% of item.price\"\r\n"
      "\r\n"
      "truck,任意,any,2000?\r\n";
  const std::string table = "table t from \"t.csv\" {\n given kind: Kind, model: text, size: kW\n gives cap: money\n }";
  const Rules rules(table + "\n let x = t(item.kind, item.name, item.size)", "", {{"t.csv", csv}});
  INFO(rules.report());
  REQUIRE(rules.clean());
  const model::Table& read = *rules.version().tables.at(0);
  REQUIRE(read.rows.size() == 3);
  CHECK(read.rows[0].keys[1].texts == std::vector<std::string>{"M-1"});
  CHECK(read.rows[1].keys[1].texts == std::vector<std::string>{"M \"2\""});
  CHECK(read.rows[1].keys[0].mask == 5);
  CHECK(interval_text(read.rows[1].keys[2]) == "[5000..6000]");
  CHECK(test::show(*read.rows[1].results[0].expr) == "(multiply 0.1 item.price)");
  CHECK(read.rows[2].keys[1].kind == model::Pattern::any);
  CHECK(read.rows[2].results[0].doubt.doubtful);

  const Rules wrong(table, "", {{"t.csv", "kind,model,size [kW],cap [yuan]\ncra,M,5,1\ncar,M,5,1 kW\n"}});
  INFO(wrong.report());
  CHECK(wrong.count(Code::unknown_name) == 1);
  CHECK(wrong.count(Code::units_differ) == 1);
  CHECK(wrong.report().find("t.csv:2:1: error GJ1301: no such name: cra") != std::string::npos);
  CHECK(wrong.report().find("t.csv:3:9: error GJ1401") != std::string::npos);

  const Rules word(table, "", {{"t.csv", "kind,model,size [kW],cap [yuan]\ncar,M,5,abcdef\n"}});
  INFO(word.report());
  CHECK(word.only(Code::other_type_needed));
  CHECK(word.report().find("such as 300 yuan") != std::string::npos);
  const Rules computed(table, "", {{"t.csv", "kind,model,size [kW],cap [yuan]\ncar,M,5,= abcdef * 2\n"}});
  INFO(computed.report());
  CHECK(computed.only(Code::name_not_declared));

  CHECK(Rules(table, "", {{"t.csv", ""}}).only(Code::csv_empty));
  CHECK(Rules(table, "", {{"t.csv", "kind,model,size [kW],cap [yuan]\ncar,\"M,5,1\n"}}).only(Code::csv_quote_open));
  CHECK(Rules(table, "", {{"t.csv", "kind,model,size [kW],cap [yuan]\ncar,\"M\"x,5,1\n"}}).only(Code::csv_after_quote));
  CHECK(Rules(table, "", {{"t.csv", "kind,model,size [kW],cap [yuan]\ncar,M,5\n"}}).only(Code::row_width));
  CHECK(Rules(table, "", {{"t.csv", "kind,model,size [kW],cap [yuan]\ncar,M,5,1\ntruck,M,5,1\ncar,M,any,1\n"}})
            .only(Code::rows_overlap));
}

// Rows that are all held against each other would take minutes.
TEST_CASE("ten thousand rows are checked, and the one that repeats another is found") {
  std::string csv = "model,cap [yuan]\n";
  for (int i = 0; i < 10'000; ++i) csv += "M-" + std::to_string(i) + "," + std::to_string(i) + "\n";
  const Rules rules("table t from \"t.csv\" {\n given model: text\n gives cap: money\n }", "", {{"t.csv", csv}});
  INFO(rules.report());
  REQUIRE(rules.clean());
  CHECK(rules.version().tables.at(0)->rows.size() == 10'000);
  const Rules twice("table t from \"t.csv\" {\n given model: text\n gives cap: money\n }", "",
                    {{"t.csv", csv + "M-77,1\n"}});
  CHECK(twice.only(Code::rows_overlap));
}

TEST_CASE("grades by columns of levels") {
  const Rules rules(Rules::Whole{standard(R"(
    grade item.size on Tier at least when item.kind is car {
      | item.kind | item.mass [t] || level1 [kW] | level2  | level3 [MW] |
      | car       | <= 2          || 5           | 4000 W  | 0.003       |
      | car       | (2..3]        || 6?          | no limit | not found "未见" |
    } unverified "未核"
    grade item.share * 100 on Tier at least = 50 - it rounded half even to 0.01 when item.kind is truck {
      | item.kind | level1 | level2 |
      | truck     | 10     | 20     |
    }
    grade choose { level1 when item.sold; level2 otherwise }
    comply grade is level2 or better
    check fits: item.tier not exists or item.tier is grade otherwise "应为 {grade},标 {item.tier}"
  )")});
  INFO(rules.report());
  REQUIRE(rules.clean());
  const model::Grading& first = grading(rules);
  CHECK(first.form == model::Grading::by_column);
  CHECK(first.scale->name.primary == "Tier");
  CHECK(test::show(*first.when) == "(is{car} item.kind)");
  CHECK(first.levels == std::vector<std::uint32_t>{0, 1, 2});
  REQUIRE(first.rows.size() == 2);
  CHECK(first.rows[0].results[0].expr->value == Rational(5000));
  CHECK(first.rows[0].results[1].expr->value == Rational(4000));
  CHECK(first.rows[0].results[2].expr->value == Rational(3000));
  CHECK(first.rows[1].results[0].doubt.doubtful);
  CHECK(first.rows[1].results[1].kind == model::ResultCell::no_limit);
  CHECK(first.rows[1].results[2].expr->kind == model::ExprKind::not_found);
  CHECK(first.check == model::Citation::unverified);
  CHECK(first.note.zh == "未核");
  const model::Grading& formula = grading(rules, 1);
  CHECK(test::show(*formula.limit_formula) == "(round:3:0.01 (subtract 50 it))");
  CHECK(formula.key_paths.size() == 1);
  const model::Grading& named = grading(rules, 2);
  CHECK(named.form == model::Grading::expression);
  const model::Edition& edition = rules.rulebook().standards[0].editions[0];
  CHECK(test::show(*edition.complies.at(0).condition) == "(is{level1|level2} let:grade)");
  CHECK(edition.checks.at(0).reason.zh.size() == 3);
}

TEST_CASE("grades by rows of levels") {
  const Rules rules(Rules::Whole{standard(R"(
    grade on Tier {
      | level          | item.share at most | item.spare at least |
      | level1         | 60%                | 5 yuan              |
      | level2, level3 | 0.7                | no limit            |
    }
  )")});
  INFO(rules.report());
  REQUIRE(rules.clean());
  const model::Grading& read = grading(rules);
  CHECK(read.form == model::Grading::by_member);
  CHECK(read.row_levels == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(read.directions == std::vector<model::Grading::Direction>{model::Grading::at_most, model::Grading::at_least});
  CHECK(read.rows[2].results[1].kind == model::ResultCell::no_limit);
}

TEST_CASE("a grade by a standard") {
  const std::string body = "grade item.size on Tier at least {\n | item.kind || level1 [kW] |\n | car || 5 |\n }";
  const std::string program = R"(
    program p "项目" { given item: Item, other: optional Item  in force by item.on
      version v from 2024-01-01 { cite "文"  )";
  const Rules rules(Rules::Whole{program +
                                 "let x = grade of item by heat is level1 or better\n let y = grade of item by heat as "
                                 "at 2024-05-01 is unclassified below\n }\n}\n" +
                                 standard(body)});
  INFO(rules.report());
  REQUIRE(rules.clean());
  CHECK(test::show(*rules.let("x")) == "(is{level1} (grade))");
  CHECK(test::show(*rules.let("y")) == "(is_unclassified (grade))");
  const auto fault = [&](const std::string& let) {
    return Rules(Rules::Whole{program + "let x = " + let + "\n }\n}\n" + standard(body)});
  };
  CHECK(fault("grade of item by qqqqqq").only(Code::name_not_declared));
  CHECK(fault("grade of item by p").only(Code::standard_needed));
  CHECK(fault("grade of item, item by heat").only(Code::argument_count));
  CHECK(fault("grade of item by heat in edition f").only(Code::no_such_edition));
  CHECK(fault("grade of other by heat").only(Code::absent_not_handled));
  CHECK(fault("grade of item.size by heat").only(Code::other_type_needed));
}

TEST_CASE("a standard without grades, and one whose grade is faulty") {
  const std::string program = R"(
    program p "项目" { given item: Item  in force by item.on
      version v from 2024-01-01 { cite "文"
        let x = grade of item by heat is level1
      } }
    )";
  CHECK(Rules(Rules::Whole{program + standard("let a = 1")}).only(Code::standard_without_grade));
  CHECK(Rules(Rules::Whole{program + standard("grade item.kind")}).only(Code::grade_needed));
}

TEST_CASE("mistakes in grades") {
  const std::vector<Fault> cases{
      {"grade item.size on Kind at least {\n | item.kind || level1 |\n | car || 5 |\n }", Code::scale_needed},
      {"grade item.size on Tier at least {\n | item.kind || level9 [kW] |\n | car || 5 |\n }", Code::unknown_name},
      {"grade item.size on Tier at least {\n | item.kind || level1 |\n | car || 5 |\n }", Code::units_differ},
      {"grade item.size on Tier at least {\n | item.kind || level1 [kW] | level1 [kW] |\n | car || 5 | 6 |\n }",
       Code::column_twice},
      {"grade item.size on Tier at least {\n | item.kind || level1 [kW] |\n | car || 5 |\n | car || 6 |\n }",
       Code::rows_overlap},
      {"grade on Tier {\n | level | item.share |\n | level1 | 5% |\n }", Code::measure_without_direction},
      {"grade on Tier {\n | level | item.share at most |\n | level1 | 5% |\n | level1 | 6% |\n }", Code::level_twice},
      {"grade item.kind", Code::grade_needed},
  };
  for (const Fault& one : cases) {
    const Rules rules(Rules::Whole{standard(one.table)});
    INFO(one.table);
    INFO(rules.report());
    CHECK(rules.count(one.code) == 1);
    CHECK(rules.diagnostics().error_count() == 1);
  }
}

TEST_CASE("what an edition is for is known inside it") {
  const Rules rules(Rules::Whole{R"(
    standard heat { given item: Item
      in force by item.on
      edition e from 2020-01-01 for item.sold {
        cite "文"
        let tax = 10% of item.paid
        grade tax on Tier at most {
          | item.kind || level1 [yuan] |
          | car       || 5             |
        }
      }
    })"});
  INFO(rules.report());
  CHECK(rules.clean());
}
