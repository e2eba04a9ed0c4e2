# Sourced by tools/test: libFuzzer on every target, one after the other.

# fuzz SECONDS: each target for so long. A finding is a file that is named, and a line for the target's corpus.
fuzz() {
  local seconds=$1 program="$root/build/fuzz/bin/cachify-fuzz" work="$root/build/fuzz/runs" failed=() target
  install_packages "$root/tools/dev/packages-fuzz.txt"
  build fuzz cachify-fuzz
  mkdir -p "$work"
  for target in $("$program" 2>/dev/null); do
    say "fuzzing $target for $seconds s"
    CACHIFY_FUZZ_TARGET=$target CACHIFY_FUZZ_CORPUS="$work/$target" "$program"
    CACHIFY_FUZZ_TARGET=$target ASAN_SYMBOLIZER_PATH=$(command -v llvm-symbolizer-19) \
      "$program" -max_total_time="$seconds" -max_len=4096 -timeout=30 -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix="$work/$target-" "$work/$target" >"$work/$target.log" 2>&1 || failed+=("$target")
    grep -h '^stat::number_of_executed_units' "$work/$target.log" >&2 || true
  done
  for target in "${failed[@]}"; do
    printf 'error: %s: see %s; its input, for a line of tests/fuzz/corpus/%s.base64:\n' "$target" "$work/$target.log" "$target" >&2
    sed -n 's/^Base64: //p' "$work/$target.log" >&2
  done
  [ ${#failed[@]} -eq 0 ]
}
