// The translator of bound rows into x86-64: what is fetched first, which version governs, and the way out.
#include "kernel/native_row.hpp"

#ifdef GUIJU_MACHINE_CODE

#include <xbyak/xbyak.h>

#include <algorithm>

#include "kernel/native_program.hpp"
#include "values/calendar.hpp"

namespace guiju::kernel {

namespace {

class RowCode : public ProgramCode {
 public:
  explicit RowCode(const RowSource& source) : ProgramCode(source.places), source_(source) {}

  void translate() {
    for (const Reg64& saved : saved_) push(saved);
    sub(rsp, frame());
    mov(row_, rdi);
    mov(block_, rsi);
    note_what_is_read();
    load(source_.row);
    find_period();
    go_to_version();
    L(left_);
    set(rax, 0);
    L(end_);
    add(rsp, frame());
    for (std::size_t i = saved_.size(); i-- > 0;) pop(saved_[i]);
    ret();
  }

 private:
  // Keeps the stack at multiples of 16.
  [[nodiscard]] std::uint32_t frame() const {
    std::uint32_t most = 0;
    for (const RowProgram* program : source_.versions) {
      if (program != nullptr) most = std::max(most, frame_of(*program));
    }
    return most / 16 * 16 + 8 + (most % 16 == 0 ? 0 : 16);
  }

  void note_what_is_read() {
    for (const RowProgram* program : source_.versions) {
      if (program != nullptr) note_reads_of(*program);
    }
    for (const std::uint32_t date : source_.dates) note_read(static_cast<Register>(date));
  }

  // The period of the first date is counted, into ecx; every other date must lie in it.
  void find_period() {
    if (source_.dates.empty()) return jmp(left_, T_NEAR);
    for (const std::uint32_t date : source_.dates) {
      const std::optional<bool> is_known = ask_state(date, kKnown);
      if (is_known == true) continue;
      is_known == false ? jmp(left_, T_NEAR) : jne(left_, T_NEAR);
    }
    mov(rax, at(source_.dates.front()));
    mov(answer(RowAnswer::day), rax);
    set(rcx, 0);
    set(rdx, 0);
    for (const std::int32_t bound : source_.calendar->bounds) {
      cmp(rax, immediate(static_cast<std::uint64_t>(std::int64_t{bound})));
      setge(dl);
      add(ecx, edx);
    }
    if (source_.dates.size() == 1 || source_.calendar->bounds.empty()) return;
    mov(rsi, periods_);
    mov(rdx, Xbyak::util::qword[rsi + rcx * 8]);
    mov(rsi, Xbyak::util::qword[rsi + rcx * 8 + 8]);
    for (std::size_t i = 1; i < source_.dates.size(); ++i) {
      mov(rax, at(source_.dates[i]));
      cmp(rax, rdx);
      jl(left_, T_NEAR);
      cmp(rax, rsi);
      jge(left_, T_NEAR);
    }
  }

  void go_to_version() {
    const Calendar& calendar = *source_.calendar;
    Xbyak::Label table;
    std::vector<Xbyak::Label> versions(source_.versions.size());
    std::vector<Xbyak::Label> none(calendar.version.size());
    mov(rax, table);
    jmp(Xbyak::util::qword[rax + rcx * 8]);
    align(8);
    L(table);
    for (std::size_t period = 0; period < calendar.version.size(); ++period)
      putL(target(calendar.version[period], versions, none[period]));
    L(periods_);
    dq(static_cast<std::uint64_t>(std::int64_t{kFirstDay}));
    for (const std::int32_t bound : calendar.bounds) dq(static_cast<std::uint64_t>(std::int64_t{bound}));
    dq(static_cast<std::uint64_t>(std::int64_t{kLastDay} + 1));
    for (std::size_t v = 0; v < versions.size(); ++v) write_version(v, versions[v]);
    for (std::size_t period = 0; period < none.size(); ++period)
      write_none(static_cast<std::uint32_t>(calendar.nearest[period]), none[period]);
  }
  const Xbyak::Label& target(std::int32_t version, const std::vector<Xbyak::Label>& versions,
                             const Xbyak::Label& none) {
    if (version == Governing::none) return none;
    return version < 0 ? left_ : versions[static_cast<std::size_t>(version)];
  }

  void write_version(std::size_t version, Xbyak::Label& here) {
    L(here);
    const RowProgram* const program = source_.versions[version];
    if (program == nullptr) return jmp(left_, T_NEAR);
    store(answer(RowAnswer::version), version);
    ProgramCode::translate(*program);
    // Of what is referred it does not count that it is open.
    mov(ecx, eax);
    and_(ecx, RowAnswer::open | RowAnswer::referred);
    cmp(ecx, RowAnswer::open);
    je(left_, T_NEAR);
    or_(eax, RowAnswer::settled);
    jmp(end_, T_NEAR);
  }

  void write_none(std::uint32_t nearest, Xbyak::Label& here) {
    L(here);
    store(answer(RowAnswer::version), nearest);
    set(rax, RowAnswer::not_in_force | RowAnswer::settled);
    jmp(end_, T_NEAR);
  }

  const RowSource& source_;
  const std::array<Reg64, 6> saved_{rbx, rbp, r12, r13, r14, r15};
  Xbyak::Label end_, periods_;
};

}  // namespace

struct NativeRow::Memory {
  explicit Memory(const RowSource& source) : code(source) { code.translate(); }
  RowCode code;
};

NativeRow::NativeRow(std::unique_ptr<Memory> memory) : memory_(std::move(memory)) {
  memory_->code.readyRE();
  decide_ = memory_->code.getCode<Decide>();
}
NativeRow::~NativeRow() = default;
bool NativeRow::exists() {
  return true;
}

std::unique_ptr<const NativeRow> NativeRow::translate(const RowSource& source) {
  try {
    return std::unique_ptr<const NativeRow>(new NativeRow(std::make_unique<Memory>(source)));
  } catch (const Xbyak::Error&) {
    return nullptr;
  }
}

}  // namespace guiju::kernel

#else

namespace guiju::kernel {

struct NativeRow::Memory {};
NativeRow::NativeRow(std::unique_ptr<Memory> memory) : memory_(std::move(memory)) {}
NativeRow::~NativeRow() = default;
bool NativeRow::exists() {
  return false;
}
std::unique_ptr<const NativeRow> NativeRow::translate(const RowSource& /*source*/) {
  return nullptr;
}

}  // namespace guiju::kernel

#endif
