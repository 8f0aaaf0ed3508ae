# SPDX-License-Identifier: MIT
"""Contestants take turns at one workload, so that whatever else the machine does meets them all alike."""

import select
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import numpy as np


REST = 0.03  # seconds before a run: threads of the one before may still spin, waiting for more work


class TimedOut(Exception):
    pass


class Failed(Exception):
    pass


@dataclass
class Answer:
    seconds: float
    peak_before: int  # bytes
    peak_after: int
    output: int


class Worker:
    """A program that answers a line for each line, as worker.hpp has it; started when asked and not running."""

    def __init__(self, *command: str | Path):
        self._command = [str(word) for word in command]
        self._process: subprocess.Popen | None = None

    def ask(self, method: str, folder: Path, threads: int, timeout: float, result: str = "-") -> Answer:
        if self._process is None:
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        print(method, folder, threads, result, file=self._process.stdin, flush=True)
        if not select.select([self._process.stdout], [], [], timeout)[0]:
            self.stop()
            raise TimedOut
        words = self._process.stdout.readline().split()
        if not words:  # it died, of too little memory perhaps
            self.stop()
            words = ["!", "no answer"]
        if words[0] == "!":
            raise Failed(" ".join(words[1:]))
        return Answer(float(words[0]), *map(int, words[1:]))

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@dataclass(frozen=True)
class Contestant:
    name: str
    worker: Worker
    threads: int
    method: str = ""  # if not that of the workload


@dataclass
class Record:
    """What a contestant did in a workload."""

    seconds: list[float] = field(default_factory=list)
    keys: np.ndarray | None = None  # sorted, one for each row of the result
    timeout: float = 0  # seconds after which nobody waited any longer
    failure: str = ""

    @property
    def median(self) -> float | None:
        return median(self.seconds) if self.seconds else None


@dataclass(frozen=True)
class Rules:
    repeat: int  # rounds; up to five times as many where a round takes less than a fifth of a second
    budget: float  # seconds after which a contestant has run often enough
    timeout: float  # seconds for one answer


def contest(contestants: list[Contestant], method: str, folder: Path, rules: Rules) -> dict[str, Record]:
    """The records by the contestants' names."""
    records = {contestant.name: Record() for contestant in contestants}
    for contestant in contestants:
        _show_result(contestant, records[contestant.name], method, folder, rules)
    rounds = 0
    while rounds < rules.repeat or (rounds < 5 * rules.repeat and _spent(records) < 0.2 * rounds):
        for contestant in contestants:
            record = records[contestant.name]
            if not record.timeout and not record.failure and sum(record.seconds) < rules.budget:
                _run(contestant, record, method, folder, rules)
        rounds += 1
    return records


def _spent(records: dict[str, Record]) -> float:
    return sum(sum(record.seconds) for record in records.values())


def _show_result(contestant: Contestant, record: Record, method: str, folder: Path, rules: Rules) -> None:
    """The first run leaves its result and is a warm-up; where it takes long its time counts like the others."""
    with tempfile.NamedTemporaryFile() as result:
        _run(contestant, record, method, folder, rules, result.name)
        if record.seconds:
            record.keys = np.sort(np.fromfile(result.name, np.uint64))
    if sum(record.seconds) < 1:
        record.seconds.clear()


def _run(contestant: Contestant, record: Record, method: str, folder: Path, rules: Rules, result: str = "-") -> None:
    time.sleep(REST)
    try:
        answer = contestant.worker.ask(contestant.method or method, folder, contestant.threads, rules.timeout, result)
        record.seconds.append(answer.seconds)
    except TimedOut:
        record.timeout = rules.timeout
    except Failed as failure:
        record.failure = str(failure)


def agreement(ours: list[np.ndarray | None], theirs: np.ndarray | None) -> str:
    """Whether all made the same rows, in whatever order. All of ours have to, down to the last bit."""
    if theirs is None or any(keys is None for keys in ours):
        return "not compared"
    one = ours[0]
    if any(not np.array_equal(one, other) for other in ours):
        return "**ours differ among themselves**"
    if np.array_equal(one, theirs):
        return f"the same {len(one):,} rows"
    if len(one) != len(theirs):
        return f"{len(one):,} rows, {len(theirs):,} there"
    return f"{len(np.setdiff1d(theirs, one)):,} of {len(one):,} rows differ"
