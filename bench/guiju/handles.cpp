// Guiju through its C interface, field by field: eight facts set by handles that were resolved once, one decision
// without words, its outcome, amount and failures read.
#include "face.hpp"
#include "guiju/rules.hpp"

namespace {

using namespace bench;

struct Handles {
  explicit Handles(Programme p, gj_language language = GJ_SILENT)
      : programme(p), rows(rows_of(p)), facts(fixed_facts(p)), bits(p) {
    must(gj_decision_new(&decision, nullptr), "decision");
    must(gj_decision_set_language(decision, language), "language");
    const gj_program* program = gj_facts_program(facts);
    const auto field = [&](std::string_view path) { fields.push_back(field_of(program, path)); };
    if (programme == Programme::appliances)
      for (const char* path : {"purchase.date", "purchase.category", "purchase.tier", "purchase.list_price",
                               "purchase.discounts", "seller.participating", "seller.takes_back", "buyer.kind"})
        field(path);
    else
      for (const char* path :
           {"新车.开票日期", "申请.提交日期", "手续.交车日期", "手续.注销日期", "新车.登记日期", "旧车.燃料",
            "旧车.登记日期", "旧车.转入日期", "新车.类别", "新车.列入目录", "新车.排量", "新车.价税合计"})
        field(path);
  }
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  ~Handles() {
    gj_facts_delete(facts);
    gj_decision_delete(decision);
  }

  Answer answer(std::size_t row) {
    if (programme == Programme::appliances)
      set_appliance(rows[row]);
    else
      set_car(rows[row]);
    gj_decide(facts, decision, nullptr);
    return answer_of(decision, bits);
  }

  void set_appliance(const Row& r) {
    set_date(0, r[date]);
    set_member(1, r[category]);
    if (r[tier] == kNoLabel)
      gj_facts_set_state(facts, fields[2], GJ_ABSENT);
    else
      set_member(2, r[tier]);
    gj_facts_set_decimal(facts, fields[3], r[list_price], 2);
    gj_facts_set_decimal(facts, fields[4], r[discounts], 2);
    gj_facts_set_truth(facts, fields[5], r[participating]);
    gj_facts_set_truth(facts, fields[6], r[takes_back]);
    set_member(7, r[buyer]);
  }

  void set_car(const Row& r) {
    set_date(0, r[invoiced_on]);
    for (std::size_t i = 1; i <= 4; ++i) set_date(i, r[papers_on]);
    set_member(5, r[old_fuel]);
    set_date(6, r[old_registered_on]);
    set_date(7, r[held_since]);
    set_member(8, r[drive]);
    if (r[drive] == 0) {
      gj_facts_set_truth(facts, fields[9], 1);
      gj_facts_set_state(facts, fields[10], GJ_ABSENT);
    } else {
      gj_facts_set_state(facts, fields[9], GJ_ABSENT);
      gj_facts_set_decimal(facts, fields[10], r[displacement], 3);
    }
    gj_facts_set_decimal(facts, fields[11], r[price], 2);
  }

  void set_date(std::size_t field, std::int32_t days) {
    const Date d = date_of(days);
    gj_facts_set_date(facts, fields[field], {d.year, d.month, d.day});
  }
  void set_member(std::size_t field, std::int32_t member) {
    gj_facts_set_member(facts, fields[field], static_cast<std::size_t>(member));
  }

  Programme programme;
  const std::vector<Row>& rows;
  gj_facts* facts = nullptr;
  gj_decision* decision = nullptr;
  std::vector<const gj_field*> fields;
  FailureBits bits;
};

struct InWords : Handles {
  explicit InWords(Programme p) : Handles(p, GJ_ZH) {}
};

struct Traced : Handles {
  explicit Traced(Programme p) : Handles(p, GJ_ZH) {}
  void measure(std::size_t row) {
    benchmark::DoNotOptimize(answer(row));
    gj_decision_make_trace(facts, decision, nullptr);
    benchmark::DoNotOptimize(gj_decision_count(decision, GJ_TRACE));
  }
};

[[maybe_unused]] const bool added = add_face<Handles>("one", "guiju_handles") &&
                                    add_face<InWords>("words", "guiju_reasons") &&
                                    add_face<Traced>("words", "guiju_trace") && add_threads<Handles>("guiju");

}  // namespace
