"""What is sold, under the code by which everybody names it."""
from trytond.model import Model
from trytond.pool import Pool
from trytond.rpc import RPC

__all__ = ['Item', 'find_products']


def _is_sold(product):
    return product.active and product.template.active and product.salable


def _best(products):
    "Of several that bear one code: one that is sold, the oldest of these."
    return min(products, key=lambda product: (not _is_sold(product), product.id), default=None)


def find_products(codes):
    "By their codes, as far as there are any, in one question."
    alike = {}
    for product in Pool().get('product.product').search([('code', 'in', [code for code in codes if code])]):
        alike.setdefault(product.code, []).append(product)
    return {code: _best(products) for code, products in alike.items()}


def _freight():
    "The numbers of what stands for a carrier's charge, which nobody orders."
    try:
        Carrier = Pool().get('carrier')
    except KeyError:
        return []
    return [carrier.carrier_product.id for carrier in Carrier.search([])]


class Item(Model):
    "Counterfoil Item"
    __name__ = 'counterfoil.item'

    @classmethod
    def __setup__(cls):
        super().__setup__()
        cls.__rpc__['search_read'] = RPC()

    @classmethod
    def search_read(cls, domain, offset=0, limit=None, order=None, fields_names=None):
        """As of any model, of products by number or code: of those that bear one code, one. Of what was sold once and
        is not active any more, it says so."""
        Pool().get('ir.model.access').check('counterfoil.command', 'read')
        Product = Pool().get('product.product')
        # Of each code asked for all that bear it are wanted, to choose; with any other condition a limit holds.
        by_code = any(clause[0] == 'code' and clause[1] == 'in' for clause in domain)
        products = Product.search([domain, ('code', '!=', None), ('code', '!=', ''),
            ('template.salable', '=', True), ('id', 'not in', _freight())],
            limit=None if by_code else limit, order=[('id', 'ASC')])
        if fields_names == ['id', 'code']:
            return [{'id': product.id, 'code': product.code} for product in products]
        alike = {}
        for product in products:
            alike.setdefault(product.code, []).append(product)
        return [_facts(_best(products)) for products in alike.values()]


def _facts(product):
    unit = product.sale_uom or product.default_uom
    categories = sorted(category.rec_name for category in product.template.categories)
    return {
        'id': product.id,
        'code': product.code,
        'name': product.name,
        'description': product.description,
        'category': categories[0] if categories else None,
        'unit': unit.name,
        'rounding': unit.rounding,
        'sold': _is_sold(product),
        'barcodes.': [{'id': each.id, 'code': each.code} for each in product.identifiers if each.code],
        }
