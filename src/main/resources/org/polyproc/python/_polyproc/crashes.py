"""`faulthandler`'s functions with which tests crash an interpreter: they end this process as the signal would.

They must not crash the JVM, in which other processes live; GraalPy has none of them.
"""

import faulthandler

from _polyproc import kernel

SIGABRT, SIGFPE, SIGSEGV = 6, 8, 11


def crash(signum):
    """Send a signal to this process, without coming back if it is one that ends it."""
    kernel.process.kill(kernel.process.pid(), signum)


def _read_null():
    """Dereference a NULL pointer, raise a SIGSEGV signal."""
    crash(SIGSEGV)


def _sigsegv(release_gil=False, /):
    """Raise a SIGSEGV signal."""
    crash(SIGSEGV)


def _sigabrt():
    """Raise a SIGABRT signal."""
    crash(SIGABRT)


def _sigfpe():
    """Raise a SIGFPE signal."""
    crash(SIGFPE)


def install():
    """Add the functions to `faulthandler` in this context."""
    for function in _read_null, _sigsegv, _sigabrt, _sigfpe:
        setattr(faulthandler, function.__name__, function)
