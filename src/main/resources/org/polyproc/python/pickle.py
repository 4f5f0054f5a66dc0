"""Stands before `pickle`: what is implemented in Java is there at once, the rest (opcodes, the Python classes) when asked for.

Every process unpickles what it is to do; nearly none uses more of the module.
"""

from _pickle import (
    PickleBuffer, PickleError, Pickler, PicklingError, Unpickler, UnpicklingError, dump, dumps, load, loads)

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4


def __getattr__(name):
    if name.startswith('__') and name != '__all__':  # The import system looks for its own.
        raise AttributeError("module 'pickle' has no attribute %r" % name)
    namespace = globals()
    if namespace.pop('__getattr__', None) is not None:
        from _polyproc import standard
        standard.load(namespace)
    try:
        return namespace[name]
    except KeyError:
        raise AttributeError("module 'pickle' has no attribute %r" % name) from None
