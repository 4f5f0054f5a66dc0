"""A process is a program of its own that runs at the same time as the one that started it.

``Process`` says which function it runs, with which arguments. ``start`` begins it and returns at once, ``join`` waits
until it has ended. The child has a pid of its own and knows its parent.
"""

import multiprocessing
import os


def greet(greeting, name):
    """Run in the child."""
    child = multiprocessing.current_process()
    parent = multiprocessing.parent_process()
    print(f'{greeting}, {name}! I am the process {child.name}, a child of {parent.name}.')


if __name__ == '__main__':
    process = multiprocessing.Process(target=greet, args=('Hello',), kwargs={'name': 'world'}, name='greeter')
    print('before start: alive is', process.is_alive(), 'and pid is', process.pid)
    process.start()
    print('the child has a pid of its own:', process.pid != os.getpid())
    process.join()
    print('after join: alive is', process.is_alive(), 'and exitcode is', process.exitcode)
