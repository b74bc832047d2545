from trytond.pool import Pool

from . import change


def register():
    Pool.register(
        change.Change,
        module='counterfoil', type_='model')
