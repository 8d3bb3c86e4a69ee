#!/usr/bin/env bash
# Pin what pyproject.toml asks for, with hashes, for every platform and Python from 3.11 on. Needs uv. Run it to upgrade: compile.sh --upgrade
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "requirements/compile.sh" "$@"; }
# What the image and the README install: reports are published as PDF, too; the dashboard; PostgreSQL as store, S3 for captures.
compile "$@" pyproject.toml requirements/build.in --extra documents --extra postgresql --extra s3 --extra web -o requirements/runtime.txt
compile "$@" pyproject.toml requirements/build.in --all-extras --group dev -c requirements/runtime.txt -o requirements/dev.txt
