// Small random programmes in which every completion of the open facts can be listed: few facts, and for each of them
// the values between which nothing turns.
#pragma once

#include <string>

#include "random.hpp"

namespace guiju::reference {

// What the facts are used for; of programmes each class holds the ones before it.
enum class SmallClass : std::uint8_t {
  duties,      // what is compared, as grounds of a duty; its deadline is known, done and the host's day may be open
  unbegun,     // what a history of which nothing is said is asked in one place, and truths, members, levels
  questions,   // what a history that may have more entries is asked in several places, and the same
  histories,   // what a history that may have more entries is asked in one place, and truths, members, levels
  finite,      // truths, members, levels, texts, open texts, what papers say, truths and counts over known entries
  compared,    // numbers, dates and regions that are compared with what is known
  arithmetic,  // one of them in one monotone place of the amount
  loose,       // two open numbers compared, one in two places
};
[[nodiscard]] const char* name_of(SmallClass which);
[[nodiscard]] bool is_of_histories(SmallClass which);
// What every completion agrees on is always told.
[[nodiscard]] bool is_exact(SmallClass which);

[[nodiscard]] std::string small_program(Random& random, SmallClass which);

}  // namespace guiju::reference
