// What a receipt holds, and that deciding again finds whatever is not as it was.
#include "shop.hpp"
#include "values/sha256.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

receipt::Verification verify(const std::string& text, const Shop& shop) {
  auto read = receipt::read(text);
  REQUIRE_MESSAGE(read, read.why.en);
  return receipt::verify(*read, shop.plan());
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a receipt, member by member") {
  const Shop shop;
  run::Options options;
  options.as_at = parse_iso_date("2025-06-01");
  const auto text = *shop.receipt(kSale, {}, options);
  const auto parsed = json::parse(text);
  REQUIRE(parsed.value);
  const json::Value& tree = *parsed.value;
  CHECK(json::canonical(tree) == text);
  std::vector<std::string> names;
  for (const auto& member : tree.members) names.push_back(member.name);
  CHECK(names == Names{"answer", "as_at", "engine", "facts", "facts_sha256", "format", "known_on", "masked",
                       "max_cases", "program", "receipt_sha256", "rules_sha256"});
  CHECK(tree.find("format")->number == 1);
  CHECK(tree.find("program")->text == "shop");
  CHECK(tree.find("as_at")->text == "2025-06-01");
  CHECK(tree.find("rules_sha256")->text == shop.plan()->rules_sha256);
  CHECK(
      json::canonical(*tree.find("facts")) ==
      R"({"buyer":{"id":"6301"},"claims":{"complete":true,"entries":[{"amount":"10.00 yuan","buyer":"6302","kind":"tv"}]},)"
      R"("sale":{"kind":"tv","on":"2025-05-01","price":"3999.90 yuan"}})");
  CHECK(
      json::canonical(*tree.find("answer")) ==
      R"({"amount":"449.99","amount_between":null,"conditions":[],"documents":[],"failed":[],"failed_one_of":[],"implements":null,"invalid":[],)"
      R"("label":{"en":"Shop","zh":"商店"},"may_be_refused":false,"nearest_version":null,"needs":[],"outcome":"eligible",)"
      R"("parts":[{"amount":"399.99","between":null,"name":"base"},{"amount":"50.00","between":null,"name":"extra"}],)"
      R"("payout":null,"reference_date":"2025-05-01","referred":[],"region":null,"shares":[],"stuck_on":[],"suspended":null,"version":"y2025",)"
      R"("version_label":{"en":"二〇二五","zh":"二〇二五"},"warnings":[]})");
  const auto found = verify(text, shop);
  CHECK(found.same());
  CHECK_FALSE(found.difference);
}

TEST_CASE("reasons stand in both languages, with their papers") {
  const Shop shop;
  const auto text = *shop.receipt(replaced(kSale, "3999.90", "7000"));
  CHECK(text.find(R"("failed":[{"cite":[{"articles":[{"en":"第二条","zh":"第二条"}],"check":null,)"
                  R"("title":{"en":"No. 1 of 2025","zh":"甲〔2025〕1号"}}],"id":)") != std::string::npos);
  CHECK(text.find(R"("text":{"en":"6301: 7000.00 yuan is above 6000 yuan","zh":"6301:售价 7000.00元 高于 6000元"})") !=
        std::string::npos);
  CHECK(verify(text, shop).same());
}

TEST_CASE("every outcome has a receipt that is the same when decided again") {
  const Shop shop;
  for (const char* facts :
       {"{}", kSale, R"({"sale": {"on": "2023-01-01"}})", R"({"sale": {"on": "2025-05-01", "price": 7000}})",
        R"({"sale": {"on": "2025-05-01", "price": "dear", "waited": null}, "buyer": {"name": null}})",
        R"({"sale": {"on": "2025-05-01", "kind": "tv", "price": 100}, "buyer": {"id": {"state": "unknowable"}},
            "claims": []})"}) {
    CAPTURE(facts);
    const auto text = shop.receipt(facts);
    REQUIRE_MESSAGE(text.value, text.why.en);
    CHECK(verify(*text.value, shop).same());
    CHECK(verify(*text.value + "\n", shop).same());
    CHECK(verify(*text.value + "\r\n", shop).same());
  }
}

TEST_CASE("a standard's grade has a receipt") {
  const Shop lamp(kShop, "lamp");
  const auto text = *lamp.receipt(R"({"lumen": 7, "made_on": "2021-01-01"})");
  CHECK(
      text.find(R"("checks":[{"name":"comply","text":{"en":"too dark","zh":"太暗"},"value":"no","warning":false}])") !=
      std::string::npos);
  CHECK(verify(text, lamp).same());
}

TEST_CASE("each byte counts") {
  const Shop shop;
  const std::string text = *shop.receipt(replaced(kSale, "3999.90", "7000"));
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char other : {'0', ' ', 'x'}) {
      if (text[i] == other) continue;
      std::string changed = text;
      changed[i] = other;
      CAPTURE(i);
      auto read = receipt::read(changed);
      if (read) CHECK_FALSE(receipt::verify(*read, shop.plan()).same());
    }
  }
  CHECK_FALSE(verify(" " + text, shop).intact);
  CHECK(verify(text + "\n", shop).same());
  CHECK_FALSE(receipt::read(text + "\n\n")->intact);
  CHECK_FALSE(receipt::read(text + "\r")->intact);
  CHECK_FALSE(receipt::read(text + text));
}

TEST_CASE("a forged answer is found though its hashes fit") {
  const Shop shop;
  const std::string honest = *shop.receipt(kSale);
  json::Value forged = *json::parse(replaced(honest, "\"amount\":\"449.99\"", "\"amount\":\"500.00\"")).value;
  forged.erase("receipt_sha256");
  forged.set("receipt_sha256", json::Value(sha256(json::canonical(forged))));
  const auto found = verify(json::canonical(forged), shop);
  CHECK(found.intact);
  CHECK(found.same_rules);
  CHECK_FALSE(found.same());
  REQUIRE(found.difference);
  CHECK(found.difference->path == "answer.amount");
  CHECK(found.difference->was == "\"500.00\"");
  CHECK(found.difference->now == "\"449.99\"");
}

TEST_CASE("an earlier engine may have told the same in other words; this one has only one way") {
  const Shop shop;
  const std::string text = *shop.receipt(replaced(kSale, "3999.90", "7000"));
  const std::string told = replaced(text, "7000.00 yuan is above", "7000.00 yuan is more than");
  const auto by = [&](const std::string& engine, const std::string& written) {
    json::Value tree = *json::parse(written).value;
    tree.erase("receipt_sha256");
    tree.erase("engine");
    tree.set("engine", json::Value(engine));
    tree.set("receipt_sha256", json::Value(sha256(json::canonical(tree))));
    return verify(json::canonical(tree), shop);
  };
  const auto reworded = by("0.0.9", told);
  CHECK(reworded.same());
  CHECK(reworded.reworded());
  CHECK(reworded.same_answer);
  CHECK_FALSE(reworded.same_words);
  REQUIRE(reworded.difference);
  CHECK(reworded.difference->path == "answer.failed[0].text.en");
  const auto same = by("0.0.9", text);
  CHECK(same.same());
  CHECK_FALSE(same.reworded());
  const auto forged = by(json::parse(text).value->find("engine")->text, told);
  CHECK(forged.intact);
  CHECK(forged.same_answer);
  CHECK_FALSE(forged.same());
  // What was decided is held to, whoever wrote it.
  const auto decided = by("0.0.9", replaced(told, "\"name\":\"cheap\"", "\"name\":\"dear\""));
  CHECK_FALSE(decided.same());
  REQUIRE(decided.difference);
  CHECK(decided.difference->path == "answer.failed[0].name");
}

TEST_CASE("what a receipt says of itself is held to, though its hashes fit") {
  const Shop shop;
  const std::string plain = *shop.receipt(kSale);
  const std::string masked = *shop.receipt(kSale, {"buyer.id"});
  const auto with = [&](const std::string& text, const std::string& name, json::Value value) {
    json::Value tree = *json::parse(text).value;
    tree.erase("receipt_sha256");
    tree.erase(name);
    tree.set(name, std::move(value));
    tree.set("receipt_sha256", json::Value(sha256(json::canonical(tree))));
    return json::canonical(tree);
  };
  const auto paths = [](std::initializer_list<const char*> all) {
    json::Value out = json::Value::array();
    for (const char* path : all) out.items.push_back(json::Value(path));
    return out;
  };
  CHECK(verify(with(masked, "masked", paths({"buyer.id"})), shop).same());
  for (const std::string& forged :
       {with(plain, "masked", paths({"buyer.id"})), with(plain, "masked", paths({"buyer.kind"})),
        with(masked, "masked", paths({"buyer.id", "claims.buyer"})), with(masked, "masked", paths({"buyer.nobody"}))}) {
    const auto found = verify(forged, shop);
    CHECK(found.intact);
    CHECK_FALSE(found.same());
    REQUIRE(found.difference);
    CHECK(found.difference->path == "masked");
  }
  for (const char* engine : {"", "1", "0.1", "0.1.0.0", "0.1.x", "mine", "0..1"})
    CHECK_FALSE(receipt::read(with(plain, "engine", json::Value(engine))));
  CHECK_FALSE(verify(with(plain, "engine", json::Value("9.0.0")), shop).same_engine);
}

TEST_CASE("what each reading of an open text comes to is on record") {
  const Shop shop(R"(
record Sale { on: date  price: money }
program shop "商店" / en "Shop" {
  given sale: Sale
  in force by sale.on
  version v from 2025-01-01 to 2025-12-31 {
    cite "甲"
    amount = undecided share "按哪个比例?" / en "which share?" { "一成" / en "a tenth": 10% of sale.price; "两成" / en "a fifth": 20% of sale.price }, rounded down to 0.01 yuan
  }
}
)");
  const auto text = *shop.receipt(R"({"sale": {"on": "2025-05-01", "price": 1000}})");
  const auto parsed = json::parse(text);
  const json::Value* ways = parsed.value->find("answer")->find("by_reading");
  REQUIRE(ways != nullptr);
  REQUIRE(ways->items.size() == 2);
  CHECK(
      json::canonical(ways->items[1]) ==
      R"({"amount":"200.00","amount_between":null,"grade":null,"may_be_refused":false,"outcome":"eligible",)"
      R"("read":[{"name":"share","question":{"en":"which share?","zh":"按哪个比例?"},"reading":{"en":"a fifth","zh":"两成"}}],)"
      R"("text":{"en":"","zh":""}})");
  CHECK(verify(text, shop).same());
}

TEST_CASE("other rules: told, and decided again") {
  const Shop shop;
  const std::string text = *shop.receipt(kSale);
  const auto remarked = verify(text, Shop(std::string(kShop) + "// a remark\n"));
  CHECK(remarked.intact);
  CHECK_FALSE(remarked.same_rules);
  CHECK(remarked.same_answer);
  const auto dearer = verify(text, Shop(replaced(kShop, "10% of", "12% of")));
  REQUIRE(dearer.difference);
  CHECK(dearer.difference->path == "answer.amount");
  const auto renamed = verify(text, Shop(replaced(kShop, "waited:", "lag:")));
  CHECK(renamed.same_answer);
  const auto gone = verify(text, Shop(replaced(kShop, "amount: money", "sum: money")));
  REQUIRE(gone.difference);
  CHECK(gone.difference->path == "facts.claims[0].amount");
  CHECK(gone.difference->now.empty());
  auto extra = receipt::read(text);
  extra->facts.set("extra", json::Value("x"));
  const auto strange = receipt::verify(*extra, shop.plan());
  REQUIRE(strange.difference);
  CHECK(strange.difference->path == "facts.extra");
  CHECK(strange.difference->was == "\"x\"");
  CHECK(strange.difference->now.empty());
}

TEST_CASE("what is no receipt is refused with a reason") {
  const Shop shop;
  const std::string text = *shop.receipt(kSale);
  const auto why = [](const std::string& written) { return receipt::read(written).why.en; };
  CHECK(why("").find("JSON is broken") != std::string::npos);
  CHECK(why("{\n \"format\": 1,\n}") ==
        "this is no receipt: its JSON is broken (line 2, column 13: a comma too many before "
        "the closing bracket)");
  CHECK(receipt::read("{\"a\" 1}").why.zh == "不是凭证:JSON 有误(第 1 行第 6 列:名称之后缺少冒号)");
  CHECK(receipt::read("{\"a\":1.5}").why.zh == "不是凭证:JSON 有误(有一个数不是整数)");
  CHECK(why("[]").find("no format") != std::string::npos);
  CHECK(why("{\"format\":1}").find("members are missing") != std::string::npos);
  CHECK(why(replaced(text, "\"format\":1", "\"format\":2")).find("knows 1 to 1") != std::string::npos);
  CHECK(why(replaced(text, "\"as_at\":null", "\"as_at\":\"soon\"")).find("members are missing") != std::string::npos);
  CHECK(why(std::string(receipt::kLargest + 2, ' ')).find("16 MiB") != std::string::npos);
}
