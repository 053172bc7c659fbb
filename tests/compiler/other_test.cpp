// `other`: lists of earlier cases that may hold the case being decided itself.
#include "diagnostics/codes.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kRules = R"(
use language en
enum State { pending, granted, refunded }
record Purchase { number: text key  date: date  price: money from 0 yuan to 100000 yuan }
record Claim { number: text key  state: State  paid: money from 0 yuan }
program once "示例" {
  authority "示例局"
  given purchase: Purchase
  given claims: history of Claim
  in force by purchase.date
  version v from 2025-01-01 {
    cite "甲"
    limit one: 1 counting other claims where claim.state in {pending, granted}
    limit total: 3000 yuan summing other claim.paid for claim in claims where claim.state is granted
    amount = 10% of purchase.price, rounded down to 0.01 yuan
  }
}
)";

Case purchase(const std::string& number) {
  Case c(kRules, "once");
  c.text("purchase.number", number).day("purchase.date", "2025-05-01").number("purchase.price", 1000);
  c.list("claims", true);
  return c;
}

void claim(Case& c, const std::string& number, const std::string& state, std::int64_t paid) {
  const run::FieldRef in = c.entry("claims", "number", true);
  if (number.empty()) {
    c.facts().set_state(in, run::FactState::unknown);
  } else {
    c.facts().set_text(in, number);
  }
  c.facts().set_member(c.entry("claims", "state"), std::string_view(state));
  c.facts().set_number(c.entry("claims", "paid"), Rational(paid));
}

}  // namespace

TEST_CASE("the case itself is not counted, whatever its state") {
  Case c = purchase("A");
  claim(c, "A", "pending", 2950);
  CHECK(c.decide().outcome == "eligible");
  claim(c, "B", "refunded", 0);
  CHECK(c.decide().outcome == "eligible");
  claim(c, "C", "granted", 0);
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"one"});
}

TEST_CASE("sums leave the case itself out, too") {
  Case c = purchase("A");
  claim(c, "A", "granted", 2950);
  CHECK(c.decide().outcome == "eligible");
  Case d = purchase("B");
  claim(d, "A", "granted", 2950);
  CHECK(d.decide().outcome == "ineligible");
  CHECK(d.failed() == Names{"one", "total"});
}

TEST_CASE("an entry whose key is unknown may be the case itself") {
  Case c = purchase("A");
  claim(c, "", "granted", 0);
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"claims[0].number"});
  Case d = purchase("A");
  d.facts().set_state(d.field("purchase.number"), run::FactState::unknown);
  claim(d, "A", "granted", 0);
  CHECK(d.decide().outcome == "undetermined");
  CHECK(d.needs() == Names{"purchase.number"});
}

namespace {

const char* const kOptional = R"(
use language en
record Purchase { number: optional text key  date: date }
record Claim { number: optional text key }
program once "示例" {
  authority "示例局"
  given purchase: Purchase
  given claims: history of Claim
  in force by purchase.date
  version v from 2025-01-01 {
    cite "甲"
    limit one: 1 counting other claims
    amount = 10 yuan
  }
}
)";

std::string with_keys(const std::string& of_purchase, const std::string& of_claim) {
  Case c(kOptional, "once");
  const auto set = [&](const run::FieldRef& field, const std::string& key) {
    if (key.empty()) {
      c.facts().set_state(field, run::FactState::absent);
    } else {
      c.facts().set_text(field, key);
    }
  };
  c.day("purchase.date", "2025-05-01").list("claims", true);
  set(c.field("purchase.number"), of_purchase);
  set(c.entry("claims", "number", true), of_claim);
  return c.decide().outcome;
}

}  // namespace

TEST_CASE("an absent key is no other's key") {
  CHECK(with_keys("A", "A") == "eligible");
  CHECK(with_keys("A", "B") == "ineligible");
  CHECK(with_keys("", "A") == "ineligible");
  CHECK(with_keys("A", "") == "ineligible");
  CHECK(with_keys("", "") == "ineligible");
}

namespace {

bool finds(Code code, const std::string& purchase, const std::string& claim, const std::string& more_givens = "") {
  const std::string text = "use language en\nrecord Purchase { " + purchase + "  date: date }\nrecord Claim { " +
                           claim + " }\nprogram p \"p\" {\n authority \"a\"\n given purchase: Purchase" + more_givens +
                           "\n given claims: history of Claim\n in force by purchase.date\n version v from 2025-01-01 "
                           "{ cite \"c\" limit one: 1 counting other claims }\n}\n";
  compiler::FileReader reader;
  reader.read = [text](const std::string&) -> std::optional<std::string> { return text; };
  const compiler::Compiled compiled = compiler::compile({"rules.gj"}, reader);
  const auto& all = compiled.diagnostics.all();
  return all.size() == 1 && all[0].code == code;
}

}  // namespace

TEST_CASE("both sides need one key") {
  CHECK(finds(Code::other_without_key, "number: text key", "number: text"));
  CHECK(finds(Code::other_without_key, "number: text key", "number: text key, other_number: text key"));
  CHECK(finds(Code::other_than_what, "number: text", "number: text key"));
  CHECK(finds(Code::other_than_what, "number: number key", "number: text key"));
  CHECK(finds(Code::other_than_what, "number: text key", "number: text key", ", second: Purchase"));
}

TEST_CASE("of several keys of the case the one of the same name counts") {
  const std::string text = R"(
use language en
record Purchase { number: text key  date: date }
record Buyer { id: text key }
record Claim { number: text key }
program p "示例" {
  authority "示例局"
  given purchase: Purchase, buyer: Buyer
  given claims: history of Claim
  in force by purchase.date
  version v from 2025-01-01 { cite "甲"  limit one: 1 counting other claims  amount = 10 yuan }
}
)";
  Case c(text, "p");
  c.text("purchase.number", "A").text("buyer.id", "B").day("purchase.date", "2025-05-01").list("claims", true);
  c.facts().set_text(c.entry("claims", "number", true), "A");
  CHECK(c.decide().outcome == "eligible");
  c.facts().set_text(c.entry("claims", "number"), "B");
  CHECK(c.decide().outcome == "ineligible");
}
