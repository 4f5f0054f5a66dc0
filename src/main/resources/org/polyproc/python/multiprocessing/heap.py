"""Stands before `multiprocessing.heap`: an arena is a segment of polyproc's kernel instead of a mapped file.

What divides arenas into blocks is the standard code. GraalPy 25.0 can't make a `memoryview` of memory outside of its heap, so
`BufferWrapper.create_memoryview` returns a view of its own that reads and writes single items.
"""

from _polyproc import kernel as _kernel, standard as _standard

from .context import get_spawning_popen

_PAGE_BYTES = 4096

_standard.load(globals(), mmap={'PAGESIZE': _PAGE_BYTES}, tempfile={})

# By a format of `struct`: the kernel's format, the size of an item in bytes, and the bits that are left of a number without sign.
_FORMATS = {
    'b': ('INT8', 1, None), 'B': ('UINT8', 1, None), 'h': ('INT16', 2, None), 'H': ('UINT16', 2, None),
    'i': ('INT32', 4, None), 'I': ('UINT32', 4, None), 'l': ('INT64', 8, None), 'L': ('INT64', 8, (1 << 64) - 1),
    'q': ('INT64', 8, None), 'Q': ('INT64', 8, (1 << 64) - 1), 'f': ('FLOAT32', 4, None), 'd': ('FLOAT64', 8, None),
}


class Arena:
    """A segment of the kernel, from which blocks are taken."""

    def __init__(self, size, handle=None):
        self.size = size
        self.cells = (_kernel.memory.allocate('UINT8', size) if handle is None
                      else _kernel.memory.rebuild(handle, 'UINT8', size))


def reduce_arena(a):
    assert_spawning(a)
    handle = a.cells.handle()
    get_spawning_popen().inherit(handle)
    return rebuild_arena, (a.size, handle)


def rebuild_arena(size, handle):
    return Arena(size, handle)


reduction.register(Arena, reduce_arena)


class SharedView:
    """Items of one format in a block of an arena; thread-safe, each item is read and written as a whole."""

    def __init__(self, arena, start, nbytes, format='B'):
        name, self.itemsize, self._mask = _FORMATS[format]
        if start % self.itemsize or nbytes % self.itemsize:
            raise TypeError('memoryview: length is not a multiple of itemsize')
        self.format = format
        self.nbytes = nbytes
        self._arena = arena
        self._start = start
        self._cells = _kernel.memory.rebuild(arena.cells.handle(), name, arena.size // self.itemsize)

    def cast(self, format):
        """Return a view of the same block as items of another format."""
        return SharedView(self._arena, self._start, self.nbytes, format)

    def __len__(self):
        return self.nbytes // self.itemsize

    def _index(self, index):
        length = len(self)
        index = index.__index__()
        if index < 0:
            index += length
        if not 0 <= index < length:
            raise IndexError('index out of bounds on dimension 1')
        return self._start // self.itemsize + index

    def __getitem__(self, index):
        value = self._cells.get(self._index(index))
        return value if self._mask is None else value & self._mask

    def __setitem__(self, index, value):
        self._cells.set(self._index(index), value)


def _create_memoryview(self):
    (arena, start, stop), size = self._state
    return SharedView(arena, start, size)


BufferWrapper.create_memoryview = _create_memoryview
