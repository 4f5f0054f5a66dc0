"""Stands before `multiprocessing.resource_tracker`: the tracker is a small process of polyproc's kernel, written in Java.

One tracker serves all processes of a program, whoever starts it, and it is started when something is registered. Semaphores are
not: they live no longer than the processes that hold them. There is no pipe to the tracker, `_fd` stays None.
"""

import errno as _errno

import _signal

from _polyproc import descriptors as _descriptors, kernel as _kernel, standard as _standard

_standard.load(globals(), signal={'SIGINT': _signal.SIGINT, 'SIGTERM': _signal.SIGTERM})


def _unlink_shared_memory(name):
    from _posixshmem import shm_unlink
    shm_unlink(name)


_CLEANUP_FUNCS['shared_memory'] = _unlink_shared_memory

# The longest request that CPython's tracker reads from its pipe, in bytes.
_MAX_REQUEST = 512


def _ensure_running(self):
    if self._pid is not None and not self._check_alive():
        self._pid = None
        warnings.warn('resource_tracker: process died unexpectedly, relaunching.  Some resources might leak.')
    if self._pid is None:
        self._pid = _descriptors.checked(_kernel.memory.startTracker())


def _check_alive(self):
    return self._pid == _kernel.memory.trackerPid()


def _send(self, cmd, name, rtype):
    if len(('%s:%s:%s\n' % (cmd, name, rtype)).encode('ascii')) > _MAX_REQUEST:
        raise ValueError('msg too long')
    self.ensure_running()
    if cmd == 'UNREGISTER':
        _kernel.memory.untrack(rtype, name)
    elif cmd == 'REGISTER':
        failure = _kernel.memory.track(rtype, name)
        if failure == -_errno.EINVAL:
            raise ValueError('Cannot register %s for automatic cleanup: unknown resource type %s' % (name, rtype))
        _descriptors.checked(failure)


ResourceTracker.ensure_running = _ensure_running
ResourceTracker._check_alive = _check_alive
ResourceTracker._send = _send
ensure_running = _resource_tracker.ensure_running
