// Rule files to a rulebook, and what a rulebook holds: programmes, standards, versions, fields.
//
// A Rulebook is a counted handle, cheap to copy, immutable, shared by threads. Program and Field are borrowed: plain
// values that stay good as long as any Rulebook, Facts or Decision on the same rules does; so do the texts that they
// give.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guiju/result.hpp"
#include "guiju/values.hpp"

namespace guiju {
inline namespace v0 {

enum class Severity : std::int32_t {
  error = GJ_SEVERITY_ERROR,
  warning = GJ_SEVERITY_WARNING,
  note = GJ_SEVERITY_NOTE
};

// A finding about rule files. Texts live as long as the Diagnostics.
struct Diagnostic {
  int code = 0;
  Severity severity = Severity::error;
  std::string_view code_name, file;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
  std::string_view message, help;
  std::string_view rendered;  // ready for a terminal
};

// Findings, warnings beside a good result too. Move-only.
class Diagnostics {
 public:
  Diagnostics() = default;
  explicit Diagnostics(gj_diagnostics* handle) : handle_(handle) {}

  [[nodiscard]] std::size_t size() const { return gj_diagnostics_count(handle_.get()); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t error_count() const { return gj_diagnostics_error_count(handle_.get()); }
  // The finding at `index`; an empty one past the end.
  [[nodiscard]] Diagnostic at(std::size_t index, Language language = Language::zh) const {
    gj_diagnostic d{};
    d.size = sizeof d;
    if (gj_diagnostics_get(handle_.get(), index, detail::lang(language), &d) != GJ_OK) return {};
    return {d.code,
            static_cast<Severity>(d.severity),
            detail::view(d.code_name),
            detail::view(d.file),
            d.line,
            d.column,
            d.end_line,
            d.end_column,
            detail::view(d.message),
            detail::view(d.help),
            detail::view(d.rendered)};
  }

 private:
  struct Delete {
    void operator()(gj_diagnostics* d) const { gj_diagnostics_delete(d); }
  };
  std::unique_ptr<gj_diagnostics, Delete> handle_;
};

enum class FieldKind : std::int32_t {
  truth = GJ_TRUTH,
  number = GJ_NUMBER,
  member = GJ_MEMBER,
  date = GJ_DATE,
  months = GJ_MONTHS,
  days = GJ_DAYS,
  text = GJ_TEXT,
  region = GJ_REGION,
  list = GJ_LIST,
  document = GJ_DOCUMENT,
};

struct FieldInfo {
  FieldKind kind = FieldKind::text;
  bool optional = false, unknowable = false, changeable = false, integer = false, history = false, scale = false,
       default_range = false;
  std::string_view path, label, ask, at, unit, allowed, least, most, step;
  std::size_t alias_count = 0, member_count = 0, element_count = 0;
};

struct MemberInfo {
  std::string_view name, label;
  int rank = -1;  // on a scale 0 is best
  bool floor = false;
  std::size_t alias_count = 0;
};

// One fact that a program may be given.
class Field {
 public:
  Field() = default;
  explicit Field(const gj_field* handle) : handle_(handle) {}
  explicit operator bool() const { return handle_ != nullptr; }
  [[nodiscard]] const gj_field* handle() const { return handle_; }

  [[nodiscard]] FieldInfo info(Language language = Language::zh) const {
    gj_field_info i{};
    i.size = sizeof i;
    if (gj_field_describe(handle_, detail::lang(language), &i) != GJ_OK) return {};
    return {static_cast<FieldKind>(i.kind),
            i.is_optional != 0,
            i.is_unknowable != 0,
            i.is_changeable != 0,
            i.is_integer != 0,
            i.is_history != 0,
            i.is_scale != 0,
            i.has_default_range != 0,
            detail::view(i.path),
            detail::view(i.label),
            detail::view(i.ask),
            detail::view(i.at),
            detail::view(i.unit),
            detail::view(i.allowed),
            detail::view(i.least),
            detail::view(i.most),
            detail::view(i.step),
            i.alias_count,
            i.member_count,
            i.element_count};
  }
  [[nodiscard]] std::string_view alias(std::size_t index) const { return detail::view(gj_field_alias(handle_, index)); }
  [[nodiscard]] MemberInfo member(std::size_t index, Language language = Language::zh) const {
    gj_member_info m{};
    m.size = sizeof m;
    if (gj_field_member(handle_, index, detail::lang(language), &m) != GJ_OK) return {};
    return {detail::view(m.name), detail::view(m.label), m.rank, m.is_floor != 0, m.alias_count};
  }
  [[nodiscard]] std::string_view member_alias(std::size_t member, std::size_t index) const {
    return detail::view(gj_field_member_alias(handle_, member, index));
  }
  // By name, alias or label.
  [[nodiscard]] std::optional<std::size_t> find_member(std::string_view name) const {
    std::size_t index = 0;
    if (gj_field_find_member(handle_, name.data(), name.size(), &index) != GJ_OK) return std::nullopt;
    return index;
  }
  // Lists: the fields of an entry.
  [[nodiscard]] Field element(std::size_t index) const { return Field(gj_field_element(handle_, index)); }
  [[nodiscard]] Field find_element(std::string_view path) const {
    return Field(gj_field_find_element(handle_, path.data(), path.size()));
  }

 private:
  const gj_field* handle_ = nullptr;
};

struct VersionInfo {
  std::string_view name, label;
  std::optional<Date> from, to;
};

// Of what a host decides by name.
enum class ProgramKind : std::int32_t {
  program = GJ_PROGRAM,
  standard = GJ_STANDARD,
  duty = GJ_DUTY,
  targets = GJ_TARGET_TABLE,
};

struct ProgramInfo {
  bool is_standard = false;
  std::string_view name, label, file;
  std::size_t alias_count = 0, authority_count = 0, version_count = 0, field_count = 0;
  std::string_view implements, region;  // the programme that it carries out, and the code of the region; or empty
  ProgramKind kind = ProgramKind::program;
};

// The name of a region code of GB/T 2260, "630000": that of the region alone. Empty where it is not known.
[[nodiscard]] inline std::string_view region_name(std::string_view code, Language language = Language::zh) {
  return detail::view(gj_region_name(code.data(), code.size(), detail::lang(language)));
}

// A programme or a standard.
class Program {
 public:
  Program() = default;
  explicit Program(const gj_program* handle) : handle_(handle) {}
  explicit operator bool() const { return handle_ != nullptr; }
  [[nodiscard]] const gj_program* handle() const { return handle_; }

  [[nodiscard]] ProgramInfo info(Language language = Language::zh) const {
    gj_program_info i{};
    i.size = sizeof i;
    if (gj_program_describe(handle_, detail::lang(language), &i) != GJ_OK) return {};
    return {i.kind == GJ_STANDARD,
            detail::view(i.name),
            detail::view(i.label),
            detail::view(i.file),
            i.alias_count,
            i.authority_count,
            i.version_count,
            i.field_count,
            detail::view(i.implements),
            detail::view(i.region),
            static_cast<ProgramKind>(i.kind)};
  }
  [[nodiscard]] std::string_view alias(std::size_t index) const {
    return detail::view(gj_program_alias(handle_, index));
  }
  [[nodiscard]] std::string_view authority(std::size_t index, Language language = Language::zh) const {
    return detail::view(gj_program_authority(handle_, index, detail::lang(language)));
  }
  [[nodiscard]] VersionInfo version(std::size_t index, Language language = Language::zh) const {
    gj_version_info v{};
    v.size = sizeof v;
    if (gj_program_version(handle_, index, detail::lang(language), &v) != GJ_OK) return {};
    return {detail::view(v.name), detail::view(v.label), detail::out(v.from), detail::out(v.to)};
  }
  [[nodiscard]] Field field(std::size_t index) const { return Field(gj_program_field(handle_, index)); }
  [[nodiscard]] Field find_field(std::string_view path) const {
    return Field(gj_program_find_field(handle_, path.data(), path.size()));
  }

 private:
  const gj_program* handle_ = nullptr;
};

// What compiling made of files, for a host that compiles the same rules again and again: a file whose path and text are
// as they were is not parsed again, and where none has changed, the rulebook that was compiled last is given once more.
// Holds every text that was compiled last, its tree, and that rulebook; one for each root of rules. Move-only; any
// number of threads may compile through it. Throws std::bad_alloc where there is no memory for it.
class Cache {
 public:
  Cache() {
    gj_cache* made = nullptr;
    if (gj_cache_new(&made, nullptr) != GJ_OK) throw std::bad_alloc();
    handle_.reset(made);
  }
  [[nodiscard]] gj_cache* handle() const { return handle_.get(); }

 private:
  struct Delete {
    void operator()(gj_cache* c) const { gj_cache_delete(c); }
  };
  std::unique_ptr<gj_cache, Delete> handle_;
};

// Bounds on what rule files may ask for; 0 is the default. `root`: the folder that no `use` may lead out of. `cache`:
// nullptr, nothing is kept for the next time.
struct CompileOptions {
  std::uint32_t source_bytes = 0, nesting = 0, messages = 0, tokens = 0;
  std::string root;
  std::uint32_t files = 0, data_bytes = 0;
  const Cache* cache = nullptr;
};

// One rule file in memory.
struct Source {
  std::string_view path, content;
};

class Rulebook;
struct Compilation;

// The host's own files: the content of a path, or no value. May throw; the exception comes out of the compiling call.
using FileReader = std::function<std::optional<std::string>(std::string_view path)>;

class Rulebook {
 public:
  Rulebook(const Rulebook& other) : handle_(gj_rulebook_retain(other.handle_)) {}
  Rulebook(Rulebook&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Rulebook& operator=(Rulebook other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Rulebook() { gj_rulebook_release(handle_); }
  // Takes over one count.
  explicit Rulebook(gj_rulebook* handle) : handle_(handle) {}
  [[nodiscard]] gj_rulebook* handle() const { return handle_; }

  // An Error only where the rules could not be had at all; mistakes in them are in the Compilation.
  static Result<Compilation> from_text(std::string_view name, std::string_view text,
                                       const CompileOptions& options = {});
  static Result<Compilation> from_file(std::string_view path, const CompileOptions& options = {});
  static Result<Compilation> from_directory(std::string_view path, const CompileOptions& options = {});
  static Result<Compilation> from_memory(std::span<const Source> sources, const CompileOptions& options = {});
  static Result<Compilation> from_reader(const FileReader& reader, std::span<const std::string_view> paths,
                                         const CompileOptions& options = {});

  [[nodiscard]] std::size_t program_count() const { return gj_rulebook_program_count(handle_); }
  [[nodiscard]] Program program(std::size_t index) const { return Program(gj_rulebook_program(handle_, index)); }
  // By name or alias; false where there is none.
  [[nodiscard]] Program find_program(std::string_view name) const {
    return Program(gj_rulebook_find_program(handle_, name.data(), name.size()));
  }

 private:
  gj_rulebook* handle_ = nullptr;
};

// What compiling gives: a rulebook unless the rules have mistakes, and all findings.
struct Compilation {
  std::optional<Rulebook> rulebook;
  Diagnostics diagnostics;
  explicit operator bool() const { return rulebook.has_value(); }
};

namespace detail {

inline gj_text in(std::string_view text) {
  return {text.data(), text.size()};
}

inline gj_compile_options in(const CompileOptions& o) {
  return {sizeof(gj_compile_options),
          o.source_bytes,
          o.nesting,
          o.messages,
          o.tokens,
          in(o.root),
          o.files,
          o.data_bytes,
          o.cache == nullptr ? nullptr : o.cache->handle()};
}

template <typename Call>
Result<Compilation> compile(const CompileOptions& options, Call call) {
  const gj_compile_options known = in(options);
  gj_rulebook* rulebook = nullptr;
  gj_diagnostics* diagnostics = nullptr;
  gj_error* error = nullptr;
  const gj_status status = call(&known, &rulebook, &diagnostics, &error);
  Diagnostics findings(diagnostics);
  if (status < 0) return Error(status, error);
  Compilation result;
  if (rulebook != nullptr) result.rulebook.emplace(rulebook);
  result.diagnostics = std::move(findings);
  return result;
}

// Files that a std::function gives; each is kept until the compiler has copied it.
struct ReaderState {
  const FileReader* reader;
  std::string content;
  std::exception_ptr thrown;

  static gj_status read(void* user, gj_text path, gj_text* content) {
    auto& state = *static_cast<ReaderState*>(user);
    if (state.thrown) return GJ_E_NOT_FOUND;
    try {
      auto found = (*state.reader)(view(path));
      if (!found) return GJ_E_NOT_FOUND;
      state.content = std::move(*found);
    } catch (...) {
      state.thrown = std::current_exception();
      return GJ_E_NOT_FOUND;
    }
    *content = in(state.content);
    return GJ_OK;
  }
};
inline void release_content(void* user, gj_text) {
  static_cast<ReaderState*>(user)->content.clear();
}

}  // namespace detail

inline Result<Compilation> Rulebook::from_text(std::string_view name, std::string_view text,
                                               const CompileOptions& options) {
  return detail::compile(options, [&](auto o, auto r, auto d, auto e) {
    return gj_compile_text(name.data(), name.size(), text.data(), text.size(), o, r, d, e);
  });
}
inline Result<Compilation> Rulebook::from_file(std::string_view path, const CompileOptions& options) {
  return detail::compile(
      options, [&](auto o, auto r, auto d, auto e) { return gj_compile_file(path.data(), path.size(), o, r, d, e); });
}
inline Result<Compilation> Rulebook::from_directory(std::string_view path, const CompileOptions& options) {
  return detail::compile(options, [&](auto o, auto r, auto d, auto e) {
    return gj_compile_directory(path.data(), path.size(), o, r, d, e);
  });
}
inline Result<Compilation> Rulebook::from_memory(std::span<const Source> sources, const CompileOptions& options) {
  std::vector<gj_source> all;
  for (const auto& source : sources) all.push_back({detail::in(source.path), detail::in(source.content)});
  return detail::compile(
      options, [&](auto o, auto r, auto d, auto e) { return gj_compile_memory(all.data(), all.size(), o, r, d, e); });
}
inline Result<Compilation> Rulebook::from_reader(const FileReader& reader, std::span<const std::string_view> paths,
                                                 const CompileOptions& options) {
  std::vector<gj_text> all;
  for (const auto path : paths) all.push_back(detail::in(path));
  detail::ReaderState state{&reader, {}, {}};
  const gj_file_reader host = {sizeof(gj_file_reader), &state, detail::ReaderState::read, detail::release_content};
  auto result = detail::compile(options, [&](auto o, auto r, auto d, auto e) {
    return gj_compile_with_reader(&host, all.data(), all.size(), o, r, d, e);
  });
  if (state.thrown) std::rethrow_exception(state.thrown);
  return result;
}

}  // namespace v0
}  // namespace guiju
