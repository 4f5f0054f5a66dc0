"""Start and join 100 processes that do nothing, one after the other; on CPython too, they are spawned."""

import multiprocessing

import driver

PROCESSES = 100


def nothing():
    """Do nothing."""


if __name__ == '__main__':
    context = multiprocessing.get_context('spawn')

    def work(count):
        for _ in range(count * PROCESSES):
            process = context.Process(target=nothing)
            process.start()
            process.join()
            if process.exitcode:
                raise AssertionError('a process that does nothing succeeds')

    driver.run(work, bar=1.0)
