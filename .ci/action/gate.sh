#!/usr/bin/env bash
# Runs the gate, writes every output, and leaves the verdict to the last step, after comment and upload.
set -euo pipefail
args=(gate
  --format github
  --format "json=$RUNNER_TEMP/portgauge-gate.json"
  --format "markdown=$RUNNER_TEMP/portgauge-gate.md"
  --format "sarif=$RUNNER_TEMP/portgauge-gate.sarif")
[ -n "${PORTGAUGE_ACTION_TARGETS:-}" ] && args+=("--target=$PORTGAUGE_ACTION_TARGETS")
[ -n "${PORTGAUGE_ACTION_BASE:-}" ] && args+=("--base=$PORTGAUGE_ACTION_BASE")
[ -n "${PORTGAUGE_ACTION_FAIL_ON:-}" ] && args+=("--fail-on=$PORTGAUGE_ACTION_FAIL_ON")
[ "${PORTGAUGE_ACTION_REPORT_ONLY:-false}" = true ] && args+=(--report-only)
rm -f "$RUNNER_TEMP/portgauge-gate.json"
code=0
node "$GITHUB_ACTION_PATH/bin/portgauge.js" "${args[@]}" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
# Without a result (wrong base, crash) there is nothing to comment or upload: fail here, with the message just printed.
[ -f "$RUNNER_TEMP/portgauge-gate.json" ] || exit "$code"
node "$GITHUB_ACTION_PATH/.ci/action/outputs.mjs" "$RUNNER_TEMP/portgauge-gate.json" >>"$GITHUB_OUTPUT"
