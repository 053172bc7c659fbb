// See values.hpp.
#include "kernel/values.hpp"

#include "kernel/arithmetic.h"

namespace guiju::kernel {

bool commutes(Operation op) {
  switch (op) {
    case Operation::ADD:
    case Operation::MUL:
    case Operation::MIN:
    case Operation::MAX:
    case Operation::AND:
    case Operation::OR:
    case Operation::EQ:
      return true;
    default:
      return false;
  }
}

std::size_t reads(Operation op) {
  std::size_t n = 0;
  for (const char operand : operands_of(op)) n += operand != 'k' ? 1 : 0;
  return n;
}

std::int64_t evaluate(Operation op, std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t k,
                      const std::int64_t* p) {
  switch (op) {
#define GUIJU_KERNEL(id, operands, expression) \
  case Operation::id:                          \
    return expression;
#include "kernel/operations.def"
#undef GUIJU_KERNEL
    default:
      return 0;
  }
}

}  // namespace guiju::kernel
