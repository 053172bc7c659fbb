// Numbers and units as hosts write them.
#include "json/written.hpp"

#include <doctest/doctest.h>

#include "json/unit_text.hpp"

using namespace guiju;

TEST_CASE("JSON numbers keep their digits") {
  const auto shown = [](std::string_view text) {
    const auto value = json::parse_number(text);
    return value ? to_string(*value) : std::string("none");
  };
  CHECK(shown("0") == "0");
  CHECK(shown("-0.10") == "-0.1");
  CHECK(shown("0.1234567890123456789") == "0.1234567890123456789");
  CHECK(shown("12e2") == "1200");
  CHECK(shown("12E-2") == "0.12");
  for (const char* text : {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1_0", "1 ", "NaN", "1e39"}) {
    CAPTURE(text);
    CHECK(shown(text) == "none");
  }
  CHECK(shown(std::string(38, '9')) == std::string(38, '9'));
  CHECK(shown(std::string(39, '9')) == "none");
  CHECK(shown("3999." + std::string(400, '0')) == "3999");
  CHECK(shown("-0.25" + std::string(400, '0')) == "-0.25");
  CHECK(shown("3999." + std::string(400, '0') + "1") == "none");
}

TEST_CASE("unit expressions") {
  const auto factor = [](std::string_view text) {
    const auto unit = json::parse_unit(text);
    return unit ? to_string(unit->factor) : std::string("none");
  };
  CHECK(factor("kW") == "1000");
  CHECK(factor("千瓦时") == "3600000");
  CHECK(factor("kgce/t") == "0.001");
  CHECK(factor("kWh/24h") == to_string(*Rational::make(125, 3)));
  CHECK(factor("kW/(m3/min)") == "60000");
  CHECK(factor("furlong") == "none");
  CHECK(factor("kW/") == "none");
  CHECK(factor("(kW") == "none");
  CHECK(factor("((((((kW))))))") == "none");
  CHECK(factor("") == "none");
}
