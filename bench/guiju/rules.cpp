// See rules.hpp.
#include "guiju/rules.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace bench {

namespace {

std::string_view view(gj_text text) {
  return {text.data, text.size};
}

gj_rulebook* compiled(const std::string& path) {
  gj_rulebook* rulebook = nullptr;
  gj_error* error = nullptr;
  must(gj_compile_file(path.data(), path.size(), nullptr, &rulebook, nullptr, &error), path.c_str(), error);
  return rulebook;
}

void write(gj_facts* facts, std::string_view path, std::string_view text) {
  must(gj_facts_set_written(facts, field_of(gj_facts_program(facts), path), text.data(), text.size()),
       "setting a fact");
}

}  // namespace

void must(gj_status status, const char* what, gj_error* error) {
  if (status == GJ_OK) return;
  const gj_text message = gj_error_message(error, GJ_EN);
  std::fprintf(stderr, "%s: %s %.*s\n", what, gj_status_name(status), static_cast<int>(message.size), message.data);
  std::exit(1);
}

const gj_program* program_of(Programme programme) {
  static gj_rulebook* const appliances = compiled(GUIJU_RULES_DIR "/consumer/appliances.gj");
  static gj_rulebook* const cars = compiled(GUIJU_RULES_DIR "/consumer/car_scrappage.gj");
  const std::string_view name = programme == Programme::appliances ? "appliance_trade_in" : "car_scrappage";
  return gj_rulebook_find_program(programme == Programme::appliances ? appliances : cars, name.data(), name.size());
}

const gj_field* field_of(const gj_program* program, std::string_view path) {
  const gj_field* field = gj_program_find_field(program, path.data(), path.size());
  if (field == nullptr) must(GJ_E_NOT_FOUND, std::string(path).c_str());
  return field;
}

gj_facts* fixed_facts(Programme programme) {
  const gj_program* program = program_of(programme);
  gj_facts* facts = nullptr;
  gj_error* error = nullptr;
  must(gj_facts_new(program, &facts, &error), "facts", error);
  if (programme == Programme::appliances) {
    must(gj_facts_set_state(facts, field_of(program, "purchase.receiver"), GJ_ABSENT), "receiver");
    must(gj_facts_begin_list(facts, field_of(program, "claims"), 1), "claims");
    return facts;
  }
  write(facts, "申请人.类别", "individual");
  write(facts, "申请人.证件号", "A");
  write(facts, "旧车.所有人", "A");
  write(facts, "新车.所有人", "A");
  write(facts, "新车.车架号", "V");
  write(facts, "新车.开票省", "630000");
  write(facts, "新车.登记省", "630000");
  must(gj_facts_begin_list(facts, field_of(program, "往次"), 1), "claims");
  return facts;
}

FailureBits::Known& FailureBits::place_of(std::uint32_t id) {
  std::size_t at = id % known_.size();
  while (known_[at].id != 0 && known_[at].id != id) at = (at + 1) % known_.size();
  return known_[at];
}

std::uint32_t FailureBits::of(const gj_decision* decision) {
  std::array<std::uint32_t, 32> ids;
  const std::size_t count = gj_decision_failed_ids(decision, ids.data(), ids.size());
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < count && i < ids.size(); ++i) {
    const Known& known = place_of(ids[i]);
    out |= known.id != 0 ? known.bit : learn(decision, i);
  }
  return out;
}

std::uint32_t FailureBits::learn(const gj_decision* decision, std::size_t index) {
  gj_failure failure = {};
  failure.size = sizeof failure;
  must(gj_decision_failure(decision, index, &failure), "failure");
  std::string_view name = view(failure.name);
  while (name.back() >= '0' && name.back() <= '9') name.remove_suffix(1);  // the number of one of many programmes
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] != name) continue;
    place_of(failure.id) = {failure.id, 1U << i};
    return 1U << i;
  }
  must(GJ_E_NOT_FOUND, std::string(view(failure.name)).c_str());
  return 0;
}

VersionBits::VersionBits(Programme programme) {
  const gj_program* const program = program_of(programme);
  const std::vector<std::string_view> names = failures_of(programme);
  gj_program_info info = {};
  info.size = sizeof info;
  must(gj_program_describe(program, GJ_ZH, &info), "program");
  versions_.resize(1 + info.version_count);
  for (std::size_t v = 0; v < info.version_count; ++v) {
    for (std::size_t i = 0; i < 16; ++i) {
      const std::string_view name = view(gj_program_requirement(program, v, i));
      const auto at = std::find(names.begin(), names.end(), name);
      if (at == names.end()) continue;
      for (std::size_t set = 0; set < 256; ++set) {
        if ((set >> (i % 8) & 1U) != 0) versions_[1 + v][i / 8][set] |= 1U << (at - names.begin());
      }
    }
  }
}

Answer answer_of(const gj_decision* decision, FailureBits& bits) {
  Answer out;
  out.outcome = gj_decision_outcome(decision);
  if (out.outcome == GJ_INELIGIBLE) out.failed = bits.of(decision);
  gj_decimal amount = {};
  if (out.outcome == GJ_ELIGIBLE && gj_decision_amount(decision, &amount) == GJ_OK)
    out.amount = static_cast<std::int32_t>(amount.coefficient);
  return out;
}

}  // namespace bench
