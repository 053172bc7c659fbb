// The programmes as `guiju emit c` writes them, called as a till would: eight members of a struct set, one call, the
// outcome, amount and failures read. What C leaves open is asked of the engine before answers are compared; it is not
// measured, as that is another face.
#include "appliance_trade_in.h"
#include "car_scrappage.h"
#include "face.hpp"
#include "guiju/rules.hpp"

namespace {

using namespace bench;

class Emitted {
 public:
  explicit Emitted(Programme p) : programme_(p), rows_(rows_of(p)), bits_(p), engine_(fixed_facts(p)) {
    must(gj_decision_new(&decision_, nullptr), "decision");
    p == Programme::appliances ? appliances() : cars();
    const gjc_program& info = p == Programme::appliances ? appliance_trade_in_program : car_scrappage_program;
    common_.push_back({0});  // without a version
    for (std::size_t v = 0; v < info.versions; ++v) common_.push_back(common_sets(info.version[v], failures_of(p)));
  }
  Emitted(const Emitted&) = delete;
  Emitted& operator=(const Emitted&) = delete;
  ~Emitted() {
    gj_decision_delete(decision_);
    gj_facts_delete(engine_);
  }

  Answer answer(std::size_t row) {
    const Answer in_c = decide(row);
    return in_c.outcome == GJC_OPEN ? of_engine(row) : in_c;
  }
  void measure(std::size_t row) { benchmark::DoNotOptimize(decide(row)); }

 private:
  // Each version numbers its requirements for itself.
  static std::vector<std::uint32_t> common_sets(const gjc_version& version,
                                                const std::vector<std::string_view>& names) {
    std::vector<std::uint32_t> out(std::size_t{1} << version.requirements);
    for (std::size_t i = 0; i < version.requirements; ++i) {
      std::uint32_t bit = 0;
      for (std::size_t n = 0; n < names.size(); ++n)
        if (names[n] == version.requirement[i].name) bit = 1U << n;
      for (std::size_t set = 0; set < out.size(); ++set)
        if ((set >> i & 1U) != 0) out[set] |= bit;
    }
    return out;
  }

  Answer decide(std::size_t row) {
    if (programme_ == Programme::appliances) {
      set_appliance(rows_[row]);
      appliance_trade_in_decide(&appliance_, &granted_);
      return read(granted_);
    }
    set_car(rows_[row]);
    car_scrappage_decide(&car_, &scrapped_);
    return read(scrapped_);
  }

  template <typename Result>
  [[nodiscard]] Answer read(const Result& result) const {
    return {result.outcome, static_cast<std::int32_t>(result.amount),
            common_[static_cast<std::size_t>(result.version + 1)][result.failed[0]]};
  }

  Answer of_engine(std::size_t row) {
    const std::string json = json_of(programme_, rows_[row]);
    gj_facts_reset(engine_);
    must(gj_facts_read_json(engine_, json.data(), json.size(), nullptr), "facts");
    must(gj_decide(engine_, decision_, nullptr), "decide");
    return answer_of(decision_, bits_);
  }

  // What is the same in every row; texts have numbers of this host.
  void appliances() {
    appliance_trade_in_no_purchase_receiver(&appliance_);
    appliance_trade_in_set_claims(&appliance_, nullptr, 0);
  }
  // 申请人, 旧车, 新车 and 往次 are spelt by the codes of their characters.
  void cars() {
    constexpr std::int64_t kOwner = 1'000'000;
    constexpr std::int64_t kQinghai = 630'000'000'000;
    car_scrappage_set_u7533_u8bf7_u4eba_kind(&car_, 0);
    car_scrappage_set_u7533_u8bf7_u4eba_id(&car_, kOwner);
    car_scrappage_set_u65e7_u8f66_owner(&car_, kOwner);
    car_scrappage_set_u65b0_u8f66_owner(&car_, kOwner);
    car_scrappage_set_u65b0_u8f66_vin(&car_, kOwner + 1);
    car_scrappage_set_u65b0_u8f66_invoiced_in(&car_, kQinghai);
    car_scrappage_set_u65b0_u8f66_registered_in(&car_, kQinghai);
    car_scrappage_set_u5f80_u6b21(&car_, nullptr, 0);
  }

  void set_appliance(const Row& r) {
    appliance_trade_in_set_purchase_date(&appliance_, r[date]);
    appliance_trade_in_set_purchase_category(&appliance_, r[category]);
    if (r[tier] == kNoLabel)
      appliance_trade_in_no_purchase_tier(&appliance_);
    else
      appliance_trade_in_set_purchase_tier(&appliance_, r[tier]);
    appliance_trade_in_set_purchase_list_price(&appliance_, r[list_price]);
    appliance_trade_in_set_purchase_discounts(&appliance_, r[discounts]);
    appliance_trade_in_set_seller_participating(&appliance_, r[participating]);
    appliance_trade_in_set_seller_takes_back(&appliance_, r[takes_back]);
    appliance_trade_in_set_buyer_kind(&appliance_, r[buyer]);
  }
  // One day stands for four papers: 申请, 手续 (twice) and 新车.
  void set_car(const Row& r) {
    car_scrappage_set_u65b0_u8f66_invoiced_on(&car_, r[invoiced_on]);
    car_scrappage_set_u7533_u8bf7_submitted_on(&car_, r[papers_on]);
    car_scrappage_set_u624b_u7eed_handed_in_on(&car_, r[papers_on]);
    car_scrappage_set_u624b_u7eed_deregistered_on(&car_, r[papers_on]);
    car_scrappage_set_u65b0_u8f66_registered_on(&car_, r[papers_on]);
    car_scrappage_set_u65e7_u8f66_fuel(&car_, r[old_fuel]);
    car_scrappage_set_u65e7_u8f66_registered_on(&car_, r[old_registered_on]);
    car_scrappage_set_u65e7_u8f66_held_since(&car_, r[held_since]);
    car_scrappage_set_u65b0_u8f66_drive(&car_, r[drive]);
    if (r[drive] == 0) {
      car_scrappage_set_u65b0_u8f66_in_catalogue(&car_, 1);
      car_scrappage_no_u65b0_u8f66_displacement(&car_);
    } else {
      car_scrappage_no_u65b0_u8f66_in_catalogue(&car_);
      car_scrappage_set_u65b0_u8f66_displacement(&car_, r[displacement]);
    }
    car_scrappage_set_u65b0_u8f66_price_with_tax(&car_, r[price]);
  }

  Programme programme_;
  const std::vector<Row>& rows_;
  FailureBits bits_;
  gj_facts* engine_;
  gj_decision* decision_ = nullptr;
  std::vector<std::vector<std::uint32_t>>
      common_;  // by version (the first: none) and set: the same failures by the bits of everybody
  appliance_trade_in_facts appliance_ = {};
  appliance_trade_in_result granted_ = {};
  car_scrappage_facts car_ = {};
  car_scrappage_result scrapped_ = {};
};

[[maybe_unused]] const bool added = add_face<Emitted>("one", "guiju_emitted_c");

}  // namespace
