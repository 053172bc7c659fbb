// Paths as rule files write them: relative, with `/`, and never out of the folder of the rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guiju::compiler {

struct ResolvedPath {
  enum Fault { none, form, leaves_root } fault = none;
  std::string path;  // relative to the root, without `.` and `..`
};

// `written` as a file at `from` (relative to the root) writes it. Where it is known which folder the root is (a full
// path), a path may leave it by `..` and come back by its name.
[[nodiscard]] ResolvedPath resolve_path(std::string_view from, std::string_view written, std::string_view root = {});

// A path relative to the root, without `.`, `..` and repeated `/`.
[[nodiscard]] inline ResolvedPath normalise_path(std::string_view path) {
  return resolve_path("", path);
}

}  // namespace guiju::compiler
