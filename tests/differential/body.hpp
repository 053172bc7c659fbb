// What a generated version has declared. Private to the generator of programmes and duties.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "generator.hpp"

namespace guiju::reference {

// What a version has declared, so that the next one can amend it.
struct Generator::Body {
  GenScope scope;
  GenScope facts;  // nothing but the facts, before any requirement says that they exist
  std::vector<std::pair<std::string, GenType>> lets;
  std::vector<GenSet> sets;
  std::vector<std::string> requires_;               // those that may be replaced or dropped
  std::map<std::string, std::string> second_names;  // of them
  std::vector<std::string> requirements;            // all, limits among them, in order
  std::vector<std::string> parts;                   // none: one amount
  bool by_parts = false;                            // that are refused alone
  std::vector<std::string> documents;
  std::vector<std::size_t> narrowed;             // variables that a requirement says exist
  bool parts_stay = false;                       // an ensure names one of them
  bool pays_rest = false;                        // a limit that pays what is left of it
  bool sums = false;                             // a limit adds payments up
  syntax::Keyword kind = syntax::Keyword::none;  // of the amount: ceiling, average; what is no payment
  bool local = false;                            // carries out the amount of another programme
  bool has_limit = false;
  std::string limit;
  std::vector<std::string> versions;
  int year = 2018;
  struct Left {  // to a region
    std::string name;
    GenType type;
    int least = 0, most = 0;  // percent, or hundreds of yuan
  };
  std::vector<Left> left;
  bool supersedes = false;  // some version does
  // Each version as it stood, for a local file to start from.
  struct Stand;
  std::vector<Stand> stands;
};

struct Generator::DutyBody {
  Body body;
  std::string done_on;  // the fact that says when it was done
  std::vector<std::pair<syntax::Keyword, std::string>> grounds;
};

struct Generator::Body::Stand {
  std::string version;
  std::string period;
  std::shared_ptr<const Body> body;
};

}  // namespace guiju::reference
