// Facts in a struct of the host: which member is which fact is said once, and Decision::decide then takes the struct.
// See "rows" in guiju.h. A binding may be used by any number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "guiju/columns.hpp"
#include "guiju/facts.hpp"

namespace guiju {
inline namespace v0 {

class Binding;

inline constexpr std::size_t no_offset = GJ_NO_OFFSET;

// One member of the struct; see gj_bound_field.
struct BoundField {
  Field field;
  Element element = Element::int64;
  std::size_t offset = 0;                // offsetof
  std::int32_t scale = 0;                // numbers: steps of 10^-scale of the unit
  std::size_t state_offset = no_offset;  // of an int8 with its gj_fact_state; none: always known
  const Binding* entries = nullptr;      // lists: of their entries, and must live as long
};

class Binding {
 public:
  // Of the struct of a case.
  static Result<Binding> of(Program program, std::span<const BoundField> fields) {
    return make(fields, [&](const gj_bound_field* in, gj_binding** out, gj_error** error) {
      return gj_facts_bind(program.handle(), in, fields.size(), out, error);
    });
  }
  // Of the entries of a list, `stride` bytes apart.
  static Result<Binding> of_entries(Field list, std::size_t stride, std::span<const BoundField> fields) {
    return make(fields, [&](const gj_bound_field* in, gj_binding** out, gj_error** error) {
      return gj_entries_bind(list.handle(), stride, in, fields.size(), out, error);
    });
  }
  [[nodiscard]] const gj_binding* handle() const { return handle_.get(); }

 private:
  template <typename Make>
  static Result<Binding> make(std::span<const BoundField> fields, Make&& bind) {
    std::vector<gj_bound_field> in;
    for (const BoundField& f : fields) {
      in.push_back({sizeof(gj_bound_field), f.field.handle(), static_cast<gj_element>(f.element), f.scale, f.offset,
                    f.state_offset, f.entries == nullptr ? nullptr : f.entries->handle()});
    }
    gj_binding* handle = nullptr;
    gj_error* error = nullptr;
    const gj_status status = bind(in.data(), &handle, &error);
    if (status < 0) return Error(status, error);
    return Binding(handle);
  }

  struct Delete {
    void operator()(gj_binding* binding) const { gj_binding_delete(binding); }
  };
  explicit Binding(gj_binding* handle) : handle_(handle) {}
  std::unique_ptr<gj_binding, Delete> handle_;
};

}  // namespace v0
}  // namespace guiju
