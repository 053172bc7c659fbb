// A list whose items may also stand in other lists, each in memory once: the facts of a record are the same in every
// programme that is given it. Read like a vector of const items.
#pragma once

#include <compare>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <vector>

namespace guiju::plan {

template <typename Item>
class SharedList {
  using Pointers = std::vector<std::shared_ptr<const Item>>;

 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = Item;
    using difference_type = std::ptrdiff_t;
    using pointer = const Item*;
    using reference = const Item&;

    Iterator() = default;
    explicit Iterator(typename Pointers::const_iterator at) : at_(at) {}
    reference operator*() const { return **at_; }
    pointer operator->() const { return at_->get(); }
    reference operator[](difference_type n) const { return *at_[n]; }
    Iterator& operator++() { return ++at_, *this; }
    Iterator operator++(int) { return Iterator(at_++); }
    Iterator& operator--() { return --at_, *this; }
    Iterator operator--(int) { return Iterator(at_--); }
    Iterator& operator+=(difference_type n) { return at_ += n, *this; }
    Iterator& operator-=(difference_type n) { return at_ -= n, *this; }
    friend Iterator operator+(Iterator i, difference_type n) { return i += n; }
    friend Iterator operator+(difference_type n, Iterator i) { return i += n; }
    friend Iterator operator-(Iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.at_ - b.at_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
    friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }

   private:
    typename Pointers::const_iterator at_{};
  };

  SharedList() = default;
  SharedList(std::initializer_list<Item> items) {
    for (const Item& item : items) push_back(item);
  }
  void push_back(Item item) { items_.push_back(std::make_shared<const Item>(std::move(item))); }
  void push_back(std::shared_ptr<const Item> item) { items_.push_back(std::move(item)); }
  // Shares the items of another list behind its own.
  void append(const SharedList& other) { items_.insert(items_.end(), other.items_.begin(), other.items_.end()); }
  void shrink_to_fit() { items_.shrink_to_fit(); }

  [[nodiscard]] const Item& operator[](std::size_t i) const { return *items_[i]; }
  [[nodiscard]] const Item& front() const { return *items_.front(); }
  [[nodiscard]] const Item& back() const { return *items_.back(); }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] Iterator begin() const { return Iterator(items_.begin()); }
  [[nodiscard]] Iterator end() const { return Iterator(items_.end()); }

 private:
  Pointers items_;
};

}  // namespace guiju::plan
