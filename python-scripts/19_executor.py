"""A ProcessPoolExecutor is a pool with the interface that Python has for threads, too.

``submit`` returns a future at once: a promise of a result. Futures can be waited for, asked whether they are done,
and raise the exception of the call when the result is wanted. At the end of ``with`` everything is done.
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, as_completed


def collatz(number):
    """Count the steps until a number becomes 1."""
    steps = 0
    while number != 1:
        number = number // 2 if number % 2 == 0 else 3 * number + 1
        steps += 1
    return steps


def fail(reason):
    """Raise an exception."""
    raise RuntimeError(reason)


if __name__ == '__main__':
    with ProcessPoolExecutor(max_workers=2) as executor:
        futures = {executor.submit(collatz, number): number for number in (6, 7, 27, 97)}
        steps = {futures[future]: future.result() for future in as_completed(futures)}
        for number, count in sorted(steps.items()):
            print(f'{number} takes {count} steps')
        print('in order:', list(executor.map(collatz, range(1, 11))))
        future = executor.submit(fail, 'no luck')
        print('what went wrong:', repr(future.exception()))
    print('done:', future.done(), 'processes left:', len(multiprocessing.active_children()))
