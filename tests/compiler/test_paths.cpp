// Paths inside the rules.
#include <doctest/doctest.h>

#include "compiler/paths.hpp"

using guiju::compiler::resolve_path;
using guiju::compiler::ResolvedPath;

TEST_CASE("paths are relative to the file that writes them") {
  CHECK(resolve_path("cars/y2025.gj", "../vocabulary.gj").path == "vocabulary.gj");
  CHECK(resolve_path("cars/y2025.gj", "rates.csv").path == "cars/rates.csv");
  CHECK(resolve_path("a/b/c.gj", "./../d//e.gj").path == "a/d/e.gj");
  CHECK(resolve_path("c.gj", "规则/车.gj").path == "规则/车.gj");
  CHECK(resolve_path("c.gj", "..a.gj").path == "..a.gj");
  CHECK(guiju::compiler::normalise_path("a/../b/./c.gj").path == "b/c.gj");
}

TEST_CASE("a path may leave the root and come back by its name, where that is known") {
  const std::string_view root = "/srv/b/rules";
  CHECK(resolve_path("c.gj", "../rules/x.gj", root).path == "x.gj");
  CHECK(resolve_path("a/c.gj", "../../rules/a/x.gj", root).path == "a/x.gj");
  CHECK(resolve_path("c.gj", "../../b/rules/x.gj", root).path == "x.gj");
  CHECK(resolve_path("a/c.gj", "../x.gj", root).path == "x.gj");
  for (const char* out : {"../x.gj", "../rules2/x.gj", "../../rules/x.gj", "../../../../../srv/b/rules/x.gj"}) {
    CAPTURE(out);
    CHECK(resolve_path("c.gj", out, root).fault == ResolvedPath::leaves_root);
  }
  CHECK(resolve_path("c.gj", "../rules", root).fault == ResolvedPath::form);
}

TEST_CASE("paths out of the root and of another form are told apart") {
  for (const char* out : {"..", "../x.gj", "a/../../x.gj", "../../../etc/passwd"}) {
    CAPTURE(out);
    CHECK(resolve_path("c.gj", out).fault == ResolvedPath::leaves_root);
  }
  CHECK(resolve_path("a/c.gj", "../../x.gj").fault == ResolvedPath::leaves_root);
  for (const char* wrong : {"", "/", "/etc/passwd", "C:x.gj", "a\\b.gj", "folder/", "a\nb", ".", "a/.."}) {
    CAPTURE(wrong);
    CHECK(resolve_path("c.gj", wrong).fault == ResolvedPath::form);
  }
}
