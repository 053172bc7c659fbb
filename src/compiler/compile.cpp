// The walk from files to a plan, and the border that no exception crosses.
#include "compiler/compile.hpp"

#include <exception>
#include <new>

#include "compiler/cache.hpp"
#include "compiler/load.hpp"
#include "compiler/unread_groups.hpp"
#include "diagnostics/codes.hpp"
#include "model/check.hpp"
#include "plan/lower.hpp"
#include "run/kernels.hpp"

namespace guiju::compiler {
namespace {

// Takes what is in the cache for the same rules.
bool take_last(Compiled& result, const Cache& cache, const std::vector<model::Module>& modules,
               const syntax::Limits& limits) {
  const auto last = cache.last();
  if (last == nullptr || !last->inputs.same(result.sources, limits, modules)) return false;
  result.plan = last->plan;
  result.diagnostics = last->diagnostics;
  return true;
}

void keep_outcome(const Compiled& result, Cache& cache, std::vector<model::Module> modules,
                  const syntax::Limits& limits) {
  for (model::Module& module : modules) module.tree = nullptr;
  cache.keep(std::make_shared<const Cache::Outcome>(
      Cache::Outcome{{result.sources, limits, std::move(modules)}, result.plan, result.diagnostics}));
}

// Checks and lowers; nullptr where there are errors.
std::shared_ptr<plan::Plan> rulebook_and_plan(Compiled& result, const std::vector<model::Module>& modules) {
  std::shared_ptr<const void> remains;
  result.rulebook = model::check(result.sources, modules, result.diagnostics, &remains);
  if (result.diagnostics.has_errors()) {
    plan::report_scales(*result.rulebook, result.sources, result.diagnostics);
    return nullptr;
  }
  auto plan = plan::lower(*result.rulebook, result.sources, result.diagnostics);
  return result.diagnostics.has_errors() ? nullptr : plan;
}

// The same, one programme after the other. What lowering finds is put with what checking found at the end, since
// lowering goes on for as long as checking finds no mistake.
std::shared_ptr<plan::Plan> plan_alone(Compiled& result, const std::vector<model::Module>& modules) {
  Diagnostics of_lowering;
  std::optional<plan::Lowering> lowering;
  const auto lower = [&](const model::Rulebook& rulebook, std::size_t index) {
    if (!lowering) lowering.emplace(rulebook, result.sources, of_lowering);
    lowering->lower_program(index);
  };
  std::shared_ptr<const void> remains;
  const auto rulebook = model::check_each(result.sources, modules, result.diagnostics, lower, &remains);
  std::shared_ptr<plan::Plan> plan;
  if (result.diagnostics.has_errors()) {
    plan::report_scales(*rulebook, result.sources, result.diagnostics);
  } else {
    if (!lowering) lowering.emplace(*rulebook, result.sources, of_lowering);
    plan = lowering->finish();
  }
  for (const Diagnostic& found : of_lowering.all())
    result.diagnostics.add(found.code, found.span, found.arguments, found.related);
  return result.diagnostics.has_errors() ? nullptr : plan;
}

void compile_into(Compiled& result, const std::vector<std::string>& files, const FileReader& reader,
                  const syntax::Limits& limits, Cache* cache, Wanted wanted) {
  Loaded loaded = load(files, reader, limits, result.sources, result.diagnostics, cache);
  result.trees = std::move(loaded.trees);
  if (cache != nullptr && !result.diagnostics.has_errors() && take_last(result, *cache, loaded.modules, limits)) return;
  auto plan = wanted == Wanted::plan ? plan_alone(result, loaded.modules) : rulebook_and_plan(result, loaded.modules);
  if (plan == nullptr) return;
  run::add_kernels(*plan);
  result.plan = std::move(plan);
  if (cache != nullptr) keep_outcome(result, *cache, std::move(loaded.modules), limits);
}

// The first `most` findings, errors before warnings, and a note where there are more.
void keep_first(Diagnostics& diagnostics, std::size_t most) {
  Diagnostics kept;
  std::size_t left = most;
  bool more = false;
  const auto keep = [&](Severity severity) {
    for (const Diagnostic& d : diagnostics.all()) {
      if (info(d.code).severity != severity) continue;
      if (severity != Severity::note && left == 0) {
        more = true;
        continue;
      }
      if (severity != Severity::note) --left;
      kept.add(d.code, d.span, d.arguments, d.related);
    }
  };
  keep(Severity::error);
  keep(Severity::warning);
  if (!more) return;
  keep(Severity::note);
  kept.sort_by_place();
  kept.add(Code::more_not_shown, {}, {std::to_string(most)});
  diagnostics = std::move(kept);
}

}  // namespace

Compiled::Compiled() = default;
Compiled::Compiled(Compiled&& other) noexcept = default;
Compiled& Compiled::operator=(Compiled&& other) noexcept = default;
Compiled::~Compiled() = default;

Compiled compile(const std::vector<std::string>& files, const FileReader& reader, const syntax::Limits& limits,
                 Cache* cache, Wanted wanted) {
  Compiled result;
  result.rulebook = std::make_unique<model::Rulebook>();
  try {
    compile_into(result, files, reader, effective(limits), cache, wanted);
    warn_of_unread_groups(reader, effective(limits), result);
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
  keep_first(result.diagnostics, effective(limits).messages);
  return result;
}

}  // namespace guiju::compiler
