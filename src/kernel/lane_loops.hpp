// The loops themselves. Included once for each instruction set by a file that defines GUIJU_INSTRUCTION_SET, the name
// of its namespace, and is compiled for that set. Nothing here may be shared with other files: a function of the
// standard library that was compiled for a newer processor could be the one that the linker keeps.
#include <bit>
#include <type_traits>

#include "kernel/arithmetic.h"
#include "kernel/lanes.hpp"

namespace guiju::kernel::GUIJU_INSTRUCTION_SET {
namespace {

using Truth = std::int8_t;

template <Width>
struct Lane;
template <>
struct Lane<w8> {
  using Type = std::int8_t;
};
template <>
struct Lane<w16> {
  using Type = std::int16_t;
};
template <>
struct Lane<w32> {
  using Type = std::int32_t;
};
template <>
struct Lane<w64> {
  using Type = std::int64_t;
};

template <typename T>
T* written(const Lanes& lanes) {
  return static_cast<T*>(lanes.out);
}

constexpr bool compares(Operation op) {
  return op >= Operation::EQ && op <= Operation::LE;
}
// What is reckoned in 32 bits, as far as they hold the days.
constexpr bool is_calendar(Operation op) {
  return op >= Operation::YEAR && op <= Operation::MONTHEND;
}
// What is served in every width; the others are rare, or have a form of their own for lanes.
constexpr bool narrows(Operation op) {
  switch (op) {
    case Operation::ADD:
    case Operation::ADDK:
    case Operation::SUB:
    case Operation::FROMK:
    case Operation::MUL:
    case Operation::MULK:
    case Operation::ABS:
    case Operation::MIN:
    case Operation::MINK:
    case Operation::MAX:
    case Operation::MAXK:
    case Operation::SEL:
    case Operation::AND:
    case Operation::OR:
    case Operation::NOT:
    case Operation::ANDNOT:
    case Operation::FLAG:
      return true;
    default:
      return compares(op);
  }
}

// One function for each operation: the expression of the table over all rows. What an operation does not read is
// optimised away.
template <Operation, Width>
struct Plain;
#define GUIJU_KERNEL(id, operands, expression)                                                                    \
  template <Width W>                                                                                              \
  struct Plain<Operation::id, W> {                                                                                \
    using T = typename Lane<W>::Type;                                                                             \
    using Out = std::conditional_t<compares(Operation::id), Truth, T>;                                            \
    using A = std::conditional_t<Operation::id == Operation::SEL, Truth, T>;                                      \
    using B = std::conditional_t<Operation::id == Operation::FLAG, Truth, T>;                                     \
    static void run(const Lanes& lanes) {                                                                         \
      constexpr bool reads_a = has(#operands, 'a'), reads_b = has(#operands, 'b'), reads_c = has(#operands, 'c'); \
      Out* __restrict out = written<Out>(lanes);                                                                  \
      const A* __restrict as = static_cast<const A*>(lanes.a);                                                    \
      const B* __restrict bs = static_cast<const B*>(lanes.b);                                                    \
      const T* __restrict cs = static_cast<const T*>(lanes.c);                                                    \
      [[maybe_unused]] const auto k = static_cast<Constant<Operation::id, T>>(lanes.k);                           \
      [[maybe_unused]] const std::int64_t* __restrict p = lanes.p;                                                \
      for (std::size_t i = 0; i < kBlock; ++i) {                                                                  \
        [[maybe_unused]] const A a = reads_a ? as[i] : A{};                                                       \
        [[maybe_unused]] const B b = reads_b ? bs[i] : B{};                                                       \
        [[maybe_unused]] const T c = reads_c ? cs[i] : T{};                                                       \
        out[i] = static_cast<Out>(expression);                                                                    \
      }                                                                                                           \
    }                                                                                                             \
  };

constexpr bool has(const char* operands, char operand) {
  for (; *operands != 0; ++operands) {
    if (*operands == operand) return true;
  }
  return false;
}
template <Operation op, typename T>
using Constant = std::conditional_t<narrows(op) && op != Operation::FLAG, T, std::int64_t>;

#include "kernel/operations.def"
#undef GUIJU_KERNEL

// A bit that fits into the lane, without 64 bits on the way.
template <typename T>
void flag(const Lanes& lanes) {
  T* __restrict out = written<T>(lanes);
  const T* __restrict as = static_cast<const T*>(lanes.a);
  const Truth* __restrict bs = static_cast<const Truth*>(lanes.b);
  const T bit = static_cast<T>(std::int64_t{1} << lanes.k);
  for (std::size_t i = 0; i < kBlock; ++i) out[i] = static_cast<T>(as[i] | (bs[i] != 0 ? bit : T{0}));
}

template <int opposites, bool is_opposite>
void conjunction(const Lanes& lanes) {
  Truth* __restrict out = written<Truth>(lanes);
  const Truth* __restrict as = static_cast<const Truth*>(lanes.a);
  const Truth* __restrict bs = static_cast<const Truth*>(lanes.b);
  const Truth* __restrict cs = static_cast<const Truth*>(lanes.c);
  for (std::size_t i = 0; i < kBlock; ++i) {
    const int a = opposites > 2 ? as[i] ^ 1 : as[i];
    const int b = opposites > 1 ? bs[i] ^ 1 : bs[i];
    const int c = opposites > 0 ? cs[i] ^ 1 : cs[i];
    const int all = a & b & c;
    out[i] = static_cast<Truth>(is_opposite ? all ^ 1 : all);
  }
}

template <typename T, bool b_is_opposite, bool c_is_opposite>
void two_flags(const Lanes& lanes) {
  T* __restrict out = written<T>(lanes);
  const T* __restrict as = static_cast<const T*>(lanes.a);
  const Truth* __restrict bs = static_cast<const Truth*>(lanes.b);
  const Truth* __restrict cs = static_cast<const Truth*>(lanes.c);
  const T first = static_cast<T>(std::int64_t{1} << (lanes.k & 0xff));
  const T second = static_cast<T>(std::int64_t{1} << (lanes.k >> 8));
  for (std::size_t i = 0; i < kBlock; ++i) {
    const T b = (bs[i] != 0) != b_is_opposite ? first : T{0};
    const T c = (cs[i] != 0) != c_is_opposite ? second : T{0};
    out[i] = static_cast<T>(as[i] | b | c);
  }
}
template <bool b_is_opposite, bool c_is_opposite>
constexpr std::array<Loop, kWidths> flag_pairs() {
  return {two_flags<std::int8_t, b_is_opposite, c_is_opposite>, two_flags<std::int16_t, b_is_opposite, c_is_opposite>,
          two_flags<std::int32_t, b_is_opposite, c_is_opposite>, two_flags<std::int64_t, b_is_opposite, c_is_opposite>};
}

template <typename From, typename To>
void convert(const Lanes& lanes) {
  To* __restrict out = written<To>(lanes);
  const From* __restrict as = static_cast<const From*>(lanes.a);
  for (std::size_t i = 0; i < kBlock; ++i) out[i] = static_cast<To>(as[i]);
}

// `count` steps from number `from` on, over what those before have left. In the wider of both widths, so that a
// comparison and what it chooses have the same shape.
template <typename From, typename To, std::size_t count>
void climb(const Lanes& lanes, std::size_t from) {
  using Both = std::conditional_t<(sizeof(From) > sizeof(To)), From, To>;
  To* __restrict out = written<To>(lanes);
  const From* __restrict as = static_cast<const From*>(lanes.a);
  const std::int64_t* const bounds = lanes.p + 1;
  const std::int64_t* const values = bounds + lanes.p[0];
  Both bound[count];
  Both value[count];
  for (std::size_t n = 0; n < count; ++n) bound[n] = static_cast<Both>(bounds[from + n]);
  for (std::size_t n = 0; n < count; ++n) value[n] = static_cast<Both>(values[from + n + 1]);
  const auto lowest = static_cast<Both>(values[0]);
  if constexpr (count == 1) {  // the compiler at hand makes vectors of more, not of one
    const Both only_bound = bound[0], only_value = value[0];
    if (from == 0) {
      for (std::size_t i = 0; i < kBlock; ++i) {
        const Both a = as[i];
        out[i] = static_cast<To>(a >= only_bound ? only_value : lowest);
      }
      return;
    }
  }
  const auto climbed = [&](Both a, Both before) {
    for (std::size_t n = 0; n < count; ++n) before = a >= bound[n] ? value[n] : before;
    return static_cast<To>(before);
  };
  if (from == 0) {
    for (std::size_t i = 0; i < kBlock; ++i) out[i] = climbed(as[i], lowest);
  } else {
    for (std::size_t i = 0; i < kBlock; ++i) out[i] = climbed(as[i], out[i]);
  }
}

// Bounds that no value of the lane reaches are not asked for: the preparation has left them out.
template <typename From, typename To>
void steps(const Lanes& lanes) {
  const auto count = static_cast<std::size_t>(lanes.p[0]);
  std::size_t from = 0;
  for (; from + 4 <= count; from += 4) climb<From, To, 4>(lanes, from);
  if (count - from == 3) climb<From, To, 3>(lanes, from);
  if (count - from == 2) climb<From, To, 2>(lanes, from);
  if (count - from == 1) climb<From, To, 1>(lanes, from);
}

template <typename T, bool is_opposite>
void within(const Lanes& lanes) {
  using U = std::make_unsigned_t<T>;
  Truth* __restrict out = written<Truth>(lanes);
  const T* __restrict as = static_cast<const T*>(lanes.a);
  const auto least = static_cast<U>(lanes.k);
  const auto span = static_cast<U>(lanes.p[0] - 1);
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto beyond = static_cast<U>(static_cast<U>(as[i]) - least);
    out[i] = static_cast<Truth>(is_opposite ? beyond > span : beyond <= span);
  }
}

void wide_multiply(const Lanes& lanes) {
  std::int64_t* __restrict out = written<std::int64_t>(lanes);
  const std::int32_t* __restrict as = static_cast<const std::int32_t*>(lanes.a);
  const std::int32_t* __restrict bs = static_cast<const std::int32_t*>(lanes.b);
  for (std::size_t i = 0; i < kBlock; ++i) out[i] = std::int64_t{as[i]} * bs[i];
}

const Quotient& quotient_in(const Lanes& lanes) {
  return *reinterpret_cast<const Quotient*>(lanes.p);
}

// `is_signed`: some a or b may be below 0.
template <bool is_signed>
void quotient(const Lanes& lanes) {
  std::int32_t* __restrict out = written<std::int32_t>(lanes);
  const std::int32_t* __restrict as = static_cast<const std::int32_t*>(lanes.a);
  const std::int32_t* __restrict bs = static_cast<const std::int32_t*>(lanes.b);
  const auto add = static_cast<std::uint32_t>(quotient_in(lanes).add);
  const auto shift = static_cast<std::uint32_t>(quotient_in(lanes).shift);
  const auto post = static_cast<std::uint32_t>(quotient_in(lanes).post);
  // The magic number is a lane of its own: only of two lanes do compilers see that a product of 32 by 32 bits suffices.
  const std::uint32_t* __restrict magic = static_cast<const std::uint32_t*>(lanes.c);
  for (std::size_t i = 0; i < kBlock; ++i) {
    const std::int32_t product = as[i] * bs[i];
    const std::int32_t sign = is_signed ? (as[i] ^ bs[i]) >> 31 : 0;
    const std::uint32_t u = (static_cast<std::uint32_t>((product ^ sign) - sign) + add) >> shift;
    const auto q = static_cast<std::int32_t>(static_cast<std::uint32_t>(std::uint64_t{u} * magic[i] >> post));
    out[i] = (q ^ sign) - sign;
  }
}

// Compilers divide by a number that they know without leaving 32 bits.
template <std::uint32_t odd, bool is_signed>
void quotient_by(const Lanes& lanes) {
  std::int32_t* __restrict out = written<std::int32_t>(lanes);
  const std::int32_t* __restrict as = static_cast<const std::int32_t*>(lanes.a);
  const std::int32_t* __restrict bs = static_cast<const std::int32_t*>(lanes.b);
  const auto add = static_cast<std::uint32_t>(quotient_in(lanes).add);
  const auto shift = static_cast<std::uint32_t>(quotient_in(lanes).shift);
  for (std::size_t i = 0; i < kBlock; ++i) {
    const std::int32_t product = as[i] * bs[i];
    const std::int32_t sign = is_signed ? (as[i] ^ bs[i]) >> 31 : 0;
    const std::uint32_t u = (static_cast<std::uint32_t>((product ^ sign) - sign) + add) >> shift;
    out[i] = (static_cast<std::int32_t>(u / odd) ^ sign) - sign;
  }
}
template <std::uint32_t odd>
constexpr std::array<Loop, 2> quotients_by() {
  return {quotient_by<odd, false>, quotient_by<odd, true>};
}

void quotient_wide(const Lanes& lanes) {
  std::int64_t* __restrict out = written<std::int64_t>(lanes);
  const std::int64_t* __restrict as = static_cast<const std::int64_t*>(lanes.a);
  const auto add = static_cast<std::uint64_t>(quotient_in(lanes).add);
  const std::int64_t shift = quotient_in(lanes).shift;
  const auto magic = static_cast<std::uint32_t>(quotient_in(lanes).magic);
  const std::int64_t post = quotient_in(lanes).post;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const std::int64_t sign = -static_cast<std::int64_t>(as[i] < 0);
    const auto a = static_cast<std::uint64_t>((as[i] ^ sign) - sign);
    const std::uint64_t u = (a + add) >> shift & 0xffffffffU;
    const auto q = static_cast<std::int64_t>(u * magic >> post);
    out[i] = (q ^ sign) - sign;
  }
}

template <typename T>
void extent(const void* values, std::size_t n, Range& range) {
  const T* __restrict v = static_cast<const T*>(values);
  T least = v[0];
  T most = v[0];
  for (std::size_t i = 0; i < n; ++i) {
    least = v[i] < least ? v[i] : least;
    most = v[i] > most ? v[i] : most;
  }
  range.least = least;
  range.most = most;
}

template <typename From, typename To>
void admit(const Admission& column, Range& stored) {
  To* __restrict out = static_cast<To*>(column.out);
  const From* __restrict values = static_cast<const From*>(column.values);
  const Truth* __restrict known = column.known;
  const auto filler = static_cast<From>(column.filler);
  const auto unknown = static_cast<To>(column.unknown);
  From least = filler;
  From most = filler;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const From value = values[i];
    const From v = static_cast<From>(filler ^ ((value ^ filler) & -From{known[i]}));
    least = v < least ? v : least;
    most = v > most ? v : most;
    const auto narrow = static_cast<To>(value);
    out[i] = static_cast<To>(unknown ^ ((narrow ^ unknown) & -To{known[i]}));
  }
  stored.least = least;
  stored.most = most;
}
template <typename From>
constexpr std::array<void (*)(const Admission&, Range&), kWidths> admissions() {
  return {admit<From, std::int8_t>, admit<From, std::int16_t>, admit<From, std::int32_t>, admit<From, std::int64_t>};
}

// The bits of a byte as bytes, the lowest in front.
std::uint64_t spread(std::uint64_t byte) {
  const std::uint64_t one_in_each = byte * 0x0101010101010101U & 0x8040201008040201U;
  return (one_in_each + 0x7f7f7f7f7f7f7f7fU) >> 7 & 0x0101010101010101U;
}

void unpack(const std::uint64_t* bits, std::size_t n, std::int8_t* out) {
  std::size_t i = 0;
  for (; i + 64 <= n; i += 64) {
    const std::uint64_t word = bits[i / 64];
    if (word + 1 <= 1) {  // none or all
      for (std::size_t j = 0; j < 64; ++j) out[i + j] = static_cast<std::int8_t>(word & 1U);
    } else if constexpr (std::endian::native == std::endian::little) {
      for (std::size_t j = 0; j < 64; j += 8) {
        const std::uint64_t eight = spread(word >> j & 0xffU);
        __builtin_memcpy(out + i + j, &eight, sizeof eight);
      }
    } else {
      for (std::size_t j = 0; j < 64; ++j) out[i + j] = static_cast<std::int8_t>(word >> j & 1U);
    }
  }
  for (; i < n; ++i) out[i] = static_cast<std::int8_t>(bits[i / 64] >> (i % 64) & 1U);
}

template <Operation op, Width W>
constexpr Loop plain() {
  using T = typename Lane<W>::Type;
  if constexpr (op == Operation::FLAG) {
    return flag<T>;
  } else if constexpr (W == w64 || narrows(op) || (W == w32 && is_calendar(op))) {
    return Plain<op, W>::run;
  } else {
    return nullptr;
  }
}

template <typename From>
constexpr std::array<Loop, kWidths> conversions() {
  return {convert<From, std::int8_t>, convert<From, std::int16_t>, convert<From, std::int32_t>,
          convert<From, std::int64_t>};
}
template <typename From>
constexpr std::array<Loop, kWidths> staircases() {
  return {steps<From, std::int8_t>, steps<From, std::int16_t>, steps<From, std::int32_t>, steps<From, std::int64_t>};
}

constexpr Loops kLoops{
    {{
#define GUIJU_KERNEL(id, operands, expression) \
  {plain<Operation::id, w8>(), plain<Operation::id, w16>(), plain<Operation::id, w32>(), plain<Operation::id, w64>()},
#include "kernel/operations.def"
#undef GUIJU_KERNEL
    }},
    {conversions<std::int8_t>(), conversions<std::int16_t>(), conversions<std::int32_t>(), conversions<std::int64_t>()},
    {staircases<std::int8_t>(), staircases<std::int16_t>(), staircases<std::int32_t>(), staircases<std::int64_t>()},
    {{{conjunction<0, false>, conjunction<0, true>},
      {conjunction<1, false>, conjunction<1, true>},
      {conjunction<2, false>, conjunction<2, true>},
      {conjunction<3, false>, conjunction<3, true>}}},
    {flag_pairs<false, false>(), flag_pairs<true, false>(), flag_pairs<false, true>(), flag_pairs<true, true>()},
    {{{within<std::int8_t, false>, within<std::int16_t, false>, within<std::int32_t, false>,
       within<std::int64_t, false>},
      {within<std::int8_t, true>, within<std::int16_t, true>, within<std::int32_t, true>, within<std::int64_t, true>}}},
    wide_multiply,
    {quotient<false>, quotient<true>},
    {{quotients_by<1>(), quotients_by<5>(), quotients_by<25>(), quotients_by<125>(), quotients_by<625>(),
      quotients_by<3125>(), quotients_by<15625>()}},
    quotient_wide,
    {admissions<std::int8_t>(), admissions<std::int16_t>(), admissions<std::int32_t>(), admissions<std::int64_t>()},
    {extent<std::int8_t>, extent<std::int16_t>, extent<std::int32_t>, extent<std::int64_t>},
    unpack};

}  // namespace

const Loops& loops() {
  return kLoops;
}

}  // namespace guiju::kernel::GUIJU_INSTRUCTION_SET
