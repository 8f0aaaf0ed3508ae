# SPDX-License-Identifier: MIT
"""What is compared, and what it has to show: a method on a set, and how many times faster we want to be."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Set:
    """Overlapping Gaussian classes, full dimension: the worst case for a tree. See benchmarks/data.hpp."""

    rows: int
    numbers: int
    minority: int  # in percent
    nominal: int = 0  # columns of category codes behind the numbers

    @property
    def name(self) -> str:
        rows = f"{self.rows}"
        for zeros, unit in (("000000", "m"), ("000", "k")):
            rows = rows.removesuffix(zeros) + unit if rows.endswith(zeros) else rows
        columns = f"{self.numbers}and{self.nominal}" if self.nominal else f"{self.numbers}"
        return f"{rows}_{columns}_{self.minority}"


@dataclass(frozen=True)
class Workload:
    method: str  # as ours.cpp and peers.py call it
    set: Set
    at_least: float = 0  # times faster than imbalanced-learn; 0: nothing asked
    aim: float = 0

    @property
    def name(self) -> str:
        return f"{self.method}_{self.set.name}"


def on_sets(method: str, sets: list[Set], at_least: float, aim: float) -> list[Workload]:
    return [Workload(method, set, at_least, aim) for set in sets]


SAMPLERS = [
    *on_sets("smote", [Set(100_000, 8, 5), Set(1_000_000, 2, 5), Set(1_000_000, 8, 5), Set(1_000_000, 30, 1)], 10, 25),
    *on_sets("smote", [Set(100_000, 30, 20), Set(100_000, 64, 20), Set(1_000_000, 30, 5)], 5, 12),
    Workload("borderline_1", Set(100_000, 8, 5), 8, 20),
    Workload("borderline_1", Set(100_000, 30, 5), 4, 8),
    Workload("borderline_1", Set(1_000_000, 30, 1), 4, 8),
    Workload("adasyn", Set(100_000, 8, 5), 8, 20),
    Workload("adasyn", Set(100_000, 30, 5), 4, 8),
    Workload("adasyn", Set(1_000_000, 30, 1), 4, 8),
    Workload("smote_nc", Set(100_000, 12, 5, nominal=4), 50, 150),
    Workload("tomek", Set(100_000, 2, 5), 8, 15),
    Workload("tomek", Set(100_000, 8, 5), 50, 120),
    Workload("tomek", Set(100_000, 30, 5), 50, 100),
    Workload("tomek", Set(100_000, 64, 5), 20, 50),
    Workload("enn", Set(100_000, 2, 5), 4, 8),
    Workload("enn", Set(100_000, 8, 5), 20, 40),
    Workload("enn", Set(100_000, 30, 5), 20, 40),
    Workload("smote_enn", Set(100_000, 8, 5), 10, 25),
    Workload("smote_tomek", Set(100_000, 8, 5), 10, 25),
]

_NUMERIC = ["smote", "borderline_1", "borderline_2", "adasyn", "random_over", "random_under", "tomek", "enn"]
_NUMERIC += ["repeated_enn", "all_knn", "smote_enn", "smote_tomek"]
SMALL_SAMPLERS = [
    *[Workload(method, Set(10_000, 16, 5), 5, 15) for method in _NUMERIC],
    Workload("smote_nc", Set(10_000, 12, 5, nominal=4), 5, 15),
    Workload("smote_n", Set(10_000, 0, 5, nominal=16), 5, 15),
]

# So small that what is left is the fixed overhead of a call.
TINY = Workload("smote", Set(100, 2, 20))

# Of ours, times the best of all others.
K_NEAREST = on_sets("k_nearest", [Set(100_000, 8, 5), Set(100_000, 64, 5)], 2, 4)
SMALL_K_NEAREST = on_sets("k_nearest", [Set(10_000, 8, 5), Set(10_000, 64, 5)], 2, 4)

MEMORY = [
    Workload("smote", Set(1_000_000, 30, 1)),
    Workload("smote", Set(1_000_000, 8, 5)),
    Workload("borderline_1", Set(100_000, 30, 5)),
    Workload("adasyn", Set(100_000, 30, 5)),
    Workload("smote_nc", Set(100_000, 12, 5, nominal=4)),
    Workload("tomek", Set(100_000, 8, 5)),
    Workload("enn", Set(100_000, 8, 5)),
    Workload("smote_enn", Set(100_000, 8, 5)),
]
MOST_MEMORY = (1.3, 1.1)  # times the output: at most, and the aim


def growing(largest: int) -> list[Workload]:
    """Every method on sets of 8 columns that double four times."""
    workloads = []
    for method in ["smote", "borderline_1", "adasyn", "smote_nc", "tomek", "enn", "smote_enn", "smote_tomek"]:
        columns = Set(0, 12, 5, nominal=4) if method == "smote_nc" else Set(0, 8, 5)
        workloads += [Workload(method, replace(columns, rows=largest >> halved)) for halved in (4, 3, 2, 1, 0)]
    return workloads
