"""What `multiprocessing.reduction` pickles in a way of its own. Passes on CPython 3.11 too, which has no such way."""

import collections
import enum
import io
import multiprocessing
import pickle
import unittest
from multiprocessing import reduction

Point = collections.namedtuple('Point', 'x y')


class Colour(enum.IntEnum):
    RED = 1


class Text(str):
    pass


TEXT, DATA, PAIR, ITEMS = 'text', b'data', (1, 2), [1]

PLAIN = [
    None, True, False, 0, 1, 255, 256, 65535, 65536, -1, -128, -129, 32767, 32768, -32768, -32769, 2**31 - 1, 2**31, -2**31,
    -2**31 - 1, 2**39, -2**39, 2**39 - 1, 2**62, -2**62, 2**63 - 1, 1.5, -0.0, float('inf'), '', 'a', '\0', 'ä€😀', 'x' * 255,
    'x' * 256, 'ü' * 200, b'', b'a', b'z' * 255, b'z' * 256, b'z' * 3000, (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4),
    tuple(range(300)), [], [1], [1, 2], [None], ['a'], ['a', 'b'], [1.5, 2.5], [True, False], list(range(1000)), [2**40, 1],
    {}, ({}, {}), (TEXT, TEXT, DATA, DATA), [PAIR, PAIR], (ITEMS, ITEMS), ((), ((), ())), (1, [2, (3, 'x', [4.5, None])], b'y'),
    ['item %d' % i for i in range(30)], (7, 3, (5,), {}), (7, 3, (True, [5]))]

OTHERS = [
    2**63, -2**63 - 1, 10**30, '\ud800', {1: 2}, {1}, 1j, Point(1, 2), Colour.RED, Text('x'), bytearray(b'x'), len, Point,
    list(range(1001)), 'x' * 20000, b'x' * 20000, ['item %d' % i for i in range(100)], [[[[[[[[[[]]]]]]]]]]]


dumps = getattr(reduction, 'quick_dumps', reduction.ForkingPickler.dumps)


def pickled_by_python(obj):
    """Return the pickle that the standard library's Python code makes."""
    file = io.BytesIO()
    pickle._Pickler(file).dump(obj)
    return file.getvalue()


class QuickPickle(unittest.TestCase):

    def test_plain_data_has_the_same_pickle(self):
        if not hasattr(reduction, '_quick_dumps'):
            self.skipTest('CPython has one pickler only')
        for obj in PLAIN:
            with self.subTest(obj=repr(obj)[:60]):
                made = reduction._quick_dumps(obj)
                self.assertIs(type(made), bytes)
                self.assertEqual(made, pickled_by_python(obj))
                self.assertEqual(made, reduction.quick_dumps(obj))
                self.assertEqual(repr(pickle.loads(made)), repr(obj))

    def test_other_objects_are_pickled_as_ever(self):
        if not hasattr(reduction, '_quick_dumps'):
            self.skipTest('CPython has one pickler only')
        for obj in OTHERS:
            with self.subTest(obj=repr(obj)[:60]):
                self.assertIsNone(reduction._quick_dumps(obj))
                self.assertIsNone(reduction._quick_dumps((1, [obj])))
                self.assertEqual(bytes(reduction.quick_dumps(obj)), bytes(reduction.ForkingPickler.dumps(obj)))

    def test_a_list_that_contains_itself(self):
        ring = []
        ring.append(ring)
        copy = pickle.loads(dumps(ring))
        self.assertIs(copy[0], copy)
        pair = ([],)
        pair[0].append(pair)
        copy = pickle.loads(dumps(pair))
        self.assertIs(copy[0][0], copy)

    def test_what_is_one_object_stays_one(self):
        a, b = pickle.loads(dumps((ITEMS, ITEMS)))
        self.assertIs(a, b)

    def test_a_message_of_each(self):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        for obj in PLAIN + OTHERS:
            sender.send(obj)
            self.assertEqual(repr(receiver.recv()), repr(obj))


if __name__ == '__main__':
    unittest.main()
