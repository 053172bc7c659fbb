// What stands behind the opaque handles of guiju.h.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "explain/explanation.hpp"
#include "explain/targets.hpp"
#include "guiju.h"
#include "json/read_facts.hpp"
#include "receipt/receipt.hpp"
#include "run/bound_row.hpp"
#include "run/decide.hpp"
#include "run/facts.hpp"

struct gj_error {
  gj_status status = GJ_OK;
  std::string zh, en;
};

namespace guiju::capi {

// Worked out when it is first asked for, by whichever thread that is: most programs of a rulebook are never asked.
template <typename Value>
class OnDemand {
 public:
  template <typename Make>
  const Value& get(const Make& make) const {
    std::call_once(once_, [&] { value_ = std::make_unique<const Value>(make()); });
    return *value_;
  }

 private:
  mutable std::once_flag once_;
  mutable std::unique_ptr<const Value> value_;
};

// What describes a field in words.
struct FieldTexts {
  guiju::plan::LocalText allowed;
  std::string least, most, step;
};

}  // namespace guiju::capi

struct gj_field {
  const gj_program* program = nullptr;
  const gj_field* list = nullptr;  // the list whose entries have this field; nullptr: a field of the case
  const guiju::plan::FieldInfo* info = nullptr;
  guiju::plan::Index index = 0;  // in its layout
  std::size_t list_number = 0;   // lists: which of the program's lists
  std::vector<const gj_field*> elements;
  guiju::capi::OnDemand<guiju::capi::FieldTexts> texts;
};

struct gj_program {
  gj_rulebook* rulebook = nullptr;
  guiju::plan::Index index = 0;
  std::vector<const gj_field*> fields;
  std::size_t list_count = 0;
  // Shared by all that are given the same facts.
  std::shared_ptr<guiju::capi::OnDemand<guiju::json::ProgramNames>> names_on_demand;
  std::string region;  // code; empty: none
  [[nodiscard]] const guiju::plan::ProgramInfo& info() const;
  [[nodiscard]] const guiju::json::ProgramNames& names() const;
};

struct gj_rulebook {
  explicit gj_rulebook(std::shared_ptr<const guiju::plan::Plan> compiled);

  std::atomic<std::size_t> owners{1};
  std::shared_ptr<const guiju::plan::Plan> plan;
  std::deque<gj_program> programs;
  std::unordered_map<std::string_view, const gj_program*> by_name;  // aliases too
  std::deque<gj_field> fields;
};

inline const guiju::plan::ProgramInfo& gj_program::info() const {
  return rulebook->plan->programs[index];
}
inline const guiju::json::ProgramNames& gj_program::names() const {
  return names_on_demand->get([this] { return guiju::json::ProgramNames(*rulebook->plan, index); });
}

namespace guiju::capi {

// One count on a rulebook.
class RulebookOwner {
 public:
  RulebookOwner() = default;
  explicit RulebookOwner(gj_rulebook* rulebook) : rulebook_(gj_rulebook_retain(rulebook)) {}
  RulebookOwner(const RulebookOwner&) = delete;
  RulebookOwner& operator=(const RulebookOwner&) = delete;
  ~RulebookOwner() { gj_rulebook_release(rulebook_); }
  void reset(gj_rulebook* rulebook) {
    if (rulebook == rulebook_) return;
    gj_rulebook_retain(rulebook);
    gj_rulebook_release(rulebook_);
    rulebook_ = rulebook;
  }

 private:
  gj_rulebook* rulebook_ = nullptr;
};

inline constexpr std::size_t kNoEntry = static_cast<std::size_t>(-1);

// Which facts they are, and how often they were written to: an answer is told from facts that are no longer those that
// were decided.
struct FactsState {
  std::shared_ptr<const char> facts;  // of these facts alone, while anybody remembers them; none: of a row
  std::uint64_t writes = 0;

  bool operator==(const FactsState&) const = default;
  // The same facts are decided again and again: then nothing is counted.
  void remember(const FactsState& now) {
    if (facts != now.facts) facts = now.facts;
    writes = now.writes;
  }
};
inline FactsState state_of_new_facts() {
  return {std::make_shared<const char>('\0'), 0};
}

}  // namespace guiju::capi

struct gj_facts {
  explicit gj_facts(const gj_program& of)
      : owner(of.rulebook),
        program(&of),
        facts(of.rulebook->plan, of.index),
        current(of.list_count, guiju::capi::kNoEntry) {
    for (guiju::plan::Index i = 0; i < facts.layout().fields.size(); ++i) places.push_back(facts.at(i));
  }

  guiju::capi::RulebookOwner owner;
  const gj_program* program;
  guiju::run::Facts facts;
  std::vector<guiju::run::FieldRef> places;  // of the case, by field
  guiju::json::FactsReader reader;
  std::vector<std::size_t> current;          // the current entry of each list
  std::vector<guiju::run::BadFact> refused;  // JSON that could not be taken as it stands
  guiju::capi::FactsState state = guiju::capi::state_of_new_facts();
};

namespace guiju::capi {

// What the executor has decided. The answer to a bound row is unfolded when something of it is first read; since a
// decision may be read by several threads, one of them does it and the others wait.
class Executed {
 public:
  // For whoever decides; forgets the row.
  [[nodiscard]] run::Decision& fill() {
    row_flags_ = 0;
    return decision_;
  }
  // `flags` of kernel::RowAnswer; the words stay where they are until something else is decided.
  void answered(const gj_program& program, std::uint64_t flags, const std::uint64_t* words) {
    if (&program != program_) make_room(program);
    row_flags_ = flags;
    row_words_ = words;
    is_unfolded_.store(false, std::memory_order_relaxed);
  }
  // 0: no row was decided, and nothing stands in `row_words`.
  [[nodiscard]] std::uint64_t row_flags() const { return row_flags_; }
  [[nodiscard]] const std::uint64_t* row_words() const { return row_words_; }

  [[nodiscard]] const run::Decision& get() const {
    if (row_flags_ != 0 && !is_unfolded_.load(std::memory_order_acquire)) unfold();
    return decision_;
  }
  // The same for reasons, which are worked out beside it.
  [[nodiscard]] run::Decision& get() {
    static_cast<void>(std::as_const(*this).get());
    return decision_;
  }
  void set_options(const run::Options& options) { decision_.options = options; }

 private:
  void make_room(const gj_program& program);
  void unfold() const;  // allocates nothing: room was made when the first row of the programme was answered

  mutable run::Decision decision_;
  const gj_program* program_ = nullptr;
  std::uint64_t row_flags_ = 0;
  const std::uint64_t* row_words_ = nullptr;
  mutable std::mutex unfolding_;
  mutable std::atomic<bool> is_unfolded_{false};
};

}  // namespace guiju::capi

struct gj_decision {
  guiju::capi::RulebookOwner owner;
  const gj_program* program = nullptr;  // nullptr: nothing decided yet
  gj_language language = GJ_ZH;
  guiju::run::Options options;
  guiju::capi::Executed decided;
  guiju::capi::FactsState decided_on;  // the facts, as they were then
  guiju::run::Decision again;          // workspace: for the trace of a row facts are decided
  bool refused = false;                // unreadable facts: `decided` says nothing
  bool is_grade = false;
  gj_outcome outcome = GJ_UNDECIDED;
  guiju::explain::Explanation words;       // a programme, unless silent
  guiju::explain::GradeExplanation grade;  // a standard
  bool is_targets = false;
  std::vector<guiju::run::Decision> rows;  // of targets
  guiju::explain::TargetsText targets;
  std::vector<std::string> missing;  // of its rows, joined
  // Of words.failed, of every reason in words.refused and of words.failed_one, and their citations: joined.
  std::vector<std::vector<std::string>> articles, refused_articles, one_of_articles;
  std::string json, brief;
  std::string receipt;  // the one written last
  // Of rows.
  guiju::run::RowBinding::Workspace row;
  std::unique_ptr<gj_facts> row_facts;  // what a kernel could not settle
  bool plain = true;                    // nothing but `decided` and texts made of it is filled
  // An answer to a row stands here and nothing else, under the options that there are: the next row of its binding, to
  // which the workspace belongs, has only to be answered. Whoever changes anything else of this ends it.
  bool next_row_follows = false;
};

namespace guiju::capi {

// What the answer of a row needs to know of its version.
struct FiguresOfVersion {
  std::uint64_t amount = 0;  // all bits where it has one
  std::size_t failed_words = 0;
};

}  // namespace guiju::capi

struct gj_binding {
  gj_binding(const gj_program& of, const guiju::plan::Layout& layout, std::size_t stride)
      : owner(of.rulebook), program(&of), row(of.rulebook->plan, of.index, layout, stride) {}

  guiju::capi::RulebookOwner owner;
  const gj_program* program;
  const gj_field* list = nullptr;  // of entries
  guiju::run::RowBinding row;
  std::vector<guiju::capi::FiguresOfVersion> figures;  // by version; the last one: none
};

struct gj_receipt {
  guiju::receipt::Receipt contents;
  std::string outcome, amount, facts, answer;  // as describe gives them
  guiju::receipt::Verification found;          // by the last verify
  guiju::json::Difference difference;
};

struct gj_diagnostics {
  struct Item {
    std::int32_t code = 0;
    gj_severity severity = GJ_SEVERITY_ERROR;
    std::string name, file;
    std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
    std::array<std::string, 2> message, help, rendered;  // by gj_language
  };
  std::vector<Item> items;
  std::size_t errors = 0;
};
