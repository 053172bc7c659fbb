// The facts of one case. Everything is unknown until it is set; reset and reuse. One thread at a time.
#pragma once

#include <concepts>
#include <memory>
#include <string_view>

#include "guiju/rulebook.hpp"

namespace guiju {
inline namespace v0 {

enum class FactState : std::int32_t {
  unknown = GJ_UNKNOWN,
  unknowable = GJ_UNKNOWABLE,
  absent = GJ_ABSENT,
  known = GJ_KNOWN,
  bad = GJ_BAD,
};

enum class DocumentState : std::int32_t { owed = GJ_OWED, held = GJ_HELD, refused = GJ_REFUSED };

class Facts {
 public:
  static Result<Facts> of(Program program) {
    gj_facts* handle = nullptr;
    gj_error* error = nullptr;
    const gj_status status = gj_facts_new(program.handle(), &handle, &error);
    if (status < 0) return Error(status, error);
    return Facts(handle);
  }
  [[nodiscard]] gj_facts* handle() const { return handle_.get(); }
  [[nodiscard]] Program program() const { return Program(gj_facts_program(handle_.get())); }

  void reset() { gj_facts_reset(handle_.get()); }
  [[nodiscard]] FactState state(Field field) const {
    return static_cast<FactState>(gj_facts_state(handle_.get(), field.handle()));
  }

  // Read back; no value where the fact is not known, or of another kind.
  [[nodiscard]] std::optional<bool> get_truth(Field field) const {
    std::int32_t value = 0;
    if (gj_facts_get_truth(handle_.get(), field.handle(), &value) != GJ_OK) return std::nullopt;
    return value != 0;
  }
  [[nodiscard]] std::optional<Decimal> get_decimal(Field field) const {
    gj_decimal value{};
    if (gj_facts_get_decimal(handle_.get(), field.handle(), &value) != GJ_OK) return std::nullopt;
    return Decimal{value.coefficient, value.scale};
  }
  [[nodiscard]] std::optional<std::size_t> get_member(Field field) const {
    std::size_t member = 0;
    if (gj_facts_get_member(handle_.get(), field.handle(), &member) != GJ_OK) return std::nullopt;
    return member;
  }
  [[nodiscard]] std::optional<Date> get_date(Field field) const {
    gj_date date{};
    if (gj_facts_get_date(handle_.get(), field.handle(), &date) != GJ_OK) return std::nullopt;
    return detail::out(date);
  }
  [[nodiscard]] std::optional<std::string_view> get_text(Field field) const {
    gj_text text{};
    if (gj_facts_get_text(handle_.get(), field.handle(), &text) != GJ_OK) return std::nullopt;
    return detail::view(text);
  }

  // Each gives true; false where the value is not allowed there (it is kept as bad, and the decision will say so); an
  // Error where the field is of another kind or another program, and nothing was changed.
  Result<bool> set(Field field, FactState state) {
    return result(gj_facts_set_state(handle_.get(), field.handle(), static_cast<gj_fact_state>(state)));
  }
  template <std::same_as<bool> Truth>  // neither a number nor a text becomes a truth
  Result<bool> set(Field field, Truth value) {
    return result(gj_facts_set_truth(handle_.get(), field.handle(), value ? 1 : 0));
  }
  Result<bool> set(Field field, Decimal value) {
    return result(gj_facts_set_decimal(handle_.get(), field.handle(), value.coefficient, value.scale));
  }
  Result<bool> set(Field field, Date value) {
    return result(gj_facts_set_date(handle_.get(), field.handle(), detail::in(value)));
  }
  Result<bool> set(Field field, DocumentState value) {
    return result(gj_facts_set_document(handle_.get(), field.handle(), static_cast<gj_document_state>(value)));
  }
  Result<bool> set_member(Field field, std::size_t member) {
    return result(gj_facts_set_member(handle_.get(), field.handle(), member));
  }
  Result<bool> set_duration(Field field, std::int64_t count) {
    return result(gj_facts_set_duration(handle_.get(), field.handle(), count));
  }
  Result<bool> set_text(Field field, std::string_view text) {
    return result(gj_facts_set_text(handle_.get(), field.handle(), text.data(), text.size()));
  }
  // As in JSON: "3999元", "4.5 kW", "fridge", "2025-03-01".
  Result<bool> set_written(Field field, std::string_view text) {
    return result(gj_facts_set_written(handle_.get(), field.handle(), text.data(), text.size()));
  }

  // Lists and histories, entry by entry. The fields of entries are set in the entry added or selected last.
  Result<bool> begin_list(Field list, bool complete) {
    return result(gj_facts_begin_list(handle_.get(), list.handle(), complete));
  }
  Result<std::size_t> add_entry(Field list) {
    std::size_t index = 0;
    const gj_status status = gj_facts_add_entry(handle_.get(), list.handle(), &index);
    if (status < 0) return Error(static_cast<Status>(status));
    return index;
  }
  Result<bool> select_entry(Field list, std::size_t index) {
    return result(gj_facts_select_entry(handle_.get(), list.handle(), index));
  }

  // An object of facts. False: some values or keys are wrong, the decision lists them. An Error: no JSON object.
  Result<bool> read_json(std::string_view text) {
    gj_error* error = nullptr;
    const gj_status status = gj_facts_read_json(handle_.get(), text.data(), text.size(), &error);
    if (status < 0) return Error(status, error);
    return status == GJ_OK;
  }

 private:
  explicit Facts(gj_facts* handle) : handle_(handle) {}
  static Result<bool> result(gj_status status) {
    if (status < 0) return Error(static_cast<Status>(status));
    return status == GJ_OK;
  }
  struct Delete {
    void operator()(gj_facts* f) const { gj_facts_delete(f); }
  };
  std::unique_ptr<gj_facts, Delete> handle_;
};

}  // namespace v0
}  // namespace guiju
