// The hash of rule files: the figures are those that `sha256sum` gives.
#include <doctest/doctest.h>

#include "diagnostics/fingerprint.hpp"
#include "values/sha256.hpp"

using namespace guiju;

namespace {

std::string of(const std::vector<std::pair<std::string, std::string>>& files) {
  SourceSet sources;
  for (const auto& [path, text] : files) sources.add(path, text);
  return fingerprint(sources);
}

// printf 'x\ny\n' > one.gj; printf '规\n' > b/two.gj; sha256sum b/two.gj one.gj | sha256sum
constexpr const char* kTwo = "0851de26ba2f76902bc5cc3a9f0daf06b9ca5202db22eee73ebfb3bc7bba8bac";

}  // namespace

TEST_CASE("known digests") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("neither the order of files, nor where they lie, nor their line ends count") {
  CHECK(of({{"one.gj", "x\ny\n"}, {"b/two.gj", "规\n"}}) == kTwo);
  CHECK(of({{"b/two.gj", "规\n"}, {"one.gj", "x\ny\n"}}) == kTwo);
  CHECK(of({{"srv/rules/b/two.gj", "规\n"}, {"srv/rules/one.gj", "x\ny\n"}}) == kTwo);
  CHECK(of({{"one.gj", "x\r\ny\r\n"}, {"b/two.gj", "\xEF\xBB\xBF规\n"}}) == kTwo);
  CHECK(of({{"elsewhere/one.gj", "x\n"}}) == of({{"one.gj", "x\n"}}));
}

TEST_CASE("names and every byte of content count") {
  CHECK(of({{"one.gj", "x\ny"}, {"b/two.gj", "规\n"}}) != kTwo);
  CHECK(of({{"one.gj", "x\ry\n"}, {"b/two.gj", "规\n"}}) != kTwo);
  CHECK(of({{"une.gj", "x\ny\n"}, {"b/two.gj", "规\n"}}) != kTwo);
  CHECK(of({{"b/one.gj", "x\ny\n"}, {"b/two.gj", "规\n"}}) != kTwo);
  CHECK(of({}) == sha256(""));
}
