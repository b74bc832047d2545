# Opens the desktop program: on a display or in a virtual one, and never as root. Sourced by ./dev.
# shellcheck shell=bash

# Whoever is root here gets this unprivileged user for the window; its home holds the programs and
# the profile, because a checkout below /root cannot be read by anybody else.
window_user=counterfoil
window_home=/var/lib/counterfoil-demo

has_display() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}

# Qt needs a UTF-8 locale; the person's own is kept when it is one, since dates and money follow it.
person_locale() {
    local own=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}
    case "$own" in
        *.[uU][tT][fF]8 | *.[uU][tT][fF]-8) printf '%s' "$own" ;;
        *) printf 'C.UTF-8' ;;
    esac
}

make_window_user() {
    if ! id "$window_user" >/dev/null 2>&1; then
        useradd --system --user-group --no-create-home --home-dir "$window_home" \
            --shell /usr/sbin/nologin "$window_user"
    fi
    install -d -m 700 -o "$window_user" -g "$window_user" "$window_home" "$window_home/run"
}

# run_window PROGRAM ARGS...: runs one of the built programs as somebody who is not root.
run_window() {
    local program=$1
    shift
    if [ "$(id -u)" -ne 0 ]; then
        env "LC_ALL=$own_locale" "${virtual_display[@]}" "$PWD/build/release/bin/$program" "$@"
        return
    fi
    make_window_user
    install -d -m 755 "$window_home/bin"
    install -m 755 build/release/bin/counterfoil build/release/bin/counterfoil-gateway build/release/bin/counterfoil-render \
        build/release/bin/counterfoil-merge build/release/bin/counterfoil-zip build/release/bin/counterfoil-sheet \
        build/release/bin/counterfoil-printing.so \
        "$window_home/bin"
    say "Root opens no window: it runs as the unprivileged user \"$window_user\" with its home in $window_home."

    local environment=(
        "HOME=$window_home" "USER=$window_user" "LOGNAME=$window_user" "PATH=/usr/bin:/bin"
        "XDG_RUNTIME_DIR=$window_home/run" "LC_ALL=$own_locale"
        "QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-xcb}" "QT_SCALE_FACTOR=${QT_SCALE_FACTOR:-1}"
    )
    if [ "${#virtual_display[@]}" -eq 0 ]; then
        environment+=("DISPLAY=$DISPLAY")
        local cookie=${XAUTHORITY:-$HOME/.Xauthority}
        if [ -f "$cookie" ]; then
            install -m 600 -o "$window_user" -g "$window_user" "$cookie" "$window_home/.Xauthority"
            environment+=("XAUTHORITY=$window_home/.Xauthority")
        fi
    fi
    (cd "$window_home" && setpriv --reuid="$window_user" --regid="$window_user" --init-groups \
        env -i "${environment[@]}" "${virtual_display[@]}" "$window_home/bin/$program" "$@")
}

open_demo() {
    local options=() option
    for option in "$@"; do
        # The window may run elsewhere and as somebody who cannot read what root can.
        if [ -f "$(absolute "$option")" ]; then
            option=$(absolute "$option")
            if [ "$(id -u)" -eq 0 ]; then
                make_window_user
                install -m 600 -o "$window_user" -g "$window_user" "$option" "$window_home/"
                option=$window_home/${option##*/}
            fi
        fi
        options+=("$option")
    done
    if [ "$(id -u)" -eq 0 ] && [ -z "${DISPLAY:-}" ] && [ -n "${WAYLAND_DISPLAY:-}" ]; then
        die "A Wayland display belongs to the person who is signed in. Run ./dev demo as that person, without sudo."
    fi
    virtual_display=()
    run_window counterfoil --demo "${options[@]}"
}

# tour DIR: drives the real window through its panes in a virtual display and leaves the pictures in DIR.
tour() {
    mkdir -p "$1"
    local target
    target=$(cd "$1" && pwd)
    virtual_display=(timeout "${budget[tour]}" xvfb-run -a -s "-screen 0 1920x1200x24 -nolisten tcp")
    local failed=0 seen=$target scale
    if [ "$(id -u)" -eq 0 ]; then
        seen=$window_home/tour
        rm -rf "$seen"
    fi
    # Once as most displays are, once as on a display of twice the resolution.
    for scale in 1 2; do
        QT_QPA_PLATFORM=xcb QT_SCALE_FACTOR=$scale run_window counterfoil --tour "$seen" || failed=1
    done
    [ "$seen" = "$target" ] || cp "$seen"/*.png "$target/" || failed=1
    say "The pictures are in $target:"
    ls "$target"
    return "$failed"
}
