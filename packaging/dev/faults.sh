# Real deaths and planted faults. Sourced by ./dev.
# shellcheck shell=bash

# verb_kills [COUNT]
verb_kills() {
    local count=${1:-2000}
    [[ $count =~ ^[1-9][0-9]*$ ]] || die "./dev kills [COUNT]: how many?"
    prepare
    stage build compile release tst_kills || finish
    # However many the person wants.
    budget[kills]=$((count + 60))
    stage kills kill_often "$count" || true
    finish
}

kill_often() {
    QT_QPA_PLATFORM=offscreen COUNTERFOIL_KILLS=$1 QTEST_FUNCTION_TIMEOUT=$((($1 + 60) * 1000)) \
        timeout "$(($1 * 2 + 120))" build/release/bin/tst_kills
}

# verb_mutants [NAME...]
verb_mutants() {
    prepare test
    stage mutants plant_faults "$@" || true
    finish
}
