// See allocations.hpp.
#include "allocations.hpp"

#include <cstddef>

namespace {

thread_local long count = 0;

}  // namespace

namespace bench {

long allocations() {
  return count;
}

}  // namespace bench

// The C library's own, under the names that it keeps for those who stand in front.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t items, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);

void* malloc(std::size_t size) {
  ++count;
  return __libc_malloc(size);
}
void* calloc(std::size_t items, std::size_t size) {
  ++count;
  return __libc_calloc(items, size);
}
void* realloc(void* old, std::size_t size) {
  ++count;
  return __libc_realloc(old, size);
}
}
