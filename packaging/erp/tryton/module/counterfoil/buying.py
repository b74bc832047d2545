"""What an order comes to, by Tryton's own prices, taxes and freight, without making one."""
from decimal import Decimal

from trytond.exceptions import UserError
from trytond.pool import Pool
from trytond.transaction import Transaction

from .goods import find_products

UNSET = ('invoice_party', 'shipment_party', 'invoice_address', 'shipment_address', 'carrier', 'price_list',
    'payment_term')


def draft_sale(wish):
    """An order that is not saved, as Tryton's own client would make it, and for each line wished its line or why
    it has none. `wish`: party, ship_to (or null), reference, wanted (or null), most (of a line),
    lines of [sku, quantity, …]."""
    products = find_products([sku for sku, *_ in wish['lines']])
    # The gateway's questions see what was retired, and so do products, to be called withdrawn; but Tryton would
    # choose among retired addresses and warehouses.
    with Transaction().set_context(active_test=True):
        return _draft(wish, products)


def _draft(wish, products):
    pool = Pool()
    Sale = pool.get('sale.sale')
    names = [name for name in Sale._fields if name not in {'id', 'create_date', 'create_uid'}]
    sale = Sale(**Sale.default_get(names, with_rec_name=False))
    # Tryton has no default among several warehouses.
    sale.warehouse = sale.warehouse or pool.get('res.user')(Transaction().user).warehouse
    if not sale.warehouse:
        raise UserError("The supplier’s system does not say which warehouse delivers. Call the supplier.")
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
    lines = [_line(sale, position, products.get(sku), quantity) if float(quantity) <= most
        else 'quantity-too-large' for position, (sku, quantity, *_) in enumerate(wish['lines'], 1)]
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


def _line(sale, position, product, quantity):
    Line = Pool().get('sale.line')
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
    products = find_products([sku for sku, *_ in wish['lines']])
    available = _available(sale, products.values())
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
        'lines.': [_facts_of_line(sale, line, products.get(wished[0]), available)
            for line, wished in zip(lines, wish['lines'])],
        }


def _facts_of_line(sale, line, product, available):
    facts = {'problem': line if isinstance(line, str) else None}
    if not product or facts['problem'] == 'withdrawn':
        return facts
    facts.update({
        'name': product.name,
        'unit': product.sale_uom.name,
        'rounding': product.sale_uom.rounding,
        'breaks.': _breaks(sale, line, product),
        'available': available.get(product.id),
        })
    if not facts['problem']:
        facts.update({
            'price': line.unit_price,
            'net': line.amount,
            'taxes.': [{'id': tax.id, 'type': tax.type, 'rate': tax.rate} for tax in line.taxes],
            })
    return facts


def _breaks(sale, line, product):
    "The prices at each quantity that the price list names."
    price_list = getattr(sale, 'price_list', None)
    quantities = {each.quantity for each in price_list.lines if each.quantity} if price_list else set()
    if not quantities:
        return []
    if isinstance(line, str):
        line = _line(sale, 1, product, 1)
    if isinstance(line, str):
        return []
    breaks, wished = [], line.quantity
    for quantity in sorted(quantities | {1.0}):
        line.quantity = quantity
        price = line.compute_unit_price()
        if price is not None and (not breaks or breaks[-1]['price'] != price):
            breaks.append({'id': len(breaks) + 1, 'from': quantity, 'price': price})
    line.quantity = wished
    return breaks if len(breaks) > 1 else []


def _available(sale, products):
    "What is in the warehouse of each and promised to nobody, in its unit of sale: {its number: quantity}."
    Product, Uom = Pool().get('product.product'), Pool().get('product.uom')
    goods = [product.id for product in products if product.type != 'service']
    with Transaction().set_context(locations=[sale.warehouse.id], stock_date_end=sale.sale_date):
        return {product.id: max(0.0, Uom.compute_qty(product.default_uom,
                    min(product.quantity, product.forecast_quantity), product.sale_uom))
            for product in Product.browse(goods)}
