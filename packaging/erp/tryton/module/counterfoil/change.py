"""The journal of what changed, and how it is read without gaps.

Row triggers write, in the transaction that makes a change, the things that it changed (follow.py), each
once a transaction. A reader asks with the snapshot up to which it knows everything: which transactions had
ended then, as PostgreSQL says it. It is given the rows of all that have ended since, and the snapshot of
now, to ask with the next time. So a transaction that commits late is found when it does, nobody waits for
it, and nothing is ever told twice or kept in mind. A pass that has many rows is read in pages, all of the
same snapshot.
"""
import logging
import re

from trytond.model import ModelSQL, fields
from trytond.pool import Pool
from trytond.rpc import RPC
from trytond.transaction import Transaction

from .follow import FOLLOWED, INDEXES

__all__ = ['Change']
logger = logging.getLogger(__name__)

LARGEST_ANSWER = 10_000  # rows
KEPT_DAYS = 14  # a reader that stays away for longer starts from the beginning
FORGOTTEN_AT_ONCE = 10_000  # rows
RESTORED_WAIT = 2  # seconds that all writers wait at most, once after a restore

# Each row is of one thing and one transaction. One function for each table, so that PostgreSQL keeps its plan.
FUNCTION = '''
create or replace function "counterfoil_track_%(table)s"() returns trigger language plpgsql as $track$
declare
    changed "%(table)s"%%rowtype;
begin
    if tg_op = 'UPDATE' and new is not distinct from old then
        return null;
    end if;
    for pass in 1..2 loop
        continue when (pass = 1 and tg_op = 'DELETE') or (pass = 2 and tg_op = 'INSERT');
        if pass = 1 then changed := new; else changed := old; end if;
        insert into counterfoil_change (xid, model, record)
            select distinct pg_current_xact_id()::text::bigint, q.m, q.r from (%(queries)s) as q(m, r)
            where q.r is not null on conflict do nothing;
    end loop;
    return null;
end $track$
'''

# Rows of transactions that `known` did not see and the pass does: PostgreSQL's own rule, written so that the
# index serves it.
READ = '''
select id, model, record, extract(epoch from at)::float8 from counterfoil_change
where (xid >= %(xmax)s or xid = any(%(open)s::bigint[])) and id > %(after)s
    and pg_visible_in_snapshot(xid::text::xid8, %(seen)s::pg_snapshot)
order by id limit %(limit)s
'''

# What a restored or copied database cannot have in common with the one it came from.
IDENTITY = '''
select s.system_identifier::text || '.' || d.oid || '.' || 'counterfoil_change'::regclass::oid
    || '.' || c.timeline_id
from pg_control_system() s, pg_control_checkpoint() c, pg_database d where d.datname = current_database()
'''

# Only what the reader knows already.
FORGET = '''
with old as (
    delete from counterfoil_change where id in (
        select id from counterfoil_change
        where at < now() - interval '%s days' and xid < %s order by id limit %s)
    returning xid)
update counterfoil_journal set forgotten = greatest(forgotten, (select max(xid) from old))
where exists (select 1 from old)
'''


class Snapshot:
    """Which transactions had ended: those below xmin, and of those below xmax all that are not in `open`.
    As text like PostgreSQL's, with dots for colons."""

    FORM = re.compile(r'(\d{1,19})\.(\d{1,19})\.((?:\d{1,19},)*\d{1,19})?')

    def __init__(self, text):
        parts = self.FORM.fullmatch(text)
        if not parts:
            raise ValueError("no snapshot")
        self.text = text
        self.xmin, self.xmax = int(parts[1]), int(parts[2])
        self.open = [int(xid) for xid in (parts[3] or '').split(',') if xid]

    @property
    def sql(self):
        return self.text.replace('.', ':')


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
            drop table if exists counterfoil_forgotten;
            create table if not exists counterfoil_journal (identity varchar not null, forgotten bigint not null);
            insert into counterfoil_journal select '', 0
            where not exists (select 1 from counterfoil_journal);
            create table if not exists counterfoil_issue (
                invoice integer primary key, at timestamptz not null default clock_timestamp(),
                bytes bigint not null, sha256 varchar not null);
            create table if not exists counterfoil_return (
                complaint integer primary key, body varchar not null)''')
        cursor.execute('drop function if exists counterfoil_track() cascade')
        for table, column in INDEXES.items():
            cursor.execute('select to_regclass(%s) is not null', (table,))
            if cursor.fetchone()[0]:
                cursor.execute('create index if not exists "counterfoil_%s" on "%s" (%s) where %s is not null'
                    % (table, table, column, column))
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
            queries = ' union all '.join('(%s)' % query.replace('$1', '(changed)') for query in usable)
            cursor.execute(FUNCTION % {'table': table, 'queries': queries})
            cursor.execute('create trigger counterfoil_track after insert or update or delete '
                'on "%s" for each row execute function "counterfoil_track_%s"()' % (table, table))

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
    def changes(cls, known, seen, after, limit):
        """What transactions changed that the snapshot `known` did not see ("": from now on) and the pass does
        (its snapshot, "": of now), after row `after`, `limit` rows at most: identity of the database, the
        pass's snapshot, a version above all those given before, rows of
        [id, model, record, seconds since 1970], whether there is a gap between `known` and the journal."""
        Pool().get('ir.model.access').check(cls.__name__, 'read')
        limit = min(max(int(limit), 1), LARGEST_ANSWER)
        cursor = Transaction().connection.cursor()
        cursor.execute(IDENTITY)
        identity, = cursor.fetchone()
        cls._start_anew_when_restored(cursor, identity)
        cursor.execute('select pg_current_snapshot()::text')
        now = Snapshot(cursor.fetchone()[0].replace(':', '.'))
        try:
            known = Snapshot(known) if known else now
            seen = Snapshot(seen) if seen else now
        except ValueError:
            known, gap = now, True
        else:
            cursor.execute('select forgotten from counterfoil_journal')
            gap = known.xmin <= cursor.fetchone()[0] or known.xmax > now.xmax
        rows, version = [], 0
        if known is not now:
            cursor.execute(READ, {'seen': seen.sql, 'xmax': known.xmax, 'open': known.open,
                'after': int(after), 'limit': limit})
            rows = [list(row) for row in cursor.fetchall()]
        if rows or known is now:
            cursor.execute("select nextval('counterfoil_change_id_seq')")
            version, = cursor.fetchone()
            cursor.execute(FORGET, (KEPT_DAYS, known.xmin, FORGOTTEN_AT_ONCE))
        return {
            'identity': identity,
            'snapshot': seen.text,
            'version': str(version),
            'rows': rows,
            'gap': gap,
            }

    @classmethod
    def _start_anew_when_restored(cls, cursor, identity):
        """Rows that a restored database brought along bear the transaction numbers of another one. Whoever
        reads sees another identity, and begins anew after this."""
        cursor.execute('select identity from counterfoil_journal')
        if cursor.fetchone()[0] == identity:
            return
        # Not a delete: whoever is writing now, and took a foreign row for their own, has to have ended.
        cursor.execute("set local lock_timeout = '%ss'" % RESTORED_WAIT)
        cursor.execute('truncate counterfoil_change')
        cursor.execute('set local lock_timeout = 0')
        cursor.execute('update counterfoil_journal set identity = %s, forgotten = 0', (identity,))

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
