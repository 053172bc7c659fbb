// The unit of a type. Types are copied with every expression, and few different units stand in a rulebook.
#pragma once

#include <memory>
#include <utility>

#include "values/unit.hpp"

namespace guiju::model {

// Read like a const Unit; copies share it.
class SharedUnit {
 public:
  SharedUnit() = default;
  SharedUnit(Unit unit)  // NOLINT(google-explicit-constructor): a unit is a unit
      : unit_(is_plain(unit) ? nullptr : std::make_shared<const Unit>(std::move(unit))) {}

  [[nodiscard]] const Unit& get() const {
    static const Unit plain;
    return unit_ == nullptr ? plain : *unit_;
  }
  operator const Unit&() const { return get(); }  // NOLINT(google-explicit-constructor)
  const Unit* operator->() const { return &get(); }

 private:
  static bool is_plain(const Unit& unit) {
    return unit.dimension.empty() && unit.name.empty() && unit.factor == Rational(1);
  }
  std::shared_ptr<const Unit> unit_;  // nullptr: a plain number
};

}  // namespace guiju::model
