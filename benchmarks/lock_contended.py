"""Two processes count a Value up under its lock, both at the same time; an operation is one step of each."""

import multiprocessing

import driver


def count_up(value, count):
    """Count a value up."""
    for _ in range(count):
        with value.get_lock():
            value.value += 1


if __name__ == '__main__':
    value = multiprocessing.Value('q', 0)
    workers = [driver.Worker(count_up, value) for _ in range(2)]

    def work(count):
        before = value.value
        for worker in workers:
            worker.begin(count)
        for worker in workers:
            worker.wait()
        if value.value != before + 2 * count:
            raise AssertionError('no step is lost')

    driver.run(work, bar=0.5)
