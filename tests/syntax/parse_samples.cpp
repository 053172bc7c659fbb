// Whole rule files about real policies, in English, in Chinese and mixed: all of them parse without a finding.
#include <doctest/doctest.h>

#include <filesystem>

#include "syntax/parse_support.hpp"

using namespace guiju;
using namespace guiju::syntax;

TEST_CASE("every sample parses without a finding") {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kSamples)) {
    if (entry.path().extension() != ".gj") continue;
    CAPTURE(entry.path().string());
    const auto parsed = parse_text(read_file(entry.path().string()), {}, entry.path().filename().string());
    CHECK(parsed->findings() == "");
    CHECK(parsed->tree->root().children.size() > 1);
    ++files;
  }
  CHECK(files == 19);
}
