"""Add the 1,000,000 elements of a RawArray up, reading them by their index."""

import multiprocessing

import driver

LENGTH = 1_000_000

if __name__ == '__main__':
    array = multiprocessing.RawArray('d', LENGTH)
    array[:] = [float(i) for i in range(LENGTH)]

    def work(count):
        for _ in range(count):
            total = 0.0
            for i in range(LENGTH):
                total += array[i]
        if total != LENGTH * (LENGTH - 1) / 2:
            raise AssertionError('the numbers from 0 to n - 1 add up to n * (n - 1) / 2')

    driver.run(work, bar=0.5)
