"""A queue has any number of producers and consumers; each object goes to one of them.

Two workers take numbers from one queue and put results into another. Which worker gets which number is up to chance,
so the parent sorts the results. A None for each worker says that no more will come.
"""

import multiprocessing


def factorize(tasks, results):
    """Take numbers until None comes, and find their prime factors."""
    for number in iter(tasks.get, None):
        rest, factors = number, []
        while rest > 1:
            factor = next(f for f in range(2, rest + 1) if rest % f == 0)
            factors.append(factor)
            rest //= factor
        results.put((number, factors))


if __name__ == '__main__':
    tasks, results = multiprocessing.Queue(), multiprocessing.Queue()
    workers = [multiprocessing.Process(target=factorize, args=(tasks, results)) for _ in range(2)]
    for worker in workers:
        worker.start()
    numbers = range(90, 97)
    for number in numbers:
        tasks.put(number)
    for _ in workers:
        tasks.put(None)
    for number, factors in sorted(results.get() for _ in numbers):
        print(number, '=', ' * '.join(map(str, factors)))
    for worker in workers:
        worker.join()
    print('left:', tasks.empty(), results.empty())
