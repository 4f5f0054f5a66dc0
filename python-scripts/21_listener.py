"""A Listener waits for connections at an address, a Client connects to it; they need not know each other.

Here the address is a port of this machine. Both prove that they know the key, without sending it: who has another one
is refused, on both sides. The connection is the same as that of a pipe.
"""

import multiprocessing
from multiprocessing.connection import Client, Listener


def call(address, key):
    """Connect, ask and print the answer."""
    try:
        with Client(address, authkey=key) as connection:
            connection.send('What time is it?')
            print('client: the answer is', connection.recv())
    except multiprocessing.AuthenticationError as error:
        print('client:', error)


if __name__ == '__main__':
    with Listener(('localhost', 0), authkey=b'the right key') as listener:
        for key in b'a wrong key', b'the right key':
            process = multiprocessing.Process(target=call, args=(listener.address, key))
            process.start()
            try:
                with listener.accept() as connection:
                    print('server: the question is', connection.recv())
                    connection.send('High time.')
            except multiprocessing.AuthenticationError as error:
                print('server:', error)
            process.join()
