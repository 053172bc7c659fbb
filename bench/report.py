"""The report of the benchmarks: which peers there are, what is held against what, the table (results.md) and the chart (results.svg)."""
import datetime
import html
import math
import pathlib
import platform

PROGRAMMES = ("appliances", "cars")

# What a reader sees in place of the short names.
TITLES = {
    "guiju_handles": "Guiju, field handles",
    "guiju_row": "Guiju, bound row",
    "guiju": "Guiju",
    "guiju_columns": "Guiju, columns",
    "guiju_figures_only": "Guiju, figures only, no JSON out",
    "guiju_in_words": "Guiju, with all its reasons in Chinese",
    "guiju_reasons": "Guiju, reasons in Chinese",
    "guiju_trace": "Guiju, reasons and full trace in Chinese",
    "guiju_emitted_c": "Guiju, emitted C",
    "by_hand": "C++ by hand",
    "luajit": "LuaJIT",
    "lua_cjson": "LuaJIT with lua-cjson",
    "zen": "GoRules Zen (its own clock)",
    "zen_node": "GoRules Zen through Node",
    "duckdb": "DuckDB, CASE",
    "openfisca": "OpenFisca",
    "sqlite": "SQLite, CASE",
    "cel": "cel-go",
    "opa": "OPA",
    "regorus": "regorus",
    "clips": "CLIPS",
}

# Who is not asked, and why.
UNASKED = {
    "Cedar": "says allow or deny and which policies decided; it has no amount to compare",
    "Drools, Camunda FEEL": "run on a Java machine; the two programmes are not written in their languages here",
}


def peers(here, installed):
    """Those that run in processes of their own: a title and a command."""
    python = installed / "python" / "bin" / "python"
    return [
        ("GoRules Zen", [python, here / "peers" / "zen_peer.py"]),
        ("cel-go", [installed / "cel"]),
        ("OPA", [installed / "opa", installed / "rego"]),
        ("regorus", [installed / "rust" / "release" / "regorus_peer", installed / "rego"]),
        ("DuckDB", [python, here / "peers" / "duckdb_peer.py"]),
        ("OpenFisca", [python, here / "peers" / "openfisca_peer.py"]),
        ("SQLite", [python, here / "peers" / "sqlite_peer.py"]),
        ("GoRules Zen through Node", ["node", here / "peers" / "zen_node.mjs", installed / "node", python]),
    ]


# What must be reached: what is asked, the group, whose face may meet it, against whom, how many times their time it may take at most;
# a number in place of a name is an absolute figure in nanoseconds.
ONE = ("one decision, C interface / 一次判定,C 接口", "one", ("guiju_row", "guiju_handles"))
JSON = ("JSON text to JSON text / JSON 进 JSON 出", "json", ("guiju",))
COLUMNS = ("columns, one core / 按列,单核", "columns", ("guiju_columns",))
GOALS = [
    (*ONE, "by_hand", 3),
    (*ONE, "luajit", 1 / 1.4),
    (*ONE, "zen", 1 / 200),
    (*JSON, "lua_cjson", 1),
    (*JSON, "zen_node", 1),
    (*JSON, 1500, 1),
    (*COLUMNS, "by_hand", 3),
    (*COLUMNS, "duckdb", 1 / 30),
    (*COLUMNS, "luajit", 1 / 6),
    ("emitted C / 生成的 C", "one", ("guiju_emitted_c",), "by_hand", 1.2),
    ("reasons and full trace in Chinese / 中文理由与全过程", "words", ("guiju_trace",), 5000, 1),
]
MOST_MEMORY = 6  # MiB for 1,000 programmes
MOST_LOADING = 1.5  # times LuaJIT's
LEAST_SPEEDUP = 1.9  # of two threads
MOST_GROWTH = 1.25  # of one decision, from 10 to 10,000 programmes; and of loading one programme
WITHOUT_ALLOCATIONS = ("guiju_row", "guiju_handles", "guiju_columns", "guiju_emitted_c")


def title(name):
    return TITLES.get(name, name.replace("_", " "))


def quantity(nanoseconds):
    """Three figures and a unit."""
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1)):
        if nanoseconds >= size or unit == "ns":
            value = nanoseconds / size
            return f"{value:.{max(0, 2 - int(math.log10(max(value, 1))))}f} {unit}"


def rate(nanoseconds):
    return f"{1e3 / nanoseconds:.{0 if nanoseconds < 10 else 1}f} M rows/s"


class Figures:
    def __init__(self, results):
        self.times = results["times"]
        self.walls = results["walls"]
        self.memory = results["memory"]
        self.allocations = results["allocations"]

    def of(self, group, programme, name):
        found = self.times.get(f"{group}/{programme}/{name}")
        return found and found["median"]

    def fastest(self, group, programme, names):
        found = [(t, n) for n in names if (t := self.of(group, programme, n))]
        return min(found, default=(None, None))

    def names(self, group):
        out = []
        for name in self.times:
            parts = name.split("/")
            if parts[0] == group and parts[2] not in out:
                out.append(parts[2])
        return out


HEAD = "| what / 项目 | programme | Guiju | against / 对照 | theirs | ratio | to reach / 目标 | |"


def row(*cells):
    return "| " + " | ".join(str(cell or "") for cell in cells) + " |"


def goals(figures):
    """Every row of what must be reached; met, or short of it, or with whom is missing."""
    lines = [HEAD, "| --- | --- | ---: | --- | ---: | ---: | ---: | --- |"]
    for what, group, ours, against, most in GOALS:
        for programme in PROGRAMMES:
            time, _ = figures.fastest(group, programme, ours)
            is_fixed = isinstance(against, int)
            theirs = against if is_fixed else figures.of(group, programme, against)
            show = rate if group == "columns" else quantity
            lines.append(row(what, programme, time and show(time) or "missing", "a fixed time" if is_fixed else title(against),
                             theirs and show(theirs) or "missing", ratio(time, theirs), wanted(most), verdict(time, theirs, most)))
    return lines + goals_of_many(figures) + goals_of_allocations(figures) + goals_of_threads(figures)


def goals_of_many(figures):
    ours, theirs = figures.of("load", "1000", "guiju"), figures.of("load", "1000", "luajit")
    memory, of_lua = figures.memory.get("guiju"), figures.memory.get("luajit")
    lines = [
        row("1,000 programmes loaded, each answering once / 装入一千个项目并各判定一次", "both", ours and quantity(ours), "LuaJIT",
            theirs and quantity(theirs) or "missing", ratio(ours, theirs), wanted(MOST_LOADING), verdict(ours, theirs, MOST_LOADING)),
        row("memory of 1,000 programmes / 一千个项目的内存", "both", memory and mebibytes(memory), "LuaJIT", of_lua and mebibytes(of_lua),
            ratio(memory, of_lua, "size", "smaller"), f"at most {MOST_MEMORY} MiB", verdict(memory, MOST_MEMORY, 1)),
    ]
    few, many = figures.of("among", "10", "guiju"), figures.of("among", "10000", "guiju")
    lines.append(row("one decision among 10,000 programmes / 一万个项目中的一次判定", "both", many and quantity(many), "among 10 / 十个之中",
                     few and quantity(few), ratio(many, few), wanted(MOST_GROWTH), verdict(many, few, MOST_GROWTH)))
    few, many = figures.of("load", "100", "guiju"), figures.of("load", "10000", "guiju")
    few, many = few and few / 100, many and many / 10_000
    lines.append(row("loading one of 10,000 programmes / 一万个项目平均每个的装入", "both", many and quantity(many), "one of 100 / 一百个平均",
                     few and quantity(few), ratio(many, few), wanted(MOST_GROWTH), verdict(many, few, MOST_GROWTH)))
    return lines


def goals_of_allocations(figures):
    lines = []
    for programme in PROGRAMMES:
        counts = {n: c for n, c in figures.allocations.items() if n.split("/")[1] == programme and n.split("/")[2] in WITHOUT_ALLOCATIONS}
        most = max(counts.values(), default=None)
        names = ", ".join(f"{title(n.split('/')[2])}: {c:g}" for n, c in counts.items() if c) or "handles, row, columns, emitted C"
        lines.append(row("allocations of a decision, warm / 每次判定的内存分配", programme, f"{most:g}" if counts else "missing", names, "", "", "0",
                         verdict(most + 1, 1, 1) if counts else ""))
    return lines


def goals_of_threads(figures):
    """By the clock of the processor, which tells what threads take from each other; by the clock on the wall, which a busy machine spoils."""
    lines = []
    for programme in PROGRAMMES:
        names = [f"threads/{programme}/guiju/threads:{n}" for n in (1, 2)]
        one, two = (figures.times.get(name, {}).get("median") for name in names)
        wall_one, wall_two = (figures.walls.get(name) for name in names)
        if not (one and two and wall_one and wall_two):
            continue
        speedup = 2 * one / two
        lines.append(row("two threads on one rulebook / 两线程共用一部规则", programme, f"{speedup:.2f}× (processor), {wall_one / wall_two:.2f}× (wall)",
                         "one thread / 单线程", quantity(one), "", f"{LEAST_SPEEDUP}×", verdict(LEAST_SPEEDUP, speedup, 1)))
    return lines


def mebibytes(size):
    return f"{size:.1f} MiB"


def ratio(ours, theirs, of="time", better="faster"):
    if not ours or not theirs:
        return ""
    return f"{ours / theirs:.2f}× the {of}" if ours >= theirs else f"{theirs / ours:.1f}× {better}"


def wanted(most):
    return f"at most {most:g}×" if most >= 1 else f"{1 / most:.3g}× faster"


def verdict(ours, theirs, most):
    if not ours or not theirs:
        return ""
    return "met / 达到" if ours / theirs <= most else "**short / 未达到**"


def loading(figures):
    lines = ["| programmes / 项目数 | Guiju loads, each answers once | LuaJIT does | ratio | one decision among so many |", "| ---: | ---: | ---: | ---: | ---: |"]
    for count in ("1", "10", "100", "1000", "10000"):
        ours, theirs = figures.of("load", count, "guiju"), figures.of("load", count, "luajit")
        among = figures.of("among", count, "guiju")
        if ours or among:
            lines.append(row(f"{int(count):,}", ours and quantity(ours), theirs and quantity(theirs), ratio(ours, theirs), among and quantity(among)))
    return lines


def allocating(figures):
    lines = ["| warm / 预热之后 | appliances | cars |", "| --- | ---: | ---: |"]
    names = []
    for name in figures.allocations:
        group, _, face = name.split("/")
        if (group, face) not in names:
            names.append((group, face))
    for group, face in names:
        cells = [figures.allocations.get(f"{group}/{programme}/{face}") for programme in PROGRAMMES]
        what = "a million rows" if group == "columns" else group
        lines.append(row(f"{title(face)} ({what})", *("" if c is None else f"{c:g}" for c in cells)))
    return lines


def everything(figures):
    lines = []
    for group, heading in (("one", "One decision / 一次判定"), ("json", "From JSON text to JSON text / JSON 进 JSON 出"),
                           ("columns", "A million rows in columns, one core / 一百万行按列,单核"), ("words", "One decision in words / 带文字的判定")):
        show = rate if group == "columns" else quantity
        lines += [f"### {heading}", "", "| | appliances | cars |", "| --- | ---: | ---: |"]
        names = [n for n in figures.names(group)]
        names.sort(key=lambda n: figures.of(group, "appliances", n) or math.inf)
        for name in names:
            cells = [figures.of(group, p, name) for p in PROGRAMMES]
            lines.append(f"| {title(name)} | " + " | ".join(show(c) if c else "" for c in cells) + " |")
        lines.append("")
    return lines


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def write(results, folder):
    figures = Figures(results)
    day = datetime.date.today().isoformat()
    versions = "; ".join(results["versions"].values())
    lines = [
        "# Measured", "",
        f"Written by `bench/run` on {day}. {processor()}, {platform.system()}. Median of {results['rounds']} interleaved rounds, processor time, one "
        f"thread; the load average of the machine was {results['load']:.1f} at the end. What each row means and what limits it: [README.md](README.md).",
        "", f"Versions: {versions}.", "", "![chart](results.svg)", "", "## What must be reached / 须达到的", "", *goals(figures), "",
        "## Many programmes / 许多项目", "", *loading(figures), "", "## Allocations / 内存分配", "", *allocating(figures), "",
        "## Everybody / 全部", "", *everything(figures)]
    if results["left_out"]:
        lines += ["## Not measured / 未测", "", *(f"- {name}: {why}" for name, why in results["left_out"].items()), ""]
    (folder / "results.md").write_text("\n".join(lines).rstrip() + "\n")
    (folder / "results.svg").write_text(chart(figures, day))


# ---- the chart ------------------------------------------------------------------------------------------------------------------

STYLE = """
  .bg { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #24292f } .h { font-weight: 600; font-size: 15px }
  .s { fill: #57606a; font-size: 12px } .o { fill: #8c959f } .g { fill: #c0392b } .v { font-variant-numeric: tabular-nums }
  @media (prefers-color-scheme: dark) { .bg { fill: #0d1117 } text { fill: #e6edf3 } .s { fill: #9198a1 } .o { fill: #656c76 } .g { fill: #ff7b72 } }
"""
LABELS, BAR, WIDTH, LINE = 250, 400, 800, 24


def chart(figures, day):
    parts, y = [], 34
    parts.append(text(16, y, f"规矩与同类的速度,{day} · Guiju beside what one would pick instead", "h"))
    y += 20
    parts.append(text(16, y, "两个项目的几何平均,列出全部理由;条长取对数 · mean of two programmes, every reason listed; logarithmic bars", "s"))
    for group, heading in (("one", "一次判定:用时,越短越好 · one decision: time, shorter is better"),
                           ("json", "JSON 进 JSON 出:用时,越短越好 · JSON text to JSON text: time, shorter is better"),
                           ("columns", "一百万行按列:每秒行数,越长越好 · columns: rows a second, longer is better")):
        y = panel(figures, group, heading, parts, y + 34)
    y = load_panel(figures, parts, y + 34)
    height = y + 16
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'aria-label="Benchmark results">\n<style>{STYLE}</style>\n<rect class="bg" width="{WIDTH}" height="{height}"/>\n'
            + "\n".join(parts) + "\n</svg>\n")


def panel(figures, group, heading, parts, y):
    means = {}
    for name in figures.names(group):
        both = [figures.of(group, p, name) for p in PROGRAMMES]
        if all(both):
            means[name] = math.sqrt(both[0] * both[1])
    is_rate = group == "columns"
    return bars(heading, [(title(n), 1e9 / t if is_rate else t, rate(t) if is_rate else quantity(t), n.startswith("guiju"))
                          for n, t in sorted(means.items(), key=lambda item: item[1])], parts, y)


def load_panel(figures, parts, y):
    found = [(title(n), figures.of("load", "1000", n), n) for n in figures.names("load") if figures.of("load", "1000", n)]
    return bars("装入一千个项目并各判定一次:用时 · 1,000 programmes loaded, each answering once: time",
                [(label, t, quantity(t), n == "guiju") for label, t, n in sorted(found, key=lambda item: item[1])], parts, y)


def bars(heading, values, parts, y):
    if not values:
        return y - 34
    parts.append(text(16, y, heading, "h"))
    low, high = min(v for _, v, _, _ in values) / 2, max(v for _, v, _, _ in values)
    for label, value, shown, is_ours in values:
        y += LINE
        width = max(3, BAR * math.log(value / low) / math.log(high / low))
        parts.append(text(LABELS, y, label, "", "end"))
        parts.append(f'<rect class="{"g" if is_ours else "o"}" x="{LABELS + 10}" y="{y - 12}" width="{width:.0f}" height="15" rx="2"/>')
        parts.append(text(LABELS + 16 + width, y, shown, "v"))
    return y


def text(x, y, words, kind, anchor="start"):
    return f'<text x="{x:.0f}" y="{y}" class="{kind}" text-anchor="{anchor}">{html.escape(words)}</text>'
