// Where the nodes of a tree and their lists of children lie: a few large blocks instead of one allocation each. What
// an attempt of the grammar made is given back as on a stack.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

namespace guiju::syntax {

// Items in blocks that never move.
template <typename Item>
class BlockStack {
 public:
  struct Mark {
    std::size_t block = 0, used = 0;
  };
  [[nodiscard]] Mark mark() const { return at_; }
  void take_back(const Mark& mark) { at_ = mark; }

  // `count` items side by side, with whatever was in them before.
  [[nodiscard]] std::span<Item> take(std::size_t count) {
    if (blocks_.empty() || at_.used + count > blocks_[at_.block].size) next_block(count);
    Item* const first = blocks_[at_.block].items.get() + at_.used;
    at_.used += count;
    return {first, count};
  }

 private:
  static constexpr std::size_t kSmallest = 64, kLargest = 4096;
  struct Block {
    std::unique_ptr<Item[]> items;
    std::size_t size = 0;
  };

  void next_block(std::size_t count) {
    std::size_t next = blocks_.empty() ? 0 : at_.block + 1;
    while (next < blocks_.size() && blocks_[next].size < count) ++next;
    if (next == blocks_.size()) {
      const std::size_t usual = blocks_.empty() ? kSmallest : std::min(2 * blocks_.back().size, kLargest);
      const std::size_t size = std::max(usual, count);
      blocks_.push_back({std::make_unique<Item[]>(size), size});
    }
    at_ = {next, 0};
  }

  std::vector<Block> blocks_;
  Mark at_;
};

}  // namespace guiju::syntax
