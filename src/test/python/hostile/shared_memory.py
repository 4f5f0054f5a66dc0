# Takes all the shared memory that there is, and more names than there may be.
from multiprocessing import RawArray, Value, shared_memory

arrays = []
error = refused(lambda: [arrays.append(RawArray('b', 1_000_000)) for _ in range(10_000)], OSError)
assert error.errno == errno.ENOMEM, error
assert 5 <= len(arrays) <= 10, len(arrays)
assert refused(lambda: RawArray('b', 1 << 40), OSError).errno == errno.ENOMEM
assert refused(lambda: shared_memory.SharedMemory(create=True, size=1 << 30), OSError).errno == errno.ENOMEM
for size in 0, -1, -1 << 63:
    assert kernel.memory.allocate(size) == -errno.EINVAL
assert arrays[0][0] == 0
arrays.clear()
assert RawArray('b', 1_000_000)[5] == 0

blocks = []
error = refused(lambda: [blocks.append(shared_memory.SharedMemory(create=True, size=1)) for _ in range(10_000)], OSError)
assert error.errno == errno.ENFILE, error
for block in blocks:
    block.unlink()
for name in '', '/', '.', '..', 'a/b', 'x' * 300, '\udc80':
    refused(lambda: shared_memory.SharedMemory(name), OSError, ValueError, UnicodeError)
contained()
