"""Which rows belong to which of the things that Counterfoil shows.

For each table: queries that name the thing that a changed row, $1, is a part of. A thing is called by
the model of its main record. The sum of it: whatever Counterfoil reads of a thing, a change there leads
to the thing.
"""

SALE_OF_LINE = "select 'sale.sale', sale from sale_line where id = "
SHIPMENT = "stock.shipment.out,"
SHIPMENT_OF_MOVE = "nullif(split_part(m.shipment, ',', 2), '')::int"


def _id_in(reference, model):
    "The number in a reference such as 'sale.line,14'; null for another model."
    return (f"case when {reference} like '{model},%' "
        f"then nullif(split_part({reference}, ',', 2), '')::int end")


_line_of_move = _id_in("$1.origin", 'sale.line')
_line_of_invoice_line = _id_in("$1.origin", 'sale.line')

FOLLOWED = {
    'party_party': [
        "select 'party.party', $1.id",
        "select 'counterfoil.standing', $1.id",
        "select 'party.address', id from party_address where party = $1.id",
        "select 'party.contact_mechanism', id from party_contact_mechanism where party = $1.id",
        "select 'stock.shipment.out', s.id from stock_shipment_out s join carrier c on s.carrier = c.id "
        "where c.party = $1.id",
        "select 'sale.sale', id from sale_sale "
        "where party = $1.id or shipment_party = $1.id or invoice_party = $1.id",
        "select 'stock.shipment.out', id from stock_shipment_out where customer = $1.id",
        "select 'account.invoice', id from account_invoice where party = $1.id",
        "select 'account.payment', id from account_payment where party = $1.id",
        ],
    'party_party_credit_limit_amount': [
        "select 'counterfoil.standing', $1.party",
        ],
    'party_party_customer_payment_term': [
        "select 'party.party', $1.party",
        ],
    'party_party_lang': [
        "select 'party.party', $1.party",
        ],
    'party_relation': [
        "select 'party.party', $1.from_",
        "select 'party.party', $1.to",
        ],
    'party_address': [
        "select 'party.address', $1.id",
        "select 'party.party', $1.party",
        "select 'sale.sale', id from sale_sale "
        "where shipment_address = $1.id or invoice_address = $1.id",
        "select 'stock.shipment.out', id from stock_shipment_out where delivery_address = $1.id",
        "select 'account.invoice', id from account_invoice where invoice_address = $1.id",
        ],
    'party_contact_mechanism': [
        "select 'party.contact_mechanism', $1.id",
        ],
    'sale_sale': [
        "select 'sale.sale', $1.id",
        "select 'counterfoil.standing', $1.party",
        "select 'stock.shipment.out', " + SHIPMENT_OF_MOVE + " from stock_move m "
        "join sale_line l on m.origin = 'sale.line,' || l.id "
        f"where l.sale = $1.id and m.shipment like '{SHIPMENT}%'",
        "select 'account.invoice', i.invoice from account_invoice_line i "
        "join sale_line l on i.origin = 'sale.line,' || l.id where l.sale = $1.id",
        ],
    'sale_line': [
        "select 'sale.sale', $1.sale",
        "select 'counterfoil.standing', party from sale_sale where id = $1.sale",
        "select 'stock.shipment.out', " + SHIPMENT_OF_MOVE + " from stock_move m "
        f"where m.origin = 'sale.line,' || $1.id and m.shipment like '{SHIPMENT}%'",
        "select 'account.invoice', invoice from account_invoice_line "
        "where origin = 'sale.line,' || $1.id",
        # Lines are counted: the next ones have other numbers now.
        "select 'stock.shipment.out', " + SHIPMENT_OF_MOVE + " from stock_move m "
        "join sale_line l on m.origin = 'sale.line,' || l.id "
        f"where l.sale = $1.sale and m.shipment like '{SHIPMENT}%'",
        "select 'account.invoice', i.invoice from account_invoice_line i "
        "join sale_line l on i.origin = 'sale.line,' || l.id where l.sale = $1.sale",
        ],
    'sale_line_account_tax': [
        SALE_OF_LINE + '$1.line',
        ],
    'product_product': [
        "select 'sale.sale', sale from sale_line where product = $1.id",
        "select 'account.invoice', invoice from account_invoice_line where product = $1.id",
        "select 'stock.shipment.out', " + SHIPMENT_OF_MOVE + " from stock_move m "
        f"where m.product = $1.id and m.shipment like '{SHIPMENT}%'",
        ],
    'product_template': [
        "select 'sale.sale', l.sale from sale_line l join product_product p on l.product = p.id "
        "where p.template = $1.id",
        "select 'account.invoice', l.invoice from account_invoice_line l "
        "join product_product p on l.product = p.id where p.template = $1.id",
        "select 'stock.shipment.out', " + SHIPMENT_OF_MOVE + " from stock_move m "
        "join product_product p on m.product = p.id "
        f"where p.template = $1.id and m.shipment like '{SHIPMENT}%'",
        ],
    'stock_move': [
        "select 'stock.shipment.out', " + _id_in('$1.shipment', 'stock.shipment.out'),
        SALE_OF_LINE + _line_of_move,
        ],
    'stock_shipment_out': [
        "select 'stock.shipment.out', $1.id",
        # What is picked of an order shows in the state of its shipments alone.
        "select 'sale.sale', l.sale from stock_move m join sale_line l on m.origin = 'sale.line,' || l.id "
        "where m.shipment = 'stock.shipment.out,' || $1.id",
        ],
    'stock_package': [
        "select 'stock.shipment.out', " + _id_in('$1.shipment', 'stock.shipment.out'),
        ],
    'account_invoice': [
        "select 'account.invoice', $1.id",
        "select 'counterfoil.standing', $1.party",
        "select 'sale.sale', l.sale from sale_line l "
        "join account_invoice_line i on i.origin = 'sale.line,' || l.id where i.invoice = $1.id",
        "select 'account.move.line', line from \"account_invoice-account_move_line\" "
        "where invoice = $1.id",
        "select 'account.payment', p.id from account_payment p "
        "join account_move_line l on p.line = l.id where l.move = $1.move",
        "select 'account.invoice', c.invoice from account_invoice_line c "
        "join account_invoice_line i on c.origin = 'account.invoice.line,' || i.id "
        "where i.invoice = $1.id",
        ],
    'counterfoil_cart': [
        "select 'counterfoil.cart', $1.id",
        ],
    'counterfoil_issue': [
        "select 'account.invoice', $1.invoice",
        ],
    'account_invoice_line': [
        "select 'account.invoice', $1.invoice",
        SALE_OF_LINE + _line_of_invoice_line,
        ],
    'account_invoice_tax': [
        "select 'account.invoice', $1.invoice",
        ],
    'account_invoice_line_account_tax': [
        "select 'account.invoice', invoice from account_invoice_line where id = $1.line",
        ],
    'account_invoice-account_move_line': [
        "select 'account.invoice', $1.invoice",
        "select 'account.move.line', $1.line",
        ],
    'account_move': [
        "select 'counterfoil.standing', party from account_move_line "
        "where move = $1.id and party is not null",
        ],
    'account_move_line': [
        "select 'counterfoil.standing', $1.party",
        "select 'account.invoice', id from account_invoice where move = $1.move",
        "select 'account.invoice', invoice from \"account_invoice-account_move_line\" "
        "where line = $1.id",
        "select 'account.move.line', line from \"account_invoice-account_move_line\" "
        "where line = $1.id",
        ],
    'account_payment': [
        "select 'account.payment', $1.id",
        "select 'account.invoice', i.id from account_invoice i "
        "join account_move_line l on i.move = l.move where l.id = $1.line",
        ],
    }
