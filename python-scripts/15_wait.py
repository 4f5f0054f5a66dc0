"""``connection.wait`` waits for several things at once and returns those that are ready.

It takes connections, which are ready when there is something to receive, and sentinels of processes, which are ready
when the process has ended. The parent asks one worker after the other; ``wait`` finds out which one answers.
"""

import multiprocessing
from multiprocessing.connection import wait


def answer(connection):
    """Answer questions until None comes."""
    for question in iter(connection.recv, None):
        connection.send(question.upper())


if __name__ == '__main__':
    names, sentinels = {}, {}
    for name in 'red', 'green', 'blue':
        connection, childs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=answer, args=(childs,))
        process.start()
        names[connection] = name
        sentinels[process.sentinel] = process
    print('ready at once:', wait(names, timeout=0))
    for question in 'one', 'two':
        for asked in reversed(names):
            asked.send(question)
            for ready in wait(names):
                print(names[ready], 'answers', ready.recv())
    for connection in names:
        connection.send(None)
    while sentinels:
        for ready in wait(sentinels):
            sentinels.pop(ready).join()
    print('all have ended')
