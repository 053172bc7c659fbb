// Numbered stand-ins rather than keyed hashes: there is no key to keep, and nobody can try out identity numbers, of
// which there are few, against a receipt.
#include "receipt/mask.hpp"

#include <algorithm>
#include <set>

namespace guiju::receipt {
namespace {

using plan::FieldInfo;
using plan::Index;
using plan::kNone;
using plan::Layout;
using plan::SlotClass;

constexpr std::size_t kMostStandIns = kLargest;  // no receipt has room for more
const std::string kStandIn = "masked-";

// The number of a stand-in; 0: it is none.
std::size_t number_of(const std::string& text) {
  if (!text.starts_with(kStandIn)) return 0;
  std::size_t number = 0;
  for (std::size_t i = kStandIn.size(); i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9' || number > kMostStandIns) return 0;
    number = number * 10 + static_cast<std::size_t>(text[i] - '0');
  }
  return text == kStandIn + std::to_string(number) ? number : 0;
}

bool is_named(const FieldInfo& field, std::string_view name) {
  return field.path == name || std::find(field.aliases.begin(), field.aliases.end(), name) != field.aliases.end();
}

class Masking {
 public:
  explicit Masking(const run::Facts& facts) : facts_(facts) { collect_texts(facts.row(), facts.layout()); }

  // False where there is no such text; `why_` then says so.
  bool add(const std::string& path) {
    std::vector<Index> way;
    if (!find(facts_.layout(), path, way)) {
      why_ = {"没有这一项事实,无法隐去:" + path, "no such fact to mask: " + path};
      return false;
    }
    const Layout* layout = &facts_.layout();
    std::string name;
    const FieldInfo* field = nullptr;
    for (const Index step : way) {
      field = &layout->fields[step];
      if (!field->path.empty()) name += (name.empty() ? "" : ".") + field->path;
      if (field->cls == SlotClass::list) layout = &facts_.plan().layouts[field->element];
    }
    if (field->cls != SlotClass::text) {
      why_ = {"只能隐去文字(规则只比较文字是否相同):" + path,
              "only texts can be masked, which rules compare for equality alone: " + path};
      return false;
    }
    mask_.paths.push_back(name);
    replace(facts_.row(), facts_.layout(), way, 0, "");
    return true;
  }

  Or<Mask> take() { return std::move(mask_); }
  // What stands at the paths, in the order in which it is replaced.
  [[nodiscard]] const std::vector<std::string>& found() const { return found_; }
  [[nodiscard]] const plan::LocalText& why() const { return why_; }

 private:
  // The way to a field, list by list: "claims.buyer_id" is in the entries of "claims".
  bool find(const Layout& layout, std::string_view path, std::vector<Index>& way) const {
    for (Index i = 0; i < layout.fields.size(); ++i) {
      const FieldInfo& field = layout.fields[i];
      const bool named = is_named(field, path);
      if (named && field.cls != SlotClass::list) return way.push_back(i), true;
      if (field.cls != SlotClass::list) continue;
      const auto rest = rest_behind(field, path);
      if (!named && !rest) continue;
      way.push_back(i);
      if (find(facts_.plan().layouts[field.element], rest.value_or(std::string_view()), way)) return true;
      if (named) return true;  // the list itself, which is no text
      way.pop_back();
    }
    return false;
  }

  static std::optional<std::string_view> rest_behind(const FieldInfo& list, std::string_view path) {
    const auto behind = [&](const std::string& name) {
      return path.size() > name.size() && path.starts_with(name) && path[name.size()] == '.';
    };
    if (behind(list.path)) return path.substr(list.path.size() + 1);
    const auto alias = std::find_if(list.aliases.begin(), list.aliases.end(), behind);
    if (alias == list.aliases.end()) return std::nullopt;
    return path.substr(alias->size() + 1);
  }

  void collect_texts(const run::FactRow& row, const Layout& layout) {
    for (Index i = 0; i < layout.fields.size(); ++i) {
      const run::FactValue& value = row.values[i];
      if (value.state != run::FactState::known) continue;
      if (layout.fields[i].cls == SlotClass::text) texts_.insert(value.text);
      if (layout.fields[i].cls != SlotClass::list) continue;
      for (const auto& entry : value.list->entries)
        collect_texts(entry, facts_.plan().layouts[layout.fields[i].element]);
    }
  }

  void replace(const run::FactRow& row, const Layout& layout, const std::vector<Index>& way, std::size_t step,
               const std::string& prefix) {
    const FieldInfo& field = layout.fields[way[step]];
    const run::FactValue& value = row.values[way[step]];
    const std::string path = prefix.empty() || field.path.empty() ? prefix + field.path : prefix + "." + field.path;
    if (step + 1 == way.size()) {
      if (value.state == run::FactState::known) stand_in_for(value.text);
      if (value.state == run::FactState::bad) stand_in_for(came_as(path));
      return;
    }
    if (value.state != run::FactState::known) return;
    for (std::size_t i = 0; i < value.list->entries.size(); ++i) {
      replace(value.list->entries[i], facts_.plan().layouts[field.element], way, step + 1,
              path + "[" + std::to_string(i) + "]");
    }
  }

  std::string came_as(const std::string& path) const {
    const auto& bad = facts_.bad();
    const auto found = std::find_if(bad.begin(), bad.end(), [&](const run::BadFact& b) { return b.path == path; });
    return found == bad.end() ? std::string() : found->got;
  }

  void stand_in_for(const std::string& text) {
    if (mask_.replaced.contains(text)) return;
    found_.push_back(text);
    std::string name;
    do {
      name = kStandIn + std::to_string(++last_);
    } while (texts_.contains(name));
    mask_.replaced.emplace(text, std::move(name));
  }

  const run::Facts& facts_;
  std::set<std::string, std::less<>> texts_;  // of the case: no stand-in may be one of them
  std::vector<std::string> found_;
  std::size_t last_ = 0;
  Mask mask_;
  plan::LocalText why_;
};

}  // namespace

Or<Mask> mask(const run::Facts& facts, const std::vector<std::string>& paths) {
  Masking masking(facts);
  for (const std::string& path : paths) {
    if (!masking.add(path)) return masking.why();
  }
  return masking.take();
}

bool is_masked(const run::Facts& facts, const std::vector<std::string>& paths) {
  Masking masking(facts);
  for (const std::string& path : paths) {
    if (!masking.add(path)) return false;
  }
  std::size_t last = 0;
  for (const std::string& text : masking.found()) {
    const std::size_t number = number_of(text);
    if (number <= last) return false;
    last = number;
  }
  return masking.take()->paths == paths;
}

}  // namespace guiju::receipt
