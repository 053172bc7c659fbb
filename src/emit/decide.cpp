// The functions that a host calls: the version of the day, then its code; for columns the same row by row.
#include <algorithm>

#include "emit/analysis.hpp"
#include "emit/door.hpp"
#include "emit/writing.hpp"

namespace guiju::emit {

using plan::FieldInfo;
using plan::SlotClass;

namespace {

// Up to here all bounds are compared at once, without a branch that could be guessed wrong.
constexpr std::size_t kFewBounds = 8;

template <typename List>
std::string listed(const List& list) {
  std::string out;
  for (const auto value : list) out += (out.empty() ? "" : ", ") + literal(std::int64_t{value});
  return out;
}

void write_calendar(Text& out, const Writing& w) {
  const kernel::Calendar& calendar = w.kernels.calendar;
  const std::size_t count = calendar.bounds.size();
  out.line("/* The version that governs on a day; -1: none; -2: the text leaves it open. */");
  out.line("static int32_t version_on(int64_t day) {");
  out.line("  static const int32_t version[] = {" + listed(calendar.version) + "};");
  if (count > kFewBounds) {
    out.line("  static const int64_t bounds[] = {" + std::to_string(count) + ", " + listed(calendar.bounds) + "};");
    out.line("  return version[gj_search(bounds, day)];");
  } else {
    std::string period;
    for (const std::int32_t bound : calendar.bounds)
      period += (period.empty() ? "" : " + ") + ("(day >= " + literal(std::int64_t{bound}) + ")");
    if (count == 0) out.line("  (void)day;");
    out.line("  return version[" + (count == 0 ? "0" : period) + "];");
  }
  out.line("}");
  out.line();
}

class Decide {
 public:
  Decide(Text& out, const Writing& w) : out_(out), w_(w) {}

  void write() {
    const auto& dates = w_.kernels.dates;
    if (!dates.empty()) write_calendar(out_, w_);
    out_.line("void " + w_.names.own("decide") + "(const " + w_.names.facts.type + " *facts, " +
              w_.names.own("result") + " *result) {");
    if (dates.empty()) {
      out_.line("  (void)facts;");
      out_.line("  answer(result, GJC_OPEN, -1);");
    } else {
      choose_version();
      run_version();
    }
    out_.line("}");
    out_.line();
  }

 private:
  void answer_where(const std::string& condition, const std::string& outcome) {
    out_.line("  if (" + rarely(condition) + ") {");
    out_.line("    answer(result, " + outcome + ", -1);");
    out_.line("    return;");
    out_.line("  }");
  }
  [[nodiscard]] std::string set(const char* name, std::uint32_t field) const {
    return std::string("(facts->") + name + "[" + std::to_string(field / 64) + "] >> " + std::to_string(field % 64) +
           " & 1U)";
  }

  // Two dates that fall into different versions are governed by none.
  void choose_version() {
    const auto& dates = w_.kernels.dates;
    for (const std::uint32_t date : dates) {
      const FieldInfo& field = w_.program.layout.fields[date];
      const std::string member = "facts->" + w_.names.facts.members[date];
      const std::string absent = field.optional ? "GJC_NOT_IN_FORCE" : "GJC_INVALID";
      out_.line("  if (" + rarely(set("known", date) + " == 0") + ") {");
      out_.line("    answer(result, " + set("absent", date) + " != 0 ? " + absent + " : GJC_OPEN, -1);");
      out_.line("    return;");
      out_.line("  }");
      const kernel::Range range = allowed(w_.plan, field);
      answer_where("gjc_outside(" + member + ", " + literal(range.least) + ", " + literal(range.most) + ")",
                   "GJC_INVALID");
    }
    out_.line("  const int32_t version = version_on(facts->" + w_.names.facts.members[dates.front()] + ");");
    for (std::size_t i = 1; i < dates.size(); ++i) {
      const std::string other = "version_on(facts->" + w_.names.facts.members[dates[i]] + ")";
      answer_where("version == -2 || " + other + " == -2", "GJC_OPEN");
      answer_where(other + " != version", "GJC_NOT_IN_FORCE");
    }
  }

  void run_version() {
    out_.line("  switch (version) {");
    for (std::size_t i = 0; i < w_.program.sections.size(); ++i) {
      if (w_.kernel(i) == nullptr) continue;
      out_.line("    case " + std::to_string(i) + ":");
      out_.line("      decide_" + w_.names.versions[i] + "(facts, result);");
      out_.line("      return;");
    }
    out_.line("    case -1:");
    out_.line("      answer(result, GJC_NOT_IN_FORCE, -1);");
    out_.line("      return;");
    out_.line("    default:");
    out_.line("      answer(result, GJC_OPEN, version < 0 ? -1 : version);");
    out_.line("      return;");
    out_.line("  }");
  }

  Text& out_;
  const Writing& w_;
};

// Fields that some version reads, and the dates.
std::set<std::uint32_t> all_read(const Writing& w) {
  std::set<std::uint32_t> out(w.kernels.dates.begin(), w.kernels.dates.end());
  for (std::size_t i = 0; i < w.program.sections.size(); ++i) {
    if (w.kernel(i) != nullptr) out.merge(fields_read(*w.kernel(i)));
  }
  return out;
}

void write_row_in(Text& out, const Writing& w, const std::set<std::uint32_t>& read, std::size_t words_a_row) {
  for (std::size_t i = 0; i < words_a_row; ++i) {
    const std::string n = std::to_string(i);
    const std::string at = "[row * " + std::to_string(words_a_row) + " + " + n + "]";
    out.line("    facts.known[" + n + "] = columns->known == NULL ? given[" + n + "] : given[" + n +
             "] & columns->known" + at + ";");
    out.line("    facts.absent[" + n + "] = columns->absent == NULL ? 0 : columns->absent" + at + ";");
  }
  for (const std::uint32_t field : read) {
    const std::string& member = w.names.facts.members[field];
    const bool list = w.program.layout.fields[field].cls == SlotClass::list;
    out.line("    facts." + member + " = columns->" + member + " == NULL ? " + (list ? "NULL" : "0") + " : columns->" +
             member + "[row];");
    if (list) {
      out.line("    facts." + member + "_count = columns->" + member + "_count == NULL ? 0 : columns->" + member +
               "_count[row];");
    }
  }
}

void write_row_out(Text& out, const Writing& w) {
  for (const char* one : {"outcome", "version", "amount"})
    out.line(std::string("    if (results->") + one + " != NULL) results->" + one + "[row] = result." + one + ";");
  const Sizes s = sizes_of(w.program);
  const auto array = [&](const std::string& name, std::size_t length) {
    if (length == 0) return;
    out.line("    if (results->" + name + " != NULL)");
    out.line("      memcpy(results->" + name + " + row * " + std::to_string(length) + ", result." + name +
             ", sizeof result." + name + ");");
  };
  array("parts", s.parts);
  array("shares", s.shares);
  array("failed", s.failed);
  array("refused", s.refused);
  array("owed", s.owed);
}

void write_decide_columns(Text& out, const Writing& w) {
  const std::size_t count = std::max<std::size_t>(words(w.program.layout.fields.size()), 1);
  const std::set<std::uint32_t> read = all_read(w);
  out.line("void " + w.names.own("decide_columns") + "(const " + w.names.own("columns") +
           " *columns, size_t rows, const " + w.names.own("results") + " *results) {");
  out.line("  uint64_t given[" + std::to_string(count) + "] = {0};");
  for (const std::uint32_t field : read) {
    out.line("  if (columns->" + w.names.facts.members[field] +
             (w.program.layout.fields[field].cls == SlotClass::list ? "_count" : "") + " != NULL) given[" +
             std::to_string(field / 64) + "] |= UINT64_C(1) << " + std::to_string(field % 64) + ";");
  }
  out.line("  for (size_t row = 0; row < rows; ++row) {");
  out.line("    " + w.names.facts.type + " facts;");
  out.line("    " + w.names.own("result") + " result;");
  write_row_in(out, w, read, count);
  out.line("    " + w.names.own("decide") + "(&facts, &result);");
  write_row_out(out, w);
  out.line("  }");
  out.line("}");
}

}  // namespace

void write_decide(Text& source, const Writing& w) {
  Decide(source, w).write();
  write_decide_columns(source, w);
}

}  // namespace guiju::emit
