"""Stands in for CPython's extension module `_multiprocessing`: semaphores of polyproc's kernel.

The rules and error texts are those of CPython's Modules/_multiprocessing/semaphore.c. A semaphore has no name: it lives until
the last process drops it, and processes find it by the number under which they inherited it.
"""

import errno
import os
import time

from _polyproc import kernel
from _polyproc.signals import retry

RECURSIVE_MUTEX, SEMAPHORE = range(2)

# The system call's answers.
_ACQUIRED = 1
_INTERRUPTED = 2
_NOT_OWNER = 1
_TOO_OFTEN = 2

flags = {'HAVE_SEM_OPEN': 1, 'HAVE_SEM_TIMEDWAIT': 1}


def sem_unlink(name, /):
    """Remove a named semaphore; there is none."""
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)


class SemLock:
    """A semaphore, or a lock that its owner can take again, as one process sees it."""

    SEM_VALUE_MAX = 0x7fffffff

    def __init__(self, kind, value, maxvalue, name, unlink):
        if kind not in (RECURSIVE_MUTEX, SEMAPHORE):
            raise ValueError('unrecognized kind')
        if not 0 <= value <= self.SEM_VALUE_MAX:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._open(kernel.semaphore.create(kind == RECURSIVE_MUTEX, value, max(value, maxvalue)), kind, maxvalue)

    def _open(self, call, kind, maxvalue):
        self._call = call
        self._acquire = call.acquire
        self._release = call.release
        self.handle = call.handle()
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = None

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name, /):
        self = cls.__new__(cls)
        self._open(kernel.semaphore.rebuild(handle, kind == RECURSIVE_MUTEX), kind, maxvalue)
        return self

    def acquire(self, block=True, timeout=None):
        """Take a unit; return whether one was free within `timeout` seconds (None: without limit)."""
        if not block:
            seconds = 0
        elif timeout is None:
            seconds = -1
        else:
            seconds = max(float(timeout), 0)
        result = self._acquire(seconds)
        if result == _INTERRUPTED:
            deadline = time.monotonic() + seconds
            result = retry(lambda: self._acquire(seconds if seconds < 0 else max(deadline - time.monotonic(), 0)),
                           _INTERRUPTED)
        return result == _ACQUIRED

    def release(self):
        """Give a unit back."""
        if failure := self._release():
            if failure == _NOT_OWNER:
                raise AssertionError('attempt to release recursive lock not owned by thread')
            raise ValueError('semaphore or lock released too many times')

    def __enter__(self):
        """Take a unit, waiting for it."""
        return self.acquire()

    def __exit__(self, exc_type=None, exc_value=None, exc_tb=None, /):
        """Give the unit back."""
        self.release()

    def _count(self):
        """Return how many units this process took and has not given back."""
        return self._call.count()

    def _is_mine(self):
        """Return whether the calling thread was the last of this process to take a unit, and holds it."""
        return self._call.isMine()

    def _get_value(self):
        """Return how many units are free."""
        return self._call.value()

    def _is_zero(self):
        """Return whether no unit is free."""
        return self._call.value() == 0

    def _after_fork(self):
        """Do nothing: there is no fork, a child opens its own."""
