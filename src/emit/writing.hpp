// What the writers of the pieces of a programme share.
#pragma once

#include <cstdint>
#include <optional>

#include "emit/names.hpp"
#include "emit/text.hpp"
#include "kernel/kernel.hpp"

namespace guiju::emit {

struct Writing {
  const plan::Plan& plan;
  const plan::ProgramInfo& program;
  const kernel::Program& kernels;
  Names names;

  // What a kernel comes to for facts that are allowed and lists without entries. `documents` are fields of papers that
  // count nowhere but among those that are owed: the kernel speaks of cases in which none is handed in, `papers` of
  // what is owed in the others.
  struct ShortCut {
    kernel::Kernel kernel;
    std::set<std::uint32_t> documents = {};
    std::optional<kernel::Kernel> papers = {};
  };
  std::vector<std::optional<ShortCut>> short_cuts = {};  // by version; none where the kernel itself is run

  [[nodiscard]] const kernel::Kernel* kernel(std::size_t version) const;  // nullptr: there is none
};

// Lengths of the arrays of a result: the most that a version needs; 0: there is no such array.
struct Sizes {
  std::size_t failed = 0, refused = 0, owed = 0, parts = 0, shares = 0;
};
[[nodiscard]] Sizes sizes_of(const plan::ProgramInfo& program);
[[nodiscard]] inline std::size_t words(std::size_t bits) {
  return (bits + 63) / 64;
}

// What a fact can be; both ends belong to it.
[[nodiscard]] kernel::Range allowed(const plan::Plan& plan, const plan::FieldInfo& field);

// "known0 >> 3 & 1U"
[[nodiscard]] std::string bit(const std::string& set, std::uint32_t field);

void write_facts(Text& header, Writing& w);    // enumerators, structs, setters
void write_results(Text& header, Writing& w);  // what comes out, and its enumerators
void write_tables(Text& source, const Writing& w);
void write_version(Text& source, const Writing& w, std::size_t version);  // the function decide_VERSION
[[nodiscard]] std::optional<Writing::ShortCut> short_cut(const Writing& w, std::size_t version);
void write_decide(Text& source, const Writing& w);

}  // namespace guiju::emit
