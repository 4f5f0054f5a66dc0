"""Locks, semaphores, conditions, events and barriers, within a process and between processes. CPython passes these tests too."""

import _multiprocessing
import errno
import multiprocessing as mp
import os
import pickle
import signal
import threading
import time
import unittest

TOO_OFTEN = 'semaphore or lock released too many times'
NOT_OWNED = 'attempt to release recursive lock not owned by thread'
# In each of the processes; enough for them to meet.
STEPS = 2000


def count(number):
    for _ in range(STEPS):
        with number.get_lock():
            number.value += 1


def take(lock, conn):
    """Take a lock and never give it back."""
    lock.acquire()
    conn.send(repr(lock))
    conn.recv()


def give(lock, conn):
    """Release what the parent holds, and say what comes of releasing it again."""
    lock.release()
    try:
        lock.release()
    except ValueError as error:
        conn.send(str(error))


def sleep(condition, queue):
    """Wait for a notification, and say so before and after."""
    with condition:
        queue.put('asleep')
        condition.wait()
        queue.put('awake')


def wait_for_number(condition, number, queue):
    with condition:
        queue.put('asleep')
        queue.put(condition.wait_for(lambda: number.value >= 2))


def wait_for_event(event, queue):
    queue.put(event.is_set())
    queue.put(event.wait())


def meet(barrier, action_count, queue):
    """Meet the others; then wait for somebody to break the barrier."""
    queue.put((barrier.wait(), action_count.value))
    try:
        barrier.wait()
    except threading.BrokenBarrierError:
        queue.put(('broken', barrier.broken))


class Add:
    """An action for a barrier."""

    def __init__(self, number):
        self.number = number

    def __call__(self):
        self.number.value += 1


def block(name, waitable, conn):
    """Wait for ever."""
    if name == 'Condition':
        with waitable:
            conn.send('waiting')
            waitable.wait()
    else:
        conn.send('waiting')
        if name in ('Event', 'Barrier'):
            waitable.wait()
        else:
            waitable.acquire()


def in_thread(function, name='Helper'):
    """Return what a function returns or raises in another thread."""
    result = []

    def run():
        try:
            result.append(function())
        except Exception as error:
            result.append(error)
    thread = threading.Thread(target=run, name=name)
    thread.start()
    thread.join()
    return result[0]


class SynchronizeTest(unittest.TestCase):

    def start(self, target, *args):
        process = mp.Process(target=target, args=args)
        process.start()
        self.addCleanup(process.join)
        return process

    def assert_error(self, error_type, text, function, *args):
        with self.assertRaises(error_type) as caught:
            function(*args)
        self.assertEqual(str(caught.exception), text)

    def assert_takes(self, seconds, function):
        """Return what a function returns that must not return before its time, to the millisecond."""
        start = time.monotonic()
        result = function()
        self.assertGreaterEqual(time.monotonic() - start, seconds - 0.001)
        return result


class LockTest(SynchronizeTest):

    def test_a_lock_is_held_once(self):
        lock = mp.Lock()
        self.assertTrue(lock.acquire())
        self.assertFalse(lock.acquire(False))
        self.assertFalse(lock.acquire(block=False, timeout=5))
        self.assertFalse(lock.acquire(timeout=-1))
        self.assertFalse(self.assert_takes(0.05, lambda: lock.acquire(timeout=0.05)))
        self.assertFalse(self.assert_takes(0.02, lambda: lock.acquire(True, 0.02)))
        self.assertIsNone(lock.release())
        self.assert_error(ValueError, TOO_OFTEN, lock.release)
        with lock as entered:
            self.assertIs(entered, True)
            self.assertFalse(lock.acquire(False))
        self.assertTrue(lock.acquire(timeout=0))

    def test_any_thread_may_release_a_lock(self):
        lock = mp.Lock()
        lock.acquire()
        self.assertIsNone(in_thread(lock.release))
        self.assertTrue(lock.acquire(False))

    def test_a_recursive_lock_is_its_owners(self):
        lock = mp.RLock()
        self.assert_error(AssertionError, NOT_OWNED, lock.release)
        self.assertTrue(lock.acquire())
        self.assertTrue(lock.acquire(False))
        self.assertEqual(lock._semlock._count(), 2)
        error = in_thread(lock.release)
        self.assertEqual((type(error), str(error)), (AssertionError, NOT_OWNED))
        self.assertFalse(in_thread(lambda: lock.acquire(False)))
        self.assertFalse(self.assert_takes(0.02, lambda: in_thread(lambda: lock.acquire(timeout=0.02))))
        lock.release()
        self.assertFalse(in_thread(lambda: lock.acquire(False)))
        lock.release()
        self.assertTrue(in_thread(lambda: lock.acquire(False)))
        self.assert_error(AssertionError, NOT_OWNED, lock.release)

    def test_texts(self):
        lock = mp.Lock()
        self.assertEqual(repr(lock), '<Lock(owner=None)>')
        with lock:
            self.assertEqual(repr(lock), '<Lock(owner=MainProcess)>')
            self.assertEqual(in_thread(lambda: repr(lock)), '<Lock(owner=SomeOtherThread)>')
        self.assertEqual(in_thread(lambda: (lock.acquire(), repr(lock))), (True, '<Lock(owner=MainProcess|Helper)>'))
        lock = mp.RLock()
        self.assertEqual(repr(lock), '<RLock(None, 0)>')
        with lock:
            self.assertEqual(repr(lock), '<RLock(MainProcess, 1)>')
            with lock:
                self.assertEqual(repr(lock), '<RLock(MainProcess, 2)>')
            self.assertEqual(in_thread(lambda: repr(lock)), '<RLock(SomeOtherThread, nonzero)>')
        self.assertEqual(in_thread(lambda: (lock.acquire(), repr(lock))), (True, '<RLock(MainProcess|Helper, 1)>'))

    def test_a_lock_that_a_terminated_process_holds_stays_locked(self):
        lock = mp.Lock()
        mine, other = mp.Pipe()
        process = mp.Process(target=take, args=(lock, other), name='Holder')
        process.start()
        self.assertEqual(mine.recv(), '<Lock(owner=Holder)>')
        self.assertEqual(repr(lock), '<Lock(owner=SomeOtherProcess)>')
        process.terminate()
        process.join()
        self.assertEqual(process.exitcode, -signal.SIGTERM)
        self.assertFalse(lock.acquire(timeout=0.02))
        lock.release()
        self.assertTrue(lock.acquire(False))

    def test_a_recursive_lock_of_another_process(self):
        lock = mp.RLock()
        mine, other = mp.Pipe()
        process = self.start(take, lock, other)
        mine.recv()
        self.assertEqual(repr(lock), '<RLock(SomeOtherProcess, nonzero)>')
        self.assertFalse(lock.acquire(False))
        self.assert_error(AssertionError, NOT_OWNED, lock.release)
        process.terminate()

    def test_another_process_may_release_a_lock(self):
        lock = mp.Lock()
        mine, other = mp.Pipe()
        lock.acquire()
        self.start(give, lock, other)
        self.assertEqual(mine.recv(), TOO_OFTEN)
        self.assertTrue(lock.acquire(False))

    def test_nothing_is_lost_under_a_lock(self):
        number = mp.Value('i', 0)
        processes = [mp.Process(target=count, args=(number,)) for _ in range(8)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        self.assertEqual(number.value, 8 * STEPS)

    def test_locks_are_inherited_only(self):
        for thing in mp.Lock(), mp.RLock(), mp.Semaphore(), mp.BoundedSemaphore(), mp.Condition():
            self.assert_error(RuntimeError, '%s objects should only be shared between processes through inheritance'
                              % type(thing).__name__, pickle.dumps, thing)


class SemaphoreTest(SynchronizeTest):

    def test_a_semaphore_counts(self):
        semaphore = mp.Semaphore(2)
        self.assertEqual(repr(semaphore), '<Semaphore(value=2)>')
        self.assertTrue(semaphore.acquire())
        self.assertTrue(semaphore.acquire(False))
        self.assertEqual(semaphore.get_value(), 0)
        self.assertFalse(semaphore.acquire(False))
        self.assertFalse(self.assert_takes(0.02, lambda: semaphore.acquire(timeout=0.02)))
        for _ in range(3):
            semaphore.release()
        self.assertEqual(semaphore.get_value(), 3)

    def test_a_bounded_semaphore_keeps_its_bound(self):
        semaphore = mp.BoundedSemaphore(2)
        self.assertEqual(repr(semaphore), '<BoundedSemaphore(value=2, maxvalue=2)>')
        self.assert_error(ValueError, TOO_OFTEN, semaphore.release)
        semaphore.acquire()
        self.assertEqual(repr(semaphore), '<BoundedSemaphore(value=1, maxvalue=2)>')
        semaphore.release()
        self.assert_error(ValueError, TOO_OFTEN, semaphore.release)

    def test_values(self):
        greatest = _multiprocessing.SemLock.SEM_VALUE_MAX
        self.assertEqual(greatest, 2**31 - 1)
        self.assert_error(ValueError, TOO_OFTEN, mp.Semaphore(greatest).release)
        self.assertFalse(mp.Semaphore(0).acquire(False))
        with self.assertRaises(OSError) as caught:
            mp.Semaphore(-1)
        self.assertEqual(caught.exception.errno, errno.EINVAL)
        with self.assertRaises(OverflowError):
            mp.Semaphore(greatest + 1)
        with self.assertRaises(TypeError):
            mp.Semaphore('1')

    def test_what_is_below(self):
        lock, recursive, semaphore = mp.Lock()._semlock, mp.RLock()._semlock, mp.Semaphore(3)._semlock
        self.assertEqual([one.kind for one in (lock, recursive, semaphore)], [1, 0, 1])
        self.assertEqual([one.maxvalue for one in (lock, recursive, semaphore)], [1, 1, 2**31 - 1])
        self.assertEqual(len({one.handle for one in (lock, recursive, semaphore)}), 3)
        for one in lock, recursive, semaphore:
            self.assertIsInstance(one.handle, int)
            self.assertEqual((one._count(), one._is_mine(), one._is_zero()), (0, False, False))
        recursive.acquire()
        recursive.acquire()
        self.assertEqual((recursive._count(), recursive._is_mine(), recursive._is_zero(), recursive._get_value()),
                         (2, True, True, 0))
        self.assertFalse(in_thread(recursive._is_mine))
        semaphore.acquire()
        semaphore.acquire()
        self.assertEqual((semaphore._count(), semaphore._is_mine(), semaphore._is_zero(), semaphore._get_value()),
                         (2, True, False, 1))
        in_thread(semaphore.acquire)
        self.assertEqual((semaphore._count(), semaphore._is_mine(), semaphore._is_zero()), (3, False, True))
        self.assert_error(TypeError, 'must be real number, not str', lock.acquire, True, '1')
        self.assert_error(TypeError, "cannot pickle '_multiprocessing.SemLock' object", pickle.dumps, lock)
        self.assert_error(ValueError, 'unrecognized kind', _multiprocessing.SemLock, 2, 0, 1, 'name', True)

    def test_names(self):
        make, unlink, name = _multiprocessing.SemLock, _multiprocessing.sem_unlink, '/test_synchronize-%d' % os.getpid()
        semaphore = make(1, 0, 10, name, False)
        self.assertEqual(semaphore.name, name)
        for again in name, name[1:]:
            with self.assertRaises(FileExistsError) as caught:
                make(1, 0, 10, again, True)
            self.assertEqual(caught.exception.args, (errno.EEXIST, 'File exists'))
        other = make._rebuild(0, 1, 10, name)
        semaphore.release()
        self.assertTrue(other.acquire(False))
        unlink(name)
        with self.assertRaises(FileNotFoundError) as caught:
            unlink(name)
        self.assertEqual(caught.exception.args, (errno.ENOENT, 'No such file or directory'))
        with self.assertRaises(FileNotFoundError):
            make._rebuild(0, 1, 10, name)
        self.assertFalse(other.acquire(False))
        self.assertIsNone(make(1, 0, 10, name, True).name)
        for wrong, code in ('', errno.EINVAL), ('a/b', errno.EINVAL), ('x' * 252, errno.ENAMETOOLONG):
            with self.assertRaises(OSError) as caught:
                make(1, 0, 10, wrong, True)
            self.assertEqual(caught.exception.errno, code)
        self.assert_error(TypeError, 'sem_unlink() argument must be str, not int', unlink, 1)
        self.assert_error(ValueError, 'embedded null character', unlink, 'a\0b')


class ConditionTest(SynchronizeTest):

    def test_who_waits_or_notifies_holds_the_lock(self):
        for condition in mp.Condition(), mp.Condition(mp.Lock()):
            self.assert_error(AssertionError, 'must acquire() condition before using wait()', condition.wait)
            self.assert_error(AssertionError, 'must acquire() condition before using wait()', condition.wait, 0)
            self.assert_error(AssertionError, 'lock is not owned', condition.notify)
            self.assert_error(AssertionError, 'lock is not owned', condition.notify_all)

    def test_waits_end_with_their_time(self):
        condition = mp.Condition()
        self.assertEqual(repr(condition), '<Condition(<RLock(None, 0)>, 0)>')
        with condition, condition:
            self.assertIs(self.assert_takes(0.05, lambda: condition.wait(0.05)), False)
            self.assertIs(condition.wait(-1), False)
            self.assertIs(self.assert_takes(0.02, lambda: condition.wait_for(lambda: False, 0.02)), False)
            self.assertEqual(condition.wait_for(lambda: 'yes', 0), 'yes')
            self.assertEqual(condition.wait_for(lambda: 0, 0), 0)
            self.assertEqual(condition._lock._semlock._count(), 2)
            condition.notify()
            self.assertEqual(repr(condition), '<Condition(<RLock(MainProcess, 2)>, 0)>')

    def test_one_is_woken_or_all(self):
        condition = mp.Condition()
        queue = mp.SimpleQueue()
        for _ in range(3):
            self.start(sleep, condition, queue)
        for _ in range(3):
            self.assertEqual(queue.get(), 'asleep')
        with condition:
            # They said so with the lock, which they released to sleep.
            self.assertTrue(repr(condition).endswith(', 3)>'), repr(condition))
            condition.notify()
            self.assertTrue(repr(condition).endswith(', 2)>'), repr(condition))
        self.assertEqual(queue.get(), 'awake')
        self.assertTrue(queue.empty())
        with condition:
            condition.notify_all()
        self.assertEqual([queue.get(), queue.get()], ['awake', 'awake'])
        with condition:
            condition.notify(5)
            self.assertTrue(repr(condition).endswith(', 0)>'), repr(condition))

    def test_a_predicate_is_waited_for(self):
        condition = mp.Condition()
        number = mp.Value('i', 0)
        queue = mp.SimpleQueue()
        self.start(wait_for_number, condition, number, queue)
        self.assertEqual(queue.get(), 'asleep')
        for _ in range(2):
            with condition:
                number.value += 1
                condition.notify()
        self.assertIs(queue.get(), True)


class EventTest(SynchronizeTest):

    def test_an_event(self):
        event = mp.Event()
        self.assertIs(event.is_set(), False)
        self.assertIs(self.assert_takes(0.05, lambda: event.wait(0.05)), False)
        self.assertIs(event.wait(0), False)
        event.set()
        event.set()
        self.assertIs(event.is_set(), True)
        self.assertIs(event.wait(), True)
        event.clear()
        self.assertIs(event.is_set(), False)

    def test_all_processes_see_it(self):
        event = mp.Event()
        queue = mp.SimpleQueue()
        for _ in range(2):
            self.start(wait_for_event, event, queue)
        self.assertEqual([queue.get(), queue.get()], [False, False])
        event.set()
        self.assertEqual([queue.get(), queue.get()], [True, True])


class BarrierTest(SynchronizeTest):

    def test_all_meet_and_one_breaks_it(self):
        actions = mp.Value('i', 0)
        barrier = mp.Barrier(3, Add(actions))
        queue = mp.SimpleQueue()
        for _ in range(2):
            self.start(meet, barrier, actions, queue)
        met = [(barrier.wait(), actions.value), queue.get(), queue.get()]
        self.assertEqual(sorted(met), [(0, 1), (1, 1), (2, 1)])
        self.assertEqual((barrier.parties, barrier.broken), (3, False))
        barrier.abort()
        self.assertEqual([queue.get(), queue.get()], [('broken', True)] * 2)
        self.assertIs(barrier.broken, True)
        self.assertRaises(threading.BrokenBarrierError, barrier.wait)
        barrier.reset()
        self.assertEqual((barrier.broken, barrier.n_waiting), (False, 0))

    def test_time(self):
        barrier = mp.Barrier(2, timeout=0.02)
        with self.assertRaises(threading.BrokenBarrierError):
            self.assert_takes(0.02, barrier.wait)
        self.assertIs(barrier.broken, True)
        barrier.reset()
        start = time.monotonic()
        self.assertRaises(threading.BrokenBarrierError, barrier.wait, 0.05)
        self.assertGreaterEqual(time.monotonic() - start, 0.049)

    def test_an_action_that_fails_breaks_it(self):
        def fail():
            raise KeyError('no')
        barrier = mp.Barrier(1, fail)
        self.assertRaises(KeyError, barrier.wait)
        self.assertIs(barrier.broken, True)

    def test_one_party_does_not_wait(self):
        barrier = mp.Barrier(1)
        self.assertEqual([barrier.wait(), barrier.wait()], [0, 0])


class TerminateTest(SynchronizeTest):

    def test_a_process_ends_while_it_waits(self):
        lock, recursive, semaphore = mp.Lock(), mp.RLock(), mp.Semaphore(0)
        lock.acquire()
        recursive.acquire()
        condition = mp.Condition()
        waitables = lock, recursive, semaphore, mp.BoundedSemaphore(0), condition, mp.Event(), mp.Barrier(2)
        processes = []
        for waitable in waitables:
            mine, other = mp.Pipe()
            processes.append((self.start(block, type(waitable).__name__, waitable, other), mine))
        for process, mine in processes:
            self.assertEqual(mine.recv(), 'waiting')
        with condition:
            # The process released it to wait.
            pass
        for process, mine in processes:
            process.terminate()
        for process, mine in processes:
            process.join()
            self.assertEqual(process.exitcode, -signal.SIGTERM)
        # Who waited took nothing, and is still counted where it slept.
        lock.release()
        self.assertTrue(lock.acquire(False))
        self.assertEqual(repr(condition), '<Condition(<RLock(None, 0)>, 1)>')


if __name__ == '__main__':
    unittest.main()
