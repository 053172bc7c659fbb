// A small programme's facts, made by hand: one field of each kind, an optional record, a history and a list.
#pragma once

#include <memory>

#include "plan/plan.hpp"

namespace guiju::test {

inline plan::FieldInfo field(std::string path, plan::SlotClass cls, std::string alias = {}) {
  plan::FieldInfo f;
  f.path = std::move(path);
  if (!alias.empty()) f.aliases.push_back(std::move(alias));
  f.cls = cls;
  return f;
}

inline plan::FieldInfo number(std::string path, std::string unit, Rational factor, Rational q, i128 least, i128 most,
                              std::string alias = {}) {
  auto f = field(std::move(path), plan::SlotClass::number, std::move(alias));
  f.unit = std::move(unit);
  f.unit_factor = factor;
  f.q = q;
  f.least = least;
  f.most = most;
  f.default_range = false;
  return f;
}

inline plan::FieldInfo date(std::string path, std::string alias = {}) {
  auto f = field(std::move(path), plan::SlotClass::day, std::move(alias));
  f.least = kFirstDay;
  f.most = kLastDay;
  return f;
}

inline plan::FieldInfo duration(std::string path, plan::SlotClass cls) {
  auto f = field(std::move(path), cls);
  f.most = 1200;
  return f;
}

inline std::shared_ptr<const plan::Plan> sample_plan() {
  using plan::SlotClass;
  auto p = std::make_shared<plan::Plan>();
  plan::EnumInfo category;
  category.name = "Category";
  category.members = {{"fridge", {"冷柜"}, {"冰箱", "fridge"}}, {"tv", {}, {"电视", ""}}};
  p->enums.push_back(category);

  plan::Layout claim;
  auto claim_category = field("category", SlotClass::member, "品类");
  claim_category.enumeration = 0;
  claim.fields = {claim_category, date("on")};
  plan::Layout scalar;
  scalar.fields = {number("", "", 1, 1, 0, 100)};
  p->layouts = {claim, scalar};

  plan::ProgramInfo program;
  program.name = "trade_in";
  program.label = {"以旧换新", "Trade-in"};
  std::vector<plan::FieldInfo> fields;
  fields.push_back(date("purchase.date", "购买.日期"));
  fields.back().label = {"购买日期", ""};
  auto kind = field("purchase.category", SlotClass::member, "购买.品类");
  kind.enumeration = 0;
  fields.push_back(kind);
  fields.push_back(number("purchase.price", "yuan", 1, *Rational::make(1, 100), 0, 100'000'000, "购买.标价"));
  fields.push_back(number("purchase.power", "kW", 1000, 1, 0, 1'000'000, "购买.功率"));
  fields.back().optional = true;
  fields.push_back(number("purchase.share", "", 1, *Rational::make(1, 1000000), 0, 1'200'000, "购买.占比"));
  fields.back().percent = true;
  fields.push_back(field("buyer.adult", SlotClass::truth));
  fields.push_back(field("buyer.home", SlotClass::region));
  fields.push_back(field("buyer.id", SlotClass::text));
  fields.back().unknowable = true;
  fields.push_back(duration("buyer.waited", SlotClass::months));
  fields.push_back(duration("buyer.spell", SlotClass::days));
  auto old = field("old", SlotClass::truth);
  old.presence = old.optional = true;
  fields.push_back(old);
  fields.push_back(date("old.scrapped"));
  fields.back().optional = true;
  fields.push_back(field("documents.invoice", SlotClass::document));
  auto claims = field("claims", SlotClass::list);
  claims.history = true;
  claims.element = 0;
  fields.push_back(claims);
  auto marks = field("marks", SlotClass::list);
  marks.element = 1;
  fields.push_back(marks);
  for (plan::FieldInfo& f : fields) program.layout.fields.push_back(std::move(f));
  p->programs.push_back(program);
  return p;
}

}  // namespace guiju::test
