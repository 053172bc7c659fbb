// What the faces of Guiju share: the two programmes from the rule files as they are, and the case of a programme with
// all that is the same in every row.
#pragma once

#include <guiju.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "cases.hpp"

namespace bench {

// Ends the program with the reason where a call fails: a benchmark that goes on would measure nothing.
void must(gj_status status, const char* what, gj_error* error = nullptr);

// The programme; its rulebook lives as long as the process.
const gj_program* program_of(Programme programme);

// The handle of a field; ends the program where there is none.
const gj_field* field_of(const gj_program* program, std::string_view path);

// Facts in which everything is set that no column holds.
gj_facts* fixed_facts(Programme programme);

// The bits of failures_of by the ids of failures, which are found out as they are met.
class FailureBits {
 public:
  explicit FailureBits(Programme programme) : names_(failures_of(programme)) {}
  std::uint32_t of(const gj_decision* decision);

 private:
  struct Known {
    std::uint32_t id = 0, bit = 0;
  };
  Known& place_of(std::uint32_t id);
  std::uint32_t learn(const gj_decision* decision, std::size_t index);

  std::vector<std::string_view> names_;
  std::array<Known, 64> known_{};  // by the last bits of the id, or after it
};

// The same by version and number of the requirement, of which there are at most 16: a byte at a time.
class VersionBits {
 public:
  explicit VersionBits(Programme programme);
  [[nodiscard]] std::uint32_t of(std::int32_t version, std::uint64_t failed) const {
    const Halves& bits = versions_[static_cast<std::size_t>(version + 1)];
    return bits[0][failed & 0xff] | bits[1][failed >> 8 & 0xff];
  }

 private:
  using Halves = std::array<std::array<std::uint32_t, 256>, 2>;
  std::vector<Halves> versions_;  // from -1 on: none
};

// Outcome, amount and failures of a decision.
Answer answer_of(const gj_decision* decision, FailureBits& bits);

}  // namespace bench
