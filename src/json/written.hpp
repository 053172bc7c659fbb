// Sets one fact from what a host wrote: a JSON number by its digits, or a text such as "3999.00", "4.5 kW", "fridge",
// "2025年3月1日".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "run/facts.hpp"

namespace guiju::json {

// The exact value of a number as JSON writes it: sign, digits, fraction, exponent. No value where the text is something
// else or has more than 38 digits.
[[nodiscard]] std::optional<Rational> parse_number(std::string_view digits);

// A number alone for a percentage is a share of one. Above one it is as likely to be 80 for 80%, so that hosts have to
// write the sign; receipts write every share as a number.
enum class Shares : bool { up_to_one, any };

// Each sets the fact and returns true, or keeps it as a bad fact and returns false. Lists are not written this way.
bool set_text(run::Facts& facts, const run::FieldRef& field, std::string_view text, Shares shares = Shares::up_to_one);
bool set_number(run::Facts& facts, const run::FieldRef& field, std::string_view digits,
                Shares shares = Shares::up_to_one);
bool set_truth(run::Facts& facts, const run::FieldRef& field, bool value);

// Sets coefficient / 10^scale, in the unit of the field, where 64 bits are enough and the field allows it. False, and
// nothing is changed, where not; what is then to be said is found the exact way.
bool set_decimal_quickly(const run::FieldRef& field, std::int64_t coefficient, std::int32_t scale);

// What came, short enough for a message: at most 40 characters, then an ellipsis.
[[nodiscard]] std::string shorten(std::string_view text);

}  // namespace guiju::json
