"""Goods on their way back: what customers ask for is a complaint about a sale, what was authorised a sale of
negative quantities, as Tryton's own people make them."""
from decimal import Decimal

from trytond.exceptions import UserError
from trytond.model import Model
from trytond.pool import Pool
from trytond.rpc import RPC
from trytond.transaction import Transaction

__all__ = ['Complaint', 'ReturnSale', 'Terms', 'ask_for', 'decide', 'withdraw']

ORDERED = ['confirmed', 'processing', 'done']
OVER = ['rejected', 'cancelled']
KEEP_BODY = '''
insert into counterfoil_return (complaint, body) values (%s, %s)
on conflict (complaint) do update set body = excluded.body
'''


def _has_complaints():
    try:
        Pool().get('sale.complaint')
    except KeyError:
        return False
    return True


def _check():
    Pool().get('ir.model.access').check('counterfoil.command', 'read')


def _is_order(sale):
    return (sale.state in ORDERED and sale.number
        and not (sale.origin and sale.origin.__name__ in {'sale.sale', 'sale.complaint'}))


def _shown(sale):
    "The lines that an order shows, by their numbers in it."
    lines = [line for line in sale.lines if line.type == 'line' and not getattr(line, 'shipment_cost', None)]
    return dict(enumerate(lines, 1))


def _sale_of(complaint):
    origin = complaint.origin
    if origin and origin.__name__ == 'sale.line':
        return origin.sale
    return origin if origin and origin.__name__ == 'sale.sale' else None


def _actions(complaint):
    return [action for action in complaint.actions if action.action == 'sale_return']


def _asked_by(action):
    "What an action takes back: [(line of the sale, quantity, price where Tryton's people set one)]."
    origin = action.complaint.origin
    if origin.__name__ == 'sale.line':
        rows = [(origin, action)]
    elif action.sale_lines:
        rows = [(row.line, row) for row in action.sale_lines]
    else:
        return [(line, line.quantity, None) for line in _shown(origin).values()]
    return [(line, line.quantity if row.quantity is None else row.quantity, row.unit_price) for line, row in rows]


def _asked(complaint):
    "What is to come back: {line of the sale: quantity}."
    asked = {}
    for action in _actions(complaint):
        for line, quantity, _ in _asked_by(action):
            asked[line.id] = asked.get(line.id, 0) + quantity
    return asked


def _return_sales(complaint):
    return [action.result for action in complaint.actions
        if action.result and action.result.__name__ == 'sale.sale']


def _moved(line):
    "What of a line has left the warehouse, or for a negative one come back, in its unit."
    Uom = Pool().get('product.uom')
    return sum(Uom.compute_qty(move.uom, move.quantity, line.unit) for move in line.moves if move.state == 'done')


def _spread(sale, by_product):
    "Quantities by product as quantities by line of the sale; a product's first lines are filled first."
    spread = {}
    for line in _shown(sale).values():
        left = by_product.get(line.product, 0)
        if left > 0:
            spread[line.id] = min(left, line.quantity)
            by_product[line.product] = left - spread[line.id]
    return spread


def _by_product(sales, quantity_of):
    "Of sales of what comes back: what `quantity_of` says of each line, by product."
    sums = {}
    for sale in sales:
        for line in sale.lines:
            if line.type == 'line' and line.product and line.quantity < 0:
                sums[line.product] = sums.get(line.product, 0) + quantity_of(line)
    return sums


def _taken(sale):
    "What of each line of a sale is coming back already, or came: {line: quantity}."
    Sale = Pool().get('sale.sale')
    taken = {}

    def add(quantities):
        for line, quantity in quantities.items():
            taken[line] = taken.get(line, 0) + quantity

    if _has_complaints():
        Complaint_ = Pool().get('sale.complaint')
        origins = [str(sale)] + [str(line) for line in sale.lines]
        for complaint in Complaint_.search([('origin', 'in', origins), ('state', 'not in', OVER)]):
            made = _return_sales(complaint)
            if not made or any(each.state != 'cancelled' for each in made):
                add(_asked(complaint))
    direct = Sale.search([('origin', '=', str(sale)), ('state', '!=', 'cancelled')])
    add(_spread(sale, _by_product(direct, lambda line: -line.quantity)))
    return taken


def _objection(number, line, quantity, left):
    "Why so much of the line cannot come back, or null."
    name = "Line %s (%s)" % (number, line.product.code if line.product else line.description)
    if quantity <= 0:
        return "%s: the quantity has to be above 0." % name
    if line.unit and line.unit.round(quantity) != quantity:
        return "%s: it comes back in multiples of %s." % (name, line.unit.rounding)
    if quantity > left:
        return "%s: %g can still come back. Ask for no more." % (name, max(left, 0))
    return None


def ask_for(wish, actor):
    """Makes a complaint that waits to be decided. `wish`: party, sale, type (a complaint's), text, body,
    lines of [number in the order, quantity]."""
    if not _has_complaints():
        raise UserError("The supplier’s system takes no returns. Call the supplier.")
    pool = Pool()
    Complaint_ = pool.get('sale.complaint')
    found = pool.get('sale.sale').search([('id', '=', wish['sale']), ('party', '=', wish['party'])])
    if not found or not _is_order(found[0]):
        raise UserError("The supplier’s system has no such order of this account.")
    sale, = found
    type_ = pool.get('sale.complaint.type').search([('id', '=', wish['type']), ('active', '=', True),
        ('origin.model', '=', 'sale.sale')])
    if not type_:
        raise UserError("This reason is not in use any more. Choose another one.")
    # Of two who ask at once, the second is done again and counts what the first asked for.
    Transaction().connection.cursor().execute('update sale_sale set id = id where id = %s', (sale.id,))
    shown, taken = _shown(sale), _taken(sale)
    lines = []
    for number, quantity in wish['lines']:
        line = shown.get(number)
        if not line:
            raise UserError("The order has no line %s." % number)
        quantity = float(quantity)
        objection = _objection(number, line, quantity, round(_moved(line) - taken.get(line.id, 0), 6))
        if objection:
            raise UserError(objection)
        taken[line.id] = taken.get(line.id, 0) + quantity
        lines.append({'line': line.id, 'quantity': quantity})
    if not lines:
        raise UserError("Nothing is to come back. Choose at least one line.")
    complaint, = Complaint_.create([{
        'customer': sale.party.id,
        'company': sale.company.id,
        'type': type_[0].id,
        'origin': str(sale),
        'reference': sale.reference,
        'description': "Asked for in Counterfoil by %s\n%s" % (actor, wish['text']),
        'actions': [('create', [{'action': 'sale_return', 'sale_lines': [('create', lines)]}])],
        }])
    Complaint_.wait([complaint])
    _keep_body(complaint, wish['body'])
    return complaint


def _keep(action, wanted):
    """Leaves an action what is still `wanted` of each line, and takes that off; every action of a complaint is
    done, each at its own prices."""
    kept = {}
    for line, quantity, price in _asked_by(action):
        quantity = min(quantity, wanted.get(line.id, 0))
        if quantity > 0:
            wanted[line.id] = round(wanted[line.id] - quantity, 6)
            row = kept.setdefault(line.id, {'action': action.id, 'line': line.id, 'quantity': 0, 'unit_price': price})
            row['quantity'] += quantity
    if not kept:  # without lines it would take back all of them
        action.__class__.delete([action])
    elif action.complaint.origin.__name__ == 'sale.line':
        action.__class__.write([action], {'quantity': sum(row['quantity'] for row in kept.values())})
    else:
        Line = Pool().get('sale.complaint.action-sale.line')
        Line.delete(list(action.sale_lines))
        Line.create(list(kept.values()))


def decide(complaint, body, lines, actor):
    """Authorises of a complaint that waits so much of each line, [number in the order, quantity], by a sale of what
    comes back; nothing of all: refuses it."""
    pool = Pool()
    Complaint_, Sale = pool.get('sale.complaint'), pool.get('sale.sale')
    if complaint.state != 'waiting':
        raise UserError("This return is past deciding: somebody decided it, or took it back.")
    shown = _shown(_sale_of(complaint))
    wanted = {shown[number].id: float(quantity) for number, quantity in lines if number in shown}
    asked = _asked(complaint)
    if any(quantity < 0 or quantity > asked.get(line, 0) for line, quantity in wanted.items()):
        raise UserError("No more can be authorised than was asked for.")
    _keep_body(complaint, body)
    if not any(wanted.values()):
        Complaint_.reject([complaint])
        return
    for action in _actions(complaint):
        _keep(action, wanted)
    Complaint_.approve([complaint])
    # Tryton's queue would do it later; what it then finds done, it leaves alone.
    Complaint_.process([Complaint_(complaint.id)])
    sales = _return_sales(Complaint_(complaint.id))
    for sale in sales:
        sale.comment = "Return %s, authorised in Counterfoil by %s" % (complaint.number, actor)
        for name in ('carrier', 'shipment_cost_method'):
            if name in Sale._fields:
                setattr(sale, name, None)
        sale.save()
    Sale.quote(sales)
    # What comes back lowers what is owed, so no credit limit stands against it, as it would for this account's user.
    with Transaction().set_user(0):
        Sale.confirm(Sale.browse(sales))


def withdraw(complaint):
    if complaint.state != 'waiting':
        raise UserError("This return was decided already, so it cannot be taken back. Call the supplier.")
    Pool().get('sale.complaint').cancel([complaint])


def _keep_body(complaint, body):
    Transaction().connection.cursor().execute(KEEP_BODY, (complaint.id, body))


class _Rows(Model):
    "Answers search_read as any model does, by number alone."

    @classmethod
    def __setup__(cls):
        super().__setup__()
        cls.__rpc__['search_read'] = RPC()

    @classmethod
    def search_read(cls, domain, offset=0, limit=None, order=None, fields_names=None):
        _check()
        found = cls._search(domain, limit)
        if set(fields_names) <= {'id', '_timestamp'}:
            return found and found[0].__class__.read([record.id for record in found], fields_names)
        return [facts for facts in map(cls._facts, found) if facts]


class Complaint(_Rows):
    "Counterfoil Complaint"
    __name__ = 'counterfoil.complaint'

    @classmethod
    def _search(cls, domain, limit):
        if not _has_complaints():
            return []
        return Pool().get('sale.complaint').search(
            [domain, ('company', '=', Transaction().context.get('company'))], limit=limit, order=[('id', 'ASC')])

    @classmethod
    def _facts(cls, complaint):
        "Null where it is about something else than an order, or nobody was told of it yet."
        sale, made = _sale_of(complaint), _return_sales(complaint)
        if not sale or not _is_order(sale) or (complaint.state == 'draft' and not made):
            return None
        asked = _asked(complaint)
        cursor = Transaction().connection.cursor()
        cursor.execute('select body from counterfoil_return where complaint = %s', (complaint.id,))
        body = cursor.fetchone()
        return dict(_facts_of(sale, made, asked),
            id=complaint.id,
            number=complaint.number,
            state=complaint.state,
            at=complaint.create_date,
            by=complaint.create_uid.name,
            changed=complaint.write_date or complaint.create_date,
            reason=complaint.type.id,
            text=complaint.description,
            body=body[0] if body else None)


class ReturnSale(_Rows):
    "Counterfoil Return Sale"
    __name__ = 'counterfoil.return_sale'

    @classmethod
    def _search(cls, domain, limit):
        return Pool().get('sale.sale').search([domain, ('origin', 'like', 'sale.sale,%'),
            ('state', 'in', ORDERED), ('company', '=', Transaction().context.get('company'))],
            limit=limit, order=[('id', 'ASC')])

    @classmethod
    def _facts(cls, sale):
        original = sale.origin
        if not original or not _is_order(original):
            return None
        asked = _spread(original, _by_product([sale], lambda line: -line.quantity))
        return dict(_facts_of(original, [sale], asked),
            id=sale.id,
            number=sale.number,
            state='done',
            at=sale.create_date,
            by=sale.create_uid.name,
            changed=sale.create_date)


def _facts_of(sale, made, asked):
    received = _spread(sale, _by_product(made, _moved))
    invoices = sorted({invoice for each in made for invoice in each.invoices
        if invoice.state in {'posted', 'paid'} and invoice.total_amount < 0}, key=lambda invoice: invoice.id)
    moves = [move for each in made for line in each.lines for move in line.moves if move.state == 'done']
    return {
        'party': sale.party.id,
        'sale.': {'id': sale.id, 'number': sale.number, 'reference': sale.reference},
        'currency.': {'code': sale.currency.code},
        'made': made[0].create_date if made else None,
        'cancelled': bool(made) and all(each.state == 'cancelled' for each in made),
        'over': bool(made) and all(each.state == 'done' for each in made),
        'total': sum((-each.total_amount for each in made if each.total_amount), Decimal(0)),
        'received': max((move.effective_date for move in moves if move.effective_date), default=None),
        'lines.': [{
            'id': line.id,
            'number': number,
            'sku': line.product.code if line.product else None,
            'name': line.description or (line.product.name if line.product else None),
            'unit': line.unit.name if line.unit else None,
            'quantity': asked[line.id],
            'received': received.get(line.id, 0),
            'price': line.unit_price,
            'taxes.': [{'id': tax.id, 'type': tax.type, 'rate': tax.rate} for tax in line.taxes],
            } for number, line in _shown(sale).items() if line.id in asked],
        'credits.': [{'id': invoice.id, 'number': invoice.number, 'total': -invoice.total_amount,
            'date': invoice.invoice_date} for invoice in invoices],
        }


class Terms(_Rows):
    "Counterfoil Terms"
    __name__ = 'counterfoil.terms'

    @classmethod
    def __setup__(cls):
        super().__setup__()
        cls.__rpc__['returned'] = RPC()

    @classmethod
    def _search(cls, domain, limit):
        if not _has_complaints():
            return []
        return Pool().get('company.company').search(
            [domain, ('id', '=', Transaction().context.get('company'))], limit=limit)

    @classmethod
    def _facts(cls, company):
        "For what goods come back, and where to."
        types = Pool().get('sale.complaint.type').search(
            [('origin.model', '=', 'sale.sale'), ('active', '=', True)], order=[('id', 'ASC')])
        with Transaction().set_context(active_test=True):
            address = Pool().get('party.party')(company.party.id).address_get('delivery')
        return {
            'id': company.id,
            'address': address.full_address if address else None,
            'types.': [{'id': type_.id, 'name': type_.name} for type_ in types],
            }

    @classmethod
    def returned(cls, sales):
        """Of those sales that are of what comes back: [sale, its complaint or null, the order, its number and
        reference, {product: number of the order's line}]."""
        _check()
        rows = []
        for sale in Pool().get('sale.sale').search([('id', 'in', sales)]):
            complaint = None
            original = sale.origin
            if original and original.__name__ == 'sale.complaint':
                complaint, original = original.id, _sale_of(original)
            if not original or original.__name__ != 'sale.sale' or not _is_order(original):
                continue
            numbers = {}
            for number, line in _shown(original).items():
                if line.product:
                    numbers.setdefault(str(line.product.id), number)
            rows.append([sale.id, complaint, original.id, original.number, original.reference, numbers])
        return rows
