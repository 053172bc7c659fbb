// See write_brief.hpp.
#include "json/write_brief.hpp"

#include <array>
#include <string_view>

#include "explain/show.hpp"
#include "json/writer.hpp"
#include "values/amount_kind.hpp"

namespace guiju::json {

using run::Outcome;

namespace {

// A name comes as it stands in the text, with all that is before and behind it.
class Brief {
 public:
  explicit Brief(std::string& out) : out_(out) {}

  void member(std::string_view name, std::string_view value) {
    out_ += name;
    if (value.empty()) {
      out_ += "null";
      return;
    }
    text("\"", value);
  }
  template <typename Items, typename NameOf>
  void list(std::string_view name, const Items& items, NameOf name_of) {
    out_ += name;
    out_ += '[';
    for (const auto& item : items) text(out_.back() == '[' ? "\"" : ",\"", name_of(item));
    out_ += ']';
  }

 private:
  void text(std::string_view opening, std::string_view value) {
    out_ += opening;
    append_escaped(out_, value);
    out_ += '"';
  }

  std::string& out_;
};

// Only what is paid, and known, is the amount; every other figure has its ends alone.
void add_figure(Brief& brief, const run::Decision& d) {
  const bool has_figure = d.has_amount && d.outcome != Outcome::ineligible && d.outcome != Outcome::not_in_force;
  brief.member(R"(,"amount_kind":)", has_figure ? name_of(d.amount_kind) : std::string_view());
  const std::string least = has_figure ? explain::show_fen(d.amount.least) : std::string();
  const bool is_paid = has_figure && d.amount.known() && d.amount_kind == AmountKind::payment;
  brief.member(R"(,"amount":)", is_paid ? least : std::string());
  brief.member(R"(,"least":)", least);
  brief.member(R"(,"most":)", has_figure && !d.amount.unbounded ? explain::show_fen(d.amount.most) : std::string());
}

// A text by its name, a hole by that of its table; what has no name by its kind.
std::string_view name_of(const plan::Plan& plan, const plan::Section* section, const run::Mark& mark) {
  constexpr std::array<std::string_view, 9> kinds = {
      "undecided", "not_found", "discretion", "gap", "conflict", "left_to_region", "contradiction", "about", "judged"};
  std::string_view name;
  if (mark.choice != plan::kNone) name = plan.choices[mark.choice].name;
  if (mark.gap_index != plan::kNone && section != nullptr) name = section->gaps[mark.gap_index].name;
  return name.empty() ? kinds[static_cast<std::size_t>(mark.kind)] : name;
}

}  // namespace

void append_brief(std::string& out, const plan::Plan& plan, const plan::ProgramInfo& program,
                  const run::Decision& decision, const std::vector<std::string>& invalid) {
  const auto itself = [](const std::string& text) -> std::string_view { return text; };
  Brief brief(out);
  if (decision.outcome == Outcome::invalid || !invalid.empty()) {
    brief.member(R"({"outcome":)", run::name_of(Outcome::invalid));
    brief.member(R"(,"program":)", program.name);
    std::vector<std::string> paths = invalid;
    if (invalid.empty()) {
      for (const run::BadFact& bad : decision.bad) paths.push_back(bad.path);
    }
    brief.list(R"(,"invalid":)", paths, itself);
    out += '}';
    return;
  }
  const plan::Section* section = decision.section == plan::kNone ? nullptr : &program.sections[decision.section];
  brief.member(R"({"outcome":)", run::name_of(decision.outcome));
  brief.member(R"(,"program":)", program.name);
  brief.member(R"(,"version":)", section == nullptr ? std::string_view() : std::string_view(section->name));
  add_figure(brief, decision);
  brief.list(program.kind == plan::ProgramInfo::duty ? R"(,"obligations":)" : R"(,"failed":)", decision.failed,
             [&](plan::Index i) -> std::string_view { return section->requirements[i].name; });
  brief.list(R"(,"needs":)", decision.needs, itself);
  brief.list(R"(,"stuck_on":)", decision.stuck_on, itself);
  brief.list(R"(,"referred":)", decision.marks, [&](const run::Mark& mark) { return name_of(plan, section, mark); });
  out += '}';
}

}  // namespace guiju::json
