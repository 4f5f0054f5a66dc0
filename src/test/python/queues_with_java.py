"""What SharedQueueTest calls: processes that put into queues of Java's and take from them."""

import multiprocessing as mp


def echo_all(requests, answers):
    """Send back what comes, until None comes."""
    while (item := requests.get()) is not None:
        answers.put(item)


def echo_in_children(requests, answers, count):
    assert type(requests) is mp.queues.Queue, type(requests)
    children = [mp.Process(target=echo_all, args=(requests, answers)) for _ in range(count)]
    for child in children:
        child.start()
    for child in children:
        child.join()
        assert child.exitcode == 0, child.exitcode


def put_types(queue):
    for value in (None, True, 0, -1, 1 << 40, 1.5, 'a\u00e4\U0001f600', b'\0\xff', [], [1, [2]], (1, (2, 3)), {'a': {'b': None}}):
        queue.put(value)
    same = ['x']
    queue.put([same, same])


def put(queue, what):
    queue.put({'set': {1}, 'big': 1 << 64, 'key': {1: 2}, 'object': queue_error}[what])


def queue_error():
    pass


def fill(queue, full):
    import queue as standard
    for number in range(queue._maxsize):
        queue.put(number)
    try:
        queue.put_nowait('one too many')
    except standard.Full:
        full(queue.qsize())


def make(callback):
    queue = mp.Queue(5)
    queue.put('from Python')
    callback(queue)
    assert queue.get() == ['from', 'Java']


def wait(queue, begun):
    begun.release()
    queue.get()
