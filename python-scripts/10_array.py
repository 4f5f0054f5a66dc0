"""An Array is a row of numbers of one type in memory that processes share.

Each child squares one half of it, in place; the parent sees what they wrote. The children need no lock, since they
never touch the same element. An array has slices like a list, but its length is fixed.
"""

import multiprocessing


def square(numbers, start, stop):
    """Square a part of the array in place."""
    for index in range(start, stop):
        numbers[index] **= 2


if __name__ == '__main__':
    numbers = multiprocessing.Array('i', range(10))
    print('before:', numbers[:])
    halves = [multiprocessing.Process(target=square, args=(numbers, start, start + 5)) for start in (0, 5)]
    for half in halves:
        half.start()
    for half in halves:
        half.join()
    print('after: ', numbers[:])
    print('every third:', numbers[::3], 'sum:', sum(numbers), 'length:', len(numbers))

    numbers[:3] = [7, 8, 9]
    print('a slice is assigned:', numbers[:5])
    try:
        numbers[10] = 0
    except IndexError as error:
        print('the eleventh element:', error)
    text = multiprocessing.Array('c', b'seven bytes')
    text.value = b'fewer'
    print('text:', text.value, 'and all of it:', text.raw)
