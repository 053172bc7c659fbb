// One kernel as a function of C: the text of the table of operations with the operands put in.
#include <algorithm>
#include <functional>
#include <limits>

#include "emit/door.hpp"
#include "emit/writing.hpp"

namespace guiju::emit {

using kernel::Instruction;
using kernel::kNoRegister;
using kernel::Operation;
using kernel::Range;
using kernel::Register;
using plan::SlotClass;

namespace {

constexpr std::size_t kWidth = 110;

std::string number(std::size_t n) {
  return std::to_string(n);
}

bool reads_entry(Operation op) {
  return op == Operation::ITEM || op == Operation::ITEMKNOWN || op == Operation::ITEMABSENT;
}

const kernel::Demands& no_demands() {
  static const kernel::Demands none;
  return none;
}

// Of a version one function, or two: for cases whose lists are empty, which most are, and for all others. What stands
// apart from both: what is wrong with facts that do not fit, and which papers are owed where some have been handed in.
class Function {
 public:
  enum Kind : std::uint8_t { whole, without_entries, with_entries, papers };

  Function(Text& out, const Writing& w, std::size_t version, Kind kind)
      : out_(out),
        w_(w),
        version_(version),
        kind_(kind),
        kernel_(kernel_of(w, version, kind)),
        analysis_(kernel_),
        facts_{w, w.program.layout, w.names.facts, kernel_.demands, "facts", "known", "absent"},
        read_(fields_read(kind == papers ? kernel_ : *w.kernel(version))) {
    if (kind_ == without_entries || kind_ == whole)
      short_cut_ = w.short_cuts[version] ? &*w.short_cuts[version] : nullptr;
  }

  void write() {
    begin(kind_ == with_entries ? ", where a list has entries" : "", "void", name(kind_), true);
    if (kind_ == without_entries) leave_entries();
    facts_.write_sets(out_, read_, "  ");
    write_variables();
    load_facts();
    answer_where(misfits(), unfit() + "(facts)");
    for (const std::uint32_t field : read_) {
      if (is_list(field) && kind_ != without_entries) check_entries(field);
    }
    write_code();
    write_answer();
    end();
  }

  // Papers that are still owed.
  void write_papers() {
    begin(", where papers have been handed in", "void", name(kind_), true);
    facts_.write_sets(out_, read_, "  ");
    load_facts();
    write_code();
    write_array("owed", kernel_.owed, sizes_of(w_.program).owed, false);
    end();
  }

  // Why facts do not fit: what the kernel does not speak of comes before what cannot be.
  void write_unfit() {
    if (misfits().empty()) return;
    begin(", where facts do not fit", "int32_t", unfit(), false);
    facts_.write_sets(out_, read_, "  ");
    Conditions unmet = facts_.unmet();
    for (const kernel::ListDemand& list : kernel_.lists) {
      unmet.push_back("(" + bit("known", list.field) + ") == 0");
      unmet.push_back(facts_.member(list.field) + "_count > " + number(std::size_t{kernel::kMostEntries}));
    }
    Conditions bad = facts_.wrongly_absent(read_);
    for (const std::uint32_t field : read_) {
      if (!is_list(field))
        add(bad, facts_.outside(field, facts_.value(field), allowed(w_.plan, facts_.layout.fields[field])));
    }
    return_where(unmet, "GJC_OPEN");
    return_where(bad, "GJC_INVALID");
    out_.line("  return GJC_OPEN;");
    end();
  }

 private:
  static const kernel::Kernel& kernel_of(const Writing& w, std::size_t version, Kind kind) {
    const auto& short_cut = w.short_cuts[version];
    if (kind == papers) return *short_cut->papers;
    return kind == with_entries || !short_cut ? *w.kernel(version) : short_cut->kernel;
  }

  void begin(const std::string& what, const std::string& type, const std::string& name, bool has_result) {
    out_.line("/* Version " + in_comment(w_.program.sections[version_].name) + what + ". */");
    if (has_result) write_pool();
    out_.line("static " + type + " " + name + "(const " + w_.names.facts.type + " *facts" +
              (has_result ? ", " + w_.names.own("result") + " *result" : "") + ") {");
    if (read_.empty()) out_.line("  (void)facts;");
  }
  void end() {
    out_.line("}");
    out_.line();
  }

  [[nodiscard]] std::string name(Kind kind) const {
    const std::string version = w_.names.versions[version_];
    return kind == papers ? "papers_of_" + version
                          : "decide_" + version + (kind == with_entries ? "_with_entries" : "");
  }
  [[nodiscard]] std::string unfit() const { return "unfit_for_" + w_.names.versions[version_]; }
  [[nodiscard]] std::string pool() const {
    return w_.names.versions[version_] +
           (kind_ == with_entries ? "_with_entries"
            : kind_ == papers     ? "_papers"
                                  : "") +
           "_pool";
  }

  static void add(Conditions& to, Conditions more) { std::move(more.begin(), more.end(), std::back_inserter(to)); }
  void return_where(const Conditions& conditions, const char* what) {
    if (!conditions.empty()) out_.line("  if (" + joined(conditions, " ||\n      ") + ") return " + what + ";");
  }

  // What is not known may count anything: the other function looks.
  void leave_entries() {
    Conditions counts;
    for (const std::uint32_t field : read_) {
      if (is_list(field)) counts.push_back(facts_.member(field) + "_count");
    }
    out_.line("  if (" + rarely("(" + joined(counts, " | ") + ") != 0") + ") {");
    out_.line("    " + name(with_entries) + "(facts, result);");
    out_.line("    return;");
    out_.line("  }");
  }

  [[nodiscard]] bool reads_pool() const {
    for (std::size_t n = 0; n < kernel_.code.size(); ++n) {
      const Operation op = kernel_.code[n].op;
      if (analysis_.stays(n) && (op == Operation::AT || op == Operation::SEARCH)) return true;
    }
    return false;
  }

  void write_pool() {
    if (!reads_pool()) return;
    out_.line("static const int64_t " + pool() + "[] = {");
    std::string line = " ";
    for (const std::int64_t value : kernel_.pool) {
      const std::string next = " " + literal(value) + ",";
      if (line.size() + next.size() > kWidth) {
        out_.line(line);
        line = " ";
      }
      line += next;
    }
    out_.line(line);
    out_.line("};");
  }

  // ---- what is given

  void write_variables() {
    for (std::size_t r = kernel_.fields; r < kernel_.ranges.size(); ++r) {
      const auto reg = static_cast<Register>(r);
      if (analysis_.is_read(reg) && !analysis_.constant(reg)) out_.line("  int64_t r" + number(r) + " = 0;");
    }
  }

  // Papers that count nowhere but among those that are owed.
  [[nodiscard]] bool is_paper(std::uint32_t field) const {
    return short_cut_ != nullptr && short_cut_->documents.count(field) != 0;
  }

  // Some are read for their ranges or states alone.
  void load_facts() {
    for (const std::uint32_t field : read_) {
      if (is_list(field) || is_paper(field)) continue;
      const std::string& member = w_.names.facts.members[field];
      out_.line("  const int64_t " + member + " = " + facts_.value(field) + ";");
      if (!analysis_.is_read(static_cast<Register>(field))) out_.line("  (void)" + member + ";");
    }
  }

  // Of which any keeps the code from speaking of the case.
  [[nodiscard]] Conditions misfits() const {
    Conditions wrong = facts_.unfit_states(read_);
    for (const kernel::ListDemand& list : kernel_.lists) {
      wrong.push_back("(" + bit("known", list.field) + ") == 0");
      if (kind_ != without_entries)
        wrong.push_back(facts_.member(list.field) + "_count > " + number(std::size_t{kernel::kMostEntries}));
    }
    Conditions of_papers;
    for (const std::uint32_t field : read_) {
      if (is_list(field)) continue;
      const Range range =
          kernel::both(allowed(w_.plan, facts_.layout.fields[field]), w_.kernel(version_)->ranges[field]);
      if (is_paper(field)) {
        add(of_papers, facts_.outside(field, facts_.value(field), range));
      } else {
        add(wrong, facts_.outside(field, w_.names.facts.members[field], range));
      }
    }
    if (!of_papers.empty()) wrong.push_back("(" + has_papers() + " && (" + joined(of_papers, " || ") + "))");
    return wrong;
  }

  [[nodiscard]] std::string has_papers() const {
    std::map<std::size_t, std::uint64_t> sets;
    for (const std::uint32_t field : short_cut_->documents) sets[field / 64] |= std::uint64_t{1} << (field % 64);
    Conditions parts;
    for (const auto& [word, set] : sets) parts.push_back("(known" + number(word) + " & " + unsigned_literal(set) + ")");
    return "(" + joined(parts, " | ") + ") != 0";
  }

  void answer_where(const Conditions& conditions, const std::string& outcome, const std::string& indent = "  ") {
    if (conditions.empty()) return;
    out_.line(indent + "if (" + rarely(joined(conditions, " ||\n" + indent + "    ")) + ") {");
    out_.line(indent + "  answer(result, " + outcome + ", " + number(version_) + ");");
    out_.line(indent + "  return;");
    out_.line(indent + "}");
  }

  [[nodiscard]] const kernel::Demands& demands_of_entries(std::uint32_t list) const {
    const auto found = std::find_if(kernel_.lists.begin(), kernel_.lists.end(),
                                    [&](const kernel::ListDemand& d) { return d.field == list; });
    return found == kernel_.lists.end() ? no_demands() : found->entries;
  }
  [[nodiscard]] Door entries(std::uint32_t list) const {
    const plan::Index layout = w_.program.layout.fields[list].element;
    return {w_,
            w_.plan.layouts[layout],
            w_.names.entries.at(layout),
            demands_of_entries(list),
            "entry",
            "entry_known",
            "entry_absent"};
  }

  [[nodiscard]] bool is_list(std::uint32_t field) const {
    return w_.program.layout.fields[field].cls == SlotClass::list;
  }

  // Fields of the entries that the loops over a list read.
  [[nodiscard]] std::set<std::uint32_t> fields_of_entries(std::uint32_t list, std::size_t from, std::size_t to) const {
    std::set<std::uint32_t> out;
    for (std::size_t n = from; n < to; ++n) {
      const Instruction& loop = kernel_.code[n];
      if (loop.op != Operation::LOOP || loop.k != static_cast<std::int64_t>(list)) continue;
      for (std::size_t i = n + 1; i <= n + loop.b; ++i) {
        if (analysis_.stays(i) && reads_entry(kernel_.code[i].op))
          out.insert(static_cast<std::uint32_t>(kernel_.code[i].k));
      }
    }
    return out;
  }

  void begin_entries(std::uint32_t list) {
    const std::string& member = w_.names.facts.members[list];
    const std::string& type = w_.names.entries.at(w_.program.layout.fields[list].element).type;
    out_.line("  for (size_t n = 0; n < " + member + "_count; ++n) {");
    out_.line("    const " + type + " *const entry = &facts->" + member + "[n];");
  }

  // Every entry before the first of them counts.
  void check_entries(std::uint32_t list) {
    const std::string& member = w_.names.facts.members[list];
    const bool demanded = std::any_of(kernel_.lists.begin(), kernel_.lists.end(),
                                      [&](const kernel::ListDemand& d) { return d.field == list; });
    out_.line("  const size_t " + member + "_count = " + (demanded ? "" : "(" + bit("known", list) + ") == 0 ? 0 : ") +
              "facts->" + member + "_count;");
    const Door door = entries(list);
    std::set<std::uint32_t> fields = fields_of_entries(list, 0, kernel_.code.size());
    for (std::size_t field = 0; field < door.layout.fields.size(); ++field) {
      if (in_set(door.demands.known, field) || in_set(door.demands.answered, field))
        fields.insert(static_cast<std::uint32_t>(field));
    }
    out_.line("  (void)" + member + "_count;");
    Conditions bad = door.wrongly_absent(fields);
    for (const std::uint32_t field : fields) {
      if (door.names.members[field].empty()) continue;
      add(bad, door.outside(field, door.value(field), allowed(w_.plan, door.layout.fields[field])));
    }
    const Conditions unmet = door.unmet();
    if (bad.empty() && unmet.empty()) return;
    begin_entries(list);
    door.write_sets(out_, fields, "    ");
    answer_where(unmet, "GJC_OPEN", "    ");
    answer_where(bad, "GJC_INVALID", "    ");
    out_.line("  }");
  }

  // ---- code

  [[nodiscard]] std::string operand(Register r) const {
    if (r < kernel_.fields) return w_.names.facts.members[r];
    if (const Instruction* const set = analysis_.set_by(r)) return literal(set->k);
    return "r" + number(r);
  }

  // The expression of the table: a, b, c, k and p stand for what they are.
  [[nodiscard]] std::string expression(const Instruction& i) const {
    const std::string_view text = kernel::expression_of(i.op);
    const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && is_word(text[end])) ++end;
      const std::string_view word = text.substr(at, std::max<std::size_t>(end - at, 1));
      out += word == "a"   ? operand(i.a)
             : word == "b" ? operand(i.b)
             : word == "c" ? operand(i.c)
             : word == "k" ? literal(i.k)
             : word == "p" ? pool()
                           : std::string(word);
      at += word.size();
    }
    return out;
  }

  [[nodiscard]] std::string value(const Instruction& i, const Door& entry) const {
    const auto field = static_cast<std::uint32_t>(i.k);
    const auto truth = [&](const std::string& set) { return "(int64_t)(" + bit(set, field) + ")"; };
    switch (i.op) {
      case Operation::KNOWN:
        return truth("known");
      case Operation::ABSENT:
        return truth("absent");
      case Operation::ITEM:
        return entry.value(field);
      case Operation::ITEMKNOWN:
        return truth(entry.known);
      case Operation::ITEMABSENT:
        return truth(entry.absent);
      default:
        return expression(i);
    }
  }

  void write_code() {
    for (std::size_t n = 0; n < kernel_.code.size(); ++n) {
      const Instruction& i = kernel_.code[n];
      if (i.op != Operation::LOOP) {
        write_run(n, n + 1, facts_, "  ");
        continue;
      }
      if (analysis_.stays(n)) write_loop(n);
      n += i.b;
    }
    flush("  ");
    out_.here();
  }

  void write_loop(std::size_t n) {
    flush("  ");
    out_.here();
    const auto list = static_cast<std::uint32_t>(kernel_.code[n].k);
    const Door door = entries(list);
    const std::set<std::uint32_t> fields = fields_of_entries(list, n, n + 1);
    begin_entries(list);
    door.write_sets(out_, fields, "    ");
    if (fields.empty()) out_.line("    (void)entry;");
    write_run(n + 1, n + 1 + kernel_.code[n].b, door, "    ");
    flush("    ");
    out_.here();
    out_.line("  }");
  }

  void write_run(std::size_t from, std::size_t to, const Door& door, const std::string& indent) {
    for (std::size_t n = from; n < to; ++n) {
      const Instruction& i = kernel_.code[n];
      if (!analysis_.stays(n) || analysis_.set_by(i.out) != nullptr) continue;
      const std::string target = analysis_.constant(i.out) ? "const int64_t r" : "r";
      add(target + number(i.out) + " = " + value(i, door) + ";",
          n < kernel_.places.size() ? kernel_.places[n] : plan::kNone, indent);
    }
  }

  // Statements of one place stand together.
  void add(const std::string& statement, plan::Index place, const std::string& indent) {
    if (place != place_) flush(indent);
    if (place != place_ && place != plan::kNone && !w_.plan.places[place].text().empty()) {
      out_.here();
      out_.line(indent + "/* " + in_comment(w_.plan.places[place].text()) + " */");
    }
    place_ = place;
    if (!line_.empty() && line_.size() + statement.size() + indent.size() > kWidth) flush(indent);
    line_ += (line_.empty() ? "" : " ") + statement;
    if (place == plan::kNone) flush(indent);
  }
  void flush(const std::string& indent) {
    if (line_.empty()) return;
    if (place_ == plan::kNone) {
      out_.here();
    } else {
      out_.at(w_.plan.places[place_].file(), w_.plan.places[place_].line);
    }
    out_.line(indent + line_);
    line_.clear();
  }

  // ---- the answer

  void write_answer() {
    const std::string referred = kernel_.referred == kNoRegister ? "0" : operand(kernel_.referred);
    if (kernel_.open != kNoRegister && kernel_.open != kernel_.referred)
      answer_where({operand(kernel_.open) + " > " + referred}, "GJC_OPEN");
    Conditions failures;
    for (const Register r : kernel_.failed) failures.push_back(operand(r));
    const std::string failed = failures.empty() ? "0" : joined(failures, " | ");
    out_.line("  const int64_t fails = (" + failed + ") != 0;");
    out_.line("  const int64_t granted = (fails | " + referred + ") - 1; /* all bits, or none */");
    // Where anything fails nothing is referred.
    out_.line("  result->outcome = (int32_t)(fails * GJC_INELIGIBLE + " + referred + " * GJC_REFERRED);");
    out_.line("  result->version = " + number(version_) + ";");
    out_.line("  result->amount = " + (kernel_.amount == kNoRegister ? "0" : operand(kernel_.amount)) + " & granted;");
    const Sizes sizes = sizes_of(w_.program);
    write_array("parts", kernel_.parts, sizes.parts, true);
    write_array("shares", kernel_.shares, sizes.shares, true);
    write_array("failed", kernel_.failed, sizes.failed, false);
    write_array("refused", kernel_.refused, sizes.refused, false);
    write_array("owed", kernel_.owed, sizes.owed, false);
    if (short_cut_ != nullptr && short_cut_->papers)
      out_.line("  if (" + rarely(has_papers()) + ") " + name(papers) + "(facts, result);");
  }
  void write_array(const std::string& name, const std::vector<Register>& from, std::size_t length, bool money) {
    for (std::size_t i = 0; i < length; ++i) {
      std::string value = i < from.size() && from[i] != kNoRegister ? operand(from[i]) : "0";
      value = money ? value + " & granted" : "(uint64_t)" + value;
      out_.line("  result->" + name + "[" + number(i) + "] = " + value + ";");
    }
  }

  Text& out_;
  const Writing& w_;
  std::size_t version_;
  Kind kind_;
  const kernel::Kernel& kernel_;
  const Writing::ShortCut* short_cut_ = nullptr;  // that kernel_ is
  Analysis analysis_;
  Door facts_;
  std::set<std::uint32_t> read_;
  std::string line_;  // statements of place_ that are not written yet
  plan::Index place_ = plan::kNone;
};

}  // namespace

std::string bit(const std::string& set, std::uint32_t field) {
  const std::string word = set + number(field / 64);
  return (field % 64 == 0 ? word : word + " >> " + number(field % 64)) + " & 1U";
}

void write_version(Text& source, const Writing& w, std::size_t version) {
  const auto& short_cut = w.short_cuts[version];
  const bool in_two = short_cut && has_lists(*w.kernel(version));
  Function(source, w, version, Function::with_entries).write_unfit();
  if (in_two) Function(source, w, version, Function::with_entries).write();
  if (short_cut && short_cut->papers) Function(source, w, version, Function::papers).write_papers();
  Function(source, w, version, in_two ? Function::without_entries : Function::whole).write();
}

}  // namespace guiju::emit
