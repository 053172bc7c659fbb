// What a case that is referred comes to where its open texts are read in one way: what hangs on each of them.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "run/assumptions.hpp"
#include "run/decide.hpp"

namespace guiju::run {

struct Reading {
  plan::Index choice = plan::kNone;
  std::size_t number = 0;  // in ChoiceInfo::readings
};

// At most so many ways are told; a text that would make more is left open.
inline constexpr std::size_t kMostWays = 12;

// Of a referred case: calls `tell` for each way in which the texts that matter can be read, in their order, with the
// decision that it leads to. A text that no longer matters once another is read is not read further, so that the ways
// are as few as they can be. None where no text with readings is open. Meanwhile Decision::supposed is what is read.
void for_each_way(const Facts& facts, const Decision& referred,
                  const std::function<void(const std::vector<Reading>& read, const Decision& decision)>& tell);

// The readings of adopted texts, other than the adopted ones, on which it hangs which version governs, or that the
// piece of the rules reads; `section`: nullptr where none governs.
[[nodiscard]] std::vector<Reading> other_readings(const plan::Plan& plan, const plan::ProgramInfo& program,
                                                  const plan::Section* section);
[[nodiscard]] Assumptions assumed(const std::vector<Reading>& read);
// What the case comes to where a text is read so.
[[nodiscard]] Decision decided_as_read(const Facts& facts, const Options& options, const Reading& read);

// Of a settled case: calls `tell` for each reading of an adopted text, other than the adopted one, by which the
// outcome, the amount, the grade or the figure of a target would be another.
void for_each_other_reading(const Facts& facts, const Decision& settled,
                            const std::function<void(const Reading& other, const Decision& decision)>& tell);

}  // namespace guiju::run
