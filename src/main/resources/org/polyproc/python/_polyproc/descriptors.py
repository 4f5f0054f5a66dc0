"""Kernel objects by their numbers: channels, listeners, sentinels and shared memory, which on CPython are file descriptors.

Their numbers are above those of all file descriptors, so `os.close`, `os.read`, `os.write` and `os.dup` know which is meant;
`os.listdir('/proc/self/fd')` lists both, and not what the JVM has open.
System calls answer as Linux's do: a negative number is an error's, and EINTR wants Python's signal handlers to run (PEP 475).
"""

import errno
import os
import posix

from _polyproc import kernel
from _polyproc.signals import retry

FIRST = kernel.channel.firstNumber

# The folders in which Linux shows a process its descriptors, and how many of a process are looked for there.
_FOLDERS = '/proc/self/fd', '/dev/fd'
_MAX_FILES = 1024

# A regular file that its owner can read and write.
_SHARED_MEMORY_MODE = 0o100600

_calls = kernel.channel


def is_kernel_object(number):
    """Return whether a number is one of a kernel object, open or not."""
    return type(number) is int and number >= FIRST


def checked(result):
    """Return a system call's result; raise the OSError that a negative one stands for."""
    if type(result) is int and result < 0:
        raise OSError(-result, os.strerror(-result))
    return result


def call(function, *arguments):
    """Make a system call, again after each signal."""
    return checked(retry(lambda: function(*arguments), -errno.EINTR))


def wait(numbers, timeout):
    """Wait until some kernel objects are ready and return their numbers; after `timeout` seconds (None: without limit), none."""
    from time import monotonic
    if timeout is None:
        return set(call(_calls.poll, numbers, -1))
    deadline = monotonic() + timeout
    return set(call(lambda: _calls.poll(numbers, max(deadline - monotonic(), 0))))


def open_inherited(number):
    """Take hold of an object that this process inherited; return its number, which the caller has to close."""
    return checked(_calls.open(number))


def wrap_file(fd):
    """Return the number of a kernel object, which the caller has to close, that stands for an open file and can be passed on."""
    return _checked_file(kernel.file.wrap(fd))


def unwrap_file(number):
    """Return a file descriptor if a kernel object stands for an open file, and give the object back; else return its number."""
    return _checked_file(kernel.file.unwrap(number))


def _checked_file(result):
    if result == -errno.ENOSYS:
        raise ValueError('file descriptors can be passed on with GraalPy\'s POSIX backend "java" only, and on the module path '
                         'the JVM needs --add-opens=org.graalvm.py/com.oracle.graal.python.runtime=org.polyproc')
    return checked(result)


def bad_number():
    """Raise what the number of no open object deserves."""
    raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def install():
    """Replace the functions of `posix` in this context."""
    for function in make_close(posix.close), make_read(posix.read), make_write(posix.write), make_dup(posix.dup), \
            make_ftruncate(posix.ftruncate), make_fstat(posix.fstat), make_listdir(posix.listdir):
        setattr(posix, function.__name__, function)
        setattr(os, function.__name__, function)


def make_close(other_close):
    def close(fd):
        """Close a file descriptor, or give a hold on a kernel object back."""
        if is_kernel_object(fd):
            checked(_calls.close(fd))
        else:
            other_close(fd)
    return close


def make_read(other_read):
    def read(fd, length, /):
        """Return at most `length` bytes of a file or channel, none at its end."""
        if is_kernel_object(fd):
            return bytes(call(_calls.read, fd, length))
        return other_read(fd, length)
    return read


def make_write(other_write):
    def write(fd, data, /):
        """Write bytes to a file or channel; return how many were written."""
        if is_kernel_object(fd):
            return call(_calls.write, fd, data)
        return other_write(fd, data)
    return write


def make_dup(other_dup):
    def dup(fd, /):
        """Return another descriptor of the same file, or take hold of a kernel object once more."""
        return checked(_calls.dup(fd)) if is_kernel_object(fd) else other_dup(fd)
    return dup


def make_ftruncate(other_ftruncate):
    def ftruncate(fd, length, /):
        """Set the size of a file; that of a shared memory object can be set once."""
        if is_kernel_object(fd):
            checked(kernel.memory.resize(fd, length))
        else:
            other_ftruncate(fd, length)
    return ftruncate


def make_fstat(other_fstat):
    def fstat(fd):
        """Return the status of a file; that of a shared memory object has its size and its kind."""
        if is_kernel_object(fd):
            size = checked(kernel.memory.size(fd))
            return os.stat_result((_SHARED_MEMORY_MODE, 0, 0, 1, os.getuid(), os.getgid(), size, 0, 0, 0))
        return other_fstat(fd)
    return fstat


def make_listdir(other_listdir):
    def listdir(path=None):
        """Return the names in a folder; the folder of descriptors has those of this process."""
        if path in _FOLDERS:
            # One more is open while Linux lists the folder.
            files = [number for number in range(_MAX_FILES) if is_open(number)]
            listing = next(number for number in range(_MAX_FILES + 1) if number not in files)
            return [str(number) for number in (*files, listing, *_calls.numbers())]
        return other_listdir() if path is None else other_listdir(path)
    return listdir


def is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
