"""A pool of two workers counts the ways to place 11 queens on a board so that none attacks another.

The workers stay from round to round; the time is that of `map`.
"""

import multiprocessing

import driver

SIZE = 11


def solutions(row, columns, down, up):
    """Return how many ways there are to fill the rows from `row` on; the others are sets of the columns that are attacked."""
    if row == SIZE:
        return 1
    count = 0
    for column in range(SIZE):
        place = 1 << column
        if not place & (columns | down | up):
            count += solutions(row + 1, columns | place, (down | place) << 1, (up | place) >> 1)
    return count


def solutions_from(column):
    """Return how many of them have their first queen in a column."""
    place = 1 << column
    return solutions(1, place, place << 1, place >> 1)


if __name__ == '__main__':
    with multiprocessing.Pool(2) as pool:
        def work(count):
            for _ in range(count):
                if sum(pool.map(solutions_from, range(SIZE), chunksize=1)) != 2680:
                    raise AssertionError('there are 2680 ways to place 11 queens')

        driver.run(work, bar=0.10)
