#!/usr/bin/env bash
# A Tryton 6.0 of its own, on a PostgreSQL of its own, filled with a company's data: for tests and the demo.
#
#   tryton.sh start FOLDER   makes and starts it; FOLDER/tryton.json then says where it is and who may sign in
#   tryton.sh stop FOLDER    stops it and removes its database; FOLDER itself stays
#   tryton.sh restart FOLDER ends Tryton with SIGKILL and starts it again on the same port
#   tryton.sh prepare        makes the copy that later starts restore, when there is none
#   tryton.sh has            whether what it needs is installed (exit code)
#
# Nothing of the machine's own services is touched: own data folder, own ports, loopback only. As root, the
# database runs as the user postgres, since it refuses to run as root. The first start makes the company by
# Tryton's own means, which takes two or three minutes, and leaves a copy in COUNTERFOIL_TRYTON_CACHE (by default
# ~/.cache/counterfoil-tryton); later ones restore it in seconds. Change a package or one of these files, and
# the company is made anew.
#
# The database is fast, not safe: it does not survive a power cut.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=/usr/bin/python3 # Debian's, which is where Tryton is installed
modules=(party party_relationship product product_price_list sale sale_price_list sale_credit_limit
    sale_complaint sale_shipment_cost sale_history stock stock_package stock_package_shipping account account_invoice
    account_invoice_stock account_product account_payment account_credit_limit carrier counterfoil)

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

postgres_folder() {
    local place found=
    for place in /usr/lib/postgresql/*/bin; do
        [ ! -x "$place/initdb" ] || found=$place
    done
    printf '%s' "$found"
}

has() {
    [ -n "$(postgres_folder)" ] && [ -x /usr/bin/trytond ] \
        && "$python" -c 'import proteus
from trytond.modules import stock_package_shipping, sale_complaint, sale_credit_limit' 2>/dev/null
}

free_port() {
    "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Runs a command as whoever owns the database.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

# What the company is made from; a copy is good for the same.
fingerprint() {
    {
        dpkg-query -W -f '${Package} ${Version}\n' 'tryton-*' 'python3-psycopg2' 'libreoffice-writer' \
            "postgresql-${postgres##*/postgresql/}" 2>/dev/null || true
        command -v soffice || printf 'no papers\n'
        printf '%s\n' "$postgres" "${modules[@]}"
        date +%Y-%m # the company's days are those before today
        (cd "$here" && cat tryton.sh activate.py fill.py module/setup.py module/counterfoil/*.*)
    } | sha256sum | cut -c 1-32
}

start_postgres() {
    data=$(as_owner mktemp -d "${TMPDIR:-/tmp}/counterfoil-postgres.XXXXXX")
    printf '%s' "$data" >"$folder/postgres-folder"
    local log="$folder/postgres.log"
    as_owner "$postgres/initdb" -D "$data/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$log" 2>&1 \
        || die "The database could not be made; $log says why."
    postgres_port=$(free_port)
    as_owner tee -a "$data/data/postgresql.conf" >/dev/null <<CONF
listen_addresses='127.0.0.1'
port=$postgres_port
unix_socket_directories='$data'
fsync=off
synchronous_commit=off
full_page_writes=off
autovacuum_naptime=1s
CONF
    as_owner "$postgres/pg_ctl" -s -D "$data/data" -l "$data/log" -w start >>"$log" 2>&1 \
        || die "The database did not start; $data/log says why."
    export PGHOST=127.0.0.1 PGPORT=$postgres_port PGUSER=postgres
    psql -qc "create role tryton login createdb password 'tryton'"
}

# The module where Tryton looks for it, without installing anything.
lay_out_module() {
    local to=$folder/module
    mkdir -p "$to/trytond/modules" "$to/trytond_counterfoil-6.0.0.egg-info"
    cp -r "$here/module/counterfoil" "$to/trytond/modules/"
    printf 'Metadata-Version: 1.0\nName: trytond_counterfoil\nVersion: 6.0.0\n' \
        >"$to/trytond_counterfoil-6.0.0.egg-info/PKG-INFO"
    printf '[trytond.modules]\ncounterfoil = trytond.modules.counterfoil\n' \
        >"$to/trytond_counterfoil-6.0.0.egg-info/entry_points.txt"
    export PYTHONPATH=$to PYTHONDONTWRITEBYTECODE=1
}

write_configuration() {
    mkdir -p "$folder/www" "$folder/files"
    cat >"$folder/trytond.conf" <<CONF
[web]
listen = 127.0.0.1:$1
root = $folder/www
[database]
uri = postgresql://tryton:tryton@127.0.0.1:$PGPORT/
path = $folder/files
[password]
length = 4
entropy = 0
CONF
}

make_company() {
    printf '%s' admin-password >"$folder/admin-password"
    createdb -O tryton erp
    local log="$folder/make.log"
    TRYTONPASSFILE="$folder/admin-password" "$python" "$here/activate.py" -c "$folder/trytond.conf" -d erp \
        -u ir "${modules[@]}" --activate-dependencies --email admin@example.com >"$log" 2>&1 \
        || die "Tryton could not set up its database; $log says why."
    psql -qc analyze erp # without statistics Tryton's queries are planned badly
    "$python" "$here/fill.py" "$folder/trytond.conf" "postgresql://tryton:tryton@127.0.0.1:$PGPORT/erp" >>"$log" 2>&1 \
        || die "The company could not be made; $log says why."
    set_up_papers
}

# Invoices as PDF, where there is something that makes one; from now on, and those there were.
set_up_papers() {
    command -v soffice >/dev/null || return 0
    psql -qd erp -c "update ir_action_report set extension = 'pdf' where report_name = 'account.invoice'" \
        -c "update account_invoice set invoice_report_cache = null, invoice_report_format = null"
}

restore_or_make() {
    local cache=${COUNTERFOIL_TRYTON_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/counterfoil-tryton} copy
    copy=$cache/$(fingerprint).dump
    if [ -s "$copy" ]; then
        createdb -O tryton erp
        pg_restore -j 2 -d erp "$copy" || die "The copy $copy cannot be read. Remove it, and start again."
    else
        make_company
        mkdir -p "$cache"
        rm -f "$cache"/*.dump
        pg_dump -Fc erp -f "$copy.$$" && mv "$copy.$$" "$copy"
    fi
    psql -qc analyze erp
}

start_tryton() {
    setsid "$python" /usr/bin/trytond -c "$folder/trytond.conf" -d erp >>"$folder/trytond.log" 2>&1 </dev/null &
    printf '%s' $! >"$folder/trytond.pid"
    local try
    for try in $(seq 150); do
        if curl -fsS -m 5 -H 'Content-Type: application/json' -o /dev/null \
            -d '{"id":1,"method":"common.server.version","params":[]}' "http://127.0.0.1:$port/" 2>/dev/null; then
            return 0
        fi
        kill -0 "$(cat "$folder/trytond.pid")" 2>/dev/null || break
        sleep 0.2
    done
    tail -n 20 "$folder/trytond.log" >&2
    die "Tryton did not start (${try} tries)."
}

# end NAME SIGNAL: the process whose number we wrote down, if it is there.
end_process() {
    local pid
    [ -s "$folder/trytond.pid" ] || return 0
    pid=$(cat "$folder/trytond.pid")
    rm -f "$folder/trytond.pid"
    kill "-$1" "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
}

start() {
    has || die "Tryton is not installed here; packaging/debian-packages.txt lists what it needs under \"tryton\"."
    mkdir -p "$folder"
    postgres=$(postgres_folder)
    umask 077
    local failed=0
    trap 'failed=$?; [ $failed = 0 ] || stop; exit $failed' EXIT
    start_postgres
    lay_out_module
    port=$(free_port)
    write_configuration "$port"
    restore_or_make
    start_tryton
    printf '%s' gateway-password >"$folder/service-password"
    cat >"$folder/tryton.json" <<JSON
{"url": "http://127.0.0.1:$port/erp", "user": "counterfoil", "passwordFile": "$folder/service-password",
 "admin": "admin", "adminPassword": "admin-password", "postgres": {"port": $PGPORT, "user": "postgres"}}
JSON
}

stop() {
    end_process TERM
    postgres=$(postgres_folder)
    [ -s "$folder/postgres-folder" ] || return 0
    data=$(cat "$folder/postgres-folder")
    as_owner "$postgres/pg_ctl" -s -D "$data/data" -m immediate stop >/dev/null 2>&1 || true
    rm -f "$folder/postgres-folder" "$folder/tryton.json"
    [ "${KEEP_LOGS:-}" ] || as_owner rm -rf "$data"
}

restart() {
    end_process KILL
    lay_out_module
    port=$(sed -n 's/^listen = 127.0.0.1://p' "$folder/trytond.conf")
    start_tryton
}

prepare() {
    folder=$(mktemp -d)
    start
    trap - EXIT
    stop
    rm -rf "$folder"
}

case "${1:-} $#" in
    "has 1" | "prepare 1" | *" 2") ;;
    *) die "tryton.sh start|stop|restart FOLDER, tryton.sh prepare, or tryton.sh has" ;;
esac
folder=${2:-}
case "$folder" in "" | /*) ;; *) folder=$PWD/$folder ;; esac
case "$1" in
    start | stop | restart | prepare | has) "$1" ;;
    *) die "tryton.sh knows start, stop, restart, prepare and has, not \"$1\"." ;;
esac
