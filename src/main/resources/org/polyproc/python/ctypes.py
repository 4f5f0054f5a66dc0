"""Stands before `ctypes`: its types can be used where scripts may not call native code.

GraalPy 25.0 then lacks the addresses of the C functions that `ctypes` makes Python functions of, and can't be imported. Functions
at address 0 are never called: GraalPy refuses every call into native code. A library can't be loaded: OSError.
"""

import _ctypes

from _polyproc import standard as _standard

__path__ = _standard.locations('ctypes')


def _dlopen(name, flag=0):
    if name is not None:
        raise OSError('%s: native code may not be called' % name)
    return 0  # The program itself, of which `pythonapi` is made.


if not hasattr(_ctypes, '_memmove_addr'):
    _ctypes.dlopen = _dlopen
    for _name in '_memmove_addr', '_memset_addr', '_string_at_addr', '_cast_addr', '_wstring_at_addr':
        setattr(_ctypes, _name, 0)

_standard.load(globals())
