// What somebody who writes rules is told: all of it in one run, at its place, with what to write instead.
#include "diagnostics/codes.hpp"
#include "memory_files.hpp"
#include "support_rules.hpp"

using namespace guiju;

namespace {

using Told = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

// "id: what is marked", in the order of places.
Told told(const Files& files, const std::vector<std::string>& asked) {
  guiju_test::MemoryFiles memory(files);
  const auto compiled = compiler::compile(asked, memory.reader());
  Told out;
  for (const Diagnostic& d : compiled.diagnostics.all())
    out.push_back(std::string(info(d.code).id).append(": ").append(compiled.sources.text(d.span)));
  return out;
}

std::string programme(const std::string& body) {
  return "record X { on: date  price: money from 0 yuan to 100 yuan  new: bool  part: optional number  rate: number }\n"
         "program p \"项目\" {\n given x: X\n in force by x.on\n version v from 2024-01-01 {\n cite \"甲\"\n" +
         body + "\n}\n}\n";
}
Told told_of(const std::string& body) {
  return told({{"a.gj", programme(body)}}, {"a.gj"});
}

std::string help_of(const std::string& body, Language language) {
  guiju_test::MemoryFiles memory(Files{{"a.gj", programme(body)}});
  const auto compiled = compiler::compile({"a.gj"}, memory.reader());
  REQUIRE_FALSE(compiled.diagnostics.all().empty());
  return help(compiled.diagnostics.all().front(), language);
}

}  // namespace

TEST_CASE("what the scales show is told along with other mistakes") {
  const std::string fraction = "fraction_of_fen: amount = 15% of x.price";
  for (const char* other : {"require a: x.nothing < 3", "require a: x.price < 3", "payout 17", "let a = b"}) {
    CAPTURE(other);
    const Told all = told_of("amount = 15% of x.price\n" + std::string(other));
    CHECK(all.size() == 2);
    CHECK(std::count(all.begin(), all.end(), fraction) == 1);
  }
  // In another version, and in another programme; not where the amount itself is at fault.
  const Told elsewhere = told({{"a.gj", programme("amount = 15% of x.price") + "let q = nobody"}}, {"a.gj"});
  CHECK(std::count(elsewhere.begin(), elsewhere.end(), fraction) == 1);
  CHECK(told_of("amount = 15% of x.nothing") == Told{"no_such_field: nothing"});
  CHECK(told_of("let q = x.nothing\n amount = 15% of q").size() == 1);

  CHECK(told_of("amount = 15% of x.price, rounded down to 0 yuan").size() == 1);

  const std::string shares = "amount = 1 yuan, shared 9999 : 2 between a, b remainder to b";
  CHECK(told_of(shares + "\nrequire a: x.nothing < 3").size() == 2);
}

TEST_CASE("a standard with too many editions is told along with other mistakes") {
  std::string text = "record X { on: date  n: number }\nlet q = nobody\nstandard s { given x: X  in force by x.on\n";
  for (int i = 0; i < 61; ++i)
    text += "edition e" + std::to_string(i) + " from " + std::to_string(1910 + i) + "-01-01 to " +
            std::to_string(1910 + i) + "-12-31 { cite \"a\" }\n";
  const Told all = told({{"a.gj", text + "}"}}, {"a.gj"});
  CHECK(
      std::any_of(all.begin(), all.end(), [](const std::string& one) { return one.starts_with("too_many_members"); }));
  CHECK(std::count(all.begin(), all.end(), "name_not_declared: nobody") == 1);
}

TEST_CASE("rounding twice to fewer digits is noticed wherever the first rounding stands") {
  const std::string fen = "15% of x.price rounded down to 0.01 yuan";
  const std::string yuan = "rounded down to 1 yuan";
  for (const std::string& body : {
           "amount = " + fen + ", " + yuan,
           "amount = 15% of x.price, rounded down to 0.01 yuan, " + yuan,
           "let q: money = 15% of x.price, rounded down to 0.01 yuan\n amount = q, " + yuan,
           "let q = " + fen + "\n amount = q + 1 yuan, at most 5 yuan, " + yuan,
           "amount = (if x.new then " + fen + " otherwise 3 yuan), " + yuan,
           "amount = choose { " + fen + " when x.new; 3 yuan otherwise }, " + yuan,
           "amount { a: " + fen + " }, " + yuan,
           "amount { a: 15% of x.price, rounded down to 0.01 yuan  b: 1 yuan }, " + yuan,
           "part a { pay 15% of x.price, rounded down to 0.01 yuan }\n amount { ... }, " + yuan,
       }) {
    CAPTURE(body);
    CHECK(told_of(body) == Told{"rounded_twice: " + yuan});
  }
  for (const std::string& body : {
           "amount = 15% of x.price, at most 5 yuan, " + yuan,
           "amount = 15% of x.price, " + yuan + ", rounded down to 0.01 yuan",
           "amount { a: 15% of x.price, " + yuan + "  b: 2 yuan }, " + yuan,
       }) {
    CAPTURE(body);
    CHECK(told_of(body).empty());
  }
}

TEST_CASE("a name of a file that is not used says which file to use") {
  const Files files = {
      {"shared/words.gj",
       "enum Kind { old }\nunit 捆\nrecord Y { on: date }\nstandard S { given y: Y in force by y.on }"},
      {"towns/b.gj", "record X { kind: Kind  load: 捆 }\nlet k = Kind.old"}};
  const Told all = told(files, {"shared/words.gj", "towns/b.gj"});
  CHECK(std::count(all.begin(), all.end(), "declared_in_unused_file: Kind") == 2);
  CHECK(std::count(all.begin(), all.end(), "declared_in_unused_file: 捆") == 1);
  guiju_test::MemoryFiles memory(files);
  const auto compiled = compiler::compile({"shared/words.gj", "towns/b.gj"}, memory.reader());
  for (const Diagnostic& d : compiled.diagnostics.all()) {
    if (d.code != Code::declared_in_unused_file) continue;
    CHECK(help(d, Language::zh) == "请在文件开头写:引用 \"../shared/words.gj\"");
  }
}

TEST_CASE("what is absent says how to write it, with parentheses where they are needed") {
  CHECK(help_of("require a: x.part < 3", Language::en).ends_with("or `x.part if absent …`"));
  CHECK(help_of("let q = choose { x.part when x.new; 3 otherwise }\n require a: q < 3", Language::en)
            .find("in parentheses beside `or`") != std::string::npos);
  CHECK(help_of("require a: first present of { x.part } < 3", Language::zh)
            .ends_with("或写“(first present of { x.part }) 若无 …”"));
}

TEST_CASE("types are named in the language of the reader") {
  guiju_test::MemoryFiles memory(Files{{"a.gj", "let x = if 1 < 2 then 3 yuan otherwise 2024-01-01"}});
  const auto compiled = compiler::compile({"a.gj"}, memory.reader());
  REQUIRE(compiled.diagnostics.all().size() == 1);
  CHECK(message(compiled.diagnostics.all()[0], Language::zh) == "金额 与 日期 不能表示同一内容");
  CHECK(message(compiled.diagnostics.all()[0], Language::en) == "money and date cannot stand for the same thing");
}

TEST_CASE("a word that is nobody's is taken for a keyword of the language where it is one elsewhere") {
  CHECK(told_of("require a: x.new is true") == Told{"everyday_word: true"});
  CHECK(told_of("require a: x.price 大于 3 yuan") == Told{"everyday_word: 大于"});
  CHECK(told({{"a.gj", "enum Answer { true, false }\nlet a = Answer.true"}}, {"a.gj"}).empty());
}

TEST_CASE("dates, numbers and comparisons as people speak them are told once, with what to write") {
  struct Spoken {
    const char *condition, *told, *instead_zh, *instead_en;
  };
  const Spoken all[] = {
      {"x.on 在 2025年5月1日前", "word_before: 前", "含当日请写 不晚于,不含请写 早于", nullptr},
      {"x.on 早于 5月1日前", "partial_date: 5月1日前", nullptr, nullptr},
      {"x.on 5月1日前", "partial_date: 5月1日前", nullptr, nullptr},
      {"x.on 早于 2025/5/1", "date_form: 2025/5/1", "请写 2025-05-01", nullptr},
      {"x.on 早于 2025.5.1", "date_form: 2025.5.1", "请写 2025-05-01", nullptr},
      {"x.on before 5/1/2025", "date_form: 5/1/2025", nullptr, "write 2025-05-01 or 2025-01-05"},
      {"x.on before 25/1/2025", "date_form: 25/1/2025", nullptr, "write 2025-01-25"},
      {"x.on before May 1, 2025", "date_form: May 1, 2025", nullptr, "write 2025-05-01"},
      {"x.on before 1st Sept 2025", "date_form: 1st Sept 2025", nullptr, "write 2025-09-01"},
      {"x.on 不迟于 2025-05-01", "everyday_word: 不迟于", "请写 不晚于", nullptr},
      {"x.on no later than 2025-05-01", "everyday_word: no later than", nullptr, "write on or before"},
      {"x.on by 2025-05-01", "compares_nothing: by", nullptr, "write on or before"},
      {"x.on between 2025-05-01 and 2025-06-01", "comparison_missing: between 2025-05-01", nullptr,
       "write x.on within 2025-05-01 to 2025-06-01, or another comparison"},
      {"x.price at least eighteen", "number_form: eighteen", nullptr, "write 18"},
      {"x.price 不低于 三千元", "number_form: 三千元", "请写 3000元", nullptr},
      {"x.price 不低于 一万二千零五十元", "number_form: 一万二千零五十元", "请写 12050元", nullptr},
      {"x.price 不低于 3千元", "number_form: 3千元", "请写 3000元", nullptr},
      {"x.price 不低于 2千万元", "number_form: 2千万元", "请写 20000000元", nullptr},
      {"x.price 不低于 ¥30", "number_form: ¥30", "请写 30元", "write 30 yuan"},
      {"x.price 不低于 ￥30元", "number_form: ￥30元", "请写 30元", nullptr},
      {"x.price at least 3k yuan", "number_form: 3k yuan", nullptr, "write 3000 yuan"},
      {"x.price at least 1.5 thousand yuan", "number_form: 1.5 thousand yuan", nullptr, "write 1500 yuan"},
      {"x.price at least CNY 30", "number_form: CNY 30", nullptr, "write 30 yuan"},
      {"x.price 不低于 30 人民币", "unknown_unit: 30 人民币", "是否想写 元?", nullptr},
      {"x.rate 不超过 百分之三十", "number_form: 百分之三十", "请写 30%", nullptr},
      {"x.rate at most 30 per cent", "number_form: 30 per cent", nullptr, "write 30%"},
      {"x.rate 50%以内", "comparison_missing: 50%", "请写 x.rate 不超过 50%,或别的比较", nullptr},
      {"x.price 20元以上（含）", "comparison_missing: 20元", "请写 x.price 不低于 20元,或别的比较", nullptr},
      {"x.price 在 20元（含）以上", "comparison_missing: 在 20元", "请写 x.price 不低于 20元,或别的比较", nullptr},
      {"x.price 在 3元 到 18元 之间", "comparison_missing: 在 3元",
       "请写 x.price 不低于 3元 且 x.price 不超过 18元,或别的比较", nullptr},
      {"x.rate 介于 3 和 18", "comparison_missing: 介于 3 和", "请写 x.rate 不低于 3 且 x.rate 不超过 18,或别的比较",
       nullptr},
      {"x.price 满 20元", "compares_nothing: 满", "请写 不低于", nullptr},
      {"x.price 达到 20元", "compares_nothing: 达到", "请写 不低于", nullptr},
      {"x.price 至多 20元", "compares_nothing: 至多", "请写 不超过", nullptr},
      {"x.new 是 是", "compares_nothing: 是", "请写 为", nullptr},
      {"x.price 未满 20元", "everyday_word: 未满", "请写 不满", nullptr},
      {"x.price ≠ 20元", "refused_sign: ≠", "请写 不为", "write is not"},
      {"x.rate >= 1 & x.new", "refused_sign: &", "请写 且", "write and"},
      {"x.rate <> 1", "refused_sign: <>", nullptr, "write is not"},
      {"x.rate 不低于 18 并且 x.new", "everyday_word: 18 并且", "请写 且", nullptr},
      {"x.rate must be at least 18", "everyday_word: must be at least", nullptr, "write at least"},
      {"x.price at least 3 yuan and at most 18 yuan", "nothing_compared: at most", nullptr, "write x.price at most …"},
      {"x.price within 3 yuan to 5 yuan", "within_of_numbers: x.price", nullptr, nullptr},
  };
  for (const Spoken& one : all) {
    CAPTURE(std::string(one.condition));
    const std::string body = "require a: " + std::string(one.condition);
    CHECK(told_of(body) == Told{one.told});
    if (one.instead_zh != nullptr) CHECK(help_of(body, Language::zh) == one.instead_zh);
    if (one.instead_en != nullptr) CHECK(help_of(body, Language::en) == one.instead_en);
  }
  // What the language knows is read as ever.
  CHECK(told_of("require a: x.price 不超过 1.5万元 且 x.rate 不超过 30％ 且 x.on 早于 2025年5月1日").empty());
  CHECK(told_of("let May = 1\nlet k = 2\nrequire a: x.rate >= May + k").empty());
  CHECK(told_of("amount = x.price 15%") == Told{"comparison_missing: 15%"});
}

TEST_CASE("lets in a circle are all pointed at") {
  guiju_test::MemoryFiles memory(Files{{"a.gj", "let a = b + 1\nlet b = c + 1\nlet c = a + 1"}});
  const auto compiled = compiler::compile({"a.gj"}, memory.reader());
  REQUIRE(compiled.diagnostics.all().size() == 1);
  const Diagnostic& d = compiled.diagnostics.all()[0];
  CHECK(d.code == Code::let_in_a_circle);
  REQUIRE(d.related.size() == 2);
  CHECK(compiled.sources.text(d.related[0].span) == "b");
  CHECK(compiled.sources.text(d.related[1].span) == "c");
}

TEST_CASE("a fixed number to a whole power is exact") {
  CHECK(told({{"a.gj", "test \"t\" { check 2^10 is 1024 }"}}, {"a.gj"}).empty());
  CHECK(told_of("require a: x.price / 1 yuan ^ 10 < 3").size() == 1);
}

TEST_CASE("a level that is expected of a standard is written after `grade`") {
  const std::string text =
      "scale Level from best { a, b }\nrecord X { on: date  n: number }\n"
      "standard s { given x: X  in force by x.on\n edition e from 2024-01-01 { cite \"甲\"\n"
      " grade x.n on Level at least {\n | a | b |\n | 3 | 2 |\n }\n } }\n"
      "test \"t\" of s { given x { on: 2024-02-02, n: 4 } expect a }\n";
  guiju_test::MemoryFiles memory(Files{{"a.gj", text}});
  const auto compiled = compiler::compile({"a.gj"}, memory.reader());
  REQUIRE_FALSE(compiled.diagnostics.all().empty());
  const Diagnostic& d = compiled.diagnostics.all().back();
  CHECK(d.code == Code::unknown_expectation);
  CHECK(help(d, Language::en) == "write grade a");
  CHECK(help(d, Language::zh) == "请写 定级 a");
}

TEST_CASE("members side by side are a set, a member stands without quotes, a unit has its number") {
  const auto help_in = [](const std::string& condition, Language language) {
    guiju_test::MemoryFiles memory(Files{{"a.gj",
                                          "enum Kind { fridge \"冰箱\", tv, lamp }\nscale Rank from best { one, two }\n"
                                          "record X { on: date  kind: Kind  mark: Rank }\n"
                                          "program p \"项目\" {\n given x: X\n in force by x.on\n version v from "
                                          "2024-01-01 {\n cite \"甲\"\n require a: " +
                                              condition + "\n amount = 5 yuan\n}\n}\n"}});
    const auto compiled = compiler::compile({"a.gj"}, memory.reader());
    REQUIRE(compiled.diagnostics.all().size() == 1);
    return help(compiled.diagnostics.all().front(), language);
  };
  CHECK(help_in("x.kind is fridge or tv or lamp", Language::en) == "write x.kind in {fridge, tv, lamp}");
  CHECK(help_in("x.kind is fridge or tv", Language::zh) == "请写 x.kind 属于 {fridge, tv}");
  CHECK(help_in("x.kind is not fridge or tv", Language::en) == "write x.kind not in {fridge, tv}");
  CHECK(help_in("x.kind is \"fridge\"", Language::en) == "without quotes: write fridge");
  CHECK(help_in("x.kind is \"冰箱\"", Language::zh) == "请写 fridge,不加引号");
  CHECK(help_in("x.kind is \"nothing\"", Language::en) == "compare things of one kind");
  CHECK(help_in("x.mark为two及以上", Language::zh).starts_with("是否想写 mark 为 two 及以上?"));

  CHECK(help_of("let a = 1次", Language::zh) == "是否想写 1(计数不带单位)?");
  CHECK(help_of("require a: x.on within 2 weeks prior x.on", Language::en) == "did you mean 14 days?");
  CHECK(help_of("let q = x.price rounded down to 分", Language::zh) == "是否想写 0.01元?");
}

TEST_CASE("what could not be read is told, not what its names are missed for") {
  const std::string test =
      "test \"t\" of p {\n given x { on: 2024-01-01 }\n expect ineligible {a}\n but x.new no expect ineligible {a}\n}";
  CHECK(told({{"a.gj", programme("require a: x.price > > 5 yuan") + test}}, {"a.gj"}) == Told{"unexpected: >"});
  CHECK(told({{"a.gj", programme("require b: x.price > 5 yuan\n amount = 1 yuan") + test}}, {"a.gj"}).size() == 2);
  CHECK(told_of("require x.price > 5 yuan\n require x.new") == Told{"unexpected: .", "unexpected: ."});
  CHECK(told({{"a.gj",
               "record X { on: date }\nprogram p {\n given x: X\n in force by x.on\n version v from 2024-01-01 到 "
               "2024-12-31 {\n cite \"a\" }\n}\n"}},
             {"a.gj"}) == Told{"unexpected: 到"});
}

TEST_CASE("a word of the language is no second name, and `else` is told once") {
  CHECK(told_of("let a / zh 若: number = 5") == Told{"built_in_name: 若"});
  CHECK(told_of("let a / zh `若`: number = 5").empty());
  CHECK(told_of("require a: x.new else 5") == Told{"word_else: else"});
  CHECK(told_of("let a = 2 ^ (-2)").empty());
  CHECK(told_of("let a = 0 ^ (-2)") == Told{"divided_by_zero: 0 ^ (-2)"});
  CHECK(told_of("let a = x.rate ^ (-2)") == Told{"rounding_compulsory: x.rate ^ (-2)"});
}

TEST_CASE("an amount, cap or limit that cannot be meant is told") {
  CHECK(told_of("amount = -5 yuan") == Told{"nothing_granted: -5 yuan"});
  CHECK(told_of("amount { a: 5 yuan  b: -5 yuan }") == Told{"nothing_granted: -5 yuan"});
  CHECK(told_of("amount = x.price, at most -5 yuan") == Told{"nothing_granted: -5 yuan"});
  CHECK(told_of("amount = 0 yuan").empty());
  const auto limit = [](const std::string& bound) {
    return told(
        {{"a.gj",
          "record X { on: date }\nrecord C { on: date }\nprogram p \"项目\" {\n given x: X, claims: history of C\n"
          " in force by x.on\n version v from 2024-01-01 {\n cite \"甲\"\n limit a: " +
              bound + " counting claims\n amount = 5 yuan\n}\n}\n"}},
        {"a.gj"});
  };
  CHECK(limit("0") == Told{"nothing_granted: 0"});
  CHECK(limit("-1") == Told{"nothing_granted: -1"});
  CHECK(limit("1").empty());
}
