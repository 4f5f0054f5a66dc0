"""Clocks of processor time: each process, and each thread, has its own. Passes on CPython 3.11 too."""

import multiprocessing
import os
import threading
import time
import unittest

context = multiprocessing.get_context('spawn')

# Processor time, in seconds, that is well above what the bystanders of a measurement use.
WORK = 1.0


def work(clock=time.thread_time, seconds=WORK):
    end = clock() + seconds
    while clock() < end:
        pass


def measure(result, native_id):
    work()
    result[:] = [time.process_time(), time.thread_time(), time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID), sum(os.times()[:2])]
    native_id.value = threading.main_thread().native_id


def nest():
    process = context.Process(target=work)
    process.start()
    process.join()


class TestClocks(unittest.TestCase):

    def test_sleep_takes_no_processor_time(self):
        before = time.process_time(), time.monotonic()
        time.sleep(WORK)
        self.assertLess(time.process_time() - before[0], WORK / 2)
        self.assertGreaterEqual(time.monotonic() - before[1], WORK)

    def test_a_process_counts_what_its_threads_used(self):
        before = time.process_time(), time.thread_time(), time.process_time_ns()
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        self.assertGreaterEqual(time.process_time() - before[0], WORK)
        self.assertLess(time.thread_time() - before[1], WORK / 2)
        self.assertGreaterEqual(time.process_time_ns() - before[2], WORK * 1e9)
        work(seconds=WORK / 4)
        self.assertGreaterEqual(time.thread_time() - before[1], WORK / 4)

    def test_a_living_thread_counts(self):
        before = time.process_time()
        done, end = threading.Event(), threading.Event()

        def run():
            work()
            done.set()
            end.wait()

        thread = threading.Thread(target=run)
        thread.start()
        done.wait()
        used = time.process_time() - before
        end.set()
        thread.join()
        self.assertGreaterEqual(used, WORK)

    def test_another_process_does_not_count(self):
        result, native_id = context.Array('d', 4), context.Value('q', 0)
        before = sum(os.times()[2:4])
        process = context.Process(target=measure, args=(result, native_id))
        process.start()
        process.join()
        for used in result[:]:
            self.assertGreaterEqual(used, WORK * 0.99)
        children = sum(os.times()[2:4]) - before
        self.assertGreaterEqual(children, WORK * 0.99)
        self.assertNotEqual(native_id.value, threading.main_thread().native_id)

    def test_grandchildren_count_when_their_parents_are_waited_for(self):
        before = sum(os.times()[2:4])
        process = context.Process(target=nest)
        process.start()
        process.join()
        self.assertGreaterEqual(sum(os.times()[2:4]) - before, WORK * 0.99)

    def test_clock_gettime(self):
        self.assertAlmostEqual(time.clock_gettime(time.CLOCK_REALTIME), time.time(), delta=60)
        self.assertLessEqual(time.clock_gettime_ns(time.CLOCK_MONOTONIC), time.monotonic_ns())
        self.assertLessEqual(time.clock_gettime_ns(time.CLOCK_THREAD_CPUTIME_ID), time.thread_time_ns())
        with self.assertRaises(OSError) as caught:
            time.clock_gettime(123456)
        self.assertEqual(caught.exception.errno, 22)

    def test_times(self):
        times = os.times()
        self.assertEqual((times.user, times.elapsed, len(times)), (times[0], times[4], 5))
        self.assertRegex(repr(times), r'^posix\.times_result\(user=[0-9.]+, system=[0-9.]+, ')


if __name__ == '__main__':
    unittest.main()
