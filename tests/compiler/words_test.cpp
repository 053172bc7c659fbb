// The store of the texts of an answer: what was handed out never moves, and a zero stands behind each text.
#include "explain/words.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

using namespace guiju;

TEST_CASE("texts are kept where they were first written") {
  explain::Words words;
  std::vector<explain::Phrase> kept;
  for (int i = 0; i < 5000; ++i) kept.push_back(words.joined({"第", std::to_string(i), "行"}));
  for (int i = 0; i < 5000; ++i) {
    const explain::Phrase one = kept[static_cast<std::size_t>(i)];
    CHECK(one == "第" + std::to_string(i) + "行");
    CHECK(std::strlen(one.data()) == one.size());
  }
}

TEST_CASE("a text may be longer than a block, and nothing is a text too") {
  explain::Words words;
  const std::string endless(100'000, 'x');
  const explain::Phrase kept = words.keep(endless);
  CHECK(words.keep("behind it") == "behind it");
  CHECK(kept == endless);
  CHECK(std::strlen(words.keep("").data()) == 0);
  CHECK(explain::Phrase().empty());
}

TEST_CASE("what is kept beside texts lies where its type wants it") {
  explain::Words words;
  for (std::size_t length = 0; length < 20; ++length) {
    static_cast<void>(words.keep(std::string(length, 'x')));
    const std::vector<double> numbers = {1, 2, 3};
    const auto kept = words.keep_all<double>(numbers);
    CHECK(reinterpret_cast<std::uintptr_t>(kept.data()) % alignof(double) == 0);
    CHECK(std::vector<double>(kept.begin(), kept.end()) == numbers);
  }
}
