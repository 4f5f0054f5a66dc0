"""Runs CPython's tests for the conformance harness, class by class, and tells it what becomes of each test.

A message is a line of fields with tabs between them; a backslash in a field stands before `\\`, `t`, `n` or `r`. The harness asks

    list MODULE PATTERN         for the tests of the classes whose names match: a `class` message for each, then `listed`
    run MODULE CLASS METHOD...  to run tests of a class, with the fixtures of the class and of the module

and is told, while tests run,

    imported                    the module is imported; the fixtures come next
    start METHOD                a test starts as soon as the harness has answered `go`
    done METHOD OUTCOME TEXT    it has ended: pass, fail or skip; TEXT is the tracebacks or the reason for the skip
    fixture OUTCOME TEXT        a fixture of the class or module has failed or has skipped the tests
    end ALTERED                 the class has ended; ALTERED is 1 if the tests left processes or threads behind, else 0
"""

import fnmatch
import importlib
import os
import socket
import sys
import unittest

from test import support

# What the environment of a test's subprocesses has in place of the JAVA_OPTS of this JVM, which are for a long run.
SUBPROCESS_JAVA_OPTS = 'POLYPROC_SUBPROCESS_JAVA_OPTS'

ESCAPES = str.maketrans({'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r'})


class Harness:
    """The connection to the harness."""

    def __init__(self, connection):
        self._in = connection.makefile('r', encoding='utf-8', newline='\n')
        self._out = connection.makefile('w', encoding='utf-8', newline='\n', errors='backslashreplace')

    def tell(self, *fields):
        """Send a message."""
        self._out.write('\t'.join(field.translate(ESCAPES) for field in fields) + '\n')
        self._out.flush()

    def hear(self):
        """Return the fields of the next message, none of which needs an escape; None at the end."""
        line = self._in.readline()
        return line.rstrip('\n').split('\t') if line else None


class Result(unittest.TestResult):
    """Tells the harness what becomes of each test."""

    def __init__(self, harness):
        super().__init__()
        self._harness = harness
        self._failures = []
        self._skips = []

    def startTest(self, test):
        super().startTest(test)
        self._failures = []
        self._skips = []
        self._harness.tell('start', test._testMethodName)
        self._harness.hear()

    def stopTest(self, test):
        super().stopTest(test)
        outcome = 'fail' if self._failures else 'skip' if self._skips else 'pass'
        flush_output()
        self._harness.tell('done', test._testMethodName, outcome, '\n'.join(self._failures or self._skips))

    def addError(self, test, err):
        self._add_failure(test, err)

    def addFailure(self, test, err):
        self._add_failure(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._failures.append('%s\n%s' % (subtest, self._exc_info_to_string(err, test)))

    def addUnexpectedSuccess(self, test):
        self._failures.append('the test passed, but is marked as an expected failure')

    def addSkip(self, test, reason):
        if is_fixture(test):
            self._harness.tell('fixture', 'skip', reason)
        else:
            self._skips.append(reason)

    def _add_failure(self, test, err):
        text = self._exc_info_to_string(err, test)
        if is_fixture(test):
            self._harness.tell('fixture', 'fail', '%s\n%s' % (test, text))
        else:
            self._failures.append(text)


def is_fixture(test):
    """Return whether `unittest` says `test`, and means a fixture of a class or module."""
    return type(test).__name__ == '_ErrorHolder'


def serve(port):
    """Do what the harness that listens on a port of this machine asks for, until it closes the connection."""
    os.environ['JAVA_OPTS'] = os.environ.pop(SUBPROCESS_JAVA_OPTS)
    with socket.create_connection(('127.0.0.1', port)) as connection:
        harness = Harness(connection)
        while (message := harness.hear()) is not None:
            COMMANDS[message[0]](harness, *message[1:])


def list_tests(harness, module_name, pattern):
    module = importlib.import_module(module_name)
    loader = unittest.TestLoader()
    for name, value in sorted(vars(module).items()):
        if isinstance(value, type) and issubclass(value, unittest.TestCase) and value.__module__ == module_name:
            methods = loader.getTestCaseNames(value)
            if methods and fnmatch.fnmatchcase(name, pattern):
                harness.tell('class', name, *methods)
    harness.tell('listed')


def run_tests(harness, module_name, class_name, *methods):
    test_class = getattr(importlib.import_module(module_name), class_name)
    harness.tell('imported')
    support.environment_altered = False
    unittest.TestSuite(test_class(method) for method in methods).run(Result(harness))
    flush_output()
    harness.tell('end', '1' if support.environment_altered else '0')


def flush_output():
    """Write what the test has left in buffers, so that it is found among that test's output."""
    for stream in sys.stdout, sys.stderr:
        stream.flush()


COMMANDS = {'list': list_tests, 'run': run_tests}
