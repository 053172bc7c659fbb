// Names of the rules as identifiers of C: the same rules give the same identifiers.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"

namespace guiju::emit {

// The name, else its first alias in ASCII; points become `_`, other characters outside ASCII `u` and their code.
[[nodiscard]] std::string identifier(std::string_view name, const std::vector<std::string>& aliases = {});

// Identifiers that live beside each other. A word of C or C++, and a name that is taken, get something added.
class Scope {
 public:
  explicit Scope(std::set<std::string> taken = {}) : taken_(std::move(taken)) {}
  std::string take(const std::string& wanted);

 private:
  std::set<std::string> taken_;
};

struct LayoutNames {
  std::string type;                  // of the struct
  std::vector<std::string> members;  // by field; a list in an entry has none
};

// All names of one programme that are used in more than one place.
struct Names {
  Names(const plan::Plan& plan, const plan::ProgramInfo& program);

  std::string program;
  Scope scope;  // of the file
  LayoutNames facts;
  std::vector<plan::Index> lists;              // layouts of entries, in the order of the struct
  std::map<plan::Index, LayoutNames> entries;  // by layout
  std::map<plan::Index, std::string> enums;    // by enumeration, those that facts have
  std::vector<std::string> versions;           // by section

  [[nodiscard]] std::string own(std::string_view what) const { return program + "_" + std::string(what); }
};

}  // namespace guiju::emit
