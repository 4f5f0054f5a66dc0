# Closes numbers behind the backs of views and locks, to reach memory that is freed or used again.
from multiprocessing import Lock, RawArray, shared_memory

array = RawArray('b', 100_000)
array[5] = 7
for close in kernel.channel.close, os.close, kernel.file.unwrap:
    try:
        close(array.handle())
    except OSError:
        pass
others = [RawArray('b', b'x' * 100_000) for _ in range(20)]
assert array[5] == 7 and array[6] == 0

lock = Lock()
refused(lambda: os.close(lock._semlock.handle), OSError)
assert lock.acquire() and not lock.acquire(block=False)
lock.release()

block = shared_memory.SharedMemory(create=True, size=100_000)
view = block.buf[10:20]
block.unlink()
view[0] = 3
block.close()
assert view[0] == 3

for size in 1, 2, 3, 7, 1024, 1025:
    view = memoryview(kernel.memory.allocate(size).buffer())
    refused(lambda: view[size], IndexError)
    refused(lambda: view[-size - 1], IndexError)
    refused(lambda: view.cast('q')[size // 8], IndexError, TypeError)
contained()
