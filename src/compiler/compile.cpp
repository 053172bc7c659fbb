// The walk from files to a plan, and the border that no exception crosses.
#include "compiler/compile.hpp"

#include <exception>
#include <new>

#include "compiler/load.hpp"
#include "model/check.hpp"
#include "plan/lower.hpp"

namespace guiju::compiler {
namespace {

void compile_into(Compiled& result, const std::vector<std::string>& files, const FileReader& reader,
                  const syntax::Limits& limits) {
  Loaded loaded = load(files, reader, effective(limits), result.sources, result.diagnostics);
  result.trees = std::move(loaded.trees);
  result.rulebook = model::check(result.sources, loaded.modules, result.diagnostics);
  if (result.diagnostics.has_errors()) return;
  auto plan = plan::lower(*result.rulebook, result.sources, result.diagnostics);
  if (!result.diagnostics.has_errors()) result.plan = std::move(plan);
}

}  // namespace

Compiled compile(const std::vector<std::string>& files, const FileReader& reader, const syntax::Limits& limits) {
  Compiled result;
  result.rulebook = std::make_unique<model::Rulebook>();
  try {
    compile_into(result, files, reader, limits);
  } catch (const std::bad_alloc&) {
    result.plan = nullptr;
    result.diagnostics.add(Code::out_of_memory, {});
  } catch (const std::exception& e) {
    result.plan = nullptr;
    result.diagnostics.add(Code::internal_fault, {}, {e.what()});
  } catch (...) {
    result.plan = nullptr;
    result.diagnostics.add(Code::internal_fault, {}, {"unknown"});
  }
  result.diagnostics.sort_by_place();
  return result;
}

}  // namespace guiju::compiler
