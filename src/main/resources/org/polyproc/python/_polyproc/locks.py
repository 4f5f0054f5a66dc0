"""`_thread`'s locks, which in GraalPy 25.0 forgive the release of a lock that is not held, and can then be held twice."""

import _thread

from _polyproc import kernel

_allocate_native_lock = _thread.allocate_lock


class lock:
    """What `threading.Lock()` makes: GraalPy's lock, and a release that refuses what is free."""

    __slots__ = ('_native', 'acquire', 'acquire_lock', 'locked', 'locked_lock', '__weakref__')
    __module__ = '_thread'

    def __init__(self):
        self._open(_allocate_native_lock())

    def _open(self, native):
        self._native = native
        self.acquire = self.acquire_lock = native.acquire
        self.locked = self.locked_lock = native.locked

    def release(self):
        """Free the lock, whichever thread holds it; RuntimeError if none does."""
        if not self._native.locked():
            raise RuntimeError('release unlocked lock')
        self._native.release()

    release_lock = release

    def __enter__(self):
        return self._native.acquire()

    def __exit__(self, *exc_info):
        self.release()

    def _at_fork_reinit(self):
        self._open(_allocate_native_lock())

    def __reduce__(self):
        raise TypeError("cannot pickle '_thread.lock' object")

    def __repr__(self):
        return '<%s _thread.lock object at %#x>' % ('locked' if self._native.locked() else 'unlocked', id(self))


def install():
    """Replace `_thread`'s locks in this context, before anything imports them."""
    if kernel.process.isWatched():
        from _polyproc import watched
        watched.install()
        return
    # `threading.Lock` is this class and is pickled by its name, `_thread.lock`, which CPython 3.13 has too.
    _thread.allocate_lock = _thread.allocate = _thread.LockType = _thread.lock = lock
