"""What an order comes to, by Tryton's own prices, taxes and freight, without making one."""
from decimal import Decimal

from trytond.pool import Pool
from trytond.transaction import Transaction

from .goods import find_product

UNSET = ('invoice_party', 'shipment_party', 'invoice_address', 'shipment_address', 'carrier', 'price_list',
    'payment_term')


def draft_sale(wish):
    """An order that is not saved, as Tryton's own client would make it, and for each line wished its line or why
    it has none. `wish`: party, ship_to (or null), reference, wanted (or null), most (of a line),
    lines of [sku, quantity, …]."""
    pool = Pool()
    Sale = pool.get('sale.sale')
    names = [name for name in Sale._fields if name not in {'id', 'create_date', 'create_uid'}]
    sale = Sale(**Sale.default_get(names, with_rec_name=False))
    for name in UNSET:
        if name in Sale._fields:
            setattr(sale, name, None)
    sale.party = pool.get('party.party')(wish['party'])
    sale.sale_date = pool.get('ir.date').today()
    sale.reference = wish.get('reference') or None
    sale.on_change_party()
    if place_of_delivery(wish):
        sale.shipment_address = place_of_delivery(wish)
        if hasattr(sale, 'on_change_shipment_address'):
            sale.on_change_shipment_address()
    sale.shipping_date = wish.get('wanted')
    most = float(wish['most'])
    lines = [_line(sale, position, sku, quantity) if float(quantity) <= most else 'quantity-too-large'
        for position, (sku, quantity, *_) in enumerate(wish['lines'], 1)]
    sale.lines = [line for line in lines if not isinstance(line, str)]
    if hasattr(sale, 'set_shipment_cost'):
        sale.set_shipment_cost()
    sale.on_change_lines()
    return sale, lines


def place_of_delivery(wish):
    "The address that was chosen, if the party has goods sent there; else nothing."
    found = Pool().get('party.address').search([('id', '=', wish['ship_to']), ('party', '=', wish['party']),
        ('delivery', '=', True), ('active', '=', True)]) if wish.get('ship_to') else []
    return found[0] if found else None


def _order_with(sale):
    "The number of an order that has the same reference already."
    found = sale.__class__.search([('party', '=', sale.party.id), ('reference', '=', sale.reference),
        ('number', '!=', None), ('state', '!=', 'cancelled')], limit=1) if sale.reference else []
    return found[0].number if found else None


def _line(sale, position, sku, quantity):
    Line = Pool().get('sale.line')
    product = find_product(sku)
    if not product:
        return 'unknown-item'
    if not product.active or not product.salable or not product.template.active:
        return 'withdrawn'
    quantity = float(quantity)
    if quantity <= 0:
        return 'quantity-none'
    if product.sale_uom.round(quantity) != quantity:
        return 'not-a-multiple'
    line = Line(sale=sale, type='line', sequence=position, company=sale.company, product=product,
        quantity=quantity, unit=None, unit_price=None, taxes=[], description=None)
    if 'shipment_cost' in Line._fields:
        line.shipment_cost = None
    line.on_change_product()
    if line.unit_price is None:
        return 'no-price'
    line.amount = line.on_change_with_amount()
    return line


def facts_of(sale, lines, wish):
    "Totals, the account's credit before this order, and for each line wished why it has none, or its facts."
    party = sale.party
    freight = getattr(sale, 'shipment_cost_amount', Decimal(0))
    return {
        'currency.': {'code': sale.currency.code},
        'net': sale.untaxed_amount - freight,
        'freight': freight,
        'tax': sale.tax_amount,
        'total': sale.total_amount,
        'limit': getattr(party, 'credit_limit_amount', None),
        'used': getattr(party, 'credit_amount', Decimal(0)),
        'deliverable': not wish.get('ship_to') or place_of_delivery(wish) is not None,
        'same_reference': _order_with(sale),
        'contract': bool(getattr(sale, 'price_list', None)),
        'lines.': [_facts_of_line(sale, line, wished[0]) for line, wished in zip(lines, wish['lines'])],
        }


def _facts_of_line(sale, line, sku):
    facts = {'problem': line if isinstance(line, str) else None}
    product = find_product(sku)
    if not product or facts['problem'] == 'withdrawn':
        return facts
    facts.update({
        'name': product.name,
        'unit': product.sale_uom.name,
        'rounding': product.sale_uom.rounding,
        'breaks.': _breaks(sale, product),
        'available': _available(sale, product),
        })
    if not facts['problem']:
        facts.update({
            'price': line.unit_price,
            'net': line.amount,
            'taxes.': [{'id': tax.id, 'type': tax.type, 'rate': tax.rate} for tax in line.taxes],
            })
    return facts


def _breaks(sale, product):
    "The prices at each quantity that the price list names."
    price_list = getattr(sale, 'price_list', None)
    quantities = {line.quantity for line in price_list.lines if line.quantity} if price_list else set()
    if not quantities:
        return []
    breaks = []
    for quantity in sorted(quantities | {1.0}):
        line = _line(sale, 1, product.code, quantity)
        if not isinstance(line, str) and (not breaks or breaks[-1]['price'] != line.unit_price):
            breaks.append({'id': len(breaks) + 1, 'from': quantity, 'price': line.unit_price})
    return breaks if len(breaks) > 1 else []


def _available(sale, product):
    "What is in the warehouse and promised to nobody, in the unit of sale."
    if product.type == 'service':
        return None
    Product = Pool().get('product.product')
    today = sale.sale_date
    with Transaction().set_context(locations=[sale.warehouse.id], stock_date_end=today):
        product = Product(product.id)
        least = min(product.quantity, product.forecast_quantity)
    return max(0.0, Pool().get('product.uom').compute_qty(product.default_uom, least, product.sale_uom))
