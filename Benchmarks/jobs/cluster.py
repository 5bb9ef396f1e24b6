"""Measures `--engine spark` on a cluster of this machine (master, two workers of one core) beside the embedded engine.

    python3 cluster.py                                      1,000,000 made records, blocks of at most 2,000
    python3 cluster.py --rows 100000 --cap 50 --cap 2000 --job clean
    python3 cluster.py --rules rules/registry.yaml registry=r.csv community=c.xml dossier=d.csv

For each cap: whether the bytes are the same, the seconds of the clock of both engines, Spark's start included, and of the stage
that compares; then of the same worker alone on the lines that this stage read: one process, and two beside each other.
"""

import argparse
import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from process import measure
from run import ROOT, registry

sys.path.insert(0, str(ROOT / "Tests" / "Cluster"))
from local_cluster import LocalCluster  # noqa: E402

class Job:
    """One set of exports under one rule book, on one cluster."""

    def __init__(self, options, state, cluster):
        self.options, self.state, self.cluster = options, state, cluster
        self.words = [str(options.qingku), options.job, str(options.rules), *options.sources]

    def into(self, name):
        words = ["--out", f"{self.state}/{name}"]
        return words + (["--workspace", f"{self.state}/{name}.qingku"] if self.options.job == "clean" else [])

    def embedded(self):
        return measure([*self.words, *self.into("embedded")]).wall

    def is_same(self, out):
        """Whether the tables of both engines have the same bytes: persons, pairs and, of a clean-up, all that it writes."""
        tables = [path.name for path in Path(self.state, "embedded").iterdir() if path.suffix in (".csv", ".xml")]
        same = [filecmp.cmp(f"{self.state}/embedded/{name}", f"{out}/{name}", shallow=False) for name in tables]
        return len(same) > 1 and all(same)

    def spark(self, cap):
        """Seconds of the whole job and of its last stage. Keeps the stages."""
        out, stages = f"{self.state}/spark-{cap}", f"{self.state}/stages-{cap}"
        words = [*self.words, *self.into(f"spark-{cap}"), "--engine", "spark", "--master", self.cluster.master, "--stages", stages]
        words += ["--worker", str(self.options.worker), "--block-cap", str(cap), "--spark-conf", self.cluster.conf]
        wall = measure([*words, "--keep-stages"]).wall
        (folder,) = [entry.path for entry in os.scandir(stages) if entry.is_dir()]
        done = {name: os.stat(f"{folder}/{name}/_SUCCESS").st_mtime for name in ("keys", "pairs")}
        return wall, done["pairs"] - done["keys"], self.is_same(out), folder

    def worker(self, folder, processes):
        """Seconds of the worker on the lines that the last stage read, in so many processes: what cannot be saved."""
        lines = self.state + "/lines"
        shutil.rmtree(lines, ignore_errors=True)
        statement = f"""SET spark.sql.shuffle.partitions={processes};
            SET spark.sql.adaptive.coalescePartitions.enabled=false;
            INSERT OVERWRITE DIRECTORY '{lines}' USING text
            SELECT concat_ws('\\t', block, crossed, part, record, payload) FROM (
              SELECT * FROM parquet.`{folder}/keys` WHERE kind = 'K' DISTRIBUTE BY block SORT BY block);"""
        file = self.state + "/lines.sql"
        Path(file).write_text(statement)
        command = [self.cluster.home + "/bin/spark-sql", "--master", "local[2]", "--driver-memory", "4g", "-f", file]
        subprocess.run(command, check=True, capture_output=True, cwd=self.state, env=self.cluster.environment)
        parts = sorted(str(path) for path in Path(lines).glob("part-*"))
        (model,) = Path(folder).glob("job-*.json")
        hash = json.loads(model.read_text())["hash"]
        began = time.perf_counter()
        running = [
            subprocess.Popen([str(self.options.worker), "pairs", "--model", str(model), "--format", "1", "--job-hash", hash],
                             stdin=open(part), stdout=subprocess.DEVNULL) for part in parts]
        if any(process.wait() for process in running):
            sys.exit("the worker alone failed")
        return time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", help="SOURCE=PATH, with --rules")
    parser.add_argument("--rules", type=Path, default=ROOT / "rules" / "latin.yaml")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--job", choices=["match", "clean"], default="match")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cap", type=int, action="append")
    parser.add_argument("--qingku", type=Path, default=ROOT / ".build" / "release" / "qingku")
    parser.add_argument("--worker", type=Path, default=ROOT / ".build" / "qingku-worker")
    options = parser.parse_args()
    if not options.sources:
        options.sources = [f"people={registry(options.rows, options.seed)[0]}"]
    home = os.environ.get("SPARK_HOME") or sys.exit("SPARK_HOME has to name the folder of Spark")
    state = tempfile.mkdtemp(prefix="qingku-bench-")
    cluster = LocalCluster(state, home, memory="4g", executor="3g")
    wrong = False
    try:
        job = Job(options, state, cluster)
        print(f"embedded            {job.embedded():7.1f} s", flush=True)
        for cap in options.cap or [2_000]:
            cluster.start()
            wall, stage, same, folder = job.spark(cap)
            cluster.stop()
            alone, beside = job.worker(folder, 1), job.worker(folder, 2)
            shutil.rmtree(folder)
            wrong = wrong or not same
            print(f"spark, cap {cap:<6}   {wall:7.1f} s  {'same bytes' if same else 'OTHER BYTES'}", flush=True)
            print(f"  stage of pairs    {stage:7.1f} s", flush=True)
            print(f"  the worker alone  {alone:7.1f} s, of it the stage is {stage / alone:.2f}", flush=True)
            print(f"  two of them       {beside:7.1f} s, of it the stage is {stage / beside:.2f}", flush=True)
    finally:
        cluster.stop()
        shutil.rmtree(state, ignore_errors=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
