"""Pools whose workers die: the task that is lost fails, the others have their results. Only on polyproc; CPython's pool hangs."""

import multiprocessing
import os
import signal
import sys
import time
import unittest
from multiprocessing.pool import WorkerLostError

context = multiprocessing.get_context('spawn')


def square(x):
    return x * x


# How a worker dies, and what the error says of it.
ENDS = {'exit': 'ended with exit code 3', 'sys.exit': 'ended with exit code 4', 'kill': 'was ended by SIGKILL',
        'terminate': 'was ended by SIGTERM', 'interrupt': 'ended with exit code 1', 'recursion': 'ended with exit code 5'}


def die(how):
    if how == 'exit':
        os._exit(3)
    if how == 'sys.exit':
        sys.exit(4)
    if how == 'kill':
        os.kill(os.getpid(), signal.SIGKILL)
    if how == 'terminate':
        os.kill(os.getpid(), signal.SIGTERM)
    if how == 'interrupt':
        sys.stderr = open(os.devnull, 'w')
        raise KeyboardInterrupt
    if how == 'recursion':
        try:
            recurse()
        except RecursionError:
            os._exit(5)
    return how


def die_of(signum):
    os.kill(os.getpid(), signum)


def recurse():
    recurse()


class Fragile:
    """Dies when it is pickled or unpickled in another process than that which made it."""

    def __init__(self, when, how, pid):
        self.when = when
        self.how = how
        self.pid = pid

    def __reduce__(self):
        if self.when == 'pickle' and os.getpid() != self.pid:
            die(self.how)
        return unpickle, (self.when, self.how, self.pid)


def unpickle(when, how, pid):
    if when == 'unpickle' and os.getpid() != pid:
        die(how)
    if when == 'raise' and os.getpid() != pid:
        raise ValueError('can\'t be unpickled')
    return Fragile(when, how, pid)


def identity(x):
    return x


def pid(_):
    return os.getpid()


def block(event):
    time.sleep(600)


def fail():
    sys.stderr = open(os.devnull, 'w')
    raise ValueError('no worker can begin')


class TestLostWorkers(unittest.TestCase):

    def test_every_end_at_every_moment(self):
        with context.Pool(2) as pool:
            for how, end in ENDS.items():
                for moment in 'run', 'unpickle', 'pickle':
                    with self.subTest(how, moment=moment):
                        function, argument = (die, how) if moment == 'run' else (identity, Fragile(moment, how, os.getpid()))
                        with self.assertRaisesRegex(WorkerLostError, r'^the worker \S*PoolWorker-\d+ \(pid \d+\) %s while it '
                                                                     r'worked on task 0 of job \d+, %s$' % (end, function.__name__)):
                            pool.apply(function, (argument,))
            self.assertEqual(pool.map(square, range(20)), [x * x for x in range(20)])

    def test_one_of_many(self):
        with context.Pool(3) as pool:
            results = [pool.apply_async(die, (how,)) for how in ('a', 'kill', 'b', 'exit', 'c', 'kill')]
            outcomes = []
            for result in results:
                try:
                    outcomes.append(result.get())
                except WorkerLostError:
                    outcomes.append('lost')
            self.assertEqual(outcomes, ['a', 'lost', 'b', 'lost', 'c', 'lost'])
            with self.assertRaisesRegex(WorkerLostError, 'task 1 of job'):
                pool.map(die, ['a', 'kill', 'b'], chunksize=1)
            iterator = pool.imap(die, ['a', 'kill', 'b'])
            self.assertEqual(next(iterator), 'a')
            self.assertRaises(WorkerLostError, next, iterator)
            self.assertEqual(next(iterator), 'b')

    def test_a_task_that_can_not_be_unpickled(self):
        with context.Pool(1) as pool:
            with self.assertRaisesRegex(WorkerLostError, 'ended with exit code 1 while it worked on'):
                pool.apply(identity, (Fragile('raise', None, os.getpid()),))
            self.assertEqual(pool.apply(square, (3,)), 9)

    def test_idle(self):
        with context.Pool(2) as pool:
            for signum in signal.SIGKILL, signal.SIGTERM, signal.SIGINT:
                self.assertTrue(pool.map(pid, range(8), chunksize=1))
                for worker in list(pool._pool):
                    os.kill(worker.pid, signum)
                    worker.join()
                self.assertEqual(pool.map(square, range(8), chunksize=1), [x * x for x in range(8)])

    def test_before_the_first_task(self):
        with context.Pool(1, initializer=fail) as pool:
            with self.assertRaisesRegex(WorkerLostError, 'ended with exit code 1, as those before it did, before it took task'):
                pool.apply(square, (1,))

    def test_terminate_while_failures_wait(self):
        pool = context.Pool(1, initializer=fail)
        results = [pool.apply_async(square, (x,)) for x in range(2000)]
        self.assertRaises(WorkerLostError, results[0].get)
        pool.terminate()
        pool.join()

    def test_a_signal_without_a_name(self):
        with context.Pool(1) as pool:
            with self.assertRaisesRegex(WorkerLostError, 'was ended by signal 40 while it worked on'):
                pool.apply(die_of, (40,))
            self.assertEqual(pool.apply(square, (3,)), 9)

    def test_terminate_while_tasks_wait(self):
        pool = context.Pool(1)
        for _ in range(300):
            pool.apply_async(block, (bytes(1000),))
        pool.terminate()
        pool.join()


class Counted:
    """Says how often it has been called since it was unpickled."""

    def __init__(self, step):
        self.step = step
        self.calls = 0

    def __call__(self, *_):
        self.calls += self.step
        return self.calls


class TestFunctions(unittest.TestCase):
    """Functions are pickled by their names once for many tasks; all else is pickled for each task."""

    def test_functions_are_told_apart(self):
        with context.Pool(1) as pool:
            for _ in range(2):
                self.assertEqual(pool.map(square, [3, 4], chunksize=1), [9, 16])
                self.assertEqual(pool.map(identity, [3, 4], chunksize=1), [3, 4])
                self.assertEqual(pool.starmap(pow, [(2, 3), (3, 2)], chunksize=1), [8, 9])
                self.assertEqual(pool.map(len, ['abc', '']), [3, 0])
                self.assertEqual(pool.apply(square, (5,)), 25)
                self.assertEqual(list(pool.imap(square, [6, 7])), [36, 49])
                self.assertEqual(pool.apply(identity, (), {'x': 8}), 8)

    def test_an_object_that_is_called_is_new_for_each_task(self):
        counted = Counted(2)
        with context.Pool(1) as pool:
            self.assertEqual(pool.map(counted, range(3), chunksize=1), [2, 2, 2])
            counted.calls = 10
            self.assertEqual(pool.apply(counted), 12)
            self.assertEqual(pool.map(Counted(1).__call__, range(2), chunksize=1), [1, 1])

    def test_a_function_that_can_not_be_pickled(self):
        with context.Pool(1) as pool:
            for _ in range(2):
                with self.assertRaisesRegex(Exception, 'pickle'):
                    pool.map(lambda x: x, [1])
            self.assertEqual(pool.map(square, [2]), [4])


if __name__ == '__main__':
    unittest.main()
