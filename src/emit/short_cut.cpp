// What is left of a kernel where facts are known to be allowed, no list has entries, dates lie within the version, and
// no papers have been handed in: the usual case, for which most of the code is written.
#include <algorithm>
#include <map>

#include "emit/analysis.hpp"
#include "emit/writing.hpp"
#include "kernel/simplify.hpp"

namespace guiju::emit {

using kernel::Given;
using kernel::Kernel;
using kernel::kNoRegister;
using kernel::Range;
using plan::SlotClass;

namespace {

// None where no value is allowed.
std::optional<std::vector<Given>> given_to(const Kernel& kernel, const Writing& w) {
  const plan::Layout& layout = w.program.layout;
  std::vector<Given> given(layout.fields.size());
  for (const std::uint32_t field : fields_read(kernel)) {
    Given& g = given[field];
    const bool is_known = in_set(kernel.demands.known, field);
    g.is_given = true;
    g.is_list = layout.fields[field].cls == SlotClass::list;
    g.may_be_unknown = !is_known && !in_set(kernel.demands.answered, field);
    g.may_be_absent = !is_known && layout.fields[field].optional;
    g.range = kernel::both(allowed(w.plan, layout.fields[field]), kernel.ranges[field]);
    if (g.range.least > g.range.most) return std::nullopt;
    if (!is_known) g.range = {std::min<std::int64_t>(g.range.least, 0), std::max<std::int64_t>(g.range.most, 0)};
  }
  for (const kernel::ListDemand& list : kernel.lists) given[list.field].may_be_unknown = false;
  return given;
}

Kernel only_owed(const Kernel& kernel) {
  Kernel out = kernel;
  out.open = out.referred = out.amount = kNoRegister;
  for (auto* answers : {&out.failed, &out.refused, &out.parts, &out.shares}) answers->clear();
  return out;
}

std::set<std::uint32_t> documents_only_owed(const Kernel& kernel, const plan::Layout& layout) {
  Kernel without = kernel;
  without.owed.clear();
  std::set<std::uint32_t> out = fields_read(kernel);
  const std::set<std::uint32_t> others = fields_read(without);
  std::erase_if(out, [&](std::uint32_t field) {
    return layout.fields[field].cls != SlotClass::document || others.count(field) != 0;
  });
  return out;
}

}  // namespace

std::optional<Writing::ShortCut> short_cut(const Writing& w, std::size_t version) {
  const Kernel* const kernel = w.kernel(version);
  if (kernel == nullptr) return std::nullopt;
  auto given = given_to(*kernel, w);
  if (!given) return std::nullopt;
  const std::map<std::uint32_t, Range> days = kernel::dates_of(w.kernels, version, *given);
  const std::set<std::uint32_t> documents = documents_only_owed(*kernel, w.program.layout);
  std::optional<Kernel> papers;
  if (!documents.empty()) papers = kernel::simplified(only_owed(*kernel), *given, days);
  for (const std::uint32_t document : documents) (*given)[document] = {};
  auto rest = kernel::simplified(*kernel, std::move(*given), days);
  if (!rest || papers.has_value() == documents.empty()) return std::nullopt;
  return Writing::ShortCut{std::move(*rest), documents, std::move(papers)};
}

}  // namespace guiju::emit
