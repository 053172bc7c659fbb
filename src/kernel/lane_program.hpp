// A graph of values as steps over lanes, each in the narrowest width that holds what it can be. Prepared once for the
// columns of a caller; running it allocates nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernel/graph.hpp"
#include "kernel/lanes.hpp"

namespace guiju::kernel {

struct LaneProgram {
  using Slot = std::uint32_t;
  struct Step {
    Task task;
    Slot out = 0, a = 0, b = 0, c = 0;
    std::int64_t k = 0;
    const std::int64_t* p = nullptr;
  };
  // Where a lane lies.
  struct Place {
    enum Kind : std::uint8_t {
      memory,    // of the program, at an offset
      constant,  // likewise; filled once
      field,     // values of the field `index`, from outside
      known,     // truths, from outside
      absent,
      answer  // number `index` of the answers, outside
    } kind = memory;
    Width width = w8;
    std::uint32_t index = 0;
    std::size_t offset = 0;
    std::int64_t value = 0;  // constant
  };
  LaneProgram() = default;
  LaneProgram(LaneProgram&&) = default;
  LaneProgram& operator=(LaneProgram&&) = default;
  LaneProgram(const LaneProgram&) = delete;  // steps point into the tables

  std::vector<Step> steps;
  std::vector<Place> places;
  std::size_t memory = 0;                         // bytes
  std::vector<std::vector<std::int64_t>> tables;  // of staircases and quotients
  std::vector<std::int64_t> pool;
};

struct WantedAnswer {
  Node node = 0;
  Width width = w8;
};

[[nodiscard]] LaneProgram compile(const Graph& graph, const std::vector<WantedAnswer>& answers);

}  // namespace guiju::kernel
