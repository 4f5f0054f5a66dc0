"""Stands before `multiprocessing.queues`: what there is room for is sent by the thread that puts it.

On CPython each process that puts something into a `Queue` has a thread that pickles and sends it, so that `put` never waits for
the pipe. Here `put` pickles, and sends if the pipe has room and nobody else is sending; the thread is started for the first object
for which that is not so, or that can't be pickled, and sends all that come after it. So nearly nothing has to change threads, an
object is pickled as it is when it is put, and what was put before there was a thread is sent even if the process is killed. What
can't be pickled is reported as on CPython, by the thread.

Thread-safe; the order of a thread's objects is kept.
"""

from _polyproc import standard as _standard

_standard.load(globals())

from .reduction import quick_dumps

_standard_pickler = _ForkingPickler


class _Pickled:
    """An object that is pickled already, on its way to the thread that sends it."""

    def __init__(self, data):
        self.data = data


class _ForkingPickler:
    """What the thread pickles with."""

    loads = _standard_pickler.loads

    @staticmethod
    def dumps(obj):
        return obj.data if type(obj) is _Pickled else _standard_pickler.dumps(obj)


def _put(self, obj, block, timeout, count=None):
    """Put an object; `count` is called when it can't fail any more, before somebody can get it."""
    if self._closed:
        raise ValueError(f'Queue {self!r} is closed')
    if not self._sem.acquire(block, timeout):
        raise Full
    try:
        item = _Pickled(quick_dumps(obj))
    except Exception:
        # The thread finds it out once more, and reports it.
        item = obj
    except BaseException:
        self._sem.release()
        raise
    with self._notempty:
        if self._closed:
            self._sem.release()
            raise ValueError(f'Queue {self!r} is closed')
        if self._thread is None and type(item) is _Pickled:
            # Not past those that wait for room: a long message needs an empty pipe.
            if self._wlock.acquire(False):
                try:
                    if count is not None:
                        count()
                        count = None
                    if self._writer.send_now(item.data):
                        self._has_sent = True
                        return
                finally:
                    self._wlock.release()
        if self._thread is None:
            self._start_thread()
        if count is not None:
            count()
        self._buffer.append(item)
        self._notempty.notify()


def _put_of_queue(self, obj, block=True, timeout=None):
    """Put an object into the queue; Full if it has no place within `timeout` seconds (None: without limit)."""
    _put(self, obj, block, timeout)


def _put_of_joinable_queue(self, obj, block=True, timeout=None):
    """Put an object into the queue, see `Queue.put`, and count it as a task that is not done."""
    _put(self, obj, block, timeout, self._count_task)


def _count_task(self):
    with self._cond:
        self._unfinished_tasks.release()


_standard_close = Queue.close


def _close(self):
    """Say that this process puts no more; what it has put is sent."""
    with self._notempty:
        first = not self._closed
        self._closed = True
    _standard_close(self)
    if first and self._has_sent and self._thread is None:
        # What the thread does when it ends.
        self._reader.close()
        self._writer.close()


Queue._has_sent = False
Queue.put = _put_of_queue
Queue.close = _close
JoinableQueue.put = _put_of_joinable_queue
JoinableQueue._count_task = _count_task
