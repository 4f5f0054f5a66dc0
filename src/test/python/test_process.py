"""Processes and locks of the spawn start method, as CPython has them. Passes on CPython 3.11 too."""

import _thread
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import unittest

context = multiprocessing.get_context('spawn')
module_state = 0


def change_state(result):
    global module_state
    module_state += 1
    result.value = module_state


def describe(pids, daemon):
    parent = multiprocessing.parent_process()
    pids[:] = [os.getpid(), os.getppid(), multiprocessing.current_process().pid, parent.pid, parent.is_alive()]
    daemon.value = multiprocessing.current_process().daemon


def leave(how):
    if how == 'return':
        return
    if how == 'raise':
        sys.stderr = open(os.devnull, 'w')
        raise ValueError('expected by the test')
    if how == '_exit':
        os._exit(7)
    if how == 'text':
        sys.stderr = open(os.devnull, 'w')
    sys.exit({'none': None, 'number': 3, 'large': 259, 'true': True, 'text': 'bye'}[how])


def wait_for(lock, ready):
    ready.release()
    lock.acquire()


def sleep(ready):
    ready.release()
    time.sleep(600)


def spin(ready):
    ready.release()
    while True:
        pass


def catch(ready, caught):
    def handler(signum, frame):
        caught.value = signum
        raise SystemExit(5)
    signal.signal(signal.SIGTERM, handler)
    ready.release()
    time.sleep(600)


def increment(counter, rounds):
    for _ in range(rounds):
        with counter.get_lock():
            counter.value += 1


def environment(result):
    result.value = ('%s %s' % (os.environ.get('POLYPROC_TEST'), os.getcwd())).encode()
    os.environ['POLYPROC_TEST'] = 'changed'
    os.chdir('/')


def beginnings(result):
    """Tell what the process begins with, and change all of it."""
    import colorsys  # Of the standard library; nothing else needs it.
    result.value = repr((os.environ.get('POLYPROC_TEST'), os.getcwd(), sys.argv, sys.path[0],
                         multiprocessing.current_process().name, multiprocessing.current_process().authkey,
                         colorsys.rgb_to_hls(0, 0, 0))).encode()
    os.environ['POLYPROC_TEST'] = 'changed'
    os.chdir('/')
    sys.argv.append('changed')
    sys.path.insert(0, '/changed')
    colorsys.rgb_to_hls = None
    multiprocessing.current_process().authkey = b'changed'


def read_stdin(result):
    result.value = len(sys.stdin.read())


def kill_itself(signum):
    os.kill(os.getpid(), signum)
    os._exit(1)


class Subclass(context.Process):

    def __init__(self, value):
        super().__init__(name='Sub')
        self.result = value

    def run(self):
        self.result.value = len(self.name)


def compare_flags(flags, warnoptions, result):
    # CPython passes on all but its default for the length of numbers.
    result.value = tuple(sys.flags)[:17] == flags[:17] and sys.warnoptions == warnoptions


def nest(result):
    process = context.Process(target=change_state, args=(result,))
    process.start()
    process.join()
    result.value += process.exitcode + 10 * len(process._identity)


def describe_modules(result):
    import importlib.machinery
    import inspect
    import weakref
    for module in weakref, multiprocessing:
        spec = module.__spec__
        result.send((
            type(spec.loader) is importlib.machinery.SourceFileLoader, spec.loader is module.__loader__, spec.has_location,
            spec.origin == module.__file__ == spec.loader.get_filename(spec.name), spec.cached == module.__cached__,
            spec.submodule_search_locations == getattr(module, '__path__', None),
            inspect.getsource(module) == open(module.__file__).read()))


class TestProcess(unittest.TestCase):

    def test_modules_of_the_library_are_what_they_always_are(self):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=describe_modules, args=(sender,))
        process.start()
        for _ in range(2):
            self.assertEqual(receiver.recv(), (True,) * 7)
        process.join()


    def start(self, target, *args, **kwargs):
        process = context.Process(target=target, args=args, **kwargs)
        process.start()
        return process

    def run_to_end(self, target, *args, **kwargs):
        process = self.start(target, *args, **kwargs)
        process.join()
        return process

    def test_a_process_has_its_own_module_state(self):
        result = context.Value('i', 0)
        for _ in range(2):
            self.run_to_end(change_state, result)
            self.assertEqual(result.value, 1)
        self.assertEqual(module_state, 0)

    def test_identity(self):
        pids, daemon = context.Array('i', 5), context.Value('i', -1)
        process = self.run_to_end(describe, pids, daemon, daemon=True)
        self.assertEqual(pids[:], [process.pid, os.getpid(), process.pid, os.getpid(), 1])
        self.assertNotEqual(process.pid, os.getpid())
        self.assertEqual(daemon.value, 1)
        self.assertIsNone(multiprocessing.parent_process())

    def test_exit_codes(self):
        for how, code in (('return', 0), ('raise', 1), ('_exit', 7), ('none', 0), ('number', 3), ('large', 3), ('true', 1),
                          ('text', 1)):
            with self.subTest(how):
                self.assertEqual(self.run_to_end(leave, how).exitcode, code)

    def test_life(self):
        ready = context.Semaphore(0)
        process = context.Process(target=sleep, args=(ready,), name='Sleeper')
        self.assertEqual((process.is_alive(), process.exitcode, process.pid, process.name), (False, None, None, 'Sleeper'))
        self.assertIn('initial', repr(process))
        process.start()
        with self.assertRaises(AssertionError):
            process.start()
        ready.acquire()
        self.assertEqual((process.is_alive(), process.exitcode), (True, None))
        self.assertIn(process, multiprocessing.active_children())
        process.join(0.05)
        self.assertIsNone(process.exitcode)
        with self.assertRaises(ValueError) as caught:
            process.close()
        self.assertIn('Cannot close a process while it is still running', str(caught.exception))
        process.terminate()
        process.join()
        self.assertEqual((process.is_alive(), process.exitcode), (False, -signal.SIGTERM))
        self.assertIn('stopped exitcode=-SIGTERM', repr(process))
        self.assertNotIn(process, multiprocessing.active_children())
        process.close()
        with self.assertRaises(ValueError) as caught:
            process.is_alive()
        self.assertEqual(str(caught.exception), 'process object is closed')

    def test_ends_from_outside(self):
        for target in (sleep, spin):
            for end, code in (('terminate', -signal.SIGTERM), ('kill', -signal.SIGKILL)):
                with self.subTest(target=target.__name__, end=end):
                    ready = context.Semaphore(0)
                    process = self.start(target, ready)
                    ready.acquire()
                    getattr(process, end)()
                    process.join()
                    self.assertEqual(process.exitcode, code)

    def test_waitpid(self):
        ready = context.Semaphore(0)
        process = context.Process(target=sleep, args=(ready,))
        process.start()
        ready.acquire()
        self.assertEqual(os.waitpid(process.pid, os.WNOHANG), (0, 0))
        os.kill(process.pid, signal.SIGTERM)
        pid, status = os.waitpid(process.pid, 0)
        self.assertEqual((pid, os.WIFSIGNALED(status), os.WTERMSIG(status)), (process.pid, True, signal.SIGTERM))
        self.assertEqual(os.waitstatus_to_exitcode(status), -signal.SIGTERM)
        with self.assertRaisesRegex(ChildProcessError, r'\[Errno 10\] No child processes'):
            os.waitpid(process.pid, 0)
        other = context.Process(target=leave, args=('number',))
        other.start()
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(other.pid, 0)[1]), 3)

    def test_a_waiter_for_a_lock_can_be_terminated(self):
        lock, ready = context.Lock(), context.Semaphore(0)
        with lock:
            process = self.start(wait_for, lock, ready)
            ready.acquire()
            process.terminate()
            process.join()
            self.assertEqual(process.exitcode, -signal.SIGTERM)
        self.assertTrue(lock.acquire(False))
        lock.release()

    def test_a_handler_runs_in_the_process(self):
        ready, caught = context.Semaphore(0), context.Value('i', 0)
        process = self.start(catch, ready, caught)
        ready.acquire()
        os.kill(process.pid, signal.SIGTERM)
        process.join()
        self.assertEqual((process.exitcode, caught.value), (5, signal.SIGTERM))

    def test_a_handler_interrupts_a_wait_which_goes_on(self):
        lock = context.Lock()
        lock.acquire()
        seen = []

        def handler(signum, frame):
            seen.append(signum)
            lock.release()

        previous = signal.signal(signal.SIGTERM, handler)
        try:
            waiting = threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGTERM))
            waiting.start()
            self.assertTrue(lock.acquire(timeout=60))
            waiting.join()
        finally:
            self.assertIs(signal.signal(signal.SIGTERM, previous), handler)
        self.assertEqual(seen, [signal.SIGTERM])

    def test_sentinels(self):
        from multiprocessing.connection import wait
        ready = context.Semaphore(0)
        processes = [self.start(sleep, ready) for _ in range(2)]
        for _ in processes:
            ready.acquire()
        sentinels = [process.sentinel for process in processes]
        self.assertEqual(wait(sentinels, 0.05), [])
        processes[1].kill()
        self.assertEqual(wait(sentinels), [sentinels[1]])
        self.assertEqual(wait(sentinels[:1], 0), [])
        processes[0].kill()
        for process in processes:
            process.join()
        self.assertEqual(sorted(wait(sentinels)), sorted(sentinels))

    def test_a_replaced_environment_is_the_program_s_own(self):
        os.environ['POLYPROC_TEST'] = 'real'
        real, os.environ = os.environ, {'POLYPROC_TEST': 'replaced'}
        try:
            result = context.Array('c', 1000)
            self.run_to_end(environment, result)
            self.assertTrue(result.value.startswith(b'real '), result.value)
        finally:
            os.environ = real
            del os.environ['POLYPROC_TEST']

    def test_environment(self):
        os.environ['POLYPROC_TEST'] = 'inherited'
        result = context.Array('c', 1000)
        self.run_to_end(environment, result)
        self.assertEqual(result.value.decode(), 'inherited ' + os.getcwd())
        self.assertEqual(os.environ.pop('POLYPROC_TEST'), 'inherited')

    def test_each_process_begins_with_what_its_parent_has_then(self):
        result = context.Array('c', 4000)
        real = os.getcwd(), sys.argv, sys.path[:], multiprocessing.current_process().authkey

        def restore():
            os.chdir(real[0])
            sys.argv = real[1]
            sys.path[:] = real[2]
            multiprocessing.current_process().authkey = real[3]
            os.environ.pop('POLYPROC_TEST', None)

        self.addCleanup(restore)
        sys.argv = list(sys.argv)
        for number in range(6):
            # Twice each: what the last process was given may be what the next one is prepared with.
            step = str(number // 2)
            os.environ['POLYPROC_TEST'] = step
            os.chdir('/' if number < 2 else real[0])
            sys.argv[1:] = [step]
            sys.path[0] = '/' + step if 2 <= number < 4 else real[2][0]
            multiprocessing.current_process().authkey = step.encode()
            process = context.Process(target=beginnings, args=(result,), name='P%d' % number)
            process.start()
            process.join()
            self.assertEqual(process.exitcode, 0)
            self.assertEqual(result.value.decode(), repr((step, os.getcwd(), sys.argv, sys.path[0], 'P%d' % number,
                                                          step.encode(), (0, 0, 0))).replace('(0, 0, 0)', '(0.0, 0.0, 0.0)'))

    def test_standard_input_is_empty(self):
        result = context.Value('i', -1)
        self.run_to_end(read_stdin, result)
        self.assertEqual(result.value, 0)

    def test_interpreter_options_are_inherited(self):
        result = context.Value('b', 0)
        self.run_to_end(compare_flags, tuple(sys.flags), sys.warnoptions, result)
        self.assertEqual(result.value, 1)
        self.assertIn('optimize=%d, ' % sys.flags.optimize, repr(sys.flags))
        self.assertEqual((type(sys.flags).__name__, len(sys.flags)), ('flags', 18))

    def test_subclasses_and_grandchildren(self):
        result = context.Value('i', 0)
        process = Subclass(result)
        process.start()
        process.join()
        self.assertEqual((process.exitcode, result.value), (0, 3))
        self.assertEqual(self.run_to_end(nest, result).exitcode, 0)
        self.assertEqual(result.value, 1 + 0 + 10 * 2)

    def test_what_cannot_be_pickled_fails_in_the_parent(self):
        before = multiprocessing.active_children()
        with self.assertRaises(Exception) as caught:
            self.start(lambda: None)
        self.assertIn("pickle", str(caught.exception))
        self.assertEqual(multiprocessing.active_children(), before)

    def test_no_increment_is_lost(self):
        counter = context.Value('i', 0)
        processes = [self.start(increment, counter, 2000) for _ in range(3)]
        for process in processes:
            process.join()
        self.assertEqual(counter.value, 6000)


class TestLocks(unittest.TestCase):

    def test_thread_locks(self):
        lock = threading.Lock()
        self.assertIs(type(lock), type(_thread.allocate_lock()))
        for text in ('release unlocked lock',) * 2:
            with self.assertRaises(RuntimeError) as caught:
                lock.release()
            self.assertEqual(str(caught.exception), text)
        with lock as acquired:
            self.assertTrue(acquired)
            self.assertTrue(lock.locked())
            self.assertFalse(lock.acquire(False))
            self.assertFalse(lock.acquire(timeout=0.01))
            self.assertRegex(repr(lock), r'^<locked _thread\.lock object at 0x[0-9a-f]+>$')
        self.assertFalse(lock.locked())
        with self.assertRaises(TypeError) as caught:
            pickle.dumps(lock)
        self.assertEqual(str(caught.exception), "cannot pickle '_thread.lock' object")

    def test_lock(self):
        lock = context.Lock()
        self.assertEqual(repr(lock), '<Lock(owner=None)>')
        self.assertTrue(lock.acquire())
        self.assertEqual(repr(lock), '<Lock(owner=MainProcess)>')
        self.assertFalse(lock.acquire(False))
        self.assertFalse(lock.acquire(timeout=0.01))
        self.assertFalse(lock.acquire(True, -1))
        lock.release()
        with self.assertRaises(ValueError) as caught:
            lock.release()
        self.assertEqual(str(caught.exception), 'semaphore or lock released too many times')

    def test_rlock(self):
        lock = context.RLock()
        with lock, lock:
            self.assertEqual(repr(lock), '<RLock(MainProcess, 2)>')
        with self.assertRaises(AssertionError) as caught:
            lock.release()
        self.assertEqual(str(caught.exception), 'attempt to release recursive lock not owned by thread')

    def test_rlock_excludes_other_threads(self):
        lock, result = context.RLock(), []
        with lock:
            thread = threading.Thread(target=lambda: result.append((lock.acquire(False), repr(lock))))
            thread.start()
            thread.join()
        self.assertEqual(result, [(False, '<RLock(SomeOtherThread, nonzero)>')])

    def test_semaphores(self):
        semaphore = context.Semaphore(2)
        self.assertEqual((semaphore.acquire(), semaphore.acquire(), semaphore.acquire(False)), (True, True, False))
        semaphore.release()
        self.assertEqual((semaphore.get_value(), repr(semaphore)), (1, '<Semaphore(value=1)>'))
        bounded = context.BoundedSemaphore(1)
        with self.assertRaises(ValueError):
            bounded.release()


class OwnEndTest(unittest.TestCase):

    def test_who_kills_itself_executes_nothing_more(self):
        for signum in signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV:
            process = multiprocessing.Process(target=kill_itself, args=(signum,))
            process.start()
            process.join()
            self.assertEqual(process.exitcode, -signum)


if __name__ == '__main__':
    unittest.main()
