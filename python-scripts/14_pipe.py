"""A pipe has two ends; what one sends, the other receives, whole objects in their order.

The child squares what it is sent. The parent closes its copy of the child's end, so that nobody has that end any more
when the child is gone: then ``recv`` raises EOFError instead of waiting for ever.
"""

import multiprocessing


def square(connection):
    """Answer numbers with their squares, until None comes."""
    while (number := connection.recv()) is not None:
        connection.send({'number': number, 'square': number**2})
    connection.send('goodbye')


if __name__ == '__main__':
    connection, childs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=square, args=(childs,))
    process.start()
    childs.close()
    for number in 2, 3.5, 1j:
        connection.send(number)
        print('answer:', connection.recv())
    print('something to receive:', connection.poll())
    connection.send(None)
    print('answer:', connection.recv())
    try:
        connection.recv()
    except EOFError:
        print('the other end is closed')
    process.join()
