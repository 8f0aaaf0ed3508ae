# SPDX-License-Identifier: MIT
"""Runs the workloads and writes the report. Started by `run`, which builds our side and installs the others."""

import argparse
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import report
import workloads
from contest import Contestant, Failed, Rules, TimedOut, Worker, contest
from workloads import Set, Workload

HERE = Path(__file__).parent


class Comparison:
    def __init__(self, options: argparse.Namespace):
        self._options = options
        self._programs = {build: options.build / build / "benchmarks" for build in ("native", "baseline")}
        self._native = self._ours("native")
        self._baseline = self._ours("baseline")
        self._peers = self._others()
        self._nanoflann = Worker(self._programs["native"] / "compare_plain_nanoflann")
        self._rules = Rules(options.repeat, options.budget, options.timeout)
        self._findings = report.Findings(options.threads)

    def run(self) -> None:
        quick = self._options.quick
        for workload in (workloads.SMALL_SAMPLERS if quick else workloads.SAMPLERS + workloads.SMALL_SAMPLERS):
            self._samplers(workload)
        self._samplers(workloads.TINY)
        for workload in (workloads.SMALL_K_NEAREST if quick else workloads.K_NEAREST):
            self._k_nearest(workload)
        for workload in workloads.growing(10_000 if quick else 100_000):
            self._growth(workload)
        for workload in workloads.SMALL_SAMPLERS[:1] if quick else workloads.MEMORY:
            self._memory(workload)
        self._compile_time()

    def _samplers(self, workload: Workload) -> None:
        contestants = [
            Contestant(report.ONE, self._native, 1),
            Contestant(report.ALL, self._native, self._options.threads),
            Contestant(report.BASELINE, self._baseline, self._options.threads),
            Contestant(report.SERIAL_PEER, self._peers, 1),
            Contestant(report.PARALLEL_PEER, self._peers, -1),
        ]
        if self._chosen(workload.name):
            self._findings.samplers.append((workload, self._contest(contestants, workload)))
            self._write()

    def _k_nearest(self, workload: Workload) -> None:
        contestants = [
            Contestant(report.ALL, self._native, self._options.threads),
            Contestant("scikit-learn k-d tree", self._peers, -1, "sklearn_kd_tree"),
            Contestant("scikit-learn brute", self._peers, -1, "sklearn_brute"),
            Contestant("scipy cKDTree", self._peers, -1, "scipy"),
            Contestant("nanoflann", self._nanoflann, self._options.threads),
        ]
        if importlib.util.find_spec("faiss"):
            contestants.append(Contestant("FAISS flat, float", self._peers, -1, "faiss"))
        if self._chosen(workload.name):
            self._findings.k_nearest.append((workload, self._contest(contestants, workload)))
            self._write()

    def _growth(self, workload: Workload) -> None:
        contestants = [
            Contestant(report.ALL, self._native, self._options.threads),
            Contestant(report.PARALLEL_PEER, self._peers, -1),
        ]
        if self._chosen(f"growth_{workload.name}"):
            self._findings.growth.append((workload, self._contest(contestants, workload)))
            self._write()

    def _memory(self, workload: Workload) -> None:
        """A process for each: what one has used cannot be told from what the next one needs."""
        if not self._chosen(f"memory_{workload.name}"):
            return
        folder, peaks = self._folder(workload.set), []
        for worker, threads in ((self._ours("native"), self._options.threads), (self._others(), -1)):
            try:
                peaks.append(worker.ask(workload.method, folder, threads, self._rules.timeout))
            except (TimedOut, Failed):
                peaks.append(None)
            worker.stop()
        self._findings.memory.append((workload, *peaks))
        self._write()

    def _compile_time(self) -> None:
        if self._chosen("compile_time"):
            done = subprocess.run([HERE.parent / "compile_time" / "run"], capture_output=True, text=True)
            self._findings.compile_time = done.stdout or done.stderr
            self._write()

    def _ours(self, build: str) -> Worker:
        return Worker(self._programs[build] / "compare_ours")

    @staticmethod
    def _others() -> Worker:
        return Worker(sys.executable, HERE / "peers.py")

    def _chosen(self, name: str) -> bool:
        chosen = re.search(self._options.only, name) is not None
        if chosen:
            print(name, file=sys.stderr)
        return chosen

    def _contest(self, contestants: list[Contestant], workload: Workload):
        return contest(contestants, workload.method, self._folder(workload.set), self._rules)

    def _folder(self, set: Set) -> Path:
        """Where the set is; it is written the first time."""
        folder = self._options.data / set.name
        if not (folder / "shape").exists():
            folder.mkdir(parents=True, exist_ok=True)
            numbers = map(str, (set.rows, set.numbers, set.nominal, set.minority))
            subprocess.run([self._programs["native"] / "compare_write_set", folder, *numbers], check=True)
        return folder

    def _write(self) -> None:
        """After every workload, so that an interrupted run leaves what it has found."""
        self._findings.write(self._options.out)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/compare/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only problems of 10,000 rows or fewer")
    parser.add_argument("--only", default="", metavar="REGEX", help="only workloads with such a name, as tomek_100k")
    parser.add_argument("--faiss", action="store_true", help="install FAISS; if it is there, it takes part anyway")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of ours; all the machine has")
    parser.add_argument("--repeat", type=int, default=5, help="rounds, of which the median counts")
    parser.add_argument("--budget", type=float, default=15, metavar="SECONDS", help="who has used them runs no more")
    parser.add_argument("--timeout", type=float, default=120, metavar="SECONDS", help="for one run of anyone")
    parser.add_argument("--build", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help="folder of the sets, which are written once")
    parser.add_argument("--out", type=Path, help="folder of report.md, growth.svg and measurements.csv")
    found = parser.parse_args()
    found.data = found.data or found.build / "sets"
    found.out = found.out or found.build
    return found


if __name__ == "__main__":
    Comparison(options()).run()
