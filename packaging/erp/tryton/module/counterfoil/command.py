"""What people ask for in Counterfoil: each in one transaction together with its key, so at most once.

Before every attempt the gateway asks for the key. It is told what came of it, or given a ticket, without
which nothing is done; each ticket voids the one before. So an attempt that was lost on its way and arrives
after somebody asked does nothing, and an answer "nothing came of it" stays true.
"""
import json
import secrets

from trytond.exceptions import UserError
from trytond.model import ModelSQL, ModelView, Unique, fields
from trytond.model.exceptions import AccessError
from trytond.pool import Pool
from trytond.rpc import RPC
from trytond.transaction import Transaction

from . import returns
from .buying import draft_sale, facts_of

__all__ = ['Cart', 'Command']

ASK = '''
insert into counterfoil_command as c (key, ticket, create_date, create_uid) values (%s, %s, now(), %s)
on conflict (key) do update set ticket = excluded.ticket where c.target is null
returning ticket
'''


class Stale(Exception):
    "The gateway decided by what is no longer so."


class Cart(ModelSQL, ModelView):
    "Counterfoil Cart"
    __name__ = 'counterfoil.cart'
    party = fields.Many2One('party.party', "Party", required=True, ondelete='CASCADE', select=True)
    body = fields.Text("Body", required=True, help="As Counterfoil's gateway writes it.")


class Command(ModelSQL):
    "Counterfoil Command"
    __name__ = 'counterfoil.command'
    key = fields.Char("Key", required=True, readonly=True)
    ticket = fields.Char("Ticket", required=True, readonly=True)
    actor = fields.Char("Actor", readonly=True, help="Who asked for it, by their name in Counterfoil.")
    target = fields.Reference("Target", selection='get_targets', readonly=True,
        help="What came of it; nothing yet when it is empty.")

    SAVED = {'party.address', 'party.contact_mechanism', 'counterfoil.cart'}

    @classmethod
    def __setup__(cls):
        super().__setup__()
        table = cls.__table__()
        cls._sql_constraints += [
            ('key_unique', Unique(table, table.key), 'counterfoil.msg_key_unique'),
            ]
        cls.__rpc__ = {
            'find': RPC(readonly=False),
            'save': RPC(readonly=False),
            'place': RPC(readonly=False),
            'request_return': RPC(readonly=False),
            'decide_return': RPC(readonly=False),
            'withdraw_return': RPC(readonly=False),
            'quote': RPC(),
            }

    @classmethod
    def get_targets(cls):
        return [(name, name) for name in sorted(cls.SAVED | {'sale.sale', 'sale.complaint'})]

    @classmethod
    def find(cls, key):
        "[what came of it, or null; the ticket, or null]"
        cls._check()
        cursor = Transaction().connection.cursor()
        cursor.execute(ASK, (key, secrets.token_hex(16), Transaction().user))
        row = cursor.fetchone()
        if row:
            return [None, row[0]]
        cursor.execute('select target from counterfoil_command where key = %s', (key,))
        return [cursor.fetchone()[0], None]

    @classmethod
    def save(cls, key, ticket, actor, model, record, timestamp, values):
        """Writes a record that is as it was at `timestamp` (see read), or makes one when `record` is null:
        [its number], or [] when it has changed."""
        cls._check()
        cls._begin(key, ticket)
        if model not in cls.SAVED:
            raise AccessError("Counterfoil writes no such record.")
        Model = Pool().get(model)
        if record is None:
            saved, = Model.create([values])
        else:
            saved = Model(record)
            if not cls._is_as_at(saved, timestamp):
                return []
            if values:
                Model.write([saved], values)
        cls._finish(key, actor, saved)
        return [saved.id]

    @classmethod
    def place(cls, key, ticket, actor, cart, timestamp, body, wish, total):
        """Makes an order of a cart that is as it was at `timestamp`, and confirms it, at exactly these prices and
        this total: [its number], or [] when something is another one now. `body` becomes the cart's, with the order's
        number in it."""
        pool = Pool()
        Sale = pool.get('sale.sale')
        cls._check()
        cls._begin(key, ticket)
        cart = pool.get('counterfoil.cart')(cart)
        if not cls._is_as_at(cart, timestamp):
            return []
        sale, lines = draft_sale(wish)
        if any(isinstance(line, str) or line.unit_price != price
                for line, (_, _, price) in zip(lines, wish['lines'])):
            return []
        sale.comment = "Placed in Counterfoil by %s" % actor
        if wish.get('notes'):
            sale.comment += "\n" + wish['notes']
        sale.save()
        Sale.quote([sale])
        if Sale(sale.id).total_amount != total:
            Transaction().rollback()
            return []
        Sale.confirm([sale])
        sale = Sale(sale.id)
        if sale.state in {'draft', 'quotation'}:
            raise UserError("Tryton does not confirm this order.")
        body = json.loads(body)
        body['order'] = str(sale.id)
        cart.body = json.dumps(body)
        cart.save()
        cls._finish(key, actor, cart)
        return [sale.id]

    @classmethod
    def request_return(cls, key, ticket, actor, wish):
        "Asks for goods to be taken back (see returns.py): [the complaint's number]."
        cls._check()
        cls._begin(key, ticket)
        complaint = returns.ask_for(wish, actor)
        cls._finish(key, actor, complaint)
        return [complaint.id]

    @classmethod
    def decide_return(cls, key, ticket, actor, complaint, timestamp, body, lines):
        "Authorises or refuses a complaint that is as it was at `timestamp`: [its number], or []."
        return cls._go_on(key, ticket, actor, complaint, timestamp,
            lambda record: returns.decide(record, body, lines, actor))

    @classmethod
    def withdraw_return(cls, key, ticket, actor, complaint, timestamp):
        return cls._go_on(key, ticket, actor, complaint, timestamp, returns.withdraw)

    @classmethod
    def _go_on(cls, key, ticket, actor, complaint, timestamp, step):
        cls._check()
        cls._begin(key, ticket)
        complaint = Pool().get('sale.complaint')(complaint)
        if not cls._is_as_at(complaint, timestamp):
            return []
        step(complaint)
        cls._finish(key, actor, complaint)
        return [complaint.id]

    @classmethod
    def quote(cls, wish):
        "What an order would come to now (see buying.py), or null where there is no such party."
        cls._check()
        if not Pool().get('party.party').search([('id', '=', wish['party'])]):
            return None
        return facts_of(*draft_sale(wish), wish)

    @classmethod
    def _check(cls):
        Pool().get('ir.model.access').check(cls.__name__, 'read')

    @classmethod
    def _begin(cls, key, ticket):
        "Nobody else comes by this key until the transaction ends."
        cursor = Transaction().connection.cursor()
        cursor.execute('select 1 from counterfoil_command where key = %s and ticket = %s and target is null '
            'for update', (key, ticket))
        if not cursor.fetchone():
            raise Stale("another attempt has begun")

    @classmethod
    def _finish(cls, key, actor, target):
        cursor = Transaction().connection.cursor()
        cursor.execute('update counterfoil_command set target = %s, actor = %s, write_date = now(), '
            'write_uid = %s where key = %s', (str(target), actor, Transaction().user, key))

    @classmethod
    def _is_as_at(cls, record, timestamp):
        found = record.__class__.search([('id', '=', record.id)])
        if not found:
            return False
        row, = record.__class__.read([record.id], ['_timestamp'])
        return row['_timestamp'] == timestamp
