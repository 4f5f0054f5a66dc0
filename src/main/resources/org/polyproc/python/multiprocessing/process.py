"""Stands before `multiprocessing.process`: it takes the names of signals from `_signal`, without the enumerations of `signal`.

The exception that ends a process is noted in the kernel, beside being printed.
"""

import _signal
import sys as _sys

from _polyproc import standard as _standard

# Of a copy, since to iterate over a module's own dictionary takes GraalPy time by the square of its length.
_standard.load(globals(), signal={name: value for name, value in dict(vars(_signal)).items() if name.startswith('SIG')})


class _System:
    """`sys` for this module, which looks for `stderr` only to say what ends the process."""

    def __getattr__(self, name):
        if name == 'stderr':
            from _polyproc.main import note_error
            note_error(_sys.exception())
        return getattr(_sys, name)


sys = _System()
