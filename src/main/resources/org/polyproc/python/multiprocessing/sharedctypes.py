"""Stands before `multiprocessing.sharedctypes`: values and arrays in shared memory of polyproc's kernel.

The types are those of `_polyproc.shared_types` instead of ctypes' own. The wrappers with their locks are the standard library's.
"""

from _polyproc import kernel as _kernel, shared_types as _types, standard as _standard

# `heap` is what ctypes' own objects would be allocated from.
_standard.load(globals(), ctypes=vars(_types), **{'multiprocessing.heap': {}})

ctypes = _types
class_cache = {}  # The standard one has weak keys; GraalPy makes no weak references to ctypes' classes.
_new_value = _types.new


def RawValue(typecode_or_type, *args):
    """Return a shared object without a lock; `args` are its initial values, zeros if there are none."""
    obj = _new_value(typecode_or_type)
    obj.__init__(*args)
    return obj


def RawArray(typecode_or_type, size_or_initializer):
    """Return a shared array without a lock, of so many zeros or of the items of a sequence."""
    type_ = _types.resolve(typecode_or_type)
    if isinstance(size_or_initializer, int):
        length, items = size_or_initializer, None
    else:
        length, items = len(size_or_initializer), size_or_initializer
    if length < 0:
        raise ValueError('Array length must be >= 0, not %d' % length)
    obj = _new_value(_types.array_of(type_, length))
    if items is not None:
        obj[:] = items if hasattr(items, '__getitem__') else list(items)
    return obj


def copy(obj):
    """Return a new shared object, without a lock, that has the value of a shared or an ordinary object of ctypes."""
    new = _new_value(type(obj))
    new.assign(obj)
    return new


#
# For Java
#

def _rebuild_value(code, handle):
    return _types.rebuild(code, handle, 0)


def _rebuild_array(code, length, handle):
    return _types.rebuild((code, length), handle, 0)


# By type code: the name of the kernel's format.
_FORMATS = {'c': 'UINT8', 'u': 'INT32', 'b': 'INT8', 'B': 'UINT8', 'h': 'INT16', 'H': 'UINT16', 'i': 'INT32', 'I': 'UINT32',
            'l': 'INT64', 'L': 'INT64', 'q': 'INT64', 'Q': 'INT64', 'f': 'FLOAT32', 'd': 'FLOAT64', '?': 'UINT8'}


def cells_of(value):
    """Return the number of a shared object's segment, its type code and its length, which is None for a value.

    Return None for what is no shared value or array of a simple type, or only a part of one.
    """
    obj = value._obj if isinstance(value, SynchronizedBase) else value
    if isinstance(obj, _types._SimpleCData) and not obj._offset:
        return obj.handle(), obj._type_, None
    if isinstance(obj, _types.Array) and issubclass(obj._type_, _types._SimpleCData) and not obj._offset:
        return obj.handle(), obj._type_._type_, len(obj)
    return None


def publish(name, value):
    """Leave a variable for Java, if it is a shared value or array of a simple type."""
    cells = cells_of(value)
    if cells is not None:
        handle, code, length = cells
        _kernel.memory.publish(name, handle, _FORMATS[code], -1 if length is None else length)
