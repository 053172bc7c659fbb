// The outlines of the cases that a host writes: the same keys in the same order, time and again, and only values
// differ. What lies between the values of a text is held, byte by byte, against that of texts that were read in full
// before; where one agrees, the values are all that is left to read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"

namespace guiju::json {

// A number as JSON writes it.
[[nodiscard]] bool is_number(std::string_view token);

class Outlines {
 public:
  // A scalar as it stands in the text, quotes and all, with nothing in it that is escaped.
  struct Value {
    plan::Index field;
    std::string_view token;
  };
  // What is said of a field by what lies between the values.
  enum class Said : std::uint8_t { exists, is_absent, has_no_entries, has_no_entries_yet };
  struct Given {
    plan::Index field;
    Said said;
  };

  // Whether the text has one of the outlines. `values` and `given` then hold what it says, until it or `learn` is
  // called again; `given` comes first.
  [[nodiscard]] bool fits(std::string_view text);
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }
  [[nodiscard]] const std::vector<Given>& given() const { return given_; }

  // While a text is read in full: what it holds, in order. One that holds anything else is left out.
  void begin();
  void add_value(plan::Index field, std::string_view token) { values_.push_back({field, token}); }
  void add(plan::Index field, Said said) { given_.push_back({field, said}); }
  void leave_out() { is_left_out_ = true; }
  // All of it was read, and `values` lie in it.
  void learn(std::string_view text);

  void forget();

 private:
  static constexpr std::uint32_t kNoStep = 0xffffffffU;
  // Outlines that begin alike share their first steps.
  struct Step {
    std::size_t begin, size;  // of what comes before the value, in `between_`
    plan::Index field;        // kNone: the text ends here
    std::uint32_t next;       // the first step behind the value; of the last: where its own in `said_` begin
    std::uint32_t other;      // another that may stand in place of this one
  };
  [[nodiscard]] std::string_view before(const Step& step) const {
    return std::string_view(between_).substr(step.begin, step.size);
  }
  std::uint32_t step_after(std::uint32_t last, std::string_view between, plan::Index field);

  std::vector<Step> steps_;
  std::string between_;
  std::vector<std::vector<Given>> said_;  // by outline
  bool is_left_out_ = false;
  std::vector<Value> values_;
  std::vector<Given> given_;
};

}  // namespace guiju::json
