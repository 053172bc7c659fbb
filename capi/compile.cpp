// The five ways to hand over rule files.
#include "compiler/compile.hpp"

#include <map>
#include <mutex>

#include "boundary.hpp"
#include "compiler/cache.hpp"
#include "compiler/rebase.hpp"
#include "diagnostics/render.hpp"

struct gj_cache {
  // Counted once for the caller: the last one where it stands on this plan.
  gj_rulebook* rulebook_on(const std::shared_ptr<const guiju::plan::Plan>& plan) {
    const std::lock_guard lock(mutex);
    if (last == nullptr || last->plan != plan) {
      auto made = std::make_unique<gj_rulebook>(plan);
      gj_rulebook_release(last);
      last = made.release();
    }
    return gj_rulebook_retain(last);
  }
  ~gj_cache() { gj_rulebook_release(last); }

  guiju::compiler::Cache files;
  std::mutex mutex;
  gj_rulebook* last = nullptr;
};

namespace guiju::capi {
namespace {

gj_compile_options known_part(const gj_compile_options* options) {
  gj_compile_options known{};
  known.size = sizeof known;
  if (options == nullptr) return known;
  if (options->size < sizeof options->size)
    throw Failure{GJ_E_ARGUMENT, "options 的 size 未设置", "the size of options is not set"};
  std::memcpy(&known, options, options->size < sizeof known ? options->size : sizeof known);
  return known;
}

// The compiler itself puts the defaults for 0 and holds the rest below the hard maxima.
syntax::Limits limits_from(const gj_compile_options& options) {
  syntax::Limits limits;
  limits.source_bytes = options.source_bytes;
  limits.nesting = options.nesting;
  limits.messages = options.messages;
  limits.tokens = options.tokens;
  limits.data_bytes = options.data_bytes;
  limits.files = options.files;
  return limits;
}

gj_severity severity_of(Severity severity) {
  switch (severity) {
    case Severity::warning:
      return GJ_SEVERITY_WARNING;
    case Severity::note:
      return GJ_SEVERITY_NOTE;
    case Severity::error:
      break;
  }
  return GJ_SEVERITY_ERROR;
}

gj_diagnostics::Item describe(const Diagnostic& found, const SourceSet& sources) {
  gj_diagnostics::Item item;
  item.code = static_cast<std::int32_t>(found.code);
  item.severity = severity_of(info(found.code).severity);
  item.name = code_name(found.code);
  if (found.span.file != kNoFile && found.span.file < sources.size()) {
    const SourceFile& file = sources.file(found.span.file);
    const LineColumn begin = file.locate(found.span.begin);
    const LineColumn end = file.locate(found.span.end);
    item.file = file.path();
    item.line = begin.line;
    item.column = begin.column;
    item.end_line = end.line;
    item.end_column = end.column;
  }
  for (const auto language : {Language::zh, Language::en}) {
    const std::size_t at = language == Language::en ? GJ_EN : GJ_ZH;
    item.message[at] = message(found, language);
    item.help[at] = help(found, language);
    item.rendered[at] = render(found, sources, language);
  }
  return item;
}

std::unique_ptr<gj_diagnostics> describe_all(const compiler::Compiled& compiled) {
  auto all = std::make_unique<gj_diagnostics>();
  for (const auto& found : compiled.diagnostics.all()) all->items.push_back(describe(found, compiled.sources));
  all->errors = compiled.diagnostics.error_count();
  return all;
}

// What the five entries share: where results go, and the same end.
class Compilation {
 public:
  Compilation(const gj_compile_options* options, gj_rulebook** rulebook, gj_diagnostics** diagnostics)
      : options_(known_part(options)), rulebook_(require(rulebook, "rulebook")), diagnostics_(diagnostics) {}

  gj_status run(const std::vector<std::string>& files, const compiler::FileReader& reader) {
    gj_cache* const cache = options_.cache;
    const auto compiled = compiler::compile(files, reader, limits_from(options_),
                                            cache == nullptr ? nullptr : &cache->files, compiler::Wanted::plan);
    auto findings = diagnostics_ == nullptr ? nullptr : describe_all(compiled);
    if (compiled.plan != nullptr)
      rulebook_ = cache == nullptr ? new gj_rulebook(compiled.plan) : cache->rulebook_on(compiled.plan);
    if (diagnostics_ != nullptr) *diagnostics_ = findings.release();
    return rulebook_ == nullptr ? GJ_MISTAKES : GJ_OK;
  }

  [[nodiscard]] std::string root() const { return std::string(text_in(options_.root.data, options_.root.size)); }

 private:
  gj_compile_options options_;
  gj_rulebook*& rulebook_;
  gj_diagnostics** diagnostics_;
};

void clear(gj_rulebook** rulebook, gj_diagnostics** diagnostics) {
  if (rulebook != nullptr) *rulebook = nullptr;
  if (diagnostics != nullptr) *diagnostics = nullptr;
}

std::string path_in(gj_text path) {
  std::string name(text_in(path.data, path.size));
  if (name.empty()) throw Failure{GJ_E_ARGUMENT, "文件没有名称", "a file has no name"};
  if (name.find('\0') != std::string::npos)  // the system would take what stands before it
    throw Failure{GJ_E_ARGUMENT, "文件名称中有 NUL 字符", "the name of a file contains a NUL"};
  return name;
}

Failure no_such_file(const std::string& path) {
  return {GJ_E_NOT_FOUND, "没有规则文件:" + path, "no rule file: " + path};
}

gj_status compile_on_disk(std::string_view path, Compilation& compilation) {
  auto found = compiler::find_rule_files({std::string(path)});
  const std::string root = compilation.root();
  const bool below = root.empty() || compiler::rebase(found, root);
  if (!below || !found.missing.empty() || found.files.empty()) throw no_such_file(std::string(path));
  return compilation.run(found.files, compiler::disk_reader(found.root));
}

std::optional<std::string> read_from_host(const gj_file_reader& host, const std::string& path) {
  gj_text content = no_text();
  if (host.read(host.user, text_out(path), &content) != GJ_OK) return std::nullopt;
  struct Release {
    const gj_file_reader& host;
    gj_text content;
    ~Release() {
      if (host.release != nullptr) host.release(host.user, content);
    }
  } release{host, content};
  if (content.data == nullptr) return std::string();
  return std::string(content.data, content.size);
}

gj_file_reader known_part(const gj_file_reader* reader) {
  gj_file_reader known{};
  require(reader, "reader");
  if (reader->size < sizeof reader->size)
    throw Failure{GJ_E_ARGUMENT, "reader 的 size 未设置", "the size of reader is not set"};
  std::memcpy(&known, reader, reader->size < sizeof known ? reader->size : sizeof known);
  if (known.read == nullptr) throw null_argument("reader->read");
  return known;
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

gj_status gj_compile_text(const char* name, size_t name_size, const char* text, size_t text_size,
                          const gj_compile_options* options, gj_rulebook** rulebook, gj_diagnostics** diagnostics,
                          gj_error** error) {
  const gj_source source = {{name, name_size}, {text, text_size}};
  return gj_compile_memory(&source, 1, options, rulebook, diagnostics, error);
}

gj_status gj_compile_file(const char* path, size_t path_size, const gj_compile_options* options, gj_rulebook** rulebook,
                          gj_diagnostics** diagnostics, gj_error** error) {
  clear(rulebook, diagnostics);
  return guarded(error, [&] {
    Compilation compilation(options, rulebook, diagnostics);
    return compile_on_disk(path_in({path, path_size}), compilation);
  });
}

gj_status gj_compile_directory(const char* path, size_t path_size, const gj_compile_options* options,
                               gj_rulebook** rulebook, gj_diagnostics** diagnostics, gj_error** error) {
  return gj_compile_file(path, path_size, options, rulebook, diagnostics, error);
}

gj_status gj_compile_memory(const gj_source* sources, size_t source_count, const gj_compile_options* options,
                            gj_rulebook** rulebook, gj_diagnostics** diagnostics, gj_error** error) {
  clear(rulebook, diagnostics);
  return guarded(error, [&] {
    Compilation compilation(options, rulebook, diagnostics);
    if (source_count != 0) require(sources, "sources");
    std::vector<std::string> paths;
    std::map<std::string, std::string_view> contents;
    for (std::size_t i = 0; i < source_count; ++i) {
      const gj_source& source = sources[i];
      if (source.content.size != 0) require(source.content.data, "content");
      std::string path = path_in(source.path);
      if (!path.ends_with(".csv")) paths.push_back(path);
      // Faults in the encoding of rule files are findings, with their place.
      const std::string_view content =
          source.content.size == 0 ? std::string_view() : std::string_view(source.content.data, source.content.size);
      if (!contents.emplace(path, content).second)
        throw Failure{GJ_E_ARGUMENT, "文件给了两次:" + path, "a file is given twice: " + path};
    }
    if (paths.empty()) throw Failure{GJ_E_ARGUMENT, "没有规则文件", "no rule files"};
    const auto read = [&](const std::string& path) -> std::optional<std::string> {
      const auto found = contents.find(path);
      if (found == contents.end()) return std::nullopt;
      return std::string(found->second);
    };
    return compilation.run(paths, {read});
  });
}

gj_status gj_compile_with_reader(const gj_file_reader* reader, const gj_text* paths, size_t path_count,
                                 const gj_compile_options* options, gj_rulebook** rulebook,
                                 gj_diagnostics** diagnostics, gj_error** error) {
  clear(rulebook, diagnostics);
  return guarded(error, [&] {
    Compilation compilation(options, rulebook, diagnostics);
    const gj_file_reader host = known_part(reader);
    if (path_count == 0) throw Failure{GJ_E_ARGUMENT, "没有规则文件", "no rule files"};
    require(paths, "paths");
    std::vector<std::string> files;
    for (std::size_t i = 0; i < path_count; ++i) files.push_back(path_in(paths[i]));
    return compilation.run(files, {[&](const std::string& path) { return read_from_host(host, path); }});
  });
}

gj_status gj_cache_new(gj_cache** cache, gj_error** error) {
  if (cache != nullptr) *cache = nullptr;
  return guarded(error, [&] {
    gj_cache*& out = require(cache, "cache");
    out = new gj_cache;
    return gj_status{GJ_OK};
  });
}

void gj_cache_delete(gj_cache* cache) {
  delete cache;
}

size_t gj_diagnostics_count(const gj_diagnostics* diagnostics) {
  return diagnostics == nullptr ? 0 : diagnostics->items.size();
}

size_t gj_diagnostics_error_count(const gj_diagnostics* diagnostics) {
  return diagnostics == nullptr ? 0 : diagnostics->errors;
}

gj_status gj_diagnostics_get(const gj_diagnostics* diagnostics, size_t index, gj_language language,
                             gj_diagnostic* out) {
  return guarded_into(out, nullptr, [&] {
    const auto& item = item_at(require(diagnostics, "diagnostics").items, index);
    const std::size_t at = is_english(language) ? GJ_EN : GJ_ZH;
    gj_diagnostic value{};
    value.code = item.code;
    value.severity = item.severity;
    value.code_name = text_out(item.name);
    value.file = text_out(item.file);
    value.line = item.line;
    value.column = item.column;
    value.end_line = item.end_line;
    value.end_column = item.end_column;
    value.message = text_out(item.message[at]);
    value.help = text_out(item.help[at]);
    value.rendered = text_out(item.rendered[at]);
    return fill(out, value);
  });
}

void gj_diagnostics_delete(gj_diagnostics* diagnostics) {
  delete diagnostics;
}

}  // extern "C"
