from trytond.pool import Pool

from . import change, command, goods, returns


def register():
    # The journal last: it follows the others' tables too.
    Pool.register(
        command.Cart,
        command.Command,
        goods.Item,
        returns.Complaint,
        returns.ReturnSale,
        returns.Terms,
        change.Change,
        module='counterfoil', type_='model')
