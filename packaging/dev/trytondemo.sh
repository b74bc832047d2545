# The demonstration on a Tryton of its own instead of the sandbox. Sourced by ./dev.
# shellcheck shell=bash

tryton_demo_password=harbour-and-heath

# Whatever was started ends, also when something fails or is interrupted.
end_tryton_demo() {
    [ -z "${tryton_gateway:-}" ] || kill "$tryton_gateway" 2>/dev/null || true
    [ -z "${tryton_folder:-}" ] || packaging/erp/tryton/tryton.sh stop "$tryton_folder" || true
    rm -rf "${tryton_folder:-}"
}

# The gateway's address, once it listens.
tryton_gateway_url() {
    local try url
    for try in $(seq 300); do
        url=$(sed -n 's/^listening on //p' "$tryton_folder/gateway.out")
        [ -z "$url" ] || break
        kill -0 "$tryton_gateway" 2>/dev/null || return 1
        sleep 0.1
    done
    printf '%s' "$url"
    [ -n "$url" ] || say "The gateway did not start ($try tries)." >&2
}

# open_tryton_demo [OPTION...]: options go to the window.
open_tryton_demo() {
    local gateway=$PWD/build/release/bin/counterfoil-gateway store url
    tryton_folder=$(mktemp -d)
    tryton_gateway=
    trap end_tryton_demo EXIT
    export COUNTERFOIL_TRYTON_CACHE=$PWD/build/tryton
    say "Tryton is being started. The first time, it makes its company, which takes two or three minutes."
    packaging/erp/tryton/tryton.sh start "$tryton_folder"
    fact() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$tryton_folder/tryton.json" | head -n 1; }
    store=sqlite:$tryton_folder/gateway.sqlite
    printf '%s\n' "$tryton_demo_password" \
        | "$gateway" user add maya --role admin --display-name "Maya Lindqvist" --store "$store"
    : >"$tryton_folder/gateway.out"
    "$gateway" --listen 127.0.0.1:0 --store "$store" --supplier "Harbour & Heath Supply" --erp "tryton:$(fact url)" \
        --erp-user "$(fact user)" --erp-password-file "$(fact passwordFile)" >>"$tryton_folder/gateway.out" &
    tryton_gateway=$!
    url=$(tryton_gateway_url) || die "The gateway did not start."
    say "Sign in as \"maya\" with the password \"$tryton_demo_password\".
Tryton itself is at $(fact url), where \"$(fact admin)\" signs in with \"$(fact adminPassword)\"."
    # shellcheck disable=SC2034 # run_window reads it
    virtual_display=()
    run_window counterfoil --gateway "$url" "$@"
}
