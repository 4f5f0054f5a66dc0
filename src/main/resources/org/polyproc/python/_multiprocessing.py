"""Stands in for CPython's extension module `_multiprocessing`: semaphores of polyproc's kernel.

The rules and error texts are those of CPython's Modules/_multiprocessing/semaphore.c. A semaphore without a name, which is what
`multiprocessing` makes here, lives until the last process drops it; processes find it by the number under which they inherited
it.
"""

import errno
import os
import time
from _operator import index

from _polyproc import kernel
from _polyproc.descriptors import checked
from _polyproc.signals import retry

RECURSIVE_MUTEX, SEMAPHORE = range(2)

# The system call's answers.
_ACQUIRED = 1
_INTERRUPTED = 2
_NOT_OWNER = 1
_TOO_OFTEN = 2

# The registers, reading which is a system call without GraalPy's expense of one.
_ACQUIRE = 0
_RELEASE = 1

flags = {'HAVE_SEM_OPEN': 1, 'HAVE_SEM_TIMEDWAIT': 1}


# Without what glibc puts before it to make a file of it.
_NAME_MAX = 251


def _error(code):
    return OSError(code, os.strerror(code))


def _int(number):
    number = index(number)
    if not -1 << 31 <= number < 1 << 31:
        raise OverflowError('Python int too large to convert to C int')
    return number


def _seconds(timeout):
    if not hasattr(timeout, '__float__') and not hasattr(timeout, '__index__'):
        raise TypeError('must be real number, not ' + type(timeout).__name__)
    return max(float(timeout), 0)


def _key(name, what):
    """Return what the kernel knows a name by: as glibc has it, without its first slashes."""
    if not isinstance(name, str):
        raise TypeError('%s must be str, not %s' % (what, 'None' if name is None else type(name).__name__))
    if '\0' in name:
        raise ValueError('embedded null character')
    return name.lstrip('/')


def sem_unlink(name, /):
    """Remove the name of a semaphore, which lives on until the last process drops it."""
    if not kernel.semaphore.unlink(_key(name, 'sem_unlink() argument')):
        raise _error(errno.ENOENT)


class SemLock:
    """A semaphore, or a lock that its owner can take again, as one process sees it."""

    SEM_VALUE_MAX = 0x7fffffff

    def __init__(self, kind, value, maxvalue, name, unlink):
        """Make a semaphore; with a name, unless that is None or `unlink` is true, for others to open."""
        kind, value, maxvalue = _int(kind), _int(value), _int(maxvalue)
        if kind not in (RECURSIVE_MUTEX, SEMAPHORE):
            raise ValueError('unrecognized kind')
        if value < 0:
            raise _error(errno.EINVAL)
        arguments = kind == RECURSIVE_MUTEX, value, max(value, maxvalue)
        if name is None:
            call = checked(kernel.semaphore.create(*arguments))
        else:
            key = _key(name, "SemLock() argument 'name'")
            if not key or '/' in key:
                raise _error(errno.EINVAL)
            if len(os.fsencode(key)) > _NAME_MAX:
                raise _error(errno.ENAMETOOLONG)
            call = checked(kernel.semaphore.createNamed(*arguments, key))
            if unlink:
                kernel.semaphore.unlink(key)
        self._open(call, kind, maxvalue, None if unlink else name)

    def _open(self, call, kind, maxvalue, name):
        self._call = call
        self._acquire = call.acquire
        self._registers = memoryview(call.registers())
        self.handle = call.handle()
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = name

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name, /):
        self = cls.__new__(cls)
        if name is None:
            call = kernel.semaphore.rebuild(handle, kind == RECURSIVE_MUTEX)
        else:
            call = kernel.semaphore.openNamed(_key(name, "SemLock() argument 'name'"), kind == RECURSIVE_MUTEX)
        self._open(checked(call), kind, maxvalue, name)
        return self

    def __reduce_ex__(self, protocol, /):
        """Refuse to be pickled: `multiprocessing.synchronize` knows how a child gets it."""
        raise TypeError("cannot pickle '%s.%s' object" % (type(self).__module__, type(self).__qualname__))

    def acquire(self, block=True, timeout=None):
        """Take a unit; return whether one was free within `timeout` seconds (None: without limit)."""
        if timeout is None:
            if self._registers[_ACQUIRE]:
                return True
            if not block:
                return False
            seconds = -1
        else:
            seconds = _seconds(timeout)
            if not block:
                seconds = 0
        begin = time.monotonic()
        result = self._acquire(seconds)
        if result == _INTERRUPTED:
            deadline = begin + seconds
            result = retry(lambda: self._acquire(seconds if seconds < 0 else max(deadline - time.monotonic(), 0)),
                           _INTERRUPTED)
        return result == _ACQUIRED

    def release(self):
        """Give a unit back."""
        failure = self._registers[_RELEASE]
        if failure:
            self._refuse(failure)

    @staticmethod
    def _refuse(failure):
        if failure == _NOT_OWNER:
            raise AssertionError('attempt to release recursive lock not owned by thread')
        raise ValueError('semaphore or lock released too many times')

    def __enter__(self):
        """Take a unit, waiting for it."""
        return self._registers[_ACQUIRE] == 1 or self.acquire()

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
