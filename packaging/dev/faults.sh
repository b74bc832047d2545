# Real deaths and planted faults. Sourced by ./dev.
# shellcheck shell=bash

# verb_kills [COUNT]
verb_kills() {
    local count=${1:-2000}
    [[ $count =~ ^[1-9][0-9]*$ ]] || die "./dev kills [COUNT]: how many?"
    prepare
    stage build compile release tst_kills tst_renderdeaths tst_documentkills || finish
    # However many the person wants.
    budget["kills"]=$((count + 60))
    stage kills kill_often "$count" || true
    stage renderer-kills kill_renderers || true
    finish
}

kill_often() {
    QT_QPA_PLATFORM=offscreen COUNTERFOIL_KILLS=$1 QTEST_FUNCTION_TIMEOUT=$((($1 + 60) * 2000)) \
        timeout "$(($1 * 2 + 120))" build/release/bin/tst_kills
}

# While somebody pages and scrolls; these tests do less of it among all others.
kill_renderers() {
    local failed=0 test
    for test in 'tst_renderdeaths killsWhilePaging' 'tst_documentkills everyPageIsDrawn'; do
        # shellcheck disable=SC2086 # the test and its function
        COUNTERFOIL_RENDER_KILLS=200 QT_QPA_PLATFORM=offscreen build/release/bin/$test || failed=1
    done
    return "$failed"
}

# Planting happens in a copy of the tree: nobody's files are touched.
mutants_tree=build/mutants/tree
mutants_build=build/mutants/build
mutants_list=tests/mutants/mutants.txt
mutant_seconds=300 # for one test; who needs longer hangs, which is noticed as well

# verb_mutants [NAME...]
verb_mutants() {
    stage install install_packages build test || finish
    stage mutants plant_faults "$@" || true
    finish
}

plant_faults() {
    copy_tree && build_mutants plantfault || return 1
    local name file test rest failed=0 known tests
    known=$("$mutants_build/bin/plantfault" "$mutants_list") || return 1
    if [ $# -gt 0 ]; then
        for name in "$@"; do
            grep -q "^$name " <<<"$known" || {
                say "There is no mutant \"$name\"; they are listed in $mutants_list."
                return 1
            }
        done
        known=$(for name in "$@"; do grep "^$name " <<<"$known"; done)
    fi
    # First without a fault: a test that fails anyway catches nothing.
    mapfile -t tests < <(cut -d' ' -f3 <<<"$known" | sort -u)
    build_mutants "${tests[@]}" || return 1
    for test in "${tests[@]}"; do
        run_mutant "$test" || {
            say "$test fails without any fault; build/mutants/log says why."
            return 1
        }
    done
    while read -r name file test rest; do
        # shellcheck disable=SC2086 # functions of the test, a word each
        plant_fault "$name" "$file" "$test" $rest || failed=1
    done <<<"$known"
    return "$failed"
}

# With its times, so that nothing is built again that has not changed.
copy_tree() {
    mkdir -p "$mutants_tree"
    tar -c --exclude=./build --exclude=./.git . | tar -x -C "$mutants_tree"
    cmake -S "$mutants_tree" -B "$mutants_build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
        -DCOUNTERFOIL_FAST_BUILD=ON -DCMAKE_UNITY_BUILD=OFF "${faster[@]}" >build/mutants/configure 2>&1 || {
        tail -n 20 build/mutants/configure
        return 1
    }
}

build_mutants() {
    cmake --build "$mutants_build" --target "$@" >build/mutants/log 2>&1 || {
        grep -E 'error|FAILED' build/mutants/log | head -n 5
        return 1
    }
}

# run_mutant TEST [FUNCTION...]
run_mutant() {
    local test=$1
    shift
    QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES='*=false' timeout "$mutant_seconds" \
        "$mutants_build/bin/$test" "$@" >build/mutants/log 2>&1
}

# plant_fault NAME FILE TEST [FUNCTION...]: true when the test notices it.
plant_fault() {
    local name=$1 file=$2 test=$3 start=$SECONDS said verdict=0
    shift 3
    if ! "$mutants_build/bin/plantfault" "$mutants_list" . "$name" "$mutants_tree"; then
        said="does not fit $file any more"
        verdict=1
    elif ! build_mutants "$test"; then
        said="cannot be built"
        verdict=1
    elif run_mutant "$test" "$@"; then
        said="SURVIVED $test"
        verdict=1
    else
        said="caught by $(caught_by "$test")"
    fi
    cp -p "$file" "$mutants_tree/$file"
    touch "$mutants_tree/$file"
    printf '%-26s %-70s %4d s\n' "$name" "$said" "$((SECONDS - start))"
    return "$verdict"
}

# The first function of the test that failed.
caught_by() {
    local function
    function=$(sed -n 's/^FAIL! *: \([A-Za-z0-9_:]*\).*/\1/p' build/mutants/log | head -n 1)
    printf '%s, %s' "$1" "${function:-by its end: it crashed or hung}"
}
