// Puts the pieces of a programme together.
#include "emit/emit.hpp"

#include <algorithm>

#include "emit/embedded.hpp"
#include "emit/writing.hpp"

namespace guiju::emit {

namespace {

// The operands of one loop in another could not be told apart.
bool can_be_written(const kernel::Kernel& kernel) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < kernel.code.size(); ++i) {
    if (kernel.code[i].op != kernel::Operation::LOOP) continue;
    if (i < end) return false;
    end = i + 1 + kernel.code[i].b;
  }
  return !kernel.code.empty();
}

std::string head(const Writing& w) {
  return "/* " + in_comment(w.program.label) + (w.program.label.in(true).empty() ? "" : ": ") +
         in_comment(w.program.name) + ". Written by `guiju emit c`; rules " + in_comment(w.plan.rules_sha256) + ". */";
}

std::string write_header(Writing& w) {
  Text out(w.names.program + ".h");
  const std::string guard = "GUIJU_EMITTED_" + w.names.program + "_H";
  out.line(head(w));
  out.line("#ifndef " + guard);
  out.line("#define " + guard);
  out.line();
  out.line("#include \"guiju_emitted.h\"");
  out.line();
  out.line("#ifdef __cplusplus");
  out.line("extern \"C\" {");
  out.line("#endif");
  out.line();
  write_facts(out, w);
  write_results(out, w);
  out.line("#ifdef __cplusplus");
  out.line("}");
  out.line("#endif");
  out.line();
  out.line("#endif");
  return out.take();
}

std::string write_source(const Writing& w) {
  Text out(w.names.program + ".c");
  out.line(head(w));
  out.line("#include \"" + w.names.program + ".h\"");
  out.line();
  out.line("#include <string.h>");
  out.line();
  out.line("#include \"guiju_arithmetic.h\"");
  out.line();
  write_tables(out, w);
  out.line("static void answer(" + w.names.own("result") + " *result, int32_t outcome, int32_t version) {");
  out.line("  memset(result, 0, sizeof *result);");
  out.line("  result->outcome = outcome;");
  out.line("  result->version = version;");
  out.line("}");
  out.line();
  for (std::size_t i = 0; i < w.program.sections.size(); ++i) {
    if (w.kernel(i) != nullptr) write_version(out, w, i);
  }
  write_decide(out, w);
  return out.take();
}

}  // namespace

const kernel::Kernel* Writing::kernel(std::size_t version) const {
  if (version >= kernels.versions.size() || !can_be_written(kernels.versions[version])) return nullptr;
  return &kernels.versions[version];
}

Sizes sizes_of(const plan::ProgramInfo& program) {
  Sizes s;
  for (const plan::Section& section : program.sections) {
    s.failed = std::max(s.failed, words(section.requirements.size()));
    s.refused = std::max(s.refused, words(section.part_requirements.size()));
    s.owed = std::max(s.owed, words(section.documents.size()));
    s.parts = std::max(s.parts, section.parts.size());
    s.shares = std::max(s.shares, section.shares.size());
  }
  return s;
}

std::string name_of(const plan::ProgramInfo& program) {
  return identifier(program.name, program.aliases);
}

std::vector<File> emit_c(const plan::Plan& plan, const plan::ProgramInfo& program) {
  static const kernel::Program none;
  Writing w{plan, program, program.kernels == nullptr ? none : *program.kernels, Names(plan, program)};
  for (std::size_t i = 0; i < program.sections.size(); ++i) w.short_cuts.push_back(short_cut(w, i));
  std::string header = write_header(w);
  return {{w.names.program + ".h", std::move(header)}, {w.names.program + ".c", write_source(w)}};
}

std::vector<File> common_files() {
  return {{"guiju_arithmetic.h", std::string(kArithmetic)}, {"guiju_emitted.h", std::string(kEmitted)}};
}

}  // namespace guiju::emit
