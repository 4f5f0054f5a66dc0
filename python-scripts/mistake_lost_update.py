"""Mistake: to change a shared value without its lock.

Both processes read 0, both add 1, both write 1: one of the two updates is lost. A barrier between reading and writing
makes it happen each time; without it, it happens sometimes, which is worse. The right way holds the lock from the
read to the write.
"""

import multiprocessing


def wrong(counter, barrier):
    """Let the other process read before this one writes."""
    seen = counter.value
    barrier.wait()
    counter.value = seen + 1


def right(counter, barrier):
    """Let nobody read before this process has written."""
    barrier.wait()
    with counter.get_lock():
        counter.value += 1


if __name__ == '__main__':
    barrier = multiprocessing.Barrier(2)
    for target in wrong, right:
        counter = multiprocessing.Value('i', 0)
        processes = [multiprocessing.Process(target=target, args=(counter, barrier)) for _ in range(2)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        print(f'{target.__name__}: two processes added 1, and the counter is {counter.value}')
