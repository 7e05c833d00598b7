#!/usr/bin/env bash
# Builds portgauge from the action's own checkout, once per job.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"
if ! command -v node >/dev/null; then
  echo "::error title=portgauge::Node.js is missing: run actions/setup-node (20.19 or later) before this action"
  exit 2
fi
[ -f dist/cli/main.js ] && exit 0
npm ci --no-audit --no-fund --loglevel=error
