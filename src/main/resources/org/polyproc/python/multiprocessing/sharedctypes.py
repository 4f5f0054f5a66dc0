"""Stands before `multiprocessing.sharedctypes`: values and arrays in shared memory of polyproc's kernel.

Differs in what is shared: objects that look and behave like ctypes' simple types and arrays of them, but are cells of a kernel
segment, so that neither `ctypes` nor native access is needed. They are made by type code ('c', 'u', 'b', 'B', 'h', 'H', 'i',
'I', 'l', 'L', 'q', 'Q', 'f', 'd') or by ctypes' simple type. The errors are those of CPython 3.11's ctypes.

A cell is read and written as a whole and in the order of the program, as on x86 (see org.polyproc.syscall.Cells); `x += 1`
is not one step and wants a lock.
"""

from array import array
from _operator import index

from _polyproc import kernel as _kernel

from . import get_context, util
from .context import assert_spawning, get_spawning_popen

__all__ = ['RawValue', 'RawArray', 'Value', 'Array', 'copy', 'synchronized']


#
# Cell types: from Python objects to what a cell takes, and back
#

def _encode_integer(value):
    value = index(value)
    if not -1 << 63 <= value < 1 << 63:
        value = (value + (1 << 63)) % (1 << 64) - (1 << 63)
    return value


def _decode_integer(value):
    return value


def _decode_unsigned_long(value):
    return value if value >= 0 else value + (1 << 64)


def _encode_real(value):
    try:
        return float(value) if hasattr(value, '__float__') or hasattr(value, '__index__') else _no_real(value)
    except OverflowError:
        raise OverflowError('int too large to convert to float') from None


def _no_real(value):
    raise TypeError('must be real number, not %s' % type(value).__name__)


def _decode_real(value):
    return value


def _encode_char(value):
    if isinstance(value, (bytes, bytearray)) and len(value) == 1:
        return value[0]
    if isinstance(value, int) and 0 <= value <= 255:
        return value
    raise TypeError('one character bytes, bytearray or integer expected')


def _decode_char(value):
    return bytes((value,))


def _encode_wchar(value):
    if not isinstance(value, str):
        raise TypeError('unicode string expected instead of %s instance' % type(value).__name__)
    if len(value) != 1:
        raise TypeError('one character unicode string expected')
    return ord(value)


def _decode_wchar(value):
    return chr(value)


def _encode_bool(value):
    return 1 if value else 0


def _decode_bool(value):
    return value != 0


#
# Shared objects
#

class _Shared:
    """A row of shared cells. Subclasses say of what type: `_code`, `_format`, `_encode` and `_decode`."""

    def _open(self, cells):
        self._cells = cells
        self._get = cells.get
        self._set = cells.set

    def _inherit(self):
        """Let the process that is being started hold the cells; return their number."""
        assert_spawning(self)
        handle = self._cells.handle()
        get_spawning_popen().inherit(handle)
        return handle


class _SharedValue(_Shared):
    """A shared object of a simple type."""

    def __init__(self, *args):
        if len(args) > 1:
            raise TypeError('__init__ expected at most 1 argument, got %d' % len(args))
        if args:
            self.value = args[0]

    @property
    def value(self):
        """current value"""
        return self._decode(self._get(0))

    @value.setter
    def value(self, value):
        self._set(0, self._encode(value))

    def __bool__(self):
        return bool(self._get(0))

    def __repr__(self):
        return '%s(%r)' % (type(self).__name__, self.value)

    def __reduce__(self):
        return _rebuild_value, (self._code, self._inherit())


class _SharedArray(_Shared):
    """A shared array of a simple type. Subclasses also have `_type_` and `_length_`, as ctypes' arrays do."""

    def __init__(self, *args):
        if len(args) > self._length_:
            raise IndexError('invalid index')
        for i, item in enumerate(args):
            self._set(i, self._encode(item))

    def __len__(self):
        return self._length_

    def _position(self, i, message):
        try:
            i = index(i)
        except TypeError:
            raise TypeError(message) from None
        if i < 0:
            i += self._length_
        if not 0 <= i < self._length_:
            raise IndexError('invalid index')
        return i

    def __getitem__(self, i):
        if isinstance(i, slice):
            return self._get_slice(*i.indices(self._length_))
        return self._decode(self._get(self._position(i, 'indices must be integers')))

    def __setitem__(self, i, value):
        if isinstance(i, slice):
            self._set_slice(range(*i.indices(self._length_)), value)
        else:
            self._set(self._position(i, 'indices must be integer'), self._encode(value))

    def __delitem__(self, i):
        raise TypeError('Array does not support item deletion')

    def _get_slice(self, start, stop, step):
        positions = range(start, stop, step)
        if not positions:
            return self._unpack(b'')
        low, high = min(positions[0], positions[-1]), max(positions[0], positions[-1])
        items = self._unpack(self._cells.read(low, high - low + 1).encode('latin-1'))
        return items[::step] if step > 0 else items[::-1][::-step]

    def _set_slice(self, positions, values):
        try:
            matches = len(values) == len(positions)
        except TypeError:
            matches = False
        if not matches:
            raise ValueError('Can only assign sequence of same size')
        if positions.step == 1 and positions:
            packed = self._pack(values)
            if packed is not None:
                self._cells.write(positions.start, packed)
                return
        for i, value in zip(positions, values):
            self._set(i, self._encode(value))

    def _unpack(self, data):
        """Turn the cells' bytes into what a slice is."""
        items = array(self._code)
        items.frombytes(data)
        return items.tolist()

    def _pack(self, values):
        """Turn values into the cells' bytes, or return None if they have to be encoded one by one."""
        try:
            return array(self._code, values).tobytes()
        except (TypeError, OverflowError):
            return None

    def __reduce__(self):
        return _rebuild_array, (self._code, self._length_, self._inherit())


class _SharedBools(_SharedArray):

    def _unpack(self, data):
        return [byte != 0 for byte in data]

    def _pack(self, values):
        return None


class _SharedChars(_SharedArray):

    def _unpack(self, data):
        return data

    def _pack(self, values):
        return values if isinstance(values, bytes) else None

    @property
    def raw(self):
        """value"""
        return self[:]

    @raw.setter
    def raw(self, value):
        data = bytes(memoryview(value))
        if len(data) > self._length_:
            raise ValueError('byte string too long')
        if data:
            self._cells.write(0, data)

    @property
    def value(self):
        """string value"""
        return self.raw.partition(b'\0')[0]

    @value.setter
    def value(self, value):
        if not isinstance(value, bytes):
            raise TypeError('bytes expected instead of %s instance' % type(value).__name__)
        if len(value) > self._length_:
            raise ValueError('byte string too long')
        self.raw = value + b'\0' if len(value) < self._length_ else value


class _SharedWideChars(_SharedArray):

    def _unpack(self, data):
        return data.decode('utf-32-le', 'surrogatepass')

    def _pack(self, values):
        return values.encode('utf-32-le', 'surrogatepass') if isinstance(values, str) else None

    @property
    def value(self):
        """string value"""
        return self[:].partition('\0')[0]

    @value.setter
    def value(self, value):
        if not isinstance(value, str):
            raise TypeError('unicode string expected instead of %s instance' % type(value).__name__)
        if len(value) > self._length_:
            raise ValueError('string too long')
        data = value + '\0' if len(value) < self._length_ else value
        self[:len(data)] = data


_INTEGER = (_encode_integer, _decode_integer, _SharedArray)
_UNSIGNED_LONG = (_encode_integer, _decode_unsigned_long, _SharedArray)
_REAL = (_encode_real, _decode_real, _SharedArray)

# By type code: name in ctypes on 64-bit Linux, cell format, encoder, decoder, array class. '?' is no type code of
# multiprocessing; it is here for ctypes.c_bool.
_SIMPLE_TYPES = {
    'c': ('c_char', 'UINT8', _encode_char, _decode_char, _SharedChars),
    'u': ('c_wchar', 'INT32', _encode_wchar, _decode_wchar, _SharedWideChars),
    'b': ('c_byte', 'INT8', *_INTEGER),
    'B': ('c_ubyte', 'UINT8', *_INTEGER),
    'h': ('c_short', 'INT16', *_INTEGER),
    'H': ('c_ushort', 'UINT16', *_INTEGER),
    'i': ('c_int', 'INT32', *_INTEGER),
    'I': ('c_uint', 'UINT32', *_INTEGER),
    'l': ('c_long', 'INT64', *_INTEGER),
    'L': ('c_ulong', 'INT64', *_UNSIGNED_LONG),
    'q': ('c_long', 'INT64', *_INTEGER),
    'Q': ('c_ulong', 'INT64', *_UNSIGNED_LONG),
    'f': ('c_float', 'FLOAT32', *_REAL),
    'd': ('c_double', 'FLOAT64', *_REAL),
    '?': ('c_bool', 'UINT8', _encode_bool, _decode_bool, _SharedBools),
}


def _value_type(code):
    name, format, encode, decode, array_type = _SIMPLE_TYPES[code]
    return type(name, (_SharedValue,), {
        '__module__': 'ctypes', '_type_': code, '_code': code, '_format': format, '_array_type': array_type,
        '_encode': staticmethod(encode), '_decode': staticmethod(decode)})


_value_types = {code: _value_type(code) for code in _SIMPLE_TYPES}
_array_types = {}

typecode_to_type = {code: type_ for code, type_ in _value_types.items() if code != '?'}


def _array_type(value_type, length):
    """Return the type of an array, made when it is first asked for."""
    try:
        return _array_types[value_type, length]
    except KeyError:
        name = '%s_Array_%d' % (value_type.__name__, length)
        type_ = type(name, (value_type._array_type,), {
            '__module__': __name__, '_type_': value_type, '_length_': length,
            '_code': value_type._code, '_format': value_type._format,
            '_encode': staticmethod(value_type._encode), '_decode': staticmethod(value_type._decode)})
        return _array_types.setdefault((value_type, length), type_)


def _resolve(typecode_or_type):
    """Return the shared type for a type code, a ctypes simple type or a shared type."""
    if isinstance(typecode_or_type, str):
        if typecode_or_type in typecode_to_type:
            return typecode_to_type[typecode_or_type]
    else:
        code = getattr(typecode_or_type, '_type_', None)
        if isinstance(code, str) and code in _value_types:
            return _value_types[code]
    raise TypeError('this type has no size')


def _allocate(type_, length):
    obj = type_.__new__(type_)
    obj._open(_kernel.memory.allocate(type_._format, length))
    return obj


def RawValue(typecode_or_type, *args):
    """Return an object allocated from shared memory."""
    obj = _allocate(_resolve(typecode_or_type), 1)
    obj.__init__(*args)
    return obj


def RawArray(typecode_or_type, size_or_initializer):
    """Return an array allocated from shared memory."""
    value_type = _resolve(typecode_or_type)
    if isinstance(size_or_initializer, int):
        length, items = size_or_initializer, None
    else:
        length, items = len(size_or_initializer), size_or_initializer
    if length < 0:
        raise ValueError('Array length must be >= 0, not %d' % length)
    obj = _allocate(_array_type(value_type, length), length)
    if items is not None:
        obj[:] = items if hasattr(items, '__getitem__') else list(items)
    return obj


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """Return a synchronization wrapper for a Value."""
    return _wrap(RawValue(typecode_or_type, *args), lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """Return a synchronization wrapper for a RawArray."""
    return _wrap(RawArray(typecode_or_type, size_or_initializer), lock, ctx)


def _wrap(obj, lock, ctx):
    if lock is False:
        return obj
    if lock in (True, None):
        lock = (ctx or get_context()).RLock()
    if not hasattr(lock, 'acquire'):
        raise AttributeError("%r has no method 'acquire'" % lock)
    return synchronized(obj, lock, ctx=ctx)


def copy(obj):
    """Return a copy of a shared object, itself shared."""
    if isinstance(obj, _SharedValue):
        return RawValue(type(obj), obj.value)
    return RawArray(obj._type_, obj[:])


def synchronized(obj, lock=None, ctx=None):
    """Return a wrapper of a shared object that does every access under a lock."""
    assert not isinstance(obj, SynchronizedBase), 'object already synchronized'
    if isinstance(obj, _SharedValue):
        return Synchronized(obj, lock, ctx)
    if isinstance(obj, _SharedChars):
        return SynchronizedString(obj, lock, ctx)
    if isinstance(obj, _SharedArray):
        return SynchronizedArray(obj, lock, ctx)
    raise TypeError('a shared value or array is required, not %s' % type(obj).__name__)


#
# In the child
#

def _rebuild(type_, handle, length):
    obj = type_.__new__(type_)
    obj._open(_kernel.memory.rebuild(handle, type_._format, length))
    return obj


def _rebuild_value(code, handle):
    return _rebuild(_value_types[code], handle, 1)


def _rebuild_array(code, length, handle):
    return _rebuild(_array_type(_value_types[code], length), handle, length)


#
# Synchronized wrappers
#

class SynchronizedBase:
    """A shared object and the lock under which it is accessed."""

    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._lock = lock or (ctx or get_context()).RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __reduce__(self):
        assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock

    def __repr__(self):
        return '<%s wrapper for %s>' % (type(self).__name__, self._obj)


def _synchronized_property(name):
    def get(self):
        with self._lock:
            return getattr(self._obj, name)

    def set(self, value):
        with self._lock:
            setattr(self._obj, name, value)

    return property(get, set)


class Synchronized(SynchronizedBase):
    value = _synchronized_property('value')


class SynchronizedArray(SynchronizedBase):

    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self._lock:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self._lock:
            self._obj[i] = value


class SynchronizedString(SynchronizedArray):
    value = _synchronized_property('value')
    raw = _synchronized_property('raw')


#
# For Java
#

def cells_of(value):
    """Return the number of a shared object's segment, its type code and its length, which is None for a value.

    Return None for what is no shared value or array.
    """
    obj = value._obj if isinstance(value, SynchronizedBase) else value
    if isinstance(obj, _SharedValue):
        return obj._cells.handle(), obj._code, None
    if isinstance(obj, _SharedArray):
        return obj._cells.handle(), obj._code, obj._length_
    return None


def publish(name, value):
    """Leave a variable for Java, if it is a shared value or array."""
    cells = cells_of(value)
    if cells is not None:
        handle, code, length = cells
        _kernel.memory.publish(name, handle, _value_types[code]._format, -1 if length is None else length)
