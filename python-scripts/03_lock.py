"""A lock is held by one process at a time; whoever wants it meanwhile waits.

The parent holds the lock when the child asks for it. ``acquire(block=False)`` does not wait but says False. ``with
lock`` waits, and here that is until the parent has released it. So the child's second line can't come before the
parent's "I release it".
"""

import multiprocessing


def work(lock, tried):
    """Try to get the lock, then wait for it."""
    print('child: I get the lock without waiting:', lock.acquire(block=False))
    tried.set()
    with lock:
        print('child: I waited, and now I have it')


if __name__ == '__main__':
    lock = multiprocessing.Lock()
    tried = multiprocessing.Event()
    with lock:
        process = multiprocessing.Process(target=work, args=(lock, tried))
        process.start()
        tried.wait()
        print('parent: I release it')
    process.join()
    print('parent: the lock is free again:', lock.acquire(block=False))
