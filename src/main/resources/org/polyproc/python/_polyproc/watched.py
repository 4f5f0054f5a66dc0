"""`_thread`'s locks as locks of the kernel, for runs that look out for deadlocks: the kernel sees which thread waits for which.

Differs from GraalPy's locks in that each is a kernel object, which costs more. The lock that says that a thread has ended
(`_set_sentinel`) is released by the function that the thread executes. Locks of class `RLock` stay GraalPy's; who waits for one of
them counts as able to go on.
"""

import _thread
import time

from _polyproc import kernel, locks
from _polyproc.signals import retry

_ACQUIRED = 1
_INTERRUPTED = 2

_sentinels = {}


class lock:
    """What `threading.Lock()` makes."""

    __slots__ = ('_call', '__weakref__')
    __module__ = '_thread'

    def __init__(self):
        self._call = kernel.semaphore.create(False, 1, 1)

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock; return whether it was free within `timeout` seconds (-1: without limit)."""
        if not blocking:
            if timeout != -1:
                raise ValueError("can't specify a timeout for a non-blocking call")
            return self._call.acquire(0.0) == _ACQUIRED
        if timeout == -1:
            return retry(lambda: self._call.acquire(-1.0), _INTERRUPTED) == _ACQUIRED
        if timeout < 0:
            raise ValueError('timeout value must be a non-negative number')
        if timeout > _thread.TIMEOUT_MAX:
            raise OverflowError('timestamp out of range for platform time_t')
        deadline = time.monotonic() + timeout
        return retry(lambda: self._call.acquire(max(deadline - time.monotonic(), 0.0)), _INTERRUPTED) == _ACQUIRED

    acquire_lock = acquire

    def release(self):
        """Free the lock, whichever thread holds it; RuntimeError if none does."""
        if self._call.release():
            raise RuntimeError('release unlocked lock')

    release_lock = release

    def locked(self):
        """Return whether somebody holds the lock."""
        return self._call.value() == 0

    locked_lock = locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()

    def _at_fork_reinit(self):
        self.__init__()

    __reduce__ = locks.lock.__reduce__

    def __repr__(self):
        return '<%s _thread.lock object at %#x>' % ('locked' if self.locked() else 'unlocked', id(self))


def _set_sentinel():
    """Return a lock that is released when the calling thread ends."""
    sentinel = _sentinels[_thread.get_ident()] = lock()
    return sentinel


_start_native_thread = _thread.start_new_thread


def start_new_thread(function, args, kwargs={}, /):
    """Start a thread that calls a function, and return its identifier."""
    def run(*args, **kwargs):
        kernel.process.threadStarted()
        try:
            function(*args, **kwargs)
        finally:
            sentinel = _sentinels.pop(_thread.get_ident(), None)
            if sentinel is not None and sentinel.locked():
                sentinel.release()
    # Until it executes Python code, the kernel does not know of the thread.
    kernel.process.threadStarts()
    try:
        return _start_native_thread(run, args, kwargs)
    except BaseException:
        kernel.process.threadStarted()
        raise


def install():
    """Replace `_thread`'s locks in this context, before anything imports them."""
    _thread.allocate_lock = _thread.allocate = _thread.LockType = _thread.lock = lock
    _thread._set_sentinel = _set_sentinel
    _thread.start_new_thread = _thread.start_new = start_new_thread
