#!/usr/bin/env bash
# Entry of the pre-commit hooks. npm cannot build a TypeScript package that is installed globally from git
# (it leaves out what the build needs), so the hook builds its own checkout on first use.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# git sets these for hooks; they must not reach the installation of another repository.
env -u GIT_DIR -u GIT_INDEX_FILE -u GIT_WORK_TREE bash "$root/.ci/action/install.sh"
exec node "$root/bin/portgauge.js" gate "$@"
