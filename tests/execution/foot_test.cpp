// Amounts with parts: what is shown adds up.
#include "run/foot.hpp"

#include <doctest/doctest.h>

using namespace guiju;
using namespace guiju::run;

namespace {

plan::AdjustmentInfo cap(std::vector<plan::Index> reducing, bool in_proportion = false) {
  plan::AdjustmentInfo a;
  a.kind = plan::AdjustmentInfo::cap;
  a.reducing = std::move(reducing);
  a.in_proportion = in_proportion;
  return a;
}
plan::AdjustmentInfo rounding(Rounding mode, Rational unit) {
  plan::AdjustmentInfo a;
  a.kind = plan::AdjustmentInfo::round;
  a.rounding = mode;
  a.unit = unit;
  return a;
}
plan::AdjustmentInfo least() {
  plan::AdjustmentInfo a;
  a.kind = plan::AdjustmentInfo::floor;
  return a;
}

}  // namespace

TEST_CASE("the named part gives way first") {
  plan::FootInfo info;
  info.adjustments = {cap({1, 0})};
  const std::vector<Value> parts{number_value(1800), number_value(600)};
  const std::vector<Value> bounds{number_value(2000)};
  const Footing f = foot(info, parts, bounds);
  CHECK(f.total.low == 2000);
  CHECK(f.parts[0].low == 1800);
  CHECK(f.parts[1].low == 200);
}

TEST_CASE("what the named part cannot give, the next gives") {
  plan::FootInfo info;
  info.adjustments = {cap({1, 0})};
  const std::vector<Value> parts{number_value(3000), number_value(100)};
  const std::vector<Value> bounds{number_value(2000)};
  const Footing f = foot(info, parts, bounds);
  CHECK(f.parts[0].low == 2000);
  CHECK(f.parts[1].low == 0);
}

TEST_CASE("running totals are rounded: parts add up to the rounded total") {
  // 1499.9985 + 499.9995 yuan in units of 0.0001 yuan, down to 0.01 yuan
  plan::FootInfo info;
  info.adjustments = {rounding(Rounding::down, 100)};
  info.ratio = Rational::make(1, 100).value();
  const std::vector<Value> parts{number_value(14999985), number_value(4999995)};
  const std::vector<Value> bounds{Value{}};
  const Footing f = foot(info, parts, bounds);
  CHECK(f.parts[0].low == 149999);
  CHECK(f.parts[1].low == 50000);
  CHECK(f.total.low == 199999);
}

TEST_CASE("in proportion") {
  plan::FootInfo info;
  info.adjustments = {cap({1, 0}, true)};
  const std::vector<Value> parts{number_value(300), number_value(100)};
  const std::vector<Value> bounds{number_value(200)};
  const Footing f = foot(info, parts, bounds);
  CHECK(f.parts[0].low == 150);
  CHECK(f.parts[1].low == 50);
}

TEST_CASE("what lacks to a floor goes to the first part above 0") {
  plan::FootInfo info;
  info.adjustments = {least()};
  const std::vector<Value> parts{number_value(0), number_value(30)};
  const std::vector<Value> bounds{number_value(100)};
  const Footing f = foot(info, parts, bounds);
  CHECK(f.parts[0].low == 0);
  CHECK(f.parts[1].low == 100);
}

TEST_CASE("a part below 0 fails") {
  plan::FootInfo info;
  const std::vector<Value> parts{number_value(-1), number_value(30)};
  const Footing f = foot(info, parts, {});
  CHECK(f.negative_part);
  CHECK(only_fails(f.total));
}

TEST_CASE("open parts give an interval that the cap closes") {
  plan::FootInfo info;
  info.adjustments = {cap({1, 0})};
  const std::vector<Value> parts{number_value(1500), interval_value(0, 600)};
  const std::vector<Value> bounds{number_value(2000)};
  const Footing f = foot(info, parts, bounds);
  CHECK(f.total.low == 1500);
  CHECK(f.total.high == 2000);
}

TEST_CASE("in proportion on a fine scale: the shares fit although part times cap does not") {
  plan::FootInfo info;
  info.adjustments = {cap({0, 1}, true)};
  const i128 yuan = i128{1'000'000'000'000'000};  // 1e-15 yuan each
  const std::vector<Value> parts{number_value(1'000'000 * yuan), number_value(3'000'000 * yuan)};
  const std::vector<Value> bounds{number_value(7'482 * yuan)};
  const Footing f = foot(info, parts, bounds);
  CHECK(f.total.state == Value::has_value);
  CHECK(f.total.low == 7'482 * yuan);
  CHECK(f.parts[0].low * 2 == 3'741 * yuan);
}
