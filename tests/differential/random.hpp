// A small random source that gives the same numbers on every platform, so that a failing case can be named by its seed.
#pragma once

#include <cstdint>
#include <vector>

namespace guiju::reference {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {  // splitmix64
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // 0 … n - 1
  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(next() % n); }
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1))); }
  // Happens in `percent` of a hundred cases.
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <typename T>
  const T& pick(const std::vector<T>& items) {
    return items[below(items.size())];
  }

 private:
  std::uint64_t state_;
};

// Where the numbers of one file begin: seeds that differ by one, or files, have none in common.
[[nodiscard]] inline std::uint64_t mixed(std::uint64_t seed, std::uint64_t number) {
  Random r(seed * 0x9e3779b97f4a7c15ULL + number);
  r.next();
  return r.next();
}

}  // namespace guiju::reference
