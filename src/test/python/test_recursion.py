"""Too deep a recursion is a RecursionError, in every thread of every process. Passes on CPython 3.11 too."""

import multiprocessing
import threading
import unittest

context = multiprocessing.get_context('spawn')


def endless():
    return endless()


def depth(n):
    return depth(n - 1) + 1 if n else 0


class Endless:

    def __repr__(self):
        return repr(self)

    def __lt__(self, other):
        return bool(sorted([self, other]))

    def __getattr__(self, name):
        return getattr(self, name)


CASES = {
    'call': endless,
    'repr': lambda: repr(Endless()),
    'sort': lambda: sorted([Endless(), Endless()]),
    'attribute': lambda: Endless().x,
    'exec': lambda: exec('def f(): exec("f()", globals())\nf()', {}),
}


def overflow():
    """Return which cases did not end with a RecursionError."""
    return [name for name, case in CASES.items() if not overflows(case)]


def overflows(case):
    try:
        case()
    except RecursionError as error:
        return str(error).startswith('maximum recursion depth exceeded')


def in_a_thread(function):
    results = []
    thread = threading.Thread(target=lambda: results.append(function()))
    thread.start()
    thread.join()
    return results[0]


def overflow_everywhere(result):
    result.value = len(overflow() + in_a_thread(overflow))


class TestRecursion(unittest.TestCase):

    def test_main_thread(self):
        self.assertEqual(overflow(), [])
        self.assertEqual(depth(900), 900)

    def test_other_threads(self):
        self.assertEqual(in_a_thread(overflow), [])
        self.assertEqual(in_a_thread(lambda: depth(900)), 900)

    def test_child_process(self):
        result = context.Value('i', -1)
        process = context.Process(target=overflow_everywhere, args=(result,))
        process.start()
        process.join()
        self.assertEqual((process.exitcode, result.value), (0, 0))


if __name__ == '__main__':
    unittest.main()
