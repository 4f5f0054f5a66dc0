"""Stands before `multiprocessing.resource_tracker`: polyproc's kernel remembers the names that a program has to remove.

There is no process for it and nothing to start: the kernel removes what is left when the last process of the program has ended,
and writes CPython's warning. `_pid` and `_fd` stay None.
"""

import _signal

from _polyproc import kernel as _kernel, standard as _standard

_standard.load(globals(), signal={'SIGINT': _signal.SIGINT, 'SIGTERM': _signal.SIGTERM})


def _unlink_shared_memory(name):
    from _posixshmem import shm_unlink
    shm_unlink(name)


_CLEANUP_FUNCS['shared_memory'] = _unlink_shared_memory

# The longest request that CPython's tracker reads from its pipe, in bytes.
_MAX_REQUEST = 512


def _send(self, cmd, name, rtype):
    if len(('%s:%s:%s\n' % (cmd, name, rtype)).encode('ascii')) > _MAX_REQUEST:
        raise ValueError('msg too long')
    if cmd == 'UNREGISTER':
        _kernel.memory.untrack(rtype, name)
    elif cmd == 'REGISTER' and not _kernel.memory.track(rtype, name):
        raise ValueError('Cannot register %s for automatic cleanup: unknown resource type %s' % (name, rtype))


ResourceTracker._send = _send
ResourceTracker.ensure_running = lambda self: None
ResourceTracker._check_alive = lambda self: True
ensure_running = _resource_tracker.ensure_running
