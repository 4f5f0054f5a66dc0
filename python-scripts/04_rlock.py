"""An RLock may be acquired again by the process that holds it, and is free when it was released as often.

``transfer`` needs the lock for all of its work and calls ``add``, which needs it too. With a plain ``Lock`` the
second ``acquire`` would wait for ever for the first one, in the same process. Nobody but the owner may release an
RLock.
"""

import multiprocessing


def add(lock, account, amount):
    """Change one account."""
    with lock:
        account.value += amount


def transfer(lock, source, target, amount, times):
    """Change two accounts, so that nobody sees the money in both or in none."""
    for _ in range(times):
        with lock:
            add(lock, source, -amount)
            add(lock, target, amount)


if __name__ == '__main__':
    lock = multiprocessing.RLock()
    mine, yours = multiprocessing.RawValue('i', 100), multiprocessing.RawValue('i', 100)
    give = multiprocessing.Process(target=transfer, args=(lock, mine, yours, 5, 20))
    take = multiprocessing.Process(target=transfer, args=(lock, yours, mine, 3, 20))
    for process in give, take:
        process.start()
    for process in give, take:
        process.join()
    print('mine:', mine.value, 'yours:', yours.value, 'together:', mine.value + yours.value)

    plain = multiprocessing.Lock()
    print('a Lock twice:', plain.acquire(), plain.acquire(block=False))
    print('an RLock twice:', lock.acquire(), lock.acquire(block=False))
    lock.release()
    lock.release()
    try:
        lock.release()
    except AssertionError as error:
        print('a third release:', error)
