"""Mistake: to give a process a function that it cannot find.

With the start method spawn a child is a new interpreter, so the target and its arguments are pickled, and a function
is pickled as its name. A lambda has none, and neither can files and generators be pickled. The right way is a
function at the top of a module, and data as arguments.
"""

import multiprocessing
import pickle

spawn = multiprocessing.get_context('spawn')


def double(number):
    """Print twice a number."""
    print('right: twice', number, 'is', 2 * number)


def run(target, *args):
    """Run a function in a process, if that is possible."""
    process = spawn.Process(target=target, args=args)
    process.start()
    process.join()


if __name__ == '__main__':
    try:
        run(lambda: double(21))
    except (pickle.PicklingError, AttributeError):
        print('wrong: a lambda cannot be pickled')
    try:
        run(double, (number for number in [21]))
    except TypeError as error:
        print('wrong:', error)
    run(double, 21)
