// Which member of a struct of the host is which fact; row.cpp then decides what such structs hold.
#include <algorithm>
#include <set>

#include "boundary.hpp"
#include "handles.hpp"

namespace guiju::capi {
namespace {

static_assert(GJ_UNKNOWN == static_cast<int>(run::FactState::unknown));
static_assert(GJ_UNKNOWABLE == static_cast<int>(run::FactState::unknowable));
static_assert(GJ_ABSENT == static_cast<int>(run::FactState::absent));
static_assert(GJ_KNOWN == static_cast<int>(run::FactState::known));
static_assert(GJ_LIST_VIEW == static_cast<int>(run::Element::list));
static_assert(sizeof(gj_list_view) == sizeof(run::RowList) && sizeof(gj_text) == sizeof(run::RowText));

// Older callers have shorter structs; they lie one after the other.
gj_bound_field field_in(const gj_bound_field* fields, std::size_t index) {
  gj_bound_field out{};
  const std::size_t size = fields->size;
  if (size < offsetof(gj_bound_field, entries) || size > 4096)
    throw Failure{GJ_E_ARGUMENT, "结构的 size 未设置", "the struct's size is not set"};
  const auto* const at = reinterpret_cast<const std::byte*>(fields) + index * size;
  std::memcpy(&out, at, std::min(size, sizeof out));
  if (out.size != size)
    throw Failure{GJ_E_ARGUMENT, "各个结构的 size 须相同", "the structs must all be of the same size"};
  return out;
}

std::size_t bytes_of(gj_element element) {
  if (element == GJ_TEXT_VIEW) return sizeof(gj_text);
  return element == GJ_LIST_VIEW ? sizeof(gj_list_view) : std::size_t{1} << element;
}

// Members lie within an entry; of the struct of a case nobody says how large it is.
void check_offsets(const gj_bound_field& in, std::size_t size, const std::string& path) {
  const auto lies_within = [&](std::size_t offset, std::size_t bytes) {
    return offset < size && bytes <= size - offset;
  };
  const bool has_state = in.state_offset != GJ_NO_OFFSET;
  if (!lies_within(in.offset, bytes_of(in.element)) || (has_state && !lies_within(in.state_offset, 1)))
    throw Failure{GJ_E_ARGUMENT, "该项不在结构之内:" + path, "the member lies outside of the struct: " + path};
}

run::BoundField bound_field(const gj_bound_field& in, const gj_program& program, const gj_field* list,
                            std::size_t size) {
  const gj_field& field = require(in.field, "field");
  if (field.program != &program || field.list != list)
    throw Failure{GJ_E_ARGUMENT, "该项不属于这里:" + field.info->path,
                  "the field does not belong here: " + field.info->path};
  if (in.element < GJ_INT8 || in.element > GJ_LIST_VIEW)
    throw Failure{GJ_E_ARGUMENT, "没有这种存法", "no such element"};
  check_offsets(in, size, field.info->path);
  if (in.scale != 0 && field.info->cls != plan::SlotClass::number)
    throw Failure{GJ_E_ARGUMENT, "只有数有小数位:" + field.info->path,
                  "only numbers have a scale: " + field.info->path};
  if (in.entries != nullptr && in.entries->list != &field)
    throw Failure{GJ_E_ARGUMENT, "记录的描述属于另一个列表", "the binding of the entries is of another list"};
  run::BoundField out;
  out.field = field.index;
  out.element = static_cast<run::Element>(in.element);
  out.scale = in.scale;
  out.offset = in.offset;
  out.state_offset = in.state_offset;
  out.entries = in.entries == nullptr ? nullptr : &in.entries->row;
  return out;
}

// Of each version, and in the end of none.
std::vector<FiguresOfVersion> figures_of(const plan::ProgramInfo& program) {
  constexpr std::size_t kBits = 64;
  std::vector<FiguresOfVersion> out;
  for (const plan::Section& section : program.sections)
    out.push_back({section.has_amount ? ~std::uint64_t{0} : 0, (section.requirements.size() + kBits - 1) / kBits});
  out.push_back({0, 0});
  return out;
}

gj_status bind(const gj_program& program, const plan::Layout& layout, const gj_field* list, std::size_t stride,
               const gj_bound_field* fields, std::size_t count, gj_binding** binding) {
  if (binding == nullptr) throw null_argument("binding");
  if (count > 0 && fields == nullptr) throw null_argument("fields");
  constexpr std::size_t kLargestStruct = std::size_t{1} << 30;
  const std::size_t size = list == nullptr ? kLargestStruct : stride;
  if (size == 0 || size > kLargestStruct)
    throw Failure{GJ_E_ARGUMENT, "记录的间距须为 1 至 2^30 字节", "the stride must be from 1 to 2^30 bytes"};
  auto made = std::make_unique<gj_binding>(program, layout, stride);
  made->list = list;
  std::set<plan::Index> named;
  for (std::size_t i = 0; i < count; ++i) {
    const run::BoundField field = bound_field(field_in(fields, i), program, list, size);
    const std::string& path = layout.fields[field.field].path;
    if (!named.insert(field.field).second) throw Failure{GJ_E_ARGUMENT, "写了两次:" + path, "named twice: " + path};
    if (!made->row.bind(field))
      throw Failure{GJ_E_KIND, "该项不能这样存:" + path, "the field cannot be held so: " + path};
  }
  made->row.finish();
  made->figures = figures_of(program.info());
  *binding = made.release();
  return GJ_OK;
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

gj_status gj_facts_bind(const gj_program* program, const gj_bound_field* fields, size_t count, gj_binding** binding,
                        gj_error** error) {
  if (binding != nullptr) *binding = nullptr;
  return guarded(error, [&] {
    const gj_program& of = require(program, "program");
    return bind(of, of.info().layout, nullptr, 0, fields, count, binding);
  });
}

gj_status gj_entries_bind(const gj_field* list, size_t stride, const gj_bound_field* fields, size_t count,
                          gj_binding** binding, gj_error** error) {
  if (binding != nullptr) *binding = nullptr;
  return guarded(error, [&] {
    const gj_field& of = require(list, "list");
    if (of.info->cls != plan::SlotClass::list)
      throw Failure{GJ_E_KIND, "该项不是列表:" + of.info->path, "the field is no list: " + of.info->path};
    const gj_program& program = *of.program;
    return bind(program, program.rulebook->plan->layouts[of.info->element], &of, stride, fields, count, binding);
  });
}

void gj_binding_delete(gj_binding* binding) {
  delete binding;
}

}  // extern "C"
