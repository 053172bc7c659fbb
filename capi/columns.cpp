// Many cases at once: the caller's columns, described and checked.
#include "run/columns.hpp"

#include <algorithm>
#include <set>

#include "boundary.hpp"

namespace guiju::capi {
namespace {

using plan::ProgramInfo;

// What the caller's struct has of ours.
template <typename Struct>
Struct struct_in(const Struct* from) {
  Struct out{};
  if (from == nullptr) return out;
  if (from->size < sizeof(std::size_t))
    throw Failure{GJ_E_ARGUMENT, "结构的 size 未设置", "the struct's size is not set"};
  std::memcpy(static_cast<void*>(&out), from, std::min(from->size, sizeof(Struct)));
  return out;
}

// Older callers have shorter structs; they lie one after the other.
gj_column column_in(const gj_column* columns, std::size_t index) {
  const auto* const first = reinterpret_cast<const std::byte*>(&require(columns, "columns"));
  return struct_in(reinterpret_cast<const gj_column*>(first + index * columns->size));
}

run::ColumnField field_in(const gj_column& in, const gj_program& program) {
  const gj_field& field = require(in.field, "field");
  if (field.program != &program || field.list != nullptr)
    throw Failure{GJ_E_ARGUMENT, "该项不属于这里:" + field.info->path,
                  "the field does not belong here: " + field.info->path};
  if (in.element < GJ_INT8 || in.element > GJ_LIST_VIEW)
    throw Failure{GJ_E_ARGUMENT, "没有这种存法", "no such element"};
  run::ColumnField out;
  out.field = field.index;
  out.element = static_cast<run::Element>(in.element);
  out.scale = in.scale;
  out.may_be_unknown = in.may_be_unknown != 0;
  out.may_be_absent = in.may_be_absent != 0;
  for (std::size_t i = 0; i < in.dictionary_count; ++i) {
    const gj_text& text = (&require(in.dictionary, "dictionary"))[i];
    out.dictionary.emplace_back(text_in(text.data, text.size));
  }
  return out;
}

std::optional<kernel::Width> width_in(std::int32_t bytes) {
  if (bytes == 0) return std::nullopt;
  for (const kernel::Width width : {kernel::w8, kernel::w16, kernel::w32, kernel::w64}) {
    if (bytes == static_cast<std::int32_t>(kernel::bytes_of(width))) return width;
  }
  throw Failure{GJ_E_ARGUMENT, "整数须为 1、2、4 或 8 字节", "integers have 1, 2, 4 or 8 bytes"};
}

kernel::Asked asked_in(const gj_answer_widths* widths) {
  const gj_answer_widths in = struct_in(widths);
  kernel::Asked out;
  out.version = width_in(in.version);
  out.amount = width_in(in.amount);
  out.failed = width_in(in.failed);
  return out;
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

struct gj_columns {
  gj_columns(const gj_program& of, std::vector<run::ColumnField> fields, const kernel::Asked& asked)
      : owner(of.rulebook),
        program(&of),
        count(fields.size()),
        columns(of.rulebook->plan, of.index, std::move(fields), asked),
        rows(count) {}

  RulebookOwner owner;
  const gj_program* program;
  std::size_t count;
  run::Columns columns;
  std::vector<kernel::ColumnRows> rows;
  std::vector<bool> has_values;
};

extern "C" {

gj_status gj_columns_new(const gj_program* program, const gj_column* columns, size_t column_count,
                         const gj_answer_widths* answers, gj_columns** out, gj_error** error) {
  if (out != nullptr) *out = nullptr;
  return guarded(error, [&] {
    gj_columns*& made = require(out, "out");  // before anything is made: the right of a `=` runs first
    const gj_program& of = require(program, "program");
    if (of.info().kind != ProgramInfo::program && of.info().kind != ProgramInfo::duty)
      throw Failure{GJ_E_ARGUMENT, "只有项目与义务可按列判定", "only programmes and duties are decided by columns"};
    std::vector<run::ColumnField> fields;
    std::vector<bool> has_values;
    std::set<plan::Index> named;
    for (std::size_t i = 0; i < column_count; ++i) {
      fields.push_back(field_in(column_in(columns, i), of));
      const plan::FieldInfo& field = of.info().layout.fields[fields.back().field];
      has_values.push_back(field.cls != plan::SlotClass::list);
      if (!named.insert(fields.back().field).second)
        throw Failure{GJ_E_ARGUMENT, "写了两次:" + field.path, "named twice: " + field.path};
    }
    auto prepared = std::make_unique<gj_columns>(of, std::move(fields), asked_in(answers));
    if (const auto misfit = prepared->columns.misfit()) {
      const std::string& path = column_in(columns, *misfit).field->info->path;
      throw Failure{GJ_E_KIND, "该项不能这样存:" + path, "the field cannot be held so: " + path};
    }
    if (!prepared->columns.fits())
      throw Failure{GJ_E_RANGE, "答案可能超出所要的字节数", "an answer could have more bytes than were asked for"};
    prepared->has_values = std::move(has_values);
    made = prepared.release();
    return gj_status{GJ_OK};
  });
}

void gj_columns_delete(gj_columns* columns) {
  delete columns;
}

gj_status gj_columns_set_as_at(gj_columns* columns, gj_date day) {
  return columns == nullptr ? gj_status{GJ_E_ARGUMENT} : set_day(columns->columns.options.as_at, day);
}

gj_status gj_columns_set_known_on(gj_columns* columns, gj_date day) {
  return columns == nullptr ? gj_status{GJ_E_ARGUMENT} : set_day(columns->columns.options.known_on, day);
}

size_t gj_columns_failed_count(const gj_columns* columns) {
  return columns == nullptr ? 0 : columns->columns.failed_count();
}

gj_status gj_decide_columns(gj_columns* columns, const gj_column_rows* rows, size_t row_count,
                            const gj_answer_rows* answers, gj_error** error) {
  return guarded(error, [&] {
    gj_columns& by = require(columns, "columns");
    require(answers, "answers");
    const gj_answer_rows out = struct_in(answers);
    if (row_count == 0) return gj_status{GJ_OK};
    for (std::size_t i = 0; i < by.count; ++i) {
      const gj_column_rows& from = (&require(rows, "rows"))[i];
      if (by.has_values[i] && from.values == nullptr) throw null_argument("values");
      by.rows[i] = {from.values, from.known, from.absent};
    }
    const auto too_large =
        by.columns.decide(by.rows.data(), row_count, {out.outcomes, out.versions, out.amounts, out.failed});
    if (too_large)
      throw Failure{GJ_E_RANGE, "第 " + std::to_string(*too_large) + " 行的金额超出所要的字节数",
                    "the amount of row " + std::to_string(*too_large) + " has more bytes than were asked for"};
    // Duties count on from where those of standards stand between.
    if (by.program->info().kind == ProgramInfo::duty && out.outcomes != nullptr) {
      constexpr int kBetween = GJ_DUTY_NOT_OWED - static_cast<int>(run::Outcome::not_owed);
      for (std::size_t i = 0; i < row_count; ++i) {
        if (out.outcomes[i] >= static_cast<int>(run::Outcome::not_owed))
          out.outcomes[i] = static_cast<std::int8_t>(out.outcomes[i] + kBetween);
      }
    }
    return gj_status{GJ_OK};
  });
}

gj_text gj_program_requirement(const gj_program* program, size_t version, size_t index) {
  if (program == nullptr || version >= program->info().sections.size()) return no_text();
  const auto& requirements = program->info().sections[version].requirements;
  return index < requirements.size() ? text_out(requirements[index].name) : no_text();
}

}  // extern "C"
