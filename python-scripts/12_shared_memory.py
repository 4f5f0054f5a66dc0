"""SharedMemory is a block of bytes with a name; whoever knows the name can attach to it.

Only the name goes to the child. Both see the same bytes, nothing is copied. Everybody calls ``close`` when they no
longer need the block, and one of them ``unlink``, after which the name is gone.
"""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def fill(name):
    """Attach to a block and write into it."""
    block = SharedMemory(name)
    print('child: the block begins with', bytes(block.buf[:5]))
    block.buf[:5] = b'world'
    block.buf[5] = ord('!')
    block.close()


if __name__ == '__main__':
    block = SharedMemory(create=True, size=1000)
    print('parent: it is zeroed:', not any(block.buf[:1000]))
    block.buf[:5] = b'hello'
    process = multiprocessing.Process(target=fill, args=(block.name,))
    process.start()
    process.join()
    print('parent: the block begins with', bytes(block.buf[:6]))
    block.close()
    block.unlink()
    try:
        SharedMemory(block.name)
    except FileNotFoundError:
        print('parent: the name is gone')
