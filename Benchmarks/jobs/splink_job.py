"""Splink's whole job on a registry: from the CSV file to a CSV file of clusters, as one process.

The choices are those of someone who knows Splink well; each one that makes it faster is taken where the configuration
allows it. Run it with the Python of Benchmarks/.venv (run.py makes it):

    python splink_job.py --config fastest people.csv clusters.csv
"""

import argparse
import time
from pathlib import Path

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

COLUMNS = ["rec_id", "given_name", "surname", "dob", "street", "city", "postcode", "phone", "id_number"]

# fastest      street and phone left out, because families share them; u from 1e6 pairs, EM without term frequencies on
#              about 2e5 pairs, pairs below the cluster threshold dropped while predicting
# documented   the same fields with the settings Splink's guides recommend: u from 1e8 pairs, EM on all blocked pairs with
#              term frequencies, every pair kept with its columns
# every-field  as documented, with street and phone compared too
# train, predict   "fastest" in two halves: train and save the model; load it, predict and cluster
CONFIGS = ["fastest", "documented", "every-field", "train", "predict"]


def load(connection, path):
    """Reads the registry as text with empty cells as NULL. Splink joins by an integer id, faster than by the text id, and
    compares the parts of a date as numbers, faster than as text."""
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS)
    connection.execute(
        f"""CREATE TABLE people AS
            SELECT row_number() OVER () AS unique_id, *,
                   TRY_CAST(dob[1:4] AS SMALLINT) AS dob_year,
                   TRY_CAST(dob[6:7] AS TINYINT) AS dob_month,
                   TRY_CAST(dob[9:10] AS TINYINT) AS dob_day
            FROM read_csv(?, header=true, columns={{{types}}}, nullstr='')""",
        [str(path)],
    )


def name_comparison(column):
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            cll.ExactMatchLevel(column).configure(tf_adjustment_column=column),
            cll.JaroWinklerLevel(column, 0.92),
            cll.JaroWinklerLevel(column, 0.85),
            cll.JaroWinklerLevel(column, 0.7),
            cll.ElseLevel(),
        ],
    )


def one_edit(column, least):
    """One edit or exchange. DuckDB's Damerau-Levenshtein is dear and takes no cutoff, so pairs whose Jaro-Winkler is below
    `least`, the lowest a single edit of so long a text leaves, are spared it."""
    left, right = f"{column}_l", f"{column}_r"
    return cll.CustomLevel(
        f"jaro_winkler_similarity({left}, {right}) >= {least} AND damerau_levenshtein({left}, {right}) <= 1",
        label_for_charts=f"One edit or exchange in {column}",
    )


def code_comparison(column, least):
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            cll.ExactMatchLevel(column),
            one_edit(column, least),
            cll.ElseLevel(),
        ],
    )


def date_comparison():
    same_parts = " + ".join(f"(dob_{part}_l = dob_{part}_r)::INT" for part in ("year", "month", "day"))
    exchanged = "dob_year_l = dob_year_r AND dob_month_l = dob_day_r AND dob_day_l = dob_month_r"
    return cl.CustomComparison(
        output_column_name="dob",
        comparison_levels=[
            cll.NullLevel("dob"),
            cll.ExactMatchLevel("dob"),
            one_edit("dob", 0.93),
            cll.CustomLevel(f"{same_parts} = 2 OR ({exchanged})", label_for_charts="Two parts, or day and month exchanged"),
            cll.ElseLevel(),
        ],
    )


def place_comparison():
    """One comparison for postcode and city: they follow from each other, and two would count the same evidence twice."""
    return cl.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            cll.And(cll.NullLevel("postcode"), cll.NullLevel("city")),
            cll.ExactMatchLevel("postcode"),
            cll.ExactMatchLevel("city"),
            cll.JaroWinklerLevel("city", 0.9),
            cll.ElseLevel(),
        ],
    )


def comparisons(every_field):
    chosen = [
        name_comparison("given_name"),
        name_comparison("surname"),
        date_comparison(),
        code_comparison("id_number", 0.92),
    ]
    if not every_field:
        return [*chosen, place_comparison()]
    return [
        *chosen,
        cl.JaroWinklerAtThresholds("street", [0.92, 0.85]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("city", [0.9]).configure(term_frequency_adjustments=True),
        code_comparison("postcode", 0.86),
        code_comparison("phone", 0.93),
    ]


def blocking_rules():
    """Chosen greedily by true pairs won per pair compared and by the CPU time of the whole job at 1,000,000 records."""
    return [
        block_on("dob", "city"),
        block_on("street", "substr(given_name, 1, 1)"),
        block_on("id_number"),
        block_on("substr(surname, 1, 3)", "substr(given_name, 1, 2)", "substr(dob, 1, 4)"),
        block_on("phone"),
        block_on("substr(given_name, 1, 2)", "substr(surname, 1, 2)", "postcode"),
        block_on("substr(dob, 1, 7)", "postcode"),
        block_on("dob", "substr(surname, 1, 3)"),
    ]


def settings(config, every_field):
    documented = config in ("documented", "every-field")
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=comparisons(every_field),
        blocking_rules_to_generate_predictions=blocking_rules(),
        retain_matching_columns=documented,
        retain_intermediate_calculation_columns=documented,
    )


def train(linker, documented):
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("id_number"), block_on("given_name", "surname", "dob")], recall=0.7
    )
    training.estimate_u_using_random_sampling(
        max_pairs=1e8 if documented else 1e6, seed=1, num_chunks=10 if documented else 1
    )
    sampling = {} if documented else {"estimate_without_term_frequencies": True, "max_pairs": 2e5}
    for rule in (block_on("dob"), block_on("given_name", "surname")):
        training.estimate_parameters_using_expectation_maximisation(rule, **sampling)


def run(config, source, target, model, threads, threshold):
    started = time.perf_counter()
    stages = {}

    def stage(name):
        nonlocal started
        now = time.perf_counter()
        stages[name] = round(now - started, 2)
        started = now

    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}; SET preserve_insertion_order = false")
    load(connection, source)
    stage("load")

    documented = config in ("documented", "every-field")
    people = DuckDBAPI(connection=connection).register("people")
    chosen = str(model) if config == "predict" else settings(config, config == "every-field")
    linker = Linker(people, chosen, log_level=None)
    if config != "predict":
        train(linker, documented)
        stage("train")
    if config == "train":
        linker.misc.save_model_to_json(str(model), overwrite=True)
        return stages

    # The pairs below the threshold are wanted for review; only the fastest tuning goes without them.
    predicted = linker.inference.predict(threshold_match_probability=None if documented else threshold)
    stage("predict")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=threshold
    )
    stage("cluster")
    connection.execute(
        f"COPY (SELECT rec_id AS record_id, cluster_id FROM {clusters.physical_name}) TO '{target}' (HEADER, DELIMITER ',')"
    )
    stage("write")
    return stages


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", choices=CONFIGS, default="fastest", help="the tuning (default: fastest)")
    parser.add_argument("--model", type=Path, help="file of the trained model, for train and predict")
    parser.add_argument("--threads", type=int, default=2, help="threads of DuckDB (default: 2)")
    parser.add_argument("--threshold", type=float, default=0.9, help="probability to cluster from (default: 0.9)")
    parser.add_argument("source", type=Path, help="the registry as CSV")
    parser.add_argument("target", type=Path, nargs="?", help="CSV file for the clusters; train needs none")
    options = parser.parse_args()
    if options.config in ("train", "predict") and options.model is None:
        parser.error(f"--config {options.config} needs --model FILE")
    if options.config != "train" and options.target is None:
        parser.error(f"--config {options.config} needs a file for the clusters")
    stages = run(options.config, options.source, options.target, options.model, options.threads, options.threshold)
    print(stages)


if __name__ == "__main__":
    main()
