"""How a process ended is told by its exit code.

It is 0 if the function returned and 1 if it raised an exception, whose traceback goes to standard error; ``sys.exit``
chooses another one. A negative code is the number of the signal that ended the process: ``terminate`` sends SIGTERM,
which is 15.
"""

import multiprocessing
import signal
import sys


def returns():
    """End as nearly all processes do."""


def exits():
    """End early, with a code for whoever wants to know why."""
    sys.exit(3)


def raises():
    """End by an exception that nobody catches."""
    raise ValueError('this traceback belongs here')


def waits():
    """Wait for something that never happens."""
    multiprocessing.Event().wait()


if __name__ == '__main__':
    for target in returns, exits, raises, waits:
        process = multiprocessing.Process(target=target)
        process.start()
        if target is waits:
            process.terminate()
        process.join()
        print(f'{target.__name__}: {process.exitcode}')
    print('the last one was ended by', signal.Signals(-process.exitcode).name)
