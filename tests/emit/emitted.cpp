// See emitted.hpp.
#include "emit/emitted.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace guiju::testing {

namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

const gjc_field& field_of(const gjc_layout& layout, const std::string& path) {
  for (std::size_t i = 0; i < layout.fields; ++i) {
    if (layout.field[i].path == path) return layout.field[i];
  }
  throw std::runtime_error("no such fact in C: " + path);
}

enum class State : std::uint8_t { unknown, known, absent };

void put(std::uint64_t* row, const gjc_layout& layout, const gjc_field& field, State state, std::int64_t value) {
  const std::uint64_t bit = std::uint64_t{1} << (field.bit % 64);
  std::uint64_t& known = row[layout.known / 8 + static_cast<std::size_t>(field.bit / 64)];
  std::uint64_t& absent = row[layout.absent / 8 + static_cast<std::size_t>(field.bit / 64)];
  known = state == State::known ? known | bit : known & ~bit;
  absent = state == State::absent ? absent | bit : absent & ~bit;
  // What is not known holds anything at all.
  row[field.offset / 8] = static_cast<std::uint64_t>(state == State::known ? value : 0x5a5a5a5a5a5a5a5a);
}

CResult read_result(const std::uint64_t* at, const gjc_program& info) {
  CResult out;
  std::memcpy(&out.outcome, at, 4);
  std::memcpy(&out.version, reinterpret_cast<const char*>(at) + 4, 4);
  const std::uint64_t* next = at + 2;
  out.amount = static_cast<std::int64_t>(at[1]);
  const auto money = [&](std::vector<std::int64_t>& to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) to.push_back(static_cast<std::int64_t>(*next++));
  };
  const auto set = [&](std::vector<std::uint64_t>& to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) to.push_back(*next++);
  };
  money(out.parts, info.parts);
  money(out.shares, info.shares);
  set(out.failed, info.failed_words);
  set(out.refused, info.refused_words);
  set(out.owed, info.owed_words);
  return out;
}

std::size_t result_words(const gjc_program& info) {
  return 2 + info.parts + info.shares + info.failed_words + info.refused_words + info.owed_words;
}

}  // namespace

std::vector<std::string> c_compilers() {
  std::vector<std::string> out;
  const char* const path = std::getenv("PATH");
  for (const std::vector<std::string>& names :
       {std::vector<std::string>{"gcc"}, {"clang", "clang-14", "clang-18"}, {"tcc"}}) {
    bool found = false;
    for (const std::string& name : names) {
      std::istringstream folders(path == nullptr ? "/usr/bin" : path);
      for (std::string folder; !found && std::getline(folders, folder, ':');) {
        if (!fs::exists(fs::path(folder) / name)) continue;
        out.push_back(name);
        found = true;
      }
    }
  }
  return out;
}

Built build_c(const std::string& compiler, const std::vector<emit::File>& files, Kind kind) {
  // Of its own name each time: what is loaded under a name is not loaded again.
  std::string name = (fs::temp_directory_path() / "guiju-emit-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for " + name);
  const std::shared_ptr<const std::string> folder(new std::string(name), [](const std::string* path) {
    std::error_code ignored;
    fs::remove_all(*path, ignored);
    delete path;
  });
  const fs::path place = name;
  std::string command = compiler + " -std=c99 -Wall -Wextra -pedantic -Wconversion -Werror" +
                        (kind == Kind::program ? " -o " : " -fPIC -shared -o ") + (place / "emitted.so").string();
  for (const emit::File& file : files) {
    std::ofstream(place / file.name, std::ios::binary) << file.text;
    if (file.name.ends_with(".c")) command += " " + (place / file.name).string();
  }
  const fs::path said = place / "said.txt";
  const int status = std::system((command + " > " + said.string() + " 2>&1").c_str());
  return {status == 0 ? (place / "emitted.so").string() : "", read_file(said), folder};
}

std::vector<plan::Index> members_of(const std::vector<std::uint64_t>& set) {
  std::vector<plan::Index> out;
  for (std::size_t i = 0; i < set.size() * 64; ++i) {
    if ((set[i / 64] >> (i % 64) & 1U) != 0) out.push_back(static_cast<plan::Index>(i));
  }
  return out;
}

void CFacts::set(const std::string& path, std::int64_t value) {
  put(bytes_.data(), *program_.facts, field_of(*program_.facts, path), State::known, value);
}

void CFacts::set_absent(const std::string& path) {
  put(bytes_.data(), *program_.facts, field_of(*program_.facts, path), State::absent, 0);
}

void CFacts::set_unknown(const std::string& path) {
  put(bytes_.data(), *program_.facts, field_of(*program_.facts, path), State::unknown, 0);
}

void CFacts::set_list(const std::string& path, const std::vector<std::map<std::string, Value>>& entries) {
  const gjc_field& list = field_of(*program_.facts, path);
  const gjc_layout& layout = *list.entry;
  const std::size_t size = layout.size / 8;
  auto& memory = *entries_.emplace_back(std::make_unique<std::vector<std::uint64_t>>(size * entries.size() + 1));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (const auto& [inner, value] : entries[i]) {
      put(&memory[i * size], layout, field_of(layout, inner), value.absent ? State::absent : State::known, value.value);
    }
  }
  const std::uint64_t* const first = memory.data();
  put(bytes_.data(), *program_.facts, list, State::known, 0);
  std::memcpy(&bytes_[list.offset / 8], &first, sizeof first);
  bytes_[list.count / 8] = entries.size();
}

CProgram::CProgram(const std::string& object, const std::string& name) {
  void* const opened = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (opened == nullptr) throw std::runtime_error(object + ": " + dlerror());
  object_ = std::shared_ptr<void>(opened, dlclose);
  info_ = static_cast<const gjc_program*>(symbol(name + "_program"));
  decide_ = reinterpret_cast<void (*)(const void*, void*)>(symbol(name + "_decide"));
  columns_ = reinterpret_cast<void (*)(const void*, std::size_t, const void*)>(symbol(name + "_decide_columns"));
  text_ = reinterpret_cast<std::int64_t (*)(const char*)>(symbol(name + "_text"));
}

void* CProgram::symbol(const std::string& name) const {
  void* const found = dlsym(object_.get(), name.c_str());
  if (found == nullptr) throw std::runtime_error("no such name in C: " + name);
  return found;
}

CResult CProgram::decide(const CFacts& facts) const {
  std::vector<std::uint64_t> result(result_words(*info_), 0x5a5a5a5a5a5a5a5a);
  decide_(facts.data(), result.data());
  return read_result(result.data(), *info_);
}

// The structs of columns are pointers one after another, in the order of the members of a row.
std::vector<CResult> CProgram::decide_columns(const std::vector<const CFacts*>& rows) const {
  const gjc_layout& layout = *info_->facts;
  std::vector<std::vector<std::uint64_t>> columns;
  const auto column = [&](std::size_t word) {
    auto& out = columns.emplace_back();
    for (const CFacts* row : rows) out.push_back(row->words()[word]);
    out.push_back(0);
  };
  for (std::size_t i = 0; i < layout.fields; ++i) {
    column(layout.field[i].offset / 8);
    if (layout.field[i].kind == GJC_LIST) column(layout.field[i].count / 8);
  }
  for (const std::size_t set : {layout.known, layout.absent}) {
    auto& out = columns.emplace_back();
    for (const CFacts* row : rows) {
      for (std::size_t w = 0; w < layout.words; ++w) out.push_back(row->words()[set / 8 + w]);
    }
    out.push_back(0);
  }
  std::vector<const void*> in;
  for (const auto& c : columns) in.push_back(c.data());

  const std::size_t n = rows.size();
  std::vector<std::int32_t> outcome(n + 1), version(n + 1);
  std::vector<std::uint64_t> amount(n + 1);
  const std::vector<std::size_t> lengths{info_->parts, info_->shares, info_->failed_words, info_->refused_words,
                                         info_->owed_words};
  std::vector<std::vector<std::uint64_t>> arrays;
  std::vector<void*> out{outcome.data(), version.data(), amount.data()};
  arrays.reserve(lengths.size());
  for (const std::size_t length : lengths) {
    arrays.emplace_back(n * length + 1);
    if (length > 0) out.push_back(arrays.back().data());
  }
  columns_(in.data(), n, out.data());

  std::vector<CResult> results;
  for (std::size_t row = 0; row < n; ++row) {
    std::vector<std::uint64_t> words(2);
    std::memcpy(words.data(), &outcome[row], 4);
    std::memcpy(reinterpret_cast<char*>(words.data()) + 4, &version[row], 4);
    words[1] = amount[row];
    for (std::size_t a = 0; a < arrays.size(); ++a) {
      for (std::size_t i = 0; i < lengths[a]; ++i) words.push_back(arrays[a][row * lengths[a] + i]);
    }
    results.push_back(read_result(words.data(), *info_));
  }
  return results;
}

namespace {

// What is out of range for the engine is so in C, wherever C has a number for it.
std::int64_t bad_value(const plan::FieldInfo& field) {
  switch (field.cls) {
    case plan::SlotClass::number:
    case plan::SlotClass::day:
    case plan::SlotClass::months:
    case plan::SlotClass::days:
      return static_cast<std::int64_t>(field.most) + 1;
    default:
      return -1;
  }
}

class Reader {
 public:
  Reader(const CProgram& program, const plan::Plan& plan, const run::Options& options)
      : program_(program), plan_(plan), options_(options) {}

  // false: unknown, here too.
  bool value(const plan::FieldInfo& field, const run::FactValue& fact, CFacts::Value& out) {
    const bool host = field.host_day != plan::FieldInfo::no_day;
    if (host && (options_.as_at || field.host_day == plan::FieldInfo::as_at_if_set)) {
      out = {!options_.as_at, options_.as_at.value_or(0)};
      return true;
    }
    switch (fact.state) {
      case run::FactState::absent:
        out.absent = true;
        return true;
      case run::FactState::known:
        out.value = field.cls == plan::SlotClass::text ? text(fact.text) : static_cast<std::int64_t>(fact.c);
        return true;
      case run::FactState::bad:
        out.value = bad_value(field);
        return true;
      default:
        return false;
    }
  }

  [[nodiscard]] std::vector<std::map<std::string, CFacts::Value>> entries(const plan::FieldInfo& list,
                                                                          const run::FactList& facts) {
    const plan::Layout& layout = plan_.layouts[list.element];
    std::vector<std::map<std::string, CFacts::Value>> out;
    for (const run::FactRow& row : facts.entries) {
      auto& entry = out.emplace_back();
      for (std::size_t i = 0; i < layout.fields.size(); ++i) {
        CFacts::Value one;
        if (layout.fields[i].cls != plan::SlotClass::list && value(layout.fields[i], row.values[i], one))
          entry[layout.fields[i].path] = one;
      }
    }
    return out;
  }

 private:
  std::int64_t text(const std::string& text) {
    const std::int64_t known = program_.text(text);
    if (known >= 0) return known;
    return others_.emplace(text, 1'000'000 + static_cast<std::int64_t>(others_.size())).first->second;
  }

  const CProgram& program_;
  const plan::Plan& plan_;
  const run::Options& options_;
  std::map<std::string, std::int64_t> others_;
};

}  // namespace

CFacts to_c(const CProgram& program, const run::Facts& facts, const run::Options& options) {
  CFacts out(program.info());
  Reader reader(program, facts.plan(), options);
  const plan::Layout& layout = facts.layout();
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    const plan::FieldInfo& field = layout.fields[i];
    const run::FactValue& fact = facts.row().values[i];
    if (field.cls == plan::SlotClass::list) {
      if (fact.state == run::FactState::absent) out.set_absent(field.path);
      if (fact.state == run::FactState::known && fact.list->complete)
        out.set_list(field.path, reader.entries(field, *fact.list));
      continue;
    }
    CFacts::Value value;
    if (!reader.value(field, fact, value)) {
      out.set_unknown(field.path);
    } else if (value.absent) {
      out.set_absent(field.path);
    } else {
      out.set(field.path, value.value);
    }
  }
  return out;
}

bool has_kernel(const plan::ProgramInfo& program, std::size_t version) {
  return program.kernels != nullptr && version < program.kernels->versions.size() &&
         !program.kernels->versions[version].code.empty();
}

bool has_kernels(const plan::ProgramInfo& program) {
  for (std::size_t i = 0; i < program.sections.size(); ++i) {
    if (has_kernel(program, i)) return true;
  }
  return false;
}

CResult expected_of_c(const gjc_program& info, const plan::ProgramInfo& program, const run::Decision& d) {
  CResult out;
  out.outcome = d.outcome == run::Outcome::eligible       ? GJC_ELIGIBLE
                : d.outcome == run::Outcome::ineligible   ? GJC_INELIGIBLE
                : d.outcome == run::Outcome::referred     ? GJC_REFERRED
                : d.outcome == run::Outcome::not_in_force ? GJC_NOT_IN_FORCE
                : d.outcome == run::Outcome::invalid      ? GJC_INVALID
                                                          : GJC_OPEN;
  out.version = d.section == plan::kNone ? -1 : static_cast<std::int32_t>(d.section);
  out.parts.resize(info.parts);
  out.shares.resize(info.shares);
  out.failed.resize(info.failed_words);
  out.refused.resize(info.refused_words);
  out.owed.resize(info.owed_words);
  const bool decided = d.outcome == run::Outcome::eligible || d.outcome == run::Outcome::ineligible ||
                       d.outcome == run::Outcome::referred;
  if (!decided) return out;
  const auto fen = [](const run::MoneyRange& m) { return static_cast<std::int64_t>(m.least); };
  if (d.outcome == run::Outcome::eligible && program.sections[d.section].has_amount) {
    if (!d.amount.known()) throw std::logic_error(program.name + " grants an amount that is not known");
    out.amount = fen(d.amount);
    std::transform(d.parts.begin(), d.parts.end(), out.parts.begin(), fen);
    std::transform(d.shares.begin(), d.shares.end(), out.shares.begin(), fen);
  }
  const auto fill = [](std::vector<std::uint64_t>& set, const run::IndexSet& members) {
    for (const plan::Index i : members) set[i / 64] |= std::uint64_t{1} << (i % 64);
  };
  fill(out.failed, d.failed);
  fill(out.refused, d.refused);
  fill(out.owed, d.owed);
  return out;
}

bool agree(const CResult& c, const CResult& engine) {
  if (c.outcome == GJC_INVALID) return engine.outcome == GJC_INVALID;
  return c == engine;
}

}  // namespace guiju::testing
