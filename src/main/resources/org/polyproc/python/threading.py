"""Stands before `threading`: `traceback` is loaded when a thread fails, not before."""

from _polyproc import standard as _standard


def _print_exception(*args, **kwargs):
    from traceback import print_exception
    print_exception(*args, **kwargs)


_standard.load(globals(), traceback={'print_exception': _print_exception})
