"""What examples/SharedArrayView.java runs: two processes that fill an array together."""

import multiprocessing


def fill(array, begin, end):
    numbers = array.get_obj()          # without the lock: nobody else writes to this half
    for i in range(begin, end):
        numbers[i] = i * i


def fill_in_two_processes(array):
    half = len(array) // 2
    processes = [multiprocessing.Process(target=fill, args=(array, begin, begin + half)) for begin in (0, half)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
