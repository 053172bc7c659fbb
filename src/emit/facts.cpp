// The facts of a programme as a struct of C, with setters, and as columns.
#include <algorithm>
#include <limits>

#include "emit/writing.hpp"

namespace guiju::emit {

using plan::FieldInfo;
using plan::Index;
using plan::SlotClass;

namespace {

constexpr i128 kLeast = std::numeric_limits<std::int64_t>::min();
constexpr i128 kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeastRegion = 100'000'000'000;
constexpr std::int64_t kMostRegion = 999'999'999'999;

kernel::Range clipped(i128 least, i128 most) {
  return {static_cast<std::int64_t>(std::clamp(least, kLeast, kMost)),
          static_cast<std::int64_t>(std::clamp(most, kLeast, kMost))};
}

void write_enum(Text& out, const plan::EnumInfo& info, const std::string& name, Scope& scope) {
  out.line("/* " + in_comment(info.name) + (info.label.in(true).empty() ? "" : ": ") + in_comment(info.label) + " */");
  out.line("enum {");
  for (std::size_t i = 0; i < info.members.size(); ++i) {
    const plan::EnumInfo::Member& m = info.members[i];
    const std::string own = scope.take(name + "_" + identifier(m.name, m.aliases));
    const std::string label = m.label.in(true).empty() ? in_comment(m.name) : in_comment(m.label);
    out.line("  " + own + " = " + std::to_string(i) + (i + 1 < info.members.size() ? "," : "") + " /* " + label +
             " */");
  }
  out.line("};");
  out.line();
}

std::string range_text(const kernel::Range& r) {
  return std::to_string(r.least) + " ... " + std::to_string(r.most);
}

// What the integer of a fact stands for.
std::string meaning(const Writing& w, const FieldInfo& f) {
  const kernel::Range range = allowed(w.plan, f);
  switch (f.cls) {
    case SlotClass::truth:
      return f.presence ? "1 where it is given, absent where there is none" : "0 or 1";
    case SlotClass::number: {
      const auto step = div(f.q, f.unit_factor);
      const std::string unit = f.unit.empty() ? "" : " " + f.unit;
      return "in steps of " + (step ? to_string(*step) : to_string(f.q)) + unit + ", " + range_text(range);
    }
    case SlotClass::member:
      return w.names.enums.at(f.enumeration) + "_...";
    case SlotClass::day:
      return "day, " + range_text(range) + " (" + to_iso(static_cast<Day>(range.least)) + " ... " +
             to_iso(static_cast<Day>(range.most)) + ")";
    case SlotClass::months:
    case SlotClass::days:
      return (f.cls == SlotClass::days ? "days, " : "months, ") + range_text(range);
    case SlotClass::text:
      return w.kernels.texts.empty() ? "number of a text" : "number of a text, see " + w.names.own("text");
    case SlotClass::region:
      return "GB/T 2260, twelve digits";
    case SlotClass::document:
      return "GJC_OWED, GJC_HELD, GJC_REFUSED";
    default:
      return "entries";
  }
}

std::string comment(const Writing& w, const FieldInfo& f) {
  std::string out = in_comment(f.path.empty() ? "value" : f.path);
  if (!f.label.in(true).empty()) out += ": " + in_comment(f.label);
  out += "; " + in_comment(meaning(w, f));
  if (f.optional) out += "; may be absent";
  if (f.host_day != FieldInfo::no_day) out += "; the day of today";
  return "/* " + out + " */";
}

void write_member(Text& out, const Writing& w, const FieldInfo& f, const std::string& member) {
  if (member.empty()) {  // a list in an entry
    out.line("  " + comment(w, f));
    out.line("  /* … which only the engine reads. */");
  } else if (f.cls == SlotClass::list) {
    out.line("  " + comment(w, f));
    out.line("  const " + w.names.entries.at(f.element).type + " *" + member + ";");
    out.line("  size_t " + member + "_count;");
  } else {
    out.line("  int64_t " + member + "; " + comment(w, f));
  }
}

void write_struct(Text& out, const Writing& w, const plan::Layout& layout, const LayoutNames& names) {
  out.line("typedef struct " + names.type + " {");
  for (std::size_t i = 0; i < layout.fields.size(); ++i) write_member(out, w, layout.fields[i], names.members[i]);
  const std::string n = std::to_string(std::max<std::size_t>(words(layout.fields.size()), 1));
  out.line("  /* Bit i % 64 of word i / 64 is fact i. A fact in neither set is unknown. */");
  out.line("  uint64_t known[" + n + "], absent[" + n + "];");
  out.line("} " + names.type + ";");
  out.line();
}

// Value and state together, so that neither is forgotten.
void write_setters(Text& out, Writing& w, const plan::Layout& layout, const LayoutNames& names,
                   const std::string& prefix) {
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    if (names.members[i].empty()) continue;
    const FieldInfo& f = layout.fields[i];
    const std::string& member = names.members[i];
    const bool list = f.cls == SlotClass::list;
    const std::string value =
        list ? "const " + w.names.entries.at(f.element).type + " *entries, size_t count" : "int64_t value";
    const std::string word = std::to_string(i / 64);
    const std::string bit = "UINT64_C(1) << " + std::to_string(i % 64);
    out.line("static inline void " + w.names.scope.take(prefix + "_set_" + member) + "(" + names.type + " *facts, " +
             value + ") {");
    out.line("  facts->" + member + (list ? " = entries;" : " = value;"));
    if (list) out.line("  facts->" + member + "_count = count;");
    out.line("  facts->known[" + word + "] |= " + bit + ";");
    out.line("  facts->absent[" + word + "] &= ~(" + bit + ");");
    out.line("}");
    if (!f.optional) continue;
    out.line("static inline void " + w.names.scope.take(prefix + "_no_" + member) + "(" + names.type + " *facts) {");
    out.line("  facts->known[" + word + "] &= ~(" + bit + ");");
    out.line("  facts->absent[" + word + "] |= " + bit + ";");
    out.line("}");
  }
  out.line();
}

void write_columns(Text& out, const Writing& w) {
  const plan::Layout& layout = w.program.layout;
  out.line("/* The same as columns. A fact without a column is unknown in every row. */");
  out.line("typedef struct " + w.names.own("columns") + " {");
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    const FieldInfo& f = layout.fields[i];
    const std::string& member = w.names.facts.members[i];
    if (f.cls == SlotClass::list) {
      out.line("  const " + w.names.entries.at(f.element).type + " *const *" + member +
               "; /* by row: its first entry */");
      out.line("  const size_t *" + member + "_count;");
    } else {
      out.line("  const int64_t *" + member + ";");
    }
  }
  const std::string n = std::to_string(std::max<std::size_t>(words(layout.fields.size()), 1));
  out.line("  /* The sets of " + w.names.facts.type + ", " + n +
           " words a row, row after row. NULL: all that has a column is known;");
  out.line("     nothing is absent. */");
  out.line("  const uint64_t *known, *absent;");
  out.line("} " + w.names.own("columns") + ";");
  out.line();
}

}  // namespace

kernel::Range allowed(const plan::Plan& plan, const FieldInfo& f) {
  switch (f.cls) {
    case SlotClass::truth:
      return {f.presence ? 1 : 0, 1};
    case SlotClass::member:
      return {0, static_cast<std::int64_t>(plan.enums[f.enumeration].members.size()) - 1};
    case SlotClass::document:
      return {0, 2};
    case SlotClass::region:
      return {kLeastRegion, kMostRegion};
    case SlotClass::text:
      return {0, std::numeric_limits<std::int64_t>::max()};
    default:
      return clipped(f.least, f.most);
  }
}

void write_facts(Text& out, Writing& w) {
  for (const auto& [index, name] : w.names.enums) write_enum(out, w.plan.enums[index], name, w.names.scope);
  for (const Index list : w.names.lists) {
    const LayoutNames& names = w.names.entries.at(list);
    write_struct(out, w, w.plan.layouts[list], names);
    write_setters(out, w, w.plan.layouts[list], names, names.type);
  }
  out.line("/* The facts of one case. {0} is a case of which nothing is known. */");
  write_struct(out, w, w.program.layout, w.names.facts);
  write_setters(out, w, w.program.layout, w.names.facts, w.names.program);
  write_columns(out, w);
}

}  // namespace guiju::emit
