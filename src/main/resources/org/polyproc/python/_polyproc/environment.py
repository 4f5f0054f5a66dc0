"""What the builtin modules get wrong for a process inside a JVM, mended in every context.

`posix`/`os`: `getpid`, `getppid`, `kill`, `waitpid` and `_exit` are about polyproc's processes, not the JVM; `isatty` knows each
standard stream, `sysconf` that semaphores have no limit, and `strerror` what Linux says. `time`: `sleep` waits in the kernel; GraalPy 25.0's own ends the sleep of a
whole number of seconds with a busy wait until the next full second, and turns any sleep into a busy wait when an action is
submitted to its thread. `gc`: the thresholds of CPython's collector, which GraalPy lacks, can be set and asked for; the JVM's
collector decides by itself.
"""

import errno
import gc
import os
import posix
import sys
import time
from _operator import index

from _polyproc import kernel
from _polyproc.signals import retry

# In seconds: what fits into 64 bits of nanoseconds (CPython's `_PyTime_t`).
LONGEST_SLEEP = (1 << 63) // 10**9


def getpid():
    """Return the number of this process."""
    return kernel.process.pid()


def getppid():
    """Return the number of the parent, 1 if it has ended."""
    return kernel.process.ppid()


def _exit(status):
    """End this process at once, with the lowest eight bits of an exit code and without any clean-up."""
    kernel.process.exit(status & 0xff)


_thresholds = (700, 10, 10)


def get_threshold():
    """Return the thresholds that were set last."""
    return _thresholds


def set_threshold(threshold0, threshold1=10, threshold2=10, /):
    """Keep the thresholds for `get_threshold`."""
    global _thresholds
    _thresholds = index(threshold0), index(threshold1), index(threshold2)


def install():
    """Replace the builtin functions in this context."""
    for function in get_threshold, set_threshold:
        setattr(gc, function.__name__, function)
    replace(posix, 'kill', make_kill(posix.kill))
    replace(posix, 'waitpid', make_waitpid(posix.waitpid))
    replace(posix, 'isatty', make_isatty(posix.isatty))
    replace(posix, 'strerror', make_strerror(posix.strerror))
    replace(posix, 'sysconf', make_sysconf(posix.sysconf))
    for function in getpid, getppid, _exit:
        replace(posix, function.__name__, function)
    time.sleep = Sleep()
    for descriptor, stream in enumerate((sys.stdin, sys.stdout, sys.stderr)):
        if kernel.process.isTerminal(descriptor):
            stream.isatty = lambda: True


def replace(module, name, function):
    setattr(module, name, function)
    setattr(os, name, function)


def make_kill(other_kill):
    def kill(pid, signal, /):
        """Send a signal to a process of this host, or else of the operating system."""
        result = kernel.process.kill(_int(pid), _int(signal))
        if result == -errno.ESRCH:
            other_kill(pid, signal)
        elif result:
            raise OSError(-result, os.strerror(-result))
    return kill


def _int(number):
    number = index(number)
    if number >= 1 << 31:
        raise OverflowError('signed integer is greater than maximum')
    if number < -1 << 31:
        raise OverflowError('signed integer is less than minimum')
    return number


def wait_for(process, timeout):
    """Wait for a process of this host; return its exit code, or None after `timeout` seconds (None: without limit)."""
    if timeout is None:
        code = retry(lambda: process.waitFor(-1), _INTERRUPTED)
    else:
        deadline = time.monotonic() + timeout
        code = retry(lambda: process.waitFor(max(deadline - time.monotonic(), 0)), _INTERRUPTED)
    return None if code == _RUNNING else code


def make_waitpid(other_waitpid):
    def waitpid(pid, options, /):
        """Wait for a child, of this host or else of the operating system; return its number and its status."""
        child = kernel.process.child(index(pid)) if pid > 0 else None
        if child is None:
            try:
                return other_waitpid(pid, options)
            except ProcessLookupError:
                raise ChildProcessError(errno.ECHILD, os.strerror(errno.ECHILD)) from None
        code = wait_for(child, 0 if options & os.WNOHANG else None)
        if code is None:
            return 0, 0
        child.reap()
        # As `os.waitstatus_to_exitcode` and its like read it on the `java` backend: 128 and more stands for a signal.
        return pid, 128 - code if code < 0 else code
    return waitpid


def make_isatty(other_isatty):
    def isatty(fd, /):
        """Return whether a file descriptor is a terminal."""
        return kernel.process.isTerminal(fd) if 0 <= fd <= 2 else other_isatty(fd)
    return isatty


# `ChildProcess.waitFor`'s answers beside exit codes.
_RUNNING = 0x7fffffff
_INTERRUPTED = 0x7ffffffe

# Linux's texts where GraalPy has others, or none.
_ERRORS = {
    0: 'Success', 5: 'Input/output error', 9: 'Bad file descriptor', 10: 'No child processes', 11: 'Resource temporarily unavailable',
    12: 'Cannot allocate memory', 18: 'Invalid cross-device link', 23: 'Too many open files in system',
    25: 'Inappropriate ioctl for device', 33: 'Numerical argument out of domain', 34: 'Numerical result out of range',
    36: 'File name too long', 38: 'Function not implemented', 39: 'Directory not empty', 90: 'Message too long', 98: 'Address already in use',
    104: 'Connection reset by peer', 110: 'Connection timed out', 111: 'Connection refused',
}


def make_strerror(other_strerror):
    def strerror(code, /):
        """Return Linux's text for an error number."""
        if code in _ERRORS:
            return _ERRORS[code]
        # GraalPy knows the first 34; others are an internal error there.
        return other_strerror(code) if 0 < code < 35 else 'Unknown error %d' % code
    return strerror


def make_sysconf(other_sysconf):
    def sysconf(name, /):
        """Return a limit or property of the system, by its name."""
        if name == 'SC_SEM_NSEMS_MAX':
            return -1  # As on Linux: there is no limit on semaphores.
        return other_sysconf(name)
    return sysconf


class Sleep:
    """`time.sleep`, which as a builtin function binds to no object and has no attributes."""

    __slots__ = ()
    __module__, __name__, __qualname__ = 'time', 'sleep', 'sleep'

    def __call__(self, seconds, /):
        """Wait in the kernel; signal handlers run meanwhile."""
        if not isinstance(seconds, float):
            seconds = index(seconds)
        if seconds < 0:
            raise ValueError('sleep length must be non-negative')
        if seconds != seconds:
            raise ValueError('Invalid value NaN (not a number)')
        if seconds > LONGEST_SLEEP:
            raise OverflowError('timestamp out of range for platform time_t')
        begin = time.monotonic()
        if kernel.process.sleep(seconds):
            deadline = begin + seconds
            retry(lambda: kernel.process.sleep(deadline - time.monotonic()), True)

    def __repr__(self):
        return '<built-in function sleep>'

    def __reduce__(self):
        return 'sleep'
