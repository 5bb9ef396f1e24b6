#!/usr/bin/env bash
# `--engine spark` on a real cluster of this machine (Java of Debian, pyspark from PyPI): a master and two workers. Where these
# cannot be had it says so and is left out; in CI that is a failure.
# usage: run.sh [QINGKU [WORKER [RECORDS]]]
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() {
  echo "The job was not tried on Spark: $1"
  [ -z "${CI:-}" ] && exit 0
  exit 1
}

sudo=$([ "$(id -u)" = 0 ] || echo sudo)
missing=
command -v java >/dev/null || missing=" openjdk-17-jre-headless"
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
if [ -n "$missing" ]; then
  echo "Installing$missing"
  apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600"
  { $apt update && $apt install --no-install-recommends $missing; } >/dev/null 2>&1 || skip "cannot install$missing"
fi
venv=${SPARK_VENV:-.build/spark-venv}
if ! "$venv/bin/python" -c 'import pyspark, sys; sys.exit(pyspark.__version__ != "4.3.0")' 2>/dev/null; then
  echo "Installing pyspark 4.3.0 (some minutes, once)"
  { python3 -m venv "$venv" && "$venv/bin/python" -m pip install -q pyspark==4.3.0; } >/dev/null 2>&1 ||
    skip "cannot install pyspark 4.3.0 from PyPI"
fi
SPARK_HOME=$("$venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1
exec "$venv/bin/python" Tests/Cluster/cluster.py "${1:-.build/debug/qingku}" "${2:-.build/qingku-worker}" "${3:-20000}"
