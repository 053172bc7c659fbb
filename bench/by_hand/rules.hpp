// The two programmes as a programmer would write them for a till: plain C++, every failed requirement noted.
#pragma once

#include "cases.hpp"

namespace by_hand {

bench::Answer appliance(const bench::Row& row);
bench::Answer car(const bench::Row& row);

}  // namespace by_hand
