"""Clocks of processor time: `time.process_time` and its like, `time.clock_gettime` and `os.times`.

GraalPy 25.0's `process_time` is the time since the start without the time slept, it has neither `clock_gettime` nor `os.times`,
and the JVM's processor time is that of all processes. Here a process's time is that of its own threads; what the JVM's
compiler and garbage collector do for it does not count.
"""

import os
import posix
import time

from _polyproc import kernel, structs

CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID = range(4)

times_result = structs.define('times_result', 'posix', """What os.times() returns: seconds, as a tuple and by name.""", (
    'user', 'system', 'children_user', 'children_system', 'elapsed'))


def process_time_ns():
    """Return the processor time of this process's threads, in nanoseconds."""
    return kernel.process.cpuTime()


def process_time():
    """Return the processor time of this process's threads, in seconds."""
    return kernel.process.cpuTime() / 1e9


def thread_time_ns():
    """Return the processor time of the calling thread, in nanoseconds."""
    return kernel.process.threadCpuTime()


def thread_time():
    """Return the processor time of the calling thread, in seconds."""
    return kernel.process.threadCpuTime() / 1e9


def clock_gettime_ns(clk_id, /):
    """Return what one of the `CLOCK_` clocks says, in nanoseconds."""
    try:
        return _CLOCKS[clk_id]()
    except KeyError:
        import errno
        raise OSError(errno.EINVAL, 'Invalid argument') from None


def clock_gettime(clk_id, /):
    """Return what one of the `CLOCK_` clocks says, in seconds."""
    return clock_gettime_ns(clk_id) / 1e9


def times():
    """Return the processor times of this process and of its ended children, and the time that has passed, in seconds.

    All processor time counts as the user's: what the system does for a thread is not told apart.
    """
    return tuple.__new__(times_result, (process_time(), 0.0, kernel.process.childrenCpuTime() / 1e9, 0.0, time.monotonic()))


_CLOCKS = {
    CLOCK_REALTIME: time.time_ns,
    CLOCK_MONOTONIC: time.monotonic_ns,
    CLOCK_PROCESS_CPUTIME_ID: process_time_ns,
    CLOCK_THREAD_CPUTIME_ID: thread_time_ns,
}


def install():
    """Replace the builtin functions in this context, and add those that are missing."""
    for function in process_time, process_time_ns, thread_time, thread_time_ns, clock_gettime, clock_gettime_ns:
        setattr(time, function.__name__, function)
    for name in 'CLOCK_REALTIME', 'CLOCK_MONOTONIC', 'CLOCK_PROCESS_CPUTIME_ID', 'CLOCK_THREAD_CPUTIME_ID':
        setattr(time, name, globals()[name])
    for module in posix, os:
        module.times = times
        module.times_result = times_result
