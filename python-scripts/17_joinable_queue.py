"""A JoinableQueue knows how much of what was put into it is done.

Who takes something from it says ``task_done`` when the work is finished, not when it is taken. The queue's ``join``
waits until that was said for everything. The worker is a daemon: it waits for more for ever, and ends with its
parent.
"""

import multiprocessing


def wash(dishes, clean):
    """Wash what comes."""
    while True:
        dishes.get()
        with clean.get_lock():
            clean.value += 1
        dishes.task_done()


if __name__ == '__main__':
    dishes = multiprocessing.JoinableQueue()
    clean = multiprocessing.Value('i', 0)
    multiprocessing.Process(target=wash, args=(dishes, clean), daemon=True).start()
    for meal, courses in ('breakfast', 2), ('lunch', 5), ('dinner', 8):
        for course in range(courses):
            dishes.put((meal, course))
        dishes.join()
        print('after', meal, 'all is clean, by now', clean.value, 'dishes')
    try:
        dishes.task_done()
    except ValueError as error:
        print('nothing was taken:', error)
