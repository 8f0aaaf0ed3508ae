# SPDX-License-Identifier: MIT
"""The other side, imbalanced-learn, scikit-learn, scipy and FAISS, as a process that stays.

Reads a request from each line of its input, METHOD SET THREADS RESULT, and answers with a line; worker.hpp says with
what. Options are those of ours.cpp: both sides do the same work. THREADS is what scikit-learn calls n_jobs.
"""

import sys
import time
import warnings
from pathlib import Path
from typing import Callable

import numpy as np
import scipy.spatial
from imblearn import combine, over_sampling, under_sampling
from sklearn.neighbors import NearestNeighbors

K = 5  # neighbors, where the question is the nearest themselves


def nearest(k: int, threads: int) -> NearestNeighbors:
    """An object to search k neighbors with; it finds the row itself too."""
    return NearestNeighbors(n_neighbors=k + 1, n_jobs=threads)


def smote(threads: int) -> over_sampling.SMOTE:
    return over_sampling.SMOTE(random_state=1, k_neighbors=nearest(5, threads))


def borderline(kind: int, threads: int) -> over_sampling.BorderlineSMOTE:
    return over_sampling.BorderlineSMOTE(
        random_state=1, k_neighbors=nearest(5, threads), m_neighbors=nearest(10, threads), kind=f"borderline-{kind}"
    )


SAMPLERS: dict[str, Callable] = {  # made anew for each call from the columns of the set and the number of threads
    "smote": lambda columns, threads: smote(threads),
    "borderline_1": lambda columns, threads: borderline(1, threads),
    "borderline_2": lambda columns, threads: borderline(2, threads),
    "adasyn": lambda columns, threads: over_sampling.ADASYN(random_state=1, n_neighbors=nearest(5, threads)),
    "smote_nc": lambda columns, threads: over_sampling.SMOTENC(
        categorical_features=range(columns - 4, columns), random_state=1, k_neighbors=nearest(5, threads)
    ),
    "smote_n": lambda columns, threads: over_sampling.SMOTEN(random_state=1, n_jobs=threads),
    "random_over": lambda columns, threads: over_sampling.RandomOverSampler(random_state=1),
    "random_under": lambda columns, threads: under_sampling.RandomUnderSampler(random_state=1),
    "tomek": lambda columns, threads: under_sampling.TomekLinks(n_jobs=threads),
    "enn": lambda columns, threads: under_sampling.EditedNearestNeighbours(n_jobs=threads),
    "repeated_enn": lambda columns, threads: under_sampling.RepeatedEditedNearestNeighbours(n_jobs=threads),
    "all_knn": lambda columns, threads: under_sampling.AllKNN(n_jobs=threads),
    "smote_enn": lambda columns, threads: combine.SMOTEENN(
        random_state=1,
        smote=smote(threads),
        enn=under_sampling.EditedNearestNeighbours(sampling_strategy="all", n_jobs=threads),
    ),
    "smote_tomek": lambda columns, threads: combine.SMOTETomek(
        random_state=1,
        smote=smote(threads),
        tomek=under_sampling.TomekLinks(sampling_strategy="all", n_jobs=threads),
    ),
}


def k_nearest_sklearn(algorithm: str, X: np.ndarray, threads: int) -> np.ndarray:
    search = NearestNeighbors(n_neighbors=K + 1, algorithm=algorithm, n_jobs=threads).fit(X)
    return search.kneighbors(X, return_distance=False)


def k_nearest_scipy(X: np.ndarray, threads: int) -> np.ndarray:
    return scipy.spatial.cKDTree(X).query(X, k=K + 1, workers=threads)[1]


def k_nearest_faiss(X: np.ndarray, threads: int) -> np.ndarray:
    """In single precision: FAISS has no other."""
    import faiss

    faiss.omp_set_num_threads(threads if threads > 0 else faiss.omp_get_max_threads())
    narrow = X.astype(np.float32)
    index = faiss.IndexFlatL2(narrow.shape[1])
    index.add(narrow)
    return index.search(narrow, K + 1)[1]


SEARCHES: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {
    "sklearn_kd_tree": lambda X, threads: k_nearest_sklearn("kd_tree", X, threads),
    "sklearn_brute": lambda X, threads: k_nearest_sklearn("brute", X, threads),
    "scipy": k_nearest_scipy,
    "faiss": k_nearest_faiss,
}


def without_self(found: np.ndarray) -> np.ndarray:
    """The row's own number, then its K nearest others: `found` has the row itself, mostly first."""
    rows = np.arange(len(found))[:, None]
    is_self = found == rows
    is_self[~is_self.any(axis=1), K] = True
    return np.hstack([rows, found[~is_self].reshape(-1, K)]).astype(np.int64)


def keys_of_rows(table: np.ndarray) -> np.ndarray:
    """A 64-bit key for each row, made of all its bits: that of key_of_row in worker.hpp."""
    keys = np.zeros(len(table), np.uint64)
    for column in np.ascontiguousarray(table).view(np.uint64).T:
        keys = keys * np.uint64(0x9E3779B97F4A7C15) + column
    return keys


def peak_memory() -> int:
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.split("VmHWM:")[1].split()[0])


def answer(method: str, X: np.ndarray, y: np.ndarray, threads: int, result: str) -> str:
    before = peak_memory()
    start = time.perf_counter()
    if method in SEARCHES:
        out = SEARCHES[method](X, threads)
    else:
        out = SAMPLERS[method](X.shape[1], threads).fit_resample(X, y)[0]
    seconds = time.perf_counter() - start
    after = peak_memory()
    if result != "-":
        keys_of_rows(without_self(out) if method in SEARCHES else out).tofile(result)
    return f"{seconds} {before} {after} {out.nbytes}"


def main() -> None:
    warnings.filterwarnings("ignore")
    held, X, y = "", np.empty(0), np.empty(0)
    for line in sys.stdin:
        method, folder, threads, result = line.split()
        try:
            if held != folder:
                X = y = np.empty(0)  # before the next: never two in memory
                held, shape = folder, Path(folder, "shape").read_text().split()
                X = np.fromfile(Path(folder, "X")).reshape(int(shape[0]), int(shape[1]))
                y = np.fromfile(Path(folder, "y"), np.int32)
            print(answer(method, X, y, int(threads), result), flush=True)
        except Exception as error:  # whatever a library throws is an answer
            print("!", type(error).__name__, str(error).replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
