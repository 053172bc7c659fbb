// One kernel as a function of C: the text of the table of operations with the operands put in.
#include <algorithm>
#include <functional>
#include <limits>

#include "emit/writing.hpp"

namespace guiju::emit {

using kernel::Instruction;
using kernel::kNoRegister;
using kernel::Operation;
using kernel::Range;
using kernel::Register;
using plan::FieldInfo;
using plan::SlotClass;

namespace {

constexpr std::size_t kWidth = 110;

std::string number(std::size_t n) {
  return std::to_string(n);
}

std::string unsigned_literal(std::uint64_t value) {
  return "UINT64_C(" + std::to_string(value) + ")";
}

template <typename F>
void for_each_read(const Instruction& i, F&& f) {
  for (const char operand : kernel::operands_of(i.op)) {
    if (operand == 'a') f(i.a);
    if (operand == 'b') f(i.b);
    if (operand == 'c') f(i.c);
  }
}

bool reads_field(Operation op) {
  return op == Operation::KNOWN || op == Operation::ABSENT;
}
bool reads_entry(Operation op) {
  return op == Operation::ITEM || op == Operation::ITEMKNOWN || op == Operation::ITEMABSENT;
}

bool in_set(const kernel::FieldSet& set, std::size_t field) {
  return field / 64 < set.size() && (set[field / 64] >> (field % 64) & 1U) != 0;
}

// What of a kernel is needed for its answer, and which registers are written once, before all that reads them.
class Analysis {
 public:
  explicit Analysis(const kernel::Kernel& kernel)
      : kernel_(kernel),
        loop_(kernel.code.size(), kTop),
        stays_(kernel.code.size(), false),
        reads_(kernel.ranges.size(), 0),
        constant_(kernel.ranges.size(), false),
        value_(kernel.ranges.size(), nullptr) {
    find_loops();
    find_needed();
    find_constants();
  }

  [[nodiscard]] bool stays(std::size_t i) const { return static_cast<bool>(stays_[i]); }
  [[nodiscard]] bool is_read(Register r) const { return reads_[r] > 0; }
  // Else it is a variable of the function.
  [[nodiscard]] bool constant(Register r) const { return static_cast<bool>(constant_[r]); }
  // The instruction that sets a register, once and for all; nullptr: another.
  [[nodiscard]] const Instruction* set_by(Register r) const { return value_[r]; }

 private:
  static constexpr std::size_t kTop = static_cast<std::size_t>(-1);

  void find_loops() {
    for (std::size_t i = 0; i < loop_.size(); ++i) {
      if (kernel_.code[i].op != Operation::LOOP) continue;
      for (std::size_t n = i + 1; n <= i + kernel_.code[i].b; ++n) loop_[n] = i;
    }
  }

  void for_each_root(const std::function<void(Register)>& f) const {
    const auto one = [&](Register r) {
      if (r != kNoRegister) f(r);
    };
    one(kernel_.open);
    one(kernel_.referred);
    one(kernel_.amount);
    for (const auto* list : {&kernel_.failed, &kernel_.refused, &kernel_.owed, &kernel_.parts, &kernel_.shares})
      std::for_each(list->begin(), list->end(), one);
  }

  // Until nothing is added: what a loop adds up is read before it is written.
  void find_needed() {
    for_each_root([&](Register r) { ++reads_[r]; });
    for (bool again = true; again;) {
      again = false;
      for (std::size_t n = stays_.size(); n-- > 0;) {
        const Instruction& i = kernel_.code[n];
        if (stays_[n] || i.op == Operation::LOOP || reads_[i.out] == 0) continue;
        stays_[n] = again = true;
        if (loop_[n] != kTop) stays_[loop_[n]] = true;
        for_each_read(i, [&](Register r) { ++reads_[r]; });
      }
    }
  }

  void find_constants() {
    std::vector<std::size_t> writes(kernel_.ranges.size(), 0), written(kernel_.ranges.size(), 0);
    for (std::size_t n = 0; n < stays_.size(); ++n) {
      if (!stays_[n] || kernel_.code[n].op == Operation::LOOP) continue;
      ++writes[kernel_.code[n].out];
      written[kernel_.code[n].out] = n;
    }
    for (std::size_t r = kernel_.fields; r < writes.size(); ++r) constant_[r] = writes[r] == 1;
    const auto seen_from = [&](Register r, std::size_t reader, std::size_t loop) {
      const bool visible = loop_.empty() || loop_[written[r]] == kTop || loop_[written[r]] == loop;
      if (r >= kernel_.fields && (reader <= written[r] || !visible)) constant_[r] = false;
    };
    for (std::size_t n = 0; n < stays_.size(); ++n) {
      if (stays_[n]) for_each_read(kernel_.code[n], [&](Register r) { seen_from(r, n, loop_[n]); });
    }
    for_each_root([&](Register r) { seen_from(r, stays_.size(), kTop); });
    for (std::size_t r = kernel_.fields; r < writes.size(); ++r) {
      if (constant_[r] && kernel_.code[written[r]].op == Operation::SET) value_[r] = &kernel_.code[written[r]];
    }
  }

  const kernel::Kernel& kernel_;
  std::vector<std::size_t> loop_;  // by instruction: the LOOP that it stands in
  std::vector<bool> stays_;
  std::vector<std::size_t> reads_;
  std::vector<bool> constant_;
  std::vector<const Instruction*> value_;
};

// How the members of one struct are read: the case, or an entry of a list.
struct Door {
  const plan::Layout& layout;
  const LayoutNames& names;
  const kernel::Demands& demands;
  std::string pointer, known, absent;  // "entry", "entry_known", "entry_absent"

  [[nodiscard]] std::string member(std::size_t field) const { return pointer + "->" + names.members[field]; }
  [[nodiscard]] bool demanded(std::size_t field) const { return in_set(demands.known, field); }
  // The value; 0 where it is not known.
  [[nodiscard]] std::string value(std::size_t field) const {
    if (demanded(field)) return member(field);
    return "(" + bit(known, static_cast<std::uint32_t>(field)) + ") != 0 ? " + member(field) + " : 0";
  }
};

const kernel::Demands& no_demands() {
  static const kernel::Demands none;
  return none;
}

class Function {
 public:
  Function(Text& out, const Writing& w, std::size_t version)
      : out_(out),
        w_(w),
        version_(version),
        kernel_(*w.kernel(version)),
        analysis_(kernel_),
        facts_{w.program.layout, w.names.facts, kernel_.demands, "facts", "known", "absent"},
        read_(fields_read(kernel_)) {}

  void write() {
    out_.line("/* Version " + in_comment(w_.program.sections[version_].name) + ". */");
    write_pool();
    out_.line("static void decide_" + w_.names.versions[version_] + "(const " + w_.names.facts.type + " *facts, " +
              w_.names.own("result") + " *result) {");
    if (read_.empty()) out_.line("  (void)facts;");
    write_sets(facts_, read_, open_absent(), "  ");
    write_variables();
    check_demands();
    check_ranges();
    load_facts();
    write_code();
    write_answer();
    out_.line("}");
    out_.line();
  }

 private:
  [[nodiscard]] std::string pool() const { return w_.names.versions[version_] + "_pool"; }

  void write_pool() {
    if (kernel_.pool.empty()) return;
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

  // Fields whose absence the code asks for.
  [[nodiscard]] std::set<std::uint32_t> open_absent() const {
    std::set<std::uint32_t> out;
    for (std::size_t n = 0; n < kernel_.code.size(); ++n) {
      if (analysis_.stays(n) && kernel_.code[n].op == Operation::ABSENT)
        out.insert(static_cast<std::uint32_t>(kernel_.code[n].k));
    }
    return out;
  }

  static std::uint64_t word_of(const kernel::FieldSet& set, std::size_t word) {
    return word < set.size() ? set[word] : 0;
  }
  // Fields of that word that are read and can never be absent.
  static std::uint64_t never_absent(const Door& door, const std::set<std::uint32_t>& read, std::size_t word) {
    std::uint64_t mask = 0;
    for (const std::uint32_t field : read) {
      if (field / 64 == word && !door.layout.fields[field].optional) mask |= std::uint64_t{1} << (field % 64);
    }
    return mask;
  }
  static std::set<std::size_t> words_of(const std::set<std::uint32_t>& read) {
    std::set<std::size_t> out;
    for (const std::uint32_t field : read) out.insert(field / 64);
    return out;
  }

  void write_sets(const Door& door, const std::set<std::uint32_t>& read, const std::set<std::uint32_t>& absent,
                  const std::string& indent) {
    for (const std::size_t word : words_of(read)) {
      const std::string n = number(word);
      out_.line(indent + "const uint64_t " + door.known + n + " = " + door.pointer + "->known[" + n + "];");
      const bool asked = std::any_of(absent.begin(), absent.end(), [&](std::uint32_t f) { return f / 64 == word; });
      if (!asked && word_of(door.demands.answered, word) == 0 && never_absent(door, read, word) == 0) {
        out_.line(indent + "(void)" + door.known + n + ";");
        continue;
      }
      out_.line(indent + "const uint64_t " + door.absent + n + " = " + door.pointer + "->absent[" + n + "] & ~" +
                door.known + n + ";");
    }
  }

  void write_variables() {
    for (std::size_t r = kernel_.fields; r < kernel_.ranges.size(); ++r) {
      const auto reg = static_cast<Register>(r);
      if (analysis_.is_read(reg) && !analysis_.constant(reg)) out_.line("  int64_t r" + number(r) + " = 0;");
    }
  }

  // Conditions under which the kernel does not speak of the case.
  static std::vector<std::string> unmet(const Door& door) {
    std::vector<std::string> out;
    const std::size_t count = std::max(door.demands.known.size(), door.demands.answered.size());
    for (std::size_t word = 0; word < count; ++word) {
      const std::string n = number(word);
      const std::uint64_t known = word_of(door.demands.known, word);
      const std::uint64_t answered = word_of(door.demands.answered, word) & ~known;
      if (known != 0) out.push_back("(~" + door.known + n + " & " + unsigned_literal(known) + ") != 0");
      if (answered != 0) {
        out.push_back("(~(" + door.known + n + " | " + door.absent + n + ") & " + unsigned_literal(answered) +
                      ") != 0");
      }
    }
    return out;
  }
  static std::string joined(const std::vector<std::string>& parts, const char* between) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : between) + part;
    return out;
  }
  void answer_where(const std::vector<std::string>& conditions, const char* outcome, const std::string& indent = "  ") {
    if (conditions.empty()) return;
    out_.line(indent + "if (" + joined(conditions, (" ||\n" + indent + "    ").c_str()) + ") {");
    out_.line(indent + "  answer(result, " + outcome + ", " + number(version_) + ");");
    out_.line(indent + "  return;");
    out_.line(indent + "}");
  }

  void check_demands() {
    std::vector<std::string> conditions = unmet(facts_);
    for (const kernel::ListDemand& list : kernel_.lists) {
      conditions.push_back("(" + bit("known", list.field) + ") == 0");
      conditions.push_back(facts_.member(list.field) + "_count > " + number(std::size_t{kernel::kMostEntries}));
    }
    answer_where(conditions, "GJC_OPEN");
  }

  [[nodiscard]] const kernel::Demands& demands_of_entries(std::uint32_t list) const {
    const auto found = std::find_if(kernel_.lists.begin(), kernel_.lists.end(),
                                    [&](const kernel::ListDemand& d) { return d.field == list; });
    return found == kernel_.lists.end() ? no_demands() : found->entries;
  }
  [[nodiscard]] Door entries(std::uint32_t list) const {
    const plan::Index layout = w_.program.layout.fields[list].element;
    return {w_.plan.layouts[layout], w_.names.entries.at(layout), demands_of_entries(list), "entry", "entry_known",
            "entry_absent"};
  }

  // What a fact may be, and where it is wider than the registers of the kernel, that.
  void conditions_of(const Door& door, std::uint32_t field, const std::string& value, const Range* fitting,
                     std::vector<std::string>& bad, std::vector<std::string>& open) const {
    const Range range = allowed(w_.plan, door.layout.fields[field]);
    const bool masked = !door.demanded(field) && (range.least > 0 || range.most < 0);
    const auto guarded = [&](const std::string& condition) {
      return masked && !condition.empty() ? "((" + bit(door.known, field) + ") != 0 && (" + condition + "))"
                                          : condition;
    };
    if (const std::string condition = guarded(outside(value, range)); !condition.empty()) bad.push_back(condition);
    if (fitting == nullptr) return;
    const Range narrow{fitting->least > range.least ? fitting->least : std::numeric_limits<std::int64_t>::min(),
                       fitting->most < range.most ? fitting->most : std::numeric_limits<std::int64_t>::max()};
    if (const std::string condition = guarded(outside(value, narrow)); !condition.empty()) open.push_back(condition);
  }

  [[nodiscard]] std::vector<std::string> absences(const Door& door, const std::set<std::uint32_t>& read) const {
    std::vector<std::string> out;
    for (const std::size_t word : words_of(read)) {
      const std::uint64_t mask = never_absent(door, read, word);
      if (mask != 0) out.push_back("((" + door.absent + number(word) + " & " + unsigned_literal(mask) + ") != 0)");
    }
    return out;
  }

  void check_ranges() {
    for (const std::uint32_t field : read_) {
      if (is_list(field)) continue;
      out_.line("  const int64_t " + w_.names.facts.members[field] + " = " + facts_.value(field) + ";");
    }
    std::vector<std::string> bad = absences(facts_, read_);
    std::vector<std::string> open;
    for (const std::uint32_t field : read_) {
      if (is_list(field)) continue;
      const Range* const fitting = field < kernel_.ranges.size() ? &kernel_.ranges[field] : nullptr;
      conditions_of(facts_, field, w_.names.facts.members[field], fitting, bad, open);
    }
    answer_where(bad, "GJC_INVALID");
    answer_where(open, "GJC_OPEN");
    for (const std::uint32_t field : read_) {
      if (is_list(field)) check_entries(field);
    }
  }

  [[nodiscard]] bool is_list(std::uint32_t field) const {
    return w_.program.layout.fields[field].cls == SlotClass::list;
  }

  // Fields of the entries that the loops over a list read, and those among them whose absence is asked for.
  struct EntryFields {
    std::set<std::uint32_t> read, absent;
  };
  [[nodiscard]] EntryFields fields_of_entries(std::uint32_t list, std::size_t from, std::size_t to) const {
    EntryFields out;
    for (std::size_t n = from; n < to; ++n) {
      const Instruction& loop = kernel_.code[n];
      if (loop.op != Operation::LOOP || loop.k != static_cast<std::int64_t>(list)) continue;
      for (std::size_t i = n + 1; i <= n + loop.b; ++i) {
        if (!analysis_.stays(i) || !reads_entry(kernel_.code[i].op)) continue;
        const auto field = static_cast<std::uint32_t>(kernel_.code[i].k);
        out.read.insert(field);
        if (kernel_.code[i].op == Operation::ITEMABSENT) out.absent.insert(field);
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
    EntryFields fields = fields_of_entries(list, 0, kernel_.code.size());
    for (std::size_t field = 0; field < door.layout.fields.size(); ++field) {
      if (in_set(door.demands.known, field) || in_set(door.demands.answered, field))
        fields.read.insert(static_cast<std::uint32_t>(field));
    }
    std::vector<std::string> bad = absences(door, fields.read);
    std::vector<std::string> open;
    for (const std::uint32_t field : fields.read) {
      if (door.names.members[field].empty()) continue;
      const std::string value = door.demanded(field) ? door.member(field) : "(" + door.value(field) + ")";
      conditions_of(door, field, value, nullptr, bad, open);
    }
    const std::vector<std::string> conditions = unmet(door);
    if (bad.empty() && conditions.empty()) return;
    begin_entries(list);
    write_sets(door, fields.read, {}, "    ");
    answer_where(conditions, "GJC_OPEN", "    ");
    answer_where(bad, "GJC_INVALID", "    ");
    out_.line("  }");
  }

  // Silences what only a range or a state was asked of.
  void load_facts() {
    for (const std::uint32_t field : read_) {
      const bool used = !is_list(field) && analysis_.is_read(static_cast<Register>(field));
      if (!used) out_.line("  (void)" + w_.names.facts.members[field] + (is_list(field) ? "_count;" : ";"));
    }
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
    const EntryFields fields = fields_of_entries(list, n, n + 1);
    begin_entries(list);
    // What is always known or answered was looked at above.
    for (const std::size_t word : words_of(fields.read)) {
      const std::string w = number(word);
      out_.line("    const uint64_t entry_known" + w + " = entry->known[" + w + "];");
      const bool asked =
          std::any_of(fields.absent.begin(), fields.absent.end(), [&](std::uint32_t f) { return f / 64 == word; });
      out_.line(asked ? "    const uint64_t entry_absent" + w + " = entry->absent[" + w + "] & ~entry_known" + w + ";"
                      : "    (void)entry_known" + w + ";");
    }
    if (fields.read.empty()) out_.line("    (void)entry;");
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
    if (place != place_ && place != plan::kNone && !w_.plan.places[place].text.empty()) {
      out_.here();
      out_.line(indent + "/* " + in_comment(w_.plan.places[place].text) + " */");
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
      out_.at(w_.plan.places[place_].file, w_.plan.places[place_].line);
    }
    out_.line(indent + line_);
    line_.clear();
  }

  // ---- the answer

  void write_answer() {
    const std::string referred = kernel_.referred == kNoRegister ? "0" : operand(kernel_.referred);
    if (kernel_.open != kNoRegister && kernel_.open != kernel_.referred)
      answer_where({operand(kernel_.open) + " > " + referred}, "GJC_OPEN");
    std::vector<std::string> failures;
    for (const Register r : kernel_.failed) failures.push_back(operand(r));
    const std::string failed = failures.empty() ? "0" : joined(failures, " | ");
    out_.line("  const int64_t fails = (" + failed + ") != 0;");
    out_.line("  const int64_t granted = (fails | " + referred + ") - 1; /* all bits, or none */");
    out_.line("  result->outcome = fails != 0 ? GJC_INELIGIBLE : granted != 0 ? GJC_ELIGIBLE : GJC_REFERRED;");
    out_.line("  result->version = " + number(version_) + ";");
    out_.line("  result->amount = " + (kernel_.amount == kNoRegister ? "0" : operand(kernel_.amount)) + " & granted;");
    const Sizes sizes = sizes_of(w_.program);
    write_array("parts", kernel_.parts, sizes.parts, true);
    write_array("shares", kernel_.shares, sizes.shares, true);
    write_array("failed", kernel_.failed, sizes.failed, false);
    write_array("refused", kernel_.refused, sizes.refused, false);
    write_array("owed", kernel_.owed, sizes.owed, false);
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
  const kernel::Kernel& kernel_;
  Analysis analysis_;
  Door facts_;
  std::set<std::uint32_t> read_;
  std::string line_;  // statements of place_ that are not written yet
  plan::Index place_ = plan::kNone;
};

}  // namespace

std::set<std::uint32_t> fields_read(const kernel::Kernel& kernel) {
  std::set<std::uint32_t> out;
  const Analysis analysis(kernel);
  for (std::uint32_t field = 0; field < kernel.fields; ++field) {
    const bool read = analysis.is_read(static_cast<Register>(field)) || in_set(kernel.demands.known, field) ||
                      in_set(kernel.demands.answered, field);
    if (read) out.insert(field);
  }
  for (std::size_t n = 0; n < kernel.code.size(); ++n) {
    const Instruction& i = kernel.code[n];
    if (analysis.stays(n) && (reads_field(i.op) || i.op == Operation::LOOP))
      out.insert(static_cast<std::uint32_t>(i.k));
  }
  for (const kernel::ListDemand& list : kernel.lists) out.insert(list.field);
  return out;
}

std::string bit(const std::string& set, std::uint32_t field) {
  const std::string word = set + number(field / 64);
  return (field % 64 == 0 ? word : word + " >> " + number(field % 64)) + " & 1U";
}

std::string outside(const std::string& value, const kernel::Range& range) {
  const bool low = range.least > std::numeric_limits<std::int64_t>::min();
  const bool high = range.most < std::numeric_limits<std::int64_t>::max();
  std::string out;
  if (low) out = value + " < " + literal(range.least);
  if (high) out += (low ? " || " : "") + value + " > " + literal(range.most);
  return out;
}

void write_version(Text& source, const Writing& w, std::size_t version) {
  Function(source, w, version).write();
}

}  // namespace guiju::emit
