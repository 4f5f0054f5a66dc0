"""Stands before `multiprocessing.pool`: a task whose worker dies fails, and the pool goes on.

CPython's pool waits for ever for the result of a task whose worker died, and hangs altogether if the worker held one of the locks
of its queues. Here these queues need no lock, since the kernel reads and writes messages whole, and the kernel knows which task a
process works on, from the moment it is taken from the queue until its result is in the other one. The task that was lost gets a
`WorkerLostError`. When workers die before they take a task (a failing initializer, for one), CPython's pool makes new ones for
ever; here the tasks that are waiting fail after a while.

A pool has as many workers as there are processors, which GraalPy lowers. A `ThreadPool` hands exceptions from thread to thread:
GraalPy 25.0 fails with an internal error where a traceback's frame is asked for that is still on the stack of another thread
and that nobody asked for there, so each thread asks for the frames before it hands an exception on.
"""

import queue as _queue
import signal as _signal

from _polyproc import standard as _standard

_standard.load(globals())

from . import connection
from .context import ProcessError
from .reduction import ForkingPickler

_standard_init = Pool.__init__


def _init(self, processes=None, *args, **kwargs):
    _standard_init(self, os.cpu_count() or 1 if processes is None else processes, *args, **kwargs)


Pool.__init__ = _init


class WorkerLostError(ProcessError):
    """The worker of a task ended before it had a result."""


# How many workers may end, one after the other, before they take a task, for each worker that the pool has.
_FRUITLESS_STARTS = 2


class _SendingQueue:
    """What `SimpleQueue` is, without locks."""

    def __init__(self):
        self._reader, self._writer = connection.Pipe(duplex=False)

    def empty(self):
        return not self._reader.poll()

    def close(self):
        self._reader.close()
        self._writer.close()


class _ProcessTasks(_SendingQueue):
    """Tasks for worker processes. A message is a task's name, a line end and the pickled task; None has no name."""

    def put(self, task):
        name = b'' if task is None else _name(task).encode(errors='replace')
        self._writer.send_bytes(name + b'\n' + bytes(ForkingPickler.dumps(task)))

    def get(self):
        return ForkingPickler.loads(self._reader.receive_task().partition(b'\n')[2])

    def discard(self):
        """Take all tasks that are waiting and yield their names."""
        while (message := self._reader.receive_now()) is not None:
            if name := message.partition(b'\n')[0].decode():
                yield name


def _name(task):
    """Return a name for a task: the numbers of its job and of the task in it, and the name of its function."""
    job, index, function, arguments, _ = task
    if function in (mapstar, starmapstar):
        function = arguments[0][0]
    return '%d:%d:%s' % (job, index, getattr(function, '__qualname__', type(function).__qualname__))


class _ProcessResults(_SendingQueue):
    """Results of worker processes, which have closed the reading end, and of the pool itself."""

    def put(self, result):
        send = self._writer.finish_task if self._reader.closed else self._writer.send_bytes
        send(ForkingPickler.dumps(result))

    def get(self):
        return self._reader.recv()


class _Workers(list):
    """The workers of a pool, and what has to be known when one of them ends."""

    def __init__(self, tasks, results):
        self.fruitless = 0
        self.tasks = tasks
        self.results = results

    def take_note(self, worker):
        """Take note of the end of a worker: fail what it worked on, and what no worker comes to take."""
        task = worker._popen.task()
        if task:
            self.fail(task, '%s while it worked on' % _describe(worker))
        self.fruitless = self.fruitless + 1 if task is None and worker.exitcode else 0
        if self.fruitless >= _FRUITLESS_STARTS * len(self):
            for task in self.tasks.discard():
                self.fail(task, '%s, as those before it did, before it took' % _describe(worker))

    def fail(self, task, reason):
        job, index, function = task.split(':', 2)
        error = WorkerLostError('%s task %s of job %s, %s' % (reason, index, job, function))
        # The thread that handles results is the one to set it.
        self.results.put((int(job), int(index), (False, error)))


def _describe(worker):
    code = worker.exitcode
    if code < 0:
        return 'the worker %s (pid %d) was ended by %s' % (worker.name, worker.pid, _signal.Signals(-code).name)
    return 'the worker %s (pid %d) ended with exit code %d' % (worker.name, worker.pid, code)


def _setup_process_queues(self):
    self._inqueue = _ProcessTasks()
    self._outqueue = _ProcessResults()
    self._pool = _Workers(self._inqueue, self._outqueue)
    self._quick_put = self._inqueue.put
    self._quick_get = self._outqueue.get


_standard_join_exited_workers = Pool._join_exited_workers


def _join_exited_workers(pool):
    if not isinstance(pool, _Workers):
        return _standard_join_exited_workers(pool)
    exited = [worker for worker in pool if worker.exitcode is not None]
    for worker in exited:
        pool.take_note(worker)
        worker.join()
        pool.remove(worker)
    return bool(exited)


def _help_stuff_finish(inqueue, task_handler, size):
    # The task handler may be waiting for room.
    while task_handler.is_alive() and not inqueue.empty():
        for _ in inqueue.discard():
            pass
        time.sleep(0)


Pool._setup_queues = _setup_process_queues
Pool._join_exited_workers = staticmethod(_join_exited_workers)
Pool._help_stuff_finish = staticmethod(_help_stuff_finish)


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
