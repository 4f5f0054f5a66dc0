"""Stands in for CPython's extension module `_posixshmem`: shared memory objects of polyproc's kernel.

They are found by every process of the host, or, if the host was told so, are the machine's. The errors are those of shm_open(3).
"""

import os

from _polyproc import kernel

_calls = kernel.memory


def shm_open(path, flags, mode=0o777):
    """Open a shared memory object and return its number, which stands for a file descriptor."""
    return _checked(_calls.openObject(_name(path), flags, mode), path)


def shm_unlink(path):
    """Remove the name of a shared memory object; its memory stays while somebody uses it."""
    _checked(_calls.unlinkObject(_name(path)), path)


def _name(path):
    if not isinstance(path, str):
        raise TypeError('argument \'path\' must be str, not %s' % type(path).__name__)
    if '\0' in path:
        raise ValueError('embedded null character')
    return path


def _checked(result, path):
    if result < 0:
        raise OSError(-result, os.strerror(-result), path)
    return result
