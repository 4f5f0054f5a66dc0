"""What people ask of pools and the standard library has not: a progress bar, a limit of time for each task, and retries.

    import polyproc

    if __name__ == '__main__':
        with polyproc.Pool() as pool:
            pages = pool.map(fetch, addresses, progress_bar=True, task_timeout=30, retries=2)

`Pool` is `multiprocessing.Pool` whose methods take more keywords. Without them it does what that one does, at the same cost.

progress_bar (map, starmap, imap, imap_unordered) -- True draws a bar on standard error, on a terminal after each tenth of a second
    at most and otherwise once, at the end. A function is called with the number of tasks that are finished and of all, which is
    None if the iterable does not know its length: in the thread that waits for the results, for `imap` whenever one is fetched. What it
    raises comes out of the method.
task_timeout (all methods) -- how many seconds a task may take, from the moment a worker has it: a positive number. After it the worker
    is killed, and this task alone fails with a `TaskTimeoutError`, which is a `TimeoutError`; another worker takes the killed one's place.
retries (all methods) -- how many more times a task is tried when the worker that it runs in ends, a number from 0. Without more
    tries it fails with a `WorkerLostError`. A task that raises an exception is not tried again, nor is one that took too long.

With `task_timeout` or `retries`, each task is sent on its own: a `chunksize` other than 1 is a ValueError. A pool is used by any thread.
"""

import math
import queue
import shutil
import sys
from multiprocessing import get_context, pool as _pool
from multiprocessing.pool import TaskTimeoutError, WorkerLostError

from _polyproc import kernel

__all__ = ['Pool', 'TaskTimeoutError', 'WorkerLostError']


class Pool(_pool.Pool):
    """A pool of worker processes, see the module."""

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        super().__init__(processes, initializer, initargs, maxtasksperchild, context or get_context())

    def apply(self, func, args=(), kwds={}, *, task_timeout=None, retries=0):
        return self.apply_async(func, args, kwds, task_timeout=task_timeout, retries=retries).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None, *, task_timeout=None, retries=0):
        return super().apply_async(_bounded(func, task_timeout, retries), args, kwds, callback, error_callback)

    def map(self, func, iterable, chunksize=None, *, progress_bar=False, task_timeout=None, retries=0):
        return self._map(super().map_async, func, iterable, chunksize, progress_bar, task_timeout, retries)

    def starmap(self, func, iterable, chunksize=None, *, progress_bar=False, task_timeout=None, retries=0):
        return self._map(super().starmap_async, func, iterable, chunksize, progress_bar, task_timeout, retries)

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None, *, task_timeout=None, retries=0):
        bounded = _bounded(func, task_timeout, retries)
        return super().map_async(bounded, iterable, _single(chunksize, bounded), callback, error_callback)

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None, *,
                      task_timeout=None, retries=0):
        bounded = _bounded(func, task_timeout, retries)
        return super().starmap_async(bounded, iterable, _single(chunksize, bounded), callback, error_callback)

    def imap(self, func, iterable, chunksize=1, *, progress_bar=False, task_timeout=None, retries=0):
        return self._imap(super().imap, func, iterable, chunksize, progress_bar, task_timeout, retries)

    def imap_unordered(self, func, iterable, chunksize=1, *, progress_bar=False, task_timeout=None, retries=0):
        return self._imap(super().imap_unordered, func, iterable, chunksize, progress_bar, task_timeout, retries)

    def _map(self, map_async, func, iterable, chunksize, progress_bar, task_timeout, retries):
        bounded = _bounded(func, task_timeout, retries)
        chunksize = _single(chunksize, bounded)
        if not progress_bar:
            return map_async(bounded, iterable, chunksize).get()
        if not hasattr(iterable, '__len__'):
            iterable = list(iterable)
        total = len(iterable)
        with _Progress(progress_bar, total) as progress:
            if total:
                # Each result says whether it is the last one; what came before `_set` was replaced is counted with the next one.
                news = queue.SimpleQueue()
                last = lambda _: news.put(True)
                result = map_async(bounded, iterable, chunksize, last, last)
                set_result = result._set

                def set_and_tell(*args):
                    set_result(*args)
                    news.put(False)

                result._set = set_and_tell
                while not news.get():
                    progress.step_to(total - min(total, result._number_left * result._chunksize))
                progress.step_to(total)
                return result.get()
            return []

    def _imap(self, imap, func, iterable, chunksize, progress_bar, task_timeout, retries):
        bounded = _bounded(func, task_timeout, retries)
        results = imap(bounded, iterable, _single(chunksize, bounded))
        if not progress_bar:
            return results
        return _Fetched(results, _Progress(progress_bar, len(iterable) if hasattr(iterable, '__len__') else None))


def _bounded(func, task_timeout, retries):
    """Return the function with the bounds of its tasks; itself if there are none."""
    if task_timeout is None and retries == 0:
        return func
    if task_timeout is not None:
        # Also refuses what is no number, and NaN.
        if not 0 < task_timeout < math.inf:
            raise ValueError('task_timeout must be a positive number of seconds: %r' % task_timeout)
        task_timeout = float(task_timeout)
    if not isinstance(retries, int) or retries < 0:
        raise ValueError('retries must be an int that is not negative: %r' % (retries,))
    return _pool.BoundedFunction(func, task_timeout, retries)


def _single(chunksize, function):
    if type(function) is not _pool.BoundedFunction:
        return chunksize
    if chunksize not in (None, 1):
        raise ValueError('tasks with task_timeout or retries are sent one by one: chunksize=%r' % chunksize)
    return 1


class _Fetched:
    """Results of `imap` which are counted when they are fetched."""

    def __init__(self, results, progress):
        self._results = results
        self._progress = progress

    def __iter__(self):
        return self

    def __next__(self):
        return self._count(self._results.__next__)

    def next(self, timeout=None):
        return self._count(self._results.next, timeout)

    def _count(self, fetch, *args):
        try:
            result = fetch(*args)
        except StopIteration:
            self._progress.close()
            raise
        except BaseException:
            self._progress.step_to(self._fetched(0))
            raise
        self._progress.step_to(self._fetched(1))
        return result

    def _fetched(self, new):
        """Return how many results have been fetched, of which `new` just now."""
        results = self._results
        if not isinstance(results, _pool.IMapIterator):
            # Of several tasks in one message; a generator, which ends with the first error.
            return self._progress.done + new
        # An error may be a result as well, or only that there was none in time.
        with results._cond:
            return results._index - len(results._items)


class _Progress:
    """Tells how far a call has come: a function, or standard error."""

    def __init__(self, wanted, total):
        if wanted is not True and not callable(wanted):
            raise TypeError('progress_bar must be True, False or a function: %r' % (wanted,))
        self.done = 0
        self._tell = _Bar(total) if wanted is True else wanted
        self._total = total

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def step_to(self, done):
        self.done = done
        self._tell(done, self._total)

    def close(self):
        if type(self._tell) is _Bar:
            self._tell.close()


class _Bar:
    """A bar on standard error."""

    def __init__(self, total):
        self._file = sys.stderr
        self._animated = self._file.isatty()
        self._picture = kernel.process.progressBar(-1 if total is None else total, shutil.get_terminal_size().columns - 1)

    def __call__(self, done, total):
        text = self._picture.stepTo(done)
        if text is not None and self._animated:
            self._draw(text, '\r')

    def close(self):
        """Draw the bar as it is now, for good."""
        if self._picture is not None:
            self._draw(self._picture.close(), '\n')
            self._picture = None

    def _draw(self, text, end):
        self._file.write(text + end)
        self._file.flush()
