// Facts laid out flat: one field for every scalar and list that a host may give; enums, choices, places, citations of
// the plan.
#include <algorithm>

#include "plan/lowering.hpp"
#include "plan/phrases.hpp"
#include "values/one_line.hpp"

namespace guiju::plan {

namespace {

// Defaults of grammar section 4: wide enough for every public sum, narrow enough for 128 bits.
constexpr std::int64_t kGreatestMoney = 10'000'000'000'000;
constexpr std::int64_t kGreatestNumber = 1'000'000'000'000;
constexpr std::int64_t kLongestMonths = 12 * 1000;
constexpr std::int64_t kLongestDays = 366 * 1000;

Rational ratio_of(std::int64_t n, std::int64_t d) {
  return Rational::make(n, d).value_or(Rational(1));
}

i128 floor_div(const Rational& r) {
  return r.num() >= 0 ? r.num() / r.den() : -((-r.num() + r.den() - 1) / r.den());
}
i128 ceil_div(const Rational& r) {
  return r.num() >= 0 ? (r.num() + r.den() - 1) / r.den() : -(-r.num() / r.den());
}

// Scale and range of a number: as declared, else the defaults.
void describe_number(FieldInfo& f, const model::Type& type, const model::Field* field) {
  const bool money = is_money(type.unit);
  f.unit = type.unit->name;
  f.unit_factor = type.unit->factor;
  f.integer = type.integer;
  f.percent = type.percent;
  const Rational resolution = type.integer ? Rational(1) : money ? ratio_of(1, 100) : ratio_of(1, 1'000'000);
  f.q = money ? resolution : mul(resolution, type.unit->factor).value_or(Rational(1));
  if (field != nullptr && field->step) f.q = *field->step;
  const Rational greatest =
      mul(Rational(money ? kGreatestMoney : kGreatestNumber), type.unit->factor).value_or(Rational(kGreatestNumber));
  const Rational least = money ? Rational(0) : negate(greatest).value_or(Rational(0));
  const bool declared = field != nullptr && (field->least || field->most);
  f.default_range = !declared;
  const Rational low = declared && field->least ? *field->least : least;
  const Rational high = declared && field->most ? *field->most : greatest;
  f.least = ceil_div(div(low, f.q).value_or(Rational(0)));
  f.most = floor_div(div(high, f.q).value_or(Rational(0)));
}

}  // namespace

SlotClass class_of(const model::Type& type) {
  switch (type.kind) {
    case model::TypeKind::numeric:
      return SlotClass::number;
    case model::TypeKind::date:
      return SlotClass::day;
    case model::TypeKind::duration:
      return type.duration == model::DurationKind::days ? SlotClass::days : SlotClass::months;
    case model::TypeKind::text:
      return SlotClass::text;
    case model::TypeKind::region:
      return SlotClass::region;
    case model::TypeKind::document:
      return SlotClass::document;
    case model::TypeKind::enumerated:
      return SlotClass::member;
    case model::TypeKind::list:
      return SlotClass::list;
    case model::TypeKind::boolean:
    case model::TypeKind::record:
    case model::TypeKind::set:
    case model::TypeKind::span:
    case model::TypeKind::error:
      break;
  }
  return SlotClass::truth;
}

Index PlanBuilder::enumeration(const model::Enum& e) {
  const auto known = enums_.find(&e);
  if (known != enums_.end()) return known->second;
  EnumInfo out;
  out.name = e.name.primary;
  out.label = local(e.label);
  out.scale = e.scale;
  for (std::size_t i = 0; i < e.members.size(); ++i) {
    const model::Member& m = e.members[i];
    EnumInfo::Member member{m.name.primary, {}, local(m.label)};
    for (const model::Alias& a : m.name.aliases) member.aliases.push_back(a.name);
    out.members.push_back(std::move(member));
    if (m.floor) out.floor = static_cast<Index>(i);
  }
  out.best_to_worst.assign(e.best_to_worst.begin(), e.best_to_worst.end());
  out.rank.assign(out.members.size(), 0);
  for (std::size_t i = 0; i < out.best_to_worst.size(); ++i) out.rank[out.best_to_worst[i]] = static_cast<Index>(i);
  plan.enums.push_back(std::move(out));
  const auto index = static_cast<Index>(plan.enums.size() - 1);
  enums_.emplace(&e, index);
  return index;
}

Index PlanBuilder::editions(const model::Standard& standard) {
  EnumInfo out;
  out.name = standard.name.primary;
  for (const model::Edition& e : standard.editions) out.members.push_back({e.name, {}, local(e.label)});
  plan.enums.push_back(std::move(out));
  return static_cast<Index>(plan.enums.size() - 1);
}

PlanBuilder::FieldName PlanBuilder::extend(const FieldName& prefix, const model::Name& name) {
  const auto join = [](const std::string& a, const std::string& b) { return a.empty() ? b : a + "." + b; };
  FieldName out;
  out.primary = join(prefix.primary, name.primary);
  for (const auto& [language, path] : prefix.by_language) out.by_language[language] = join(path, name.primary);
  for (const model::Alias& a : name.aliases) {
    const auto before = prefix.by_language.find(a.language);
    out.by_language[a.language] = join(before == prefix.by_language.end() ? prefix.primary : before->second, a.name);
  }
  return out;
}

void PlanBuilder::add_field(Layout& layout, const FieldName& name, const model::Type& type, const model::Label& label,
                            const model::Field* field, bool optional) {
  layout.fields.push_back(field_info(name, type, label, field, optional));
}

FieldInfo PlanBuilder::field_info(const FieldName& name, const model::Type& type, const model::Label& label,
                                  const model::Field* field, bool optional) {
  FieldInfo f;
  f.path = name.primary;
  for (const auto& [language, path] : name.by_language) {
    if (path != f.path) f.aliases.push_back(path);
  }
  f.label = local(label);
  f.cls = class_of(type);
  f.declared_optional = type.optional;
  f.optional = type.optional || optional;
  if (field != nullptr) {
    f.ask = local(field->ask);
    f.at = local(field->at);
    f.unknowable = field->unknowable;
    f.changeable = field->changeable;
    f.any_unit = field->any_unit;
    f.optional = f.optional || field->when != nullptr;
  }
  switch (f.cls) {
    case SlotClass::member:
      f.enumeration = enumeration(*type.enumeration);
      break;
    case SlotClass::number:
      describe_number(f, type, field);
      break;
    case SlotClass::day:
      f.least = field != nullptr && field->first_day ? *field->first_day : kFirstDay;
      f.most = field != nullptr && field->last_day ? *field->last_day : kLastDay;
      break;
    case SlotClass::months:
      f.least = 0, f.most = kLongestMonths;
      break;
    case SlotClass::days:
      f.least = 0, f.most = kLongestDays;
      break;
    case SlotClass::list:
      f.history = type.history;
      f.element = element_layout(*type.element);
      break;
    default:
      break;
  }
  return f;
}

// A truth: whether an optional record is given.
void PlanBuilder::add_presence(Layout& layout, const FieldName& name, const model::Label& label,
                               const model::Field* field, bool optional) {
  model::Type presence;
  presence.kind = model::TypeKind::boolean;
  presence.optional = true;
  FieldInfo f = field_info(name, presence, label, field, optional);
  f.presence = true;
  layout.fields.push_back(std::move(f));
}

void PlanBuilder::add_fields(Layout& layout, const FieldName& prefix, const model::Record& record, bool optional) {
  for (const model::Field& field : record.fields) {
    const FieldName name = extend(prefix, field.name);
    if (field.type.kind != model::TypeKind::record) {
      add_field(layout, name, field.type, field.label, &field, optional);
      continue;
    }
    const bool may_lack = field.type.optional || field.when != nullptr;
    if (may_lack) add_presence(layout, name, field.label, &field, optional);
    add_fields(layout, name, *field.type.record, optional || may_lack);
  }
}

Layout PlanBuilder::layout(const std::deque<model::Given>& givens) {
  Layout out;
  for (const model::Given& given : givens) {
    const FieldName name = extend({}, given.name);
    if (given.type.kind != model::TypeKind::record) {
      FieldInfo f = field_info(name, given.type, given.label, nullptr, false);
      f.host_day = static_cast<FieldInfo::HostDay>(given.host_day);
      out.fields.push_back(shared(std::move(f)));
      continue;
    }
    if (given.type.optional) add_presence(out, name, given.label, nullptr, false);
    out.fields.append(record_layout(name, *given.type.record, given.type.optional).fields);
  }
  return out;
}

std::shared_ptr<const FieldInfo> PlanBuilder::shared(FieldInfo field) {
  const auto [first, last] = fields_.equal_range(field.path);
  const auto known = std::find_if(first, last, [&](const auto& entry) { return *entry.second == field; });
  if (known != last) return known->second;
  auto made = std::make_shared<const FieldInfo>(std::move(field));
  fields_.emplace(made->path, made);
  return made;
}

// Programmes that are given the same record under the same name share its facts.
const Layout& PlanBuilder::record_layout(const FieldName& name, const model::Record& record, bool optional) {
  std::string called = name.primary;
  for (const auto& [language, path] : name.by_language) called.append("\n").append(language).append("\n").append(path);
  const auto [known, is_new] = given_layouts_.try_emplace({&record, std::move(called), optional});
  if (is_new) add_fields(known->second, name, record, optional);
  return known->second;
}

std::size_t PlanBuilder::SlotHash::operator()(const SlotInfo& slot) const {
  const auto scale = static_cast<std::size_t>(slot.q.num()) * 31 + static_cast<std::size_t>(slot.q.den());
  return std::hash<std::string>{}(slot.unit) + scale * 31 + slot.enumeration * 7 + static_cast<std::size_t>(slot.cls);
}

SlotTable PlanBuilder::slots(std::vector<SlotInfo> slots) {
  std::vector<Index> kinds;
  kinds.reserve(slots.size());
  for (const SlotInfo& slot : slots) {
    const auto [known, is_new] = slot_kind_.try_emplace(slot, static_cast<Index>(slot_kinds_->size()));
    if (is_new) slot_kinds_->push_back(slot);
    kinds.push_back(known->second);
  }
  slots.clear();
  room_ = std::move(slots);
  return {slot_kinds_, std::move(kinds)};
}

Index PlanBuilder::element_layout(const model::Type& element) {
  if (element.kind == model::TypeKind::record) {
    const auto known = record_layouts_.find(element.record);
    if (known != record_layouts_.end()) return known->second;
  }
  // Reserved before it is filled: a record may hold a list of its own kind.
  const auto index = static_cast<Index>(plan.layouts.size());
  plan.layouts.emplace_back();
  if (element.kind == model::TypeKind::record) record_layouts_.emplace(element.record, index);
  Layout layout;
  if (element.kind == model::TypeKind::record) {
    add_fields(layout, {}, *element.record, false);
  } else {
    add_field(layout, {}, element, {}, nullptr, false);
  }
  plan.layouts[index] = std::move(layout);
  return index;
}

namespace {

// One text for all of it, in which two citations that differ anywhere differ.
std::string all_said_of(const model::Citation& c) {
  std::string all;
  const auto add = [&all](std::string_view part) { all.append(part).push_back('\0'); };
  const auto add_template = [&](const model::Template& t) {
    for (const model::TextPiece& piece : t.zh) add(piece.text);
    add("en");
    for (const model::TextPiece& piece : t.en) add(piece.text);
    add("end");
  };
  const auto add_day = [&](const std::optional<Day>& day) { add(day ? std::to_string(*day) : std::string()); };
  add_template(c.title);
  for (const model::Template& article : c.articles) add_template(article);
  add(std::to_string(c.check));
  add_day(c.verified_on);
  add_day(c.verified_until);
  add(c.note.zh);
  add(c.note.en);
  return all;
}

}  // namespace

Text PlanBuilder::text(const std::string& written) {
  if (written.empty()) return {};
  if (const auto known = texts_.find(written); known != texts_.end()) return known->second;
  Text made(written);
  texts_.emplace(made.str(), made);
  return made;
}

SharedText PlanBuilder::names(const model::Name& name) {
  SharedText out;
  for (const model::Alias& alias : name.aliases) (alias.language == "zh" ? out.zh : out.en) = text(alias.name);
  const bool is_english = static_cast<unsigned char>(name.primary.front()) < 0x80;
  Text& own = is_english ? out.en : out.zh;
  if (own.empty()) own = text(name.primary);
  return out;
}

SharedText PlanBuilder::called(const model::Name& name) {
  return name.aliases.empty() ? SharedText() : names(name);
}

SharedText PlanBuilder::label_or_name(const model::Label& label, const model::Name& name) {
  SharedText own = local(label);
  return own == SharedText() ? called(name) : own;
}

SharedText PlanBuilder::local(const model::Template& words) {
  return {text(literal(words.zh)), text(literal(words.en))};
}

Template PlanBuilder::literal_only(const model::Template& words) {
  const auto copy = [this](const std::vector<model::TextPiece>& pieces) {
    std::vector<TemplatePiece> out;
    for (const model::TextPiece& p : pieces) out.push_back({text(p.text), kNone, p.this_version});
    return out;
  };
  return {copy(words.zh), copy(words.en)};
}

Index PlanBuilder::choice(const model::Choice& c) {
  const auto known = choices_.find(&c);
  if (known != choices_.end()) return known->second;
  ChoiceInfo out;
  out.kind = static_cast<ChoiceInfo::Kind>(c.kind);
  out.name = c.name;
  out.text = literal_only(c.text);
  for (const auto& r : c.readings) out.readings.push_back(local(r.text));
  if (c.adopted) out.adopted = *c.adopted;
  plan.choices.push_back(std::move(out));
  const auto index = static_cast<Index>(plan.choices.size() - 1);
  choices_.emplace(&c, index);
  return index;
}

Index PlanBuilder::place(const Span& span) {
  const auto [known, is_new] = places_.try_emplace(span, static_cast<Index>(plan.places.size()));
  if (!is_new) return known->second;
  Place out;
  if (span.file != kNoFile) {
    const SourceFile& file = sources.file(span.file);
    const LineColumn at = file.locate(span.begin);
    out = {place_text(file.path()), place_text(sources.text(span)), at.line, at.column};
  }
  plan.places.push_back(out);
  return known->second;
}

const std::string* PlanBuilder::place_text(std::string_view text) {
  if (const auto known = place_texts_.find(text); known != place_texts_.end()) return known->second;
  const std::string& kept = plan.place_texts.emplace_back(is_on_one_line(text) ? std::string(text) : on_one_line(text));
  return place_texts_.emplace(text, &kept).first->second;
}

std::size_t PlanBuilder::SpanHash::operator()(const Span& span) const {
  return std::hash<std::uint64_t>{}((std::uint64_t{span.begin} << 32U) ^ (std::uint64_t{span.file} << 20U) ^ span.end);
}

Index PlanBuilder::constant(ConstantInfo k) {
  const auto [known, is_new] = constants_.try_emplace(std::tuple{k.cls, k.c, k.text, k.no_limit, k.absent},
                                                      static_cast<Index>(plan.constants.size()));
  if (is_new) plan.constants.push_back(std::move(k));
  return known->second;
}

void PlanBuilder::say(const model::Expr& e) {
  const bool is_plain = e.kind == model::ExprKind::fact || e.kind == model::ExprKind::entry ||
                        e.kind == model::ExprKind::let || e.args.empty();
  if (is_plain && e.list == nullptr) return;
  const LocalText phrased = phrase(e, sources);
  const SharedText words = {text(phrased.zh), text(phrased.en)};
  const auto [said, first] = plan.said.emplace(place(e.span), words);
  // The body of a function that is called with different arguments has no one wording.
  if (!first && said->second.zh != words.zh) said->second = {};
}

Index PlanBuilder::ratio(const Rational& r) {
  plan.ratios.push_back(r);
  return static_cast<Index>(plan.ratios.size() - 1);
}

Index PlanBuilder::mask(std::uint64_t m) {
  plan.masks.push_back(m);
  return static_cast<Index>(plan.masks.size() - 1);
}

Index PlanBuilder::citation(const model::Citation& c) {
  if (c.span.file == kNoFile) return citation_said(c);
  const auto [known, is_new] = cited_.try_emplace(c.span, kNone);  // versions that amend each other cite it again
  const bool is_same = !is_new && static_cast<model::Citation::Check>(plan.citations[known->second].check) == c.check;
  if (!is_same) known->second = citation_said(c);
  return known->second;
}

Index PlanBuilder::citation_said(const model::Citation& c) {
  const auto [known, is_new] = citations_.try_emplace(all_said_of(c), static_cast<Index>(plan.citations.size()));
  if (!is_new) return known->second;
  CitationInfo out;
  out.title = literal_only(c.title);
  for (const model::Template& a : c.articles) out.articles.push_back(literal_only(a));
  out.check = static_cast<CitationInfo::Check>(c.check);
  out.has_day = c.verified_on.has_value();
  out.has_until = c.verified_until.has_value();
  out.verified_on = c.verified_on.value_or(0);
  out.verified_until = c.verified_until.value_or(0);
  out.note = local(c.note);
  plan.citations.push_back(std::move(out));
  return known->second;
}

void PlanBuilder::add(ProgramInfo program) {
  plan.programs.emplace_back();
  put(std::move(program), plan.programs.size() - 1);
}

void PlanBuilder::put(ProgramInfo program, std::size_t index) {
  trim(program);
  places_.clear();  // few are met in two programmes, and a small table is at hand
  cited_.clear();
  plan.programs[index] = std::move(program);
}

OpenDay PlanBuilder::open_day(const model::Bound& bound) {
  OpenDay out;
  if (bound.undecided == nullptr) return out;
  out.choice = choice(*bound.undecided->choice);
  for (const model::Expr* day : bound.undecided->args) out.days.push_back(day->day);
  return out;
}

SuspensionInfo PlanBuilder::suspension(const model::Suspension& s) {
  SuspensionInfo out;
  out.has_from = s.from.day.has_value();
  out.has_to = s.to.day.has_value();
  out.from = s.from.day.value_or(0);
  out.to = s.to.day.value_or(0);
  out.open_from = open_day(s.from);
  out.open_to = open_day(s.to);
  out.text = local(s.text);
  return out;
}

}  // namespace guiju::plan
