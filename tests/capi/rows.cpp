// Facts in a struct of the host: the same answer as from facts that are set one by one, whatever the struct holds.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "support.hpp"

using namespace guiju_test;

namespace {

struct DeleteBinding {
  void operator()(gj_binding* p) const { gj_binding_delete(p); }
};
using Binding = std::unique_ptr<gj_binding, DeleteBinding>;

struct Claim {
  std::int8_t kind;
  std::int32_t on;
};
struct Row {
  std::int32_t date;
  std::int64_t price;  // fen
  std::int32_t power;  // tenths of a kilowatt
  std::int8_t power_state, level, gift, buyer, buyer_state, id, note_state;
  std::int16_t waited;
  std::int32_t home;
  gj_text note;
  gj_list_view claims;
  std::int8_t claims_state;
};

struct Till {
  Compiled compiled = compile(kRules);
  const gj_program* kettle = program(compiled.rules.get(), "kettle");
  Binding claims, row;
  Owned<gj_facts> facts = facts_of(kettle);
  Owned<gj_decision> by_row = new_decision();
  Owned<gj_decision> by_facts = new_decision();

  Till() {
    const gj_field* list = field("claims");
    const std::array entry{bound(gj_field_find_element(list, "kind", 4), GJ_INT8, offsetof(Claim, kind)),
                           bound(gj_field_find_element(list, "on", 2), GJ_INT32, offsetof(Claim, on))};
    gj_binding* made = nullptr;
    REQUIRE(gj_entries_bind(list, sizeof(Claim), entry.data(), entry.size(), &made, nullptr) == GJ_OK);
    claims.reset(made);
    const auto fields = bound_fields();
    REQUIRE(gj_facts_bind(kettle, fields.data(), fields.size(), &made, nullptr) == GJ_OK);
    row.reset(made);
  }

  [[nodiscard]] const gj_field* field(std::string_view path) const {
    const gj_field* found = gj_program_find_field(kettle, path.data(), path.size());
    REQUIRE(found != nullptr);
    return found;
  }
  static gj_bound_field bound(const gj_field* field, gj_element element, std::size_t offset,
                              std::size_t state = GJ_NO_OFFSET, std::int32_t scale = 0) {
    auto f = sized<gj_bound_field>();
    f.field = field;
    f.element = element;
    f.scale = scale;
    f.offset = offset;
    f.state_offset = state;
    return f;
  }
  [[nodiscard]] std::vector<gj_bound_field> bound_fields() const {
    std::vector<gj_bound_field> out{
        bound(field("purchase.date"), GJ_INT32, offsetof(Row, date)),
        bound(field("purchase.price"), GJ_INT64, offsetof(Row, price), GJ_NO_OFFSET, 2),
        bound(field("purchase.power"), GJ_INT32, offsetof(Row, power), offsetof(Row, power_state), 1),
        bound(field("purchase.level"), GJ_INT8, offsetof(Row, level)),
        bound(field("purchase.gift"), GJ_INT8, offsetof(Row, gift)),
        bound(field("purchase.home"), GJ_INT32, offsetof(Row, home)),
        bound(field("purchase.note"), GJ_TEXT_VIEW, offsetof(Row, note), offsetof(Row, note_state)),
        bound(field("purchase.waited"), GJ_INT16, offsetof(Row, waited)),
        bound(field("buyer_kind"), GJ_INT8, offsetof(Row, buyer), offsetof(Row, buyer_state)),
        bound(field("documents.id"), GJ_INT8, offsetof(Row, id)),
        bound(field("claims"), GJ_LIST_VIEW, offsetof(Row, claims))};
    out.back().entries = claims.get();
    return out;
  }

  void set_one_by_one(const Row& r) {
    gj_facts* f = facts.get();
    gj_facts_reset(f);
    const auto day = [](std::int32_t number) {
      const auto t = std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{number}}};
      return gj_date{static_cast<std::int32_t>(static_cast<int>(t.year())),
                     static_cast<std::int32_t>(static_cast<unsigned>(t.month())),
                     static_cast<std::int32_t>(static_cast<unsigned>(t.day()))};
    };
    (void)gj_facts_set_date(f, field("purchase.date"), day(r.date));
    (void)gj_facts_set_decimal(f, field("purchase.price"), r.price, 2);
    if (r.power_state == GJ_KNOWN) {
      (void)gj_facts_set_decimal(f, field("purchase.power"), r.power, 1);
    } else {
      (void)gj_facts_set_state(f, field("purchase.power"), r.power_state);
    }
    (void)gj_facts_set_member(f, field("purchase.level"), static_cast<std::size_t>(r.level));
    (void)gj_facts_set_truth(f, field("purchase.gift"), r.gift);
    (void)gj_facts_set_written(f, field("purchase.home"), std::to_string(r.home).data(), 6);
    if (r.note_state == GJ_KNOWN) {
      (void)gj_facts_set_text(f, field("purchase.note"), r.note.data, r.note.size);
    } else {
      (void)gj_facts_set_state(f, field("purchase.note"), r.note_state);
    }
    (void)gj_facts_set_duration(f, field("purchase.waited"), r.waited);
    if (r.buyer_state == GJ_KNOWN) {
      (void)gj_facts_set_member(f, field("buyer_kind"), static_cast<std::size_t>(r.buyer));
    } else {
      (void)gj_facts_set_state(f, field("buyer_kind"), r.buyer_state);
    }
    (void)gj_facts_set_document(f, field("documents.id"), r.id);
    const gj_field* list = field("claims");
    (void)gj_facts_begin_list(f, list, r.claims.complete);
    for (std::size_t i = 0; i < r.claims.count; ++i) {
      const Claim& claim = static_cast<const Claim*>(r.claims.entries)[i];
      (void)gj_facts_add_entry(f, list, nullptr);
      (void)gj_facts_set_member(f, gj_field_find_element(list, "kind", 4), static_cast<std::size_t>(claim.kind));
      (void)gj_facts_set_date(f, gj_field_find_element(list, "on", 2), day(claim.on));
    }
  }

  // The whole answer.
  [[nodiscard]] static std::string answer(const gj_decision* d) {
    std::string out = str(gj_decision_outcome_name(d)) + " " + str(gj_decision_version(d));
    gj_decimal least{};
    gj_decimal most{};
    std::int32_t unbounded = 0;
    if (gj_decision_figure(d, &least, &most, &unbounded) == GJ_OK)
      out += " " + std::to_string(least.coefficient) + "…" + std::to_string(most.coefficient) + (unbounded ? "?" : "");
    const auto date = gj_decision_reference_date(d);
    out += " " + std::to_string(date.year) + "-" + std::to_string(date.month) + "-" + std::to_string(date.day);
    for (const gj_part_of_decision list : {GJ_PARTS, GJ_FAILURES, GJ_NEEDS, GJ_DOCUMENTS, GJ_BAD_FACTS})
      out += " " + std::to_string(gj_decision_count(d, list));
    auto failure = sized<gj_failure>();
    for (std::size_t i = 0; gj_decision_failure(d, i, &failure) == GJ_OK; ++i) out += " " + str(failure.name);
    auto part = sized<gj_part>();
    for (std::size_t i = 0; gj_decision_part(d, i, &part) == GJ_OK; ++i) out += " " + str(part.amount);
    return out;
  }
};

Row good_row() {
  Row r{};
  r.date = 20211;  // 2025-05-03
  r.price = 19990;
  r.power = 15;
  r.power_state = r.buyer_state = r.note_state = GJ_KNOWN;
  r.home = 630102;
  r.id = GJ_HELD;
  r.note = {"a", 1};
  r.claims.complete = 1;
  return r;
}

// The figures of the row are those of the facts, which are decided.
void expect_figures(const Till& t, const gj_binding* binding, const Row& r) {
  const gj_decision* const d = t.by_facts.get();
  std::uint64_t failed = 0;
  auto answer = sized<gj_row_answer>();
  answer.failed = &failed;
  answer.failed_words = 1;
  REQUIRE(gj_answer_row(binding, &r, t.by_row.get(), &answer, nullptr) == GJ_OK);
  REQUIRE(answer.outcome == gj_decision_outcome(d));
  const bool is_decided = answer.outcome == GJ_ELIGIBLE || answer.outcome == GJ_INELIGIBLE;
  REQUIRE((answer.version >= 0 || !is_decided));
  if (is_decided) {
    auto version = sized<gj_version_info>();
    REQUIRE(gj_program_version(t.kettle, static_cast<std::size_t>(answer.version), GJ_EN, &version) == GJ_OK);
    REQUIRE(str(version.name) == str(gj_decision_version(d)));
  }
  gj_decimal figure{};
  if (answer.outcome == GJ_ELIGIBLE) REQUIRE(gj_decision_figure(d, &figure, nullptr, nullptr) == GJ_OK);
  REQUIRE(answer.amount == figure.coefficient);
  REQUIRE(answer.failed_words == (answer.outcome == GJ_INELIGIBLE ? 1 : 0));
  std::set<std::string> names;
  for (std::size_t i = 0; i < 64; ++i) {
    if ((failed >> i & 1U) != 0)
      names.insert(str(gj_program_requirement(t.kettle, static_cast<std::size_t>(answer.version), i)));
  }
  auto failure = sized<gj_failure>();
  std::set<std::string> expected;
  for (std::size_t i = 0; is_decided && gj_decision_failure(d, i, &failure) == GJ_OK; ++i)
    expected.insert(str(failure.name));
  REQUIRE(names == expected);
}

}  // namespace

TEST_CASE("a row is decided as its facts one by one are") {
  Till t;
  std::mt19937 random(20251);
  const auto pick = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
  const auto seldom = [&] { return pick(0, 19) == 0; };
  const std::array<int, 3> states{GJ_UNKNOWN, GJ_UNKNOWABLE, GJ_ABSENT};
  std::size_t eligible = 0;
  for (const gj_language language : {GJ_SILENT, GJ_EN}) {
    REQUIRE(gj_decision_set_language(t.by_row.get(), language) == GJ_OK);
    REQUIRE(gj_decision_set_language(t.by_facts.get(), language) == GJ_OK);
    for (int i = 0; i < 4000; ++i) {
      Row r = good_row();
      r.date = pick(20140, 20460);
      r.price = seldom() ? pick(-5, 5) : seldom() ? 10'000'001 : pick(1, 100'000);
      r.power = seldom() ? -1 : pick(0, 1000);
      r.level = static_cast<std::int8_t>(seldom() ? 3 : pick(0, 2));
      r.gift = static_cast<std::int8_t>(pick(0, 1));
      r.buyer = static_cast<std::int8_t>(pick(0, 3) == 0);
      r.id = static_cast<std::int8_t>(pick(0, 2));
      r.waited = static_cast<std::int16_t>(pick(0, 30));
      for (std::int8_t* state : {&r.power_state, &r.buyer_state, &r.note_state}) {
        if (seldom()) *state = static_cast<std::int8_t>(states[static_cast<std::size_t>(pick(0, 2))]);
      }
      std::vector<Claim> claims(static_cast<std::size_t>(std::max(0, pick(-3, 2))));
      for (Claim& c : claims) c = {static_cast<std::int8_t>(pick(0, 1)), pick(20000, 20400)};
      r.claims = {claims.data(), claims.size(), seldom() ? 0 : 1};
      t.set_one_by_one(r);
      REQUIRE(gj_decide(t.facts.get(), t.by_facts.get(), nullptr) == GJ_OK);
      REQUIRE(gj_decide_row(t.row.get(), &r, t.by_row.get(), nullptr) == GJ_OK);
      REQUIRE(Till::answer(t.by_row.get()) == Till::answer(t.by_facts.get()));
      expect_figures(t, t.row.get(), r);
      eligible += gj_decision_outcome(t.by_row.get()) == GJ_ELIGIBLE ? 1U : 0U;
    }
  }
  CHECK(eligible > 500);
}

TEST_CASE("figures in the same call: what is not there is zero, and the decision holds the answer too") {
  Till t;
  const Row r = good_row();
  auto answer = sized<gj_row_answer>();
  REQUIRE(gj_answer_row(t.row.get(), &r, t.by_row.get(), &answer, nullptr) == GJ_OK);
  CHECK(answer.outcome == GJ_ELIGIBLE);
  CHECK(answer.failed_words == 0);
  CHECK(answer.amount > 0);
  CHECK(gj_decision_outcome(t.by_row.get()) == GJ_ELIGIBLE);

  CHECK(gj_answer_row(t.row.get(), &r, t.by_row.get(), nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_answer_row(t.row.get(), nullptr, t.by_row.get(), &answer, nullptr) == GJ_E_ARGUMENT);
  CHECK(answer.outcome == GJ_UNDECIDED);
  CHECK(answer.version == -1);
  CHECK(answer.amount == 0);
  CHECK(gj_decision_outcome(t.by_row.get()) == GJ_UNDECIDED);
  REQUIRE(gj_answer_row(t.row.get(), &r, t.by_row.get(), &answer, nullptr) == GJ_OK);
  CHECK(gj_answer_row(t.claims.get(), &r, t.by_row.get(), &answer, nullptr) == GJ_E_ARGUMENT);
  answer.size = 8;
  CHECK(gj_answer_row(t.row.get(), &r, t.by_row.get(), &answer, nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("between two rows a decision may be told and used otherwise") {
  Till t;
  const Row r = good_row();
  const auto as_always = [&](const char* after) {
    CAPTURE(after);
    t.set_one_by_one(r);
    REQUIRE(gj_decision_set_language(t.by_facts.get(), GJ_SILENT) == GJ_OK);
    REQUIRE(gj_decide(t.facts.get(), t.by_facts.get(), nullptr) == GJ_OK);
    expect_figures(t, t.row.get(), r);
    CHECK(Till::answer(t.by_row.get()) == Till::answer(t.by_facts.get()));
    CHECK(str(gj_decision_brief_json(t.by_row.get())) == str(gj_decision_brief_json(t.by_facts.get())));
  };
  gj_decision* const d = t.by_row.get();
  REQUIRE(gj_decision_set_language(d, GJ_SILENT) == GJ_OK);
  as_always("the first");
  as_always("a brief answer");
  REQUIRE(gj_decide(t.facts.get(), d, nullptr) == GJ_OK);
  as_always("other facts");
  REQUIRE(gj_decision_set_language(d, GJ_EN) == GJ_OK);
  expect_figures(t, t.row.get(), r);
  CHECK(gj_decision_count(d, GJ_PARTS) > 0);
  REQUIRE(gj_decision_set_language(d, GJ_SILENT) == GJ_OK);
  as_always("words");
  REQUIRE(gj_decision_set_known_on(d, {1990, 1, 1}) == GJ_OK);
  auto answer = sized<gj_row_answer>();
  REQUIRE(gj_answer_row(t.row.get(), &r, d, &answer, nullptr) == GJ_OK);
  REQUIRE(gj_decision_set_known_on(d, {0, 0, 0}) == GJ_OK);
  as_always("rules of another day");
  CHECK(gj_decide_row(t.row.get(), nullptr, d, nullptr) == GJ_E_ARGUMENT);
  as_always("a call that failed");
  const auto fields = t.bound_fields();
  gj_binding* made = nullptr;
  REQUIRE(gj_facts_bind(t.kettle, fields.data(), fields.size(), &made, nullptr) == GJ_OK);
  const Binding other(made);
  expect_figures(t, other.get(), r);
  as_always("another binding");
}

TEST_CASE("a history whose state is not known is not read, whatever the view says") {
  Till t;
  auto fields = t.bound_fields();
  fields.back().state_offset = offsetof(Row, claims_state);
  gj_binding* made = nullptr;
  REQUIRE(gj_facts_bind(t.kettle, fields.data(), fields.size(), &made, nullptr) == GJ_OK);
  const Binding stated(made);
  const std::array<Claim, 2> claims{};
  for (const gj_language language : {GJ_SILENT, GJ_EN}) {
    REQUIRE(gj_decision_set_language(t.by_row.get(), language) == GJ_OK);
    REQUIRE(gj_decision_set_language(t.by_facts.get(), language) == GJ_OK);
    for (const std::size_t count : {std::size_t{0}, claims.size()}) {
      for (const std::int8_t state : {GJ_UNKNOWN, GJ_UNKNOWABLE, GJ_KNOWN}) {
        Row r = good_row();
        r.claims = {claims.data(), count, 1};
        r.claims_state = state;
        t.set_one_by_one(r);
        if (state != GJ_KNOWN) (void)gj_facts_set_state(t.facts.get(), t.field("claims"), state);
        REQUIRE(gj_decide(t.facts.get(), t.by_facts.get(), nullptr) == GJ_OK);
        REQUIRE(gj_decide_row(stated.get(), &r, t.by_row.get(), nullptr) == GJ_OK);
        CHECK(Till::answer(t.by_row.get()) == Till::answer(t.by_facts.get()));
        CHECK((gj_decision_outcome(t.by_row.get()) == GJ_UNDETERMINED) == (state != GJ_KNOWN));
      }
    }
  }
}

TEST_CASE("entries that are counted and cannot be read are a bad fact") {
  Till t;
  auto fields = t.bound_fields();
  fields.back().entries = nullptr;
  gj_binding* made = nullptr;
  REQUIRE(gj_facts_bind(t.kettle, fields.data(), fields.size(), &made, nullptr) == GJ_OK);
  const Binding undescribed(made);
  const std::array<Claim, 3> claims{};
  for (const gj_language language : {GJ_SILENT, GJ_EN}) {
    REQUIRE(gj_decision_set_language(t.by_row.get(), language) == GJ_OK);
    Row r = good_row();
    const auto outcome = [&](const Binding& binding) {
      REQUIRE(gj_decide_row(binding.get(), &r, t.by_row.get(), nullptr) == GJ_OK);
      return gj_decision_outcome(t.by_row.get());
    };
    CHECK(outcome(undescribed) == GJ_ELIGIBLE);
    r.claims = {nullptr, 2, 1};
    CHECK(outcome(t.row) == GJ_INVALID);
    r.claims = {claims.data(), claims.size(), 1};
    CHECK(outcome(undescribed) == GJ_INVALID);
    auto bad = sized<gj_bad_fact>();
    REQUIRE(gj_decision_bad_fact(t.by_row.get(), 0, &bad) == GJ_OK);
    CHECK(str(bad.path) == "claims");
  }
}

TEST_CASE("a row after a case with words says nothing of that case") {
  Till t;
  REQUIRE(gj_decision_set_language(t.by_row.get(), GJ_EN) == GJ_OK);
  Row r = good_row();
  r.buyer = 1;
  REQUIRE(gj_decide_row(t.row.get(), &r, t.by_row.get(), nullptr) == GJ_OK);
  REQUIRE(gj_decision_count(t.by_row.get(), GJ_FAILURES) == 1);
  REQUIRE(gj_decision_set_language(t.by_row.get(), GJ_SILENT) == GJ_OK);
  r.buyer = 0;
  REQUIRE(gj_decide_row(t.row.get(), &r, t.by_row.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(t.by_row.get()) == GJ_ELIGIBLE);
  CHECK(gj_decision_count(t.by_row.get(), GJ_FAILURES) == 0);
  gj_decimal amount{};
  REQUIRE(gj_decision_amount(t.by_row.get(), &amount) == GJ_OK);
  CHECK(amount.coefficient == 1999);
}

TEST_CASE("what was asked of one row does not stand in the answer to the next") {
  Till t;
  REQUIRE(gj_decision_set_language(t.by_row.get(), GJ_SILENT) == GJ_OK);
  const auto brief = [&](std::int8_t buyer) {
    Row r = good_row();
    r.buyer = buyer;
    REQUIRE(gj_decide_row(t.row.get(), &r, t.by_row.get(), nullptr) == GJ_OK);
    return str(gj_decision_brief_json(t.by_row.get()));
  };
  const std::string granted = brief(0);
  CHECK(granted.find("\"eligible\"") != std::string::npos);
  CHECK(brief(1).find("\"ineligible\"") != std::string::npos);
  CHECK(brief(0) == granted);
}

TEST_CASE("a binding in the place of one that is gone reads rows anew") {
  Till t;
  REQUIRE(gj_decision_set_language(t.by_row.get(), GJ_SILENT) == GJ_OK);
  for (int turn = 0; turn < 20; ++turn) {
    // Every other one knows nothing but the price, so that the case is open.
    std::vector<gj_bound_field> fields{Till::bound(t.field("purchase.price"), GJ_INT64, 0, GJ_NO_OFFSET, 2)};
    gj_binding* made = nullptr;
    REQUIRE(gj_facts_bind(t.kettle, fields.data(), fields.size(), &made, nullptr) == GJ_OK);
    const std::int64_t price = 9900;
    REQUIRE(gj_decide_row(made, &price, t.by_row.get(), nullptr) == GJ_OK);
    CHECK(gj_decision_outcome(t.by_row.get()) == GJ_UNDETERMINED);
    gj_binding_delete(made);
    const Row r = good_row();
    REQUIRE(gj_decide_row(t.row.get(), &r, t.by_row.get(), nullptr) == GJ_OK);
    CHECK(gj_decision_outcome(t.by_row.get()) == GJ_ELIGIBLE);
  }
}

TEST_CASE("several threads read the answer to a row") {
  Till t;
  REQUIRE(gj_decision_set_language(t.by_row.get(), GJ_SILENT) == GJ_OK);
  for (int turn = 0; turn < 200; ++turn) {
    Row r = good_row();
    r.buyer = static_cast<std::int8_t>(turn % 2);
    REQUIRE(gj_decide_row(t.row.get(), &r, t.by_row.get(), nullptr) == GJ_OK);
    const gj_decision* const decision = t.by_row.get();
    std::array<std::size_t, 3> failures{}, parts{};
    std::array<std::thread, 3> readers;
    for (std::size_t i = 0; i < readers.size(); ++i) {
      readers[i] = std::thread([decision, i, &failures, &parts] {
        failures[i] = gj_decision_count(decision, GJ_FAILURES);
        parts[i] = gj_decision_count(decision, GJ_PARTS);
      });
    }
    for (std::thread& reader : readers) reader.join();
    for (std::size_t i = 0; i < readers.size(); ++i) {
      REQUIRE(failures[i] == static_cast<std::size_t>(turn % 2));
      REQUIRE((parts[i] == 0) == (turn % 2 == 1));
    }
  }
}

TEST_CASE("what cannot be bound is refused, and nothing is made") {
  const Till t;
  gj_binding* made = nullptr;
  Owned<gj_error> error;
  const auto bind = [&](std::vector<gj_bound_field> fields) {
    gj_error* why = nullptr;
    const gj_status status = gj_facts_bind(t.kettle, fields.data(), fields.size(), &made, &why);
    error.reset(why);
    CHECK(made == nullptr);
    return status;
  };
  const gj_field* price = t.field("purchase.price");
  CHECK(bind({Till::bound(price, GJ_TEXT_VIEW, 0)}) == GJ_E_KIND);
  CHECK(bind({Till::bound(price, GJ_INT64, 0, GJ_NO_OFFSET, 19)}) == GJ_E_KIND);
  CHECK(bind({Till::bound(price, 6, 0)}) == GJ_E_ARGUMENT);
  CHECK(bind({Till::bound(price, GJ_INT64, 0), Till::bound(price, GJ_INT64, 8)}) == GJ_E_ARGUMENT);
  CHECK(str(gj_error_message(error.get(), GJ_EN)) == "named twice: purchase.price");
  CHECK(bind({Till::bound(gj_field_find_element(t.field("claims"), "on", 2), GJ_INT32, 0)}) == GJ_E_ARGUMENT);
  CHECK(bind({Till::bound(nullptr, GJ_INT32, 0)}) == GJ_E_ARGUMENT);
  auto no_size = Till::bound(price, GJ_INT64, 0);
  no_size.size = 0;
  CHECK(bind({no_size}) == GJ_E_ARGUMENT);
  CHECK(bind({Till::bound(t.field("purchase.date"), GJ_INT64, 0), no_size}) == GJ_E_ARGUMENT);  // not all alike
  CHECK(bind({Till::bound(price, GJ_INT64, SIZE_MAX - 3)}) == GJ_E_ARGUMENT);
  CHECK(bind({Till::bound(price, GJ_INT64, 0, SIZE_MAX - 3)}) == GJ_E_ARGUMENT);
  CHECK(bind({Till::bound(t.field("purchase.date"), GJ_INT64, 0, GJ_NO_OFFSET, 2)}) == GJ_E_ARGUMENT);
  const gj_field* list = t.field("claims");
  const auto entry = Till::bound(gj_field_find_element(list, "on", 2), GJ_INT32, 100);
  CHECK(gj_entries_bind(list, 8, &entry, 1, &made, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_entries_bind(list, 0, nullptr, 0, &made, nullptr) == GJ_E_ARGUMENT);
  const Row r = good_row();
  CHECK(gj_decide_row(t.claims.get(), &r, t.by_row.get(), nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decide_row(t.row.get(), nullptr, t.by_row.get(), nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decide_row(nullptr, &r, t.by_row.get(), nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_entries_bind(price, 8, nullptr, 0, &made, nullptr) == GJ_E_KIND);
}

TEST_CASE("a figure that is not allowed is told in the unit of its field") {
  const auto compiled = compile(R"(
record Sale { on: date  power: number [kW] from 0 kW to 100 kW step 0.1 kW }
program p {
  given sale: Sale
  in force by sale.on
  version v from 2024-01-01 { cite "n" verified 2024-01-01  require small: sale.power <= 50 kW  amount = 1 yuan }
}
)");
  const gj_program* p = program(compiled.rules.get(), "p");
  REQUIRE(p != nullptr);
  struct Sale {
    std::int32_t on, power;
  };
  const std::array fields{
      Till::bound(gj_program_find_field(p, "sale.on", 7), GJ_INT32, offsetof(Sale, on)),
      Till::bound(gj_program_find_field(p, "sale.power", 10), GJ_INT32, offsetof(Sale, power), GJ_NO_OFFSET, 1)};
  gj_binding* made = nullptr;
  REQUIRE(gj_facts_bind(p, fields.data(), fields.size(), &made, nullptr) == GJ_OK);
  const Binding binding(made);
  const auto decision = new_decision();
  REQUIRE(gj_decision_set_language(decision.get(), GJ_EN) == GJ_OK);
  const Sale sale{20'000, 999'999};
  REQUIRE(gj_decide_row(binding.get(), &sale, decision.get(), nullptr) == GJ_OK);
  REQUIRE(gj_decision_outcome(decision.get()) == GJ_INVALID);
  auto bad = sized<gj_bad_fact>();
  REQUIRE(gj_decision_bad_fact(decision.get(), 0, &bad) == GJ_OK);
  CHECK(str(bad.got) == "99999.9");
}

TEST_CASE("texts are numbers only where the rules name none") {
  const auto status_of = [](std::string_view requirement) {
    const Compiled compiled = compile(std::string(R"(program p "项目" {
  authority "局"
  given on: date, note: text, owner: text
  in force by on
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    require r: )") + std::string(requirement) +
                                      R"( otherwise "不符"
  }
})");
    REQUIRE(compiled.rules != nullptr);
    const gj_program* p = program(compiled.rules.get(), "p");
    const gj_bound_field note = Till::bound(field(p, "note"), GJ_INT32, 0);
    gj_binding* made = nullptr;
    const gj_status status = gj_facts_bind(p, &note, 1, &made, nullptr);
    gj_binding_delete(made);
    return status;
  };
  CHECK(status_of("note is owner") == GJ_OK);
  CHECK(status_of("note is \"17\"") == GJ_E_KIND);
}
