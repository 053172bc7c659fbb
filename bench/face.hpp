// How somebody who decides is asked and measured. A *face* is one way in: a struct that is made for a programme and
// answers for a row,
//
//     struct Face {
//       explicit Face(Programme programme);
//       Answer answer(std::size_t row);        // of rows_of(programme)
//       void measure(std::size_t row);         // may be left out: what is measured in place of `answer`
//     };
//
// or, of columns, for all rows at once:
//
//     struct Face { explicit Face(Programme programme); void answer(AnswerColumns& out); };
//
// One line, `const bool added = add_face<Face>("one", "name");`, adds it to the check and to the measuring.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cases.hpp"

namespace bench {

struct AnswerColumns {
  std::vector<std::uint8_t> outcome = std::vector<std::uint8_t>(kRows);
  std::vector<std::int32_t> amount = std::vector<std::int32_t>(kRows);
  std::vector<std::uint8_t> failed = std::vector<std::uint8_t>(kRows);
};

// A face by its name, "one/appliances/by_hand", as it is called for the check.
struct Checked {
  std::string name;
  std::function<std::vector<Answer>()>
      answers;  // to the first kAgreement rows, or of each of many programmes to its own
  std::function<std::function<void()>()>
      decides;  // makes a face that decides the next row, or all of them, with each call; none for many programmes
};
std::vector<Checked>& checked();

// Versions of those that are packages, for the report.
std::vector<std::string>& versions();

std::string full_name(std::string_view group, Programme programme, std::string_view name);

template <typename Face>
concept OfColumns = requires(Face face, AnswerColumns& out) {
  face.answer(out);
};

template <typename Face>
std::vector<Answer> answers_of(Programme programme) {
  Face face(programme);
  std::vector<Answer> out(kAgreement);
  if constexpr (OfColumns<Face>) {
    AnswerColumns columns;
    face.answer(columns);
    if constexpr (requires { face.number_failures(columns); }) face.number_failures(columns);
    for (std::size_t i = 0; i < kAgreement; ++i) out[i] = {columns.outcome[i], columns.amount[i], columns.failed[i]};
  } else {
    for (std::size_t i = 0; i < kAgreement; ++i) out[i] = face.answer(i);
  }
  return out;
}

template <typename Face>
void measure_face(benchmark::State& state, Programme programme) {
  Face face(programme);
  if constexpr (OfColumns<Face>) {
    AnswerColumns columns;
    for (int i = 0; i < 3; ++i) face.answer(columns);  // warm: caches, branch predictors, just-in-time compilers
    for (auto _ : state) {
      face.answer(columns);
      benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRows));
  } else {
    for (std::size_t i = 0; i < kDistinct / 16; ++i) benchmark::DoNotOptimize(face.answer(i));
    std::size_t i = 0;
    for (auto _ : state) {
      if constexpr (requires { face.measure(i); })
        face.measure(i);
      else
        benchmark::DoNotOptimize(face.answer(i));
      i = (i + 1) % kDistinct;
    }
    state.SetItemsProcessed(state.iterations());
  }
}

// What is measured, a call at a time.
template <typename Face>
std::function<void()> decides(Programme programme) {
  auto face = std::make_shared<Face>(programme);
  if constexpr (OfColumns<Face>) {
    return [face, out = std::make_shared<AnswerColumns>()] { face->answer(*out); };
  } else {
    return [face, row = std::size_t{0}]() mutable {
      if constexpr (requires { face->measure(row); })
        face->measure(row);
      else
        benchmark::DoNotOptimize(face->answer(row));
      row = (row + 1) % kDistinct;
    };
  }
}

template <typename Face>
bool add_face(std::string_view group, std::string_view name) {
  for (const Programme programme : kProgrammes) {
    const std::string full = full_name(group, programme, name);
    checked().push_back(
        {full, [programme] { return answers_of<Face>(programme); }, [programme] { return decides<Face>(programme); }});
    benchmark::RegisterBenchmark(full.c_str(),
                                 [programme](benchmark::State& state) { measure_face<Face>(state, programme); });
  }
  return true;
}

// The same face in one thread and in two at once, each with a face of its own.
template <typename Face>
bool add_threads(std::string_view name) {
  for (const Programme programme : kProgrammes)
    benchmark::RegisterBenchmark(full_name("threads", programme, name).c_str(),
                                 [programme](benchmark::State& state) { measure_face<Face>(state, programme); })
        ->Threads(1)
        ->Threads(2);
  return true;
}

// Many programmes: `answers` loads them and lets each answer once, which `measure` does over and over.
void add_load(std::string_view name, std::size_t count, std::function<std::vector<Answer>()> answers,
              std::function<void(benchmark::State&)> measure);

// Loads so many programmes, lets each answer once and keeps them, for the measuring of memory.
void keep_loaded(std::string_view name, std::function<void(std::size_t count)> load);

}  // namespace bench
