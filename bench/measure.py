#!/usr/bin/env python3
"""Asks everybody for the same answers, measures those who give them, and writes results.md and results.svg.

Started by bench/run. Everybody is a process of its own with one thread: in each round all are measured one after the other, so that
whatever else the machine does falls on all alike; the median of the rounds counts. Times are those of the processor (CPU time).
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

import report

HERE = pathlib.Path(__file__).resolve().parent
TIMEOUT = 1800


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

    def names(self):
        return self.run("--benchmark_list_tests").split()

    def checked(self):
        return self.run("list").split()

    def answers(self, name, rows, file):
        self.run("answers", name, file)

    def measure(self, name, rows, seconds):
        out = self.run(f"--benchmark_filter=^{re.escape(name)}$", f"--benchmark_min_time={seconds}", "--benchmark_format=json")
        found = json.loads(out)["benchmarks"][0]
        nanoseconds = found["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}[found["time_unit"]]
        return nanoseconds / 1_000_000 if name.startswith("columns/") else nanoseconds


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


def measure(subjects, rows, rounds, seconds):
    times = collections.defaultdict(list)
    for turn in range(rounds):
        for at in range(len(subjects)):
            runner, name = subjects[(at + turn) % len(subjects)]  # nobody is always the first
            times[name].append(runner.measure(name, rows, seconds))
        print(f"  round {turn + 1} of {rounds}", flush=True)
    return {name: {"median": statistics.median(all_of), "least": min(all_of), "most": max(all_of)} for name, all_of in times.items()}


def memory(here, names):
    out = {}
    for name in names:
        try:
            out[name] = statistics.median(int(here.run("memory", name, 1000)) for _ in range(3)) / 1024
        except RuntimeError:
            continue
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True, type=pathlib.Path, help="where the program bench and the installed peers are")
    parser.add_argument("--long", action="store_true", help="more rounds, longer ones, and 10,000 programmes")
    parser.add_argument("--only", default="", help="measure only names that this regular expression finds; writes no report")
    arguments = parser.parse_args()

    rows = arguments.build / "rows"
    rows.mkdir(parents=True, exist_ok=True)
    here = Here("in one program", [arguments.build / "bench"])
    made = rows / "cars.jsonl"
    if not made.exists() or made.stat().st_mtime < (arguments.build / "bench").stat().st_mtime:
        here.run("rows", rows)
    runners = [here, *(Runner(title, command) for title, command in report.peers(HERE, arguments.build))]

    print("== Do all answer alike?", flush=True)
    agreeing, left_out = check(runners, rows, arguments.build, arguments.only)
    for name, why in left_out.items():
        print(f"  left out: {name}: {why}")

    checked = set(here.checked())
    unchecked = [(here, name) for name in here.names() if name not in checked and "10000" not in name]
    if arguments.long:
        unchecked += [(here, name) for name in here.names() if "10000" in name]
    subjects = [(r, n) for r, n in agreeing + unchecked if re.search(arguments.only, n)]
    print(f"== Measuring {len(subjects)}", flush=True)
    rounds, seconds = (15, 0.5) if arguments.long else (5, 0.1)
    results = {
        "times": measure(subjects, rows, rounds, seconds),
        "memory": {} if arguments.only else memory(here, ["guiju", "luajit"]),
        "left_out": left_out,
        "versions": {r.title: r.version() for r in runners if any(r is s for s, _ in agreeing)},
        "rounds": rounds,
        "load": os.getloadavg()[0],
    }
    (arguments.build / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False))
    if arguments.only:
        for name, time in results["times"].items():
            print(f"{name:45} {time['median']:14.1f} ns")
        return
    report.write(results, HERE)


if __name__ == "__main__":
    sys.exit(main())
