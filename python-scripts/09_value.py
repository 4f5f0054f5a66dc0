"""A Value is a number in memory that processes share, with a lock of its own.

``counter.value += 1`` reads, adds and writes: three steps. Between them another process may do the same, so one who
changes a value by what it was takes ``get_lock()`` first. Then 2 times 500 is 1000, always; the script
``mistake_lost_update.py`` shows what happens without.
"""

import multiprocessing


def count(counter, times):
    """Add one, many times."""
    for _ in range(times):
        with counter.get_lock():
            counter.value += 1


if __name__ == '__main__':
    counter = multiprocessing.Value('i', 0)
    processes = [multiprocessing.Process(target=count, args=(counter, 500)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print('counted to', counter.value)

    print('a C double:', multiprocessing.Value('d', 0.1).value)
    print('a C char:', multiprocessing.Value('c', b'x').value)
    counter.value = 2**31 - 1
    counter.value += 1
    print('a C int has 32 bits:', counter.value)
