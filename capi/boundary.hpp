// What every entry of the C interface needs: exceptions stop here, texts are checked, structs are filled by size.
#pragma once

#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "guiju.h"
#include "handles.hpp"
#include "plan/text.hpp"
#include "values/calendar.hpp"

namespace guiju::capi {

// Thrown inside the library, turned into a status and a gj_error at the entry.
struct Failure {
  gj_status status;
  std::string zh, en;
};

inline Failure null_argument(const char* name) {
  return {GJ_E_ARGUMENT, std::string(name) + " 为空", std::string(name) + " is NULL"};
}

inline Failure no_json_object(const plan::LocalText& mistake) {
  return {GJ_E_JSON, "不是一个 JSON 对象:" + mistake.zh, "not a JSON object: " + mistake.en};
}

[[noreturn]] void refuse_null(const char* name);  // apart, so that `require` is a comparison and no more

template <typename Handle>
Handle& require(Handle* handle, const char* name) {
  if (handle == nullptr) refuse_null(name);
  return *handle;
}
inline const void* require(const void* pointer, const char* name) {
  if (pointer == nullptr) refuse_null(name);
  return pointer;
}

gj_status report(gj_error** error, gj_status status, const char* zh, const char* en) noexcept;

// Runs the body of an entry; whatever it throws becomes a status.
template <typename Body>
gj_status guarded(gj_error** error, Body body) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    return body();
  } catch (const Failure& failure) {
    return report(error, failure.status, failure.zh.c_str(), failure.en.c_str());
  } catch (const std::bad_alloc&) {
    return report(error, GJ_E_MEMORY, "内存不足", "out of memory");
  } catch (const std::exception& fault) {
    return report(error, GJ_E_INTERNAL, fault.what(), fault.what());
  } catch (...) {
    return report(error, GJ_E_INTERNAL, "内部错误", "a fault in the library");
  }
}

// A text that came in; it must be UTF-8.
std::string_view text_in(const char* data, std::size_t size);

inline gj_text text_out(const std::string& text) noexcept {
  return {text.c_str(), text.size()};
}
inline gj_text text_out(explain::Phrase text) noexcept {
  return {text.data(), text.size()};
}
inline gj_text no_text() noexcept {
  return {"", 0};
}

inline bool is_english(gj_language language) {
  if (language != GJ_ZH && language != GJ_EN) throw Failure{GJ_E_ARGUMENT, "没有这种语言", "no such language"};
  return language == GJ_EN;
}

// Copies what the caller's struct has room for.
template <typename Struct>
gj_status fill(Struct* out, Struct value) {
  if (out == nullptr) throw null_argument("out");
  const std::size_t room = out->size;
  if (room < sizeof(std::size_t)) throw Failure{GJ_E_ARGUMENT, "结构的 size 未设置", "the struct's size is not set"};
  value.size = room < sizeof(Struct) ? room : sizeof(Struct);
  std::memcpy(static_cast<void*>(out), &value, value.size);
  return GJ_OK;
}

// Runs the body of an entry that fills a struct of the caller, which holds zeros until then.
template <typename Struct, typename Body>
gj_status guarded_into(Struct* out, gj_error** error, Body body) noexcept {
  if (out != nullptr && out->size > sizeof(std::size_t)) {
    const std::size_t room = out->size < sizeof(Struct) ? out->size : sizeof(Struct);
    std::memset(reinterpret_cast<char*>(out) + sizeof(std::size_t), 0, room - sizeof(std::size_t));
  }
  return guarded(error, body);
}

template <typename Items>
decltype(auto) item_at(const Items& items, std::size_t index) {
  if (index >= items.size()) throw Failure{GJ_E_ARGUMENT, "序号超出范围", "no such index"};
  return items[index];
}

// All zero: none.
inline gj_status set_day(std::optional<Day>& option, gj_date day) {
  if (day.year == 0 && day.month == 0 && day.day == 0) {
    option.reset();
    return GJ_OK;
  }
  const CivilDate civil{day.year, day.month, day.day};
  if (!is_valid(civil)) return GJ_E_ARGUMENT;
  option = to_day(civil);
  return GJ_OK;
}

}  // namespace guiju::capi
