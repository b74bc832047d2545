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


# Named by its code, the one before and the one after: that is what everything else knows it by.
LONGEST_CODE = 200  # characters; the index of the journal takes no name much longer
ITEM = "select 'counterfoil.item/' || p.code, p.id from product_product p "
_HAS_CODE = f"length(p.code) between 1 and {LONGEST_CODE}"


def _back(sale):
    "What is told of goods that come back by, or of, a sale."
    return [
        f"select 'counterfoil.complaint', id from sale_complaint where origin = 'sale.sale,' || {sale}",
        "select 'counterfoil.complaint', c.id from sale_complaint c "
        f"join sale_line o on c.origin = 'sale.line,' || o.id where o.sale = {sale}",
        "select 'counterfoil.complaint', " + _id_in('s.origin', 'sale.complaint')
        + f" from sale_sale s where s.id = {sale}",
        "select 'counterfoil.return_sale', s.id from sale_sale s "
        f"where s.id = {sale} and s.origin like 'sale.sale,%'",
        f"select 'counterfoil.return_sale', s.id from sale_sale s where s.origin = 'sale.sale,' || {sale}",
        ]


def _back_with(product):
    "The same, of all sales with lines that `product` fits (l: the line, p: its product)."
    return [
        "select 'counterfoil.complaint', c.id from sale_complaint c join sale_line l "
        "on c.origin = 'sale.sale,' || l.sale or c.origin = 'sale.line,' || l.id "
        f"join product_product p on l.product = p.id where {product}",
        "select 'counterfoil.return_sale', s.id from sale_sale s join sale_line l on l.sale = s.id "
        f"join product_product p on l.product = p.id where s.origin like 'sale.sale,%' and {product}",
        ]


# What is asked for by its origin, which Tryton keeps no index of.
INDEXES = {
    'sale_sale': 'origin',
    'sale_complaint': 'origin',
    }


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
        "select 'counterfoil.terms', id from company_company where party = $1.party",
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
        "select 'counterfoil.complaint', " + _id_in('$1.origin', 'sale.complaint'),
        "select 'counterfoil.return_sale', $1.id where $1.origin like 'sale.sale,%'",
        *_back('$1.id'),
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
        *_back('$1.sale'),
        ],
    'sale_line_account_tax': [
        SALE_OF_LINE + '$1.line',
        *_back("(select l.sale from sale_line l where l.id = $1.line)"),
        ],
    'product_product': [
        "select 'counterfoil.item/' || $1.code, $1.id "
        f"where length($1.code) between 1 and {LONGEST_CODE}",
        "select 'sale.sale', sale from sale_line where product = $1.id",
        "select 'account.invoice', invoice from account_invoice_line where product = $1.id",
        *_back_with('p.id = $1.id'),
        "select 'stock.shipment.out', " + SHIPMENT_OF_MOVE + " from stock_move m "
        f"where m.product = $1.id and m.shipment like '{SHIPMENT}%'",
        ],
    'product_template': [
        ITEM + f"where p.template = $1.id and {_HAS_CODE}",
        "select 'sale.sale', l.sale from sale_line l join product_product p on l.product = p.id "
        "where p.template = $1.id",
        "select 'account.invoice', l.invoice from account_invoice_line l "
        "join product_product p on l.product = p.id where p.template = $1.id",
        *_back_with('p.template = $1.id'),
        "select 'stock.shipment.out', " + SHIPMENT_OF_MOVE + " from stock_move m "
        "join product_product p on m.product = p.id "
        f"where p.template = $1.id and m.shipment like '{SHIPMENT}%'",
        ],
    'product_template-product_category': [
        ITEM + f"where p.template = $1.template and {_HAS_CODE}",
        ],
    'product_category': [
        ITEM + 'join "product_template-product_category" c on c.template = p.template '
        # Its name stands in those of all below it.
        "where c.category in (with recursive b(id) as (select $1.id union "
        "select k.id from product_category k join b on k.parent = b.id) select id from b) "
        f"and {_HAS_CODE}",
        ],
    'product_identifier': [
        ITEM + f"where p.id = $1.product and {_HAS_CODE}",
        ],
    'carrier': [
        ITEM + f"where p.id = $1.carrier_product and {_HAS_CODE}",
        ],
    'sale_complaint': [
        "select 'counterfoil.complaint', $1.id",
        ],
    'sale_complaint_action': [
        "select 'counterfoil.complaint', $1.complaint",
        ],
    'sale_complaint_action-sale_line': [
        "select 'counterfoil.complaint', complaint from sale_complaint_action where id = $1.action",
        ],
    'sale_complaint_type': [
        "select 'counterfoil.terms', id from company_company",
        ],
    'counterfoil_return': [
        "select 'counterfoil.complaint', $1.complaint",
        ],
    'stock_move': [
        *_back("(select l.sale from sale_line l where l.id = " + _line_of_move + ")"),
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
        "select 'counterfoil.complaint', " + _id_in('s.origin', 'sale.complaint') + " from sale_sale s "
        "join sale_line l on l.sale = s.id join account_invoice_line i on i.origin = 'sale.line,' || l.id "
        "where i.invoice = $1.id",
        "select 'counterfoil.return_sale', s.id from sale_sale s "
        "join sale_line l on l.sale = s.id join account_invoice_line i on i.origin = 'sale.line,' || l.id "
        "where i.invoice = $1.id and s.origin like 'sale.sale,%'",
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
        *_back("(select l.sale from sale_line l where l.id = " + _line_of_invoice_line + ")"),
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
