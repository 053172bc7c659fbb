// The on-demand reader of simdjson hands out raw tokens, so numbers keep their digits and nothing passes through a
// double. It checks a document only as far as it is walked; this reader therefore walks all of it, what it skips too,
// and looks for text after the end.
#include "json/read_facts.hpp"

#include <simdjson.h>

#include <algorithm>

#include "diagnostics/suggest.hpp"
#include "json/broken.hpp"
#include "json/outlines.hpp"
#include "json/written.hpp"

namespace guiju::json {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::string_view kDocumentsKey = "documents";
constexpr std::size_t kMostRefusals = 100;  // more than anybody reads

plan::LocalText both(std::string zh, std::string en) {
  return {std::move(zh), std::move(en)};
}

// Where a value stands, put into words only where something is wrong with it.
struct Path {
  const Path* up = nullptr;
  std::string_view name;

  [[nodiscard]] bool empty() const { return up == nullptr && name.empty(); }
  [[nodiscard]] std::string text() const {
    if (up == nullptr || up->empty()) return std::string(name);
    return up->text() + "." + std::string(name);
  }
};

}  // namespace

struct FactsReader::Memory {
  ondemand::parser parser;
  std::string text;  // with the room behind it that the parser wants
  const run::Facts* facts = nullptr;
  const plan::Layout* layout = nullptr;
  std::vector<run::FieldRef> fields;  // of the case, by field
  // A host writes case after case in one order: the name that stood here the last time is held against this one before
  // it is looked up.
  struct Step {
    const FactNames* names = nullptr;
    std::uint32_t record = 0, child = 0;
    std::string key;
  };
  std::vector<Step> steps;
  std::size_t step = 0;
  std::vector<std::uint32_t> seen;  // in the records that are open, one behind the other
  Outlines outlines;                // of the cases so far

  void hold(std::string_view json) {
    text.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    text.assign(json);
    step = 0;
    seen.clear();
  }
  // The child of a record; the root, which is nobody's child, where there is none of that name.
  std::uint32_t find_child(const FactNames& names, std::uint32_t record, std::string_view key) {
    constexpr std::size_t kMostSteps = 256;
    if (step < steps.size()) {
      const Step& last = steps[step];
      if (last.names == &names && last.record == record && last.key == key) return steps[step++].child;
    }
    const auto found = names.node(record).names.find(key);
    if (found == names.node(record).names.end()) return FactNames::kRoot;
    if (step < kMostSteps) {
      if (step == steps.size()) steps.emplace_back();
      steps[step++] = {&names, record, found->second, std::string(key)};
    }
    return found->second;
  }
  // For the facts that it is asked for again and again.
  void know(run::Facts& of) {
    if (facts == &of && layout == &of.layout()) return;
    facts = &of;
    layout = &of.layout();
    steps.clear();
    outlines.forget();
    fields.clear();
    for (plan::Index i = 0; i < layout->fields.size(); ++i) fields.push_back(of.at(i));
  }
  // A single large case does not keep its memory.
  void trim() {
    constexpr std::size_t kKept = 1U << 16U;
    if (text.capacity() <= kKept) return;
    text = {};
    parser = ondemand::parser();
  }
};

namespace {

class Reader {
 public:
  Reader(FactsReader::Memory& memory, run::Facts& facts, const ProgramNames& names, const ReadLimits& limits)
      : memory_(memory), facts_(facts), names_(names), limits_(limits) {}

  // With others: what this programme does not know is theirs.
  SharedReadResult read_shared(std::string_view text, const std::vector<std::string>& leave_out) {
    shared_ = true;
    leave_out_ = leave_out;
    ReadResult reading = read(text);
    return {std::move(reading), std::move(taken_), std::move(unknown_)};
  }

  // One of many cases of the same facts.
  ReadResult read_next(std::string_view text) {
    memory_.know(facts_);
    if (text.size() <= limits_.bytes && memory_.outlines.fits(text)) {
      for (const Outlines::Given& given : memory_.outlines.given()) take(given);
      for (const Outlines::Value& value : memory_.outlines.values())
        read_plain(memory_.fields[value.field], value.token);
      return std::move(result_);
    }
    memory_.outlines.begin();
    ReadResult reading = read(text);
    if (reading.clean()) memory_.outlines.learn(memory_.text);
    return reading;
  }

  ReadResult read(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.size() > limits_.bytes) {
      malformed("", std::to_string(text.size()) + " B",
                both("至多 " + std::to_string(limits_.bytes) + " 字节",
                     "at most " + std::to_string(limits_.bytes) + " bytes"));
      return std::move(result_);
    }
    memory_.hold(text);
    memory_.know(facts_);
    begin_ = memory_.text.data();
    size_ = memory_.text.size();
    ondemand::document document;
    ondemand::object object;
    auto error = memory_.parser.iterate(begin_, size_, memory_.text.capacity()).get(document);
    if (!error) error = document.get_object().get(object);
    if (error) {
      fault(error, nullptr);
      return std::move(result_);
    }
    read_record(object, Place{nullptr, 0}, names_.facts(), FactNames::kRoot, {}, 1);
    if (!result_.malformed) check_end(document);
    return std::move(result_);
  }

 private:
  // Where facts are set: the case, or one entry of a list.
  struct Place {
    const run::FieldRef* list;  // nullptr: the case
    std::size_t entry;
  };
  // `room` holds that of an entry.
  const run::FieldRef& field_at(const Place& place, plan::Index index, run::FieldRef& room) {
    if (place.list == nullptr) return memory_.fields[index];
    return room = facts_.entry_field(*place.list, place.entry, index);
  }

  // ---- what is wrong with the text as a whole ----

  void malformed(std::string path, std::string got, plan::LocalText allowed) {
    result_.malformed = true;
    result_.mistake = got.empty() ? allowed : both(got + ";" + allowed.zh, got + "; " + allowed.en);
    result_.refused.push_back({std::move(path), std::move(got), std::move(allowed)});
  }

  void fault(simdjson::error_code error, const char* where) {
    if (result_.malformed) return;
    const bool is_inside = where != nullptr && where >= begin_ && where <= begin_ + size_;
    const std::size_t at = is_inside ? static_cast<std::size_t>(where - begin_) : std::string_view::npos;
    plan::LocalText said = what_is_broken(error, {begin_, size_}, at);
    malformed("", "", both("一个 JSON 对象;" + said.zh, "one JSON object; " + said.en));
    result_.mistake = std::move(said);
  }

  template <typename At>
  bool fails(simdjson::error_code error, At& at) {
    if (!error) return false;
    const char* where = nullptr;
    if (at.current_location().get(where) != simdjson::SUCCESS) where = nullptr;
    fault(error, where);
    return true;
  }

  bool too_deep(std::size_t depth, const Path& path) {
    if (depth <= limits_.depth) return false;
    malformed(
        path.text(), "",
        both("至多 " + std::to_string(limits_.depth) + " 层", "at most " + std::to_string(limits_.depth) + " levels"));
    return true;
  }

  void check_end(ondemand::document& document) {
    const char* where = nullptr;
    if (document.current_location().get(where) != simdjson::SUCCESS) return;  // the end was reached
    const std::string_view rest(where, static_cast<std::size_t>(begin_ + size_ - where));
    if (rest.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    malformed("", shorten(rest), both("对象之后不应再有内容", "nothing after the object"));
  }

  void refuse(std::string path, std::string got, plan::LocalText allowed) {
    if (result_.refused.size() < kMostRefusals)
      result_.refused.push_back({std::move(path), std::move(got), std::move(allowed)});
  }

  static std::string join(const Path& path, std::string_view name) { return Path{&path, name}.text(); }

  // ---- objects ----

  // Calls handle(key, value) for each member that is no comment, skips what it leaves.
  template <typename Handle>
  void each_member(ondemand::object& object, std::size_t depth, const Path& path, Handle handle) {
    if (too_deep(depth, path)) return;
    for (auto member : object) {
      ondemand::field field;
      if (const auto error = std::move(member).get(field); error) return fault(error, nullptr);
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key); error) return fault(error, nullptr);
      ondemand::value value = field.value();
      if (key.starts_with("//")) {
        skip(value, depth);
      } else {
        handle(key, value);
      }
      if (result_.malformed) return;
    }
  }

  // Walks what nobody asked for, so that its faults are found too.
  void skip(ondemand::value& value, std::size_t depth) {
    ondemand::json_type type{};
    if (fails(value.type().get(type), value)) return;
    if (type == ondemand::json_type::object) {
      ondemand::object object;
      if (fails(value.get_object().get(object), value)) return;
      each_member(object, depth + 1, {}, [&](std::string_view, ondemand::value& inner) { skip(inner, depth + 1); });
    } else if (type == ondemand::json_type::array) {
      each_element(value, depth + 1, [&](ondemand::value& inner) { skip(inner, depth + 1); });
    } else {
      check_scalar(value);
    }
  }

  template <typename Handle>
  void each_element(ondemand::value& value, std::size_t depth, Handle handle) {
    if (too_deep(depth, {})) return;
    ondemand::array array;
    if (fails(value.get_array().get(array), value)) return;
    for (auto element : array) {
      ondemand::value inner;
      if (const auto error = element.get(inner); error) return fault(error, nullptr);
      handle(inner);
      if (result_.malformed) return;
    }
  }

  static std::string_view token_of(ondemand::value& value) {
    const std::string_view token = value.raw_json_token();
    return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
  }

  void check_scalar(ondemand::value& value) {
    const std::string_view token = token_of(value);
    if (token.starts_with('"')) {
      std::string_view text;
      (void)fails(value.get_string().get(text), value);
      return;
    }
    if (is_word(token) || is_number(token)) return;
    fault(simdjson::TAPE_ERROR, token.data());
  }

  // ---- facts ----

  void read_record(ondemand::object& object, const Place& place, const FactNames& names, std::uint32_t at,
                   const Path& path, std::size_t depth) {
    std::vector<std::uint32_t>& seen = memory_.seen;
    const std::size_t opened = seen.size();
    each_member(object, depth, path, [&](std::string_view key, ondemand::value& value) {
      const auto& node = names.node(at);
      run::FieldRef room;
      if (key == kPresence && node.field != plan::kNone)
        return read_presence(value, field_at(place, node.field, room), depth);
      const std::uint32_t found = memory_.find_child(names, at, key);
      const bool of_all = shared_ && (path.empty() || path.text() == kDocumentsKey);
      if (found == FactNames::kRoot) {
        of_all ? unknown_.push_back(join(path, key)) : refuse_unknown(names, node, path, key);
        return skip(value, depth);
      }
      const auto& child = names.node(found);
      const Path child_path{&path, child.name};
      if (std::find(seen.begin() + static_cast<std::ptrdiff_t>(opened), seen.end(), found) != seen.end()) {
        refuse(child_path.text(), "", both("同一项写了两次", "the same fact stands twice"));
        return skip(value, depth);
      }
      seen.push_back(found);
      if (shared_ && path.empty()) {
        if (std::find(leave_out_.begin(), leave_out_.end(), child.name) != leave_out_.end()) return skip(value, depth);
        taken_.push_back(child.name);
      }
      read_node(value, place, names, found, child_path, depth);
    });
    seen.resize(opened);
  }

  void refuse_unknown(const FactNames& names, const FactNames::Node& node, const Path& path, std::string_view key) {
    std::vector<std::string> known;
    for (const auto& [name, index] : node.names) known.push_back(name);
    std::string list;
    for (const auto child : node.children) list += (list.empty() ? "" : ", ") + names.node(child).name;
    const auto near = nearest_name(key, known);
    refuse(join(path, shorten(key)), "",
           near ? both("没有这一项,是否想写 " + *near + "?", "no such fact; did you mean " + *near + "?")
                : both("没有这一项;可写:" + list, "no such fact; there are: " + list));
  }

  // A list with what is known of it is written with these.
  static plan::LocalText list_key(std::string_view key) {
    const std::vector<std::string> known{"complete", "entries"};
    if (const auto near = nearest_name(key, known))
      return both("是否想写 " + *near + "?", "did you mean " + *near + "?");
    return both("可写:complete, entries", "there are: complete, entries");
  }

  void read_node(ondemand::value& value, const Place& place, const FactNames& names, std::uint32_t at, const Path& path,
                 std::size_t depth) {
    const auto& node = names.node(at);
    ondemand::json_type type{};
    if (fails(value.type().get(type), value)) return;
    run::FieldRef room;
    if (node.children.empty()) {
      const run::FieldRef& field = field_at(place, node.field, room);
      const bool list = field.layout->fields[field.field].cls == plan::SlotClass::list;
      return list ? read_list(value, type, field, depth) : read_scalar(value, type, field, depth);
    }
    if (type == ondemand::json_type::null && token_of(value) == "null") return set_absent(place, names, at);
    if (type != ondemand::json_type::object) {
      if (type == ondemand::json_type::string && token_of(value) == "\"?\"")
        return;  // a record that nobody asked about
      refuse(path.text(), shorten(token_of(value)), both("一个对象", "an object"));
      return skip(value, depth);
    }
    ondemand::object object;
    if (fails(value.get_object().get(object), value)) return;
    if (node.field != plan::kNone) {
      memory_.outlines.add(node.field, Outlines::Said::exists);
      keep(facts_.set_truth(field_at(place, node.field, room), true));
    }
    read_record(object, place, names, at, path, depth + 1);
  }

  // A record that does not exist has no fields.
  void set_absent(const Place& place, const FactNames& names, std::uint32_t at) {
    const auto& node = names.node(at);
    run::FieldRef room;
    if (node.field != plan::kNone) {
      memory_.outlines.add(node.field, Outlines::Said::is_absent);
      set_state(field_at(place, node.field, room), run::FactState::absent);
    }
    if (node.field != plan::kNone && !node.children.empty()) return;  // an optional record: that says it all
    for (const auto child : node.children) set_absent(place, names, child);
  }

  void set_state(const run::FieldRef& field, run::FactState state) {
    const std::size_t before = facts_.bad().size();
    facts_.set_state(field, state);
    if (facts_.bad().size() > before) result_.has_bad_values = true;
  }

  void keep(bool good) {
    if (!good) result_.has_bad_values = true;
  }

  void read_scalar(ondemand::value& value, ondemand::json_type type, const run::FieldRef& field, std::size_t depth) {
    if (type == ondemand::json_type::object) return read_state(value, field, depth);
    if (type == ondemand::json_type::array) {
      facts_.set_bad(field, "[…]");
      keep(false);
      return skip(value, depth);
    }
    const std::string_view token = token_of(value);
    memory_.outlines.add_value(field.field, token);
    if (type == ondemand::json_type::string) {
      std::string_view text;
      if (fails(value.get_string().get(text), value)) return;
      return read_text(field, text);
    }
    if (!is_word(token) && !is_number(token)) return fault(simdjson::TAPE_ERROR, token.data());
    read_plain(field, token);
  }

  static bool is_word(std::string_view token) { return token == "true" || token == "false" || token == "null"; }

  // A scalar in which nothing is escaped.
  void read_plain(const run::FieldRef& field, std::string_view token) {
    if (token.starts_with('"')) return read_text(field, token.substr(1, token.size() - 2));
    if (token == "null") return set_state(field, run::FactState::absent);
    keep(is_word(token) ? set_truth(facts_, field, token == "true") : set_number(facts_, field, token, limits_.shares));
  }
  void read_text(const run::FieldRef& field, std::string_view text) {
    if (text == "?") return set_state(field, run::FactState::unknown);
    keep(set_text(facts_, field, text, limits_.shares));
  }

  // What an outline says of a field.
  void take(const Outlines::Given& given) {
    const run::FieldRef& field = memory_.fields[given.field];
    switch (given.said) {
      case Outlines::Said::exists:
        return keep(facts_.set_truth(field, true));
      case Outlines::Said::is_absent:
        return set_state(field, run::FactState::absent);
      case Outlines::Said::has_no_entries:
        return facts_.begin_list(field, true);
      case Outlines::Said::has_no_entries_yet:
        return facts_.begin_list(field, false);
    }
  }

  // {"state": "unknowable"}
  void read_state(ondemand::value& value, const run::FieldRef& field, std::size_t depth) {
    memory_.outlines.leave_out();
    ondemand::object object;
    if (fails(value.get_object().get(object), value)) return;
    Described described;
    each_member(object, depth + 1, {nullptr, field.path}, [&](std::string_view key, ondemand::value& inner) {
      if (!described.take(key, inner)) skip(inner, depth + 1);
    });
    if (!result_.malformed) apply(described, field);
  }

  // Whether an optional record exists, where it is not told by the record's being there.
  void read_presence(ondemand::value& value, const run::FieldRef& field, std::size_t depth) {
    ondemand::json_type type{};
    if (fails(value.type().get(type), value)) return;
    read_scalar(value, type, field, depth);
  }

  // What an object says in place of a value: its state, what came where it is bad, a text that would mean something
  // else if it stood alone.
  struct Described {
    std::optional<std::string> state, got, value;
    bool good = true;

    bool take(std::string_view key, ondemand::value& inner) {
      std::string_view word;
      std::optional<std::string>* into = key == "state"   ? &state
                                         : key == "got"   ? &got
                                         : key == "value" ? &value
                                                          : nullptr;
      if (into == nullptr || *into || inner.get_string().get(word) != simdjson::SUCCESS) return good = false;
      into->emplace(word);
      return true;
    }
  };

  void apply(const Described& described, const run::FieldRef& field) {
    const auto is = [&](const char* name) { return described.state == name && !described.got && !described.value; };
    if (described.good && is("unknown")) return set_state(field, run::FactState::unknown);
    if (described.good && is("unknowable")) return set_state(field, run::FactState::unknowable);
    if (described.good && is("absent")) return set_state(field, run::FactState::absent);
    if (described.good && described.value && !described.state && !described.got)
      return keep(set_text(facts_, field, *described.value, limits_.shares));
    const bool told = described.good && described.state == "bad" && described.got && !described.value;
    facts_.set_bad(field, told ? *described.got : "{…}");
    keep(false);
  }

  // ---- lists ----

  void read_list(ondemand::value& value, ondemand::json_type type, const run::FieldRef& list, std::size_t depth) {
    read_entries_or_state(value, type, list, depth);
    const run::FactValue& read = list.row->values[list.field];
    if (read.state != run::FactState::known || !read.list->entries.empty()) return memory_.outlines.leave_out();
    memory_.outlines.add(list.field,
                         read.list->complete ? Outlines::Said::has_no_entries : Outlines::Said::has_no_entries_yet);
  }

  void read_entries_or_state(ondemand::value& value, ondemand::json_type type, const run::FieldRef& list,
                             std::size_t depth) {
    const bool is_history = list.layout->fields[list.field].history;
    if (type == ondemand::json_type::array) {
      facts_.begin_list(list, !is_history);
      return read_entries(value, list, depth);
    }
    if (type != ondemand::json_type::object) return read_scalar_for_list(value, type, list);
    ondemand::object object;
    if (fails(value.get_object().get(object), value)) return;
    facts_.begin_list(list, !is_history);
    std::vector<std::string> seen;
    Described described;
    each_member(object, depth + 1, {nullptr, list.path}, [&](std::string_view key, ondemand::value& inner) {
      if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
        refuse(join({nullptr, list.path}, key), "", both("同一项写了两次", "the same fact stands twice"));
        return skip(inner, depth + 1);
      }
      seen.emplace_back(key);
      if (key == "entries") return read_entries(inner, list, depth + 1);
      if (key == "complete") return read_complete(inner, list);
      if ((key == "state" || key == "got") && described.take(key, inner)) return;
      refuse(join({nullptr, list.path}, shorten(key)), shorten(key), list_key(shorten(key)));
      skip(inner, depth + 1);
    });
    if (described.state || described.got) apply(described, list);
  }

  void read_scalar_for_list(ondemand::value& value, ondemand::json_type type, const run::FieldRef& list) {
    const std::string_view token = token_of(value);
    if (type == ondemand::json_type::null && token == "null") return set_state(list, run::FactState::absent);
    if (type == ondemand::json_type::string) {
      std::string_view text;
      if (fails(value.get_string().get(text), value)) return;
      if (text == "?") return set_state(list, run::FactState::unknown);
    } else {
      check_scalar(value);
    }
    if (result_.malformed) return;
    facts_.set_bad(list, shorten(token));
    keep(false);
  }

  void read_complete(ondemand::value& value, const run::FieldRef& list) {
    const std::string_view token = token_of(value);
    if (token != "true" && token != "false") {
      refuse(join({nullptr, list.path}, "complete"), shorten(token), both("true 或 false", "true or false"));
      return skip(value, 1);
    }
    list.row->values[list.field].list->complete = token == "true";
  }

  void read_entries(ondemand::value& value, const run::FieldRef& list, std::size_t depth) {
    ondemand::json_type type{};
    if (fails(value.type().get(type), value)) return;
    if (type != ondemand::json_type::array) {
      refuse(join({nullptr, list.path}, "entries"), shorten(token_of(value)), both("一个数组", "an array"));
      return skip(value, depth);
    }
    const plan::Index layout = list.layout->fields[list.field].element;
    const FactNames& names = names_.entries(layout);
    std::size_t count = 0;
    each_element(value, depth + 1, [&](ondemand::value& element) {
      if (++count > limits_.entries) {
        return malformed(list.path, std::to_string(count),
                         both("至多 " + std::to_string(limits_.entries) + " 条",
                              "at most " + std::to_string(limits_.entries) + " entries"));
      }
      read_entry(element, list, names, depth + 1);
    });
  }

  void read_entry(ondemand::value& element, const run::FieldRef& list, const FactNames& names, std::size_t depth) {
    const std::size_t entry = facts_.add_entry(list);
    const std::string written = list.path + "[" + std::to_string(entry) + "]";
    const Path path{nullptr, written};
    ondemand::json_type type{};
    if (fails(element.type().get(type), element)) return;
    const Place place{&list, entry};
    const auto& root = names.node(FactNames::kRoot);
    // A list of scalars: its entries are one field without a name.
    if (root.children.size() == 1 && names.node(root.children[0]).name.empty()) {
      return read_node(element, place, names, root.children[0], path, depth);
    }
    if (type != ondemand::json_type::object) {
      refuse(written, shorten(token_of(element)), both("一个对象", "an object"));
      return skip(element, depth);
    }
    ondemand::object object;
    if (fails(element.get_object().get(object), element)) return;
    read_record(object, place, names, FactNames::kRoot, path, depth + 1);
  }

  FactsReader::Memory& memory_;
  run::Facts& facts_;
  const ProgramNames& names_;
  const ReadLimits& limits_;
  ReadResult result_;
  bool shared_ = false;
  std::vector<std::string> leave_out_, taken_, unknown_;
  const char* begin_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace

FactsReader::FactsReader() : memory_(std::make_unique<Memory>()) {}
FactsReader::~FactsReader() = default;

ReadResult FactsReader::read(run::Facts& facts, const ProgramNames& names, std::string_view text) {
  ReadResult result = Reader(*memory_, facts, names, {}).read_next(text);
  memory_->trim();
  return result;
}

ReadResult read_facts(run::Facts& facts, const ProgramNames& names, std::string_view text, const ReadLimits& limits) {
  FactsReader::Memory memory;
  return Reader(memory, facts, names, limits).read(text);
}

SharedReadResult read_shared_facts(run::Facts& facts, const ProgramNames& names, std::string_view text,
                                   const std::vector<std::string>& leave_out, const ReadLimits& limits) {
  FactsReader::Memory memory;
  return Reader(memory, facts, names, limits).read_shared(text, leave_out);
}

}  // namespace guiju::json
