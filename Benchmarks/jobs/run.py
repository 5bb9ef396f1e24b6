"""Measures qingku's whole jobs against Splink's on the same file, in alternating rounds of one run.

    python3 run.py                    1,000,000 records, 3 rounds
    python3 run.py --quick --check    100,000 records, 1 round; fails when a ratio that must hold does not
    python3 run.py --scaling          qingku alone at 10k, 100k, 1M and 5M records

See Benchmarks/README.md for what is measured and how to read it.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import venv
from dataclasses import asdict, dataclass
from pathlib import Path

from process import measure

HERE = Path(__file__).resolve().parent
BENCHMARKS = HERE.parent
ROOT = BENCHMARKS.parent
VENV = BENCHMARKS / ".venv"
DATA = BENCHMARKS / ".data"
RULES = ROOT / "rules" / "latin.yaml"


@dataclass
class Lane:
    """One job of ours beside one of Splink's, and the ratios (ours / Splink's) that must not be exceeded."""

    name: str
    ours: str
    splink: str
    wall: float
    cpu: float
    memory: float | None


LANES = [
    Lane("match", "match", "fastest", wall=1 / 3, cpu=1 / 3, memory=1 / 2),
    Lane("trained", "match-trained", "predict", wall=1 / 3, cpu=1 / 3, memory=1 / 2),
    Lane("clean", "clean", "fastest", wall=1, cpu=1, memory=None),
]
SPLINK_CONFIGS = ["fastest", "documented", "every-field", "predict"]
LEAST_F1 = 0.985
SCALING = [10_000, 100_000, 1_000_000, 5_000_000]
SMALL_JOB_SECONDS = 0.5
PAIR_STAGES = {"block", "compare", "score"}


class Bench:
    """The files and commands of one set of records."""

    def __init__(self, options, people, truth):
        self.options, self.people, self.truth = options, people, truth
        self.work = DATA / "work" / people.stem
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        # Both sides find the file in the page cache.
        with people.open("rb") as file:
            while file.read(1 << 20):
                pass

    def ours(self, job):
        """Runs a job of qingku: its usage, the file of its clusters and the folder it wrote to."""
        out, workspace = self.work / job, self.work / f"{job}.qingku"
        for folder in (out, workspace):
            shutil.rmtree(folder, ignore_errors=True)
        verb = "clean" if job == "clean" else "match"
        command = [str(self.options.qingku), verb, str(self.options.rules), f"people={self.people}", "--out", str(out)]
        command += ["--threads", str(self.options.threads)]
        if verb == "clean":
            command += ["--workspace", str(workspace)]
        if job == "match-trained":
            command += ["--model", str(self.work / "qingku.model")]
        if job == "train":
            command += ["--save-model", str(self.work / "qingku.model")]
        return measure(command), out / "members.csv", out

    def splink(self, config):
        clusters = self.work / f"splink-{config}.csv"
        command = [str(VENV / "bin" / "python"), str(HERE / "splink_job.py"), "--config", config]
        command += ["--threads", str(self.options.threads), "--model", str(self.work / "splink.json")]
        return measure([*command, str(self.people), str(clusters)]), clusters

    def score(self, clusters):
        command = [sys.executable, str(HERE / "score.py"), str(clusters), str(self.truth)]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def install():
    """Puts the pinned versions into Benchmarks/.venv, which the kernels share, unless they are there."""
    wanted = (HERE / "requirements.txt").read_text()
    mark = VENV / "jobs-installed.txt"
    if mark.exists() and mark.read_text() == wanted:
        return
    print(f"Installing Splink into {VENV}", file=sys.stderr)
    venv.create(VENV, with_pip=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", str(HERE / "requirements.txt")], check=True)
    mark.write_text(wanted)


def registry(rows, seed):
    """The made registry of so many records and its truth, from the last run if they are there."""
    DATA.mkdir(exist_ok=True)
    # The name carries the generator's hash, so that a changed generator is not measured on old data.
    generator = HERE / "make_registry.py"
    version = subprocess.run(["cksum", str(generator)], check=True, stdout=subprocess.PIPE, text=True).stdout.split()[0]
    people = DATA / f"people-{rows}-{seed}-{version}.csv"
    truth = DATA / f"truth-{rows}-{seed}-{version}.csv"
    if not (people.exists() and truth.exists()):
        print(f"Making {rows:,} records", file=sys.stderr)
        part, truth_part = people.with_suffix(".part"), truth.with_suffix(".part")
        command = [sys.executable, str(generator), "--rows", str(rows), "--seed", str(seed)]
        subprocess.run([*command, "--out", str(part), "--truth", str(truth_part)], check=True)
        part.rename(people)
        truth_part.rename(truth)
    return people, truth


def medians(usages):
    return {name: statistics.median(getattr(usage, name) for usage in usages) for name in ("wall", "cpu", "peak_mb")}


def compare(options, people, truth):
    """Runs the lanes in alternation and gives each job's medians and accuracy."""
    bench = Bench(options, people, truth)
    lanes = [lane for lane in LANES if lane.name in options.lanes]
    ours = list(dict.fromkeys(lane.ours for lane in lanes))
    peers = list(dict.fromkeys([*(lane.splink for lane in lanes), *options.splink]))
    if "predict" in peers:
        bench.splink("train")
    if "match-trained" in ours:
        bench.ours("train")

    jobs = [("qingku", job) for job in ours] + [("splink", config) for config in peers]
    usages, clusters = {job: [] for job in jobs}, {}
    for turn in range(options.rounds):
        # Every other round goes backwards, so that none of them always runs on a machine warmed up by another.
        for job in jobs if turn % 2 == 0 else reversed(jobs):
            side, name = job
            usage, clusters[job], *_ = bench.ours(name) if side == "qingku" else bench.splink(name)
            usages[job].append(usage)
            print(f"  round {turn + 1}  {side} {name}: {usage.wall:.2f} s, CPU {usage.cpu:.2f} s", file=sys.stderr)

    results = []
    for side, name in jobs:
        every = [asdict(usage) for usage in usages[side, name]]
        accuracy = bench.score(clusters[side, name])
        results.append({"tool": side, "job": name, **medians(usages[side, name]), "rounds": every, **accuracy})
    by_job = {(result["tool"], result["job"]): result for result in results}
    return {"jobs": results, "lanes": [ratios(lane, by_job, options) for lane in lanes]}


def ratios(lane, by_job, options):
    """The ratios of a lane and what of it does not hold. A single round's wall time on a busy machine decides nothing."""
    ours, peer = by_job["qingku", lane.ours], by_job["splink", lane.splink]
    limits = {"wall": lane.wall if options.rounds > 1 else None, "cpu": lane.cpu, "peak_mb": lane.memory}
    measured = {name: ours[name] / peer[name] for name in limits}
    broken = [
        f"{lane.name}: {name} is {measured[name]:.2f} of Splink's, at most {limit:.2f} must hold"
        for name, limit in limits.items()
        if limit is not None and measured[name] > limit
    ]
    if not options.input and ours["f1"] < LEAST_F1:
        broken.append(f"{lane.name}: cluster F1 is {ours['f1']:.4f}, at least {LEAST_F1} must hold")
    return {"lane": lane.name, "splink": lane.splink, "ratios": measured, "limits": limits, "broken": broken}


def scaling(options):
    """qingku alone, from 10,000 records up: whether time per pair and bytes per record stay flat."""
    table, broken = [], []
    for rows in options.rows or SCALING:
        bench = Bench(options, *registry(rows, options.seed))
        runs = []
        for turn in range(options.rounds if rows < 1_000_000 else 1):
            usage, clusters, out = bench.ours("clean" if options.lanes == ["clean"] else "match")
            runs.append(usage)
            print(f"  {rows:,} records, round {turn + 1}: {usage.wall:.2f} s", file=sys.stderr)
        account = json.loads((out / "run.json").read_text())
        pairs, seconds = candidate_pairs(account), pair_seconds(account)
        row = {"records": rows, **medians(runs), "candidate_pairs": pairs, "measured": account.get("measured")}
        row["bytes_per_record"] = row["peak_mb"] * 1024 * 1024 / rows
        row["cpu_ns_per_pair"] = seconds * 1e9 / pairs if pairs and seconds else None
        row["f1"] = bench.score(clusters)["f1"]
        table.append(row)
        if row["f1"] < LEAST_F1:
            broken.append(f"{rows:,} records: cluster F1 is {row['f1']:.4f}, at least {LEAST_F1} must hold")
        if rows == 10_000 and row["wall"] > SMALL_JOB_SECONDS:
            broken.append(f"10,000 records: {row['wall']:.2f} s, at most {SMALL_JOB_SECONDS} s must hold")
    return {"scaling": table, "broken": broken}


def candidate_pairs(account):
    """The pairs compared, at the top of the account of the run or under matching; None when it does not say."""
    return account.get("candidate_pairs", (account.get("matching") or {}).get("candidate_pairs"))


def pair_seconds(account):
    """CPU seconds of the stages that work on pairs, so that reading and writing do not hide how those scale."""
    stages = (account.get("measured") or {}).get("stages") or []
    return sum(stage.get("cpu_seconds", 0) for stage in stages if stage["name"] in PAIR_STAGES)


def table(header, rows):
    widths = [max(len(str(row[at])) for row in [header, *rows]) for at in range(len(header))]
    for row in [header, ["-" * width for width in widths], *rows]:
        cells = [str(cell).ljust(width) if at == 0 else str(cell).rjust(width) for at, (cell, width) in enumerate(zip(row, widths))]
        print("| " + " | ".join(cells) + " |")


def show(result, options):
    machine = result["machine"]
    print(f"{machine['cores']} cores, {options.threads} threads, load {machine['load']:.1f} at the start\n")
    if "scaling" in result:
        header = ["records", "wall s", "CPU s", "peak MB", "candidate pairs", "bytes/record", "CPU ns/pair", "cluster F1"]
        rows = [
            [f"{row['records']:,}", f"{row['wall']:.2f}", f"{row['cpu']:.2f}", f"{row['peak_mb']:,.0f}",
             f"{row['candidate_pairs']:,}" if row["candidate_pairs"] else "not said", f"{row['bytes_per_record']:,.0f}",
             f"{row['cpu_ns_per_pair']:,.0f}" if row["cpu_ns_per_pair"] else "not said", f"{row['f1']:.4f}"]
            for row in result["scaling"]
        ]  # fmt: skip
        table(header, rows)
        return
    for data in result["files"]:
        print(f"{data['file']}: {data['jobs'][0]['records'] if data['jobs'] else 0:,} records, medians of {options.rounds}\n")
        header = ["job", "wall s", "CPU s", "peak MB", "precision", "recall", "F1", "B-cubed F1", "largest"]
        table(header, [job_row(job) for job in data["jobs"]])
        print()
        if data["lanes"]:
            table(["lane: qingku / Splink", "wall", "CPU", "peak memory"], [lane_row(lane) for lane in data["lanes"]])
            print()


def job_row(job):
    return [
        f"{job['tool']} {job['job']}", f"{job['wall']:.2f}", f"{job['cpu']:.2f}", f"{job['peak_mb']:,.0f}",
        f"{job['precision']:.4f}", f"{job['recall']:.4f}", f"{job['f1']:.4f}", f"{job['b_cubed_f1']:.4f}",
        job["largest_cluster"],
    ]  # fmt: skip


def lane_row(lane):
    def cell(name):
        limit = lane["limits"][name]
        return f"{lane['ratios'][name]:.3f}" + (f" (must: {limit:.2f})" if limit is not None else "")

    return [f"{lane['lane']} / {lane['splink']}", cell("wall"), cell("cpu"), cell("peak_mb")]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", help="records of the made registry (default: 1000000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the made registry (default: 1)")
    parser.add_argument("--input", type=Path, help="measure on this CSV file with the same columns instead")
    parser.add_argument("--truth", type=Path, help="the truth of --input: rec_id,entity_id")
    parser.add_argument("--rounds", type=int, default=3, help="alternating rounds (default: 3)")
    parser.add_argument("--lanes", nargs="*", choices=[lane.name for lane in LANES], default=[lane.name for lane in LANES],
                        help="what to compare (default: all); none with --lanes alone")  # fmt: skip
    parser.add_argument("--splink", nargs="*", choices=SPLINK_CONFIGS, default=[], help="further tunings of Splink to run")
    parser.add_argument("--qingku", type=Path, default=ROOT / ".build" / "release" / "qingku",
                        help="the binary (default: .build/release/qingku)")  # fmt: skip
    parser.add_argument("--rules", type=Path, default=RULES, help="the rule book (default: rules/latin.yaml)")
    parser.add_argument("--threads", type=int, default=2, help="threads of both sides (default: 2)")
    parser.add_argument("--quick", action="store_true", help="100,000 records and one round")
    parser.add_argument("--scaling", action="store_true", help="qingku alone from 10,000 to 5,000,000 records, or --rows")
    parser.add_argument("--check", action="store_true", help="end with status 1 when something that must hold does not")
    parser.add_argument("--json", action="store_true", help="print everything measured as JSON")
    options = parser.parse_args()
    if (options.input is None) != (options.truth is None):
        parser.error("--input and --truth go together")
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    if options.input and (options.scaling or options.rows):
        parser.error("--input brings its own records: leave out --rows and --scaling")
    if options.quick:
        options.rows, options.rounds = options.rows or [100_000], 1
    if (options.lanes or options.scaling) and not options.qingku.exists():
        parser.error(f"{options.qingku} is missing; build it with: swift build -c release --product qingku")
    return options


def main():
    options = arguments()
    machine = {"cores": os.cpu_count(), "load": os.getloadavg()[0]}
    if options.scaling:
        result = {"machine": machine, **scaling(options)}
    else:
        install()
        if options.input:
            sets = [(options.input.resolve(), options.truth.resolve())]
        else:
            sets = [registry(rows, options.seed) for rows in options.rows or [1_000_000]]
        files = [{"file": people.name, **compare(options, people, truth)} for people, truth in sets]
        broken = [line for data in files for lane in data["lanes"] for line in lane["broken"]]
        result = {"machine": machine, "files": files, "broken": broken}
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        show(result, options)
    for line in result["broken"]:
        print(f"must hold, does not: {line}", file=sys.stderr)
    if options.check and result["broken"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
