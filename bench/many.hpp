// Rulebooks of many programmes: those of the workload over and over, each under a name of its own and with its own
// highest amount, in the language of the rule files and in Lua. Programme k answers for row k.
#pragma once

#include <string>
#include <vector>

#include "cases.hpp"

namespace bench {

constexpr Programme kind_of(std::size_t k) {
  return k % 2 == 0 ? Programme::appliances : Programme::cars;
}

struct RuleFile {
  std::string path;
  std::string text;
};

// The name of programme k in its rulebook.
std::string many_name(std::size_t k);

// `count` programmes in files of twenty, and the vocabulary that they use.
std::vector<RuleFile> many_rule_files(std::size_t count);

// The same as one Lua chunk that returns a table of functions, the first at 0.
std::string many_in_lua(std::size_t count);

}  // namespace bench
