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
  std::int32_t scale = 0;    // numbers: 10^-scale of the unit
  bool is_in_steps = false;  // or in the steps in which the field is counted
  std::size_t offset = 0;
  std::size_t state_offset = kNoOffset;  // of an int8 with a FactState; none: known
  const RowBinding* entries = nullptr;   // lists
};

class RowBinding {
 public:
  // `layout` is that of the programme, or of the entries of one of its lists. Entries lie `stride` bytes apart.
  RowBinding(std::shared_ptr<const plan::Plan> plan, plan::Index program, const plan::Layout& layout,
             std::size_t stride);
  RowBinding(const RowBinding&) = delete;  // machine code knows where it lies
  RowBinding& operator=(const RowBinding&) = delete;

  // False where the field cannot be stored so.
  bool bind(const BoundField& field);
  // Once, after all fields; nothing is loaded before. Without machine code the same is done step by step.
  void finish(bool may_be_native = true);
  [[nodiscard]] const plan::Layout& layout() const { return *layout_; }

  // What tells one binding from all others, those of the past included.
  struct Identity {};

  // The workspace of one decision.
  class Workspace {
   public:
    [[nodiscard]] const std::uint64_t* answer() const { return block.data(); }  // kernel::RowAnswer
    [[nodiscard]] kernel::Row row() {
      return {registers(), block.data() + places.known, block.data() + places.absent, lists.data()};
    }

   private:
    friend class RowBinding;
    struct Entries {
      std::vector<std::int64_t> values;
      std::vector<std::uint64_t> known, absent;
      std::vector<kernel::Entry> entries;
    };
    [[nodiscard]] std::int64_t* registers() {  // signed and unsigned integers may stand for each other
      return reinterpret_cast<std::int64_t*>(block.data() + places.registers);
    }
    std::shared_ptr<const Identity> of;  // keeps its place from being another's
    kernel::RowPlaces places;
    std::vector<std::uint64_t> block;
    std::vector<kernel::List> lists;
    std::vector<Entries> entries;  // by list in the binding
    std::vector<std::string_view> texts;
  };
  // Whether the workspace was prepared for this binding, the last one that it was used with.
  [[nodiscard]] bool owns(const Workspace& workspace) const { return workspace.of == identity_; }
  // Flags of kernel::RowAnswer; 0 where row programs do not settle the case: a value that its field does not allow, a
  // state that is neither known nor absent, entries in a list, something open that matters.
  std::uint64_t decide(const void* row, Workspace& into) const {
    if (!owns(into) || native_ == nullptr) return decide_by_steps(row, into);
    return native_->decide(row, into.block.data(), &into);
  }
  // Loads the row for a kernel. False where it cannot be told: for the first two of these reasons.
  bool load(const void* row, Workspace& into) const;
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
  bool load_groups(const std::byte* row, const Target& to) const;
  bool note_texts(const std::byte* row, const Target& to) const;
  bool load_others(const std::byte* row, Workspace& into, const Target& to) const;
  bool load_values(const std::byte* row, Workspace& into, const Target& to) const;
  bool load_other(const Member& member, const std::byte* row, const Target& to) const;
  bool load_list(const Member& member, const std::byte* row, std::size_t index, Workspace& into) const;
  [[nodiscard]] bool is_without_entries(const Workspace& loaded) const;
  [[nodiscard]] Target target(Workspace& of) const;
  [[nodiscard]] std::vector<kernel::Given> given_to(const kernel::Kernel& kernel) const;
  void fill_member(const Member& member, const std::byte* row, const FieldRef& to, Facts& facts) const;
  void prepare(Workspace& into) const;
  [[nodiscard]] bool names_no_texts() const;
  void make_native();
  [[nodiscard]] kernel::StoredRow stored_row() const;
  [[nodiscard]] kernel::RowPlaces places() const;
  std::uint64_t decide_by_steps(const void* row, Workspace& into) const;

  std::shared_ptr<const Identity> identity_ = std::make_shared<Identity>();
  std::shared_ptr<const plan::Plan> plan_;
  plan::Index program_;
  const kernel::Program* kernels_;
  const plan::Layout* layout_;
  std::size_t stride_;
  std::vector<Member> members_;
  std::vector<Group> groups_;
  std::vector<kernel::StoredText> texts_;
  std::vector<std::size_t> lists_;                           // numbers of the members that are lists
  std::vector<std::size_t> others_;                          // and of all other members
  std::vector<std::optional<kernel::RowProgram>> programs_;  // by section
  std::unique_ptr<const kernel::NativeRow> native_;          // the same as machine code, where there is any
  std::uint32_t registers_ = 0;                              // of all versions: their constants lie side by side
  std::size_t answer_words_ = 0;                             // of the longest answer
  std::vector<std::uint64_t> always_;                        // fields that are known in every row
};

}  // namespace guiju::run
