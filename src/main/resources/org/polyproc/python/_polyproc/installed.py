"""A main process whose context is the application's: the application evaluates its program, piece by piece."""

import atexit
import sys

from _polyproc import kernel


def install():
    """Do what is left to do for a context that others have made and may have used."""
    # GraalPy 25.0 has none; children inherit them.
    if not hasattr(sys, '_xoptions'):
        sys._xoptions = {}
    # Called last, after what `multiprocessing` does at exit.
    atexit.register(release)


def release():
    """End the process with its context."""
    kernel.process.release()
