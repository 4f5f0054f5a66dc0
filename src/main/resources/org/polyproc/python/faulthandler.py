"""Stands before `faulthandler`: the functions with which tests crash an interpreter end this process as the signal would.

They must not crash the JVM, in which other processes live.
"""

from _polyproc import kernel as _kernel, standard as _standard

_standard.load(globals())


def _crash(signum):
    _kernel.process.kill(_kernel.process.pid(), signum)
    _kernel.process.sleep(_FOR_EVER)


_FOR_EVER = float('inf')


def _read_null():
    """Dereference a NULL pointer, raise a SIGSEGV signal."""
    _crash(11)


def _sigsegv(release_gil=False, /):
    """Raise a SIGSEGV signal."""
    _crash(11)


def _sigabrt():
    """Raise a SIGABRT signal."""
    _crash(6)


def _sigfpe():
    """Raise a SIGFPE signal."""
    _crash(8)
