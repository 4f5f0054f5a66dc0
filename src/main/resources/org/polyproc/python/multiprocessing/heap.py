"""Stands before `multiprocessing.heap`: an arena is a segment of polyproc's kernel instead of a mapped file.

What divides arenas into blocks is the standard library's.
"""

from _polyproc import shared_types as _types, standard as _standard

from .context import get_spawning_popen

_PAGE_BYTES = 4096

_standard.load(globals(), mmap={'PAGESIZE': _PAGE_BYTES}, tempfile={})


class Arena:
    """A segment of the kernel, from which blocks are taken."""

    def __init__(self, size, handle=None):
        block = _types.allocate(size) if handle is None else _types.open_block(handle)
        self.size = size
        self.handle = block.handle
        self.buffer = block.view


def reduce_arena(a):
    assert_spawning(a)
    get_spawning_popen().inherit(a.handle)
    return rebuild_arena, (a.size, a.handle)


def rebuild_arena(size, handle):
    return Arena(size, handle)


reduction.register(Arena, reduce_arena)
