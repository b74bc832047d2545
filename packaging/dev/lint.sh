# Judges the source text: format, clang-tidy, clazy, shellcheck. Sourced by ./dev.
# shellcheck shell=bash

clazy_checks=level0,level1,container-inside-loop,global-const-char-pointer,qhash-with-char-pointer-key,thread-with-slots,unneeded-cast

# All our own C++ files, and the scripts.
cpp_files() {
    git ls-files '*.cpp' '*.h'
}

shell_files() {
    git ls-files dev .ci/run 'packaging/dev/*.sh'
}

# The commit that a change is measured against: what was asked for, else where this work left the
# main line. A machine that has only the main line (CI is one) measures against a day before its last commit,
# and prints nothing when the whole history is younger.
base_commit() {
    local base
    if [ -n "${COUNTERFOIL_BASE:-}" ]; then
        git rev-parse --verify "$COUNTERFOIL_BASE^{commit}"
        return
    fi
    base=$(git merge-base HEAD '@{upstream}' 2>/dev/null || git merge-base HEAD origin/main 2>/dev/null) || true
    if [ -n "$base" ] && [ "$base" != "$(git rev-parse HEAD)" ]; then
        printf '%s\n' "$base"
        return
    fi
    git rev-list -1 --before="$(($(git log -1 --format=%ct) - 86400))" HEAD
}

changed_files() {
    local base
    base=$(base_commit) || return 1
    if [ -n "$base" ]; then
        git diff --name-only --diff-filter=d "$base" -- '*.cpp' '*.h'
    else
        cpp_files
    fi
}

check_format() {
    cpp_files | xargs -r clang-format-16 --dry-run -Werror
}

check_scripts() {
    shell_files | xargs shellcheck -x
}

# clang_checks FILE...: clang-tidy and clazy over the .cpp files named, two at a time, by the release
# build's compile commands. Headers are judged where they are included.
clang_checks() {
    [ $# -gt 0 ] || return 0
    local failed=0
    printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" \
        clang-tidy-16 --quiet -p build/release 2> >(grep -v 'warnings generated' >&2) || failed=1
    printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" \
        clazy-standalone -p build/release --checks="$clazy_checks" --header-filter="$PWD/(app|models|sync|ui)/" \
        || failed=1
    return "$failed"
}
