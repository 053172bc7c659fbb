// See write_brief.hpp.
#include "json/write_brief.hpp"

#include <array>
#include <string_view>

#include "explain/short_figure.hpp"
#include "json/writer.hpp"
#include "run/failures.hpp"

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
    list_of_each(name, [&](const auto& add) {
      for (const auto& item : items) add(name_of(item));
    });
  }
  template <typename ForEach>
  void list_of_each(std::string_view name, ForEach&& for_each) {
    out_ += name;
    out_ += '[';
    for_each([&](std::string_view item) { text(out_.back() == '[' ? "\"" : ",\"", item); });
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
  const explain::ShortFigure figure = explain::short_figure(decision);
  brief.member(R"(,"amount_kind":)", figure.kind);
  brief.member(R"(,"amount":)", figure.amount);
  brief.member(R"(,"least":)", figure.least);
  brief.member(R"(,"most":)", figure.most);
  const bool is_duty = program.kind == plan::ProgramInfo::duty;
  brief.list_of_each(is_duty ? R"(,"obligations":)" : R"(,"failed":)", [&](const auto& add) {
    if (section == nullptr) return;
    run::for_each_failure(*section, decision, [&](const plan::RequirementInfo& r) { add(r.name); });
  });
  brief.list(R"(,"needs":)", decision.needs, itself);
  brief.list(R"(,"stuck_on":)", decision.stuck_on, itself);
  brief.list(R"(,"referred":)", decision.marks, [&](const run::Mark& mark) { return name_of(plan, section, mark); });
  out += '}';
}

}  // namespace guiju::json
