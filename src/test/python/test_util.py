"""Start methods, clean-up, logging and standard input of processes. Passes on CPython 3.11 too."""

import atexit
import gc
import io
import logging
import multiprocessing
import os
import sys
import unittest
from multiprocessing import util

context = multiprocessing.get_context('spawn')


class Referent:
    pass


def note(notes, letter):
    notes.value += letter.encode()


def clean_up(notes):
    referent = Referent()
    util.Finalize(referent, note, (notes, 'r'))
    del referent
    gc.collect()
    for letter, priority in ('0', 0), ('9', 9), ('5', 5):
        util.Finalize(None, note, (notes, letter), exitpriority=priority)
    util.Finalize(None, note, (notes, 'c'), exitpriority=7).cancel()
    atexit.register(note, notes, 'a')
    note(notes, 'm')


def fail_to_clean_up(notes):
    sys.stderr = io.StringIO()
    util.Finalize(None, lambda: 1 / 0, exitpriority=9)
    util.Finalize(None, note, (notes, '5'), exitpriority=5)


def log(notes):
    text = io.StringIO()
    before = multiprocessing.get_logger().level
    sys.stderr = text
    multiprocessing.log_to_stderr(logging.INFO)
    multiprocessing.get_logger().info('an %s', 'info')
    util.debug('not shown')
    notes.value = ('%d %s' % (before, text.getvalue())).encode()


def read_stdin(notes):
    try:
        input()
    except EOFError as error:
        notes.value = ('%r %r %r %s %s' % (
            sys.stdin.read(), sys.stdin.readline(), sys.stdin.isatty(), sys.stdin.name, error)).encode()


class TestUtil(unittest.TestCase):

    def run_to_end(self, target):
        notes = context.Array('c', 500)
        process = context.Process(target=target, args=(notes,), name='Named')
        process.start()
        process.join()
        self.assertEqual(process.exitcode, 0)
        return notes.value.decode()

    def test_finalizers_and_exit_handlers(self):
        # The referent's finalizer runs when it is collected, which is not certain to happen.
        self.assertEqual(self.run_to_end(clean_up).replace('r', ''), 'm950a')

    def test_a_finalizer_that_fails_keeps_no_other_from_running(self):
        self.assertEqual(self.run_to_end(fail_to_clean_up), '5')

    def test_logging(self):
        lines = self.run_to_end(log).splitlines()
        self.assertEqual(lines[0], '0 [INFO/Named] an info')

    def test_standard_input_of_a_child(self):
        text = self.run_to_end(read_stdin)
        self.assertRegex(text, r"^'' '' False \d+ EOF when reading a line$")

    def test_start_methods(self):
        self.assertIs(context, multiprocessing.get_context('spawn'))
        self.assertEqual(context.get_start_method(), 'spawn')
        with self.assertRaises(ValueError) as caught:
            context.set_start_method('fork')
        self.assertEqual(str(caught.exception), 'cannot set start method of concrete context')
        with self.assertRaises(ValueError) as caught:
            multiprocessing.get_context('threads')
        self.assertEqual(str(caught.exception), "cannot find context for 'threads'")
        self.assertIn('spawn', multiprocessing.get_all_start_methods())

    def test_the_default_start_method_is_set_once(self):
        multiprocessing.set_start_method('spawn', force=True)
        self.assertEqual(multiprocessing.get_start_method(allow_none=True), 'spawn')
        with self.assertRaises(RuntimeError) as caught:
            multiprocessing.set_start_method('spawn')
        self.assertEqual(str(caught.exception), 'context has already been set')
        multiprocessing.set_start_method(None, force=True)
        self.assertIsNone(multiprocessing.get_start_method(allow_none=True))
        multiprocessing.set_start_method('spawn', force=True)

    def test_executable_and_connection_pickling(self):
        from multiprocessing import spawn
        before = spawn.get_executable()
        multiprocessing.set_executable('/no/such/python')
        try:
            self.assertEqual(os.fsdecode(spawn.get_executable()), '/no/such/python')
        finally:
            multiprocessing.set_executable(before or '')
        self.assertIsNone(multiprocessing.freeze_support())
        multiprocessing.allow_connection_pickling()


if __name__ == '__main__':
    unittest.main()
