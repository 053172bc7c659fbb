// The loops over lanes for one instruction set; see lane_loops.hpp and CMakeLists.txt.
#define GUIJU_INSTRUCTION_SET avx2
#include "kernel/lane_loops.hpp"
