// What is written of kernels that stand here in full: every kind of instruction, list, state and range.
#include <dlfcn.h>
#include <doctest/doctest.h>

#include <algorithm>

#include "emit/emitted.hpp"
#include "kernel/kernel.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;
using kernel::Instruction;
using kernel::Operation;
using kernel::Register;

namespace {

constexpr const char* kRules = R"(enum Goods "商品" { fridge "冰箱" / en "refrigerator", 电视 / en tv "电视" }
record Sale "购买" {
  on: date "日期"
  goods: Goods "商品"
  price: money "售价" from 1 yuan to 100000 yuan
  model: optional text "型号"
  double: bool "加倍 *??/ */"
}
record Claim "记录" { goods: Goods, paid: money from 0 yuan to 10000 yuan }
program 冰箱补贴 / en fridge_grant "冰箱补贴" / en "Refrigerators" {
  authority "局"
  given sale: Sale
  given claims: history of Claim
  in force by sale.on
  version v1 from 2024-01-01 to 2024-12-31 {
    cite "甲"
    require cheap: sale.price <= 1000 yuan
      otherwise "售价{sale.price},\"超过\"??!" / en "price {sale.price} in {this version}"
    limit one: 1 counting claims where claim.goods is sale.goods
    amount = 10% of sale.price, rounded down to 1 yuan
    documents { invoice "发票" }
  }
  version v2 from 2025-01-01 to 2025-12-31 {
    cite "乙"
    amount = 1 yuan
  }
}
)";

struct Small {
  compiler::Compiled compiled = compile_text(kRules);
  std::unique_ptr<plan::ProgramInfo> program;  // as it is, but for its kernels

  Small() {
    REQUIRE(compiled.plan != nullptr);
    program = std::make_unique<plan::ProgramInfo>(compiled.plan->programs[compiled.plan->find_program("fridge_grant")]);
    kernel::Program kernels;
    kernels.versions.resize(2);  // the second has none
    kernels.dates = {field("sale.on")};
    kernels.calendar.bounds = {to_day({2024, 1, 1}), to_day({2025, 1, 1}), to_day({2026, 1, 1}), to_day({2027, 1, 1})};
    kernels.calendar.version = {-1, 0, 1, -1, -2};
    kernels.texts = {"X 1", "A\"2"};
    kernels.versions[0] = by_hand();
    program->kernels = plan::KernelsOnDemand(std::make_shared<kernel::Program>(std::move(kernels)));
  }

  [[nodiscard]] std::uint32_t field(const std::string& path) const {
    const auto& fields = program->layout.fields;
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.path == path; });
    REQUIRE(found != fields.end());
    return static_cast<std::uint32_t>(found - fields.begin());
  }
  [[nodiscard]] Register reg(const std::string& path) const { return static_cast<Register>(field(path)); }

  [[nodiscard]] kernel::Kernel by_hand() const {
    const auto fields = static_cast<Register>(program->layout.fields.size());
    kernel::Kernel k;
    k.fields = fields;
    Register next = fields;
    const auto add = [&](Operation op, Register a = 0, Register b = 0, Register c = 0, std::int64_t constant = 0) {
      k.code.push_back({op, next, a, b, c, constant});
      return next++;
    };
    const Register dear = add(Operation::GTK, reg("sale.price"), 0, 0, 100000);
    const Register seen = add(Operation::SET);
    k.code.push_back({Operation::LOOP, 0, 0, 3, 0, field("claims")});
    const Register goods = add(Operation::ITEM);
    const Register same = add(Operation::EQ, goods, reg("sale.goods"));
    k.code.push_back({Operation::ADD, seen, seen, same, 0, 0});
    const Register again = add(Operation::GTK, seen);
    const Register failed = add(Operation::FLAG, dear, again, 0, 1);
    const Register tenth = add(Operation::DOWNK, reg("sale.price"), 0, 0, 1000);
    const Register whole = add(Operation::MULK, tenth, 0, 0, 100);
    const Register twice = add(Operation::MULK, whole, 0, 0, 2);
    const Register amount = add(Operation::SEL, reg("sale.double"), twice, whole);
    const Register paper = add(Operation::EQK, reg("documents.invoice"), 0, 0, 1);
    const Register owed = add(Operation::NOT, paper);
    const Register has_model = add(Operation::KNOWN, 0, 0, 0, field("sale.model"));
    const Register no_model = add(Operation::ABSENT, 0, 0, 0, field("sale.model"));
    const Register second = add(Operation::EQK, reg("sale.model"), 0, 0, 1);
    const Register named = add(Operation::AND, has_model, second);
    const Register never = add(Operation::AND, named, no_model);
    const Register open = add(Operation::OR, named, never);
    (void)add(Operation::ADDK, owed, 0, 0, 7);  // nobody reads it
    // A table of the goods, added without changing anything: 0 for both.
    k.pool = {9, 0, 0, 2, 10, 20};
    const Register at = add(Operation::AT, reg("sale.goods"), 0, 0, 1);
    const Register place = add(Operation::SEARCH, tenth, 0, 0, 3);
    const Register nothing = add(Operation::MUL, at, place);
    const Register sum = add(Operation::ADD, amount, nothing);
    k.ranges.resize(next, {0, 1'000'000'000});
    k.ranges[reg("sale.on")] = {kFirstDay, kLastDay};
    k.demands.known = {std::uint64_t{1} << field("sale.goods") | std::uint64_t{1} << field("sale.price") |
                       std::uint64_t{1} << field("sale.double")};
    k.demands.answered = {std::uint64_t{1} << field("sale.model")};
    k.lists = {{field("claims"), {{1}, {}}}};
    k.open = open;
    k.failed = {failed};
    k.owed = {owed};
    k.amount = sum;
    k.requirements = 2;
    k.places.assign(k.code.size(), plan::kNone);
    k.places[0] = program->sections[0].requirements[0].place;
    return k;
  }
  [[nodiscard]] std::vector<emit::File> files() const {
    std::vector<emit::File> out = emit::common_files();
    for (emit::File& f : emit::emit_c(*compiled.plan, *program)) out.push_back(std::move(f));
    return out;
  }
};

CFacts plain(const CProgram& program) {
  CFacts facts(program.info());
  facts.set("sale.on", to_day({2024, 5, 1}));
  facts.set("sale.goods", 1);
  facts.set("sale.price", 59900);
  facts.set_absent("sale.model");
  facts.set("sale.double", 0);
  facts.set_list("claims", {});
  return facts;
}

CResult changed(const CProgram& program, const std::function<void(CFacts&)>& change) {
  CFacts facts = plain(program);
  change(facts);
  return program.decide(facts);
}

}  // namespace

TEST_CASE("what a kernel says, whoever compiles it") {
  const Small small;
  for (const std::string& compiler : c_compilers()) {
    CAPTURE(compiler);
    const Built built = build_c(compiler, small.files());
    REQUIRE_MESSAGE(!built.object.empty(), built.said);
    CHECK_MESSAGE(built.said.empty(), built.said);
    const CProgram c(built.object, "fridge_grant");
    const auto outcome = [&](const std::function<void(CFacts&)>& change) { return changed(c, change).outcome; };

    const CResult good = c.decide(plain(c));
    CHECK(good.outcome == GJC_ELIGIBLE);
    CHECK(good.version == 0);
    CHECK(good.amount == 5900);
    CHECK(good.failed == std::vector<std::uint64_t>{0});
    CHECK(good.owed == std::vector<std::uint64_t>{1});
    CHECK(changed(c, [](CFacts& f) { f.set("sale.double", 1); }).amount == 11800);
    CHECK(changed(c, [](CFacts& f) { f.set("documents.invoice", GJC_HELD); }).owed == std::vector<std::uint64_t>{0});

    // Requirements; an amount stands only where none fails.
    const CResult dear = changed(c, [](CFacts& f) { f.set("sale.price", 100001); });
    CHECK(dear.outcome == GJC_INELIGIBLE);
    CHECK(members_of(dear.failed) == std::vector<plan::Index>{0});
    CHECK(dear.amount == 0);
    const auto claim = [](std::int64_t goods) {
      return std::map<std::string, CFacts::Value>{{"goods", {false, goods}}, {"paid", {false, 1}}};
    };
    CHECK(outcome([&](CFacts& f) { f.set_list("claims", {claim(0), claim(0)}); }) == GJC_ELIGIBLE);
    CHECK(members_of(changed(c, [&](CFacts& f) {
                       f.set_list("claims", {claim(0), claim(1)});
                     }).failed) == std::vector<plan::Index>{1});

    // What is not said is open; what is not read may be anything.
    CHECK(outcome([](CFacts& f) { f.set_unknown("sale.price"); }) == GJC_OPEN);
    CHECK(outcome([](CFacts& f) { f.set_unknown("sale.model"); }) == GJC_OPEN);
    CHECK(outcome([](CFacts& f) { f.set_unknown("sale.on"); }) == GJC_OPEN);
    CHECK(outcome([](CFacts& f) { f.set_unknown("claims"); }) == GJC_OPEN);
    CHECK(outcome([](CFacts& f) { f.set_list("claims", {{{"paid", {false, 1}}}}); }) == GJC_OPEN);
    CHECK(outcome([](CFacts& f) { f.set_unknown("documents.invoice"); }) == GJC_ELIGIBLE);

    // Texts by number; the kernel leaves one of them open.
    CHECK(c.text("X 1") == 0);
    CHECK(c.text("A\"2") == 1);
    CHECK(c.text("B") == -1);
    CHECK(outcome([&](CFacts& f) { f.set("sale.model", c.text("X 1")); }) == GJC_ELIGIBLE);
    CHECK(outcome([&](CFacts& f) { f.set("sale.model", c.text("A\"2")); }) == GJC_OPEN);
    CHECK(outcome([&](CFacts& f) { f.set("sale.model", 17); }) == GJC_ELIGIBLE);

    // Both ends of every range; what cannot be absent.
    CHECK(outcome([](CFacts& f) { f.set("sale.price", 99); }) == GJC_INVALID);
    CHECK(outcome([](CFacts& f) { f.set("sale.price", 100); }) == GJC_ELIGIBLE);
    CHECK(outcome([](CFacts& f) { f.set("sale.price", 10000000); }) == GJC_INELIGIBLE);
    CHECK(outcome([](CFacts& f) { f.set("sale.price", 10000001); }) == GJC_INVALID);
    CHECK(outcome([](CFacts& f) { f.set("sale.goods", 2); }) == GJC_INVALID);
    CHECK(outcome([](CFacts& f) { f.set("sale.double", 2); }) == GJC_INVALID);
    CHECK(outcome([](CFacts& f) { f.set("documents.invoice", 3); }) == GJC_INVALID);
    CHECK(outcome([](CFacts& f) { f.set("sale.on", std::int64_t{kLastDay} + 1); }) == GJC_INVALID);
    CHECK(outcome([](CFacts& f) { f.set_absent("sale.on"); }) == GJC_INVALID);
    CHECK(outcome([&](CFacts& f) { f.set_list("claims", {claim(2)}); }) == GJC_INVALID);
    CHECK(outcome([](CFacts& f) { f.set("sale.model", 1'000'000'001); }) == GJC_OPEN);  // past the kernel's register

    // First and last day of each version.
    const auto on = [&](int year, int month, int day) {
      return changed(c, [&](CFacts& f) { f.set("sale.on", to_day({year, month, day})); });
    };
    CHECK(on(2023, 12, 31).outcome == GJC_NOT_IN_FORCE);
    CHECK(on(2023, 12, 31).version == -1);
    CHECK(on(2024, 1, 1).outcome == GJC_ELIGIBLE);
    CHECK(on(2024, 12, 31).outcome == GJC_ELIGIBLE);
    CHECK(on(2025, 1, 1).outcome == GJC_OPEN);  // no kernel
    CHECK(on(2025, 1, 1).version == 1);
    CHECK(on(2026, 1, 1).outcome == GJC_NOT_IN_FORCE);
    CHECK(on(2027, 1, 1).outcome == GJC_OPEN);  // unsettled

    CHECK(c.info().version[0].decided == 1);
    CHECK(c.info().version[1].decided == 0);
    const gjc_requirement& cheap = c.info().version[0].requirement[0];
    CHECK(std::string(cheap.name) == "cheap");
    CHECK(cheap.id == small.program->sections[0].requirements[0].id);
    CHECK(std::string(cheap.reason.zh) == "售价{sale.price},\"超过\"\?\?!");
    CHECK(std::string(cheap.reason.en) == "price {sale.price} in 2024-01-01/2024-12-31");
  }
}

TEST_CASE("columns give each row its own answer") {
  const Small small;
  const Built built = build_c(c_compilers().front(), small.files());
  REQUIRE_MESSAGE(!built.object.empty(), built.said);
  const CProgram c(built.object, "fridge_grant");
  std::vector<CFacts> rows;
  std::vector<CResult> one_by_one;
  for (const std::int64_t price : {100, 59900, 100000, 100001, 10000001}) {
    for (const int year : {2023, 2024, 2025}) {
      rows.push_back(plain(c));
      rows.back().set("sale.price", price);
      rows.back().set("sale.on", to_day({year, 7, 1}));
      rows.back().set_list("claims", {{{"goods", {false, year % 2}}, {"paid", {true, 0}}}});
      one_by_one.push_back(c.decide(rows.back()));
    }
  }
  std::vector<const CFacts*> all;
  for (const CFacts& row : rows) all.push_back(&row);
  CHECK(c.decide_columns(all) == one_by_one);
  CHECK(c.decide_columns({}).empty());
}

TEST_CASE("names, places and texts survive the journey to C") {
  const Small small;
  const std::vector<emit::File> files = small.files();
  const auto find = [&](const std::string& name) {
    const auto found = std::find_if(files.begin(), files.end(), [&](const emit::File& f) { return f.name == name; });
    REQUIRE(found != files.end());
    return found->text;
  };
  const std::string header = find("fridge_grant.h");
  const std::string source = find("fridge_grant.c");
  const auto holds = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  CHECK(holds(header, "int64_t sale_price; /* sale.price: 售价; in steps of 0.01 yuan, 100 ... 10000000 */"));
  CHECK(holds(header, "fridge_grant_Goods_tv = 1"));
  CHECK(holds(header, "fridge_grant_v1_failed_one = 1"));
  CHECK(holds(source, "\n#line 17 \"rules.gj\"\n  const int64_t r"));
  CHECK(holds(source, " \"fridge_grant.c\"\n"));
  CHECK_FALSE(holds(source + header, "\?\?/"));
  CHECK_FALSE(holds(source, " + 7"));  // what nobody reads is not written
  plan::ProgramInfo other = *small.program;
  other.aliases.clear();
  CHECK(emit::name_of(other) == "u51b0_u7bb1_u8865_u8d34");
  other.name = "return";
  CHECK(emit::name_of(other) == "return");  // alone it is no identifier: every one begins with it
  // The same rules, the same text.
  for (const emit::File& file : Small().files()) CHECK(find(file.name) == file.text);
}

TEST_CASE("a host fills the struct by its setters") {
  const Small small;
  std::vector<emit::File> files = small.files();
  files.push_back({"host.c", R"(#include "fridge_grant.h"
int64_t host(void);
int64_t host(void) {
  fridge_grant_facts facts = {0};
  fridge_grant_result result;
  fridge_grant_claims_entry claims[1] = {{0}};
  fridge_grant_set_sale_on(&facts, gjc_day(2024, 12, 31));
  fridge_grant_set_sale_goods(&facts, fridge_grant_Goods_fridge);
  fridge_grant_set_sale_price(&facts, 59900);
  fridge_grant_no_sale_model(&facts);
  fridge_grant_set_sale_double(&facts, 1);
  fridge_grant_claims_entry_set_goods(&claims[0], fridge_grant_Goods_tv);
  fridge_grant_set_claims(&facts, claims, 1);
  fridge_grant_decide(&facts, &result);
  return result.outcome == GJC_ELIGIBLE ? result.amount : -1;
}
)"});
  for (const std::string& compiler : c_compilers()) {
    const Built built = build_c(compiler, files);
    REQUIRE_MESSAGE(!built.object.empty(), compiler << ": " << built.said);
    void* const object = dlopen(built.object.c_str(), RTLD_NOW | RTLD_LOCAL);
    REQUIRE(object != nullptr);
    const auto host = reinterpret_cast<std::int64_t (*)()>(dlsym(object, "host"));
    REQUIRE((host != nullptr));
    CHECK(host() == 11800);
    dlclose(object);
  }
}
