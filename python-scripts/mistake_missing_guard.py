"""Mistake: to start processes without ``if __name__ == '__main__':``.

With the start method spawn a child imports the main module to find the target. All that is not guarded runs again in
the child, which prints the first line and then would start a child of its own, and so on; Python refuses that with a
RuntimeError, whose traceback tells what to do. The right way is to put all but definitions below the guard, as all
other scripts here do.
"""

import multiprocessing


def greet():
    """Never run."""
    print('Hello!')


print('this line is printed by', __name__)
process = multiprocessing.get_context('spawn').Process(target=greet)
process.start()
process.join()
print('the child ended with exit code', process.exitcode)
