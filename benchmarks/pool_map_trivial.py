"""Map a function that does nothing over 20,000 numbers, each a task of its own of a pool of two workers."""

import multiprocessing

import driver

TASKS = 20_000


def same(number):
    """Return what is given."""
    return number


if __name__ == '__main__':
    with multiprocessing.Pool(2) as pool:
        def work(count):
            for _ in range(count):
                if pool.map(same, range(TASKS), chunksize=1) != list(range(TASKS)):
                    raise AssertionError('results come in the order of the tasks')

        driver.run(work, bar=0.5, patience=7)
