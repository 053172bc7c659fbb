// Setting facts: each value is checked against its field at the door.
#include "run/facts.hpp"

#include <algorithm>

#include "values/loose_date.hpp"
#include "values/utf8.hpp"

namespace guiju::run {

using plan::FieldInfo;
using plan::Index;
using plan::kNone;
using plan::SlotClass;

namespace {

FactRow empty_row(const plan::Layout& layout) {
  FactRow row;
  row.values.resize(layout.fields.size());
  return row;
}

Index find_field(const plan::Layout& layout, std::string_view path) {
  const auto& fields = layout.fields;
  const auto named = [&](const FieldInfo& f) {
    return f.path == path || std::find(f.aliases.begin(), f.aliases.end(), path) != f.aliases.end();
  };
  const auto found = std::find_if(fields.begin(), fields.end(), named);
  return found == fields.end() ? kNone : static_cast<Index>(found - fields.begin());
}

// c * q, written in the unit of the field.
std::string in_unit(i128 c, const FieldInfo& f) {
  const auto canonical = mul(Rational::whole(c), f.q);
  const auto written = canonical ? div(*canonical, f.unit_factor) : std::nullopt;
  std::string text = to_string(written ? *written : Rational::whole(c));
  if (!f.unit.empty()) text += (f.unit == "%" ? "" : " ") + f.unit;
  return text;
}

// A share, as it is to be written: whoever wrote 80 is told of the sign.
plan::LocalText allowed_share(const FieldInfo& f) {
  const auto written = [&](i128 c) {
    const auto canonical = mul(Rational::whole(c), f.q);
    const auto hundredths = canonical ? mul(*canonical, Rational(100)) : std::nullopt;
    return to_string(hundredths ? *hundredths : Rational::whole(c)) + "%";
  };
  const bool ranged = !f.default_range;
  return {(ranged ? written(f.least) + "至" + written(f.most) : "百分数") + ",写作 \"80%\" 或 0.8,精确到 " + written(1),
          (ranged ? written(f.least) + " … " + written(f.most) : "a percentage") + ", written \"80%\" or 0.8, step " +
              written(1)};
}

}  // namespace

Facts::Facts(std::shared_ptr<const plan::Plan> plan, Index program) : plan_(std::move(plan)), program_(program) {
  row_ = empty_row(layout());
}

Facts::Facts(Facts&& other) noexcept = default;
Facts& Facts::operator=(Facts&& other) noexcept = default;
Facts::~Facts() = default;

const plan::Layout& Facts::layout() const {
  return plan_->programs[program_].layout;
}

void Facts::reset() {
  for (FactValue& v : row_.values) {
    v.state = FactState::unknown;
    v.text.clear();
    if (v.list) v.list->entries.clear();
  }
  bad_.clear();
}

FieldRef Facts::at(Index field) {
  return {field, &row_, &layout(), layout().fields[field].path};
}

FieldRef Facts::find(std::string_view path) {
  const Index field = find_field(layout(), path);
  return field == kNone ? FieldRef{} : at(field);
}

void Facts::begin_list(const FieldRef& f, bool complete) {
  FactValue& v = f.row->values[f.field];
  if (!v.list) v.list = std::make_unique<FactList>();
  v.list->entries.clear();
  v.list->complete = complete;
  v.state = FactState::known;
}

std::size_t Facts::add_entry(const FieldRef& f) {
  FactList& list = *f.row->values[f.field].list;
  list.entries.push_back(empty_row(plan_->layouts[f.layout->fields[f.field].element]));
  return list.entries.size() - 1;
}

FieldRef Facts::entry_field(const FieldRef& list, std::size_t entry, Index field) {
  const plan::Layout& element = plan_->layouts[list.layout->fields[list.field].element];
  const std::string& name = element.fields[field].path;
  const std::string place = list.path + "[" + std::to_string(entry) + "]";
  return {field, &list.row->values[list.field].list->entries[entry], &element,
          name.empty() ? place : place + "." + name};
}

FieldRef Facts::entry_field(const FieldRef& list, std::size_t entry, std::string_view path) {
  const Index field = find_field(plan_->layouts[list.layout->fields[list.field].element], path);
  return field == kNone ? FieldRef{} : entry_field(list, entry, field);
}

namespace {

// Of a day that is written in another way: how it is written here.
void add_spelling(const FieldInfo& field, std::string_view got, plan::LocalText& instead) {
  if (field.cls != SlotClass::day) return;
  const std::optional<Day> day = parse_loose_date(got);
  if (!day || *day < field.least || *day > field.most) return;
  instead.zh += ",请写 " + to_iso(*day);
  instead.en += "; write " + to_iso(*day);
}

}  // namespace

void Facts::set_bad(const FieldRef& f, std::string got) {
  f.row->values[f.field].state = FactState::bad;
  plan::LocalText instead = allowed(f.layout->fields[f.field]);
  add_spelling(f.layout->fields[f.field], got, instead);
  bad_.push_back({f.path, std::move(got), std::move(instead)});
}

void Facts::set_state(const FieldRef& f, FactState state) {
  const FieldInfo& field = f.layout->fields[f.field];
  if (state == FactState::absent && !field.optional) return set_bad(f, "null");
  f.row->values[f.field].state = state;
}

namespace {

bool put(const FieldRef& f, i128 c) {
  FactValue& v = f.row->values[f.field];
  v.state = FactState::known;
  v.c = c;
  return true;
}

}  // namespace

bool Facts::set_truth(const FieldRef& f, bool value) {
  if (f.layout->fields[f.field].cls != SlotClass::truth) return set_bad(f, value ? "true" : "false"), false;
  return put(f, value ? 1 : 0);
}

bool Facts::set_number(const FieldRef& f, const Rational& value, std::string_view written) {
  const FieldInfo& field = f.layout->fields[f.field];
  const auto refuse = [&] {
    set_bad(f, written.empty() ? to_string(value) : std::string(written));
    return false;
  };
  if (field.cls != SlotClass::number) return refuse();
  const auto c = div(value, field.q);
  if (!c || !c->is_integer() || c->num() < field.least || c->num() > field.most) return refuse();
  if (field.any_unit) f.row->values[f.field].text.clear();
  return put(f, c->num());
}

bool Facts::set_measured(const FieldRef& f, const Rational& value, std::string measure, std::string_view written) {
  if (!set_number(f, value, written)) return false;
  f.row->values[f.field].text = std::move(measure);
  return true;
}

bool Facts::set_day(const FieldRef& f, Day day) {
  const FieldInfo& field = f.layout->fields[f.field];
  if (!in_range(day)) return set_bad(f, std::to_string(day)), false;
  if (field.cls != SlotClass::day || day < field.least || day > field.most) return set_bad(f, to_iso(day)), false;
  return put(f, day);
}

bool Facts::set_duration(const FieldRef& f, std::int64_t count) {
  const FieldInfo& field = f.layout->fields[f.field];
  const bool duration = field.cls == SlotClass::months || field.cls == SlotClass::days;
  if (!duration || count < field.least || count > field.most) return set_bad(f, std::to_string(count)), false;
  return put(f, count);
}

bool Facts::set_member(const FieldRef& f, Index member) {
  const FieldInfo& field = f.layout->fields[f.field];
  const bool fits = field.cls == SlotClass::member && member < plan_->enums[field.enumeration].members.size();
  if (!fits) return set_bad(f, std::to_string(member)), false;
  return put(f, member);
}

bool Facts::set_member(const FieldRef& f, std::string_view name) {
  const FieldInfo& field = f.layout->fields[f.field];
  if (field.cls != SlotClass::member) return set_bad(f, std::string(name)), false;
  const auto& members = plan_->enums[field.enumeration].members;
  const auto matches = [&](const plan::EnumInfo::Member& m) {
    const bool alias = std::find(m.aliases.begin(), m.aliases.end(), name) != m.aliases.end();
    return m.name == name || alias;
  };
  auto found = std::find_if(members.begin(), members.end(), matches);
  if (found == members.end()) {
    const auto labelled = [&](const plan::EnumInfo::Member& m) {
      return m.label.zh.str() == name || m.label.en.str() == name;
    };
    found = std::find_if(members.begin(), members.end(), labelled);
    const bool twice = found != members.end() && std::find_if(found + 1, members.end(), labelled) != members.end();
    if (twice || name.empty()) found = members.end();
  }
  if (found == members.end()) return set_bad(f, std::string(name)), false;
  return put(f, found - members.begin());
}

bool Facts::set_text(const FieldRef& f, std::string_view value) {
  const FieldInfo& field = f.layout->fields[f.field];
  const bool valid = !find_invalid_utf8(value) && value.size() <= kLongestText;
  if (field.cls != SlotClass::text || !valid) return set_bad(f, valid ? std::string(value) : std::string()), false;
  FactValue& v = f.row->values[f.field];
  v.state = FactState::known;
  v.text.assign(value);
  return true;
}

bool Facts::set_region(const FieldRef& f, Region value) {
  if (f.layout->fields[f.field].cls != SlotClass::region) return set_bad(f, std::to_string(value)), false;
  return put(f, value);
}

bool Facts::set_document(const FieldRef& f, DocumentState state) {
  if (f.layout->fields[f.field].cls != SlotClass::document)
    return set_bad(f, std::to_string(static_cast<int>(state))), false;
  return put(f, state);
}

plan::LocalText Facts::allowed(const FieldInfo& field) const {
  plan::LocalText text;
  switch (field.cls) {
    case SlotClass::truth:
      text = {field.presence ? "对象" : "true 或 false", field.presence ? "an object" : "true or false"};
      break;
    case SlotClass::member: {
      for (const auto& m : plan_->enums[field.enumeration].members) {
        const bool has_label = !m.label.zh.empty() && m.label.zh.str() != m.name;
        text.zh += (text.zh.empty() ? "" : "、") + (has_label ? m.name + "(" + m.label.zh.str() + ")" : m.name);
        text.en += (text.en.empty() ? "" : ", ") + m.name;
      }
      break;
    }
    case SlotClass::number: {
      if (field.percent) {
        text = allowed_share(field);
        break;
      }
      const auto one = [&](i128 n, bool english) {
        std::string written = in_unit(n, field);
        constexpr std::string_view kYuan = " yuan";
        if (!english && written.ends_with(kYuan)) written.replace(written.size() - kYuan.size(), kYuan.size(), "元");
        return written;
      };
      text = {one(field.least, false) + "至" + one(field.most, false) + ",精确到 " + one(1, false),
              one(field.least, true) + " … " + one(field.most, true) + ", step " + one(1, true)};
      break;
    }
    case SlotClass::day: {
      const std::string least = to_iso(static_cast<Day>(field.least)), most = to_iso(static_cast<Day>(field.most));
      text = {"日期," + least + " 至 " + most, "a day of the calendar, " + least + " … " + most};
      break;
    }
    case SlotClass::months:
      text = {"年或个月", "years or months"};
      break;
    case SlotClass::days:
      text = {"天", "days"};
      break;
    case SlotClass::text:
      text = {"文字,最多 4096 字节", "a text of at most 4096 bytes"};
      break;
    case SlotClass::region:
      text = {"6 位或 12 位地区代码,JSON 中写在引号里", "a region code of 6 or 12 digits, in JSON a text"};
      break;
    case SlotClass::list:
      text = {"列表", "a list"};
      break;
    case SlotClass::document:
      text = {"held、owed 或 refused", "held, owed or refused"};
      break;
    case SlotClass::row:
      break;
  }
  if (field.optional) {
    text.zh += "; 可为 null";
    text.en += "; may be null";
  }
  return text;
}

}  // namespace guiju::run
