# Throws hostile bytes at every decoder, with libFuzzer. Sourced by ./dev.
# shellcheck shell=bash

fuzz_jobs=2

# verb_fuzz [MINUTES [TARGET...]]: each target for so long; what libFuzzer learns stays in build/fuzz/corpus.
verb_fuzz() {
    local minutes=${1:-10}
    [[ $minutes =~ ^[1-9][0-9]*$ ]] || die "./dev fuzz [MINUTES [TARGET...]]: how many whole minutes for each target?"
    shift "$(($# < 1 ? $# : 1))"
    build_fuzzers || finish
    # However long the person wants it to take.
    budget["fuzz"]=$((minutes * 60 * 20))
    stage fuzz fuzz_targets "$((minutes * 60))" "$@" || true
    finish
}

build_fuzzers() {
    stage install install_packages build fuzz && stage configure configure fuzz && stage build-fuzz compile fuzz fuzz
}

# fuzz_briefly SECONDS: all targets, for so long together.
fuzz_briefly() {
    local targets
    targets=$(COUNTERFOIL_FUZZ_TARGET=list build/fuzz/bin/fuzz | wc -l)
    stage fuzz fuzz_targets "$(($1 * fuzz_jobs / targets))" || true
}

# fuzz_targets SECONDS [TARGET...]: all targets when none is named; false when one broke a promise.
fuzz_targets() {
    local seconds=$1 name failed=0 started=()
    shift
    [ $# -gt 0 ] || mapfile -t started < <(COUNTERFOIL_FUZZ_TARGET=list build/fuzz/bin/fuzz)
    [ $# -eq 0 ] || started=("$@")
    mkdir -p build/fuzz/findings build/fuzz/logs
    for name in "${started[@]}"; do
        while [ "$(jobs -rp | wc -l)" -ge "$fuzz_jobs" ]; do wait -n || true; done
        fuzz_target "$name" "$seconds" &
    done
    wait
    for name in "${started[@]}"; do
        tell_fuzzed "$name" || failed=1
    done
    return "$failed"
}

fuzz_target() {
    local name=$1 seconds=$2
    mkdir -p "build/fuzz/corpus/$name"
    rm -f "build/fuzz/logs/$name.done"
    if COUNTERFOIL_FUZZ_TARGET=$name UBSAN_OPTIONS=print_stacktrace=1 QT_LOGGING_RULES='*=false' \
        nice build/fuzz/bin/fuzz -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=16384 \
        -print_final_stats=1 -artifact_prefix="build/fuzz/findings/$name-" \
        "build/fuzz/corpus/$name" "tests/fuzz/seeds/$name" >"build/fuzz/logs/$name.log" 2>&1; then
        touch "build/fuzz/logs/$name.done"
    fi
}

# One line a target; of one that failed, what was found, and where the bytes are.
tell_fuzzed() {
    local name=$1 log=build/fuzz/logs/$1.log count
    count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    if [ -e "build/fuzz/logs/$name.done" ]; then
        printf '%-14s %10s read, nothing found\n' "$name" "${count:-0}"
        return 0
    fi
    printf '%-14s FAILED, after %s; its bytes belong into tests/fuzz/seeds/%s once it is mended:\n' \
        "$name" "${count:-?}" "$name"
    grep -E 'Not kept|ERROR|SUMMARY|runtime error|Test unit written|no target' "$log" || tail -n 5 "$log"
    return 1
}
