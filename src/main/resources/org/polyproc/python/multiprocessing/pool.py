"""Stands before `multiprocessing.pool`: mends what GraalPy makes of it.

A pool has as many workers as there are processors, which GraalPy lowers. A `ThreadPool` hands exceptions from thread to thread:
GraalPy 25.0 fails with an internal error where a traceback's frame is asked for that is still on the stack of another thread
and that nobody asked for there, so each thread asks for the frames before it hands an exception on.
"""

import queue as _queue

from _polyproc import standard as _standard

_standard.load(globals())

_standard_init = Pool.__init__


def _init(self, processes=None, *args, **kwargs):
    _standard_init(self, os.cpu_count() or 1 if processes is None else processes, *args, **kwargs)


Pool.__init__ = _init


def _ask_for_frames(error):
    traceback = error.__traceback__
    while traceback is not None:
        traceback.tb_frame
        traceback = traceback.tb_next


class _TaskQueue(_queue.SimpleQueue):
    """Takes tasks; the task of raising an exception has one from this thread."""

    def put(self, task, *args, **kwargs):
        if task is not None and task[2] is _helper_reraises_exception:
            _ask_for_frames(task[3][0])
        super().put(task, *args, **kwargs)


class _ResultQueue(_queue.SimpleQueue):
    """Takes results; one that is a failure has an exception from this thread."""

    def put(self, item, *args, **kwargs):
        if item is not None and not item[2][0]:
            _ask_for_frames(item[2][1])
        super().put(item, *args, **kwargs)


def _setup_queues(self):
    self._inqueue = _TaskQueue()
    self._outqueue = _ResultQueue()
    self._quick_put = self._inqueue.put
    self._quick_get = self._outqueue.get


ThreadPool._setup_queues = _setup_queues
