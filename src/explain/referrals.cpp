// The words for each kind of what a person has to settle.
#include "explain/referrals.hpp"

#include "explain/show.hpp"

namespace guiju::explain {

namespace {

using run::Mark;

const char* name_of(Mark::Kind kind) {
  switch (kind) {
    case Mark::undecided:
      return "undecided";
    case Mark::not_found:
      return "not_found";
    case Mark::discretion:
      return "discretion";
    case Mark::left:
      return "left_to_region";
    case Mark::contradiction:
      return "contradiction";
    case Mark::gap:
      return "gap";
    case Mark::conflict:
      return "conflict";
    case Mark::about:
      return "about";
    case Mark::judged:
      return "judged";
  }
  return "";
}

// A gap of a table is named after it; a choice has no name.
Referral unsettled(const plan::Section* section, const Mark& mark, bool english) {
  const std::string name = section == nullptr ? std::string() : section->gaps[mark.gap_index].name;
  if (section != nullptr && section->gaps[mark.gap_index].kind == plan::GapInfo::no_edition)
    return {name_of(mark.kind), name,
            english ? "no edition of the standard is in force on that day" : "该日没有施行中的标准版次"};
  if (mark.kind == Mark::conflict && !name.empty())
    return {name_of(mark.kind), name, english ? "two editions of the standard fit" : "该标准有两个版次同时适用"};
  if (mark.kind == Mark::conflict)
    return {name_of(mark.kind), name, english ? "two branches of the choice hold" : "选择中有两个分支同时成立"};
  if (name.empty())
    return {name_of(mark.kind), name, english ? "no branch of the choice holds" : "选择中没有一个分支成立"};
  return {name_of(mark.kind), name, english ? "the table has no row for this case" : "表中没有这种情形的行"};
}

}  // namespace

Referral referral_of(const plan::Plan& plan, const plan::Section* section, const Mark& mark, bool english) {
  if (mark.kind == Mark::gap || mark.kind == Mark::conflict) return unsettled(section, mark, english);
  if (mark.kind == Mark::contradiction)
    return {name_of(mark.kind), "", english ? "papers contradict each other" : "材料之间相互矛盾"};
  if (mark.kind == Mark::about)
    return {name_of(mark.kind), "",
            english ? "the plan says \"about\"; whether that is reached is not for the rules to say"
                    : "规划写的是“约”,不作是否达到的判断"};
  if (mark.kind == Mark::judged)
    return {name_of(mark.kind), "", english ? "the plan says it in words, not in a figure" : "规划以文字表述,没有数值"};
  const plan::ChoiceInfo& choice = plan.choices[mark.choice];
  Referral out{name_of(mark.kind), choice.name, plain_text(choice.text, english)};
  for (const plan::SharedText& reading : choice.readings) out.readings.push_back(reading.in(english));
  return out;
}

}  // namespace guiju::explain
