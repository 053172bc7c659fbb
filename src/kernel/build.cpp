// See build.hpp.
#include "kernel/build.hpp"

namespace guiju::kernel {

Program build(const plan::Plan& plan, const plan::ProgramInfo& program) {
  (void)plan;
  (void)program;
  return {};
}

}  // namespace guiju::kernel
