"""A semaphore lets a number of processes in, here two, and makes the others wait.

Four visitors want to see a room for two. A barrier makes them leave in pairs, so that two are in the room at the same
time; the semaphore never lets a third one in. A ``BoundedSemaphore`` notices when it is released more often than
acquired.
"""

import multiprocessing


def visit(room, pair, inside, most):
    """Enter, note how many are inside, and leave together with somebody else."""
    with room:
        with inside.get_lock():
            inside.value += 1
            most.value = max(most.value, inside.value)
        pair.wait()
        with inside.get_lock():
            inside.value -= 1


if __name__ == '__main__':
    room = multiprocessing.BoundedSemaphore(2)
    pair = multiprocessing.Barrier(2)
    inside, most = multiprocessing.Value('i', 0), multiprocessing.Value('i', 0)
    visitors = [multiprocessing.Process(target=visit, args=(room, pair, inside, most)) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    print('at most', most.value, 'were in the room, and now', inside.value, 'are')
    print('three at once:', [room.acquire(block=False) for _ in range(3)])
    room.release()
    room.release()
    try:
        room.release()
    except ValueError as error:
        print('one release too many:', error)
