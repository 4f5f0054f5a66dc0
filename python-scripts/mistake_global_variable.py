"""Mistake: to expect that processes share their variables.

A child has a copy of every module, so it appends to a list of its own, and the parent's stays as it was. With threads
it would be the same list. The right way is an object that is made to be shared, such as a queue, an array or a
manager's list, given to the child as an argument.
"""

import multiprocessing

found = []


def search_wrong():
    """Append to a list of this process."""
    found.append('treasure')
    print('child: found is', found)


def search_right(results):
    """Send what was found to the parent."""
    results.put('treasure')


if __name__ == '__main__':
    process = multiprocessing.Process(target=search_wrong)
    process.start()
    process.join()
    print('wrong: found is', found)

    results = multiprocessing.SimpleQueue()
    process = multiprocessing.Process(target=search_right, args=(results,))
    process.start()
    found.append(results.get())
    process.join()
    print('right: found is', found)
