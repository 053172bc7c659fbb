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
    const std::vector<std::string_view> names = failures_of(p);
    for (std::size_t v = 0; v < info.versions; ++v) {
      auto& of_version = of_failure_.emplace_back(64, 0U);
      for (std::size_t i = 0; i < info.version[v].requirements; ++i) {
        for (std::size_t n = 0; n < names.size(); ++n) {
          if (names[n] == info.version[v].requirement[i].name) of_version[i] = 1U << n;
        }
      }
    }
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
    Answer out{result.outcome, static_cast<std::int32_t>(result.amount), 0};
    for (std::uint64_t rest = result.failed[0]; rest != 0; rest &= rest - 1)
      out.failed |=
          of_failure_[static_cast<std::size_t>(result.version)][static_cast<std::size_t>(__builtin_ctzll(rest))];
    return out;
  }

  Answer of_engine(std::size_t row) {
    const std::string json = json_of(programme_, rows_[row]);
    gj_facts_reset(engine_);
    must(gj_facts_read_json(engine_, json.data(), json.size(), nullptr), "facts");
    must(gj_decide(engine_, decision_, nullptr), "decide");
    return answer_of(decision_, bits_);
  }

  // A fact by its first path; some of these have Chinese names, which the setters spell by their codes.
  struct Fact {
    std::int64_t* member;
    std::uint64_t *known, *absent, bit;
    void set(std::int64_t value) const {
      *member = value;
      *known |= bit;
      *absent &= ~bit;
    }
    void lack() const {
      *known &= ~bit;
      *absent |= bit;
    }
  };
  Fact fact(std::string_view name) {  // by any of its names; the table has the first
    gj_field_info info = {};
    info.size = sizeof info;
    must(gj_field_describe(field_of(program_of(programme_), name), GJ_ZH, &info), "field");
    const std::string_view path(info.path.data, info.path.size);
    const gjc_layout& layout =
        *(programme_ == Programme::appliances ? appliance_trade_in_program : car_scrappage_program).facts;
    char* const facts =
        programme_ == Programme::appliances ? reinterpret_cast<char*>(&appliance_) : reinterpret_cast<char*>(&car_);
    for (std::size_t i = 0; i < layout.fields; ++i) {
      const gjc_field& f = layout.field[i];
      if (f.path != path) continue;
      const auto word = static_cast<std::size_t>(f.bit / 64);
      const auto set = [&](std::size_t offset) { return reinterpret_cast<std::uint64_t*>(facts + offset) + word; };
      return {reinterpret_cast<std::int64_t*>(facts + f.offset), set(layout.known), set(layout.absent),
              std::uint64_t{1} << (f.bit % 64)};
    }
    must(GJ_E_NOT_FOUND, std::string(path).c_str());
    return {};
  }
  void find(std::initializer_list<std::string_view> paths) {
    for (const std::string_view path : paths) facts_.push_back(fact(path));
  }

  // What is the same in every row; texts have numbers of this host.
  void appliances() {
    fact("purchase.receiver").lack();
    fact("claims").set(0);
    find({"purchase.date", "purchase.category", "purchase.tier", "purchase.list_price", "purchase.discounts",
          "seller.participating", "seller.takes_back", "buyer.kind"});
  }
  void cars() {
    constexpr std::int64_t kOwner = 1'000'000;
    constexpr std::int64_t kQinghai = 630'000'000'000;
    fact("申请人.kind").set(0);
    for (const char* path : {"申请人.id", "旧车.owner", "新车.owner"}) fact(path).set(kOwner);
    fact("新车.vin").set(kOwner + 1);
    for (const char* path : {"新车.invoiced_in", "新车.registered_in"}) fact(path).set(kQinghai);
    fact("往次").set(0);
    find({"新车.invoiced_on", "申请.submitted_on", "手续.handed_in_on", "手续.deregistered_on", "新车.registered_on",
          "旧车.fuel", "旧车.registered_on", "旧车.held_since", "新车.drive", "新车.in_catalogue", "新车.displacement",
          "新车.price_with_tax"});
  }

  void set_appliance(const Row& r) {
    for (std::size_t i = 0; i < kFacts; ++i) facts_[i].set(r[i]);
    if (r[tier] == kNoLabel) facts_[tier].lack();
  }
  void set_car(const Row& r) {
    facts_[0].set(r[invoiced_on]);
    for (std::size_t i = 1; i <= 4; ++i) facts_[i].set(r[papers_on]);
    facts_[5].set(r[old_fuel]);
    facts_[6].set(r[old_registered_on]);
    facts_[7].set(r[held_since]);
    facts_[8].set(r[drive]);
    if (r[drive] == 0) {
      facts_[9].set(1);
      facts_[10].lack();
    } else {
      facts_[9].lack();
      facts_[10].set(r[displacement]);
    }
    facts_[11].set(r[price]);
  }

  Programme programme_;
  const std::vector<Row>& rows_;
  FailureBits bits_;
  gj_facts* engine_;
  gj_decision* decision_ = nullptr;
  std::vector<Fact> facts_;
  std::vector<std::vector<std::uint32_t>> of_failure_;  // by version, by requirement
  appliance_trade_in_facts appliance_ = {};
  appliance_trade_in_result granted_ = {};
  car_scrappage_facts car_ = {};
  car_scrappage_result scrapped_ = {};
};

[[maybe_unused]] const bool added = add_face<Emitted>("one", "guiju_emitted_c");

}  // namespace
