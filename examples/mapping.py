"""What examples/ParallelMap.java runs: a function that is mapped over a list."""

import multiprocessing


def steps(number):
    """Return how many steps of Collatz's lead from a number to 1."""
    count = 0
    while number != 1:
        number = 3 * number + 1 if number % 2 else number // 2
        count += 1
    return count


def parallel_map(numbers, done):
    with multiprocessing.Pool(2) as pool:
        done(pool.map(steps, numbers))
