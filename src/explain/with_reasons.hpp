// A decision with its reasons evaluated: the given one, or a copy of it where they are not yet.
#pragma once

#include <memory>

#include "run/decide.hpp"

namespace guiju::explain {

class WithReasons {
 public:
  WithReasons(const run::Facts& facts, const run::Decision& decision) : decision_(&decision) {
    if (decision.reasons_evaluated || decision.section == plan::kNone) return;
    own_ = std::make_unique<run::Decision>(decision);
    run::evaluate_reasons(facts, *own_);
    decision_ = own_.get();
  }

  [[nodiscard]] const run::Decision& get() const { return *decision_; }

 private:
  std::unique_ptr<run::Decision> own_;
  const run::Decision* decision_;
};

}  // namespace guiju::explain
