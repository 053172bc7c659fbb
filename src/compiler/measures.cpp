// Figures are the numbers, percentages, quantities and days of the rule text, counted where they are written: what a
// version takes over from another by amending it counts for both, once each.
#include "compiler/measures.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "syntax/tree.hpp"

namespace guiju::compiler {

namespace {

using model::Citation;
using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

std::string plain(const model::Template& text) {
  std::string out;
  for (const model::TextPiece& piece : text.zh.empty() ? text.en : text.zh) out += piece.text;
  return out;
}

Confidence confidence_of(Citation::Check check) {
  switch (check) {
    case Citation::verified:
      return Confidence::verified;
    case Citation::secondhand:
      return Confidence::secondhand;
    case Citation::unverified:
      return Confidence::unverified;
    case Citation::unchecked:
      break;
  }
  return Confidence::unmarked;
}

Confidence confidence_of(Keyword mark) {
  return mark == Keyword::secondhand   ? Confidence::secondhand
         : mark == Keyword::unverified ? Confidence::unverified
                                       : Confidence::verified;
}

// ---- figures where they are written

struct Figure {
  std::uint32_t begin = 0;
  std::optional<Confidence> own;  // its row's, cell's or statement's
};

class FigureFinder {
 public:
  FigureFinder(const syntax::Tree& tree, const std::string& plan) : tree_(tree), plan_(plan) {}

  std::vector<Figure> find() {
    for (const Node* node : tree_.root().children) {
      if (node->kind != NodeKind::test_decl) walk(*node, std::nullopt);
    }
    std::sort(figures_.begin(), figures_.end(), [](const Figure& a, const Figure& b) { return a.begin < b.begin; });
    return std::move(figures_);
  }

 private:
  static bool is_figure(NodeKind kind) {
    return kind == NodeKind::number_literal || kind == NodeKind::percent_literal ||
           kind == NodeKind::quantity_literal || kind == NodeKind::date_literal;
  }
  static bool is_aside(NodeKind kind) {
    return kind == NodeKind::cite || kind == NodeKind::check_mark || kind == NodeKind::label ||
           kind == NodeKind::text || kind == NodeKind::otherwise || kind == NodeKind::period;
  }
  static bool is_statement(NodeKind kind) { return kind != NodeKind::version && kind != NodeKind::edition; }

  void walk(const Node& node, std::optional<Confidence> around) {
    if (is_aside(node.kind)) return;
    if (is_figure(node.kind)) {
      figures_.push_back({tree_.span(node).begin, around});
      return;
    }
    if (is_statement(node.kind)) around = marked(node, around);
    for (const Node* child : node.children) walk(*child, around);
  }

  std::optional<Confidence> marked(const Node& node, std::optional<Confidence> around) const {
    if (node.has(syntax::kDoubtful)) return Confidence::unverified;
    if (const Node* mark = node.child(NodeKind::check_mark)) return confidence_of(mark->op);
    std::optional<Confidence> weakest;
    for (const Node* cite : node.all(NodeKind::cite)) {
      const Node* title = cite->child(NodeKind::label);
      const bool of_plan = title != nullptr && tree_literal(*title) == plan_;
      if (of_plan) continue;
      const Node* mark = cite->child(NodeKind::check_mark);
      const Confidence own = mark == nullptr ? Confidence::unmarked : confidence_of(mark->op);
      weakest = weakest ? std::max(*weakest, own) : own;
    }
    return weakest ? weakest : around;
  }

  [[nodiscard]] std::string tree_literal(const Node& label) const {
    const Node* text = label.kind == NodeKind::text ? &label : label.child(NodeKind::text);
    return text == nullptr ? std::string() : tree_.literal(*text).text;
  }

  const syntax::Tree& tree_;
  const std::string& plan_;
  std::vector<Figure> figures_;
};

// ---- versions

class Reporter {
 public:
  Reporter(const Compiled& compiled, const MeasureTable& table, Day day)
      : compiled_(compiled), table_(table), day_(day) {
    for (const auto& tree : compiled.trees) figures_[tree->file()] = FigureFinder(*tree, table.plan).find();
  }

  MeasureReport report() {
    for (const model::Program& program : compiled_.rulebook->programs) add(program);
    for (const model::Standard& standard : compiled_.rulebook->standards) add(standard);
    for (const model::Targets& targets : compiled_.rulebook->targets) add(targets);
    for (const model::Group& group : compiled_.rulebook->groups) add(group);
    add_tables();
    add_file_values();
    std::stable_sort(report_.served.begin(), report_.served.end(),
                     [](const Served& a, const Served& b) { return a.file < b.file; });
    find_gaps();
    return std::move(report_);
  }

 private:
  Served& serve(Served::Kind kind, const model::Name& name, const model::Label& label) {
    Served& served = report_.served.emplace_back();
    served.kind = kind;
    served.name = name.primary;
    served.label = label;
    served.file = compiled_.sources.file(name.span.file).path();
    return served;
  }

  void take_articles(const std::vector<Citation>& citations, Served& into) {
    for (const Citation& c : citations) {
      if (plain(c.title) != table_.plan) continue;
      for (const model::Template& article : c.articles) {
        const std::string text = plain(article);
        if (std::find(into.articles.begin(), into.articles.end(), text) == into.articles.end())
          into.articles.push_back(text);
      }
    }
  }

  // The weakest paper; the plan itself only where there is no other.
  [[nodiscard]] Confidence weakest(const std::vector<Citation>& citations) const {
    std::optional<Confidence> found, of_plan;
    for (const Citation& c : citations) {
      auto& into = plain(c.title) == table_.plan ? of_plan : found;
      into = into ? std::max(*into, confidence_of(c.check)) : confidence_of(c.check);
    }
    return found ? *found : of_plan.value_or(Confidence::unmarked);
  }

  [[nodiscard]] bool governs(const model::Bound& from, const model::Bound& to) const {
    return (!from.day || *from.day <= day_) && (!to.day || day_ <= *to.day);
  }

  // Figures written inside any of the places, each once.
  [[nodiscard]] FigureCounts count(const std::vector<Span>& places, Confidence otherwise) const {
    std::set<std::pair<FileId, std::uint32_t>> seen;
    FigureCounts counts{};
    for (const Span& place : places) {
      const auto file = figures_.find(place.file);
      if (file == figures_.end()) continue;
      const auto first = std::lower_bound(file->second.begin(), file->second.end(), place.begin,
                                          [](const Figure& f, std::uint32_t at) { return f.begin < at; });
      for (auto f = first; f != file->second.end() && f->begin < place.end; ++f) {
        if (seen.emplace(place.file, f->begin).second) ++counts[static_cast<std::size_t>(f->own.value_or(otherwise))];
      }
    }
    return counts;
  }

  static void add_counts(FigureCounts& to, const FigureCounts& more) {
    for (std::size_t i = 0; i < kConfidences; ++i) to[i] += more[i];
  }

  // `spans` of what a version consists of, amendments merged in.
  template <class Dated>
  void add_dated(const Dated& dated, const std::vector<Span>& spans, Served& served,
                 const FigureCounts& of_files = {}) {
    take_articles(dated.citations, served);
    FigureCounts counts = count(spans, weakest(dated.citations));
    add_counts(counts, of_files);
    add_counts(served.figures, counts);
    if (governs(dated.from, dated.to)) add_counts(served.in_force, counts);
  }

  template <class... Lists>
  static std::vector<Span> spans_of(const Lists&... lists) {
    std::vector<Span> spans;
    const auto take = [&](const auto& list) {
      for (const auto& one : list) spans.push_back(one.span);
    };
    (take(lists), ...);
    return spans;
  }

  void take_tables(const std::vector<const model::Table*>& tables, std::vector<Span>& spans) {
    for (const model::Table* table : tables) {
      spans.push_back(table->span);
      in_versions_.insert(table);
    }
  }

  void add(const model::Program& program) {
    Served& served = serve(program.duty ? Served::duty : Served::program, program.name, program.label);
    for (const model::Version& v : program.versions) {
      std::vector<Span> spans = spans_of(v.requirements, v.lets, v.ensures, v.documents, v.obligations);
      spans.insert(spans.end(), v.aside.begin(), v.aside.end());
      take_tables(v.tables, spans);
      if (v.amount) {
        spans.push_back(v.amount->span);
        for (const model::Part& part : v.amount->parts) spans.push_back(part.span);
        if (v.amount->shares) spans.push_back(v.amount->shares->written);
      }
      if (v.deadline != nullptr) spans.push_back(v.deadline->span);
      add_dated(v, spans, served);
    }
  }

  void add(const model::Standard& standard) {
    Served& served = serve(Served::standard, standard.name, standard.label);
    for (const model::Edition& e : standard.editions) {
      std::vector<Span> spans = spans_of(e.gradings, e.lets, e.requirements, e.complies, e.checks, e.results);
      take_tables(e.tables, spans);
      if (e.applies != nullptr) spans.push_back(e.applies->span);
      FigureCounts of_files{};
      for (const model::Grading& g : e.gradings) {
        for (const model::Row& row : g.rows) {
          if (figures_.count(row.span.file) == 0) count_cells(row, weakest(e.citations), of_files);
        }
      }
      add_dated(e, spans, served, of_files);
    }
  }

  void add(const model::Targets& targets) {
    Served& served = serve(Served::targets, targets.name, targets.label);
    take_articles(targets.citations, served);
    std::vector<Span> spans = spans_of(targets.rows, targets.lets);
    if (targets.counted_from != nullptr) spans.push_back(targets.counted_from->span);
    served.figures = served.in_force = count(spans, weakest(targets.citations));
  }

  // Statements before the versions hold in each of them, and where there is none.
  void add(const model::Group& group) {
    Served& served = serve(Served::group, group.name, group.label);
    take_articles(group.citations, served);
    for (const model::GroupVersion& v : group.versions) add(v, served);
    if (!group.versions.empty()) return;
    FigureCounts counts = count(spans_of(group.base), weakest(group.citations));
    served.figures = served.in_force = counts;
  }
  void add(const model::GroupVersion& version, Served& served) { add_dated(version.head, spans_of(version), served); }
  static std::vector<Span> spans_of(const model::GroupVersion& version) {
    std::vector<Span> spans = spans_of(version.exclusions, version.head.lets);
    if (version.total != nullptr) spans.push_back(version.total->span);
    return spans;
  }

  // Tables of files: on their own papers. Those read from data files by the figures of their cells.
  void add_tables() {
    for (const model::Table& table : compiled_.rulebook->tables) {
      if (in_versions_.count(&table) != 0) continue;
      const Confidence own = weakest(table.citations);
      add_counts(report_.tables_in_force, count({table.span}, own));
      for (const model::Row& row : table.rows) {
        if (figures_.count(row.span.file) == 0) count_cells(row, own, report_.tables_in_force);
      }
    }
  }
  // Values that a file names with a paper of their own. What has none, such as how exactly a root is worked out, is no
  // figure of a policy.
  void add_file_values() {
    for (const auto& tree : compiled_.trees) {
      for (const Node* node : tree->root().children) {
        if (node->kind != NodeKind::let || node->child(NodeKind::cite) == nullptr) continue;
        add_counts(report_.tables_in_force, count({tree->span(*node)}, Confidence::unmarked));
      }
    }
  }
  // The ends that a key cell writes, and the figure of a result cell.
  static void count_cells(const model::Row& row, Confidence otherwise, FigureCounts& counts) {
    const Confidence own = row.check == Citation::unchecked ? otherwise : confidence_of(row.check);
    for (const model::Pattern& key : row.keys) {
      for (const model::Pattern::Interval& i : key.intervals) {
        const bool point = i.low && i.high && compare(*i.low, *i.high) == 0;
        counts[static_cast<std::size_t>(own)] += (i.low ? 1U : 0U) + (i.high && !point ? 1U : 0U);
      }
    }
    for (const model::ResultCell& cell : row.results) {
      if (cell.kind != model::ResultCell::value || cell.expr == nullptr || cell.expr->kind != model::ExprKind::number)
        continue;
      ++counts[static_cast<std::size_t>(cell.doubt.doubtful ? Confidence::unverified : own)];
    }
  }

  void find_gaps() {
    std::set<std::string> cited;
    for (const Served& served : report_.served) cited.insert(served.articles.begin(), served.articles.end());
    for (const std::string& article : cited) {
      const bool known = std::any_of(table_.measures.begin(), table_.measures.end(),
                                     [&](const Measure& m) { return m.article == article; });
      if (!known) report_.unknown.push_back(article);
    }
    for (const Measure& measure : table_.measures) {
      if (measure.reason.empty() && cited.count(measure.article) == 0) report_.unexplained.push_back(measure.article);
    }
  }

  const Compiled& compiled_;
  const MeasureTable& table_;
  Day day_;
  std::map<FileId, std::vector<Figure>> figures_;
  std::set<const model::Table*> in_versions_;
  MeasureReport report_;
};

// ---- the page

struct Words {
  const char *zh, *en;
};
constexpr std::array<Words, kConfidences> kConfidenceWords{
    {{"已核对", "verified"}, {"未标明", "unmarked"}, {"转引", "secondhand"}, {"未核对", "unverified"}}};
constexpr std::array<Words, 5> kKindWords{
    {{"项目", "programme"}, {"标准", "standard"}, {"义务", "duty"}, {"目标", "targets"}, {"组合", "group"}}};

std::string shown_counts(const FigureCounts& counts) {
  std::string out;
  for (std::size_t i = 0; i < kConfidences; ++i) {
    if (counts[i] == 0) continue;
    out += (out.empty() ? "" : "、") + std::string(kConfidenceWords[i].zh) + " " + kConfidenceWords[i].en + " " +
           std::to_string(counts[i]);
  }
  return out.empty() ? "没有数值 no figures" : out;
}

// 项目 … · programme …(`name`)
std::string shown(const Served& served) {
  const Words& kind = kKindWords[served.kind];
  const model::Label& label = served.label;
  const std::string zh = label.zh.empty() ? label.en : label.zh;
  std::string out = std::string(kind.zh) + " " + (zh.empty() ? served.name : zh);
  if (!label.zh.empty() && !label.en.empty()) out += " · " + std::string(kind.en) + " " + label.en;
  return out + "(`" + served.name + "`)";
}

std::string link(const std::string& file) {
  return "[" + file + "](" + file + ")";
}

void add_measure(const Measure& measure, const MeasureReport& report, std::string& page) {
  page += "| " + measure.article + " | " + measure.title + " | ";
  std::string files, decides;
  FigureCounts figures{};
  for (const Served& served : report.served) {
    if (std::find(served.articles.begin(), served.articles.end(), measure.article) == served.articles.end()) continue;
    if (files.find(link(served.file)) == std::string::npos) files += (files.empty() ? "" : "<br>") + link(served.file);
    decides += (decides.empty() ? "" : "<br>") + shown(served);
    for (std::size_t i = 0; i < kConfidences; ++i) figures[i] += served.figures[i];
  }
  page += (files.empty() ? "—" : files) + " | " + decides;
  if (!measure.reason.empty()) page += (decides.empty() ? "" : "<br>") + measure.reason;
  page += " | " + (files.empty() ? std::string("—") : shown_counts(figures)) + " |\n";
}

}  // namespace

std::optional<MeasureTable> read_measures(std::string_view csv) {
  MeasureTable table;
  std::size_t begin = 0;
  while (begin < csv.size()) {
    std::string_view line = csv.substr(begin, csv.find('\n', begin) - begin);
    begin += line.size() + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::size_t first = line.find(',');
    const std::size_t second = first == std::string_view::npos ? first : line.find(',', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    Measure measure{std::string(line.substr(0, first)), std::string(line.substr(first + 1, second - first - 1)),
                    std::string(line.substr(second + 1))};
    if (table.plan.empty()) {
      table.plan = measure.article;
    } else {
      table.measures.push_back(std::move(measure));
    }
  }
  return table.plan.empty() ? std::nullopt : std::optional(table);
}

MeasureReport report_measures(const Compiled& compiled, const MeasureTable& table, Day day) {
  return Reporter(compiled, table, day).report();
}

std::string measures_page(const MeasureReport& report, const MeasureTable& table, Day day) {
  std::string page = "<!-- guiju measures --as-at " + to_iso(day) + " -->\n";
  page += "# 措施与规则 · Measures and their rules\n\n";
  page += "由 `guiju measures` 从规则文件和 [measures.csv](measures.csv) 生成,不要手改。规则以 `依据 \"" + table.plan +
          "\" \"措施 N\"` 写明服务于哪一项。\n\n";
  page +=
      "Written by `guiju measures` from the rule files and [measures.csv](measures.csv); not to be edited by hand. A "
      "rule says whom "
      "it serves by citing the plan: `cite \"" +
      table.plan + "\" \"措施 N\"`.\n\n";
  page +=
      "| 条款 Article | 内容 Title | 规则文件 Files | 判定什么;不判定的原因 Decides, or why not | 数值的把握 "
      "Confidence of the figures |\n";
  page += "| --- | --- | --- | --- | --- |\n";
  for (const Measure& measure : table.measures) add_measure(measure, report, page);
  FigureCounts versions{};
  FigureCounts all = report.tables_in_force;
  for (const Served& served : report.served) {
    for (std::size_t i = 0; i < kConfidences; ++i) versions[i] += served.in_force[i], all[i] += served.in_force[i];
  }
  page += "\n## 施行中的数值 · Figures in force on " + to_iso(day) + "\n\n";
  page +=
      "每个写在规则中的数、比例、数量和日期计一次,按它所在的行、语句或版本的依据归类;依据不止一份的,"
      "取把握最小的一份。\n\n"
      "Every number, percentage, quantity and day that is written in the rules counts once, by the mark of its row, "
      "else by the weakest "
      "paper of its statement or version.\n\n";
  page +=
      "| 把握 Confidence | 版本、版次、目标 Versions, editions, targets | 文件中的表和值 Tables and values of files | "
      "合计 Sum |\n| --- | "
      "--- | --- | --- |\n";
  for (std::size_t i = 0; i < kConfidences; ++i) {
    page += "| " + std::string(kConfidenceWords[i].zh) + " " + kConfidenceWords[i].en + " | " +
            std::to_string(versions[i]) + " | " + std::to_string(report.tables_in_force[i]) + " | " +
            std::to_string(all[i]) + " |\n";
  }
  std::size_t sum = 0;
  for (const std::size_t n : all) sum += n;
  page += "| 合计 Sum | | | " + std::to_string(sum) + " |\n";
  return page;
}

}  // namespace guiju::compiler
