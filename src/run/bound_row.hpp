// Facts that a host keeps in a struct of its own: which member of it is which fact is described once, and a case is
// then read from the struct straight into the registers of a kernel. Immutable once made; shared by threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "kernel/execute.hpp"
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
  [[nodiscard]] const plan::Layout& layout() const { return *layout_; }

  // The workspace of one decision.
  class Workspace {
   public:
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
  };
  // False where a kernel cannot be told: a value that its field does not allow, a state that is neither known nor
  // absent.
  bool load(const void* row, Workspace& into) const;
  // The same facts one by one, for the machine and for reasons.
  void fill(const void* row, Facts& facts) const;

 private:
  struct Member {
    BoundField at;
    // Integers: value = stored * factor / divisor, between these in what is stored.
    std::int64_t factor = 1, divisor = 1, least = 0, most = 0;
  };
  bool load_values(const std::byte* row, Workspace& into, std::int64_t* values, std::uint64_t* known,
                   std::uint64_t* absent) const;
  bool load_list(const Member& member, const std::byte* row, std::size_t index, Workspace& into) const;
  void fill_member(const Member& member, const std::byte* row, const FieldRef& to, Facts& facts) const;
  void prepare(Workspace& into) const;
  [[nodiscard]] bool names_no_texts() const;

  std::shared_ptr<const plan::Plan> plan_;
  const kernel::Program* kernels_;
  const plan::Layout* layout_;
  std::size_t stride_;
  std::vector<Member> members_;
  std::vector<std::size_t> lists_;     // numbers of those members that are lists
  std::vector<std::uint64_t> always_;  // fields that are known in every row
};

}  // namespace guiju::run
