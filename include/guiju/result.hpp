// What calls of the C++ interface return: a value, or the reason why there is none. No exceptions are thrown by this
// interface, except std::bad_alloc where a std::string or std::vector that it fills cannot be allocated.
//
// The names of this interface live in an inline namespace: they are guiju::Result to you, and never collide with names
// inside the library when it is linked statically.
#pragma once

#include <guiju.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace guiju {
inline namespace v0 {

enum class Status : std::int32_t {
  ok = GJ_OK,
  mistakes = GJ_MISTAKES,
  bad_fact = GJ_BAD_FACT,
  differs = GJ_DIFFERS,
  argument = GJ_E_ARGUMENT,
  utf8 = GJ_E_UTF8,
  not_found = GJ_E_NOT_FOUND,
  kind = GJ_E_KIND,
  state = GJ_E_STATE,
  json = GJ_E_JSON,
  range = GJ_E_RANGE,
  limit = GJ_E_LIMIT,
  memory = GJ_E_MEMORY,
  internal = GJ_E_INTERNAL,
};

enum class Language : std::int32_t { zh = GJ_ZH, en = GJ_EN, silent = GJ_SILENT };

namespace detail {
inline std::string_view view(gj_text text) {
  return {text.data, text.size};
}
inline gj_language lang(Language language) {
  return static_cast<gj_language>(language);
}
}  // namespace detail

// Why a call failed.
class Error {
 public:
  explicit Error(Status status) : status_(status) {}
  // Takes what a C call left; `error` may be null.
  Error(gj_status status, gj_error* error) : status_(static_cast<Status>(status)) {
    zh_ = detail::view(gj_error_message(error, GJ_ZH));
    en_ = detail::view(gj_error_message(error, GJ_EN));
    gj_error_delete(error);
  }

  [[nodiscard]] Status status() const { return status_; }
  [[nodiscard]] std::string_view name() const { return gj_status_name(static_cast<gj_status>(status_)); }
  // One sentence; the status's name where there are no words.
  [[nodiscard]] std::string_view message(Language language = Language::zh) const {
    const std::string& text = language == Language::en ? en_ : zh_;
    return text.empty() ? name() : std::string_view(text);
  }

 private:
  Status status_;
  std::string zh_, en_;
};

// A value or an Error. Look before you take: value() of an error, and error() of a value, is undefined, as with
// std::expected's operator*.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor): return values
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return held_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] T& value() & { return *std::get_if<0>(&held_); }
  [[nodiscard]] const T& value() const& { return *std::get_if<0>(&held_); }
  [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&held_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  [[nodiscard]] T value_or(T other) && { return has_value() ? std::move(value()) : std::move(other); }

  [[nodiscard]] const Error& error() const { return *std::get_if<1>(&held_); }

 private:
  std::variant<T, Error> held_;
};

}  // namespace v0
}  // namespace guiju
