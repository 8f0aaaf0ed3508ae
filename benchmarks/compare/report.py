# SPDX-License-Identifier: MIT
"""What was found, as Markdown, a picture and a file of all measurements."""

import math
import os
import subprocess
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from threadpoolctl import threadpool_info

import chart
from contest import Answer, Record, agreement
from workloads import MOST_MEMORY, Workload

# Names of contestants
ONE, ALL, BASELINE = "ours, 1 thread", "ours", "ours, no -march=native"
SERIAL_PEER, PARALLEL_PEER = "imbalanced-learn, n_jobs=1", "imbalanced-learn, n_jobs=-1"

# imbalanced-learn 0.12 changed what these make, and ours is what they make since.
CHANGED_IN_0_12 = ("borderline_2", "smote_nc")

Records = dict[str, Record]


def duration(seconds: float) -> str:
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def times(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.2f}" if ratio < 3 else f"{ratio:.1f}" if ratio < 20 else f"{ratio:.0f}"


def ratio(slower: float | None, faster: float | None) -> float | None:
    return slower / faster if slower and faster else None


def quickest(records: Records, names: list[str]) -> str:
    """Of these contestants the one with the least median."""
    return min(names, key=lambda name: records[name].median or math.inf)


def result(record: Record) -> str:
    """The median, or why there is none."""
    if record.seconds:
        return duration(record.median)
    return f"> {record.timeout:g} s" if record.timeout else record.failure


def judged(ours: Record, theirs: Record, workload: Workload) -> list[str]:
    """How many times faster we are, and what that means; a lower bound where they took too long."""
    if theirs.seconds or not theirs.timeout:
        found, bound = ratio(theirs.median, ours.median), ""
    else:
        found, bound = ratio(theirs.timeout, ours.median), "> "
    if found is None or not workload.at_least:
        return [times(found), ""]
    word = "aim met" if found >= workload.aim else "met" if found >= workload.at_least else "**below**"
    if bound and word != "aim met":
        word = "open"
    return [bound + times(found), f"{workload.at_least:g} / {workload.aim:g}: {word}"]


def table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


@dataclass
class Findings:
    threads: int
    samplers: list[tuple[Workload, Records]] = field(default_factory=list)
    k_nearest: list[tuple[Workload, Records]] = field(default_factory=list)
    growth: list[tuple[Workload, Records]] = field(default_factory=list)
    memory: list[tuple[Workload, Answer | None, Answer | None]] = field(default_factory=list)
    compile_time: str = ""
    load: float = field(default_factory=lambda: os.getloadavg()[0])  # what else the machine did, before all this

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        sections = [
            self._samplers() if self.samplers else "",
            self._k_nearest() if self.k_nearest else "",
            self._growth() if self.growth else "",
            self._memory() if self.memory else "",
            f"## Compile time\n\n{self.compile_time}" if self.compile_time else "",
        ]
        head = f"# Measured\n\n{machine()} Load before: {self.load:.1f}.\n\n"
        (folder / "report.md").write_text(head + "".join(sections))
        (folder / "measurements.csv").write_text(self._measurements())
        if self.growth:
            (folder / "growth.svg").write_text(chart.growth(self._curves()))

    def _samplers(self) -> str:
        rows = []
        for workload, records in self.samplers:
            peer = quickest(records, [SERIAL_PEER, PARALLEL_PEER])
            ours = records[ALL]
            rows.append([
                workload.name,
                f"{result(records[peer])} ({peer.rpartition('=')[2]})",
                result(records[ONE]),
                result(ours),
                *judged(ours, records[peer], workload),
                times(ratio(records[ONE].median, ours.median)),
                times(ratio(records[BASELINE].median, ours.median)),
                _same_rows(workload, records, peer),
            ])
        heads = ["workload", "imbalanced-learn (n_jobs)", "1 thread", f"{self.threads} threads", "times faster",
                 "at least / aim", f"1 thread / {self.threads}", "without / with -march=native", "result"]  # fmt: skip
        return (
            "## Resampling\n\nA workload is named for its method, rows, columns and percent of minority; "
            "a row of 100 is the fixed overhead. Medians; the faster of imbalanced-learn's n_jobs of 1 and -1.\n\n"
            + table(heads, rows)
        )

    def _k_nearest(self) -> str:
        names = [name for name in self.k_nearest[0][1] if name != ALL]
        rows = []
        for workload, records in self.k_nearest:
            ours = records[ALL]
            rows.append([
                workload.name,
                result(ours),
                *[result(records[name]) for name in names],
                *judged(ours, records[quickest(records, names)], workload),
                _same_lists(records, names),
            ])
        heads = ["workload", f"ours, {self.threads} threads", *names, "times the best", "at least / aim", "lists"]
        return "## The 5 nearest of every row\n\n" + table(heads, rows)

    def _growth(self) -> str:
        rows = []
        for method, curves in self._curves().items():
            for name, points in curves.items():
                steps = [times(ratio(after, before)) for (_, before), (_, after) in zip(points, points[1:])]
                rows.append([method, name, ", ".join(duration(seconds) for _, seconds in points), ", ".join(steps)])
        sizes = ", ".join(f"{workload.set.rows:,}" for workload, _ in self.growth[:5])
        return (
            f"## Growth\n\nThe rows doubled four times: {sizes}; what each doubling cost.\n\n"
            + table(["method", "", "time", "times the one before"], rows)
            + "![Time against rows](growth.svg)\n\n"
        )

    def _curves(self) -> dict[str, dict[str, list[tuple[int, float]]]]:
        """By method and contestant: (rows, seconds), ascending."""
        curves: dict[str, dict[str, list[tuple[int, float]]]] = {}
        for workload, records in self.growth:
            for name, record in records.items():
                if record.seconds:
                    points = curves.setdefault(workload.method, {}).setdefault(name, [])
                    points.append((workload.set.rows, record.median))
        return curves

    def _memory(self) -> str:
        def above_input(answer: Answer | None) -> float | None:
            return (answer.peak_after - answer.peak_before) / answer.output if answer else None

        rows = []
        for workload, ours, theirs in self.memory:
            size = f"{ours.output / 1e6:.1f} MB" if ours else "-"
            rows.append([workload.name, size, times(above_input(ours)), times(above_input(theirs))])
        most, aim = MOST_MEMORY
        return (
            f"## Peak memory above the input\n\nTimes the output; ours: at most {most:g}, the aim is {aim:g}.\n\n"
            + table(["workload", "output", f"ours, {self.threads} threads", PARALLEL_PEER], rows)
        )

    def _measurements(self) -> str:
        lines = ["section,workload,contestant,seconds"]
        for section in ("samplers", "k_nearest", "growth"):
            for workload, records in getattr(self, section):
                for name, record in records.items():
                    lines += [f'{section},{workload.name},"{name}",{seconds:.6g}' for seconds in record.seconds]
        return "\n".join(lines) + "\n"


def _same_rows(workload: Workload, records: Records, peer: str) -> str:
    words = agreement([records[name].keys for name in (ONE, ALL, BASELINE)], records[peer].keys)
    if "differ" in words and workload.method in CHANGED_IN_0_12 and version("imbalanced-learn") < "0.12":
        return f"{words}: 0.12 changed it"
    return words


def _same_lists(records: Records, names: list[str]) -> str:
    """In one word where all agree."""
    words = {name: agreement([records[ALL].keys], records[name].keys) for name in names if records[name].seconds}
    differing = [f"{name}: {difference}" for name, difference in words.items() if "differ" in difference]
    return "; ".join(differing) or ("the same" if words else "not compared")


def machine() -> str:
    """What all of it was measured on, and with."""
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    compiler = subprocess.run([os.environ.get("CXX", "c++"), "--version"], capture_output=True, text=True).stdout
    libraries = []
    for package in ("imbalanced-learn", "scikit-learn", "scipy", "numpy", "faiss"):
        try:
            libraries.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            pass
    blas = [f"{pool['internal_api']} {pool['version']}" for pool in threadpool_info() if pool["user_api"] == "blas"]
    return f"{cpu}, {os.cpu_count()} processors; {compiler.splitlines()[0]}; {', '.join(libraries + blas)}."
