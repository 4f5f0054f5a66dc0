"""Read all of a synchronized Array of 1,000 integers as a list, and assign a list to all of it."""

import multiprocessing

import driver

LENGTH = 1_000

if __name__ == '__main__':
    array = multiprocessing.Array('i', LENGTH)
    numbers = list(range(LENGTH))

    def work(count):
        for _ in range(count):
            array[:] = numbers
            copy = array[:]
        if copy != numbers:
            raise AssertionError('what was assigned is read')

    driver.run(work, bar=1.0)
