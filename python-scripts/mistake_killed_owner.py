"""Mistake: to end a process by force while it holds a lock.

A process that is killed releases nothing: its lock stays locked for ever, and whoever waits for it does, too. A timeout
ends that here. The right way is to ask a process to end, by an event or a message, so that it leaves its ``with``.
"""

import multiprocessing


def work(lock, has_lock, may_end):
    """Hold a lock until somebody allows the end."""
    with lock:
        has_lock.set()
        may_end.wait()


def lock_is_free_after(end):
    """Start a process that takes a lock, end it, and try to get the lock."""
    lock, has_lock, may_end = multiprocessing.Lock(), multiprocessing.Event(), multiprocessing.Event()
    process = multiprocessing.Process(target=work, args=(lock, has_lock, may_end))
    process.start()
    has_lock.wait()
    end(process, may_end)
    process.join()
    return lock.acquire(timeout=0.2)


if __name__ == '__main__':
    print('wrong: killed; the lock is free:', lock_is_free_after(lambda process, may_end: process.kill()))
    print('right: asked to end; the lock is free:', lock_is_free_after(lambda process, may_end: may_end.set()))
