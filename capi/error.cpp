// Versions, statuses, errors.
#include "boundary.hpp"
#include "values/utf8.hpp"

#define GUIJU_TEXT(x) #x
#define GUIJU_VERSION_TEXT(major, minor, patch) GUIJU_TEXT(major) "." GUIJU_TEXT(minor) "." GUIJU_TEXT(patch)

namespace guiju::capi {

void refuse_null(const char* name) {
  throw null_argument(name);
}

gj_status report(gj_error** error, gj_status status, const char* zh, const char* en) noexcept {
  if (error == nullptr) return status;
  try {
    *error = new gj_error{status, zh, en};
  } catch (...) {
    *error = nullptr;  // the status must do
  }
  return status;
}

std::string_view text_in(const char* data, std::size_t size) {
  if (size == 0) return {};
  if (data == nullptr) throw null_argument("text");
  const std::string_view text(data, size);
  if (const auto fault = find_invalid_utf8(text)) {
    const std::string at = std::to_string(*fault);
    throw Failure{GJ_E_UTF8, "文字不是 UTF-8,第 " + at + " 字节起有误", "the text is not UTF-8 at byte " + at};
  }
  return text;
}

}  // namespace guiju::capi

extern "C" {

const char* gj_version(void) {
  return GUIJU_VERSION_TEXT(GJ_VERSION_MAJOR, GJ_VERSION_MINOR, GJ_VERSION_PATCH);
}

int32_t gj_abi_version(void) {
  return GJ_ABI_VERSION;
}

const char* gj_status_name(gj_status status) {
  switch (status) {
    case GJ_OK:
      return "GJ_OK";
    case GJ_MISTAKES:
      return "GJ_MISTAKES";
    case GJ_BAD_FACT:
      return "GJ_BAD_FACT";
    case GJ_DIFFERS:
      return "GJ_DIFFERS";
    case GJ_E_ARGUMENT:
      return "GJ_E_ARGUMENT";
    case GJ_E_UTF8:
      return "GJ_E_UTF8";
    case GJ_E_NOT_FOUND:
      return "GJ_E_NOT_FOUND";
    case GJ_E_KIND:
      return "GJ_E_KIND";
    case GJ_E_STATE:
      return "GJ_E_STATE";
    case GJ_E_JSON:
      return "GJ_E_JSON";
    case GJ_E_RANGE:
      return "GJ_E_RANGE";
    case GJ_E_LIMIT:
      return "GJ_E_LIMIT";
    case GJ_E_MEMORY:
      return "GJ_E_MEMORY";
    case GJ_E_INTERNAL:
      return "GJ_E_INTERNAL";
    default:
      return "?";
  }
}

gj_status gj_error_status(const gj_error* error) {
  return error == nullptr ? GJ_OK : error->status;
}

gj_text gj_error_message(const gj_error* error, gj_language language) {
  if (error == nullptr) return guiju::capi::no_text();
  return guiju::capi::text_out(language == GJ_EN ? error->en : error->zh);
}

void gj_error_delete(gj_error* error) {
  delete error;
}

}  // extern "C"
