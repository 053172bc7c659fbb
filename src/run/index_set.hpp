// Which requirements fail and which papers are owed, of one version: an ordered set of small numbers, held as bits
// because that is what kernels give, so that a plain case is taken over word by word and lists are made by whoever
// reads them.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "plan/plan.hpp"

namespace guiju::run {

class IndexSet {
 public:
  using value_type = plan::Index;

  // In rising order; a change of the set ends it.
  class Iterator {
   public:
    Iterator(const IndexSet& of, std::size_t word) : of_(&of), word_(word), left_(of.word_or_none(word)) { find(); }
    plan::Index operator*() const {
      return static_cast<plan::Index>(kBits * word_ + static_cast<std::size_t>(std::countr_zero(left_)));
    }
    Iterator& operator++() {
      left_ &= left_ - 1;
      find();
      return *this;
    }
    bool operator==(const Iterator& other) const { return word_ == other.word_ && left_ == other.left_; }

   private:
    void find() {
      while (left_ == 0 && word_ < of_->words()) {
        ++word_;
        left_ = of_->word_or_none(word_);
      }
    }
    const IndexSet* of_;
    std::size_t word_;
    std::uint64_t left_;
  };

  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, words()}; }

  [[nodiscard]] bool empty() const {
    return first_ == 0 && std::all_of(more_.begin(), more_.end(), [](std::uint64_t bits) { return bits == 0; });
  }
  [[nodiscard]] std::size_t size() const {
    auto count = static_cast<std::size_t>(std::popcount(first_));
    for (const std::uint64_t bits : more_) count += static_cast<std::size_t>(std::popcount(bits));
    return count;
  }
  [[nodiscard]] bool contains(plan::Index index) const {
    return (word_or_none(index / kBits) >> (index % kBits) & 1U) != 0;
  }
  // `place` < size().
  [[nodiscard]] plan::Index operator[](std::size_t place) const {
    Iterator at = begin();
    while (place-- > 0) ++at;
    return *at;
  }
  // Numbers 64 * at and the 63 that follow.
  [[nodiscard]] std::uint64_t word_or_none(std::size_t at) const { return at < words() ? word(at) : 0; }
  bool operator==(const IndexSet& other) const {
    const std::size_t most = std::max(words(), other.words());
    for (std::size_t w = 0; w < most; ++w) {
      if (word_or_none(w) != other.word_or_none(w)) return false;
    }
    return true;
  }

  void reserve(std::size_t words) { more_.reserve(words); }
  // The memory stays.
  void clear() {
    first_ = 0;
    more_.clear();
  }
  void insert(plan::Index index) {
    const std::size_t at = index / kBits;
    if (at > more_.size()) more_.resize(at, 0);
    place(at) |= std::uint64_t{1} << (index % kBits);
  }
  // Words of 64 numbers each; `Words` has size() and [].
  template <typename Words>
  void assign(const Words& words) {
    first_ = words.size() == 0 ? 0 : words[0];
    more_.clear();
    for (std::size_t w = 1; w < words.size(); ++w) more_.push_back(words[w]);
  }
  template <typename Is>
  void erase_if(Is&& is) {
    for (std::size_t w = 0; w < words(); ++w) {
      for (std::uint64_t left = word(w); left != 0; left &= left - 1) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(left));
        if (is(static_cast<plan::Index>(kBits * w + bit))) place(w) &= ~(std::uint64_t{1} << bit);
      }
    }
  }

 private:
  static constexpr std::size_t kBits = 64;
  [[nodiscard]] std::size_t words() const { return 1 + more_.size(); }
  [[nodiscard]] std::uint64_t word(std::size_t at) const { return at == 0 ? first_ : more_[at - 1]; }
  std::uint64_t& place(std::size_t at) { return at == 0 ? first_ : more_[at - 1]; }

  std::uint64_t first_ = 0;          // most versions have no more
  std::vector<std::uint64_t> more_;  // 64 to 127, and so on
};

}  // namespace guiju::run
