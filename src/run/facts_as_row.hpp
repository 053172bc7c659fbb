// Facts as a row that is bound: whoever decides one case of a programme after another is worth a row program of its
// own, or machine code where there is any, in place of kernels that are executed operation by operation. The workspace
// of a decision.
#pragma once

#include <cstdint>
#include <memory>

#include "run/facts.hpp"

namespace guiju::run {

class FactsAsRow {
 public:
  // Making takes as long as some thousand decisions gain.
  static constexpr std::uint32_t kFewCases = 1'000;

  explicit FactsAsRow(std::uint32_t few = kFewCases);
  ~FactsAsRow();
  // A copy begins anew.
  FactsAsRow(const FactsAsRow& other);
  FactsAsRow& operator=(const FactsAsRow& other);

  // As RowBinding::decide; 0 as well for the first few of the cases of a programme that come one after another.
  [[nodiscard]] std::uint64_t decide(const Facts& facts);
  [[nodiscard]] const std::uint64_t* answer() const;

 private:
  struct Row;
  const plan::ProgramInfo* program_ = nullptr;  // of the cases that were counted; not to be read
  std::uint32_t few_, cases_ = 0;
  std::unique_ptr<Row> row_;
};

}  // namespace guiju::run
