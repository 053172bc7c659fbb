// See build.hpp.
#include "kernel/build.hpp"

#include <algorithm>

#include "kernel/lower.hpp"

namespace guiju::kernel {

namespace {

// The dates must be facts that are always there; dates that are worked out are left to the machine.
bool read_dates(const plan::ProgramInfo& program, Program& out) {
  for (const plan::SlotId date : program.reference_dates) {
    const auto& ops = program.dates.ops;
    const auto source = std::find_if(ops.begin(), ops.end(), [&](const plan::Op& op) { return op.out == date; });
    if (source == ops.end() || source->code != plan::Operation::FACT || source->a != plan::kNone) return false;
    const plan::FieldInfo& field = program.layout.fields[source->aux];
    if (field.declared_optional || field.host_day != plan::FieldInfo::no_day) return false;
    out.dates.push_back(source->aux);
  }
  return !out.dates.empty();
}

}  // namespace

Program build(const plan::Plan& plan, const plan::ProgramInfo& program) {
  Program out;
  if (program.kind != plan::ProgramInfo::program || !read_dates(program, out)) return {};
  for (const plan::Section& section : program.sections) {
    Kernel kernel;
    try {
      kernel = Lowering(plan, program, section, out.texts).lower();
    } catch (const Unsupported&) {
      kernel = {};
    }
    out.registers = std::max({out.registers, static_cast<std::uint32_t>(kernel.ranges.size()),
                              static_cast<std::uint32_t>(program.layout.fields.size())});
    out.versions.push_back(std::move(kernel));
  }
  return out;
}

}  // namespace guiju::kernel
