"""Scores clusters against the known persons: pairs (precision, recall, F1) and B-cubed (Bagga and Baldwin 1998).

    python score.py clusters.csv truth.csv

The clusters' columns are record_id and person_id or cluster_id; the truth's are rec_id and entity_id. A record without a
cluster stands alone. Prints one line of JSON.
"""

import csv
import json
import sys
from collections import Counter


def read(path, id_columns, group_columns):
    """The group of each record: `{record id: group}`."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        id_at = next(header.index(name) for name in id_columns if name in header)
        group_at = next(header.index(name) for name in group_columns if name in header)
        return {row[id_at]: row[group_at] for row in rows}


def score(clusters, truth):
    unknown = sum(1 for record in clusters if record not in truth)
    if unknown:
        raise SystemExit(f"score: {unknown} records of the clusters are not in the truth; do both belong to one file?")
    cells, found, real = Counter(), Counter(), Counter()
    for record, person in truth.items():
        cluster = clusters.get(record, ("alone", record))
        cells[person, cluster] += 1
        found[cluster] += 1
        real[person] += 1

    def pairs(counts):
        return sum(n * (n - 1) // 2 for n in counts.values())

    both, proposed, wanted = pairs(cells), pairs(found), pairs(real)
    b_precision = sum(n * n / found[cluster] for (_, cluster), n in cells.items()) / len(truth)
    b_recall = sum(n * n / real[person] for (person, _), n in cells.items()) / len(truth)
    precision = both / proposed if proposed else 1.0
    recall = both / wanted if wanted else 1.0
    return {
        "records": len(truth),
        "persons": len(real),
        "clusters": len(found),
        "largest_cluster": max(found.values(), default=0),
        "precision": precision,
        "recall": recall,
        "f1": harmonic(precision, recall),
        "b_cubed_precision": b_precision,
        "b_cubed_recall": b_recall,
        "b_cubed_f1": harmonic(b_precision, b_recall),
    }


def harmonic(a, b):
    return 2 * a * b / (a + b) if a + b else 0.0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    clusters = read(sys.argv[1], ["record_id", "rec_id"], ["person_id", "cluster_id"])
    truth = read(sys.argv[2], ["rec_id", "record_id"], ["entity_id", "person_id"])
    print(json.dumps(score(clusters, truth)))
