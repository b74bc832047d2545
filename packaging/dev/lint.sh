# Judges the source text: format, clang-tidy, clazy, shellcheck. Sourced by ./dev.
# shellcheck shell=bash

# qstring-ref speaks of Qt 5; use-static-qregularexpression means patterns made from data as well.
clazy_checks=level0,level1,no-qstring-ref,no-use-static-qregularexpression,container-inside-loop,global-const-char-pointer,qhash-with-char-pointer-key,unneeded-cast

# All our own C++ files.
cpp_files() {
    git ls-files '*.cpp' '*.h'
}

# The commit that a change is measured against: the one asked for, else where this work left the main
# line. CI sees the main line alone, and takes a day's work for the change; a history that is younger
# still has no such commit, and nothing is printed.
base_commit() {
    local base
    if [ -n "${COUNTERFOIL_BASE:-}" ]; then
        git rev-parse --verify "$COUNTERFOIL_BASE^{commit}"
        return
    fi
    base=$(git merge-base HEAD '@{upstream}' 2>/dev/null || git merge-base HEAD origin/main 2>/dev/null || git rev-parse HEAD) \
        || return 1
    if [ -n "${CI:-}" ] && [ "$base" = "$(git rev-parse HEAD)" ]; then
        git rev-list -1 --before="$(($(git log -1 --format=%ct) - 86400))" HEAD
    else
        printf '%s\n' "$base"
    fi
}

# The C++ files that differ from the base commit, committed or not; fails when there is none to compare with.
changed_files() {
    local base
    base=$(base_commit) && [ -n "$base" ] || return 1
    git diff --name-only --diff-filter=d "$base" -- '*.cpp' '*.h'
}

# judge_file FILE: prints what clang-tidy and clazy have against it; fails when that is anything.
# Runs in processes of xargs' own, hence the exported settings.
judge_file() {
    local found complaints=0
    if [ "$(date +%s)" -ge "$lint_until" ]; then
        printf '%s\n' "$1" >>build/lint-unseen
        return 0
    fi
    # The compile commands are GCC's: clang does not know all of its warnings, and means more by -Wconversion.
    local as_gcc=(--extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-sign-conversion)
    found=$(clang-tidy-16 --quiet -p build/lint "${as_gcc[@]}" "$1" 2>&1) || complaints=1
    if grep -q '^/usr/.*\[clang-diagnostic-error\]' <<<"$found" && ! grep -qE "^$PWD/.*(warning|error):" <<<"$found"; then
        say "clang cannot read what $1 includes: not judged by clang-tidy."
        complaints=0
    elif [ "$complaints" -ne 0 ]; then
        grep -v 'warnings generated' <<<"$found"
    fi
    found=$(clazy-standalone -p build/lint --checks="$clazy_checks" "${as_gcc[@]}" \
        --header-filter="$PWD/(app|models|sync|ui|tests)/" "$1" 2>&1) || true
    if grep -q '^/usr/.* error:' <<<"$found"; then
        say "clazy, which is made of clang 14, cannot read what $1 includes: judged by clang-tidy alone."
    elif grep -E '(warning|error):' <<<"$found"; then
        complaints=1
    fi
    return "$complaints"
}

# judge_files SECONDS FILE...: judges .cpp files, two at a time, for that long at most; says which ones it did not
# come to. Headers are judged where they are included.
judge_files() {
    local seconds=$1 failed=0
    shift
    rm -f build/lint-unseen
    [ $# -gt 0 ] || return 0
    # Each file for itself, without GCC's precompiled headers, which clang cannot read; what moc made is release's.
    cmake --preset release -B build/lint -DCOUNTERFOIL_FAST_BUILD=OFF >build/configure-lint.log 2>&1 || {
        tail -n 30 build/configure-lint.log >&2
        return 1
    }
    sed -i "s|$PWD/build/lint/|$PWD/build/release/|g" build/lint/compile_commands.json
    export -f judge_file say
    export clazy_checks lint_until=$(($(date +%s) + seconds))
    # shellcheck disable=SC2016 # for the inner shell
    printf '%s\0' "$@" | xargs -0 -n 1 -P 2 bash -c 'judge_file "$1" || exit 1' judge || failed=1
    if [ -s build/lint-unseen ]; then
        say "Not judged within $seconds s (./dev check judges them all):"
        sort build/lint-unseen
    fi
    return "$failed"
}

# check_format FILE...
check_format() {
    [ $# -eq 0 ] || clang-format-16 --dry-run -Werror "$@"
}

# What ./dev sources is judged with it, since each part uses what the others set.
check_scripts() {
    shellcheck --external-sources --check-sourced dev .ci/run
}

# What a change touched; a changed header is judged through the file of its name.
lint_changed() {
    local failed=0 changed sources
    mapfile -t changed < <(changed_files)
    mapfile -t sources < <(printf '%s\n' "${changed[@]}" | sed 's/\.h$/.cpp/' | sort -u | while read -r file; do
        [ ! -f "$file" ] || printf '%s\n' "$file"
    done)
    say "${#changed[@]} files differ from ${COUNTERFOIL_BASE:-the base commit}."
    check_format "${changed[@]}" || failed=1
    check_scripts || failed=1
    judge_files "${budget[lint]}" "${sources[@]}" || failed=1
    return "$failed"
}

lint_everything() {
    local failed=0 files
    mapfile -t files < <(cpp_files)
    check_format "${files[@]}" || failed=1
    check_scripts || failed=1
    mapfile -t files < <(cpp_files | grep '\.cpp$')
    judge_files "${budget[lint-all]}" "${files[@]}" || failed=1
    [ ! -s build/lint-unseen ] || failed=1
    return "$failed"
}
