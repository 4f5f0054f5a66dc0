"""Mistake: to take two locks in different orders.

Each painter holds what the other one wants, so both would wait for ever: a deadlock. A timeout ends it here, and a
barrier makes it happen each time. The right way is one order for all: only who has the brush may take the paint.
"""

import multiprocessing


def wrong(name, first, second, barrier):
    """Take one lock and try to take the other."""
    with first:
        barrier.wait()  # now both hold one
        print(f'{name} gets the second lock:', second.acquire(timeout=0.2))
        barrier.wait()  # now both have tried


def right(name, first, second, barrier):
    """Take both locks in the order that all have agreed upon."""
    barrier.wait()
    with first, second:
        print(f'{name} has both locks')


if __name__ == '__main__':
    brush, paint = multiprocessing.Lock(), multiprocessing.Lock()
    barrier = multiprocessing.Barrier(2)
    for target, anns, bobs in (wrong, (brush, paint), (paint, brush)), (right, (brush, paint), (brush, paint)):
        ann = multiprocessing.Process(target=target, args=('Ann', *anns, barrier))
        bob = multiprocessing.Process(target=target, args=('Bob', *bobs, barrier))
        for painter in ann, bob:
            painter.start()
        for painter in ann, bob:
            painter.join()
