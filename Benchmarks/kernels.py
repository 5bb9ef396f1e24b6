#!/usr/bin/env python3
"""Fuzzy comparison kernels against RapidFuzz: the same lists, one core, alternating runs, medians.

    python3 Benchmarks/kernels.py            a table of ratios, best instruction set of the machine
    python3 Benchmarks/kernels.py --quick    smaller grids, fewer runs
    python3 Benchmarks/kernels.py --check    exit status 1 when a ratio is below its limit or sums disagree

RapidFuzz and NumPy are installed, at fixed versions, into Benchmarks/.venv at the first run. The peer is
rapidfuzz.process.cdist with workers=1: every row with every column, the matrix written, as ours. Times are processor
time. A sum over all values tells whether both computed the same; similarities agree to rounding.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PEERS = {"rapidfuzz": "3.14.6", "numpy": "2.2.6"}
COUNT = 20_000
# A bound that no quotient of small numbers is equal to: at such ties the peers disagree among themselves.
CUTOFF = 0.8501

# kernel, lists, least ratio in the default build without AVX2, and with it. None: shown, not demanded.
LIMITS = [
    ("jw-grid", "latin", 2.5, 4.0),
    ("jw-grid", "zhname", 2.5, 4.0),
    ("jw-grid", "addrL", None, None),
    ("jw-grid", "addrZ", None, None),
    ("jw-grid", "date", None, None),
    ("jw-grid", "id18", None, None),
    ("osa-grid", "latin", 1.5, 2.5),
    ("osa-grid", "zhname", 1.5, 2.5),
    ("osa-grid", "addrL", None, None),
    ("osa-grid", "addrZ", None, None),
    ("osa-grid", "date", 1.3, 2.5),
    ("osa-grid", "id18", 0.8, 2.0),
    ("lev-grid", "latin", None, None),
    ("lev-grid", "zhname", None, None),
    ("jw85-one", "latin", None, None),
    ("jw85-one", "zhname", None, None),
    ("jw85-one", "addrL", 2.5, 3.0),
    ("osa2-one", "latin", None, None),
    ("osa2-one", "addrL", 5.0, 7.0),
    ("osa2-one", "addrZ", 5.0, 7.0),
    ("osa2-one", "id18", None, None),
]


def in_venv():
    """Starts again under the environment that has the peers."""
    python = VENV / "bin" / "python"
    marker = VENV / "peers.json"
    if not marker.exists() or json.loads(marker.read_text()) != PEERS:
        print(f"Installing {', '.join(f'{n} {v}' for n, v in PEERS.items())} into {VENV}", file=sys.stderr)
        venv.create(VENV, with_pip=True, clear=True)
        wanted = [f"{name}=={version}" for name, version in PEERS.items()]
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--only-binary=:all:", *wanted], check=True)
        marker.write_text(json.dumps(PEERS))
    os.execv(python, [str(python), *sys.argv])


def build():
    subprocess.run(
        ["swift", "build", "-c", "release", "--product", "kernels"], cwd=HERE, check=True, stdout=subprocess.DEVNULL
    )
    shown = subprocess.run(
        ["swift", "build", "-c", "release", "--show-bin-path"], cwd=HERE, check=True, capture_output=True, text=True
    )
    return Path(shown.stdout.strip()) / "kernels"


def ours(binary, path, kernels, size, instructions):
    command = [binary, path, f"rows={size}", f"columns={size}", f"instructions={instructions}"]
    result = subprocess.run([*command, f"kernels={','.join(kernels)}"], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(result.stderr.strip())
    return {line["kernel"]: line for line in map(json.loads, result.stdout.splitlines())}


def theirs(kernel, rows, columns):
    import numpy
    from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein
    from rapidfuzz.process import cdist

    call = {
        "jw-grid": dict(scorer=JaroWinkler.similarity, dtype=numpy.float32),
        "osa-grid": dict(scorer=OSA.distance, dtype=numpy.uint8),
        "lev-grid": dict(scorer=Levenshtein.distance, dtype=numpy.uint8),
        "jw85-one": dict(scorer=JaroWinkler.similarity, dtype=numpy.float32, score_cutoff=CUTOFF),
        "osa2-one": dict(scorer=OSA.distance, dtype=numpy.uint8, score_cutoff=2),
    }[kernel]
    start = time.process_time()
    matrix = cdist(rows, columns, workers=1, **call)
    seconds = time.process_time() - start
    return matrix.size / seconds / 1e6, float(matrix.sum(dtype=numpy.float64))


def measure(binary, lists, folder, size, runs, instructions):
    """Rates and sums by (kernel, list): [ours of each run], [theirs of each run], sums."""
    found = {}
    for _ in range(runs):
        for name, texts in lists.items():
            kernels = [kernel for kernel, listed, *_ in LIMITS if listed == name]
            mine = ours(binary, folder / f"{name}.txt", kernels, size, instructions)
            for kernel in kernels:
                rate, total = theirs(kernel, texts[:size], texts[size : 2 * size])
                entry = found.setdefault((kernel, name), ([], [], set()))
                entry[0].append(mine[kernel]["million_pairs_per_second"])
                entry[1].append(rate)
                entry[2].add((mine[kernel]["sum"], total))
    return found, mine[kernel]["instructions"]


def agree(sums):
    return all(abs(a - b) <= 1e-7 * max(abs(a), abs(b), 1) for a, b in sums)


def report(found, used):
    print(f"\n{used}: million pairs a second, medians; ratio: median of the ratios of the runs")
    print("| kernel | list | ours | RapidFuzz cdist | ratio | limit | sums |\n| --- | --- | --- | --- | --- | --- | --- |")
    failed = []
    for kernel, name, plain, vector in LIMITS:
        mine, peer, sums = found[kernel, name]
        ratio = statistics.median(a / b for a, b in zip(mine, peer))
        limit = plain if used == "baseline" else vector
        same = agree(sums)
        if not same:
            failed.append(f"{kernel} on {name}: the sums are {sorted(sums)}")
        if limit is not None and ratio < limit:
            failed.append(f"{kernel} on {name}: {ratio:.2f} x, the limit is {limit} x")
        print(
            f"| {kernel} | {name} | {statistics.median(mine):.0f} | {statistics.median(peer):.0f} | {ratio:.1f} "
            f"| {'' if limit is None else limit} | {'agree' if same else 'differ'} |"
        )
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="grids of 1,000 x 1,000, three runs")
    parser.add_argument("--check", action="store_true", help="exit status 1 below the limits")
    parser.add_argument("--runs", type=int, help="alternating runs; default 5")
    parser.add_argument(
        "--instructions",
        default="baseline,best",
        help="sets to measure: baseline, avx2, avx512, best; default baseline,best",
    )
    options = parser.parse_args()
    if Path(sys.prefix) != VENV:
        in_venv()

    import kernels_lists

    size, runs = (1000, options.runs or 3) if options.quick else (2000, options.runs or 5)
    binary = build()
    failed = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        kernels_lists.main([scratch, COUNT])
        lists = {name: (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in kernels_lists.NAMES}
        for instructions in options.instructions.split(","):
            found, used = measure(binary, lists, folder, size, runs, instructions)
            failed += report(found, used)
    for line in failed:
        print(line, file=sys.stderr)
    if failed and options.check:
        sys.exit(1)


if __name__ == "__main__":
    main()
