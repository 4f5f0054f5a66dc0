"""Copy 1 MiB into a block of shared memory and out of it."""

from multiprocessing import shared_memory

import driver

SIZE = 1 << 20

if __name__ == '__main__':
    block = shared_memory.SharedMemory(create=True, size=SIZE)
    data = bytes(range(256)) * (SIZE // 256)

    def work(count):
        for _ in range(count):
            block.buf[:SIZE] = data
            copy = bytes(block.buf[:SIZE])
        if copy != data:
            raise AssertionError('what was written is read')

    try:
        driver.run(work, bar=1.5)
    finally:
        block.close()
        block.unlink()
