"""CPython's package `test`, of which GraalPy brings `test.support` only.

What GraalPy brings comes first: it knows what this interpreter can do. Everything else comes from `cpython`, a link to CPython's
folder beside this file, which the harness makes.
"""

import os

__path__ = [os.path.join(os.path.dirname(os.__file__), 'test'), os.path.join(os.path.dirname(__file__), 'cpython')]
