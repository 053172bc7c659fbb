// Groups: what may be granted together of one set of facts, and why the rest is not.
#include <algorithm>
#include <array>

#include "explain/combination.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

// Three programmes that pay what the facts say, in a group of the given statements.
std::string rules(const std::string& statements) {
  std::string text = R"(
use language en
record Sale { on: date  price: money from 0 yuan to 1000000 yuan  both: bool }
record Pay { a: money  b: money  c: money }
)";
  for (const char* const name : {"a", "b", "c"}) {
    text += std::string("program ") + name + " \"" + name + R"(项" {
  given sale: Sale, pay: Pay
  in force by sale.on
  version v from 2024-01-01 to 2025-12-31 { cite "文"  require paid: pay.)" +
            name + " >= 1 yuan  amount = pay." + name + " }\n}\n";
  }
  return text + "group g \"组\" {\n  cite \"文\"\n  given sale: Sale\n  " + statements + "\n}\n";
}

class Together {
 public:
  explicit Together(const std::string& text) : compiled_(compile_text(text)) {
    REQUIRE(compiled_.plan != nullptr);
    facts_ = std::make_unique<run::CaseFacts>(compiled_.plan);
    day("2024-05-01");
  }
  Together& day(const std::string& iso, const std::string& path = "sale.on") {
    return each(path, [&](run::Facts& f, const run::FieldRef& at) { f.set_day(at, *parse_iso_date(iso)); });
  }
  Together& money(const std::string& path, std::int64_t yuan) {
    return each(path, [&](run::Facts& f, const run::FieldRef& at) { f.set_number(at, Rational(yuan)); });
  }
  Together& truth(const std::string& path, bool value) {
    return each(path, [&](run::Facts& f, const run::FieldRef& at) { f.set_truth(at, value); });
  }
  Together& pay(std::int64_t a, std::int64_t b, std::int64_t c) {
    return money("pay.a", a).money("pay.b", b).money("pay.c", c);
  }
  const explain::CombinationText& decide() {
    for (std::size_t i = 0; i < facts_->asked.size(); ++i) facts_->asked[i] = facts_->facts[i] != nullptr;
    run::combine(*facts_, {}, combination_);
    text_ = explain::explain(*facts_, combination_, true);
    return text_;
  }
  // "a granted 100.00; b excluded"
  std::string shown() {
    std::string out;
    for (const auto& item : decide().programs) {
      out += (out.empty() ? "" : "; ") + item.program + " " + item.standing;
      if (item.standing == "granted") out += " " + item.granted.exact;
      if (item.standing == "open") out += " " + item.granted.least + ".." + item.granted.most;
    }
    return out;
  }
  Together& unknown(const std::string& path) {
    return each(path, [](run::Facts& f, const run::FieldRef& at) { f.set_state(at, run::FactState::unknown); });
  }
  [[nodiscard]] explain::CombinedProgram item(const std::string& program) const {
    const auto found = std::find_if(text_.programs.begin(), text_.programs.end(),
                                    [&](const auto& item) { return item.program == program; });
    return found == text_.programs.end() ? explain::CombinedProgram{} : *found;
  }
  [[nodiscard]] std::string why(const std::string& program) const {
    for (const auto& item : text_.programs) {
      if (item.program == program) return item.why;
    }
    return "";
  }
  [[nodiscard]] Names needs() const {
    Names out;
    for (const auto& need : text_.needs) out.push_back(need.path);
    return out;
  }

 private:
  template <class Set>
  Together& each(const std::string& path, Set set) {
    for (const auto& f : facts_->facts) {
      if (f == nullptr) continue;
      const run::FieldRef at = f->find(path);
      if (at.field != plan::kNone) set(*f, at);
    }
    return *this;
  }
  compiler::Compiled compiled_;
  std::unique_ptr<run::CaseFacts> facts_;
  run::Combination combination_;
  explain::CombinationText text_;
};

}  // namespace

TEST_CASE("without exclusions programmes stack") {
  Together t(rules("programs a, b"));
  t.pay(100, 20, 3);
  CHECK(t.shown() == "a granted 100.00; b granted 20.00; c granted 3.00");
  CHECK(t.decide().outcome == "eligible");
  CHECK(t.decide().total.exact == "123.00");
}

TEST_CASE("the highest of an excluded pair is granted, and the other told why it is not") {
  Together t(rules("programs a, b, c  exclude not_both: a with b otherwise \"one of the two\"  winner highest"));
  t.pay(100, 200, 3);
  CHECK(t.shown() == "a excluded; b granted 200.00; c granted 3.00");
  CHECK(t.why("a") == "excluded by b项, which pays more: one of the two");
  CHECK(t.decide().total.exact == "203.00");
  t.pay(200, 200, 3);
  CHECK(t.shown() == "a granted 200.00; b excluded; c granted 3.00");
  CHECK(t.why("b") == "excluded by a项, which comes first: one of the two");
}

TEST_CASE("two small ones together may beat a greater one") {
  Together t(rules("programs a, b, c  exclude a with b  exclude a with c  winner highest"));
  t.pay(100, 60, 50);
  CHECK(t.shown() == "a excluded; b granted 60.00; c granted 50.00");
  CHECK(t.why("a") == "excluded by b项, with which more is paid in all");
}

TEST_CASE("listed: whoever comes first in the order is granted") {
  Together t(rules("programs a, b  exclude a with b  order b, then a  winner listed"));
  t.pay(100, 20, 0);
  CHECK(t.shown() == "a excluded; b granted 20.00; c not_granted");
  CHECK(t.why("a") == "excluded by b项, which comes first");
}

TEST_CASE("applicant: every lawful choice is shown, the highest only suggested") {
  Together t(rules("programs a, b, c  exclude a with b"));
  t.pay(100, 200, 3);
  CHECK(t.shown() == "a excluded; b granted 200.00; c granted 3.00");
  CHECK(t.why("a") == "excluded by b项, which pays more; the applicant may choose otherwise");
  REQUIRE(t.decide().groups.size() == 1);
  const auto& choices = t.decide().groups[0].choices;
  REQUIRE(choices.size() == 2);
  CHECK(choices[0].suggested);
  CHECK(choices[0].programs == Names{"b", "c"});
  CHECK(choices[0].total.exact == "203.00");
  CHECK_FALSE(choices[1].suggested);
  CHECK(choices[1].programs == Names{"a", "c"});
}

TEST_CASE("a condition that names no entry is one of the pair") {
  Together t(rules("programs a, b  exclude a with b when sale.both  winner highest"));
  t.pay(100, 200, 0).truth("sale.both", false);
  CHECK(t.shown() == "a granted 100.00; b granted 200.00; c not_granted");
  t.truth("sale.both", true);
  CHECK(t.shown() == "a excluded; b granted 200.00; c not_granted");
}

TEST_CASE("an unknown condition of the pair leaves the combination open, and is asked") {
  Together t(rules("programs a, b  exclude a with b when sale.both  winner highest"));
  t.pay(100, 200, 0);
  CHECK(t.decide().outcome == "undetermined");
  CHECK(t.shown() == "a open 0.00..100.00; b granted 200.00; c not_granted");
  CHECK(t.needs() == Names{"sale.both"});
  CHECK(t.decide().total.least == "200.00");
  CHECK(t.decide().total.most == "300.00");
}

TEST_CASE("the common ceiling takes from whoever gives way first") {
  Together t(rules("programs a, b  total at most 250 yuan  trim a first"));
  t.pay(100, 200, 0);
  CHECK(t.shown() == "a granted 50.00; b granted 200.00; c not_granted");
  CHECK(t.why("a") == "cut from 100.00 to 50.00 yuan by the common total");
  t.pay(100, 250, 0);
  CHECK(t.shown() == "a nothing_left; b granted 250.00; c not_granted");
}

TEST_CASE("on what remains: at most what those before it leave of the total") {
  Together t(rules("programs a, b  order a, then b on what remains  total at most sale.price"));
  t.pay(100, 200, 0).money("sale.price", 250);
  CHECK(t.shown() == "a granted 100.00; b granted 150.00; c not_granted");
  t.money("sale.price", 300);
  CHECK(t.shown() == "a granted 100.00; b granted 200.00; c not_granted");
  t.money("sale.price", 80);
  CHECK(t.shown() == "a granted 80.00; b nothing_left; c not_granted");
}

TEST_CASE("an unknown ceiling is asked for where it could cut") {
  Together t(rules("programs a, b  total at most sale.price  trim b first"));
  t.pay(100, 200, 0);
  CHECK(t.decide().outcome == "undetermined");
  CHECK(t.needs() == Names{"sale.price"});
  CHECK(t.decide().total.most == "300.00");
}

TEST_CASE("a member that is open matters where it could win, and not where it could not") {
  Together t(rules("programs a, b  exclude a with b  order a, then b  winner listed"));
  t.money("pay.a", 100).money("pay.c", 0);
  CHECK(t.decide().outcome == "eligible");                                   // a comes first, whatever b pays
  CHECK(t.shown() == "a granted 100.00; b open 0.00..0.00; c not_granted");  // it may fail by itself, too
  CHECK(t.why("b") == "granted nothing, for which reason is open");
  Together u(rules("programs a, b  exclude a with b  winner highest"));
  u.money("pay.a", 100).money("pay.c", 0);
  CHECK(u.decide().outcome == "undetermined");
  CHECK(u.needs() == Names{"pay.b"});
  CHECK(u.decide().total.least == "100.00");
}

TEST_CASE("versions of the group: other exclusions, other members, and days of none") {
  Together t(rules(R"(in force by sale.on
  programs a, b
  version one from 2024-01-01 to 2024-06-30 { cite "甲"  exclude a with b  winner highest }
  version two from 2024-07-01 to 2024-12-31 { cite "乙"  programs a, b, c  exclude a with c  winner highest }
)"));
  t.pay(100, 200, 3);
  CHECK(t.shown() == "a excluded; b granted 200.00; c granted 3.00");
  CHECK(t.decide().groups[0].version == "one");
  t.day("2024-07-01");
  CHECK(t.shown() == "a granted 100.00; b granted 200.00; c excluded");
  t.day("2025-01-01");
  CHECK(t.shown() == "a granted 100.00; b granted 200.00; c granted 3.00");
  CHECK(t.decide().groups[0].version == "");
  t.day("2026-01-01");  // the programmes themselves are over
  CHECK(t.decide().outcome == "not_in_force");
  CHECK(t.decide().groups.at(0).outcome == "not_in_force");
}

TEST_CASE("where it is open which version governs, the combination is open unless both give the same") {
  const std::string text = rules(R"(given day: date
  in force by day
  programs a, b
  version one from 2024-01-01 to 2024-06-30 { cite "甲"  exclude a with b  winner highest }
  version two from 2024-07-01 { cite "乙"  exclude a with b  winner listed }
)");
  Together t(text);
  t.pay(100, 200, 0);
  CHECK(t.decide().outcome == "undetermined");
  CHECK(t.needs() == Names{"day"});
  CHECK(t.decide().total.least == "100.00");
  CHECK(t.decide().total.most == "300.00");  // before 2024 nothing excludes
  CHECK(t.shown() == "a open 0.00..100.00; b open 0.00..200.00; c not_granted");
}

TEST_CASE("a local programme stands in for the one that it carries out, in a group and alone") {
  const std::string local = R"(
program here "本省甲项" implements a in 630000 {
  version v from 2024-01-01 to 2025-12-31 { cite "省文"  require cheap: sale.price <= 1000 yuan  amount = 30 yuan }
}
program there "本省丙项" implements c in 630000 {
  version v from 2024-01-01 to 2025-12-31 { cite "省文"  amount = 7 yuan }
}
)";
  Together t(rules("programs a, b  exclude a with b  winner highest") + local);
  t.pay(100, 20, 3).money("sale.price", 10);
  CHECK(t.shown() == "a carried_out; b excluded; c carried_out; here granted 30.00; there granted 7.00");
  CHECK(t.why("a") == "carried out by 本省甲项");
  CHECK(t.why("b") == "excluded by 本省甲项, which pays more");
  CHECK(t.decide().total.exact == "37.00");
  t.money("sale.price", 2000);  // the local one refuses, so the national one counts
  CHECK(t.shown() == "a granted 100.00; b excluded; c carried_out; here not_granted; there granted 7.00");
}

TEST_CASE("while the local programme is open, either may be what is granted") {
  Together t(rules("programs a, b  exclude a with b  winner highest") + R"(
program here "本省甲项" implements a in 630000 {
  version v from 2024-01-01 to 2025-12-31 { cite "省文"  require cheap: sale.price <= 1000 yuan  amount = 30 yuan }
}
)");
  t.pay(100, 20, 0);
  CHECK(t.decide().outcome == "undetermined");
  CHECK(t.needs() == Names{"sale.price"});
  CHECK(t.decide().total.least == "30.00");
  CHECK(t.decide().total.most == "100.00");
}

// ---- one unknown fact that decides several at once

namespace {

// Local programmes that carry out a, each of which grants on one side of a price.
std::string sides(std::int64_t here, std::int64_t there) {
  const auto local = [](const char* name, const char* condition, std::int64_t pays) {
    return std::string("program ") + name + " \"" + name +
           "项\" implements a in 630000 {\n  version v from 2024-01-01 to 2025-12-31 " +
           "{ cite \"省文\"  require side: sale.price " + condition + " 1000 yuan  amount = " + std::to_string(pays) +
           " yuan }\n}\n";
  };
  return local("here", "<=", here) + local("there", ">", there);
}

}  // namespace

TEST_CASE("of two local programmes one grants, whichever; each says what it pays by itself") {
  Together t(rules("programs a, b  exclude a with b  winner highest") + sides(30, 50));
  t.pay(100, 20, 0);
  CHECK(t.shown() == "a carried_out; b excluded; c not_granted; here open 0.00..30.00; there open 0.00..50.00");
  CHECK(t.why("a") == "carried out by a local programme, which one is open");
  CHECK(t.why("b") == "excluded by a项, which pays more");
  CHECK(t.why("here") == "facts are missing");
  CHECK(t.why("there") == "facts are missing");
  CHECK(t.decide().outcome == "undetermined");
  CHECK(t.needs() == Names{"sale.price"});
  CHECK(t.decide().total.least == "30.00");
  CHECK(t.decide().total.most == "50.00");
  CHECK(t.item("here").own.exact == "30.00");
  CHECK(t.item("there").own.exact == "50.00");
  CHECK(t.item("there").group == "g");
  t.money("sale.price", 1000);
  CHECK(t.shown() == "a carried_out; b excluded; c not_granted; here granted 30.00; there not_granted");
  CHECK(t.why("a") == "carried out by here项");
}

TEST_CASE("of two that would both grant the first of the rules does, and the other says so") {
  const std::string both = R"(
program here "本省" implements a in 630000 { version v from 2024-01-01 to 2025-12-31 { cite "省文"  amount = 30 yuan } }
program there "本市" implements a in 630100 { version v from 2024-01-01 to 2025-12-31 { cite "市文"  amount = 50 yuan } }
)";
  Together t(rules("programs a, b") + both);
  t.pay(100, 20, 0);
  CHECK(t.shown() == "a carried_out; b granted 20.00; c not_granted; here granted 30.00; there carried_out");
  CHECK(t.why("there") == "carried out by 本省");
}

TEST_CASE("what all cases pay is known, though not who pays it") {
  Together t(rules("programs a, b  exclude a with b  winner highest") + sides(40, 40));
  t.pay(100, 20, 0);
  CHECK(t.decide().outcome == "undetermined");
  CHECK(t.decide().total.exact == "40.00");
  CHECK(t.decide().groups[0].total.exact == "40.00");
}

TEST_CASE("what is granted in every case is granted; the reason why the rest is not is told where all cases have it") {
  std::string text = rules("programs a, b  exclude a with b when sale.both  winner highest");
  const std::string paid = "require paid: pay.b >= 1 yuan";
  text.replace(text.find(paid), paid.size(), "require paid: pay.b >= 1 yuan and sale.both");
  Together t(text);
  t.pay(100, 20, 0);
  CHECK(t.shown() == "a granted 100.00; b open 0.00..0.00; c not_granted");  // excluded, or fails by itself
  CHECK(t.decide().outcome == "eligible");
  CHECK(t.needs().empty());
  CHECK(t.decide().total.exact == "100.00");
}

TEST_CASE("programmes that no group relates hang on one fact, too") {
  std::string text = rules("programs c");
  for (const auto& [paid, condition] : {std::pair{"pay.a", "sale.both"}, std::pair{"pay.b", "not sale.both"}}) {
    const std::string before = std::string("require paid: ") + paid + " >= 1 yuan";
    text.replace(text.find(before), before.size(), before + " and " + condition);
  }
  Together t(text);
  t.pay(100, 120, 0);
  CHECK(t.shown() == "a open 0.00..100.00; b open 0.00..120.00; c not_granted");
  CHECK(t.decide().total.least == "100.00");
  CHECK(t.decide().total.most == "120.00");
}

TEST_CASE("a day that decides versions of programmes and of their group") {
  const std::string text = rules(R"(in force by sale.on
  programs a, b
  version one from 2024-01-01 to 2024-06-30 { cite "甲"  exclude a with b  winner highest }
  version two from 2024-07-01 to 2025-12-31 { cite "乙"  exclude a with b  winner listed }
)");
  Together t(text);
  t.pay(200, 100, 0).unknown("sale.on");
  // In 2024 and 2025 a is granted under either version; before and after nothing is in force.
  CHECK(t.decide().outcome == "undetermined");
  CHECK(t.decide().total.least == "0.00");
  CHECK(t.decide().total.most == "200.00");
  CHECK(t.shown() == "a open 0.00..200.00; b open 0.00..0.00; c not_granted");
}

TEST_CASE("who is excluded in every case is excluded, though it is open by whom") {
  Together t(
      rules("programs a, b, c  exclude c with a  exclude c with b  exclude a with b when sale.both  winner highest"));
  t.pay(100, 90, 20);
  CHECK(t.shown() == "a granted 100.00; b open 0.00..90.00; c excluded");
  CHECK(t.why("c") == "excluded by a项, which pays more");
  Together u(
      rules("programs a, b, c  exclude c with a when sale.both  exclude c with b when not sale.both  "
            "exclude a with b  order a, then b  winner listed"));
  u.pay(100, 90, 20);
  CHECK(u.shown() == "a granted 100.00; b excluded; c open 0.00..20.00");
  CHECK(u.why("b") == "excluded by a项, which comes first");
}

TEST_CASE("a programme that stands alone under one of the versions that may govern is not said to be excluded") {
  Together t(rules(R"(in force by sale.on
  programs a, b
  winner highest
  version one from 2024-01-01 to 2024-06-30 { cite "甲"  programs a, b, c  exclude c with a }
  version two from 2024-07-01 to 2025-12-31 { cite "乙"  programs a, b }
)"));
  t.pay(100, 50, 20);
  CHECK(t.shown() == "a granted 100.00; b granted 50.00; c excluded");
  t.day("2024-08-01");
  CHECK(t.shown() == "a granted 100.00; b granted 50.00; c granted 20.00");
  // Unknown: in one of the versions c is granted beside the group.
  t.unknown("sale.on");
  CHECK(t.shown() == "a open 0.00..100.00; b open 0.00..50.00; c open 0.00..20.00");
  CHECK(t.decide().total.most == "170.00");
}

TEST_CASE("a choice that no case allows is none") {
  Together u(rules("programs a, b, c  exclude a with b when sale.both  exclude a with c when not sale.both"));
  u.pay(100, 90, 20);
  Names choices;
  for (const auto& choice : u.decide().groups[0].choices) {
    std::string names;
    for (const std::string& name : choice.programs) names += name;
    choices.push_back(names.append(choice.open ? "?" : ""));
  }
  CHECK(choices == Names{"ab?", "ac?", "bc"});
}

TEST_CASE("why nothing is granted is told where it is not in force, too") {
  Together t(rules("programs a, b"));
  t.pay(100, 20, 3).day("2026-01-01");
  CHECK(t.shown() == "a not_granted; b not_granted; c not_granted");
  CHECK(t.why("a") == "not in force on that day");
}

// ---- what several programmes come to together

namespace {

// A programme of each outcome, each with an object of its own.
struct OfOutcome {
  const char* name;
  const char* outcome;
  const char* version;  // its head
  const char* body;
};
constexpr std::array<OfOutcome, 8> kOutcomes{{
    {"wrong", "invalid", "from 2024-01-01", "require q: wrong.q"},
    {"asking", "undetermined", "from 2024-01-01", "require q: asking.q"},
    {"stuck", "undetermined", "from 2024-01-01", "require q: stuck.q"},
    {"person", "referred", "from 2024-01-01", "require q: person.q or discretion \"原则上\""},
    {"paid", "eligible", "from 2024-01-01", ""},
    {"refused", "ineligible", "from 2024-01-01", "require q: refused.q"},
    {"later", "not_in_force", "from 2030-01-01", ""},
    {"paused", "not_in_force", "from 2024-01-01", "suspended from 2024-01-01 \"暂停\""},
}};

std::string rules_of_outcomes(bool grouped) {
  std::string text = "use language en\nrecord Case { on: date  q: bool or unknowable }\n", members;
  for (const OfOutcome& p : kOutcomes) {
    const std::string name = p.name;
    text += "program " + name + " \"项\" {\n  given " + name + ": Case\n  in force by " + name + ".on\n  version v " +
            p.version + " { cite \"文\"  " + p.body + "  amount = 1 yuan }\n}\n";
    members += (members.empty() ? "" : ", ") + name;
  }
  return grouped ? text + "group g \"组\" { cite \"文\"  programs " + members + " }\n" : text;
}

void tell(run::Facts& facts, const std::string& name) {
  facts.set_day(facts.find(name + ".on"), *parse_iso_date("2024-05-01"));
  const run::FieldRef q = facts.find(name + ".q");
  if (name == "wrong") facts.set_bad(q, "perhaps");
  if (name == "stuck") facts.set_state(q, run::FactState::unknowable);
  if (name == "person" || name == "refused") facts.set_truth(q, false);
}

}  // namespace

TEST_CASE("whatever programmes are asked about, the first outcome of the table is what they come to") {
  for (const bool grouped : {false, true}) {
    const auto compiled = compile_text(rules_of_outcomes(grouped));
    REQUIRE(compiled.plan != nullptr);
    run::CaseFacts facts(compiled.plan);
    run::Combination combination;
    for (unsigned asked = 0; asked < 1U << kOutcomes.size(); ++asked) {
      CAPTURE(grouped);
      CAPTURE(asked);
      facts.reset();
      std::string wanted = "undetermined";  // nobody is asked about
      bool open = false, stuck = false;
      for (std::size_t i = kOutcomes.size(); i-- > 0;) {
        if ((asked >> i & 1U) == 0) continue;
        const std::string name = kOutcomes.at(i).name;
        const plan::Index program = compiled.plan->find_program(name);
        facts.asked[program] = true;
        tell(*facts.facts[program], name);
        wanted = kOutcomes.at(i).outcome;
        open = open || name == "asking";
        stuck = stuck || name == "stuck";
      }
      run::combine(facts, {}, combination);
      const auto answer = explain::explain(facts, combination, true);
      REQUIRE(answer.outcome == wanted);
      if (grouped && asked != 0) REQUIRE(answer.groups.at(0).outcome == wanted);
      if (asked == 0) {
        CHECK(answer.needs.size() == kOutcomes.size());
        CHECK(answer.total.exact.empty());
      } else if (wanted == "undetermined") {
        REQUIRE(answer.needs.size() == (open ? 1 : 0));
        REQUIRE(answer.stuck_on.size() == (!open && stuck ? 1 : 0));
        if (open) REQUIRE(answer.needs[0].path == "asking.q");
        if (!open) REQUIRE(answer.stuck_on[0].path == "stuck.q");
      }
    }
  }
}

TEST_CASE("bad facts of a local programme that would stand for the other decide nothing silently") {
  const auto compiled = compile_text(R"(
use language en
record Case { on: date  q: bool }
program whole "全国" { given c: Case  in force by c.on
  version v from 2024-01-01 { cite "文"  amount = 1 yuan } }
program local "本省" implements whole in 630000 {
  version v from 2024-01-01 { cite "文"  require q: c.q  amount = 2 yuan } }
)");
  REQUIRE(compiled.plan != nullptr);
  run::CaseFacts facts(compiled.plan);
  for (const char* const name : {"whole", "local"}) {
    run::Facts& f = *facts.facts[compiled.plan->find_program(name)];
    f.set_day(f.find("c.on"), *parse_iso_date("2024-05-01"));
    if (f.find("c.q").field != plan::kNone) f.set_bad(f.find("c.q"), "perhaps");
    facts.asked[compiled.plan->find_program(name)] = true;
  }
  run::Combination combination;
  run::combine(facts, {}, combination);
  CHECK(combination.outcome == run::Outcome::invalid);
  CHECK(explain::explain(facts, combination, true).invalid.size() == 1);
}

// ---- other readings of what a group adopted

TEST_CASE("an adopted day of a group's version is told where by another one something else would be granted") {
  Together t(rules(R"(in force by sale.on
  programs a, b
  winner highest
  version one from undecided start "signed or posted" { "signed": 2024-03-01; "posted": 2024-06-01 } adopt "signed" to 2025-12-31 {
    cite "甲"  exclude a with b }
)"));
  const auto told = [&] {
    Names out;
    for (const explain::Warning& w : t.decide().groups.at(0).warnings) out.push_back(w.name + ": " + w.text);
    return out;
  };
  t.pay(100, 20, 0).day("2024-05-01");
  CHECK(t.shown() == "a granted 100.00; b excluded; c not_granted");
  CHECK(told() == Names{"start: `signed` was adopted; by `posted` it would be: eligible, 120.00 yuan"});
  CHECK(t.day("2024-06-01").decide().groups.at(0).warnings.empty());
  CHECK(t.day("2024-02-28").decide().groups.at(0).warnings.empty());
  CHECK(t.pay(100, 0, 0).day("2024-05-01").decide().groups.at(0).warnings.empty());
}

TEST_CASE("an adopted figure of a group is told where another reading of it would grant something else") {
  Together t(
      rules("programs a, b  trim b first  "
            "total at most undecided cap \"each or both\" { \"each\": 150 yuan; \"both\": 110 yuan } adopt \"each\""));
  t.pay(100, 40, 0);
  CHECK(t.decide().total.exact == "140.00");
  REQUIRE(t.decide().groups.at(0).warnings.size() == 1);
  CHECK(t.decide().groups.at(0).warnings[0].text == "`each` was adopted; by `both` it would be: eligible, 110.00 yuan");
  CHECK(t.pay(100, 10, 0).decide().groups.at(0).warnings.empty());
}

TEST_CASE("where what is promised nationally is broken, whether the local programme stands for it is asked first") {
  Together t(R"(
use language en
record Sale { on: date  cost: money from 0 yuan to 2000 yuan }
program whole "全国" { given sale: Sale  in force by sale.on
  version v from 2024-01-01 { cite "文"  amount = 2000 yuan  ensure little: amount <= 1200 yuan } }
program other "另" { given sale: Sale  in force by sale.on
  version v from 2024-01-01 { cite "文"  amount = 5000 yuan } }
program local "本省" implements whole in 630000 {
  version w amends whole.v { cite "文"  require dear: sale.cost >= 1000 yuan  amount = 1000 yuan } }
group g "组" { cite "文"  programs whole, other  exclude whole with other  winner highest }
)");
  CHECK(t.decide().outcome == "undetermined");
  CHECK(t.needs() == Names{"sale.cost"});
  CHECK(t.money("sale.cost", 1500).decide().outcome == "eligible");
  CHECK(t.money("sale.cost", 500).decide().outcome == "invalid");
}

TEST_CASE("a programme that may be in error is waited for, though in no case it grants anything") {
  Together t(R"(
use language en
record Sale { on: date }
record Broken { on: date }
program broken "错" { given broken: Broken  in force by broken.on
  version v from 2024-01-01 { cite "文"  amount = 2000 yuan  ensure little: amount <= 1200 yuan } }
program other "另" { given sale: Sale  in force by sale.on
  version v from 2024-01-01 { cite "文"  amount = 5000 yuan } }
group g "组" { cite "文"  programs broken, other  exclude broken with other  winner highest }
)");
  CHECK(t.decide().outcome == "undetermined");
  CHECK(t.needs() == Names{"broken.on"});
  CHECK(t.day("2023-05-01", "broken.on").decide().outcome == "eligible");
  CHECK(t.day("2024-05-01", "broken.on").decide().outcome == "invalid");
}
