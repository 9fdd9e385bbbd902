#!/bin/sh
# Every command of Huiyin, on the Node of this folder: ./huiyin help
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
node=$here/app/node_modules/node/bin/node
if ! "$node" --version >/dev/null 2>&1; then
  echo "The Node of this bundle does not run here (needs 64-bit Linux with glibc 2.28 or newer, and the bundle for this processor)." >&2
  echo "This machine: $(uname -sm)" >&2
  exit 1
fi
exec "$node" "$here/app/scripts/manage.ts" "$@"
