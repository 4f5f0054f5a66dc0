"""Count a synchronized Value up: `value.value += 1`, which takes its lock twice."""

import multiprocessing

import driver

if __name__ == '__main__':
    value = multiprocessing.Value('q', 0)

    def work(count):
        for _ in range(count):
            value.value += 1

    driver.run(work, bar=1.0)
