// One comment line a fact: label, what may be written, the question and where the answer stands.
#include "json/facts_template.hpp"

#include "json/fact_names.hpp"
#include "json/writer.hpp"

namespace guiju::json {
namespace {

using plan::FieldInfo;
using plan::SlotClass;

constexpr int kDeepestLists = 3;  // a record may hold a list of its own kind

std::string in_unit(i128 c, const FieldInfo& field) {
  const auto canonical = mul(Rational::whole(c), field.q);
  const auto written = canonical ? div(*canonical, field.unit_factor) : std::nullopt;
  return written ? to_string(*written) : std::string();
}

class Template {
 public:
  Template(const plan::Plan& plan, plan::Index program, bool english)
      : plan_(plan), program_(program), names_(plan, program), english_(english) {}

  std::string write() {
    write_record(names_.facts(), FactNames::kRoot, plan_.programs[program_].layout, 0);
    return out_.take() + "\n";
  }

 private:
  [[nodiscard]] const char* pick(const char* zh, const char* en) const { return english_ ? en : zh; }

  void write_record(const FactNames& names, std::uint32_t at, const plan::Layout& layout, int depth) {
    out_.begin_object();
    for (const auto index : names.node(at).children) {
      const auto& node = names.node(index);
      if (node.field != plan::kNone) out_.member("//" + node.name, describe(layout.fields[node.field]));
      if (node.field != plan::kNone &&
          !node.children.empty()) {  // an optional record: giving it at all says that it exists
        out_.key("//" + node.name + pick(" 的内容", " holds"));
        write_record(names, index, layout, depth);
        out_.member(node.name, "?");
        continue;
      }
      out_.key(node.name);
      if (!node.children.empty()) {
        write_record(names, index, layout, depth);
      } else if (layout.fields[node.field].cls == SlotClass::list) {
        write_list(layout.fields[node.field], depth);
      } else {
        out_.text("?");
      }
    }
    out_.end_object();
  }

  void write_list(const FieldInfo& field, int depth) {
    out_.begin_object();
    out_.member("complete", false);
    if (depth < kDeepestLists) {
      out_.key(pick("//一条记录", "//one entry"));
      const auto& names = names_.entries(field.element);
      const auto& root = names.node(FactNames::kRoot);
      const bool scalars = root.children.size() == 1 && names.node(root.children[0]).name.empty();
      if (scalars) {
        out_.text(describe(plan_.layouts[field.element].fields[0]));
      } else {
        write_record(names, FactNames::kRoot, plan_.layouts[field.element], depth + 1);
      }
    }
    out_.key("entries");
    out_.begin_array();
    out_.end_array();
    out_.end_object();
  }

  [[nodiscard]] std::string describe(const FieldInfo& field) const {
    std::string text = field.label.in(english_);
    const auto add = [&](const std::string& more) {
      if (!more.empty()) text += (text.empty() ? "" : pick(";", "; ")) + more;
    };
    add(allowed(field));
    if (field.optional) add(pick("没有写 null", "null where there is none"));
    if (field.unknowable)
      add(pick("无从得知写 {\"state\": \"unknowable\"}", "{\"state\": \"unknowable\"} where it cannot be said"));
    add(field.ask.in(english_));
    if (const auto& at = field.at.in(english_); !at.empty()) add(std::string(pick("见", "see ")) + at);
    return text;
  }

  [[nodiscard]] std::string allowed(const FieldInfo& field) const {
    if (field.presence) return {};
    switch (field.cls) {
      case SlotClass::truth:
        return pick("true 或 false", "true or false");
      case SlotClass::number:
        return number(field);
      case SlotClass::member:
        return members(plan_.enums[field.enumeration]);
      case SlotClass::day:
        return pick("日期,如 2025-03-01", "a date such as 2025-03-01");
      case SlotClass::months:
        return pick("如 8年、18个月", "such as 8 years, 18 months");
      case SlotClass::days:
        return pick("如 30天", "such as 30 days");
      case SlotClass::text:
        return pick("文字", "a text");
      case SlotClass::region:
        return pick("6 位或 12 位地区代码,写在引号里,如青海省 630000",
                    "a region code of 6 or 12 digits, in quotes: Qinghai is 630000");
      case SlotClass::document:
        return pick("held 已交、owed 待交、refused 退回", "held, owed or refused");
      case SlotClass::list:
        return field.history
                   ? pick("complete 写 true:再没有别的记录", "complete is true where there are no other entries")
                   : "";
      default:
        return {};
    }
  }

  [[nodiscard]] std::string share(const FieldInfo& field) const {
    const auto written = [&](i128 c) {
      FieldInfo hundredths = field;
      hundredths.unit_factor = *Rational::make(1, 100);
      return in_unit(c, hundredths) + "%";
    };
    return (field.default_range ? pick("百分数", "a percentage") : written(field.least) + " … " + written(field.most)) +
           pick(",写 0.8 或带引号的 80%,精确到 ", ", 0.8 or 80% in quotes, to ") + written(1);
  }

  [[nodiscard]] std::string number(const FieldInfo& field) const {
    if (field.percent) return share(field);
    std::string text;
    if (!field.default_range) text = in_unit(field.least, field) + " … " + in_unit(field.most, field);
    if (!field.unit.empty()) text += (text.empty() ? "" : " ") + field.unit;
    if (text.empty()) text = pick("数", "a number");
    if (field.integer) return text + pick(",整数", ", whole");
    return text + pick(",精确到 ", ", to ") + in_unit(1, field);
  }

  [[nodiscard]] std::string members(const plan::EnumInfo& info) const {
    std::string text;
    for (const auto& member : info.members) {
      const auto& label = member.label.in(english_);
      text += (text.empty() ? "" : pick("、", ", ")) + member.name + (label.empty() ? "" : " " + label);
    }
    return text;
  }

  const plan::Plan& plan_;
  plan::Index program_;
  ProgramNames names_;
  bool english_;
  Writer out_;
};

}  // namespace

std::string facts_template(const plan::Plan& plan, plan::Index program, bool english) {
  return Template(plan, program, english).write();
}

}  // namespace guiju::json
