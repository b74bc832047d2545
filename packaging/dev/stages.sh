# Runs a verb's work in stages, each timed against its budget. Sourced by ./dev.
# shellcheck shell=bash

# Seconds that a stage may take on two free cores, from clean. All budgets are here, nowhere else.
# Test stages are stopped at their budget; the others warn when they exceed it.
declare -A budget=(
    [install]=300
    [configure]=60
    [build]=720
    [tryton]=240
    [tests]=780
    [build-asan]=360
    [tests-asan]=300
    [build-fuzz]=120
    [fuzz]=150
    [kills]=120
    [renderer-kills]=180
    [simulate]=1800
    [scenario]=300
    [slice]=310
    [mutants]=2400
    [lint]=180
    [lint-all]=1500
    [build-tsan]=480
    [tests-tsan]=600
    [tour]=420
    [bench]=600
    [bench-full]=5400
    [verify]=900
)

# What `./dev test` may take as a whole. What is left of it goes to seeds and bytes that nobody has tried.
whole_test=2400

# seconds_left LEAST MOST LATER: what a stage may have when those after it need LATER.
seconds_left() {
    local left=$((whole_test - SECONDS - $3))
    echo "$((left < $1 ? $1 : left > $2 ? $2 : left))"
}

stage_report=()
stage_failed=0

# stage NAME COMMAND...: runs the command, notes its time and whether it failed; the verb goes on,
# so that one run shows everything that is wrong.
stage() {
    local name=$1 start=$SECONDS result=ok
    shift
    say "── $name"
    # A subshell would lose what the command sets, and `if` would switch its -e off: both are harmless here.
    "$@" || result=FAILED
    local took=$((SECONDS - start))
    [ "$result" = ok ] || stage_failed=1
    [ "$took" -le "${budget[$name]}" ] || result="$result, over its budget"
    stage_report+=("$(printf '%-12s %5d s of %5d s  %s' "$name" "$took" "${budget[$name]}" "$result")")
    [ "$result" != FAILED ]
}

print_stages() {
    [ "${#stage_report[@]}" -gt 0 ] || return 0
    say "── time taken, of its budget"
    printf '%s\n' "${stage_report[@]}"
}
