// An interview and a grading, embedded in C++: the program knows no rule. It asks what the decision needs, until there
// is an answer.
//
//   cpp_embed RULES [zh|en]
#include <guiju/guiju.hpp>
#include <iostream>
#include <map>
#include <string>

namespace {

// What an applicant would answer. A real program asks; this one looks up.
using Answers = std::map<std::string, std::string, std::less<>>;

bool answer(guiju::Facts& facts, const guiju::Need& need, const Answers& answers) {
  const guiju::Field field = facts.program().find_field(need.path);
  if (!field) return false;
  if (field.info().kind == guiju::FieldKind::list)
    return facts.begin_list(field, true).has_value();  // no earlier claims, and that is all
  const auto found = answers.find(need.path);
  return found != answers.end() && facts.set_written(field, found->second).has_value();
}

void show(const guiju::Decision& decision) {
  std::cout << "  => " << decision.outcome_name() << " " << decision.amount_text() << "\n";
  for (const auto& failure : decision.failures()) std::cout << "     - " << failure.text << "\n";
  for (const auto& condition : decision.conditions()) std::cout << "     * " << condition.label << "\n";
}

// Asks the head of the list of needs, again and again.
void interview(const guiju::Program& program, const Answers& answers, guiju::Language language) {
  auto facts = guiju::Facts::of(program);
  auto decision = guiju::Decision::create();
  if (!facts || !decision) return;
  std::cout << program.info(language).label << "\n";
  decision->set_language(language);
  auto outcome = decision->decide(*facts);
  while (outcome && *outcome == guiju::Outcome::undetermined) {
    const auto needs = decision->needs();
    if (needs.empty() || !answer(*facts, needs.front(), answers)) break;
    const auto& need = needs.front();
    const auto said = answers.find(need.path);
    std::cout << "  ? " << (need.ask.empty() ? need.label : need.ask) << "  "
              << (said == answers.end() ? "-" : said->second) << "\n";
    outcome = decision->decide(*facts);
  }
  show(*decision);
}

// The same through field handles, as a program that knows its goods would do.
void grade(const guiju::Program& standard, guiju::Language language) {
  auto facts = guiju::Facts::of(standard);
  auto decision = guiju::Decision::create();
  if (!facts || !decision) return;
  const auto field = [&](std::string_view path) { return standard.find_field(path); };
  const auto member = [&](std::string_view path, std::string_view name) {
    const auto index = field(path).find_member(name);
    return index && facts->set_member(field(path), *index);
  };
  bool good = member("ac.mode", "heat_pump") && member("ac.speed", "variable_speed") && member("ac.build", "split");
  good = good && facts->set(field("ac.made_on"), guiju::Date{2023, 5, 1});
  good = good && facts->set(field("ac.apf"), guiju::Decimal{520, 2});
  good = good && facts->set_written(field("ac.capacity"), "3.5 kW") &&
         facts->set(field("ac.label_tier"), guiju::FactState::absent);
  decision->set_language(language);
  if (!good || !decision->decide(*facts)) return;
  const auto result = decision->grade();
  std::cout << standard.info(language).label << "\n  => " << decision->outcome_name() << " "
            << (result ? result->label : "") << " (" << decision->version() << ")\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || !guiju::abi_fits()) {
    std::cerr << "usage: cpp_embed RULES [zh|en]\n";
    return 2;
  }
  const auto language = argc > 2 && std::string_view(argv[2]) == "en" ? guiju::Language::en : guiju::Language::zh;
  const auto compiled = guiju::Rulebook::from_directory(argv[1]);
  if (!compiled) {
    std::cerr << compiled.error().message(language) << "\n";
    return 1;
  }
  if (!*compiled) {
    for (std::size_t i = 0; i < compiled->diagnostics.size(); ++i)
      std::cerr << compiled->diagnostics.at(i, language).rendered << "\n";
    return 1;
  }
  const guiju::Rulebook& rules = *compiled->rulebook;
  for (std::size_t i = 0; i < rules.program_count(); ++i) {
    const auto info = rules.program(i).info(language);
    std::cout << (info.is_standard ? "  S " : "  P ") << info.name << "  " << info.label << "\n";
  }
  const Answers answers = {{"purchase.date", "2025-02-01"},   {"purchase.category", "手机"},
                           {"purchase.list_price", "5999元"}, {"purchase.discounts", "300.00"},
                           {"purchase.accessories", "0元"},   {"buyer.kind", "individual"},
                           {"buyer.id", "630102199001011234"}};
  interview(rules.find_program("digital_purchase"), answers, language);
  grade(rules.find_program("room_air_conditioner"), language);
  return 0;
}
