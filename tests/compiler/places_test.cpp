// Local files that carry out a national programme, what is left to them, and regions by name.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const std::string kNational = R"(
use language en
enum Kind { person, company }
record Purchase { on: date  price: money from 0 yuan to 100000 yuan  buyer: Kind  place: region }
program national "National" {
  authority "ministry"
  given purchase: Purchase
  let net = purchase.price
  in force by purchase.on
  version y2024 from 2024-01-01 to 2024-12-31 {
    cite "n1"
    leave rate to region, at least 10%, at most 30%
    let cap = 500 yuan
    require personal: purchase.buyer is person otherwise "for persons"
    amount { base: rate of net  extra: 10 yuan when purchase.price > 1000 yuan }
      at most cap reducing extra first, rounded down to 0.01 yuan
  }
  version y2024b from 2024-01-01 to 2024-12-31 amends y2024 supersedes y2024 {
    cite "n2"
    let cap = 600 yuan
  }
  version y2025 from 2025-01-01 to 2025-12-31 amends y2024 {
    cite "n3"
    let cap = 700 yuan
  }
}
)";

// The national programme and a local one with these versions.
Case places(const std::string& versions, const std::string& program = "local") {
  return {kNational + "program local implements national in 630000 {\n" + versions + "}\n", program};
}

Case bought(Case c, const std::string& on, std::int64_t price = 1000) {
  c.day("purchase.on", on).number("purchase.price", price).member("purchase.buyer", "person");
  return c;
}

const std::string kLocal2024 = "version l2024 from 2024-03-01 to 2024-12-31 { cite \"q\" ";

std::vector<std::string> findings(const std::string& text) {
  compiler::FileReader reader;
  reader.read = [&](const std::string&) -> std::optional<std::string> { return text; };
  const compiler::Compiled compiled = compiler::compile({"rules.gj"}, reader);
  std::vector<std::string> out;
  for (const Diagnostic& d : compiled.diagnostics.all()) out.push_back(code_name(d.code));
  return out;
}

std::vector<std::string> local_findings(const std::string& versions) {
  return findings(kNational + "program local implements national in 630000 {\n" + versions + "}\n");
}

}  // namespace

TEST_CASE("what the national file says comes along; what the local file writes replaces it") {
  Case c = bought(places(kLocal2024 + "let rate = 20% let cap = 150 yuan require few: purchase.price <= 2000 yuan }"),
                  "2024-05-01");
  const auto& d = c.decide();
  CHECK(d.outcome == "eligible");
  CHECK(d.amount == "150.00");
  CHECK(d.program == "local");
  CHECK(d.implements == "national");
  CHECK(d.region == "630000");
  CHECK(d.region_label == "Qinghai");
  c.member("purchase.buyer", "company").number("purchase.price", 3000);
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"personal", "few"});
  c.day("purchase.on", "2024-02-29");
  CHECK(c.decide().outcome == "not_in_force");
  CHECK(c.decide().nearest_version == "l2024");
}

TEST_CASE("statements are dropped, and parts of the amount kept and added") {
  Case c = bought(places(kLocal2024 + "let rate = 20% drop require personal "
                                      "amount { ..., local: 5 yuan } rounded down to 0.01 yuan }"),
                  "2024-05-01", 2000);
  c.member("purchase.buyer", "company");
  CHECK(c.decide().amount == "415.00");
  CHECK(c.decide().parts.size() == 3);
}

TEST_CASE("a local version starts from the national one of its days, the superseding before the superseded") {
  const std::string versions = kLocal2024 + "let rate = 30% }\n" +
                               "version l2025 from 2025-01-01 to 2025-06-30 { cite \"q\" let rate = 30% }\n" +
                               "version late from 2025-07-01 to 2025-12-31 amends l2025 { cite \"q\" }\n";
  CHECK(bought(places(versions), "2024-05-01", 9000).decide().amount == "600.00");
  CHECK(bought(places(versions), "2025-05-01", 9000).decide().amount == "700.00");
  CHECK(bought(places(versions), "2025-08-01", 9000).decide().amount == "700.00");
  CHECK(
      bought(places("version l2024 from 2024-03-01 to 2024-12-31 amends national.y2024 { cite \"q\" let rate = 30% }"),
             "2024-05-01", 9000)
          .decide()
          .amount == "500.00");
}

TEST_CASE("days that no national version has, or several have") {
  CHECK(local_findings("version l from 2026-01-01 to 2026-12-31 { cite \"q\" }") == Names{"GJ1635"});
  CHECK(local_findings("version l from 2024-03-01 to 2025-03-01 { cite \"q\" }") == Names{"GJ1636"});
  CHECK(local_findings("version l from 2025-03-01 to 2026-03-01 { cite \"q\" }") == Names{"GJ1637"});
  CHECK(local_findings("version l from 2025-03-01 to 2025-12-31 amends national.y2026 { cite \"q\" }") ==
        Names{"GJ1605"});
  CHECK(local_findings("version l from 2025-03-01 to 2025-12-31 amends y2025 { cite \"q\" }") == Names{"GJ1605"});
}

TEST_CASE("what nobody has set is open between its bounds, in the national file and in a local one") {
  for (const std::string program : {"national", "local"}) {
    Case c = bought(places(kLocal2024 + "}", program), "2024-05-01");
    const auto& d = c.decide();
    CHECK(d.outcome == "referred");
    REQUIRE(d.referred.size() == 1);
    CHECK(d.referred[0].what == "left_to_region");
    CHECK(d.referred[0].name == "rate");
    CHECK(d.referred[0].why == "left to the region, at least 10%, at most 30%");
    CHECK(d.amount_least == "100.00");
    CHECK(d.amount_most == "300.00");
    c.member("purchase.buyer", "company");
    CHECK(c.decide().outcome == "ineligible");
  }
}

TEST_CASE("a bound that is a name is told as its figure") {
  Case c(R"(
use language en
record Purchase { date: date, price: money from 0 yuan to 100000 yuan }
program national "补贴" {
  authority "示例局"
  given purchase: Purchase
  in force by purchase.date
  version y2024 from 2024-01-01 to 2024-12-31 {
    cite "甲"
    let level2_rate = 15%
    let most = level2_rate
    leave rate to region, at most most
    amount = rate of purchase.price, rounded down to 0.01 yuan
  }
}
)",
         "national");
  c.day("purchase.date", "2024-05-01").number("purchase.price", 1000);
  REQUIRE(c.decide().referred.size() == 1);
  CHECK(c.decide().referred[0].why == "left to the region, at most 15%");
}

TEST_CASE("one bound is enough: a figure that is left is not below 0 unless a bound says so") {
  const auto national = [](const std::string& bounds, const std::string& amount) {
    Case c(
        "use language en\nrecord Sale { on: date  price: money from 0 yuan to 100000 yuan }\n"
        "program national {\n  authority \"a\"\n  given sale: Sale\n"
        "  in force by sale.on\n  version y from 2024-01-01 to 2024-12-31 {\n    cite \"n\"\n    leave f to region" +
            bounds + "\n    amount = " + amount + ", rounded down to 0.01 yuan\n  }\n}\n",
        "national");
    return c.day("sale.on", "2024-05-01").number("sale.price", 1000).decide();
  };
  const auto capped = national(", at most 30%", "f of sale.price");
  CHECK(capped.outcome == "referred");
  CHECK(capped.amount_least == "0.00");
  CHECK(capped.amount_most == "300.00");
  const auto floored = national(", at least 12.34 yuan", "f");
  CHECK(floored.amount_least == "12.34");
  CHECK(floored.amount_most.empty());
  CHECK(national(", at least 12.34 yuan", "f, at most 5% of sale.price").amount_most == "50.00");
  const auto negative = national(", at most -10 yuan", "100 yuan + f, at least 0 yuan");
  CHECK(negative.amount_least == "0.00");
  CHECK(negative.amount_most == "90.00");
}

TEST_CASE("a value below 0 is outside of what is left") {
  const std::string text =
      "use language en\nrecord Sale { on: date  price: money from 0 yuan to 100000 yuan }\n"
      "program national {\n  authority \"a\"\n  given sale: Sale\n"
      "  in force by sale.on\n  version y from 2024-01-01 to 2024-12-31 {\n    cite \"n\"\n    leave f to region, at "
      "most 30%\n"
      "    amount = 50 yuan + f of sale.price, at least 0 yuan, rounded down to 0.01 yuan\n  }\n}\n"
      "program local implements national in 630000 { version l from 2024-01-01 to 2024-12-31 { cite \"q\" let f = ";
  CHECK(findings(text + "0% } }").empty());
  CHECK(findings(text + "-1% } }") == Names{"GJ1639"});
  Case c(text + "20% - sale.price / 10000 yuan } }", "local");
  c.day("sale.on", "2024-05-01").number("sale.price", 2000);
  CHECK(c.decide().amount == "50.00");
  c.number("sale.price", 2001);
  CHECK(c.decide().outcome == "invalid");
  CHECK(c.decide().invalid[0].path == "f at least 0");
}

TEST_CASE("what a local file says is not known has its own reason and its own bounds, within those that are left") {
  const auto local = [](const std::string& let) {
    return bought(
        places(kLocal2024 + "let rate: number = not found \"the province has not published it\"" + let + " }"),
        "2024-05-01");
  };
  Case c = local("");
  const auto& d = c.decide();
  REQUIRE(d.referred.size() == 1);
  CHECK(d.referred[0].what == "not_found");
  CHECK(d.referred[0].name == "rate");
  CHECK(d.referred[0].why == "the province has not published it (at least 10%, at most 30%)");
  CHECK(d.amount_least == "100.00");
  CHECK(d.amount_most == "300.00");
  CHECK(local(" within 15% to 40%").decide().amount_least == "150.00");
  CHECK(local(" within 15% to 40%").decide().amount_most == "300.00");
  CHECK(local_findings(kLocal2024 + "let rate: number = not found \"x\" within 40% to 50% }") == Names{"GJ1641"});
}

TEST_CASE("a figure that does not matter refers nobody") {
  Case c = bought(places(kLocal2024 + "}", "national"), "2024-05-01", 0);
  CHECK(c.decide().outcome == "eligible");
  CHECK(c.decide().amount == "0.00");
}

TEST_CASE("a value outside the bounds, with both places shown") {
  CHECK(local_findings(kLocal2024 + "let rate = 30% }").empty());
  CHECK(local_findings(kLocal2024 + "let rate = 10% }").empty());
  CHECK(local_findings(kLocal2024 + "let rate = 30.01% }") == Names{"GJ1639"});
  CHECK(local_findings(kLocal2024 + "let rate = 9% }") == Names{"GJ1639"});
  const std::string text =
      kNational + "program local implements national in 630000 {\n" + kLocal2024 + "let rate = 40% } }";
  compiler::FileReader reader;
  reader.read = [&](const std::string&) -> std::optional<std::string> { return text; };
  const compiler::Compiled compiled = compiler::compile({"rules.gj"}, reader);
  REQUIRE(compiled.diagnostics.all().size() == 1);
  const Diagnostic& d = compiled.diagnostics.all()[0];
  CHECK(message(d, Language::en) == "rate = 40% is not within what is left to the region: at most 30%");
  REQUIRE(d.related.size() == 1);
  CHECK(compiled.sources.text(d.related[0].span) == "at most 30%");
}

TEST_CASE("bounds of another kind of figure are refused") {
  CHECK(local_findings(kLocal2024 + "let rate = 20 yuan }").front() == "GJ1401");
  CHECK(findings(kNational + "program l implements national in 630000 { version l from 2025-01-01 to 2025-12-31 { cite "
                             "\"q\" leave top to region, at most 30%, at least 5 yuan } }") == Names{"GJ1401"});
}

TEST_CASE("a value that depends on facts is held against the bounds in each case") {
  Case c = bought(places(kLocal2024 + "let rate = if purchase.price > 500 yuan then 40% otherwise 20% }"), "2024-05-01",
                  500);
  CHECK(c.decide().amount == "100.00");
  c.number("purchase.price", 501);
  CHECK(c.decide().outcome == "invalid");
  REQUIRE(c.decide().invalid.size() == 1);
  CHECK(c.decide().invalid[0].path == "rate at most 30%");
}

TEST_CASE("a province leaves a figure on, within its bounds and those it was left") {
  const std::string province = kLocal2024 + "leave rate to region, at most 25% }";
  const auto city = [&](const std::string& rate) {
    return kNational + "program local implements national in 630000 {\n" + province + "}\n" +
           "program city implements local in 630100 { version c from 2024-03-01 to 2024-12-31 { cite \"c\" " + rate +
           " } }";
  };
  CHECK(findings(city("let rate = 25%")).empty());
  CHECK(findings(city("let rate = 26%")) == Names{"GJ1639"});
  CHECK(findings(city("let rate = 9%")) == Names{"GJ1639"});
  Case open = bought(places(province), "2024-05-01");
  CHECK(open.decide().amount_least == "100.00");
  CHECK(open.decide().amount_most == "250.00");
  Case set = bought(Case(city("let rate = 15%"), "city"), "2024-05-01");
  CHECK(set.decide().amount == "150.00");
  CHECK(set.decide().region_label == "Xining, Qinghai");
}

TEST_CASE("a let beside the leave says what kind of figure it is; a figure of its own stands until another is set") {
  const std::string text = R"(
use language en
program national {
  authority "a"
  given on: date
  in force by on
  version y from 2024-01-01 to 2024-12-31 {
    cite "n"
    let grant: money = not found "set by the region"
    leave grant to region, at most 20 yuan
    let pay = 5 yuan
    leave pay to region, at most 6 yuan
    amount { a: grant  b: pay } rounded down to 0.01 yuan
  }
}
program local implements national in 630000 { version l from 2024-01-01 to 2024-12-31 { cite "q" let grant = 7 yuan } }
)";
  Case national(text, "national");
  national.day("on", "2024-05-01");
  CHECK(national.decide().outcome == "referred");
  CHECK(national.decide().amount_least == "5.00");
  CHECK(national.decide().amount_most == "25.00");
  Case local(text, "local");
  local.day("on", "2024-05-01");
  CHECK(local.decide().amount == "12.00");
}

TEST_CASE("inherited statements find the names of their own file, whatever the local file uses") {
  compiler::FileReader reader;
  reader.read = [](const std::string& path) -> std::optional<std::string> {
    if (path == "words.gj") return "enum Kind { person, company }\nrecord Buyer { kind: Kind }\nlet most = 50 yuan\n";
    if (path == "national.gj")
      return "use \"words.gj\"\nprogram national { authority \"a\" given buyer: Buyer, on: date in force by on\n"
             "version y from 2024-01-01 { cite \"n\" require personal: buyer.kind is person amount = most } }\n";
    if (path == "local.gj")
      return "use \"national.gj\"\nprogram local implements national in 630000 {\n"
             "version l from 2024-01-01 { cite \"q\" require seen: yes } }\n";
    return std::nullopt;
  };
  const compiler::Compiled compiled = compiler::compile({"local.gj"}, reader);
  for (const Diagnostic& d : compiled.diagnostics.all()) MESSAGE(render(d, compiled.sources, Language::en));
  CHECK(compiled.plan != nullptr);
}

TEST_CASE("a local programme that cannot be carried out is said once") {
  CHECK(findings(kNational + "program l implements nothing in 630000 { version l from 2024-01-01 { cite \"q\" } }") ==
        Names{"GJ1301"});
}

TEST_CASE("regions are shown by name in reasons") {
  Case c = bought(places(kLocal2024 + "let rate = 20% require here: purchase.place within 630000 "
                                      "otherwise \"sold in {purchase.place}\" / zh \"售于{purchase.place}\" }"),
                  "2024-05-01");
  const auto reason = [&](std::string_view code) {
    c.facts().set_region(c.field("purchase.place"), *parse_region(code));
    const auto& d = c.decide();
    return d.failed.empty() ? std::string() : d.failed[0].text;
  };
  CHECK(reason("630102").empty());
  CHECK(reason("630000").empty());
  CHECK(reason("620102") == "sold in Gansu 620102");
  CHECK(reason("990000") == "sold in 990000");
}

TEST_CASE("what is made of a figure that is left cannot be written anew without it") {
  const std::string made =
      "amount { base: rate of net  extra: 20 yuan } at most 500 yuan reducing extra first, rounded down to 0.01 yuan }";
  const std::string free = "amount = 90% of net, rounded down to 0.01 yuan }";
  CHECK(local_findings(kLocal2024 + "let rate = 20% " + free) == Names{"GJ1662"});
  CHECK(local_findings(kLocal2024 + free) == Names{"GJ1662"});  // left open, too
  CHECK(local_findings(kLocal2024 + "let rate = 20% " + made).empty());
  CHECK(local_findings(kLocal2024 +
                       "let rate = 20% let double = 2 * rate amount = double of net, rounded down to 0.01 yuan }")
            .empty());
  CHECK(
      local_findings(kLocal2024 + "let rate = 20% let half = 10% amount = half of net, rounded down to 0.01 yuan }") ==
      Names{"GJ1662"});
  CHECK(local_findings(kLocal2024 + "let rate = 20% amount { ...  more: 5 yuan } at most 500 yuan reducing more first, "
                                    "rounded down to 0.01 yuan }")
            .empty());
  // What another one names in between, and a requirement.
  const std::string between =
      "use language en\nprogram n { authority \"a\" given price: money given on: date in force by on\n"
      "version y from 2024-01-01 to 2024-12-31 { cite \"n\" leave gate to region, at least 5 yuan, at most 10 yuan\n"
      "let free: number = not found \"x\"  leave free to region\n"
      "let least = 2 * gate  require r: price >= least  amount = 1 yuan } }\n"
      "program l implements n in 630000 { version w from 2024-01-01 to 2024-12-31 { cite \"q\" let gate = 6 yuan ";
  CHECK(findings(between + "} }").empty());
  CHECK(findings(between + "let least = 7 yuan } }") == Names{"GJ1662"});
  CHECK(findings(between + "require r: price >= 1 yuan } }") == Names{"GJ1662"});
  CHECK(findings(between + "require r: price >= 3 * gate } }").empty());
  CHECK(findings(between + "amount = 2 yuan } }").empty());
}

TEST_CASE("what is made of a figure that is left is not dropped either") {
  CHECK(local_findings(kLocal2024 + "let rate = 20% drop amount }") == Names{"GJ1663"});
  CHECK(local_findings(kLocal2024 + "let rate = 20% drop amount amount = 90% of net, rounded down to 0.01 yuan }") ==
        Names{"GJ1663"});
  CHECK(local_findings(kLocal2024 + "let rate = 20% drop require personal }").empty());
  const std::string national = R"(use language en
program n { authority "a" given price: money given old: bool given on: date in force by on
version y from 2024-01-01 to 2024-12-31 { cite "n" leave gate to region, at least 5 yuan, at most 10 yuan
let least = 2 * gate  require r: price >= least
conditions c { require cheap: price <= 20 * gate  require older: old }
leave free to region, at least 0  require f: free >= 0
part base "b" { pay 1 yuan }  part more "m" { meets c  pay 2 yuan } } }
program l implements n in 630000 { version w from 2024-01-01 to 2024-06-30 { cite "q" let gate = 6 yuan let free = 1 )";
  const std::string later = "} version x from 2024-07-01 to 2024-12-31 amends w { cite \"q\" ";
  const auto found = [&](const std::string& text) { return findings(national + text + "} }"); };
  CHECK(found("").empty());
  CHECK(found("drop require r").front() == "GJ1663");
  CHECK(found("drop let least let least = 1 yuan").front() == "GJ1663");
  CHECK(found("conditions c { require newer: not old }").empty());
  CHECK(found("conditions c { drop require older }").empty());
  CHECK(found("conditions c { drop require cheap }") == Names{"GJ1663"});
  CHECK(found("conditions c { require cheap: price <= 99 yuan }") == Names{"GJ1662"});
  CHECK(found("conditions c { require cheap: price <= 9 * gate }").empty());
  // A later version of its own, of what it wrote in that place itself, too; not of what it added.
  CHECK(found(later + "drop require r").front() == "GJ1663");
  CHECK(found("require r: price >= 3 * gate " + later + "drop require r") == Names{"GJ1663"});
  CHECK(found("require own: price >= gate " + later + "drop require own").empty());
}

TEST_CASE("each reading of a value that is open is held against the bounds") {
  const auto read = [](const std::string& two) {
    return local_findings(kLocal2024 + "let rate: number = undecided \"q\" { \"A\": 20%; \"B\": " + two + " } }");
  };
  CHECK(read("30%").empty());
  CHECK(read("40%") == Names{"GJ1639"});
  CHECK(read("9%") == Names{"GJ1639"});
}
