#!/usr/bin/env bash
# actions/checkout fetches one commit: fetches the base, and as much history as it takes to find where the two parted.
set -euo pipefail
base=${PORTGAUGE_ACTION_BASE:-}
if [ -z "$base" ]; then
  [ -n "${GITHUB_BASE_REF:-}" ] || exit 0
  base=origin/$GITHUB_BASE_REF
fi
meets() { git rev-parse --quiet --verify --end-of-options "$base^{commit}" >/dev/null && git merge-base "$base" HEAD >/dev/null; }
meets && exit 0
if [ -n "${GITHUB_BASE_REF:-}" ]; then
  git fetch --quiet --no-tags --depth=1 origin "+refs/heads/$GITHUB_BASE_REF:refs/remotes/origin/$GITHUB_BASE_REF" || true
fi
for depth in 50 200 1000; do
  meets && exit 0
  [ "$(git rev-parse --is-shallow-repository)" = true ] || exit 0
  git fetch --quiet --no-tags --deepen="$depth" origin || exit 0
done
meets || git fetch --quiet --no-tags --unshallow origin || true
# The gate itself says what is missing and how to get it.
