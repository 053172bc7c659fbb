// See unread_groups.hpp. Only files in which a group and the name of a programme stand are parsed.
#include "compiler/unread_groups.hpp"

#include <algorithm>
#include <set>

#include "compiler/paths.hpp"
#include "diagnostics/codes.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"
#include "syntax/token.hpp"

namespace guiju::compiler {
namespace {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

constexpr std::size_t kMostFiles = 4096;  // that are looked through

struct Declared {
  std::string file;
  std::vector<std::string> names;  // the first, and the others
  Span span;
};

// Of a declaration: the first, and those in other languages.
std::vector<std::string> names_of(const Tree& tree, const Node& declaration) {
  std::vector<std::string> out;
  const Node* declared = declaration.child(NodeKind::declared_name);
  if (declared == nullptr) return out;
  for (const Node* child : declared->children) {
    const bool is_alias = child->kind == NodeKind::alias && !child->children.empty();
    const Node* name = is_alias ? child->children.back() : child;
    if (name->kind == NodeKind::name) out.emplace_back(tree.name_text(*name));
  }
  return out;
}

std::vector<Declared> programs_of(const Compiled& compiled) {
  std::vector<Declared> out;
  for (const auto& tree : compiled.trees) {
    for (const Node* child : tree->root().children) {
      if (child->kind != NodeKind::program_decl) continue;
      std::vector<std::string> names = names_of(*tree, *child);
      if (names.empty()) continue;
      const Span span = tree->span(*child->child(NodeKind::declared_name));
      out.push_back({compiled.sources.file(tree->file()).path(), std::move(names), span});
    }
  }
  return out;
}

// The programmes that a group names, without the names of files before them.
void add_members(const Tree& tree, const Node& node, std::vector<std::string>& out) {
  for (const Node* child : node.children) {
    if (child->kind == NodeKind::group_programs) {
      for (const Node* name : child->all(NodeKind::qualified_name)) {
        const auto parts = name->all(NodeKind::name);
        if (!parts.empty()) out.emplace_back(tree.name_text(*parts.back()));
      }
      for (const Node* name : child->all(NodeKind::name)) out.emplace_back(tree.name_text(*name));
    } else if (!child->children.empty()) {
      add_members(tree, *child, out);
    }
  }
}

std::set<std::string> used_by(const Tree& tree, const std::string& path, const std::string& root) {
  std::set<std::string> out;
  for (const Node* child : tree.root().children) {
    const Node* text = child->kind == NodeKind::use_file ? child->child(NodeKind::text) : nullptr;
    if (text == nullptr || child->has(syntax::kHasError)) continue;
    const ResolvedPath resolved = resolve_path(path, tree.literal(*text).text, root);
    if (resolved.fault == ResolvedPath::none) out.insert(resolved.path);
  }
  return out;
}

bool may_relate(const std::string& text, const std::vector<Declared>& programs) {
  const auto& word = syntax::info(Keyword::group);
  if (text.find(word.english) == std::string::npos && text.find(word.chinese) == std::string::npos) return false;
  return std::any_of(programs.begin(), programs.end(), [&](const Declared& program) {
    return std::any_of(program.names.begin(), program.names.end(),
                       [&](const std::string& name) { return text.find(name) != std::string::npos; });
  });
}

class Search {
 public:
  Search(const std::string& root, const syntax::Limits& limits, const std::vector<Declared>& programs,
         Diagnostics& diagnostics)
      : root_(root), limits_(limits), programs_(programs), diagnostics_(diagnostics) {}

  void look_into(const std::string& path, std::string text) {
    if (!may_relate(text, programs_)) return;
    SourceSet alone;
    Diagnostics ignored;
    const FileId file = alone.add(path, std::move(text));
    const Tree tree = syntax::parse(syntax::lex(alone, file, limits_, ignored), limits_, ignored);
    const std::set<std::string> used = used_by(tree, path, root_);
    for (const Node* child : tree.root().children) {
      if (child->kind == NodeKind::group_decl) tell(tree, *child, path, used);
    }
  }

 private:
  void tell(const Tree& tree, const Node& group, const std::string& path, const std::set<std::string>& used) {
    std::vector<std::string> members;
    add_members(tree, group, members);
    const std::vector<std::string> names = names_of(tree, group);
    for (const Declared& program : programs_) {
      const auto is_it = [&](const std::string& member) {
        return std::find(program.names.begin(), program.names.end(), member) != program.names.end();
      };
      if (!used.contains(program.file) || std::none_of(members.begin(), members.end(), is_it)) continue;
      std::string others;
      for (const std::string& member : members) {
        if (!is_it(member) && others.find(member) == std::string::npos) others += (others.empty() ? "" : ", ") + member;
      }
      diagnostics_.add(Code::group_not_read, program.span,
                       {program.names.front(), names.empty() ? std::string() : names.front(), path, others});
    }
  }

  const std::string& root_;
  const syntax::Limits& limits_;
  const std::vector<Declared>& programs_;
  Diagnostics& diagnostics_;
};

}  // namespace

void warn_of_unread_groups(const FileReader& reader, const syntax::Limits& limits, Compiled& compiled) {
  if (!reader.list || compiled.plan == nullptr) return;
  const std::vector<Declared> programs = programs_of(compiled);
  if (programs.empty()) return;
  std::set<std::string> read;
  for (FileId file = 0; file < compiled.sources.size(); ++file) read.insert(compiled.sources.file(file).path());
  Search search(reader.root, limits, programs, compiled.diagnostics);
  std::size_t looked = 0;
  for (const std::string& path : reader.list()) {
    if (read.contains(path)) continue;
    if (++looked > kMostFiles) return;
    if (auto text = reader.read(path); text && text->size() <= limits.source_bytes)
      search.look_into(path, std::move(*text));
  }
}

}  // namespace guiju::compiler
