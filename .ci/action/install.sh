#!/usr/bin/env bash
# Builds portgauge from this checkout, once. Says nothing unless it fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ -f dist/cli/main.js ] && exit 0
if ! command -v npm >/dev/null; then
  echo "portgauge: Node.js 20.19 or later with npm is missing (GitHub: actions/setup-node before this action)" >&2
  exit 2
fi
if ! log=$(npm ci --no-audit --no-fund 2>&1); then
  echo "$log" >&2
  exit 2
fi
