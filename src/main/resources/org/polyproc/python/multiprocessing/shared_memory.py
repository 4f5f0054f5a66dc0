"""Stands before `multiprocessing.shared_memory`: the memory is that of polyproc's kernel, see `_posixshmem`.

Differs in that the memory is mapped as long as a view of it is reachable: `close()` releases `buf`, and views derived from it that
still exist keep working, where CPython refuses to close. `track` is that of CPython 3.13.
"""

import builtins as _builtins

from _polyproc import kernel as _kernel, standard as _standard
from _polyproc.descriptors import checked as _checked


class _Mapping:
    """A mapped shared memory object."""

    def __init__(self, fd, length):
        self.buffer = _checked(_kernel.memory.map(fd, length)).buffer()

    def close(self):
        self.buffer = None


class mmap:
    """What of the module `mmap` is used here."""

    mmap = _Mapping


def memoryview(mapping):
    """Return a view of mapped memory."""
    return _builtins.memoryview(mapping.buffer)


_mmap = mmap
_standard.load(globals(), mmap={}, secrets={})
mmap = _mmap

_standard_init = SharedMemory.__init__


def _init(self, name=None, create=False, size=0, *, track=True):
    _standard_init(self, name, create, size)
    # What is mapped stays mapped; nobody calls `__del__` here, which would close this.
    os.close(self._fd)
    self._fd = -1
    if not track:
        resource_tracker.unregister(self._name, 'shared_memory')


SharedMemory.__init__ = _init
