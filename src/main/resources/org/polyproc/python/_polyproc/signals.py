"""Signals of a polyproc process: `_signal`'s handlers, kept for each process instead of for the JVM.

The kernel knows whether a signal ends the process, is ignored or is caught; `deliver` runs the handlers of the caught ones.
It is called in the main thread, between two instructions or while a system call waits (see CPython's `PyErr_CheckSignals`).
GraalPy's `alarm` and `setitimer` send their signal to the JVM, which has no handler for it; here it is the process that gets it.
"""

import _signal
import _thread

from _polyproc import kernel

SIG_DFL = _signal.SIG_DFL
SIG_IGN = _signal.SIG_IGN
SIGINT = 2
SIGKILL = 9
SIGSTOP = 19

# The system call's numbers of what a process does with a signal.
DISPOSITION_DEFAULT, DISPOSITION_IGNORE, DISPOSITION_CATCH = range(3)

# What the kernel delivers beside signals: this process has run for too long.
_OVERTIME = 65

# Of a timer, in seconds: more than any process runs.
_LONGEST = 1 << 33

_handlers = {}
_main_thread = _thread.get_ident()


def signal(signalnum, handler, /):
    """Say what this process does when it gets a signal, and return what it did before.

    handler -- SIG_DFL, SIG_IGN, or what is called in the main thread with the signal's number and None
    """
    if _thread.get_ident() != _main_thread:
        raise ValueError('signal only works in main thread of the main interpreter')
    signum = _check(signalnum)
    if handler == SIG_DFL:
        disposition = DISPOSITION_DEFAULT
    elif handler == SIG_IGN:
        disposition = DISPOSITION_IGNORE
    elif callable(handler):
        disposition = DISPOSITION_CATCH
    else:
        raise TypeError('signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object')
    if signum in (SIGKILL, SIGSTOP):
        raise OSError(22, 'Invalid argument')
    previous = getsignal(signum)
    _handlers[signum] = handler
    kernel.process.setDisposition(signum, disposition)
    return previous


def getsignal(signalnum, /):
    """Return what this process does when it gets a signal."""
    return _handlers.get(_check(signalnum), SIG_DFL)


def raise_signal(signalnum, /):
    """Send a signal to this process."""
    failure = kernel.process.kill(kernel.process.pid(), _check(signalnum))
    if failure:
        import os
        raise OSError(-failure, os.strerror(-failure))


def alarm(seconds, /):
    """Let SIGALRM come after whole seconds, or not at all (0); return in how many it would have come."""
    seconds = seconds.__index__()
    if not -1 << 31 <= seconds < 1 << 31:
        raise OverflowError('signed integer is greater than maximum' if seconds > 0 else 'signed integer is less than minimum')
    before = kernel.process.timerDelay()
    # The C function's argument has no sign.
    kernel.process.setTimer(seconds & 0xffffffff, 0)
    return -int(-before // 1)


class itimer_error(OSError):
    """What a wrong argument of `setitimer` or `getitimer` raises."""

    __module__ = 'signal'


def setitimer(which, seconds, interval=0.0, /):
    """Let SIGALRM come after some seconds, and then again and again if there is an interval; return what was set before."""
    before = getitimer(which)
    seconds, interval = float(seconds), float(interval)
    if not (0 <= seconds < _LONGEST and 0 <= interval < _LONGEST):
        raise itimer_error(22, 'Invalid argument')
    kernel.process.setTimer(seconds, interval)
    return before


def getitimer(which, /):
    """Return in how many seconds SIGALRM comes, and the interval after that."""
    if which.__index__() != _signal.ITIMER_REAL:
        # There are no timers of processor time.
        raise itimer_error(22, 'Invalid argument')
    return kernel.process.timerDelay(), kernel.process.timerInterval()


def _check(signalnum):
    signum = signalnum.__index__()
    if not 1 <= signum < _signal.NSIG:
        raise ValueError('signal number out of range')
    return signum


def deliver():
    """Run the handlers of the signals that wait for this process."""
    while signum := kernel.process.nextSignal():
        if signum == _OVERTIME:
            raise TimeoutError('a program may run for at most %g seconds here' % kernel.process.maxRunTime)
        handler = _handlers.get(signum)
        if callable(handler):
            handler(signum, None)


def retry(call, interrupted):
    """Repeat a system call for as long as it returns `interrupted`, running the handlers in between (PEP 475)."""
    while (result := call()) == interrupted:
        deliver()
    return result


def install():
    """Replace `_signal`'s functions in this context."""
    for function in signal, getsignal, raise_signal, alarm, setitimer, getitimer:
        setattr(_signal, function.__name__, function)
    _signal.ItimerError = itimer_error
    signal(SIGINT, _signal.default_int_handler)
