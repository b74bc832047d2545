from trytond.pool import Pool

from . import change, command


def register():
    # The journal last: it follows the others' tables too.
    Pool.register(
        command.Cart,
        command.Command,
        change.Change,
        module='counterfoil', type_='model')
