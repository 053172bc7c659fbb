// What comes out of a decision, and the tables that put it into words.
#include <algorithm>

#include "emit/writing.hpp"

namespace guiju::emit {

using plan::RequirementInfo;
using plan::Section;

namespace {

template <typename List>
void write_enumerators(Text& out, Scope& scope, const std::string& prefix, const std::string& what, const List& names) {
  if (names.empty()) return;
  out.line("/* " + what + " */");
  out.line("enum {");
  for (std::size_t i = 0; i < names.size(); ++i) {
    out.line("  " + scope.take(prefix + "_" + identifier(names[i])) + " = " + std::to_string(i) +
             (i + 1 < names.size() ? "," : ""));
  }
  out.line("};");
}

template <typename List>
std::vector<std::string> names_of(const List& list) {
  std::vector<std::string> out;
  for (const auto& one : list) out.push_back(one.name);
  return out;
}

std::vector<std::string> names_of_part_requirements(const Section& section) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < section.part_requirements.size(); ++i)
    out.push_back(plan::name_of_part_requirement(section, static_cast<plan::Index>(i)));
  return out;
}

void write_version_enumerators(Text& out, Writing& w, std::size_t i) {
  const Section& section = w.program.sections[i];
  const std::string& own = w.names.versions[i];
  const std::string of = " of version " + in_comment(section.name);
  write_enumerators(out, w.names.scope, own + "_failed", "bits of `failed`" + of, names_of(section.requirements));
  write_enumerators(out, w.names.scope, own + "_refused", "bits of `refused`" + of,
                    names_of_part_requirements(section));
  write_enumerators(out, w.names.scope, own + "_owed", "bits of `owed`" + of, names_of(section.documents));
  write_enumerators(out, w.names.scope, own + "_part", "`parts`" + of, names_of(section.parts));
  write_enumerators(out, w.names.scope, own + "_share", "`shares`" + of, names_of(section.shares));
}

struct ArrayMember {
  std::size_t length;
  const char *type, *name, *meaning;
};
std::vector<ArrayMember> arrays(const Sizes& s) {
  return {{s.parts, "int64_t", "parts", "fen, likewise"},
          {s.shares, "int64_t", "shares", "fen, likewise"},
          {s.failed, "uint64_t", "failed", "requirements that fail"},
          {s.refused, "uint64_t", "refused", "requirements without which a part is refused"},
          {s.owed, "uint64_t", "owed", "papers that are still to be handed in"}};
}

// Several rows of a table may refuse, each in words of its own.
plan::LocalText reason_of(const Writing& w, const Section& section, const RequirementInfo& r) {
  if (!r.reason.empty() || r.row_reasons.empty()) return shown(w.plan, w.program, section, r.reason);
  plan::LocalText all;
  const auto add = [](std::string& to, const std::string& text, const char* between) {
    if (text.empty() || to.find(text) != std::string::npos) return;
    to += (to.empty() ? "" : between) + text;
  };
  for (const auto& [row, reason] : r.row_reasons) {
    const plan::LocalText text = shown(w.plan, w.program, section, reason);
    add(all.zh, text.zh, ";");
    add(all.en, text.en, "; ");
  }
  return all;
}

void write_requirements(Text& out, const Writing& w, const Section& section, const std::string& name,
                        const std::vector<RequirementInfo>& list, const std::vector<std::string>& names) {
  if (list.empty()) return;
  out.line("static const gjc_requirement " + name + "[] = {");
  for (std::size_t i = 0; i < list.size(); ++i) {
    out.line("  {UINT32_C(" + std::to_string(list[i].id) + "), " + literal(names[i]) + ", " +
             literal(reason_of(w, section, list[i]), names[i]) + "},");
  }
  out.line("};");
}

template <typename List>
void write_named(Text& out, const std::string& name, const List& list) {
  if (list.empty()) return;
  out.line("static const gjc_named " + name + "[] = {");
  for (const auto& one : list) out.line("  {" + literal(one.name) + ", " + literal(one.label, one.name) + "},");
  out.line("};");
}

std::string counted(std::size_t count, const std::string& name) {
  return ", " + std::to_string(count) + ", " + (count == 0 ? "NULL" : name);
}

void write_versions(Text& out, const Writing& w) {
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < w.program.sections.size(); ++i) {
    const Section& s = w.program.sections[i];
    const std::string& own = w.names.versions[i];
    write_requirements(out, w, s, own + "_requirements", s.requirements, names_of(s.requirements));
    write_requirements(out, w, s, own + "_part_requirements", s.part_requirements, names_of_part_requirements(s));
    write_named(out, own + "_documents", s.documents);
    write_named(out, own + "_parts", s.parts);
    write_named(out, own + "_shares", s.shares);
    rows.push_back("  {" + literal(s.name) + ", " + literal(s.label, s.name) + ", " +
                   (w.kernel(i) == nullptr ? "0" : "1") + ", " + (s.has_amount ? "1" : "0") + ", " +
                   std::to_string(static_cast<int>(s.amount_kind)) +
                   counted(s.requirements.size(), own + "_requirements") +
                   counted(s.part_requirements.size(), own + "_part_requirements") +
                   counted(s.documents.size(), own + "_documents") + counted(s.parts.size(), own + "_parts") +
                   counted(s.shares.size(), own + "_shares") + "},");
  }
  if (rows.empty()) return;
  out.line("static const gjc_version versions[] = {");
  for (const std::string& row : rows) out.line(row);
  out.line("};");
  out.line();
}

void write_layout(Text& out, const Writing& w, const plan::Layout& layout, const LayoutNames& names) {
  if (!layout.fields.empty()) out.line("static const gjc_field fields_of_" + names.type + "[] = {");
  std::size_t count = 0;
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    const plan::FieldInfo& f = layout.fields[i];
    const std::string& member = names.members[i];
    if (member.empty()) continue;
    ++count;
    const bool list = f.cls == plan::SlotClass::list;
    const auto offset = [&](const std::string& of) { return "offsetof(" + names.type + ", " + of + ")"; };
    out.line("  {" + literal(f.path) + ", " + literal(f.label, f.path) + ", " +
             std::to_string(static_cast<int>(f.cls)) + ", " + std::to_string(i) + ", " + offset(member) + ", " +
             (list ? offset(member + "_count") + ", &layout_of_" + w.names.entries.at(f.element).type : "0, NULL") +
             "},");
  }
  if (!layout.fields.empty()) out.line("};");
  out.line("static const gjc_layout layout_of_" + names.type + " = {sizeof(" + names.type + "), offsetof(" +
           names.type + ", known), offsetof(" + names.type + ", absent), " +
           std::to_string(std::max<std::size_t>(words(layout.fields.size()), 1)) + ", " + std::to_string(count) + ", " +
           (layout.fields.empty() ? "NULL" : "fields_of_" + names.type) + "};");
  out.line();
}

void write_texts(Text& out, const Writing& w) {
  const std::vector<std::string>& texts = w.kernels.texts;
  std::vector<std::size_t> order(texts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return texts[a] < texts[b]; });
  if (!texts.empty()) {
    out.line("static const gjc_numbered texts[] = {");
    for (const std::size_t i : order) out.line("  {" + literal(texts[i]) + ", " + std::to_string(i) + "},");
    out.line("};");
  }
  out.line("int64_t " + w.names.own("text") + "(const char *text) {");
  if (texts.empty()) {
    out.line("  (void)text;");
    out.line("  return -1;");
  } else {
    out.line("  return gjc_find_text(texts, sizeof texts / sizeof *texts, text);");
  }
  out.line("}");
  out.line();
}

}  // namespace

void write_results(Text& out, Writing& w) {
  const Sizes sizes = sizes_of(w.program);
  write_enumerators(out, w.names.scope, w.names.own("version"), "versions", names_of(w.program.sections));
  for (std::size_t i = 0; i < w.program.sections.size(); ++i) write_version_enumerators(out, w, i);
  out.line();
  out.line("typedef struct " + w.names.own("result") + " {");
  out.line("  int32_t outcome; /* GJC_ELIGIBLE ... GJC_OPEN */");
  out.line("  int32_t version; /* -1: none */");
  out.line("  int64_t amount;  /* fen; 0 where the case is not eligible */");
  for (const ArrayMember& a : arrays(sizes)) {
    if (a.length == 0) continue;
    out.line(std::string("  ") + a.type + " " + a.name + "[" + std::to_string(a.length) + "]; /* " + a.meaning + " */");
  }
  out.line("} " + w.names.own("result") + ";");
  out.line();
  out.line(
      "/* The same as columns, row after row; of each array of a result as many a row. NULL: it is not asked for. */");
  out.line("typedef struct " + w.names.own("results") + " {");
  out.line("  int32_t *outcome, *version;");
  out.line("  int64_t *amount;");
  for (const ArrayMember& a : arrays(sizes)) {
    if (a.length > 0) out.line(std::string("  ") + a.type + " *" + a.name + ";");
  }
  out.line("} " + w.names.own("results") + ";");
  out.line();
  out.line("/* Decides one case; allocates nothing, keeps nothing, fails never. */");
  out.line("void " + w.names.own("decide") + "(const " + w.names.own("facts") + " *facts, " + w.names.own("result") +
           " *result);");
  out.line("void " + w.names.own("decide_columns") + "(const " + w.names.own("columns") +
           " *columns, size_t rows, const " + w.names.own("results") + " *results);");
  out.line();
  out.line("/* The number of a text that the rules name, " + std::to_string(w.kernels.texts.size()) +
           " of them from 0 on; -1: they do not name it. Any other text has a");
  out.line("   number of the caller's beyond these. */");
  out.line("int64_t " + w.names.own("text") + "(const char *text);");
  out.line();
  out.line("/* What it is made of: names, labels, reasons. */");
  out.line("extern const gjc_program " + w.names.own("program") + ";");
  out.line();
}

void write_tables(Text& out, const Writing& w) {
  write_versions(out, w);
  for (const plan::Index list : w.names.lists) write_layout(out, w, w.plan.layouts[list], w.names.entries.at(list));
  write_layout(out, w, w.program.layout, w.names.facts);
  const Sizes s = sizes_of(w.program);
  out.line("const gjc_program " + w.names.own("program") + " = {");
  out.line("  " + literal(w.program.name) + ", " + literal(w.program.label, w.program.name) + ",");
  out.line("  " + literal(w.plan.rules_sha256) + ", &layout_of_" + w.names.facts.type +
           counted(w.program.sections.size(), "versions") + ",");
  out.line("  " + std::to_string(s.failed) + ", " + std::to_string(s.refused) + ", " + std::to_string(s.owed) + ", " +
           std::to_string(s.parts) + ", " + std::to_string(s.shares) + "};");
  out.line();
  write_texts(out, w);
}

}  // namespace guiju::emit
