"""The journal of what changed, and how it is read without gaps.

Row triggers write, in the transaction that makes a change, the things that it changed (follow.py), each
once a transaction. Readers ask with `since`, a transaction number below which everything is known to them.
They are given the rows from it on, and the horizon: every transaction below it has ended, so it is their
next `since`. A transaction that is still open keeps the horizon where it is, and others' rows arrive all
the same; the reader drops those that it has seen. So nothing is missed, and nobody waits for a slow one.
"""
import logging

from trytond.model import ModelSQL, fields
from trytond.pool import Pool
from trytond.rpc import RPC
from trytond.transaction import Transaction

from .follow import FOLLOWED

__all__ = ['Change']
logger = logging.getLogger(__name__)

LARGEST_ANSWER = 10_000  # rows
KEPT_DAYS = 14  # a reader that stays away for longer starts from the beginning
FORGOTTEN_AT_ONCE = 10_000  # rows

# Each row is of one thing and one transaction.
FUNCTION = '''
create or replace function counterfoil_track() returns trigger language plpgsql as $track$
declare
    query text;
begin
    if tg_op = 'UPDATE' and new is not distinct from old then
        return null;
    end if;
    foreach query in array tg_argv loop
        if tg_op <> 'DELETE' then
            execute format('insert into counterfoil_change (xid, model, record)
                select distinct pg_current_xact_id()::text::bigint, q.m, q.r from (%s) as q(m, r)
                where q.r is not null on conflict do nothing', query) using new;
        end if;
        if tg_op <> 'INSERT' then
            execute format('insert into counterfoil_change (xid, model, record)
                select distinct pg_current_xact_id()::text::bigint, q.m, q.r from (%s) as q(m, r)
                where q.r is not null on conflict do nothing', query) using old;
        end if;
    end loop;
    return null;
end $track$
'''

READ = '''
with horizon as (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid)
select horizon.xid, c.id, c.model, c.record, extract(epoch from c.at)::float8 from horizon left join lateral
    (select id, model, record, at from counterfoil_change
     where xid >= %s and id > %s order by id limit %s) c on true
order by c.id
'''

# What a restored or copied database cannot have in common with the one it came from.
IDENTITY = '''
select s.system_identifier::text || '.' || d.oid || '.' || 'counterfoil_change'::regclass::oid
    || '.' || c.timeline_id
from pg_control_system() s, pg_control_checkpoint() c, pg_database d where d.datname = current_database()
'''

FORGET = '''
with old as (
    delete from counterfoil_change where id in (
        select id from counterfoil_change where at < now() - interval '%s days' order by id limit %s)
    returning xid)
update counterfoil_forgotten set xid = greatest(xid, (select max(xid) from old))
where exists (select 1 from old)
'''


class Change(ModelSQL):
    "Counterfoil Change"
    __name__ = 'counterfoil.change'
    model = fields.Char("Model", readonly=True)
    record = fields.Integer("Record", readonly=True)

    @classmethod
    def __setup__(cls):
        super().__setup__()
        cls.__rpc__ = {
            'changes': RPC(readonly=False),
            'issues': RPC(),
            'issue': RPC(readonly=False),
            }

    @classmethod
    def __register__(cls, module_name):
        # A table of its own making: no columns that nobody needs, and a name for every row of a transaction.
        cursor = Transaction().connection.cursor()
        cursor.execute('''
            create table if not exists counterfoil_change (
                id bigserial primary key, xid bigint not null, model varchar not null,
                record integer not null, at timestamptz not null default clock_timestamp(),
                create_uid integer, create_date timestamp, write_uid integer, write_date timestamp,
                unique (xid, model, record));
            create index if not exists counterfoil_change_at on counterfoil_change (at);
            create table if not exists counterfoil_forgotten (xid bigint not null);
            insert into counterfoil_forgotten select 0
            where not exists (select 1 from counterfoil_forgotten);
            create table if not exists counterfoil_issue (
                invoice integer primary key, at timestamptz not null default clock_timestamp(),
                bytes bigint not null, sha256 varchar not null)''')
        cursor.execute(FUNCTION)
        for table, queries in FOLLOWED.items():
            cls._follow(cursor, table, queries)
        super().__register__(module_name)

    @classmethod
    def _follow(cls, cursor, table, queries):
        """Puts the trigger on the table, with the queries that can be asked in this database: a trigger that
        fails would stop Tryton's own work."""
        cursor.execute('select to_regclass(%s) is not null', ('"%s"' % table,))
        if not cursor.fetchone()[0]:
            return
        usable = [query for query in queries if cls._is_usable(cursor, table, query)]
        cursor.execute('drop trigger if exists counterfoil_track on "%s"' % table)
        if usable:
            arguments = ', '.join(
                "'%s'" % query.replace('$1', '($1)').replace("'", "''") for query in usable)
            cursor.execute('create trigger counterfoil_track after insert or update or delete '
                'on "%s" for each row execute function counterfoil_track(%s)' % (table, arguments))

    @classmethod
    def _is_usable(cls, cursor, table, query):
        cursor.execute('savepoint counterfoil')
        try:
            cursor.execute('select q.m, q.r::integer from (%s) as q(m, r) limit 0'
                % query.replace('$1', '(null::"%s")' % table))
        except Exception:
            cursor.execute('rollback to savepoint counterfoil')
            logger.info("not followed, since a module is missing: %s", query)
            return False
        cursor.execute('release savepoint counterfoil')
        return True

    @classmethod
    def changes(cls, since, after, limit):
        """The things that transactions from `since` on changed, after row `after`, `limit` rows at most:
        identity of the database, horizon, a version above all those given before, rows of
        [id, model, record, seconds since 1970], whether the reader has stayed away for too long."""
        pool = Pool()
        pool.get('ir.model.access').check(cls.__name__, 'read')
        since, after = int(since), int(after)
        limit = min(max(int(limit), 1), LARGEST_ANSWER)
        cursor = Transaction().connection.cursor()
        cursor.execute(READ, (since, after, limit))
        found = cursor.fetchall()
        horizon = found[0][0]
        rows = [list(row[1:]) for row in found if row[1] is not None]
        cursor.execute(IDENTITY)
        identity, = cursor.fetchone()
        cursor.execute('select xid from counterfoil_forgotten')
        forgotten, = cursor.fetchone()
        version = 0
        if rows or since == 0:
            cursor.execute("select nextval('counterfoil_change_id_seq')")
            version, = cursor.fetchone()
            cursor.execute(FORGET, (KEPT_DAYS, FORGOTTEN_AT_ONCE))
        cursor.execute('select last_value from counterfoil_change_id_seq')
        last, = cursor.fetchone()
        return {
            'identity': identity,
            'horizon': str(horizon),
            'version': str(version),
            'last': str(last),
            'rows': rows,
            'forgotten': 0 < since <= forgotten,
            }

    @classmethod
    def issues(cls, invoices):
        "Of those invoices whose paper was handed out: [invoice, seconds since 1970, bytes, SHA-256]."
        Pool().get('ir.model.access').check(cls.__name__, 'read')
        cursor = Transaction().connection.cursor()
        cursor.execute("""select invoice, extract(epoch from at)::float8, bytes, sha256
            from counterfoil_issue where invoice = any(%s)""", (list(map(int, invoices)),))
        return [list(row) for row in cursor.fetchall()]

    @classmethod
    def issue(cls, invoice, size, sha256):
        """Notes what the paper of an invoice is that is handed out now, if none was before, and says
        whether it is the one that was handed out first."""
        Pool().get('ir.model.access').check(cls.__name__, 'read')
        cursor = Transaction().connection.cursor()
        cursor.execute("""insert into counterfoil_issue (invoice, bytes, sha256) values (%s, %s, %s)
            on conflict do nothing""", (int(invoice), int(size), str(sha256)))
        cursor.execute('select sha256 from counterfoil_issue where invoice = %s', (int(invoice),))
        return cursor.fetchone()[0] == sha256
