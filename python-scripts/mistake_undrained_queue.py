"""Mistake: to join a process before everything that it put into a queue has been taken out.

``put`` returns at once, but the pipe behind a queue holds only so much. A process does not end before all that it put
is in the pipe, so who waits for its end and does not empty the queue waits for ever. A timeout ends that here. The
right way is to take everything out, then to join.
"""

import multiprocessing


def produce(queue, has_put):
    """Put a megabyte into the queue."""
    for number in range(1000):
        queue.put((number, 'x' * 1000))
    has_put.set()


if __name__ == '__main__':
    queue, has_put = multiprocessing.Queue(), multiprocessing.Event()
    process = multiprocessing.Process(target=produce, args=(queue, has_put))
    process.start()
    has_put.wait()
    process.join(timeout=0.3)
    print('wrong: everything was put, and the process is alive:', process.is_alive())
    total = sum(len(text) for _, text in (queue.get() for _ in range(1000)))
    process.join()
    print('right:', total, 'characters were taken, and the process is alive:', process.is_alive())
