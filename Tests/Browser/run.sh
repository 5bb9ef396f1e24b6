#!/usr/bin/env bash
# The review desk in a real browser (Debian's chromium, selenium and axe-core from PyPI). Where these cannot be had it says so and is
# left out; in CI that is a failure.
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() {
  echo "The desk was not tried in a browser: $1"
  [ -z "${CI:-}" ] && exit 0
  exit 1
}

sudo=$([ "$(id -u)" = 0 ] || echo sudo)
missing=
for package in chromium chromium-driver fonts-wqy-zenhei python3-venv; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
# An interpreter that is not Debian's brings its own venv.
if python3 -c 'import ensurepip, venv' 2>/dev/null; then missing=${missing/ python3-venv/}; fi
if [ -n "$missing" ]; then
  echo "Installing$missing"
  apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600"
  { $apt update && $apt install --no-install-recommends $missing; } >/dev/null 2>&1 || skip "cannot install$missing"
fi
venv=.build/browser
# axe-core comes inside a package that drives another browser: only its script is wanted.
has='import importlib.util as u, sys, selenium; sys.exit(u.find_spec("axe_playwright_python") is None)'
if ! "$venv/bin/python" -c "$has" 2>/dev/null; then
  { python3 -m venv "$venv" && "$venv/bin/python" -m pip install -q selenium &&
    "$venv/bin/python" -m pip install -q --no-deps axe-playwright-python; } \
    >/dev/null 2>&1 || skip "cannot install selenium and axe-playwright-python from PyPI"
fi
"$venv/bin/python" Tests/Browser/desk.py "${1:-.build/debug/qingku}" . "${2:-.build/pictures}"
