"""What all benchmarks share: they warm up, measure rounds and tell each one as a line of JSON.

A benchmark is a script that calls `run` with its work. `python3 benchmarks/lock.py` measures three rounds by itself; with
`--in-turns` each line of standard input asks for one round, so that another interpreter can have its turn between two of them.
"""

import __main__
import multiprocessing
import sys
import time

# How long a round takes about, in seconds, unless a single operation takes longer.
ROUND_SECONDS = 0.25
# Times have settled when the fastest operation of the warm-up's second half is not faster than this part of the first half's.
SETTLED_RATIO = 0.9
SETTLED_ROUNDS = 4
# How many operations a round has at most if the process rests before each of them.
MOST_AT_REST = 5
# The warm-up ends after so many times its least duration, settled or not.
MOST_WARM_UP = 4


def run(work, *, bar, rest=0, patience=1):
    """Measure `work`, a function that does as many operations as its argument says.

    `bar` is the ratio to CPython's time that polyproc must not exceed. With `rest`, the process rests for so many seconds before each
    operation; that is not measured. `patience` is how many times as long as others it takes to warm up: much code in several processes
    is compiled for a long time, during which the compiler takes a processor from it.
    """
    # Not for the processes that are started, which import this module, too.
    import argparse
    import platform
    parser = argparse.ArgumentParser(description=__main__.__doc__)
    parser.add_argument('--rounds', type=int, default=3, metavar='N', help='how many rounds to measure (default: %(default)s)')
    parser.add_argument('--warm-up', type=float, default=10, metavar='SECONDS',
                        help='how long to warm up at least; longer until times have settled (default: %(default)s)')
    parser.add_argument('--in-turns', action='store_true', help='measure one round for each line of standard input')
    options = parser.parse_args()
    def measure(count):
        if not rest:
            return _measure(work, count)
        total = 0
        for _ in range(count):
            time.sleep(rest)
            total += _measure(work, 1)
        return total

    count, rounds, seconds = _warm_up(measure, options.warm_up * patience, MOST_AT_REST if rest else sys.maxsize)
    _tell(title=__main__.__doc__.splitlines()[0], bar=bar, python=platform.python_implementation(),
          version=platform.python_version(), warm_up_rounds=rounds, warm_up_seconds=seconds)
    for number, _ in enumerate(sys.stdin if options.in_turns else range(options.rounds), 1):
        _tell(round=number, operations=count, seconds=measure(count))


def _measure(work, count):
    begin = time.perf_counter()
    work(count)
    return time.perf_counter() - begin


def _warm_up(measure, least, most):
    """Work until the times have settled; return how many operations make a round, and how long it took."""
    begin = time.perf_counter()
    count = 1
    times = []
    while True:
        seconds = measure(count)
        elapsed = time.perf_counter() - begin
        times.append((elapsed, seconds / count))
        # At most ten times as many, since the first operations may be much slower than those that follow, or much faster.
        count = min(most, max(1, round(min(count * ROUND_SECONDS / max(seconds, 1e-9), count * 10))))
        if elapsed >= least and (_settled(times) or elapsed >= MOST_WARM_UP * least):
            return count, len(times), elapsed


def _settled(times):
    """Return whether the second half of the warm-up has brought no more speed; `times` has the end of each round, too."""
    half = times[-1][0] / 2
    first = [seconds for end, seconds in times if end <= half]
    second = [seconds for end, seconds in times if end > half]
    return bool(first) and len(times) >= SETTLED_ROUNDS and min(second) >= SETTLED_RATIO * min(first)


def _tell(**fields):
    import json
    print(json.dumps(fields), flush=True)


class Worker:
    """A process that stays, and works when it is told to, so that its code is warm when it is measured."""

    def __init__(self, work, *shared):
        """Start a process that calls `work(*shared, count)` for each `begin(count)`."""
        self._connection, other = multiprocessing.Pipe()
        multiprocessing.Process(target=_serve, args=(other, work, shared), daemon=True).start()

    def begin(self, count):
        """Let the process work."""
        self._connection.send(count)

    def wait(self):
        """Wait until it has done what it was told to do."""
        self._connection.recv()


def _serve(connection, work, shared):
    while True:
        count = connection.recv()
        work(*shared, count)
        connection.send(None)
