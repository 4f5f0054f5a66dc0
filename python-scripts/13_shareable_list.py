"""A ShareableList is a list of plain values in shared memory.

Its items are numbers, strings, bytes, booleans and None; each may become a value of another of these types. What
can't change is the length of the list, nor can a string become longer than the place that it got when the list was
made.
"""

import multiprocessing
from multiprocessing.shared_memory import ShareableList


def advance(cells):
    """Change items of several types."""
    cells[0] += 1
    cells[1] = 'sent'
    cells[2] = cells[2] / 4
    cells[3] = None
    cells.shm.close()


if __name__ == '__main__':
    cells = ShareableList([41, 'new', 10, True, b'raw'])
    print('before:', list(cells))
    process = multiprocessing.Process(target=advance, args=(cells,))
    process.start()
    process.join()
    print('after: ', list(cells))
    print('raw is at', cells.index(b'raw'), 'of', len(cells), 'and None occurs', cells.count(None), 'time')
    try:
        cells[1] = 'a string that is too long'
    except ValueError as error:
        print('no room:', error)
    cells.shm.close()
    cells.shm.unlink()
