// See csv_case.hpp.
#include "cli/csv_case.hpp"

#include <algorithm>

#include "diagnostics/suggest.hpp"
#include "json/writer.hpp"

namespace guiju::cli {

namespace {

constexpr std::string_view kAbsent = "null";

void append_text(std::string& out, std::string_view text) {
  out += '"';
  json::append_escaped(out, text);
  out += '"';
}

plan::LocalText no_such_fact(const plan::Layout& layout, const std::string& path) {
  std::vector<std::string> known;
  for (const plan::FieldInfo& field : layout.fields) {
    known.push_back(field.path);
    known.insert(known.end(), field.aliases.begin(), field.aliases.end());
  }
  const auto near = nearest_name(path, known);
  return {"表头:没有这一项事实:" + path + (near ? ",是否想写 " + *near + "?" : std::string()),
          "header: no such fact: " + path + (near ? "; did you mean " + *near + "?" : std::string())};
}

}  // namespace

CsvCase::CsvCase(const plan::Layout& layout, const json::FactNames& names, const std::vector<std::string>& header,
                 plan::LocalText& fault)
    : width_(header.size()) {
  for (std::size_t cell = 0; cell < header.size() && fault.zh.empty(); ++cell)
    add(layout, names, header[cell], cell, fault);
}

void CsvCase::add(const plan::Layout& layout, const json::FactNames& names, const std::string& path, std::size_t cell,
                  plan::LocalText& fault) {
  Node* place = &root_;
  std::uint32_t at = json::FactNames::kRoot;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const auto found = names.node(at).names.find(std::string_view(path).substr(begin, end - begin));
    if (found == names.node(at).names.end()) {
      fault = no_such_fact(layout, path);
      return;
    }
    at = found->second;
    const json::FactNames::Node& name = names.node(at);
    std::string key;
    append_text(key, name.name);
    key += ':';
    const auto same = std::find_if(place->children.begin(), place->children.end(),
                                   [&](const Node& child) { return child.key == key; });
    if (same == place->children.end()) {
      place->children.push_back({key, {}, false, name.field != plan::kNone && !name.children.empty(), {}});
      place = &place->children.back();
    } else {
      place = &*same;
    }
    begin = end + 1;
  }
  const json::FactNames::Node& name = names.node(at);
  if (!name.children.empty()) {
    fault = {"表头:" + path + " 不是单项事实,请写其中各项", "header: " + path + " is no single fact; name those in it"};
    return;
  }
  if (place->cell) {
    fault = {"表头:同一项写了两次:" + path, "header: the same fact stands twice: " + path};
    return;
  }
  place->cell = cell;
  place->is_list = layout.fields[name.field].cls == plan::SlotClass::list;
}

CsvCase::Filled CsvCase::filled(const Node& node, const std::vector<std::string>& cells) {
  if (node.cell) {
    if (cells[*node.cell].empty()) return Filled::nothing;
    return cells[*node.cell] == kAbsent ? Filled::absent : Filled::something;
  }
  bool all_empty = true;
  bool all_absent = true;
  for (const Node& child : node.children) {
    const Filled one = filled(child, cells);
    all_empty = all_empty && one == Filled::nothing;
    all_absent = all_absent && one == Filled::absent;
  }
  if (all_empty) return Filled::nothing;
  return all_absent && node.is_optional ? Filled::absent : Filled::something;
}

void CsvCase::append(std::string& out, const Node& node, const std::vector<std::string>& cells) {
  if (node.cell) {
    const std::string& cell = cells[*node.cell];
    const bool is_json = node.is_list && (cell.starts_with('[') || cell.starts_with('{'));
    if (is_json || cell == kAbsent) {
      out += cell;
    } else {
      append_text(out, cell);
    }
    return;
  }
  out += '{';
  bool first = true;
  for (const Node& child : node.children) {
    const Filled what = filled(child, cells);
    if (what == Filled::nothing) continue;
    if (!first) out += ',';
    first = false;
    out += child.key;
    if (what == Filled::absent) {
      out += kAbsent;
    } else {
      append(out, child, cells);
    }
  }
  out += '}';
}

std::string CsvCase::json(const std::vector<std::string>& cells) const {
  std::string out;
  append(out, root_, cells);
  return out;
}

}  // namespace guiju::cli
