// The kernels of a programme (kernel/kernel.hpp), made when they are first worth it: in a rulebook of a thousand
// programmes most are asked seldom, and making kernels costs as much as some dozens of decisions without them.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>

namespace guiju::kernel {
struct Program;
}

namespace guiju::plan {

// Read like a pointer; any number of threads may. Copies share what is made.
class KernelsOnDemand {
 public:
  using Program = kernel::Program;
  using Make = std::function<std::shared_ptr<const Program>()>;  // nullptr: there are none

  KernelsOnDemand() = default;
  explicit KernelsOnDemand(Make make) : state_(std::make_shared<State>()) { state_->make = std::move(make); }
  explicit KernelsOnDemand(const std::shared_ptr<const Program>& made)
      : KernelsOnDemand(Make([made] { return made; })) {}

  // Makes them where that was not done yet; nullptr where there are none.
  [[nodiscard]] const Program* get() const {
    if (state_ == nullptr) return nullptr;
    if (!state_->is_made.load(std::memory_order_acquire)) state_->call_make();
    return state_->made.get();
  }
  // For a single decision, which can do without: false the first time.
  [[nodiscard]] bool are_worth_it() const {
    if (state_ == nullptr) return false;
    return state_->is_made.load(std::memory_order_acquire) ||
           state_->is_asked.exchange(true, std::memory_order_relaxed);
  }

  [[nodiscard]] const Program& operator*() const { return *get(); }
  [[nodiscard]] const Program* operator->() const { return get(); }
  [[nodiscard]] bool operator==(std::nullptr_t) const { return get() == nullptr; }

 private:
  struct State {
    void call_make() {
      std::call_once(once, [this] {
        made = make();
        make = nullptr;
        is_made.store(true, std::memory_order_release);
      });
    }

    Make make;
    std::once_flag once;
    std::atomic<bool> is_made = false, is_asked = false;
    std::shared_ptr<const Program> made;
  };
  std::shared_ptr<State> state_;
};

}  // namespace guiju::plan
