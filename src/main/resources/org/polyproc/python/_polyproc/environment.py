"""What the builtin modules get wrong for a process inside a JVM, mended in every context.

`posix`/`os`: `getpid`, `getppid`, `kill` and `_exit` are about polyproc's process, not the JVM; `isatty` knows each standard
stream. `time`: `sleep` of a whole number of seconds, which GraalPy 25.0 ends with a busy wait until the next full second.
"""

import os
import posix
import sys
import time

from _polyproc import kernel


def getpid():
    """Return the current process id."""
    return kernel.process.pid()


def getppid():
    """Return the parent's process id."""
    return kernel.process.ppid()


def _exit(status):
    """Exit to the system with specified status, without normal exit processing."""
    kernel.process.exit(status & 0xff)


def install():
    """Replace the builtin functions in this context."""
    replace(posix, 'kill', make_kill(posix.kill))
    replace(posix, 'isatty', make_isatty(posix.isatty))
    for function in getpid, getppid, _exit:
        replace(posix, function.__name__, function)
    time.sleep = make_sleep(time.sleep)
    for descriptor, stream in enumerate((sys.stdin, sys.stdout, sys.stderr)):
        if kernel.process.isTerminal(descriptor):
            stream.isatty = lambda: True


def replace(module, name, function):
    setattr(module, name, function)
    setattr(os, name, function)


def make_kill(other_kill):
    def kill(pid, signal, /):
        """Kill a process with a signal."""
        if kernel.process.kill(pid, int(signal)):
            other_kill(pid, signal)
    return kill


def make_isatty(other_isatty):
    def isatty(fd, /):
        """Return True if the fd is connected to a terminal."""
        return kernel.process.isTerminal(fd) if 0 <= fd <= 2 else other_isatty(fd)
    return isatty


def make_sleep(other_sleep):
    def sleep(seconds, /):
        """Delay execution for a given number of seconds, which may be a fraction."""
        other_sleep(float(seconds) if isinstance(seconds, int) else seconds)
    return sleep
