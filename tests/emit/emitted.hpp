// Emitted C as a host has it: written to a folder, compiled into a shared object, loaded, called through what its
// tables say of its structs.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "emit/emit.hpp"
#include "emit/guiju_emitted.h"
#include "run/decide.hpp"

namespace guiju::testing {

// Those of gcc, clang, clang-14 … and tcc that this machine has.
[[nodiscard]] std::vector<std::string> c_compilers();

// Compiles all .c files among these, with every warning as an error; what comes out. `said` is what the compiler
// said. The files are there as long as this is; what was loaded from them stays.
struct Built {
  std::string object;  // empty: it failed
  std::string said;
  std::shared_ptr<const std::string> folder;
};
enum class Kind : std::uint8_t { shared_object, program };
[[nodiscard]] Built build_c(const std::string& compiler, const std::vector<emit::File>& files,
                            Kind kind = Kind::shared_object);

struct CResult {
  std::int32_t outcome = 0, version = 0;
  std::int64_t amount = 0;
  std::vector<std::int64_t> parts, shares;
  std::vector<std::uint64_t> failed, refused, owed;
  friend bool operator==(const CResult&, const CResult&) = default;
};
[[nodiscard]] std::vector<plan::Index> members_of(const std::vector<std::uint64_t>& set);

// The facts of one case in the struct of a programme.
class CFacts {
 public:
  explicit CFacts(const gjc_program& program) : program_(program), bytes_(program.facts->size / 8) {}

  void set(const std::string& path, std::int64_t value);
  void set_absent(const std::string& path);
  void set_unknown(const std::string& path);
  // Entries of a list: by path, one map an entry; what stands nowhere is unknown.
  struct Value {
    bool absent = false;
    std::int64_t value = 0;
  };
  void set_list(const std::string& path, const std::vector<std::map<std::string, Value>>& entries);

  [[nodiscard]] const void* data() const { return bytes_.data(); }
  [[nodiscard]] const std::vector<std::uint64_t>& words() const { return bytes_; }

 private:
  const gjc_program& program_;
  std::vector<std::uint64_t> bytes_;  // every struct consists of members of 8 bytes
  std::vector<std::unique_ptr<std::vector<std::uint64_t>>> entries_;
};

// One programme of a loaded object, which stays loaded as long as one of its programmes.
class CProgram {
 public:
  CProgram(const std::string& object, const std::string& name);
  [[nodiscard]] const gjc_program& info() const { return *info_; }
  [[nodiscard]] CResult decide(const CFacts& facts) const;
  [[nodiscard]] std::vector<CResult> decide_columns(const std::vector<const CFacts*>& rows) const;
  [[nodiscard]] std::int64_t text(const std::string& text) const { return text_(text.c_str()); }

 private:
  void* symbol(const std::string& name) const;
  std::shared_ptr<void> object_;
  const gjc_program* info_ = nullptr;
  void (*decide_)(const void*, void*) = nullptr;
  void (*columns_)(const void*, std::size_t, const void*) = nullptr;
  std::int64_t (*text_)(const char*) = nullptr;
};

[[nodiscard]] bool has_kernel(const plan::ProgramInfo& program, std::size_t version);
[[nodiscard]] bool has_kernels(const plan::ProgramInfo& program);

// What C has to say of a case that the engine decided so, wherever it decides it.
[[nodiscard]] CResult expected_of_c(const gjc_program& info, const plan::ProgramInfo& program,
                                    const run::Decision& decision);
// The version of an invalid case is not told apart.
[[nodiscard]] bool agree(const CResult& c, const CResult& engine);

// The facts that the engine has, as far as they can be said in C.
[[nodiscard]] CFacts to_c(const CProgram& program, const run::Facts& facts, const run::Options& options);

}  // namespace guiju::testing
