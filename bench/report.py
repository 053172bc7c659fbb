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
    "guiju_reasons": "Guiju, reasons in Chinese",
    "guiju_trace": "Guiju, reasons and full trace in Chinese",
    "guiju_emitted": "Guiju, emitted C",
    "by_hand": "C++ by hand",
    "luajit": "LuaJIT",
    "lua_cjson": "LuaJIT with lua-cjson",
    "zen": "GoRules Zen (its own clock)",
    "zen_node": "GoRules Zen through Node",
    "duckdb": "DuckDB, CASE",
    "openfisca": "OpenFisca",
    "sqlite": "SQLite, CASE",
    "cel": "cel-go",
    "clips": "CLIPS",
}


def peers(here, build):
    """Those that run in processes of their own: a title and a command."""
    python = build / "python" / "bin" / "python"
    return [
        ("GoRules Zen", [python, here / "peers" / "zen_peer.py"]),
        ("cel-go", [build / "cel"]),
        ("DuckDB", [python, here / "peers" / "duckdb_peer.py"]),
        ("OpenFisca", [python, here / "peers" / "openfisca_peer.py"]),
        ("SQLite", [python, here / "peers" / "sqlite_peer.py"]),
        ("GoRules Zen through Node", ["node", here / "peers" / "zen_node.mjs", build / "node", python]),
    ]


# What must be reached: what is asked, the group, whose face may meet it, against whom, how many times their time it may take at most
# (or None: an absolute figure in nanoseconds).
GOALS = [
    ("one decision, C interface", "one", ("guiju_row", "guiju_handles"), "by_hand", 3),
    ("one decision, C interface", "one", ("guiju_row", "guiju_handles"), "luajit", 1 / 1.4),
    ("one decision, C interface", "one", ("guiju_row", "guiju_handles"), "zen", 1 / 200),
    ("JSON text to JSON text", "json", ("guiju",), "lua_cjson", 1),
    ("JSON text to JSON text", "json", ("guiju",), "zen_node", 1),
    ("JSON text to JSON text", "json", ("guiju",), 1500, 1),
    ("columns, one core", "columns", ("guiju_columns",), "by_hand", 3),
    ("columns, one core", "columns", ("guiju_columns",), "duckdb", 1 / 30),
    ("columns, one core", "columns", ("guiju_columns",), "luajit", 1 / 6),
    ("emitted C", "one", ("guiju_emitted",), "by_hand", 1.2),
    ("reasons and full trace in Chinese", "words", ("guiju_trace",), 5000, 1),
]


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


def goals(figures):
    lines = ["| what | programme | Guiju | against | theirs | ratio | to reach | |", "| --- | --- | ---: | --- | ---: | ---: | ---: | --- |"]
    for what, group, ours, against, most in GOALS:
        for programme in PROGRAMMES:
            time, _ = figures.fastest(group, programme, ours)
            theirs = against if isinstance(against, int) else figures.of(group, programme, against)
            name = "fixed" if isinstance(against, int) else title(against)
            show = rate if group == "columns" else quantity
            lines.append(f"| {what} | {programme} | {time and show(time) or 'not there yet'} | {name} | {theirs and show(theirs) or 'missing'} "
                         f"| {ratio(time, theirs)} | {wanted(most)} | {verdict(time, theirs, most)} |")
    return lines


def ratio(ours, theirs):
    if not ours or not theirs:
        return ""
    return f"{ours / theirs:.2f}× the time" if ours >= theirs else f"{theirs / ours:.1f}× faster"


def wanted(most):
    return f"at most {most:g}×" if most >= 1 else f"{1 / most:.3g}× faster"


def verdict(ours, theirs, most):
    if not ours or not theirs:
        return ""
    return "met" if ours / theirs <= most else "**short**"


def loading(figures, results):
    lines = ["| programmes | Guiju loads, each answers once | LuaJIT does | ratio | one decision among so many |", "| ---: | ---: | ---: | ---: | ---: |"]
    for count in ("1", "10", "100", "1000", "10000"):
        ours, theirs = figures.of("load", count, "guiju"), figures.of("load", count, "luajit")
        among = figures.of("among", count, "guiju")
        if ours or among:
            lines.append(f"| {int(count):,} | {ours and quantity(ours) or ''} | {theirs and quantity(theirs) or ''} | {ratio(ours, theirs)} "
                         f"| {among and quantity(among) or ''} |")
    memory = results["memory"]
    lines += ["", "Memory for 1,000 programmes over a process that has one: "
              + ", ".join(f"{title(n)} {m:.1f} MiB" for n, m in memory.items()) + ". To reach: 6 MiB, and at most 1.5× the time of LuaJIT."]
    return lines


def threads(figures):
    lines = []
    for programme in PROGRAMMES:
        one = figures.times.get(f"threads/{programme}/guiju/threads:1")
        two = figures.times.get(f"threads/{programme}/guiju/threads:2")
        if one and two:
            lines.append(f"- {programme}: {2 * one['median'] / two['median']:.2f}× (to reach: 1.9×)")
    return lines


def everything(figures):
    lines = []
    for group, heading in (("one", "One decision"), ("json", "From JSON text to JSON text"), ("columns", "A million rows in columns, one core"),
                           ("words", "One decision in words")):
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
        "", f"Versions: {versions}.", "", "![chart](results.svg)", "", "## What must be reached", "", *goals(figures), "",
        "## Many programmes", "", *loading(figures, results), "", "## Two threads on one rulebook", "",
        "Decisions of two threads in the processor time of one thread's:", "", *threads(figures), "", "## Everybody", "", *everything(figures)]
    if results["left_out"]:
        lines += ["## Not measured", "", *(f"- {name}: {why}" for name, why in results["left_out"].items()), ""]
    (folder / "results.md").write_text("\n".join(lines).rstrip() + "\n")
    (folder / "results.svg").write_text(chart(figures, day))


# ---- the chart ------------------------------------------------------------------------------------------------------------------

STYLE = """
  .bg { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #24292f } .h { font-weight: 600; font-size: 15px }
  .s { fill: #57606a; font-size: 12px } .o { fill: #8c959f } .g { fill: #c0392b } .v { font-variant-numeric: tabular-nums }
  @media (prefers-color-scheme: dark) { .bg { fill: #0d1117 } text { fill: #e6edf3 } .s { fill: #9198a1 } .o { fill: #656c76 } .g { fill: #ff7b72 } }
"""
LABELS, BAR, WIDTH, LINE = 250, 400, 760, 24


def chart(figures, day):
    parts, y = [], 34
    parts.append(text(16, y, f"Guiju beside what one would pick instead, {day}", "h"))
    y += 20
    parts.append(text(16, y, "the mean of two programmes with every reason listed; bars are logarithmic", "s"))
    for group, heading in (("one", "one decision: time, shorter is better"), ("json", "JSON text to JSON text: time, shorter is better"),
                           ("columns", "a million rows in columns: rows per second, longer is better")):
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
    return bars("1,000 programmes loaded, each answering once: time, shorter is better",
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
