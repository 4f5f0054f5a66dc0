"""Acquire and release a Lock that nobody else wants."""

import multiprocessing

import driver

if __name__ == '__main__':
    lock = multiprocessing.Lock()

    def work(count):
        for _ in range(count):
            lock.acquire()
            lock.release()

    driver.run(work, bar=1.0)
