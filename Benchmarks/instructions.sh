#!/bin/bash
# Instructions per pair of each kernel, counted by valgrind, against the limits in instructions.txt.
#
#   Benchmarks/instructions.sh           compare: fails when a count is more than 10 % above its limit
#   Benchmarks/instructions.sh --record  write the counts as the new limits
#
# A count is the difference between comparing 200 x 500 pairs twice and once: what start-up and reading cost falls out.
# valgrind knows no AVX-512, so the sets counted are baseline and avx2.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v valgrind >/dev/null; then
  echo "instructions.sh: skipped: valgrind is not installed (Debian: apt-get install valgrind)"
  exit 0
fi
swift build -c release --product kernels >/dev/null
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Older releases of valgrind stop at the debug information of newer compilers.
kernels=$scratch/kernels
strip --strip-debug -o "$kernels" "$(swift build -c release --show-bin-path)/kernels"
python3 kernels_lists.py "$scratch" 900

count() { # LIST KERNEL INSTRUCTIONS TIMES
  valgrind --tool=callgrind --callgrind-out-file="$scratch/out" "$kernels" "$scratch/$1.txt" \
    kernels="$2" instructions="$3" times="$4" rows=200 columns=500 2>&1 >/dev/null | sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

failed=0
result=$scratch/result
while read -r list kernel set limit; do
  case $list in '#'* | '') continue ;; esac
  small=$(count "$list" "$kernel" "$set" 1) || true
  large=$(count "$list" "$kernel" "$set" 2) || true
  if [ -z "$small" ] || [ -z "$large" ]; then
    echo "$list $kernel $set: not counted: this machine does not have $set"
    echo "$list $kernel $set $limit" >>"$result"
    continue
  fi
  pair=$(((large - small) / 100000))
  echo "$list $kernel $set $pair" >>"$result"
  if [ $((pair * 10)) -gt $((limit * 11)) ]; then
    echo "$list $kernel $set: $pair instructions a pair, the limit is $limit and a tenth"
    failed=1
  else
    echo "$list $kernel $set: $pair instructions a pair (limit $limit)"
  fi
done <instructions.txt
if [ "${1:-}" = --record ]; then
  { grep '^#' instructions.txt; cat "$result"; } >"$scratch/new"
  cp "$scratch/new" instructions.txt
  exit 0
fi
exit $failed
