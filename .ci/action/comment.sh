#!/usr/bin/env bash
# One comment per pull request, found again by its marker. A token that may not write is a warning, not a failure.
set -euo pipefail
body=$RUNNER_TEMP/portgauge-gate.md
comments=repos/$GITHUB_REPOSITORY/issues/$PORTGAUGE_ACTION_PULL_REQUEST/comments
unable() {
  echo "::warning title=portgauge::cannot comment; the job needs permissions: pull-requests: write (pull requests from forks never have it)"
  exit 0
}
found=$(gh api --paginate "$comments" \
  --jq '.[] | select(.body | startswith("<!-- portgauge:gate -->")) | .id') || unable
id=$(head -n 1 <<<"$found")
if [ -n "$id" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body" || unable
elif [ "$PORTGAUGE_ACTION_CHANGED" = true ] || [ "$PORTGAUGE_ACTION_COMMENT" = always ]; then
  gh api --silent --method POST "$comments" --field "body=@$body" || unable
fi
