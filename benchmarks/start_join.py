"""Start a process that does nothing and join it; on CPython, the process is forked.

Now and then only: between two of them there is time to get a context ready.
"""

import multiprocessing

import driver


def nothing():
    """Do nothing."""


if __name__ == '__main__':
    context = multiprocessing.get_context('fork' if 'fork' in multiprocessing.get_all_start_methods() else 'spawn')

    def work(count):
        for _ in range(count):
            process = context.Process(target=nothing)
            process.start()
            process.join()
            if process.exitcode:
                raise AssertionError('a process that does nothing succeeds')

    driver.run(work, bar=1.0, rest=0.5)
