"""Shared values and arrays by type code: what CPython's ctypes objects do, error texts included. Passes on CPython 3.11 too."""

import multiprocessing
import pickle
import unittest
from multiprocessing.sharedctypes import Array, RawArray, RawValue, Value, copy, synchronized

INTEGERS = {'b': 8, 'B': 8, 'h': 16, 'H': 16, 'i': 32, 'I': 32, 'l': 64, 'L': 64, 'q': 64, 'Q': 64}


def fill(arrays, values):
    """Runs in a child: changes everything it was given."""
    for array in arrays:
        array[0] = array[1]
        array[2:4] = array[0:2]
    for value in values:
        value.value = value.value * 2


class TestCase(unittest.TestCase):

    def assertFails(self, error, text, function, *args):
        with self.assertRaises(error) as caught:
            function(*args)
        self.assertEqual(str(caught.exception), text)

    def assign(self, target, index, value):
        target[index] = value


class TestValues(TestCase):

    def test_integers_wrap(self):
        for code, bits in INTEGERS.items():
            with self.subTest(code):
                mask = (1 << bits) - 1
                for number in (0, 1, -1, mask, 1 << bits - 1, (1 << bits) + 5, -(1 << bits) - 3, 1 << 100):
                    expected = number & mask
                    if code.islower() and expected >> bits - 1:
                        expected -= 1 << bits
                    self.assertEqual(RawValue(code, number).value, expected)

    def test_real_numbers(self):
        self.assertEqual(RawValue('d', 1.1).value, 1.1)
        self.assertEqual(RawValue('f', 1.1).value, 1.100000023841858)
        self.assertEqual(repr(RawValue('d', 3).value), '3.0')
        self.assertEqual(repr(RawValue('d', True).value), '1.0')

    def test_characters(self):
        self.assertEqual(RawValue('c', b'x').value, b'x')
        self.assertEqual(RawValue('c', 65).value, b'A')
        self.assertEqual(RawValue('u', '\U0001f600').value, '\U0001f600')

    def test_zero(self):
        for code in 'bBhHiIlLqQfd':
            self.assertEqual(RawValue(code).value, 0)
        self.assertEqual(RawValue('c').value, b'\0')
        self.assertEqual(RawValue('u').value, '\0')

    def test_errors(self):
        self.assertFails(TypeError, "'float' object cannot be interpreted as an integer", RawValue, 'i', 1.5)
        self.assertFails(TypeError, "'str' object cannot be interpreted as an integer", RawValue, 'h', '1')
        self.assertFails(TypeError, "'NoneType' object cannot be interpreted as an integer", RawValue, 'i', None)
        self.assertFails(TypeError, 'must be real number, not str', RawValue, 'd', 'x')
        self.assertFails(OverflowError, 'int too large to convert to float', RawValue, 'd', 10 ** 400)
        for value in (b'ab', 'a', 256, -1, None):
            self.assertFails(TypeError, 'one character bytes, bytearray or integer expected', RawValue, 'c', value)
        self.assertFails(TypeError, 'one character unicode string expected', RawValue, 'u', 'ab')
        self.assertFails(TypeError, 'unicode string expected instead of bytes instance', RawValue, 'u', b'a')
        self.assertFails(TypeError, 'this type has no size', RawValue, 'zz')
        self.assertFails(TypeError, 'this type has no size', Value, '?')
        self.assertFails(TypeError, '__init__ expected at most 1 argument, got 2', RawValue, 'i', 1, 2)

    def test_repr(self):
        self.assertEqual([repr(RawValue(code, 1)) for code in 'bBhHiIlLqQ'], [
            'c_byte(1)', 'c_ubyte(1)', 'c_short(1)', 'c_ushort(1)', 'c_int(1)', 'c_uint(1)', 'c_long(1)', 'c_ulong(1)',
            'c_long(1)', 'c_ulong(1)'])
        self.assertEqual(repr(RawValue('c', b'a')), "c_char(b'a')")
        self.assertEqual(repr(Value('i', 3)), '<Synchronized wrapper for c_int(3)>')

    def test_a_failed_assignment_changes_nothing(self):
        value = Value('i', 7)
        with self.assertRaises(TypeError):
            value.value = 1.5
        self.assertEqual(value.value, 7)


class TestArrays(TestCase):

    def test_reading(self):
        array = RawArray('i', range(10))
        self.assertEqual(array[:], list(range(10)))
        self.assertEqual((array[0], array[-1]), (0, 9))
        for slice_ in (slice(2, 5), slice(None, None, -2), slice(20, None), slice(-3, None), slice(7, 2, -1), slice(1, 9, 3)):
            self.assertEqual(array[slice_], list(range(10))[slice_])
        self.assertEqual(list(array), list(range(10)))
        self.assertIn(3, array)
        self.assertEqual(len(array), 10)
        for index in (10, -11):
            self.assertFails(IndexError, 'invalid index', array.__getitem__, index)
        for index in (1.5, 'x', None):
            self.assertFails(TypeError, 'indices must be integers', array.__getitem__, index)

    def test_writing(self):
        array = RawArray('i', range(10))
        array[0] = 2 ** 33 + 1
        array[1:3] = (7, 8)
        array[::-3] = [-9, -6, -3, 100]
        self.assertEqual(array[:], [100, 7, 8, -3, 4, 5, -6, 7, 8, -9])
        array[:] = range(10)
        self.assertEqual(array[:], list(range(10)))
        array[0:2] = [2 ** 32 + 4, -1]
        self.assertEqual(array[:2], [4, -1])

    def test_writing_errors(self):
        array = RawArray('i', range(4))
        for values in ([1], 5, range(3)):
            self.assertFails(ValueError, 'Can only assign sequence of same size', self.assign, array, slice(0, 2), values)
        self.assertFails(IndexError, 'invalid index', self.assign, array, 4, 0)
        self.assertFails(TypeError, 'indices must be integer', self.assign, array, 'x', 0)
        self.assertFails(TypeError, "'float' object cannot be interpreted as an integer", self.assign, array, 0, 1.5)
        self.assertFails(TypeError, "'float' object cannot be interpreted as an integer",
                         self.assign, array, slice(0, 2), (9, 2.5))
        self.assertEqual(array[:], [9, 1, 2, 3])
        self.assertFails(TypeError, 'Array does not support item deletion', array.__delitem__, 0)

    def test_all_type_codes(self):
        for code in 'bBhHiIlLqQfd':
            array = Array(code, [1, 2, 3])
            self.assertEqual(array[:], [1, 2, 3])
            array[1] = 100
            self.assertEqual(array[::-1], [3, 100, 1])
            self.assertEqual(Array(code, 2)[:], [0, 0])
        self.assertEqual(RawArray('L', [2 ** 64 - 1])[:], [2 ** 64 - 1])

    def test_lengths(self):
        self.assertEqual(RawArray('i', 0)[:], [])
        self.assertFails(ValueError, 'Array length must be >= 0, not -1', RawArray, 'i', -1)
        self.assertFails(TypeError, "object of type 'float' has no len()", RawArray, 'i', 1.5)
        self.assertFails(TypeError, "object of type 'generator' has no len()", RawArray, 'i', (i for i in range(3)))

    def test_bytes(self):
        array = RawArray('c', b'hello')
        self.assertEqual((array[:], array[1:3], array[0], array.value, array.raw), (b'hello', b'el', b'h', b'hello', b'hello'))
        array[0] = b'j'
        array[1] = 65
        array[2:4] = b'xy'
        self.assertEqual(array.raw, b'jAxyo')
        array.value = b'hi'
        self.assertEqual((array.value, array.raw), (b'hi', b'hi\0yo'))
        array.raw = b'12345'
        self.assertEqual(array.value, b'12345')
        for name, value, error, text in (
                ('value', b'123456', ValueError, 'byte string too long'),
                ('raw', b'123456', ValueError, 'byte string too long'),
                ('value', 'x', TypeError, 'bytes expected instead of str instance')):
            self.assertFails(error, text, setattr, array, name, value)
        self.assertFails(TypeError, 'one character bytes, bytearray or integer expected', self.assign, array, 0, b'xy')

    def test_text(self):
        array = RawArray('u', 'h\xe9llo')
        self.assertEqual((array[:], array[::2], array[1], array.value), ('h\xe9llo', 'hlo', '\xe9', 'h\xe9llo'))
        array.value = 'yo'
        self.assertEqual(array[:], 'yo\0lo')
        array[3:5] = 'ab'
        self.assertEqual(array[3:], 'ab')
        self.assertFails(ValueError, 'string too long', setattr, array, 'value', '123456')
        self.assertFails(TypeError, 'one character unicode string expected', self.assign, array, 0, 'zz')


class TestWrappers(TestCase):

    def test_locks(self):
        lock = multiprocessing.Lock()
        value = Value('i', 3, lock=lock)
        self.assertIs(value.get_lock(), lock)
        self.assertEqual(repr(Value('i').get_lock()), '<RLock(None, 0)>')
        self.assertFalse(hasattr(Value('i', lock=False), 'get_lock'))
        self.assertFails(AttributeError, "3 has no method 'acquire'", lambda: Value('i', lock=3))
        with Value('i', 5) as acquired:
            self.assertTrue(acquired)

    def test_a_recursive_lock_lets_its_owner_in(self):
        value = Value('i', 1)
        with value.get_lock():
            value.value += 1
        array = Array('i', [1])
        with array:
            array[0] += 1
        self.assertEqual((value.value, array[0], value.get_obj().value, array.get_obj()[:]), (2, 2, 2, [2]))

    def test_synchronized_string(self):
        string = Array('c', b'abc')
        self.assertEqual((type(string).__name__, string.value, string.raw, string[:]),
                         ('SynchronizedString', b'abc', b'abc', b'abc'))
        string.value = b'x'
        self.assertEqual(string.raw, b'x\0c')
        self.assertFalse(hasattr(Array('i', 1), 'value'))

    def test_copy_and_synchronized(self):
        array = RawArray('d', [1, 2])
        other = copy(array)
        other[0] = 5
        self.assertEqual((array[:], other[:]), ([1.0, 2.0], [5.0, 2.0]))
        self.assertEqual(synchronized(RawValue('i', 4)).value, 4)
        self.assertFails(AssertionError, 'object already synchronized', synchronized, Value('i'))

    def test_pickling_outside_of_a_start(self):
        self.assertFails(RuntimeError, 'Synchronized objects should only be shared between processes through inheritance',
                         pickle.dumps, Value('i'))


class TestSharing(TestCase):

    def test_a_child_sees_and_changes_every_type(self):
        context = multiprocessing.get_context('spawn')
        arrays = [context.Array(code, [1, 2, 3, 4]) for code in 'bBhHiIlLqQfd']
        arrays += [context.Array('c', b'abcd'), context.RawArray('u', '\xe4\xf6\xfc\xdf')]
        values = [context.Value(code, 21) for code in 'bBhHiIlLqQfd'] + [context.RawValue('d', 0.5)]
        process = context.Process(target=fill, args=(arrays, values))
        process.start()
        process.join()
        self.assertEqual(process.exitcode, 0)
        for array in arrays[:-2]:
            self.assertEqual(array[:], [2, 2, 2, 2])
        self.assertEqual(arrays[-2][:], b'bbbb')
        self.assertEqual(arrays[-1][:], '\xf6' * 4)
        self.assertEqual([value.value for value in values], [42] * 12 + [1.0])


if __name__ == '__main__':
    unittest.main()
