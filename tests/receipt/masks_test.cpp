// Masked texts: gone from facts and reasons, equal where they were equal, and the same decision.
#include "shop.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

// A buyer who was granted one: both identity numbers are the same text.
constexpr const char* kAgain =
    R"({"sale": {"on": "2025-05-01", "kind": "tv", "price": 7000}, "buyer": {"id": "6301", "name": "张三"},)"
    R"( "claims": {"complete": true, "entries": [{"buyer": "6301", "kind": "tv", "amount": 10},)"
    R"( {"buyer": "6302", "kind": "tv", "amount": 10}, {"buyer": "6302", "kind": "fridge", "amount": 10}]}})";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a mask replaces its text wherever a fact has it, reasons included") {
  const Shop shop;
  const auto text = *shop.receipt(kAgain, {"buyer.id"});
  CHECK_FALSE(holds(text, "6301"));
  CHECK(holds(text, "6302"));
  CHECK(holds(text, R"("buyer":{"id":"masked-1","name":"张三"})"));
  CHECK(holds(text, R"({"amount":"10.00 yuan","buyer":"masked-1","kind":"tv"})"));
  CHECK(holds(text, "masked-1 was granted one"));
  CHECK(holds(text, R"("masked":["buyer.id"])"));
  CHECK(receipt::verify(*receipt::read(text), shop.plan()).same());
}

TEST_CASE("several masks, in entries too, count on in order") {
  const Shop shop;
  const auto text = *shop.receipt(kAgain, {"claims.buyer", "buyer.name", "buyer.id"});
  CHECK_FALSE(holds(text, "6301"));
  CHECK_FALSE(holds(text, "6302"));
  CHECK_FALSE(holds(text, "张三"));
  CHECK(holds(text, R"("buyer":{"id":"masked-1","name":"masked-3"})"));
  CHECK(holds(text, R"("buyer":"masked-2","kind":"fridge")"));
  CHECK(receipt::verify(*receipt::read(text), shop.plan()).same());
}

TEST_CASE("a stand-in is never a text of the case") {
  const Shop shop;
  std::string facts = kAgain;
  facts.replace(facts.find("6302"), 4, "masked-1");
  const auto text = *shop.receipt(facts, {"buyer.id"});
  CHECK(holds(text, R"("id":"masked-2")"));
}

TEST_CASE("refused: no such fact, no text, or another decision") {
  const Shop shop;
  CHECK(shop.receipt(kAgain, {"buyer.nobody"}).why.en == "no such fact to mask: buyer.nobody");
  CHECK(shop.receipt(kAgain, {"sale.price"}).why.en ==
        "only texts can be masked, which rules compare for equality alone: sale.price");
  CHECK(shop.receipt(kAgain, {"claims"}).why.en.starts_with("only texts"));
  CHECK(shop.receipt(kAgain, {"claims.kind"}).why.en.starts_with("only texts"));
  std::string facts = kAgain;
  facts.replace(facts.find("6301"), 4, "nobody");
  CHECK(shop.receipt(facts, {"buyer.id"}).why.en.starts_with("masked, the case is decided otherwise"));
  CHECK(shop.receipt(kSale, {"buyer.name"}).value);  // not told: nothing to hide
}

TEST_CASE("what came where no text could be read is hidden too") {
  const Shop shop;
  std::string facts = kAgain;
  facts.replace(facts.find("\"6301\""), 6, "630101");
  const auto text = *shop.receipt(facts, {"buyer.id"});
  CHECK_FALSE(holds(text, "630101"));
  CHECK(holds(text, R"("id":{"got":"masked-1","state":"bad"})"));
}
