// A queue of files rather than a recursion: a chain of `use` may be as long as there are files.
#include "compiler/load.hpp"

#include <algorithm>
#include <unordered_map>

#include "compiler/paths.hpp"
#include "diagnostics/codes.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"

namespace guiju::compiler {
namespace {

using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

struct UseEdge {
  std::size_t target;
  Span span;
};

// What `use` and `from` name, wherever it stands in the file.
struct NamedFiles {
  std::vector<const Node*> used, data;
};

void find_named_files(const Node& node, NamedFiles& found) {
  const bool names_rules = node.kind == NodeKind::use_file;
  const bool names_data =
      node.kind == NodeKind::table_decl || node.kind == NodeKind::catalogue_decl || node.kind == NodeKind::grading;
  if ((names_rules || names_data) && !node.has(syntax::kHasError)) {
    if (const Node* text = node.child(NodeKind::text)) (names_rules ? found.used : found.data).push_back(text);
  }
  for (const Node* child : node.children) {
    if (!child->children.empty() && !syntax::is_expression(child->kind)) find_named_files(*child, found);
  }
}

std::shared_ptr<const Parsed> parse_file(const std::string& path, std::string text, const syntax::Limits& limits) {
  SourceSet alone;
  Diagnostics findings;
  const FileId file = alone.add(path, std::move(text));
  Tree tree = syntax::parse(syntax::lex(alone, file, limits, findings), limits, findings);
  return std::make_shared<const Parsed>(Parsed{alone.file(file), limits, std::move(tree), std::move(findings)});
}

class Loader {
 public:
  Loader(const FileReader& reader, const syntax::Limits& limits, SourceSet& sources, Diagnostics& diagnostics,
         Cache* cache)
      : reader_(reader), limits_(limits), sources_(sources), diagnostics_(diagnostics), cache_(cache) {}

  void request(const std::string& path) {
    const ResolvedPath resolved = normalise_path(path);
    if (const auto index = module_at(resolved, path, {})) loaded_.modules[*index].requested = true;
  }

  Loaded finish() {
    for (std::size_t i = 0; i < loaded_.modules.size(); ++i) follow(i);  // grows while it runs
    report_circles();
    return std::move(loaded_);
  }

 private:
  std::string identity(const std::string& path) const { return reader_.identity ? reader_.identity(path) : path; }

  bool fits_another(const Span& span) {
    if (sources_.size() < limits_.files) return true;
    diagnostics_.add(Code::too_many_files, span, {std::to_string(limits_.files)});
    return false;
  }

  // A file may be there, and a link on the way to it lead out of the root.
  void not_read(const std::string& path, const std::string& written, const Span& span) {
    const bool leaves = reader_.leaves_root && reader_.leaves_root(path);
    const Code code = leaves ? Code::path_leaves_root : Code::file_not_read;
    diagnostics_.add(code, span, {leaves ? "\"" + written + "\"" : written});
  }

  // Reports a path that cannot be followed.
  bool usable(const ResolvedPath& resolved, const std::string& written, const Span& span) {
    if (resolved.fault == ResolvedPath::none) return true;
    const Code code = resolved.fault == ResolvedPath::form ? Code::path_form : Code::path_leaves_root;
    diagnostics_.add(code, span, {"\"" + written + "\""});
    return false;
  }

  std::shared_ptr<const Parsed> parsed(const std::string& path, std::string text) {
    if (cache_ == nullptr) return parse_file(path, std::move(text), limits_);
    auto known = cache_->find(path, text, limits_);
    if (known != nullptr) return known;
    known = parse_file(path, std::move(text), limits_);
    cache_->keep(known);
    return known;
  }

  // Reads and parses the file unless that was done already. `span` is where it is named.
  std::optional<std::size_t> module_at(const ResolvedPath& resolved, const std::string& written, const Span& span) {
    if (!usable(resolved, written, span)) return std::nullopt;
    const std::string path = identity(resolved.path);
    if (const auto seen = module_by_path_.find(path); seen != module_by_path_.end()) return seen->second;
    if (!fits_another(span)) return std::nullopt;
    auto bytes = reader_.read(path);
    if (!bytes) {
      not_read(path, written, span);
      return std::nullopt;
    }
    const auto known = parsed(path, std::move(*bytes));
    const FileId file = sources_.add(known->source);
    diagnostics_.append(known->findings, file);
    loaded_.trees.push_back(std::make_unique<Tree>(known->tree, file));
    model::Module module;
    module.tree = loaded_.trees.back().get();
    module.requested = false;
    loaded_.modules.push_back(std::move(module));
    edges_.emplace_back();
    return module_by_path_.emplace(path, loaded_.modules.size() - 1).first->second;
  }

  void follow(std::size_t index) {
    const Tree& tree = *loaded_.trees[index];
    const std::string path = sources_.file(tree.file()).path();
    NamedFiles named;
    find_named_files(tree.root(), named);
    for (const Node* text : named.used) {
      const std::string& written = tree.literal(*text).text;
      const Span span = tree.span(*text);
      const auto used = module_at(resolve_path(path, written, reader_.root), written, span);
      if (!used) continue;
      auto& uses = loaded_.modules[index].uses;
      if (std::find(uses.begin(), uses.end(), *used) != uses.end()) continue;
      uses.push_back(*used);
      edges_[index].push_back({*used, span});
    }
    for (const Node* text : named.data) load_data(index, path, tree, *text);
  }

  void load_data(std::size_t index, const std::string& path, const Tree& tree, const Node& text) {
    const std::string& written = tree.literal(text).text;
    const Span span = tree.span(text);
    const ResolvedPath resolved = resolve_path(path, written, reader_.root);
    if (!usable(resolved, written, span)) return;
    const std::string data_path = identity(resolved.path);
    auto known = data_by_path_.find(data_path);
    if (known == data_by_path_.end()) {
      if (!fits_another(span)) return;
      auto bytes = reader_.read(data_path);
      if (!bytes) return not_read(data_path, written, span);
      if (bytes->size() > limits_.data_bytes) {
        diagnostics_.add(Code::data_file_too_large, span, {std::to_string(limits_.data_bytes), written});
        return;
      }
      known = data_by_path_.emplace(data_path, sources_.add(data_path, std::move(*bytes))).first;
    }
    loaded_.modules[index].data_files.emplace(written, known->second);
  }

  // Depth first with an explicit stack; an edge to a file that is still open closes a circle.
  void report_circles() {
    enum class State : std::uint8_t { unseen, open, closed };
    std::vector<State> states(edges_.size(), State::unseen);
    struct Visit {
      std::size_t file;
      std::size_t next_edge = 0;
    };
    for (std::size_t start = 0; start < edges_.size(); ++start) {
      if (states[start] != State::unseen) continue;
      std::vector<Visit> stack{{start}};
      states[start] = State::open;
      while (!stack.empty()) {
        Visit& visit = stack.back();
        if (visit.next_edge == edges_[visit.file].size()) {
          states[visit.file] = State::closed;
          stack.pop_back();
          continue;
        }
        const UseEdge& edge = edges_[visit.file][visit.next_edge++];
        if (states[edge.target] == State::unseen) {
          states[edge.target] = State::open;
          stack.push_back({edge.target});
        } else if (states[edge.target] == State::open) {
          const auto first =
              std::find_if(stack.begin(), stack.end(), [&](const Visit& v) { return v.file == edge.target; });
          std::string circle;
          for (auto v = first; v != stack.end(); ++v) circle += path_of(v->file) + " \u2192 ";
          diagnostics_.add(Code::circular_use, edge.span, {circle + path_of(edge.target)});
        }
      }
    }
  }

  const std::string& path_of(std::size_t index) const { return sources_.file(loaded_.trees[index]->file()).path(); }

  const FileReader& reader_;
  const syntax::Limits& limits_;
  SourceSet& sources_;
  Diagnostics& diagnostics_;
  Cache* cache_;
  Loaded loaded_;
  std::vector<std::vector<UseEdge>> edges_;  // by module
  std::unordered_map<std::string, std::size_t> module_by_path_;
  std::unordered_map<std::string, FileId> data_by_path_;
};

std::uint32_t bounded(std::uint32_t wanted, std::uint32_t usual, std::uint32_t most) {
  return wanted == 0 ? usual : std::min(wanted, most);
}

}  // namespace

syntax::Limits effective(syntax::Limits limits) {
  const syntax::Limits usual;
  constexpr std::uint32_t most_bytes = 64U << 20U;
  limits.source_bytes = bounded(limits.source_bytes, usual.source_bytes, most_bytes);
  limits.nesting = bounded(limits.nesting, usual.nesting, 256);
  limits.messages = bounded(limits.messages, usual.messages, 10'000);
  limits.tokens = bounded(limits.tokens, usual.tokens, 20'000'000);
  limits.data_bytes = bounded(limits.data_bytes, usual.data_bytes, most_bytes);
  limits.files = bounded(limits.files, usual.files, 100'000);
  return limits;
}

Loaded load(const std::vector<std::string>& files, const FileReader& reader, const syntax::Limits& limits,
            SourceSet& sources, Diagnostics& diagnostics, Cache* cache) {
  if (files.empty()) diagnostics.add(Code::no_rule_files, {});
  Loader loader(reader, limits, sources, diagnostics, cache);
  for (const std::string& file : files) loader.request(file);
  return loader.finish();
}

}  // namespace guiju::compiler
