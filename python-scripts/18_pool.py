"""A pool has a number of workers and hands them calls of functions.

``map`` gives the results in the order of the arguments, whoever computed them and when. An exception in a worker is
raised in the parent, when it asks for the result. The workers start once and do all the calls.
"""

import multiprocessing


def is_prime(number):
    """Say whether a number is prime."""
    return number > 1 and all(number % factor for factor in range(2, int(number**0.5) + 1))


def divide(dividend, divisor):
    """Divide, which does not always work."""
    return dividend / divisor


if __name__ == '__main__':
    with multiprocessing.Pool(2) as pool:
        numbers = range(20, 40)
        answers = pool.map(is_prime, numbers)
        print('primes:', [number for number, prime in zip(numbers, answers) if prime])
        print('several arguments:', pool.starmap(divide, [(1, 2), (3, 4), (9, 3)]))
        later = pool.apply_async(divide, (22, 7))
        print('a result that is fetched later:', round(later.get(), 2))
        try:
            pool.apply(divide, (1, 0))
        except ZeroDivisionError as error:
            print('an exception comes back:', error)
        print('in any order, since only the sum matters:', sum(pool.imap_unordered(is_prime, numbers)))
