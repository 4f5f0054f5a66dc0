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

import builtins as _builtins
import queue as _queue
import signal as _signal
import struct as _struct

from _polyproc import kernel, standard as _standard

_standard.load(globals())

from . import connection
from .context import ProcessError
from .reduction import ForkingPickler, quick_dumps

_Function = type(mapstar)
_standard_init = Pool.__init__


def _init(self, processes=None, *args, **kwargs):
    _standard_init(self, os.cpu_count() or 1 if processes is None else processes, *args, **kwargs)


Pool.__init__ = _init


class WorkerLostError(ProcessError):
    """The worker of a task ended before it had a result."""


class TaskTimeoutError(TimeoutError, _builtins.TimeoutError):
    """A task took longer than it may: both the `TimeoutError` of this package and Python's own."""


# How many workers may end, one after the other, before they take a task, for each worker that the pool has.
_FRUITLESS_STARTS = 2


class _SendingQueue:
    """What `SimpleQueue` is, without locks."""

    def __init__(self):
        self._reader, self._writer = connection.Pipe(duplex=False)

    def __getstate__(self):
        # The rest is for the pool's own process.
        return self._reader, self._writer

    def __setstate__(self, state):
        self._reader, self._writer = state
        self._unpacker = _Unpacker()

    def empty(self):
        return not self._reader.poll()

    def close(self):
        self._reader.close()
        self._writer.close()


class BoundedFunction:
    """A function whose tasks may take `timeout` seconds each (None: any time) and are retried if `retries` workers die of them.

    It stays in the pool's process: a worker gets the function that is in it, and the bounds beside it.
    """

    def __init__(self, function, timeout, retries):
        self.function = function
        self.timeout = timeout
        self.retries = retries


# How a task's message begins: the numbers of the job and of the task in it, and how many bytes its bounds have, which follow.
_HEAD = _struct.Struct('!qqI')


class _Task:
    """What the pool has to know of a task that is pickled, from its message: a head, the bounds, and the packed task.

    The bounds are the limit of time in seconds, if there is one, the number of retries, and the function's name, with colons between
    them.
    """

    def __init__(self, message):
        self.job, self.index, length = _HEAD.unpack_from(message)
        end = _HEAD.size + length
        self.timeout, retries, self.function = message[_HEAD.size:end].decode().split(':', 2)
        self.retries = int(retries)
        self._packed = message[end:]

    def message(self):
        return _message(self.job, self.index, _bounds(self.timeout, self.retries, self.function), self._packed)


def _message(job, index, bounds, packed):
    return _HEAD.pack(job, index, len(bounds)) + bounds + packed


def _bounds(timeout, retries, function):
    return f'{timeout}:{retries}:{function}'.encode(errors='replace')


def _name(function):
    return getattr(function, '__qualname__', type(function).__qualname__)


# How many functions a worker remembers.
_MOST_KNOWN_FUNCTIONS = 100

# In how many bytes a packed task says how long the pickle of its functions is.
_LENGTH_BYTES = 4

_COLON = ord(':')


class _Packer:
    """Pickles tasks one after the other. What is pickled by its name is pickled once for all tasks that have it.

    A packed task is the length of the pickled functions, these, and the pickled rest. Without functions that are pickled by their
    names the length is 0 and the rest is the whole task.
    """

    def __init__(self):
        self._functions = self._pickled = None

    def pack(self, task):
        job, index, function, arguments, keywords = task
        if function is mapstar or function is starmapstar:
            (own, arguments), = arguments
        else:
            own = function
        if type(own) is not _Function:
            return bytes(_LENGTH_BYTES) + bytes(ForkingPickler.dumps(task))
        known = self._functions
        if known is None or known[0] is not function or known[1] is not own:
            known = function, own
            pickled = bytes(ForkingPickler.dumps(known))
            self._pickled = len(pickled).to_bytes(_LENGTH_BYTES, 'big') + pickled
            self._functions = known
        return self._pickled + bytes(quick_dumps((job, index, arguments, keywords)))


class _Unpacker:
    """Unpickles what a `_Packer` made."""

    def __init__(self):
        self._known = {}

    def unpack(self, packed):
        begin = _LENGTH_BYTES + int.from_bytes(packed[:_LENGTH_BYTES], 'big')
        if begin == _LENGTH_BYTES:
            return ForkingPickler.loads(packed[begin:])
        # The functions first: their module may be needed to unpickle the rest.
        pickled = packed[_LENGTH_BYTES:begin]
        functions = self._known.get(pickled)
        if functions is None:
            functions = ForkingPickler.loads(pickled)
            if len(self._known) >= _MOST_KNOWN_FUNCTIONS:
                self._known.clear()
            self._known[pickled] = functions
        function, own = functions
        job, index, arguments, keywords = ForkingPickler.loads(packed[begin:])
        if function is mapstar or function is starmapstar:
            arguments = (own, arguments),
        return job, index, function, arguments, keywords


class _ProcessTasks(_SendingQueue):
    """Tasks for worker processes; the last one is None, whose message is empty."""

    def __init__(self):
        super().__init__()
        self._packer = _Packer()
        self._last = None, b''
        self._sending = threading.Lock()
        self._retries = None
        self.ended = False

    def put(self, task):
        if task is None:
            self._send(b'')
            return
        job, index, function, arguments, keywords = task
        own = arguments[0][0] if function is mapstar or function is starmapstar else function
        if type(own) is BoundedFunction:
            bounds = _bounds('' if own.timeout is None else repr(own.timeout), own.retries, _name(own.function))
            if own is function:
                function = own.function
            else:
                arguments = ((own.function, *arguments[0][1:]),)
            task = job, index, function, arguments, keywords
        else:
            bounds = self._bounds_of(own)
        self._send(_message(job, index, bounds, self._packer.pack(task)))

    def _bounds_of(self, function):
        # Mostly it is the function of the last task, whose name need not be encoded again.
        last, bounds = self._last
        if function is not last:
            bounds = _bounds('', 0, _name(function))
            if type(function) is _Function:
                self._last = function, bounds
        return bounds

    def _send(self, message):
        # One at a time, so that who waits for room has it when the queue is emptied.
        if not self._sending.acquire(False):
            self._sending.acquire()
        try:
            if not self.ended:
                self._writer.send_bytes(message)
        finally:
            self._sending.release()

    def try_again(self, message):
        """Send a message once more, without waiting: it has a thread of its own, since the iterable of the tasks may wait for it."""
        if self._retries is None:
            self._retries = _queue.SimpleQueue()
            threading.Thread(target=self._send_retries, daemon=True).start()
        self._retries.put(message)

    def _send_retries(self):
        while (message := self._retries.get()) is not None:
            self._send(message)

    def end_retries(self):
        """Say that nothing is tried again any more."""
        if self._retries is not None:
            self._retries.put(None)

    def get(self):
        message = self._reader.receive_task()
        if not message:
            return None
        end = _HEAD.size + _HEAD.unpack_from(message)[2]
        if message[_HEAD.size] != _COLON:
            kernel.process.limitTask(float(message[_HEAD.size:end].partition(b':')[0]))
        return self._unpacker.unpack(message[end:])

    def discard(self):
        """Take all tasks that are waiting and return them."""
        tasks = []
        while (message := self._reader.receive_now()) is not None:
            if message:
                tasks.append(_Task(message))
        return tasks

    def end(self):
        """Throw away what waits and what comes."""
        self.ended = True
        self.discard()


class _ProcessResults(_SendingQueue):
    """Results of worker processes, which have closed the reading end, and of the pool itself.

    Two threads of the pool put results too, and may wait for room: that which looks after the workers and that which handles tasks.
    So the thread that reads goes on until both have ended, even if nobody wants the results any more.
    """

    def __init__(self):
        super().__init__()
        self._left = []

    def put(self, result):
        send = self._writer.finish_task if self._reader.closed else self._writer.send_bytes
        send(quick_dumps(result))

    def get(self):
        return self._reader.recv()

    def wake(self):
        """Let the reader go on, if it waits: put a None if there is room, without which there is something to read."""
        self._writer.send_now(ForkingPickler.dumps(None))

    def leave(self):
        """Say that one of the two threads has ended."""
        self._left.append(threading.current_thread())
        self.wake()

    def drain(self):
        """Throw results away until both threads have ended."""
        try:
            while len(self._left) < 2:
                self._reader.recv_bytes()
        except (EOFError, OSError):
            pass


class _WakingQueue:
    """The results for the thread that terminates the pool, which only wakes the reader and never waits for room."""

    def __init__(self, results):
        self._results = results

    def put(self, result):
        self._results.wake()


class _Workers(list):
    """The workers of a pool, and what has to be known when one of them ends."""

    def __init__(self, tasks, results):
        self.fruitless = 0
        self.tasks = tasks
        self.results = results

    def take_note(self, worker):
        """Take note of the end of a worker: retry or fail what it worked on, and fail what no worker comes to take."""
        message = worker._popen.task()
        if message:
            self.lose(worker, message)
        self.fruitless = self.fruitless + 1 if message is None and worker.exitcode else 0
        if self.fruitless >= _FRUITLESS_STARTS * len(self):
            for task in self.tasks.discard():
                self.fail(task, WorkerLostError('%s, as those before it did, before it took %s' % (
                    _describe(worker), _describe_task(task))))

    def lose(self, worker, message):
        task = _Task(message)
        if worker._popen.is_task_overdue():
            self.fail(task, TaskTimeoutError('%s took longer than %s s, so the worker %s (pid %d) was killed' % (
                _describe_task(task), task.timeout, worker.name, worker.pid)))
        elif task.retries:
            task.retries -= 1
            self.tasks.try_again(task.message())
        else:
            self.fail(task, WorkerLostError('%s while it worked on %s' % (_describe(worker), _describe_task(task))))

    def fail(self, task, error):
        # The thread that handles results is the one to set it. It goes on reading until this one has ended.
        if not self.tasks.ended:
            self.results.put((task.job, task.index, (False, error)))


def _describe_task(task):
    return 'task %d of job %d, %s' % (task.index, task.job, task.function)


def _describe(worker):
    code = worker.exitcode
    if code < 0:
        try:
            name = _signal.Signals(-code).name
        except ValueError:
            name = 'signal %d' % -code
        return 'the worker %s (pid %d) was ended by %s' % (worker.name, worker.pid, name)
    return 'the worker %s (pid %d) ended with exit code %d' % (worker.name, worker.pid, code)


def _setup_process_queues(self):
    self._inqueue = _ProcessTasks()
    self._outqueue = _ProcessResults()
    self._pool = _Workers(self._inqueue, self._outqueue)
    self._quick_put = self._inqueue.put
    self._quick_get = self._outqueue.get


_standard_handle_workers = Pool._handle_workers.__func__
_standard_handle_tasks = Pool._handle_tasks
_standard_handle_results = Pool._handle_results
_standard_terminate_pool = Pool._terminate_pool.__func__


def _handle_workers(cls, cache, taskqueue, ctx, Process, processes, pool, inqueue, outqueue, *args):
    try:
        _standard_handle_workers(cls, cache, taskqueue, ctx, Process, processes, pool, inqueue, outqueue, *args)
    finally:
        if isinstance(outqueue, _ProcessResults):
            inqueue.end_retries()
            outqueue.leave()


def _handle_tasks(taskqueue, put, outqueue, pool, cache):
    try:
        _standard_handle_tasks(taskqueue, put, outqueue, pool, cache)
    finally:
        if isinstance(outqueue, _ProcessResults):
            outqueue.leave()


def _handle_results(outqueue, get, cache):
    _standard_handle_results(outqueue, get, cache)
    if isinstance(outqueue, _ProcessResults):
        outqueue.drain()


def _terminate_pool(cls, taskqueue, inqueue, outqueue, *args):
    if isinstance(outqueue, _ProcessResults):
        outqueue = _WakingQueue(outqueue)
    _standard_terminate_pool(cls, taskqueue, inqueue, outqueue, *args)


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


def _help_stuff_finish(tasks, task_handler, size):
    tasks.end()


def _get_sentinels(self):
    # Not the results: no worker is to be looked after because one has come.
    return [self._change_notifier._reader]


Pool._setup_queues = _setup_process_queues
Pool._get_sentinels = _get_sentinels
Pool._handle_workers = classmethod(_handle_workers)
Pool._handle_tasks = staticmethod(_handle_tasks)
Pool._handle_results = staticmethod(_handle_results)
Pool._terminate_pool = classmethod(_terminate_pool)
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


def _handing_on(set_result):
    """Return a method of results that asks for the frames of an exception which the calling thread raised and another one will see."""
    def _set(self, i, success_result):
        success, result = success_result
        if not success:
            _ask_for_frames(result)
        set_result(self, i, success_result)
    return _set


# Of a task that could not be pickled, for one.
ApplyResult._set = _handing_on(ApplyResult._set)
MapResult._set = _handing_on(MapResult._set)
IMapIterator._set = _handing_on(IMapIterator._set)
IMapUnorderedIterator._set = _handing_on(IMapUnorderedIterator._set)


def _setup_queues(self):
    self._inqueue = _TaskQueue()
    self._outqueue = _ResultQueue()
    self._quick_put = self._inqueue.put
    self._quick_get = self._outqueue.get


ThreadPool._setup_queues = _setup_queues
