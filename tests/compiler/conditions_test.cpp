// Conditions in blocks: every entry of a list, groups of conditions, parts that are refused alone; spans; ceilings and
// averages.
#include <algorithm>

#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kShips = R"(
record Ship { name: text  size: integer from 0 to 100000  built: date  cancelled: date  kind: Kind }
enum Kind { cargo ferry }
table window {
  given kind: Kind
  gives over: duration, upto: duration
  | kind  || over     | upto     |
  | cargo || 15 years | 30 years |
  | ferry || 10 years | 25 years |
}
program ships "拆解" / en "Ships" {
  authority "示例局"
  given scrapped: list of Ship "拆解船" / en "scrapped ships"
  given day: date
  in force by day
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    each s in scrapped where s.size > 0 {
      let age = span from s.built to s.cancelled
      let w = window(s.kind)
      require age: age > w.over and age <= w.upto
        otherwise "{s.name}船龄须超过{w.over}" / en "{s.name} must be older than {w.over}"
      require size: s.size >= 100
    }
    amount = 1000 yuan * sum of s.size for s in scrapped, at most 5000 yuan
  }
}
)";

struct Ship {
  std::string name;
  std::int64_t size;
  std::string built, cancelled = "2024-10-09", kind = "cargo";
};

Case ships(const std::vector<Ship>& all, bool complete = true) {
  Case c(kShips, "ships");
  c.day("day", "2024-06-01");
  const run::FieldRef list = c.field("scrapped");
  c.facts().begin_list(list, complete);
  for (const Ship& ship : all) {
    const std::size_t e = c.facts().add_entry(list);
    const auto field = [&](const char* name) { return c.facts().entry_field(list, e, std::string_view(name)); };
    c.facts().set_text(field("name"), ship.name);
    c.facts().set_number(field("size"), Rational(ship.size));
    if (!ship.built.empty()) c.facts().set_day(field("built"), parse_iso_date(ship.built).value());
    c.facts().set_day(field("cancelled"), parse_iso_date(ship.cancelled).value());
    c.facts().set_member(field("kind"), std::string_view(ship.kind));
  }
  return c;
}

}  // namespace

TEST_CASE("each: every entry must meet it, and those that do not are named") {
  CHECK(ships({{"one", 200, "2009-10-08"}}).decide().outcome == "eligible");
  Case c = ships({{"one", 200, "2009-10-08"}, {"two", 50, "2009-10-09"}, {"three", 300, "1994-10-08"}});
  const auto& e = c.decide();
  REQUIRE(e.outcome == "ineligible");
  REQUIRE(e.failed.size() == 2);
  CHECK(e.failed[0].name == "age");
  REQUIRE(e.failed[0].entries.size() == 2);
  CHECK(e.failed[0].entries[0].path == "scrapped[1]");
  CHECK(e.failed[0].entries[0].text_zh == "two船龄须超过15年");
  CHECK(e.failed[0].entries[0].text_en == "two must be older than 15 years");
  CHECK(e.failed[0].entries[1].path == "scrapped[2]");
  CHECK(e.failed[0].text_zh == "拆解船第2项:two船龄须超过15年；拆解船第3项:three船龄须超过15年");
  CHECK(e.failed[1].name == "size");
  REQUIRE(e.failed[1].entries.size() == 1);
  CHECK(e.failed[1].entries[0].path == "scrapped[1]");
  CHECK(e.failed[1].entries[0].compared.size() == 1);
}

TEST_CASE("each: where leaves entries out; an empty list meets everything") {
  CHECK(ships({{"gone", 0, "2024-10-09"}}).decide().outcome == "eligible");
  CHECK(ships({}).decide().outcome == "eligible");
}

TEST_CASE("each: what is open of an entry is asked for; a certain failure settles an unfinished list") {
  Case open = ships({{"one", 200, ""}});
  CHECK(open.decide().outcome == "undetermined");
  REQUIRE(open.decide().needs.size() == 1);
  CHECK(open.decide().needs[0].path == "scrapped[0].built");
  CHECK(ships({{"one", 50, "2009-10-08"}}, false).decide().outcome == "ineligible");
}

TEST_CASE("a span is compared to the day, in either order and as the key of a table") {
  const std::string text = R"(
record Thing { from: date  to: date }
program p "示例" {
  authority "示例局"
  given thing: Thing
  in force by thing.to
  version v from 2000-01-01 {
    cite "甲"
    let age = span from thing.from to thing.to
    table rate {
      | age                 || rate [yuan] |
      | < 1 year            || 1           |
      | [1 year..2 years)   || 2           |
      | [2 years..2 years]  || 3           |
      | (2 years..30 years] || 4           |
      otherwise 5 yuan
    }
    table by_days {
      given wait: duration [days]
      gives sum: money
      | wait       || sum    |
      | <= 10 days || 10 yuan |
      otherwise 20 yuan
    }
    let f(a: date) = span from a to thing.to
    let old: bool = 2 years <= f(thing.from)
    amount { rate: rate, wait: by_days(span from thing.from to thing.to), old: if old then 100 yuan otherwise 0 yuan }
  }
}
)";
  const auto amount = [&](const char* from, const char* to) {
    Case c(text, "p");
    return c.day("thing.from", from).day("thing.to", to).decide().amount;
  };
  CHECK(amount("2023-01-31", "2024-01-30") == "21.00");
  CHECK(amount("2023-01-31", "2024-01-31") == "22.00");
  CHECK(amount("2023-01-31", "2025-01-30") == "22.00");
  CHECK(amount("2023-01-31", "2025-01-31") == "123.00");
  CHECK(amount("2023-01-31", "2025-02-01") == "124.00");
  CHECK(amount("2000-02-29", "2030-02-28") == "124.00");
  CHECK(amount("2000-02-29", "2030-03-01") == "125.00");
  CHECK(amount("2024-01-01", "2024-01-11") == "11.00");
  CHECK(amount("2024-01-01", "2024-01-12") == "21.00");
  Case open(text, "p");
  const auto& e = open.day("thing.to", "2024-06-01").decide();
  CHECK(e.outcome == "undetermined");
}

namespace {

const char* const kParts = R"(
record Old { kind: Kind  years: number from 0 to 100  owner: text }
record New { owner: text  clean: bool }
enum Kind { heavy medium light }
table rate {
  given kind: Kind
  gives sum: money
  | kind   || sum                   |
  | heavy  || 300 yuan              |
  | medium || 200 yuan              |
  | light  || not entitled "轻型不补" / en "light ones are not paid for" |
}
program trucks "货车" / en "Trucks" {
  authority "示例局"
  given old: optional Old
  given new: optional New
  given listed: bool
  given day: date
  in force by day
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    require listed: listed
    conditions scrapped "报废" {
      require has_old: old exists
      require years: old.years >= 8 otherwise "使用年限不足" / en "not old enough"
    }
    part scrapping "报废补贴" / en "scrapping" {
      meets scrapped
      pay rate(old.kind)
    }
    part purchase "购新补贴" / en "purchase" {
      meets scrapped
      require has_new: new exists
      require same_owner: new.owner is old.owner
      pay 500 yuan
    }
    part bonus "清洁车" / en "clean" {
      require clean: new exists and new.clean
      pay ceiling 35.555 yuan, rounded down to 0.01 yuan
    }
    amount { ... }, at most 700 yuan reducing purchase first, shared 95 : 5 between central, province remainder to central
  }
  version w from 2025-01-01 to 2025-12-31 amends v {
    cite "乙"
    conditions scrapped { require years: old.years >= 5 otherwise ... }
    part purchase { require same_owner: yes  pay 600 yuan }
    amount exact { ... }
  }
}
)";

Case trucks(const std::string& day = "2024-06-01") {
  Case c(kParts, "trucks");
  c.day("day", day).truth("listed", true);
  c.truth("old", true).truth("new", true);
  c.member("old.kind", "heavy").number("old.years", 8).text("old.owner", "A");
  c.text("new.owner", "A").truth("new.clean", true);
  return c;
}

std::string names(const std::vector<explain::Failure>& all) {
  std::string out;
  for (const auto& f : all) out += (out.empty() ? "" : " ") + f.name;
  return out;
}

std::string refused(const explain::Explanation& e) {
  std::string out;
  for (const auto& part : e.refused) out += (out.empty() ? "" : "; ") + part.name + ": " + names(part.reasons);
  return out;
}

}  // namespace

TEST_CASE("a part fails alone: it is 0, its reasons are listed, the case stays eligible") {
  Case c = trucks();
  CHECK(c.decide().outcome == "eligible");
  CHECK(c.decide().amount == "700.00");
  CHECK(refused(c.decide()).empty());
  c.text("new.owner", "B");
  CHECK(c.decide().outcome == "eligible");
  CHECK(c.decide().amount == "335.55");
  CHECK(refused(c.decide()) == "purchase: same_owner");
  CHECK(c.decide().failed.empty());
  REQUIRE(c.decide().shares.size() == 2);
  CHECK(c.decide().shares[0].amount == "318.78");
  CHECK(c.decide().shares[1].amount == "16.77");
}

TEST_CASE("a row that grants nothing refuses the part that looks it up") {
  Case c = trucks();
  c.member("old.kind", "light");
  CHECK(c.decide().outcome == "eligible");
  CHECK(refused(c.decide()) == "scrapping: rate");
  CHECK(c.decide().refused[0].reasons[0].text_zh == "轻型不补");
  CHECK(c.decide().amount == "535.55");
}

TEST_CASE("where every part is refused the case is, and says why for each") {
  Case c = trucks();
  c.number("old.years", 7).truth("new.clean", false);
  CHECK(c.decide().outcome == "ineligible");
  CHECK(refused(c.decide()) == "scrapping: years; purchase: years; bonus: clean");
  CHECK(names(c.decide().failed) == "years clean");
  CHECK(c.decide().failed[0].part == "scrapping");
  c.truth("new.clean", true);
  CHECK(c.decide().outcome == "eligible");
  c.truth("listed", false);
  CHECK(c.decide().outcome == "ineligible");
  CHECK(names(c.decide().failed) == "listed");
}

TEST_CASE("parts with open facts: between what the amount lies, and what settles it") {
  Case c = trucks();
  c.facts().set_state(c.field("old.years"), run::FactState::unknown);
  const auto& e = c.decide();
  CHECK(e.outcome == "undetermined");
  CHECK(e.amount_least == "35.55");
  CHECK(e.amount_most == "700.00");
  CHECK_FALSE(e.may_be_refused);
  REQUIRE(e.needs.size() == 1);
  CHECK(e.needs[0].path == "old.years");
  c.truth("new.clean", false);
  CHECK(c.decide().may_be_refused);
  CHECK(refused(c.decide()) == "bonus: clean");
}

TEST_CASE("conditions and parts are amended member by member") {
  Case c = trucks("2025-06-01");
  c.number("old.years", 5).text("new.owner", "B");
  CHECK(c.decide().outcome == "eligible");
  CHECK(c.decide().amount == "935.55");
  c.number("old.years", 4);
  CHECK(refused(c.decide()) == "scrapping: years; purchase: years");
  CHECK(c.decide().refused[0].reasons[0].text_zh == "使用年限不足");
}

TEST_CASE("a sum of which a part is a ceiling is a ceiling; exact pays it in full") {
  const auto ceiling = trucks().decide();
  CHECK(ceiling.amount_kind == "ceiling");
  REQUIRE(ceiling.parts.size() == 3);
  CHECK(ceiling.parts[0].kind == "payment");
  CHECK(ceiling.parts[2].kind == "ceiling");
  CHECK(trucks("2025-06-01").decide().amount_kind == "payment");
}

TEST_CASE("a local programme pays a ceiling in full, or less; never more") {
  const auto rules = [](const std::string& paid) {
    return R"(
record Claim { on: date  price: money from 0 yuan to 10000 yuan }
program national "全国" {
  authority "示例部"
  given claim: Claim
  in force by claim.on
  version v from 2024-01-01 to 2024-12-31 { cite "甲"  amount ceiling = 30% of claim.price, at most 1500 yuan, rounded down to 0.01 yuan }
}
program local "青海" implements national in 630000 {
  authority "示例厅"
  version v from 2024-01-01 to 2024-12-31 { cite "乙"  )" +
           paid + "}\n}\n";
  };
  const auto decide = [&](const std::string& paid, const char* program) {
    Case c(rules(paid), program);
    return c.day("claim.on", "2024-06-01").number("claim.price", 1000).decide();
  };
  const std::string own = "amount = 250 yuan ";
  CHECK(decide(own, "national").amount_kind == "ceiling");
  CHECK(decide(own, "national").amount == "300.00");
  CHECK(decide(own, "local").amount_kind == "payment");
  CHECK(decide(own, "local").amount == "250.00");
  CHECK(decide("amount exact = 300 yuan ", "local").amount == "300.00");
  CHECK(decide("amount exact = 300.01 yuan ", "local").outcome == "invalid");
  CHECK(decide("", "local").amount_kind == "ceiling");
}

TEST_CASE("functions take and give records, rows and lists, days and truths; their papers are the version's") {
  const std::string text = R"(
enum Kind { cargo ferry }
record Part { weight: number [kg] from 0 kg to 1000 kg }
record Ship { kind: Kind  built: date  size: integer from 0 to 1000  note: optional text  part: Part }
record Sale { on: date  old: Ship }
table rate {
  given kind: Kind
  gives share: number, sum: money
  | kind  || share | sum    |
  | cargo || 10%   | 5 yuan |
  | ferry || 20%   | 6 yuan |
}
let twice(x: money): money = 2 * x
let base(s: Ship): money = s.size * 1 yuan + rate(s.kind).sum
let total(all: list of Ship): money = sum of twice(base(s)) for s in all
program p "示例" {
  authority "示例局"
  given sale: Sale, ships: list of Ship
  in force by sale.on
  version v from 2020-01-01 {
    cite "甲"
    let age(s: Ship) = span from s.built to sale.on
    let row(s: Ship) = rate(s.kind)
    let part_of(s: Ship) = s.part
    let named(s: Ship) = s.note if absent "none"
    let due(s: Ship) = s.built + 2 years
    let big(s: Ship) = s.size > 100 cite "乙" unverified
    let factor(s: Ship) = choose { 50% when age(s) > 10 years; 100% otherwise }
    require due: due(sale.old) before sale.on and not big(sale.old)
    require named: named(sale.old) is "none"
    require light: part_of(sale.old).weight < 10 kg and row(sale.old).share >= 10%
    each s in ships { require heavy: part_of(s).weight > 10 kg and age(s) >= 1 year }
    amount = twice(base(sale.old)) * factor(sale.old) + total(ships), rounded down to 0.01 yuan
  }
}
)";
  Case c(text, "p");
  c.day("sale.on", "2024-01-01").member("sale.old.kind", "cargo").day("sale.old.built", "2010-01-01");
  c.number("sale.old.size", 50).absent("sale.old.note").number("sale.old.part.weight", 5);
  c.list("ships", true);
  c.facts().set_member(c.entry("ships", "kind", true), std::string_view("ferry"));
  c.facts().set_day(c.entry("ships", "built"), parse_iso_date("2023-01-01").value());
  c.facts().set_number(c.entry("ships", "size"), Rational(200));
  c.facts().set_number(c.entry("ships", "part.weight"), Rational(50));
  const auto& e = c.decide();
  CHECK(e.outcome == "eligible");
  CHECK(e.amount == "467.00");
  REQUIRE(e.warnings.size() == 1);
  CHECK(e.warnings[0].name == "big");
  c.facts().set_number(c.entry("ships", "part.weight"), Rational(10));
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"heavy"});
}

TEST_CASE("a member of a block, and a block, may be dropped") {
  const std::string text = R"(
record Sale { on: date  a: bool  b: bool }
program p "示例" {
  authority "示例局"
  given sale: Sale, many: list of Sale
  in force by sale.on
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    each s in many { require all_a: s.a  require all_b: s.b }
    conditions c { require a: sale.a  require b: sale.b }
    part one { meets c pay 1 yuan }
    part two { require b: sale.b pay 2 yuan }
  }
  version w from 2025-01-01 to 2025-12-31 amends v {
    cite "乙"
    each s in many { drop require all_b }
    conditions c { drop require b  require a: sale.b }
    drop part two
  }
}
)";
  Case c(text, "p");
  c.day("sale.on", "2025-05-01").truth("sale.a", false).truth("sale.b", true).list("many", true);
  c.facts().set_truth(c.entry("many", "a", true), true);
  c.facts().set_truth(c.entry("many", "b"), false);
  CHECK(c.decide().outcome == "eligible");
  CHECK(c.decide().amount == "1.00");
  c.day("sale.on", "2024-05-01");
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"all_b"});
  c.facts().set_truth(c.entry("many", "b"), true);
  CHECK(c.decide().outcome == "eligible");
  CHECK(c.decide().amount == "2.00");
  CHECK(refused(c.decide()) == "one: a");
}

namespace {

const char* const kFleet = R"(
record Ship { name: text  size: integer from 0 to 1000  old: bool }
program fleet "船队" {
  authority "示例局"
  given scrapped: list of Ship "拆解船" / en "scrapped ships", built: list of Ship "新船" / en "new ships"
  given day: date
  in force by day
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    conditions old_ships {
      each s in scrapped where s.old {
        let twice = s.size * 2
        require large: twice >= 200 otherwise "{s.name}只有{s.size}" / en "{s.name} has only {s.size}"
      }
    }
    part scrapping { meets old_ships pay 10 yuan }
    part renewal {
      meets old_ships
      each n in built { require small: n.size <= 500 }
      pay 20 yuan
    }
    part other { pay 1 yuan }
  }
  version w from 2025-01-01 to 2025-12-31 amends v {
    cite "乙"
    conditions old_ships { each s in scrapped { require large: twice >= 100 otherwise ... } }
    part renewal { drop each n pay 20 yuan }
  }
}
)";

struct FleetShip {
  const char* name;
  std::int64_t size;
};

Case fleet(const char* day, const std::vector<FleetShip>& scrapped, const std::vector<FleetShip>& built) {
  Case c(kFleet, "fleet");
  c.day("day", day);
  const auto fill = [&](const char* path, const std::vector<FleetShip>& all) {
    const run::FieldRef list = c.field(path);
    c.facts().begin_list(list, true);
    for (const FleetShip& ship : all) {
      const std::size_t e = c.facts().add_entry(list);
      const auto field = [&](const char* name) { return c.facts().entry_field(list, e, std::string_view(name)); };
      c.facts().set_text(field("name"), ship.name);
      c.facts().set_number(field("size"), Rational(ship.size));
      c.facts().set_truth(field("old"), true);
    }
  };
  fill("scrapped", scrapped);
  fill("built", built);
  return c;
}

}  // namespace

TEST_CASE("each in a group and in a part: the part alone is refused, and the entries are named") {
  CHECK(fleet("2024-06-01", {{"one", 100}}, {{"two", 500}}).decide().amount == "31.00");

  Case c = fleet("2024-06-01", {{"one", 100}, {"two", 99}}, {{"three", 501}});
  const auto& e = c.decide();
  CHECK(e.outcome == "eligible");
  CHECK(e.amount == "1.00");
  CHECK(refused(e) == "scrapping: large; renewal: large small");
  const explain::Failure& large = e.refused.front().reasons.front();
  REQUIRE(large.entries.size() == 1);
  CHECK(large.entries[0].path == "scrapped[1]");
  CHECK(large.text_zh == "拆解船第2项:two只有99");
  CHECK(large.text_en == "scrapped ships, entry 2: two has only 99");
  const explain::Failure& small = e.refused.back().reasons.back();
  REQUIRE(small.entries.size() == 1);
  CHECK(small.entries[0].path == "built[0]");
  CHECK(small.compared.size() == 1);
}

TEST_CASE("each in a group and in a part is amended and dropped like the others") {
  Case c = fleet("2025-06-01", {{"one", 50}}, {{"three", 501}});
  CHECK(c.decide().amount == "31.00");
  Case smaller = fleet("2025-06-01", {{"one", 49}}, {{"three", 501}});
  CHECK(smaller.decide().amount == "1.00");
  CHECK(smaller.decide().refused.front().reasons.front().text_zh == "拆解船第1项:one只有49");
}

TEST_CASE("a fact that fits wherever its condition holds is no reason beside that condition") {
  Case c(R"(
scale Level "级" from worst { low "低" / en "low", middle "中" / en "middle", high "高" / en "high" }
record Sale { on: date  level: Level  paid: bool when level is middle }
program p "示例" {
  authority "示例局"
  given sale: Sale
  in force by sale.on
  version v from 2024-01-01 {
    cite "甲"
    require r: sale.level is middle and sale.paid if absent yes and sale.level is high
  }
}
)",
         "p");
  c.day("sale.on", "2024-05-01").truth("sale.paid", true);
  const auto& e = c.decide();
  REQUIRE(e.outcome == "ineligible");
  REQUIRE(e.failed.size() == 1);
  CHECK(std::none_of(e.failed[0].compared.begin(), e.failed[0].compared.end(),
                     [](const explain::Compared& told) { return told.path == "sale.paid"; }));
}

TEST_CASE("a fact that is as it has to be where it is there at all is no reason to refuse") {
  Case c(R"(
enum Kind { a "甲" / en "a", b "乙" / en "b" }
record Sale { on: date  kind: Kind  paid: bool when kind is a }
program p "示例" {
  authority "示例局"
  given sale: Sale
  in force by sale.on
  version v from 2024-01-01 {
    cite "甲"
    require r: (sale.paid if absent no) and sale.kind is b
  }
}
)",
         "p");
  c.day("sale.on", "2024-05-01").truth("sale.paid", true);
  const auto& e = c.decide();
  REQUIRE(e.outcome == "ineligible");
  REQUIRE(e.failed.size() == 1);
  REQUIRE(e.failed[0].compared.size() == 1);
  CHECK(e.failed[0].compared[0].path == "sale.kind");
}

TEST_CASE("a table that grants nothing refuses only entries that count, whatever its keys are") {
  const std::string rules = R"(
enum Kind { a, b }
record Item { kind: Kind }
table rates { given k: Kind  gives rate: bool  hit unique
  | k || rate |
  | a || yes  |
  otherwise not entitled }
program p "示例" { authority "局"  given items: list of Item, on: date, strict: bool  in force by on
  version v from 2020-01-01 { cite "甲"
    each item in items where strict { require rated: rates(b) }
    amount = 10 yuan } }
)";
  Case lax(rules, "p");
  lax.day("on", "2021-01-01").truth("strict", false).list("items", true);
  (void)lax.entry("items", "kind", true);
  CHECK(lax.decide().outcome == "eligible");
  lax.truth("strict", true);
  CHECK(lax.decide().outcome == "ineligible");
}
