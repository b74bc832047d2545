"""Counterfoil's module for Tryton 6.0: a journal of what changed. See docs/tryton.md."""
from setuptools import setup

setup(
    name='trytond_counterfoil',
    version='6.0.0',
    license='GPL-3.0-or-later',
    package_dir={'trytond.modules.counterfoil': 'counterfoil'},
    packages=['trytond.modules.counterfoil'],
    package_data={'trytond.modules.counterfoil': ['tryton.cfg', '*.xml']},
    install_requires=['trytond >= 6.0, < 6.1'],
    entry_points={'trytond.modules': ['counterfoil = trytond.modules.counterfoil']},
    )
