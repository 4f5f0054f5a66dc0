"""Three processes that sleep a whole number of seconds at the same time."""

import multiprocessing
import time


def sleep(barrier, ready):
    ready.release()
    barrier.acquire()
    print('sleeping')
    time.sleep(2)
    print('awake')


if __name__ == '__main__':
    barrier, ready = multiprocessing.Semaphore(0), multiprocessing.Semaphore(0)
    processes = [multiprocessing.Process(target=sleep, args=(barrier, ready)) for _ in range(3)]
    for process in processes:
        process.start()
    for _ in processes:
        ready.acquire()
    for _ in processes:
        barrier.release()
    for process in processes:
        process.join()
