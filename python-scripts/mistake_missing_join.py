"""Mistake: to use a result before the process that computes it has ended.

``start`` returns at once. What the parent reads next is whatever is there by then; here an event keeps the child from
being faster. The right way is to ``join`` the process first, or to receive the result from a pipe or a queue, which
waits.
"""

import multiprocessing


def compute(result, may_begin):
    """Compute the sum of the squares up to 10."""
    may_begin.wait()
    result.value = sum(number**2 for number in range(11))


if __name__ == '__main__':
    result = multiprocessing.Value('i', -1)
    may_begin = multiprocessing.Event()
    process = multiprocessing.Process(target=compute, args=(result, may_begin))
    process.start()
    print('wrong: after start, the result is', result.value, 'and the exit code', process.exitcode)
    may_begin.set()
    process.join()
    print('right: after join, the result is', result.value, 'and the exit code', process.exitcode)
