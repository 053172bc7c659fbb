#!/usr/bin/env python3
"""Asks everybody for the same answers, measures those who give them, and writes results.md and results.svg.

Started by bench/run. Everybody is a process of its own with one thread: in each round all are measured one after the other, so that
whatever else the machine does falls on all alike; the median of the rounds counts. Times are those of the processor (CPU time).
Rounds end when the time for them is over, but there are never less than two.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import statistics
import struct
import subprocess
import sys
import time

import report

HERE = pathlib.Path(__file__).resolve().parent
TIMEOUT = 900

# (rounds, seconds of each measurement, seconds for all rounds)
PACES = {"quick": (1, 0.01, 60), "normal": (5, 0.1, 330), "long": (15, 0.5, 7200)}
ONCE = re.compile(r"/10000/")  # takes so long that one round is enough


class Runner:
    """Somebody's program: says whom it has, writes answers, measures."""

    def __init__(self, title, command, version=None):
        self.title, self.command, self.version_command = title, [str(c) for c in command], version

    def run(self, *words):
        done = subprocess.run([*self.command, *map(str, words)], capture_output=True, text=True, timeout=TIMEOUT)
        if done.returncode != 0:
            last = next((line for line in done.stderr.splitlines() if "rror" in line), f"ended with {done.returncode}")
            raise RuntimeError(last)
        return done.stdout

    def names(self):
        return self.run("list").split()

    def answers(self, name, rows, file):
        self.run("answers", name, rows, file)

    def measure(self, name, rows, seconds):
        """Nanoseconds of one decision, of one row, or of one load."""
        return float(self.run("measure", name, rows, seconds).split()[-1])

    def version(self):
        return self.run("version").strip()


class Here(Runner):
    """Those that are linked into one program with Google Benchmark."""

    def __init__(self, title, command):
        super().__init__(title, command)
        self.walls = {}  # of threads: by the clock on the wall, one decision of any of them

    def names(self):
        return self.run("--benchmark_list_tests").split()

    def checked(self):
        return self.run("list").split()

    def answers(self, name, rows, file):
        self.run("answers", name, file)

    def measure(self, name, rows, seconds):
        out = self.run(f"--benchmark_filter=^{re.escape(name)}$", f"--benchmark_min_time={seconds}", "--benchmark_format=json")
        found = json.loads(out)["benchmarks"][0]
        unit = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}[found["time_unit"]]
        if name.startswith("threads/"):
            self.walls.setdefault(name, []).append(found["real_time"] * unit)
        return found["cpu_time"] * unit / (1_000_000 if name.startswith("columns/") else 1)


def programme_of(name):
    return name.split("/")[1]


def reference_of(name):
    group, programme = name.split("/")[:2]
    return f"{group}/{programme}/guiju" if group == "load" else f"one/{programme}/guiju_handles"


def check(runners, rows, folder, only):
    """Who answers as Guiju does, and why the others are left out."""
    agreeing, left_out, references = [], {}, {}
    for runner in runners:
        try:
            names = runner.checked() if isinstance(runner, Here) else runner.names()
            names = [name for name in names if re.search(only, name)]
        except (OSError, RuntimeError, subprocess.TimeoutExpired) as error:
            left_out[runner.title] = f"not available: {error}"
            continue
        for name in names:
            reference = reference_of(name)
            try:
                if reference not in references:
                    references[reference] = answers_of(runners[0], reference, rows, folder)
                theirs = answers_of(runner, name, rows, folder)
            except (OSError, RuntimeError, subprocess.TimeoutExpired) as error:
                left_out[name] = f"failed: {error}"
                continue
            wrong = difference(references[reference], theirs)
            if wrong:
                left_out[name] = f"other answers: {wrong}"
            else:
                agreeing.append((runner, name))
        print(f"  {runner.title}: {sum(1 for r, _ in agreeing if r is runner)} of {len(names)} agree", flush=True)
    return agreeing, left_out


def answers_of(runner, name, rows, folder):
    file = folder / "answers.bin"
    file.unlink(missing_ok=True)
    runner.answers(name, rows, file)
    return file.read_bytes()


def difference(ours, theirs):
    if ours == theirs:
        return ""
    if len(ours) != len(theirs):
        return f"{len(theirs) // 12} in place of {len(ours) // 12}"
    wrong = [i for i in range(0, len(ours), 12) if ours[i : i + 12] != theirs[i : i + 12]]
    figures = [list(struct.unpack("<iii", x[wrong[0] : wrong[0] + 12])) for x in (ours, theirs)]
    return f"{len(wrong)} rows, first row {wrong[0] // 12}: {figures[0]} and {figures[1]}"


def measure(subjects, rows, pace, left_out):
    rounds, seconds, limit = PACES[pace]
    times, begin, turn = collections.defaultdict(list), time.monotonic(), 0
    while turn < rounds and (turn < 2 or time.monotonic() - begin < limit):
        for at in range(len(subjects)):
            runner, name = subjects[(at + turn) % len(subjects)]  # nobody is always the first
            if name in left_out or (turn > 0 and ONCE.search(name)):
                continue
            try:
                times[name].append(runner.measure(name, rows, seconds))
            except (OSError, RuntimeError, LookupError, ValueError, subprocess.TimeoutExpired) as error:
                left_out[name] = f"failed: {error}"
        turn += 1
        print(f"  round {turn} of {rounds}, {time.monotonic() - begin:.0f} s", flush=True)
    return turn, {name: {"median": statistics.median(all_of), "least": min(all_of), "most": max(all_of)}
                  for name, all_of in times.items() if all_of}


def counted(here, word, names, *more, times=1):
    """What `bench WORD NAME …` prints, by name; names of which it does not speak are left out."""
    out = {}
    for name in names:
        try:
            out[name] = statistics.median(float(here.run(word, name, *more)) for _ in range(times))
        except (RuntimeError, ValueError, subprocess.TimeoutExpired):
            continue
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True, type=pathlib.Path, help="where the program bench is")
    parser.add_argument("--peers", required=True, type=pathlib.Path, help="where those to measure against are installed")
    pace = parser.add_mutually_exclusive_group()
    pace.add_argument("--quick", dest="pace", action="store_const", const="quick", help="one short round; the report stays beside the build")
    pace.add_argument("--long", dest="pace", action="store_const", const="long", help="more rounds, longer ones")
    parser.add_argument("--only", default="", help="measure only names that this regular expression finds; writes no report")
    arguments = parser.parse_args()
    arguments.pace = arguments.pace or "normal"

    rows = arguments.build / "rows"
    rows.mkdir(parents=True, exist_ok=True)
    here = Here("in one program", [arguments.build / "bench"])
    made = rows / "cars.jsonl"
    if not made.exists() or made.stat().st_mtime < (arguments.build / "bench").stat().st_mtime:
        here.run("rows", rows)
    runners = [here, *(Runner(title, command) for title, command in report.peers(HERE, arguments.peers))]

    print("== Do all answer alike?", flush=True)
    agreeing, left_out = check(runners, rows, arguments.build, arguments.only)
    for name, why in left_out.items():
        print(f"  left out: {name}: {why}")

    checked = set(here.checked())
    unchecked = [(here, name) for name in here.names() if name not in checked]
    subjects = [(r, n) for r, n in agreeing + unchecked if re.search(arguments.only, n)]
    print(f"== Measuring {len(subjects)}", flush=True)
    rounds, times = measure(subjects, rows, arguments.pace, left_out)
    if arguments.only:
        for name, found in times.items():
            print(f"{name:45} {found['median']:14.1f} ns")
        return
    ours = [n for r, n in agreeing if r is here and n.split("/")[2].startswith("guiju") and not n.startswith("load/")]
    results = {
        "times": times,
        "walls": {name: statistics.median(all_of) for name, all_of in here.walls.items()},
        "memory": {name: kib / 1024 for name, kib in counted(here, "memory", ["guiju", "luajit"], 1000, times=3).items()},
        "allocations": counted(here, "allocations", ours),
        "left_out": {**left_out, **report.UNASKED},
        "versions": {r.title: r.version() for r in runners if any(r is s for s, _ in agreeing)},
        "rounds": rounds,
        "load": os.getloadavg()[0],
    }
    (arguments.build / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False))
    folder = arguments.build if arguments.pace == "quick" else HERE
    report.write(results, folder)
    print(f"== {folder}/results.md", flush=True)
    print((folder / "results.md").read_text())


if __name__ == "__main__":
    sys.exit(main())
