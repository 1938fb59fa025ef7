#!/usr/bin/env bash
# Fuzzes each target for FUZZ_SECONDS (60), or those that are named: `fuzz/run.sh form update`.
#
# The compiler is stable: what the fuzzer is guided by (which code an input reaches, what it is
# compared with) are passes of LLVM that need no nightly one.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-60}
[ $# -gt 0 ] || set -- form import request update versions

host=$(rustc -vV | sed -n 's/^host: //p')
passes=(-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares)
# With a target named, what runs while building is not instrumented.
RUSTFLAGS="--cfg fuzzing ${passes[*]}" cargo build --locked --profile fuzz --target "$host" \
  --target-dir target/fuzz -p paydesk-fuzz

for target in "$@"; do
  found=target/fuzz/found/$target
  mkdir -p "$found"
  echo "== $target, $seconds seconds"
  # What it fails on is a file target/fuzz/found/TARGET-crash-…; new inputs go into a folder there.
  FUZZ_TARGET=$target "target/fuzz/$host/fuzz/paydesk-fuzz" "$found" "fuzz/corpus/$target" \
    -dict=fuzz/words.dict -max_total_time="$seconds" -timeout=1 -max_len=4096 \
    -artifact_prefix="target/fuzz/found/$target-" -print_final_stats=1 2>&1 |
    grep -vE '^#[0-9]+\s+(NEW|REDUCE|pulse|RELOAD)|^(INFO|#####)|# Uses:'
done
