// How many allocations this thread has made: malloc and its relations stand here in front of those of the C library.
#pragma once

namespace bench {

long allocations();

}  // namespace bench
