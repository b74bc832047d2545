"""Makes a company in an empty Tryton 6.0, by Tryton's own means, as its people would.

    fill.py TRYTOND.CONF DATABASE-URI

A wholesaler with its chart of accounts, products, price lists, customers with addresses and contacts, and
some weeks of business: orders in every state, shipments with parcels, invoices, credit notes, payments.
Two users: `counterfoil`, the service account that the gateway signs in with, and `admin`.
"""
import datetime
import gc
import os
import random
import sys
from decimal import Decimal

from proteus import Model, Wizard, config as proteus_config

os.environ['DB_NAME'] = 'erp'  # Tryton's own tools read it

TODAY = datetime.date.today()
ORDERS = 24
PRODUCTS = [
    ('SCR-4040', "Wood screw 4 × 40, box of 200", '6.90', '3.10'),
    ('SCR-5060', "Wood screw 5 × 60, box of 200", '9.40', '4.30'),
    ('SCR-6080', "Wood screw 6 × 80, box of 100", '8.75', '4.05'),
    ('WAL-0008', "Wall plug 8 mm, box of 100", '4.20', '1.70'),
    ('WAL-0010', "Wall plug 10 mm, box of 100", '5.60', '2.35'),
    ('ANC-M10', "Anchor bolt M10 × 90", '1.35', '0.62'),
    ('ANC-M12', "Anchor bolt M12 × 110", '1.95', '0.91'),
    ('HEX-M08', "Hex bolt M8 × 30, box of 100", '14.80', '7.20'),
    ('HEX-M10', "Hex bolt M10 × 40, box of 100", '23.60', '11.40'),
    ('NUT-M08', "Nut M8, box of 100", '5.10', '2.20'),
    ('NUT-M10', "Nut M10, box of 100", '8.20', '3.60'),
    ('WSH-M10', "Washer M10, box of 200", '6.60', '2.80'),
    ('DRL-0006', "Masonry drill 6 mm", '3.45', '1.55'),
    ('DRL-0010', "Masonry drill 10 mm", '5.25', '2.40'),
    ('DRL-SET8', "Masonry drill set, 8 pieces", '24.90', '12.60'),
    ('SAW-0190', "Circular saw blade 190 mm", '31.50', '16.20'),
    ('GRD-0125', "Cutting disc 125 mm", '1.85', '0.78'),
    ('GLV-0009', "Work gloves, size 9", '4.95', '2.10'),
    ('GLV-0010', "Work gloves, size 10", '4.95', '2.10'),
    ('GOG-0001', "Safety goggles", '7.80', '3.40'),
    ('HLM-0001', "Safety helmet, white", '18.20', '9.10'),
    ('VST-000L', "High-visibility vest, L", '6.40', '2.70'),
    ('TAP-0050', "Cloth tape 50 mm × 50 m", '8.30', '3.90'),
    ('FOM-0750', "Assembly foam 750 ml", '9.90', '4.80'),
    ('SIL-0310', "Silicone 310 ml, clear", '6.15', '2.85'),
    ('PNT-0010', "Wall paint 10 l, white", '54.00', '29.50'),
    ('BRS-0060', "Flat brush 60 mm", '3.95', '1.60'),
    ('ROL-0025', "Paint roller 25 cm", '7.25', '3.20'),
    ('LAD-0006', "Step ladder, 6 treads", '89.00', '52.00'),
    ('EXT-0025', "Extension lead 25 m", '44.50', '24.00'),
]
COUNTRIES = {'DE': "Germany", 'GB': "United Kingdom", 'FR': "France", 'NL': "Netherlands", 'AT': "Austria"}
CUSTOMERS = [
    # name, country, credit limit, sites: (building, street, postal code, city), contacts
    ("Brückner Holzbau GmbH", 'DE', '8000', [
        ("", "Am Sägewerk 4", "20457", "Hamburg"), ("Lager Nord", "Industriestraße 19\nTor 3", "22113", "Hamburg")],
        [("Jonas Brückner", 'email', "jonas@brueckner.example"), ("Einkauf", 'phone', "+49 40 5550 101")]),
    ("Lindqvist & Daughters Ltd", 'GB', '15000', [
        ("", "12 Harbour Lane", "BS1 4RN", "Bristol"), ("Yard 2", "Unit 7, Canal Road", "LS12 2PL", "Leeds"),
        ("Depot", "88 Dock Street", "L3 4AA", "Liverpool")],
        [("Maya Lindqvist", 'email', "maya@lindqvist.example"), ("Accounts", 'email', "accounts@lindqvist.example")]),
    ("Lindqvist Scotland", 'GB', '4000', [("", "3 Leith Walk", "EH6 8NB", "Edinburgh")],
        [("Ewan Ross", 'mobile', "+44 7700 900123")]),
    ("Ateliers Moreau SARL", 'FR', None, [("", "27 rue des Forges", "69007", "Lyon")],
        [("Claire Moreau", 'email', "claire@moreau.example")]),
    ("Van Dijk Bouw B.V.", 'NL', '6000', [
        ("", "Kadeweg 112", "3011 AB", "Rotterdam"), ("Magazijn", "Havenstraat 8", "3024 ED", "Rotterdam")],
        [("Sanne van Dijk", 'email', "sanne@vandijk.example"), ("Kantoor", 'phone', "+31 10 555 0142")]),
    ("Gruber Bau e. U.", 'AT', '2500', [("", "Linzer Straße 201", "1140", "Wien")],
        [("Franz Gruber", 'phone', "+43 1 5550199")]),
    ("Quayside Stores", 'GB', '3000', [("", "1 The Quay", "PL1 2AA", "Plymouth")],
        [("Ben Hart", 'email', "ben@quayside.example")]),
    ("Fischer Bau AG", 'DE', '20000', [
        ("", "Kölner Landstraße 44", "40589", "Düsseldorf"), ("Baustelle Rhein", "Rheinufer 1", "50667", "Köln")],
        [("Petra Fischer", 'email', "petra@fischer.example"), ("Buchhaltung", 'email', "rechnung@fischer.example")]),
]


class Company:
    "The company's standing data, as proteus records."

    def __init__(self):
        self.random = random.Random(20260101)

    def set_up(self):
        from trytond.modules.company.tests.tools import create_company, get_company
        from trytond.modules.currency.tests.tools import get_currency
        Party = Model.get('party.party')
        party = Party(name="Harbour & Heath Supply")
        party.addresses[0].street = "Returns desk\nSpeicherstraße 11"
        party.addresses[0].postal_code, party.addresses[0].city = "28217", "Bremen"
        party.addresses[0].delivery = True
        party.save()
        create_company(party=party, currency=get_currency('EUR'))
        self.company = get_company()
        self.company.timezone = 'Europe/Berlin'
        self.company.save()
        User = Model.get('res.user')
        admin = User(1)
        admin.companies.append(Model.get('company.company')(self.company.id))
        admin.company = self.company
        admin.save()
        proteus_config.get_config()._context = User.get_preferences(True, {})
        self.set_up_books()
        self.set_up_goods()

    def set_up_books(self):
        from trytond.modules.account.tests.tools import (
            create_chart, create_fiscalyear, create_tax, get_accounts)
        from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences
        create_chart(self.company)
        self.accounts = get_accounts(self.company)
        for back in (1, 0):
            year = set_fiscalyear_invoice_sequences(
                create_fiscalyear(self.company, today=TODAY - datetime.timedelta(days=365 * back)))
            sequence, = year.invoice_sequences
            sequence.out_invoice_sequence.prefix = "INV-%s-" % year.start_date.year
            sequence.out_invoice_sequence.padding = 5
            sequence.out_invoice_sequence.save()
            # Of their own, since a refund is always of today, and numbers follow the dates.
            notes, = sequence.out_invoice_sequence.duplicate(
                {'prefix': "CN-%s-" % year.start_date.year, 'number_next': 1})
            sequence.out_credit_note_sequence = notes
            year.click('create_period')
        self.tax = create_tax(Decimal('.19'))
        self.tax.name = self.tax.description = "VAT 19 %"
        self.tax.save()
        Term = Model.get('account.invoice.payment_term')
        self.terms = []
        for days in (30, 14):
            term = Term(name="Net %s" % days)
            line = term.lines.new(type='remainder')
            line.relativedeltas.new(days=days)
            term.save()
            self.terms.append(term)
        Method = Model.get('account.invoice.payment.method')
        journal, = Model.get('account.journal').find([('type', '=', 'cash')])
        self.method = Method(name="Bank transfer", journal=journal,
            credit_account=self.accounts['cash'], debit_account=self.accounts['cash'])
        self.method.save()
        Journal = Model.get('account.payment.journal')
        self.payment_journal = Journal(name="Card", process_method='manual', company=self.company)
        self.payment_journal.save()

    def set_up_goods(self):
        Category = Model.get('product.category')
        category = Category(name="Goods", accounting=True,
            account_expense=self.accounts['expense'], account_revenue=self.accounts['revenue'])
        category.customer_taxes.append(Model.get('account.tax')(self.tax.id))
        category.save()
        self.unit, = Model.get('product.uom').find([('name', '=', 'Unit')])
        Template = Model.get('product.template')
        self.products = []
        for code, name, price, _ in PRODUCTS:
            template = Template(name=name, code=code, default_uom=self.unit, type='goods', salable=True,
                list_price=Decimal(price), account_category=category)
            template.save()
            self.products.append(template.products[0])
        freight = Template(name="Freight", code="FREIGHT", default_uom=self.unit, type='service', salable=True,
            list_price=Decimal('12'), account_category=category)
        freight.save()
        self.freight = freight.products[0]
        party = Model.get('party.party')(name="Nordhaven Parcel")
        party.save()
        self.carrier = Model.get('carrier')(party=party, carrier_product=self.freight)
        self.carrier.save()
        self.box = Model.get('stock.package.type')(name="Carton")
        self.box.save()
        storage, = Model.get('stock.location').find([('code', '=', 'STO')])
        Inventory = Model.get('stock.inventory')
        inventory = Inventory(location=storage)
        for product in self.products[:-2]:  # of the last two there is none
            inventory.lines.new(product=product, quantity=float(self.random.randint(200, 4000)))
        inventory.click('confirm')
        screws = Model.get('product.category')(name="Fixings")
        screws.save()
        for product in self.products[:12]:
            product.template.categories.append(Model.get('product.category')(screws.id))
            product.template.save()
        first = Model.get('product.product')(self.products[0].id)
        first.identifiers.new(type='ean', code='4006381333931')
        first.save()
        PriceList = Model.get('product.price_list')
        self.price_list = PriceList(name="Contract 2026", company=self.company)
        self.price_list.lines.new(quantity=100.0, formula='unit_price * 0.85')
        self.price_list.lines.new(formula='unit_price * 0.92')
        self.price_list.save()

    def add_customers(self):
        Country = Model.get('country.country')
        countries = {}
        for code, name in COUNTRIES.items():
            found = Country.find([('code', '=', code)])
            countries[code] = found[0] if found else Country(name=name, code=code)
            countries[code].save()
        Party = Model.get('party.party')
        self.customers = []
        for number, (name, country, limit, sites, contacts) in enumerate(CUSTOMERS):
            party = Party(name=name)
            party.addresses.pop()
            for building, street, postal_code, city in sites:
                party.addresses.new(name=building or None, street=street, postal_code=postal_code, city=city,
                    country=countries[country], invoice=not building, delivery=True)
            for who, kind, value in contacts:
                party.contact_mechanisms.new(name=who, type=kind, value=value)
            party.customer_payment_term = self.terms[number % 2]
            if number % 2:
                party.sale_price_list = self.price_list
            if limit:
                party.credit_limit_amount = Decimal(limit)
            party.account_receivable = self.accounts['receivable']
            party.save()
            self.customers.append(party)
        Type = Model.get('party.relation.type')
        branch = Type(name="Branch of")
        branch.save()
        Model.get('party.relation.all')(from_=self.customers[2], to=self.customers[1], type=branch).save()


def add_users():
    Group = Model.get('res.group')
    wanted = ["Sales", "Stock", "Account", "Payment", "Counterfoil", "Sales Administrator", "Product Administration", "Party Administration"]
    User = Model.get('res.user')
    user = User(name="Counterfoil", login='counterfoil', password='gateway-password')
    for group in Group.find([('name', 'in', wanted)]):
        user.groups.append(group)
    company, = Model.get('company.company').find([], limit=1)
    user.companies.append(company)
    user.company = Model.get('company.company')(company.id)
    user.save()


def accept_warnings():
    "There is nobody to ask."
    from trytond.pool import Pool
    from trytond.transaction import Transaction  # noqa: F401
    Warning_ = Pool('erp').get('res.user.warning')
    Warning_.check = classmethod(lambda cls, name: False)


def print_nothing():
    "Papers are made when somebody asks for one."
    from trytond.pool import Pool
    Pool('erp').get('account.invoice').print_invoice = lambda self: None


def wait_for_locks():
    """Tryton takes a table at once or not at all, and its server tries again when the database's housekeeping
    has it just then. Here nobody tries again."""
    from psycopg2.sql import SQL, Identifier
    from trytond.backend.postgresql.database import Database

    def lock(self, connection, table):
        connection.cursor().execute(SQL('LOCK {} IN EXCLUSIVE MODE').format(Identifier(table)))

    Database.lock = lock


def add_complaints():
    "For what goods come back, and some that do: asked for, authorised by now, sent back at once."
    Type, Sale = Model.get('sale.complaint.type'), Model.get('sale.sale')
    origin, = Model.get('ir.model').find([('model', '=', 'sale.sale')])
    for name in ("Ordered too much", "Wrong item", "Damaged", "Does not work"):
        Type(name=name, origin=origin).save()
    types = Type.find([])
    shipped = [sale for sale in Sale.find([('state', 'in', ['processing', 'done'])])
        if sale.shipment_state == 'sent'][:3]
    for number, sale in enumerate(shipped):
        if number == 2:
            back = Wizard('sale.return_sale', [sale])
            back.execute('return_')
            made, = back.actions[0]
            made.carrier = made.shipment_cost_method = None
            for line in list(made.lines):
                if line.shipment_cost:
                    made.lines.remove(line)
            made.save()
            made.click('quote')
            made.click('confirm')
            continue
        complaint = Model.get('sale.complaint')(customer=sale.party, type=types[number], origin=sale,
            description="By telephone")
        action = complaint.actions.new(action='sale_return')
        line, = [line for line in sale.lines if line.type == 'line' and not line.shipment_cost][:1]
        action.sale_lines.new(line=Model.get('sale.line')(line.id), quantity=1.0)
        complaint.save()
        complaint.click('wait')
        if number == 1:
            complaint.click('approve')


class Business:
    "Some weeks of it: what becomes of an order depends on how old it is, and on chance."

    def __init__(self, company):
        self.its = company
        self.random = company.random
        self.last_invoice = datetime.date.min  # Tryton numbers invoices by their dates

    def post(self, invoice, day):
        self.last_invoice = invoice.invoice_date = max(self.last_invoice, day)
        invoice.click('post')

    def order(self, number):
        its = self.its
        Sale = Model.get('sale.sale')
        age = int(60 * (1 - number / ORDERS))
        sale = Sale()
        sale.party = self.random.choice(its.customers)
        sale.sale_date = TODAY - datetime.timedelta(days=age)
        sale.reference = "PO %s" % (7000 + number * 3)
        sale.carrier = its.carrier
        sale.shipment_cost_method = 'order' if number % 3 else None
        for product in self.random.sample(its.products, self.random.randint(1, 5)):
            line = sale.lines.new()
            line.product = product
            line.quantity = float(self.random.choice([1, 2, 4, 5, 10, 12, 25, 50, 120]))
        sale.save()
        if number % 16 == 7:
            return  # a draft
        sale.click('quote')
        if number % 16 == 9:
            return  # a quotation
        if number % 16 == 11:
            sale.click('cancel')
            return
        sale.click('confirm')
        if sale.state != 'processing':
            sale.click('process')
        if age > 3:
            self.ship(sale, age)
        if age > 5:
            self.bill(sale, age)

    def ship(self, sale, age):
        Move = Model.get('stock.move')
        for shipment in sale.shipments:
            if not shipment.click('assign_try'):
                continue
            shipment.click('pick')
            package = shipment.packages.new(type=self.its.box)
            for move in shipment.outgoing_moves:
                package.moves.append(Move(move.id))
            shipment.click('pack')
            shipment.reload()
            for package in shipment.packages:
                package.shipping_reference = "NP %09d" % self.random.randint(0, 10 ** 9 - 1)
                package.save()
            if age > 4:
                shipment.effective_date = sale.sale_date + datetime.timedelta(days=2)
                shipment.click('done')

    def bill(self, sale, age):
        sale.reload()
        for invoice in sale.invoices:
            if invoice.state != 'draft':
                continue
            self.post(invoice, sale.sale_date + datetime.timedelta(days=3))
            chance = self.random.random()
            if age < 20 and chance < 0.8:
                continue
            if chance < 0.55:
                self.pay(invoice, invoice.total_amount)
            elif chance < 0.7:
                self.pay(invoice, (invoice.total_amount / 2).quantize(Decimal('0.01')))
            elif chance < 0.8:
                credit = Wizard('account.invoice.credit', [invoice])
                credit.form.with_refund = chance < 0.75
                credit.execute('credit')
                for note in Model.get('account.invoice').find(
                        [('total_amount', '<', 0), ('state', '=', 'draft')]):
                    note.invoice_date = TODAY
                    note.click('post')
            elif chance < 0.9:
                self.pay_by_card(invoice)

    def pay(self, invoice, amount):
        pay = Wizard('account.invoice.pay', [invoice])
        pay.form.payment_method = self.its.method
        pay.form.amount = amount
        pay.form.date = min(TODAY, invoice.invoice_date + datetime.timedelta(days=12))
        pay.form.description = "Transfer %s" % invoice.number
        pay.execute('choice')
        if pay.state == 'ask':
            pay.form.type = 'partial'
            pay.execute('pay')

    def pay_by_card(self, invoice):
        Payment = Model.get('account.payment')
        Line = Model.get('account.move.line')
        lines = Line.find([('move', '=', invoice.move.id), ('account.type.receivable', '=', True)])
        for line in lines:
            payment = Payment(journal=self.its.payment_journal, kind='receivable', party=invoice.party,
                line=line, amount=invoice.total_amount, date=invoice.invoice_date, description="Card 4242")
            payment.save()
            payment.click('approve')
            Wizard('account.payment.process', [payment]).execute('process')
            if self.random.random() < 0.6:
                payment.reload()
                payment.click('succeed')


def main(configuration, database):
    gc.disable()  # it would walk Tryton's whole pool again and again, and all of this fits in memory
    proteus_config.set_trytond(database=database, user='admin', config_file=configuration)
    accept_warnings()
    print_nothing()
    wait_for_locks()
    company = Company()
    company.set_up()
    company.add_customers()
    add_users()
    business = Business(company)
    for number in range(ORDERS):
        business.order(number)
    add_complaints()


main(*sys.argv[1:])
