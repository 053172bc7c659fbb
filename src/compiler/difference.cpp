// See difference.hpp.
#include "compiler/difference.hpp"

namespace guiju::compiler {

std::string difference(const std::string& what, const std::string& expected, const std::string& got, bool english) {
  const std::string shown = got.empty() ? (english ? "nothing" : "无") : got;
  return english ? what + ": expected " + expected + ", got " + shown : what + ":应为 " + expected + ",实为 " + shown;
}

}  // namespace guiju::compiler
