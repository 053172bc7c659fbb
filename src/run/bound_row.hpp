// Facts that a host keeps in a struct of its own: which member of it is which fact is described once, and a case is
// then read from the struct straight into the registers of a kernel. Immutable once made; shared by threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "kernel/execute.hpp"
#include "kernel/native_row.hpp"
#include "kernel/row_program.hpp"
#include "plan/plan.hpp"
#include "run/facts.hpp"

namespace guiju::run {

// How a member of the struct is stored.
enum class Element : std::uint8_t { int8, int16, int32, int64, text, list };
inline constexpr std::size_t kNoOffset = static_cast<std::size_t>(-1);

struct RowText {
  const char* data;
  std::size_t size;
};
struct RowList {
  const void* entries;
  std::size_t count;
  std::int32_t complete;
};

class RowBinding;
struct BoundField {
  plan::Index field = plan::kNone;
  Element element = Element::int64;
  std::int32_t scale = 0;  // numbers: 10^-scale of the unit
  std::size_t offset = 0;
  std::size_t state_offset = kNoOffset;  // of an int8 with a FactState; none: known
  const RowBinding* entries = nullptr;   // lists
};

class RowBinding {
 public:
  // `layout` is that of the programme, or of the entries of one of its lists. Entries lie `stride` bytes apart.
  RowBinding(std::shared_ptr<const plan::Plan> plan, plan::Index program, const plan::Layout& layout,
             std::size_t stride);

  // False where the field cannot be stored so.
  bool bind(const BoundField& field);
  // Once, after all fields; nothing is loaded before. Without machine code the same is done step by step.
  void finish(bool may_be_native = true);
  [[nodiscard]] const plan::Layout& layout() const { return *layout_; }

  // The workspace of one decision.
  class Workspace {
   public:
    // Every list is complete and has no entries: row programs speak of such a case.
    [[nodiscard]] bool is_without_entries() const { return lists_are_empty; }
    [[nodiscard]] std::size_t period() const { return period_; }  // kernel::period_of
    [[nodiscard]] kernel::Truths& answers() { return truths; }
    [[nodiscard]] kernel::Row row() { return {registers.data(), known.data(), absent.data(), lists.data()}; }

   private:
    friend class RowBinding;
    struct Entries {
      std::vector<std::int64_t> values;
      std::vector<std::uint64_t> known, absent;
      std::vector<kernel::Entry> entries;
    };
    const RowBinding* of = nullptr;
    std::vector<std::int64_t> registers;
    std::vector<std::uint64_t> known, absent;
    std::vector<kernel::List> lists;
    std::vector<Entries> entries;  // by list in the binding
    std::vector<std::string_view> texts;
    bool lists_are_empty = true;
    std::size_t period_ = 0;
    kernel::Truths truths;
  };
  // False where a kernel cannot be told: a value that its field does not allow, a state that is neither known nor
  // absent.
  bool load(const void* row, Workspace& into) const;
  // By section; nullptr: the kernel is executed.
  [[nodiscard]] const kernel::RowProgram* program(std::size_t section) const {
    return programs_[section] ? &*programs_[section] : nullptr;
  }
  // Runs it for what is loaded.
  void run(std::size_t section, Workspace& loaded) const {
    const auto native = native_runs_[section];
    if (native == nullptr) return run_steps(section, loaded);
    native(loaded.registers.data(), loaded.known.data(), loaded.absent.data(), loaded.truths.data());
  }
  // The same facts one by one, for the machine and for reasons.
  void fill(const void* row, Facts& facts) const;

 private:
  struct Member {
    BoundField at;
    // Integers: value = stored * factor / divisor, between these in what is stored.
    std::int64_t factor = 1, divisor = 1, least = 0, most = 0;
  };
  // Where facts go: the registers of a row or of an entry.
  struct Target {
    std::int64_t* values;
    std::uint64_t *known, *absent;
  };
  struct Group {  // loaded in one go
    Element element = Element::int64;
    bool is_stated = false;
    std::vector<kernel::StoredFact> members;
  };
  static bool load_known(const Group& group, const std::byte* row, const Target& to);
  static bool load_stated(const Group& group, const std::byte* row, const Target& to);
  std::uint64_t load_groups(const std::byte* row, const Target& to) const;
  bool load_others(const std::byte* row, Workspace& into, const Target& to) const;
  bool load_values(const std::byte* row, Workspace& into, const Target& to) const;
  bool load_text(const kernel::StoredText& text, const std::byte* row, Workspace& into, const Target& to) const;
  bool load_other(const Member& member, const std::byte* row, const Target& to) const;
  [[nodiscard]] std::vector<kernel::Given> given_to(const kernel::Kernel& kernel) const;
  bool load_list(const Member& member, const std::byte* row, std::size_t index, Workspace& into) const;
  void fill_member(const Member& member, const std::byte* row, const FieldRef& to, Facts& facts) const;
  void prepare(Workspace& into) const;
  [[nodiscard]] bool names_no_texts() const;
  void make_native();
  void run_steps(std::size_t section, Workspace& loaded) const;

  std::shared_ptr<const plan::Plan> plan_;
  plan::Index program_;
  const kernel::Program* kernels_;
  const plan::Layout* layout_;
  std::size_t stride_;
  std::vector<Member> members_;
  std::vector<Group> groups_;
  std::vector<kernel::StoredText> texts_;
  std::vector<std::size_t> lists_;   // numbers of the members that are lists
  std::vector<std::size_t> others_;  // and of all other members
  std::vector<std::optional<kernel::RowProgram>> programs_;
  // The same as machine code, where there is any.
  std::unique_ptr<kernel::NativeRows> native_;
  kernel::NativeRows::Load load_ = nullptr;
  std::vector<kernel::NativeRows::Run> native_runs_;  // by section
  std::uint32_t registers_ = 0;                       // of all versions: their constants lie side by side
  std::vector<std::uint64_t> always_;                 // fields that are known in every row
};

}  // namespace guiju::run
