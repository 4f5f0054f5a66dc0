"""What the module `polyproc` adds to pools. Only on polyproc."""

import contextlib
import io
import multiprocessing
import os
import signal
import sys
import threading
import time
import unittest

import polyproc
from multiprocessing import Value


def square(x):
    return x * x


def add(x, y):
    return x + y


def sleep_at(wanted, x):
    """Sleep for ever in one of the tasks."""
    if x == wanted:
        time.sleep(600)
    return x


def sleep_if_three(x):
    return sleep_at(3, x)


def spin_if_three(x):
    while x == 3:
        pass
    return x


def die_some_times(x):
    """Die as many times as the counter says."""
    with counter:
        dies = x == 3 and counter.value > 0
        counter.value -= dies
    if dies:
        os.kill(os.getpid(), signal.SIGKILL)
    return x


def fail(x):
    with counter:
        counter.value += 1
    raise KeyError(x)


def set_counter(value):
    global counter
    counter = value


class Slow:
    """Takes for ever to unpickle."""

    def __reduce__(self):
        return time.sleep, (600,)


def identity(x):
    return x


class TestTaskTimeout(unittest.TestCase):

    def test_only_the_slow_task_fails(self):
        with polyproc.Pool(2) as pool:
            for function in sleep_if_three, spin_if_three:
                with self.subTest(function.__name__):
                    results = pool.imap(function, range(6), task_timeout=5)
                    self.assertEqual([next(results) for _ in range(3)], [0, 1, 2])
                    with self.assertRaisesRegex(TimeoutError, r'^task 3 of job \d+, %s took longer than 5\.0 s, so the worker '
                                                              r'\S+ \(pid \d+\) was killed$' % function.__name__):
                        next(results)
                    self.assertEqual(list(results), [4, 5])
            with self.assertRaisesRegex(TimeoutError, 'task 3 of job'):
                pool.map(sleep_if_three, range(6), task_timeout=5)
            self.assertRaises(TimeoutError, pool.apply, sleep_if_three, (3,), task_timeout=0.5)
            self.assertRaises(TimeoutError, pool.starmap, sleep_at, [(1, 1), (1, 2)], task_timeout=0.5, retries=3)
            self.assertEqual(pool.map(square, range(10)), [x * x for x in range(10)])

    def test_counts_from_the_moment_a_worker_has_the_task(self):
        with polyproc.Pool(1) as pool:
            # The last one waits for longer than it may take until the others are done.
            results = [pool.apply_async(time.sleep, (2,), task_timeout=7) for _ in range(4)]
            self.assertEqual([result.get() for result in results], [None] * 4)

    def test_while_a_task_is_unpickled(self):
        with polyproc.Pool(1) as pool:
            self.assertRaises(TimeoutError, pool.apply, identity, (Slow(),), task_timeout=0.5)
            self.assertEqual(pool.apply(identity, (5,), task_timeout=60), 5)


class TestRetries(unittest.TestCase):

    def test_until_it_works(self):
        deaths = Value('i', 2)
        with polyproc.Pool(2, set_counter, (deaths,)) as pool:
            self.assertEqual(pool.map(die_some_times, range(6), retries=2), list(range(6)))
            self.assertEqual(deaths.value, 0)

    def test_not_more_than_asked_for(self):
        deaths = Value('i', 3)
        with polyproc.Pool(1, set_counter, (deaths,)) as pool:
            with self.assertRaisesRegex(polyproc.WorkerLostError, 'was ended by SIGKILL while it worked on task 0 of job'):
                pool.apply(die_some_times, (3,), retries=1)
            self.assertEqual(deaths.value, 1)
            # The pool is closed while the task is to be tried again.
            result = pool.apply_async(die_some_times, (3,), retries=1, task_timeout=60)
            pool.close()
            self.assertEqual(result.get(), 3)
            pool.join()

    def test_an_endless_iterable_does_not_keep_it_back(self):
        deaths = Value('i', 1)

        def endless():
            number = 0
            while True:
                yield number
                number += 1

        with polyproc.Pool(2, set_counter, (deaths,)) as pool:
            results = pool.imap(die_some_times, endless(), retries=1)
            self.assertEqual([next(results) for _ in range(6)], list(range(6)))

    def test_an_iterable_may_wait_for_it(self):
        deaths = Value('i', 1)
        tried = threading.Event()

        def numbers():
            yield 3
            tried.wait()
            yield 4

        with polyproc.Pool(1, set_counter, (deaths,)) as pool:
            results = pool.imap(die_some_times, numbers(), retries=1)
            self.assertEqual(next(results), 3)
            tried.set()
            self.assertEqual(next(results), 4)

    def test_not_after_an_exception(self):
        calls = Value('i', 0)
        with polyproc.Pool(1, set_counter, (calls,)) as pool:
            self.assertRaises(KeyError, pool.apply, fail, (1,), retries=5)
            self.assertEqual(calls.value, 1)


class TestProgress(unittest.TestCase):

    def test_function(self):
        with polyproc.Pool(2) as pool:
            for method in pool.map, pool.starmap:
                seen = []
                tell = lambda done, total: seen.append((done, total))
                if method == pool.map:
                    self.assertEqual(pool.map(square, range(20), progress_bar=tell), [x * x for x in range(20)])
                else:
                    self.assertEqual(pool.starmap(add, [(x, 1) for x in range(20)], progress_bar=tell), list(range(1, 21)))
                self.assertEqual(seen[-1], (20, 20))
                self.assertEqual(seen, sorted(seen))
            seen = []
            self.assertEqual(pool.map(square, [], progress_bar=lambda *args: seen.append(args)), [])
            self.assertRaises(ZeroDivisionError, pool.map, square, range(5), progress_bar=lambda done, total: 1 / 0)
            self.assertEqual(pool.map(square, range(5)), [0, 1, 4, 9, 16])

    def test_function_with_imap(self):
        with polyproc.Pool(2) as pool:
            seen = []
            tell = lambda done, total: seen.append((done, total))
            self.assertEqual(list(pool.imap(square, range(5), progress_bar=tell)), [0, 1, 4, 9, 16])
            self.assertEqual(seen, [(n, 5) for n in range(1, 6)])
            seen.clear()
            self.assertEqual(sorted(pool.imap_unordered(square, iter(range(5)), progress_bar=tell)), [0, 1, 4, 9, 16])
            self.assertEqual(seen, [(n, None) for n in range(1, 6)])
            seen.clear()
            self.assertEqual(list(pool.imap(square, range(5), 2, progress_bar=tell)), [0, 1, 4, 9, 16])
            self.assertEqual(seen, [(n, 5) for n in range(1, 6)])
            seen.clear()
            results = pool.imap(sleep_if_three, [1, 3, 4], task_timeout=1, progress_bar=tell)
            outcomes = []
            while len(outcomes) < 3:
                try:
                    outcomes.append(results.next(0.01))
                except multiprocessing.TimeoutError as e:
                    if type(e) is polyproc.TaskTimeoutError:
                        outcomes.append('late')
            self.assertEqual(outcomes, [1, 'late', 4])
            self.assertEqual(seen[-1], (3, 3))

    def test_bar(self):
        with polyproc.Pool(2) as pool:
            err = io.StringIO()
            with contextlib.redirect_stderr(err):
                pool.map(square, range(20), progress_bar=True)
                list(pool.imap(square, iter(range(3)), progress_bar=True))
            lines = err.getvalue().splitlines()
            self.assertEqual(len(lines), 2, err.getvalue())
            self.assertRegex(lines[0], r'100%.*20/20')
            self.assertRegex(lines[1], r'3/')
            self.assertNotIn('\r', err.getvalue())


class TestErrors(unittest.TestCase):

    def test_bad_arguments(self):
        with polyproc.Pool(1) as pool:
            for value in 0, -1, float('nan'), float('inf'):
                with self.assertRaisesRegex(ValueError, 'task_timeout must be a positive number of seconds: %r' % value):
                    pool.apply(square, (1,), task_timeout=value)
            self.assertRaises(TypeError, pool.apply, square, (1,), task_timeout='1')
            for value in -1, 1.5, None:
                with self.assertRaisesRegex(ValueError, 'retries must be an int that is not negative: %r' % value):
                    pool.map(square, [1], retries=value)
            with self.assertRaisesRegex(ValueError, 'sent one by one: chunksize=2'):
                pool.map(square, [1], 2, retries=1)
            with self.assertRaisesRegex(TypeError, "progress_bar must be True, False or a function: 'yes'"):
                pool.map(square, [1], progress_bar='yes')
            self.assertEqual(pool.map(square, [1, 2], 2), [1, 4])


if __name__ == '__main__':
    unittest.main()
