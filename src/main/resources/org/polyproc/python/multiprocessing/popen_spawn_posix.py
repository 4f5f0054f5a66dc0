"""Stands before `multiprocessing.popen_spawn_posix`: a child is a process of polyproc's kernel.

Differs in how a child is started, signalled and waited for. What the child gets is what CPython's children get: the preparation
data and the pickled process object, see `_polyproc.child`; kernel objects among them are inherited by their numbers.
"""

import os

import _signal

from _polyproc import child, descriptors, kernel
from _polyproc.environment import wait_for

from . import spawn, util
from .context import reduction, set_spawning_popen

__all__ = ['Popen']


def parent_sentinel():
    """Return the sentinel of this process's parent, or None if it has none or its parent has ended."""
    parent = kernel.process.parent()
    return None if parent is None else descriptors.checked(parent.sentinel())


class InheritedDescriptor:
    """Wrapper for the number of a kernel object that the child inherits, one that stands for a file perhaps."""

    def __init__(self, fd):
        self.fd = fd

    def detach(self):
        """Return the number, or the file descriptor of what is a file; the caller has to close it."""
        return descriptors.unwrap_file(descriptors.open_inherited(self.fd))


class _LastPickle:
    """Pickles what is mostly the same as the last time, which has not to be pickled again then."""

    def __init__(self):
        self._obj = self._pickle = None

    def pickle(self, obj):
        """Return the pickle of an object that is not changed any more."""
        if self._pickle is None or obj != self._obj:
            self._pickle = bytes(reduction.ForkingPickler.dumps(obj))
            self._obj = obj
        return self._pickle


_traits = _LastPickle()
_state = _LastPickle()


class Popen:
    """Start a child process with a fresh interpreter."""

    method = 'spawn'
    DupFd = InheritedDescriptor

    def __init__(self, process_obj):
        util._flush_std_streams()
        self.returncode = None
        self._inherited = []
        try:
            traits, state, pickled = self._pickle(process_obj)
            # EAGAIN, what fork(2) says, is a BlockingIOError.
            self._process = descriptors.checked(
                kernel.process.spawn(process_obj._name, traits, state, pickled, self._inherited))
        finally:
            for handle in self._inherited:
                kernel.channel.close(handle)
        self.pid = self._process.pid()
        try:
            self.sentinel = descriptors.checked(self._process.sentinel())
        except OSError:
            self.kill()
            raise
        self._finalizer = util.Finalize(self, _forget, (self._process, self.sentinel))

    def _pickle(self, process_obj):
        preparation = spawn.get_preparation_data(process_obj._name)
        del preparation['name']
        preparation['sys_argv'] = list(preparation['sys_argv'])
        path = preparation.pop('sys_path')
        set_spawning_popen(self)
        try:
            return (_traits.pickle((child.traits(), path)), _state.pickle((child.environ(), preparation)),
                    reduction.ForkingPickler.dumps(process_obj))
        finally:
            set_spawning_popen(None)

    def inherit(self, handle):
        """Let the child hold a kernel object of this process; called while the process object is pickled."""
        # Held until the child holds it: the object that was pickled may be garbage before.
        self._inherited.append(descriptors.checked(kernel.channel.dup(handle)))

    def duplicate_for_child(self, fd):
        """Let the child hold what an fd of this process stands for; return the number under which it finds it."""
        if descriptors.is_kernel_object(fd):
            self.inherit(fd)
        else:
            fd = descriptors.wrap_file(fd)
            self._inherited.append(fd)
        return fd

    def poll(self, flag=os.WNOHANG):
        return self.wait(0)

    def wait(self, timeout=None):
        if self.returncode is None:
            self.returncode = wait_for(self._process, timeout)
            if self.returncode is not None:
                self._process.reap()
        return self.returncode

    def _send_signal(self, signum):
        if self.returncode is None:
            self._process.signal(signum)

    def task(self):
        """Return the message that is the task which the process works on, or worked on when it ended.

        It is empty if the process works on none any more, and None if it never took one.
        """
        task = self._process.task()
        return None if task is None else bytes(task)

    def is_task_overdue(self):
        """Return whether the process was killed because it needed too long for its task."""
        return self._process.isTaskOverdue()

    def terminate(self):
        self._send_signal(_signal.SIGTERM)

    def kill(self):
        self._send_signal(_signal.SIGKILL)

    def close(self):
        self._finalizer()


def _forget(process, sentinel):
    os.close(sentinel)
    process.reap()
