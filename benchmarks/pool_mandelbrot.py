"""A pool of two workers computes a picture of the Mandelbrot set, 160 by 120 points, ten rows a task.

The workers stay from round to round; the time is that of `map`.
"""

import multiprocessing

import driver

WIDTH = 160
HEIGHT = 120
STEPS = 200


def steps(x, y):
    """Return after how many steps the point turns out to be outside of the set, `STEPS` if it doesn't."""
    real = imaginary = 0.0
    for step in range(STEPS):
        real_square = real * real
        imaginary_square = imaginary * imaginary
        if real_square + imaginary_square > 4.0:
            return step
        imaginary = 2.0 * real * imaginary + y
        real = real_square - imaginary_square + x
    return STEPS


def picture_row(row):
    """Return a row of the picture."""
    y = row * 2.4 / HEIGHT - 1.2
    return [steps(column * 3.0 / WIDTH - 2.1, y) for column in range(WIDTH)]


if __name__ == '__main__':
    with multiprocessing.Pool(2) as pool:
        def work(count):
            for _ in range(count):
                picture = pool.map(picture_row, range(HEIGHT), chunksize=10)
                if picture[HEIGHT // 2][WIDTH * 7 // 10] != STEPS:
                    raise AssertionError('0 belongs to the set')

        driver.run(work, bar=0.10)
