"""Shared values and elements of shared arrays that tell the flight recorder what is written to them.

Loaded only if a recording asks for it: each write then is a system call. Slices, strings and the fields of structures are not told.
"""

from _polyproc import kernel

_record = kernel.memory.recordWrite


def install(simple_type, simple_array):
    """Replace the methods that write, of `shared_types`' classes of simple values and of arrays of them."""
    plain_value = simple_type.value
    plain_setitem = simple_array.__setitem__

    def set_value(self, value):
        plain_value.fset(self, value)
        _record(self._block.handle, self._offset, repr(self.value))

    def __setitem__(self, i, value):
        plain_setitem(self, i, value)
        if type(i) is int:
            position = i if i >= 0 else i + len(self)
            _record(self._block.handle, self._offset + position * self._type_.size, repr(self[i]))

    simple_type.value = property(plain_value.fget, set_value, doc=plain_value.__doc__)
    simple_array.__setitem__ = __setitem__
