"""`os.abort`, and `faulthandler`'s functions with which tests crash an interpreter: they end this process as the signal would.

They must not crash the JVM, in which other processes live; GraalPy has none of them.
"""

import faulthandler
import os
import posix

from _polyproc import kernel
from _polyproc.signals import DISPOSITION_DEFAULT

SIGABRT, SIGFPE, SIGSEGV = 6, 8, 11


def crash(signum):
    """Send a signal to this process, without coming back if it is one that ends it."""
    kernel.process.kill(kernel.process.pid(), signum)


def _read_null():
    """End as by an access to address 0."""
    crash(SIGSEGV)


def _sigsegv(release_gil=False, /):
    """End by SIGSEGV."""
    crash(SIGSEGV)


def _sigabrt():
    """End by SIGABRT."""
    crash(SIGABRT)


def _sigfpe():
    """End by SIGFPE."""
    crash(SIGFPE)


def abort():
    """End this process at once by SIGABRT, whatever it does with that signal otherwise."""
    kernel.process.setDisposition(SIGABRT, DISPOSITION_DEFAULT)
    crash(SIGABRT)


def install():
    """Add the functions to their modules in this context."""
    for module in posix, os:
        module.abort = abort
    for function in _read_null, _sigsegv, _sigabrt, _sigfpe:
        setattr(faulthandler, function.__name__, function)
