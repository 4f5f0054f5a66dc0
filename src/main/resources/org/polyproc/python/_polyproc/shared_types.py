"""ctypes' types in shared memory: simple types, arrays, structures and unions of them.

An object here is a view of a part of a kernel segment and looks and behaves like ctypes' object of the same type, with its layout
in memory, its conversions and the errors of CPython 3.11; a shared structure is also an instance of its ctypes class. Neither
`ctypes` nor native access is needed, and `ctypes` is not imported. GraalPy 25.0's own ctypes types could be made views of a segment
(`from_buffer`), but an access takes 1 to 10 us, and structures lack the padding at their end.

A simple object or element is read and written at once and in the order of the program, as on x86 (see
org.polyproc.kernel.memory.Segment); `x += 1` is not one step and wants a lock, and so does what is longer than 8 bytes. Types that
hold addresses (pointers, `c_char_p`, `py_object`) are refused: an address means nothing in another process.

Thread-safe as far as the memory is.
"""

import sys
from array import array
from _operator import index

from _polyproc import kernel
from _polyproc.descriptors import checked

_calls = kernel.memory


class Block:
    """A segment of the kernel as this process has mapped it: its number, a view of its bytes, and a fast way to write many."""

    def __init__(self, call):
        self.handle = call.handle()
        self.view = memoryview(call.buffer())
        self.write = call.write


def allocate(size):
    """Return a new block of zeros; `size` is in bytes."""
    return Block(checked(_calls.allocate(max(size, 1))))  # An array of no elements has an identity all the same.


def open_block(handle):
    """Return the block that this process inherited under a number."""
    return Block(checked(_calls.open(handle)))


def _copy(view):
    """Return the bytes of a view; of one without gaps in one step."""
    return bytes(view) if view.c_contiguous else view.tobytes()


#
# From Python objects to what a view's item takes, where the view does not take them itself
#

def _encode_integer(value, bits, signed):
    value = index(value) & (1 << bits) - 1
    return value - (1 << bits) if signed and value >> bits - 1 else value


def _encode_real(value):
    if isinstance(value, int):
        raise OverflowError('int too large to convert to float')
    raise TypeError('must be real number, not %s' % type(value).__name__)


def _encode_char(value):
    if isinstance(value, (bytes, bytearray)) and len(value) == 1:
        return bytes(value)
    if isinstance(value, int) and 0 <= value <= 255:
        return bytes((value,))
    raise TypeError('one character bytes, bytearray or integer expected')


def _encode_wchar(value):
    if not isinstance(value, str):
        raise TypeError('unicode string expected instead of %s instance' % type(value).__name__)
    if len(value) != 1:
        raise TypeError('one character unicode string expected')
    return ord(value)


#
# Shared objects
#

class _Shared:
    """A shared object of any type. Its class has `size` and `alignment`, in bytes."""

    def _open(self, block, offset):
        self._block = block
        self._offset = offset
        self._bytes = block.view[offset:offset + self.size]

    @classmethod
    def at(cls, block, offset=0):
        """Return the object that is at an offset in a block."""
        self = cls.__new__(cls)
        self._open(block, offset)
        return self

    def handle(self):
        """Return the number of the object's segment."""
        return self._block.handle

    def _write(self, start, data):
        # GraalPy copies item by item into a slice of a view: 0.1 to 0.2 us for each byte.
        self._block.write(self._offset + start, data)

    def __reduce__(self):
        from multiprocessing.context import assert_spawning, get_spawning_popen
        assert_spawning(self)
        get_spawning_popen().inherit(self._block.handle)
        return rebuild, (self.description(), self._block.handle, self._offset)


class _SimpleCData(_Shared):
    """A shared object of a simple type. Its class has `_type_`, the type code, and `encode`."""

    def __init__(self, *args):
        if len(args) > 1:
            raise TypeError('__init__ expected at most 1 argument, got %d' % len(args))
        if args:
            self.value = args[0]

    def _open(self, block, offset):
        super()._open(block, offset)
        self._items = self._bytes.cast(self.format)

    @property
    def value(self):
        """current value"""
        return self._items[0]

    @value.setter
    def value(self, value):
        try:
            self._items[0] = value
        except (TypeError, ValueError):
            self._items[0] = self.encode(value)

    def assign(self, value):
        """Set the object to what can be assigned to it as an element or a field: a value, or an object of the same type."""
        try:
            self.value = value
        except TypeError:
            code = getattr(type(value), '_type_', None)
            if not isinstance(code, str):
                raise
            if resolve(type(value)) is not type(self):
                raise _incompatible(self, value) from None
            self.value = value.value

    def get(self):
        """Return what stands for this object as an element or a field."""
        return self.value

    def __bool__(self):
        return bool(self._items[0])

    def __repr__(self):
        return '%s(%r)' % (type(self).__name__, self.value)

    @classmethod
    def description(cls):
        """Return what pickles for this type, see `from_description`."""
        return cls._type_


class _WideChar(_SimpleCData):
    """A `c_wchar`: a code point in 32 bits."""

    @property
    def value(self):
        """current value"""
        return chr(self._items[0])

    @value.setter
    def value(self, value):
        self._items[0] = _encode_wchar(value)


class Array(_Shared):
    """A shared array. Its class has `_type_`, the elements' type, and `_length_`."""

    def __init__(self, *args):
        for i, item in enumerate(args):
            self[i] = item

    def __len__(self):
        return self._length_

    def __delitem__(self, i):
        raise TypeError('Array does not support item deletion')

    def __getitem__(self, i):
        if isinstance(i, slice):
            return self._get_slice(i)
        return self._get(self._position(i, 'indices must be integers'))

    def __setitem__(self, i, value):
        if not isinstance(i, slice):
            self._set(self._position(i, 'indices must be integer'), value)
            return
        positions = range(*i.indices(self._length_))
        try:
            matches = len(value) == len(positions)
        except TypeError:
            matches = False
        if not matches:
            raise ValueError('Can only assign sequence of same size')
        self._set_slice(positions, value)

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

    def _set_slice(self, positions, values):
        for i, value in zip(positions, values):
            self._set(i, value)

    def assign(self, value):
        """Set the array to what can be assigned to it as an element or a field: a tuple, or an array of the same type."""
        if isinstance(value, type(self)):
            self._write(0, bytes(value._bytes))
        elif isinstance(value, tuple):
            self._assign_tuple(value)
        elif not _is_array(type(value)):
            raise TypeError('expected %s instance, got %s' % (type(self).__name__, type(value).__name__))
        elif resolve(type(value)) is not type(self):
            raise _incompatible(self, value)
        else:
            for i in range(self._length_):
                self[i] = value[i]

    def _assign_tuple(self, value):
        self._write(0, bytes(self.size))
        try:
            self.__init__(*value)
        except Exception as e:
            raise RuntimeError('(%s) %s: %s' % (type(self).__name__, type(e).__name__, e)) from None

    def get(self):
        """Return what stands for this array as an element or a field."""
        return self

    @classmethod
    def description(cls):
        """Return what pickles for this type, see `from_description`."""
        return cls._type_.description(), cls._length_


class _SimpleArray(Array):
    """An array of numbers or booleans; an element is an item of a view."""

    def _open(self, block, offset):
        super()._open(block, offset)
        self._items = self._bytes.cast(self._type_.format)

    def __getitem__(self, i):
        if type(i) is int:
            try:
                return self._items[i]
            except IndexError:
                raise IndexError('invalid index') from None
        return super().__getitem__(i)

    def __setitem__(self, i, value):
        try:
            if type(i) is int:
                self._items[i] = value
                return
        except (TypeError, ValueError, IndexError):
            pass
        super().__setitem__(i, value)

    def _get(self, i):
        return self._items[i]

    def _set(self, i, value):
        self._type_.at(self._block, self._offset + i * self._type_.size).assign(value)

    def _get_slice(self, i):
        return self._items[i].tolist()

    def _set_slice(self, positions, values):
        if positions.step == 1 and positions:
            packed = self._pack(values)
            if packed is not None:
                self._write(positions.start * self._type_.size, packed)
                return
        super()._set_slice(positions, values)

    def _pack(self, values):
        """Turn values into their bytes, or return None if they have to be assigned one by one."""
        try:
            return array(self._type_.format, values).tobytes()
        except (TypeError, ValueError, OverflowError):
            return None


class _CharArray(_SimpleArray):
    """An array of bytes."""

    def _get_slice(self, i):
        return _copy(self._bytes[i])

    def _pack(self, values):
        return values if isinstance(values, bytes) else None

    @property
    def raw(self):
        """value"""
        return bytes(self._bytes)

    @raw.setter
    def raw(self, value):
        data = bytes(memoryview(value))
        if len(data) > self._length_:
            raise ValueError('byte string too long')
        if data:
            self._write(0, data)

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

    def get_field(self):
        return self.value

    def assign_field(self, value):
        if not isinstance(value, bytes):
            raise TypeError('expected bytes, %s found' % type(value).__name__)
        if len(value) > self._length_:
            raise ValueError('bytes too long (%d, maximum length %d)' % (len(value), self._length_))
        self.value = value


class _WideCharArray(_SimpleArray):
    """An array of code points."""

    def _get(self, i):
        return chr(self._items[i])

    def __getitem__(self, i):
        return Array.__getitem__(self, i)

    def __setitem__(self, i, value):
        Array.__setitem__(self, i, value)

    def _get_slice(self, i):
        return _copy(self._items[i]).decode('utf-32-le', 'surrogatepass')

    def _pack(self, values):
        return values.encode('utf-32-le', 'surrogatepass') if isinstance(values, str) else None

    @property
    def value(self):
        """string value"""
        return self[:].partition('\0')[0]

    @value.setter
    def value(self, value):
        self._set_value(value, 'string too long')

    def _set_value(self, value, too_long):
        if not isinstance(value, str):
            raise TypeError('unicode string expected instead of %s instance' % type(value).__name__)
        if len(value) > self._length_:
            raise ValueError(too_long)
        data = value + '\0' if len(value) < self._length_ else value
        self[:len(data)] = data

    def get_field(self):
        return self.value

    def assign_field(self, value):
        length = len(value) if isinstance(value, str) else 0
        self._set_value(value, 'string too long (%d, maximum length %d)' % (length, self._length_))


class _CompoundArray(Array):
    """An array of arrays, structures or unions."""

    def _element(self, i):
        return self._type_.at(self._block, self._offset + i * self._type_.size)

    def _get(self, i):
        return self._element(i).get()

    def _set(self, i, value):
        self._element(i).assign(value)

    def _get_slice(self, i):
        return [self._get(k) for k in range(*i.indices(self._length_))]


class _Compound(_Shared):
    """A shared structure or union. Its class is also one of ctypes' class `source` and has `fields`, by name, in order."""

    def _open(self, block, offset):
        super()._open(block, offset)
        self._parts = {name: None for name in self.fields}

    @classmethod
    def at(cls, block, offset=0):
        self = cls.source.__new__(cls)
        self._open(block, offset)
        return self

    def part(self, name):
        """Return the shared object that is a field."""
        part = self._parts[name]
        if part is None:
            field = self.fields[name]
            part = self._parts[name] = field.type.at(self._block, self._offset + field.offset)
        return part

    def assign(self, value):
        """Set the object to what can be assigned to it as an element or a field: a tuple, or an object of the same class."""
        if isinstance(value, type(self)):
            self._write(0, bytes(value._bytes))
        elif isinstance(value, tuple):
            self._write(0, bytes(self.size))
            try:
                self.__init__(*value)
            except Exception as e:
                raise RuntimeError('(%s) %s: %s' % (type(self).__name__, type(e).__name__, e)) from None
        elif isinstance(value, self.source):
            for name in self.fields:
                setattr(self, name, getattr(value, name))
        elif hasattr(type(value), '_fields_'):
            raise _incompatible(self, value)
        else:
            raise TypeError('expected %s instance, got %s' % (type(self).__name__, type(value).__name__))

    def get(self):
        """Return what stands for this object as an element or a field."""
        return self

    @classmethod
    def description(cls):
        """Return what pickles for this type, see `from_description`."""
        return cls.source


def _incompatible(self, value):
    return TypeError('incompatible types, %s instance instead of %s instance' % (type(value).__name__, type(self).__name__))


#
# Layout
#

class _Field:
    """A field of a structure or union: its type, its offset in bytes, and for a bit field its first bit and number of bits."""

    def __init__(self, type, offset, first_bit=0, bits=None):
        self.type = type
        self.offset = offset
        self.first_bit = first_bit
        self.bits = bits

    def property(self, name):
        """Return the descriptor of the field."""
        if self.bits is not None:
            return property(lambda obj: self._get_bits(obj.part(name)), lambda obj, value: self._set_bits(obj.part(name), value))
        if issubclass(self.type, (_CharArray, _WideCharArray)):
            return property(lambda obj: obj.part(name).get_field(), lambda obj, value: obj.part(name).assign_field(value))
        return property(lambda obj: obj.part(name).get(), lambda obj, value: obj.part(name).assign(value))

    def _get_bits(self, unit):
        value = (unit.value >> self.first_bit) & (1 << self.bits) - 1
        signed = unit._type_.islower()
        return value - (1 << self.bits) if signed and value >> self.bits - 1 else value

    def _set_bits(self, unit, value):
        mask = (1 << self.bits) - 1 << self.first_bit
        unit.value = unit.value & ~mask | index(value) << self.first_bit & mask


def _round_up(number, multiple):
    return -(-number // multiple) * multiple


def _lay_out(source, is_union):
    """Return the fields of a structure or union by their names, its size and its alignment: the rules of C on 64-bit Linux.

    Bit fields share the unit of the one before if they fit into it or into a larger unit of their own type, as in ctypes.
    """
    pack = getattr(source, '_pack_', None)
    fields, end, largest, alignment = {}, 0, 0, 1
    if hasattr(source.__base__, '_fields_'):
        base = resolve(source.__base__)
        fields, end, largest, alignment = dict(base.fields), base.size, base.size, base.alignment
    unit_bits = used_bits = 0  # Of the open unit of bit fields; none is open if unit_bits is 0.
    for name, type_, *bits in source.__dict__.get('_fields_', ()):
        shared = resolve(type_)
        if is_union:
            end = unit_bits = 0
        bits = bits[0] if bits else None
        own_bits = shared.size * 8
        if bits is not None and unit_bits and used_bits + bits <= max(unit_bits, own_bits):
            if own_bits > unit_bits:
                end += (own_bits - unit_bits) // 8
                unit_bits = own_bits
            offset = end - shared.size
        else:
            align = min(pack, shared.alignment) if pack else shared.alignment
            alignment = max(alignment, align)
            offset = _round_up(end, align)
            end = offset + shared.size
            unit_bits, used_bits = (0 if bits is None else own_bits), 0
        fields[name] = _Field(shared, offset, used_bits, bits)
        used_bits += bits or 0
        largest = max(largest, end)
    return fields, _round_up(largest, alignment), alignment


#
# Types
#

# By type code: name in ctypes on 64-bit Linux, format of a view, encoder, array class. '?' is no type code of multiprocessing;
# it is here for ctypes.c_bool.
_CODES = {
    'c': ('c_char', 'c', _encode_char, _CharArray),
    'u': ('c_wchar', 'I', _encode_wchar, _WideCharArray),
    'f': ('c_float', 'f', _encode_real, _SimpleArray),
    'd': ('c_double', 'd', _encode_real, _SimpleArray),
    '?': ('c_bool', '?', bool, _SimpleArray),
}
for _code, _name in ('b', 'byte'), ('h', 'short'), ('i', 'int'), ('l', 'long'):
    _bits = memoryview(b'').cast(_code).itemsize * 8
    _CODES[_code] = 'c_' + _name, _code, (lambda value, bits=_bits: _encode_integer(value, bits, True)), _SimpleArray
    _CODES[_code.upper()] = ('c_u' + _name, _code.upper(), (lambda value, bits=_bits: _encode_integer(value, bits, False)),
                             _SimpleArray)
_CODES['q'], _CODES['Q'] = _CODES['l'], _CODES['L']


def _simple_type(code):
    name, format, encode, array_type = _CODES[code]
    size = memoryview(b'').cast(format).itemsize
    return type(name, (_WideChar if code == 'u' else _SimpleCData,), {
        '__module__': 'ctypes', '_type_': code, 'format': format, 'size': size, 'alignment': size,
        'encode': staticmethod(encode), 'array_type': array_type})


simple_types = {code: _simple_type(code) for code in _CODES}
c_char, c_wchar, c_float, c_double, c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_longlong, c_ulonglong = (
    simple_types[code] for code in 'cufdbBhHiIlLqQ')
_array_types = {}
_compound_types = {}


def array_of(type_, length):
    """Return the type of arrays of a shared type."""
    try:
        return _array_types[type_, length]
    except KeyError:
        base = type_.array_type if issubclass(type_, _SimpleCData) else _CompoundArray
        shared = type('%s_Array_%d' % (type_.__name__, length), (base,), {
            '__module__': __name__, '_type_': type_, '_length_': length,
            'size': type_.size * length, 'alignment': type_.alignment})
        return _array_types.setdefault((type_, length), shared)


def _is_array(type_):
    return isinstance(type_, type) and hasattr(type_, '_length_') and hasattr(type_, '_type_')


def resolve(type_):
    """Return the shared type for a type code, a type of ctypes or a shared type.

    TypeError -- it is none, or one that holds addresses
    """
    if isinstance(type_, str):
        if type_ in simple_types and type_ != '?':
            return simple_types[type_]
    elif isinstance(type_, type):
        if issubclass(type_, _Shared):
            return type_
        if _is_array(type_):
            return array_of(resolve(type_._type_), type_._length_)
        ctypes = sys.modules.get('_ctypes')
        if ctypes is not None and issubclass(type_, (ctypes.Structure, ctypes.Union)):
            return _compound_type(type_, issubclass(type_, ctypes.Union))
        code = getattr(type_, '_type_', None)
        if isinstance(code, str) and code in simple_types:
            return simple_types[code]
        if code is not None:
            raise TypeError('%s can\'t be shared: it holds an address, or has no size that all machines agree on' % type_.__name__)
    raise TypeError('this type has no size')


def _compound_type(source, is_union):
    try:
        return _compound_types[source]
    except KeyError:
        pass
    if hasattr(source, '_swappedbytes_'):
        raise TypeError('%s can\'t be shared: its byte order is not the machine\'s' % source.__name__)
    fields, size, alignment = _lay_out(source, is_union)
    namespace = {'__module__': source.__module__, '__qualname__': source.__qualname__, 'source': source, 'fields': fields,
                 'size': size, 'alignment': alignment}
    namespace.update((name, field.property(name)) for name, field in fields.items())
    return _compound_types.setdefault(source, type(source)(source.__name__, (_Compound, source), namespace))


def new(type_):
    """Return a new shared object, of zeros, of a type that `resolve` takes."""
    shared = resolve(type_)
    return shared.at(allocate(shared.size))


#
# In the child
#

def from_description(description):
    """Return the type that `description()` describes: a type code, a class of ctypes, or an element's description and a length."""
    if isinstance(description, tuple):
        element, length = description
        return array_of(from_description(element), length)
    return simple_types[description] if isinstance(description, str) else resolve(description)


def rebuild(description, handle, offset):
    """Return the object that a child inherited."""
    return from_description(description).at(open_block(handle), offset)


if _calls.recordsWrites():
    from _polyproc import recorded_writes
    recorded_writes.install(_SimpleCData, _SimpleArray)
