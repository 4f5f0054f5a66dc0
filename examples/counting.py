"""What examples/SharedCounter.java runs: two processes that count together with Java."""

import multiprocessing


def count(number, gate, steps):
    gate.wait()
    for _ in range(steps):
        with number.get_lock():
            number.value += 1


def count_in_two_processes(number, gate, steps, report):
    processes = [multiprocessing.Process(target=count, args=(number, gate, steps)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        report(process.name, process.exitcode)
