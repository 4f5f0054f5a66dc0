"""`_thread.start_new_thread`, which asks the kernel first: the threads of all processes together are limited.

A program that gets round this and has more threads than allowed is killed by the kernel.
"""

import _thread

from _polyproc import kernel


def make_start(other_start):
    def start_new_thread(function, args, kwargs={}, /):
        """Start a new thread and return its identifier; RuntimeError if there are too many."""
        if not kernel.process.requestThread():
            raise RuntimeError("can't start new thread")
        try:
            return other_start(function, args, kwargs)
        except MemoryError:
            # The JVM got no thread of the operating system.
            kernel.process.cancelThread()
            raise RuntimeError("can't start new thread") from None
        except BaseException:
            kernel.process.cancelThread()
            raise
    return start_new_thread


def install():
    """Replace `_thread`'s function in this context, before anything imports it."""
    _thread.start_new_thread = _thread.start_new = make_start(_thread.start_new_thread)
