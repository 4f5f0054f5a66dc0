"""Shared values and arrays, structures and unions: what CPython's ctypes objects do, error texts included.

Passes on CPython 3.11 too.
"""

import ctypes
import multiprocessing
import pickle
import unittest
from multiprocessing.sharedctypes import Array, RawArray, RawValue, Value, copy, synchronized

INTEGERS = {'b': 8, 'B': 8, 'h': 16, 'H': 16, 'i': 32, 'I': 32, 'l': 64, 'L': 64, 'q': 64, 'Q': 64}


class Point(ctypes.Structure):
    _fields_ = [('x', ctypes.c_double), ('y', ctypes.c_int)]

    def total(self):
        return self.x + self.y


class Point3(Point):
    _fields_ = [('z', ctypes.c_short)]


class Number(ctypes.Union):
    _fields_ = [('i', ctypes.c_int), ('d', ctypes.c_double), ('bytes', ctypes.c_ubyte * 8)]


class Everything(ctypes.Structure):
    _fields_ = [('point', Point), ('numbers', ctypes.c_int * 3), ('text', ctypes.c_char * 4), ('wide', ctypes.c_wchar * 3),
                ('low', ctypes.c_int, 3), ('high', ctypes.c_int, 5), ('rest', ctypes.c_uint, 30), ('flag', ctypes.c_bool),
                ('number', Number), ('points', Point * 2)]


class Packed(ctypes.Structure):
    _pack_ = 2
    _fields_ = [('a', ctypes.c_char), ('b', ctypes.c_longlong), ('c', ctypes.c_int)]


class Bits(ctypes.Structure):
    _fields_ = [('a', ctypes.c_short, 3), ('b', ctypes.c_int, 20), ('c', ctypes.c_byte, 4), ('d', ctypes.c_byte),
                ('e', ctypes.c_longlong, 40), ('f', ctypes.c_longlong, 40), ('g', ctypes.c_ubyte, 6), ('h', ctypes.c_ushort, 9)]


def move(points, everything, string):
    """Runs in a child: changes what it was given."""
    for point in points:
        point.x, point.y = point.x * 2, point.y + 1
    everything.point = (everything.point.x + 1, 7)
    everything.numbers[1] = 5
    everything.points[1].y = 9
    everything.low = -2
    string.value = b'child'


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


class TestStructures(TestCase):

    def test_fields(self):
        point = Value(Point, 1, 2)
        self.assertEqual((point.x, point.y, type(point).__name__), (1.0, 2, 'SynchronizedPoint'))
        point.x = 3
        point.y += 2 ** 32 + 1
        self.assertEqual((point.x, point.y, point.get_obj().total()), (3.0, 3, 6.0))
        self.assertIsInstance(point.get_obj(), Point)
        self.assertEqual((RawValue(Point).x, RawValue(Point, 5).y), (0.0, 0))
        self.assertFails(TypeError, 'too many initializers', RawValue, Point, 1, 2, 3)
        self.assertFails(TypeError, 'must be real number, not str', RawValue, Point, 'x')
        self.assertFails(TypeError, "'float' object cannot be interpreted as an integer", setattr, point, 'y', 1.5)
        self.assertEqual(point.y, 3)
        three = RawValue(Point3, 1, 2, 3)
        self.assertEqual((three.x, three.y, three.z), (1.0, 2, 3))

    def test_nested(self):
        value = RawValue(Everything)
        value.point = (1, 2)
        value.numbers = (1, 2)
        self.assertEqual((value.point.x, value.point.y, value.numbers[:]), (1.0, 2, [1, 2, 0]))
        value.point = Point(7)
        value.numbers = (ctypes.c_int * 3)(4, 5, 6)
        value.points[1].x = 2.5
        value.points[0] = (1, 9)
        value.flag = 3
        self.assertEqual((value.point.total(), value.numbers[::-1], value.points[0].total(), value.points[1].x, value.flag),
                         (7.0, [6, 5, 4], 10.0, 2.5, True))
        for name, bad, error, text in (
                ('point', (1, 2, 3), RuntimeError, '(Point) TypeError: too many initializers'),
                ('point', 5, TypeError, 'expected Point instance, got int'),
                ('point', [1, 2], TypeError, 'expected Point instance, got list'),
                ('point', Number(), TypeError, 'incompatible types, Number instance instead of Point instance'),
                ('numbers', (1, 2, 3, 4), RuntimeError, '(c_int_Array_3) IndexError: invalid index'),
                ('numbers', [1, 2, 3], TypeError, 'expected c_int_Array_3 instance, got list'),
                ('numbers', (ctypes.c_int * 2)(4, 5), TypeError,
                 'incompatible types, c_int_Array_2 instance instead of c_int_Array_3 instance')):
            self.assertFails(error, text, setattr, value, name, bad)

    def test_text_fields(self):
        value = RawValue(Everything)
        value.text = b'abc'
        value.wide = 'xyz'
        self.assertEqual((value.text, value.wide), (b'abc', 'xyz'))
        value.text = b'abcd'
        value.wide = 'v'
        self.assertEqual((value.text, value.wide), (b'abcd', 'v'))
        self.assertFails(ValueError, 'bytes too long (5, maximum length 4)', setattr, value, 'text', b'abcde')
        self.assertFails(TypeError, 'expected bytes, str found', setattr, value, 'text', 'x')
        self.assertFails(ValueError, 'string too long (4, maximum length 3)', setattr, value, 'wide', 'wxyz')
        self.assertFails(TypeError, 'unicode string expected instead of bytes instance', setattr, value, 'wide', b'x')

    def test_bit_fields(self):
        value = RawValue(Everything)
        value.low, value.high, value.rest = 5, -1, -1
        self.assertEqual((value.low, value.high, value.rest), (-3, -1, (1 << 30) - 1))
        self.assertFails(TypeError, "'float' object cannot be interpreted as an integer", setattr, value, 'low', 1.5)
        bits = RawValue(Bits)
        for name in 'abcdefgh':
            setattr(bits, name, 1)
        # In units of different sizes, ctypes of CPython 3.11 loses bits.
        self.assertEqual([getattr(bits, name) for name in 'abcdefgh'], [1, 1, 0, 1, 1, 1, 0, 0])

    def test_unions(self):
        number = RawValue(Number)
        number.d = 1.0
        self.assertEqual((number.i, number.bytes[:]), (0, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]))
        number.i = -1
        self.assertEqual(number.bytes[:5], [255, 255, 255, 255, 0])

    def test_arrays(self):
        points = Array(Point, [(1.5, 2), (3, 4)])
        self.assertEqual(([p.total() for p in points], len(points), points[-1].y), ([3.5, 7.0], 2, 4))
        points[0] = (9,)
        self.assertEqual((points[0].x, points[0].y, [p.x for p in points[:]]), (9.0, 0, [9.0, 3.0]))
        points[0] = Point(1, 1)
        self.assertEqual(points[0].total(), 2.0)
        self.assertFails(TypeError, 'expected Point instance, got int', self.assign, points, 0, 5)
        self.assertFails(TypeError, 'expected Point instance, got int', Array, Point, [1])
        self.assertFails(RuntimeError, '(Point) TypeError: too many initializers', Array, Point, [(1, 2, 3)])
        self.assertFails(ValueError, 'Array length must be >= 0, not -1', RawArray, Point, -1)

    def test_arrays_of_arrays(self):
        table = Array(ctypes.c_int * 2, 3)
        table[1][0] = 5
        table[2] = (7, 8)
        self.assertEqual([row[:] for row in table], [[0, 0], [5, 0], [7, 8]])
        words = RawArray(ctypes.c_char * 3, 2)
        words[1].value = b'ab'
        self.assertEqual((words[0].value, words[1].value, words[1].raw), (b'', b'ab', b'ab\0'))
        self.assertFails(TypeError, 'expected c_char_Array_3 instance, got bytes', self.assign, words, 0, b'ab')
        self.assertEqual(Value(ctypes.c_int * 3, 1, 2, 3)[:], [1, 2, 3])
        self.assertFails(IndexError, 'invalid index', Value, ctypes.c_int * 3, 1, 2, 3, 4)

    def test_types_of_ctypes(self):
        for name in 'byte', 'ubyte', 'short', 'ushort', 'int', 'uint', 'long', 'ulong', 'longlong', 'ulonglong', 'float', 'double':
            self.assertEqual(RawValue(getattr(ctypes, 'c_' + name), 3).value, 3)
        self.assertEqual((RawValue(ctypes.c_bool, 3).value, RawArray(ctypes.c_bool, [1, 0, 2])[:]), (True, [True, False, True]))
        array = RawArray(ctypes.c_int, 2)
        array[0] = ctypes.c_int(5)
        self.assertEqual(array[:], [5, 0])
        self.assertFails(TypeError, 'incompatible types, c_short instance instead of c_int instance',
                         self.assign, array, 0, ctypes.c_short(5))
        self.assertFails(TypeError, "'c_int' object cannot be interpreted as an integer",
                         setattr, RawValue('i'), 'value', ctypes.c_int(3))
        self.assertFails(TypeError, 'this type has no size', RawValue, int)

    def test_copy(self):
        self.assertEqual((copy(Point(2, 5)).total(), copy(RawValue(Point3, 1, 2, 3)).z, copy(ctypes.c_int(4)).value), (7.0, 3, 4))
        original = RawValue(Everything)
        original.points[1].y = 6
        other = copy(original)
        original.points[1].y = 0
        self.assertEqual(other.points[1].y, 6)

    def test_layout(self):
        expected = {
            Point: (16, [0, 8]), Point3: (24, [0, 8, 16]), Number: (8, [0, 0, 0]), Packed: (14, [0, 2, 10]),
            Everything: (96, [0, 16, 28, 32, 44, 44, 48, 52, 56, 64]), Bits: (24, [0, 0, 3, 4, 8, 16, 23, 22])}
        for source, (size, offsets) in expected.items():
            with self.subTest(source.__name__):
                self.assertEqual(layout(source), (size, offsets))

    def test_a_child_sees_and_changes_structures(self):
        context = multiprocessing.get_context('spawn')
        points = context.Array(Point, [(1.5, 2), (3, 4)])
        everything = context.Value(Everything)
        string = context.Array('c', 10)
        process = context.Process(target=move, args=(points, everything, string))
        process.start()
        process.join()
        self.assertEqual(process.exitcode, 0)
        self.assertEqual([(p.x, p.y) for p in points], [(3.0, 3), (6.0, 5)])
        self.assertEqual((everything.point.x, everything.point.y, everything.numbers[:], everything.points[1].y, everything.low),
                         (1.0, 7, [0, 5, 0], 9, -2))
        self.assertEqual(string.value, b'child')


def layout(source):
    """Return the size of a structure in shared memory and the offsets of its fields."""
    try:
        from _polyproc import shared_types
    except ImportError:
        names = [field[0] for cls in reversed(source.__mro__) for field in cls.__dict__.get('_fields_', ())]
        return ctypes.sizeof(source), [getattr(source, name).offset for name in names]
    shared = shared_types.resolve(source)
    return shared.size, [field.offset for field in shared.fields.values()]


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
