// Guiju through a bound row: the struct of the case described once, one call a decision, and its outcome, amount and
// failures read.
#include <cstddef>

#include "face.hpp"
#include "guiju/rules.hpp"

namespace {

using namespace bench;

struct BoundRow {
  Row facts;
  std::int8_t tier_state, in_catalogue_state, displacement_state, yes, individual, absent;
  std::int32_t province;
  gj_text owner, car;
  gj_list_view claims;
};

struct Rows {
  explicit Rows(Programme p) : bits(p) {
    const gj_program* program = program_of(p);
    std::vector<gj_bound_field> fields;
    const auto bind = [&](std::string_view path, gj_element element, std::size_t offset,
                          std::size_t state = GJ_NO_OFFSET, std::int32_t scale = 0) {
      gj_bound_field f = {};
      f.size = sizeof f;
      f.field = field_of(program, path);
      f.element = element;
      f.offset = offset;
      f.state_offset = state;
      f.scale = scale;
      fields.push_back(f);
    };
    const auto column = [](std::size_t c) { return offsetof(BoundRow, facts) + c * sizeof(std::int32_t); };
    const std::size_t absent = offsetof(BoundRow, absent);
    if (p == Programme::appliances) {
      bind("purchase.date", GJ_INT32, column(date));
      bind("purchase.category", GJ_INT32, column(category));
      bind("purchase.tier", GJ_INT32, column(tier), offsetof(BoundRow, tier_state));
      bind("purchase.list_price", GJ_INT32, column(list_price), GJ_NO_OFFSET, 2);
      bind("purchase.discounts", GJ_INT32, column(discounts), GJ_NO_OFFSET, 2);
      bind("purchase.receiver", GJ_TEXT_VIEW, offsetof(BoundRow, owner), absent);
      bind("seller.participating", GJ_INT32, column(participating));
      bind("seller.takes_back", GJ_INT32, column(takes_back));
      bind("buyer.kind", GJ_INT32, column(buyer));
      bind("claims", GJ_LIST_VIEW, offsetof(BoundRow, claims));
    } else {
      bind("新车.开票日期", GJ_INT32, column(invoiced_on));
      for (const char* path : {"申请.提交日期", "手续.交车日期", "手续.注销日期", "新车.登记日期"})
        bind(path, GJ_INT32, column(papers_on));
      bind("旧车.燃料", GJ_INT32, column(old_fuel));
      bind("旧车.登记日期", GJ_INT32, column(old_registered_on));
      bind("旧车.转入日期", GJ_INT32, column(held_since));
      bind("新车.类别", GJ_INT32, column(drive));
      bind("新车.列入目录", GJ_INT8, offsetof(BoundRow, yes), offsetof(BoundRow, in_catalogue_state));
      bind("新车.排量", GJ_INT32, column(displacement), offsetof(BoundRow, displacement_state), 3);
      bind("新车.价税合计", GJ_INT32, column(price), GJ_NO_OFFSET, 2);
      bind("申请人.类别", GJ_INT8, offsetof(BoundRow, individual));
      bind("申请人.证件号", GJ_TEXT_VIEW, offsetof(BoundRow, owner));
      bind("旧车.所有人", GJ_TEXT_VIEW, offsetof(BoundRow, owner));
      bind("新车.所有人", GJ_TEXT_VIEW, offsetof(BoundRow, owner));
      bind("新车.车架号", GJ_TEXT_VIEW, offsetof(BoundRow, car));
      bind("新车.开票省", GJ_INT32, offsetof(BoundRow, province));
      bind("新车.登记省", GJ_INT32, offsetof(BoundRow, province));
      bind("往次", GJ_LIST_VIEW, offsetof(BoundRow, claims));
    }
    gj_error* error = nullptr;
    must(gj_facts_bind(program, fields.data(), fields.size(), &binding, &error), "binding", error);
    must(gj_decision_new(&decision, nullptr), "decision");
    must(gj_decision_set_language(decision, GJ_SILENT), "language");
    for (const Row& facts : rows_of(p)) {
      if (rows.size() == kAgreement) break;
      rows.push_back(bound(p, facts));
    }
  }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows() {
    gj_decision_delete(decision);
    gj_binding_delete(binding);
  }

  static BoundRow bound(Programme p, const Row& facts) {
    BoundRow r = {};
    r.facts = facts;
    r.absent = GJ_ABSENT;
    r.yes = 1;
    r.province = 630000;
    r.owner = {"A", 1};
    r.car = {"V", 1};
    r.claims.complete = 1;
    const bool labelled = p == Programme::cars || facts[tier] != kNoLabel;
    const bool electric = p == Programme::cars && facts[drive] == 0;
    r.tier_state = labelled ? GJ_KNOWN : GJ_ABSENT;
    r.in_catalogue_state = electric ? GJ_KNOWN : GJ_ABSENT;
    r.displacement_state = electric ? GJ_ABSENT : GJ_KNOWN;
    return r;
  }

  // Each version numbers its requirements for itself; for the check they are given the numbers of failures_of.
  Answer answer(std::size_t row) {
    measure(row);
    return {figures.outcome, static_cast<std::int32_t>(figures.amount), bits.of(figures.version, failed)};
  }
  void measure(std::size_t row) {
    figures.failed_words = 1;
    gj_answer_row(binding, &rows[row], decision, &figures, nullptr);
    benchmark::DoNotOptimize(figures);
    benchmark::DoNotOptimize(failed);
  }

  std::uint64_t failed = 0;
  gj_row_answer figures = {sizeof(gj_row_answer), GJ_UNDECIDED, -1, 0, &failed, 1};
  VersionBits bits;
  gj_binding* binding = nullptr;
  gj_decision* decision = nullptr;
  std::vector<BoundRow> rows;
};

[[maybe_unused]] const bool added = add_face<Rows>("one", "guiju_row");

}  // namespace
