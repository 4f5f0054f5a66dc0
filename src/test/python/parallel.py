"""Prints how many times as long two processes take that compute at the same time, compared with one alone."""

import multiprocessing
import time

ROUNDS = 1_000_000


def compute(ready, go, seconds):
    ready.release()
    go.acquire()
    start = time.monotonic()
    total = 0
    for i in range(ROUNDS):
        total += i * i % 7
    seconds.value = time.monotonic() - start


def measure(count):
    """Return the longest time that one of `count` processes took which started to compute together."""
    ready, go = multiprocessing.Semaphore(0), multiprocessing.Semaphore(0)
    times = [multiprocessing.Value('d') for _ in range(count)]
    processes = [multiprocessing.Process(target=compute, args=(ready, go, seconds)) for seconds in times]
    for process in processes:
        process.start()
    for _ in processes:
        ready.acquire()
    for _ in processes:
        go.release()
    for process in processes:
        process.join()
    return max(seconds.value for seconds in times)


if __name__ == '__main__':
    measure(1)  # The first one warms the interpreter up.
    alone, together = [], []
    for _ in range(4):
        alone.append(measure(1))
        together.append(measure(2))
    print(min(together) / min(alone))
