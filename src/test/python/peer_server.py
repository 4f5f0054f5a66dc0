"""One side of a talk between two interpreters: listens at the socket file that is its argument and at a port; serves managers.

Says the port and the addresses of the managers on standard output, and ends when its standard input does. `peer_client.py` is the
other side; the two may run on different interpreters.
"""

import queue
import sys
import threading
from multiprocessing import connection, managers

KEY = b'a key'


class Board:
    """Something that is used by proxy."""

    def __init__(self):
        self._notes = []

    def post(self, note):
        self._notes.append(note)
        return len(self._notes)

    def refuse(self):
        raise LookupError('no', 1)

    def unpicklable(self):
        return lambda: None

    def hidden(self):
        """Not exposed."""


class Manager(managers.BaseManager):
    """Serves a board, a queue and a dict that live in this process."""


board = Board()
numbers = queue.Queue()
settings = {'host': 'server'}
Manager.register('board', lambda: board, exposed=['post', 'refuse', 'unpicklable'])
Manager.register('numbers', lambda: numbers)
Manager.register('settings', lambda: settings, managers.DictProxy)


def echo(listener):
    """Accept clients until the listener is closed; each says whether it has the key, by having got through, and gets back what it sends."""
    while True:
        try:
            client = listener.accept()
        except connection.AuthenticationError:
            continue
        except OSError:
            return  # The listener is closed.
        with client:
            try:
                while True:
                    client.send(client.recv())
            except EOFError:
                pass


def start(target, *arguments):
    threading.Thread(target=target, args=arguments, daemon=True).start()


if __name__ == '__main__':
    path = sys.argv[1]
    listeners = [connection.Listener(address, authkey=KEY) for address in (path, ('127.0.0.1', 0))]
    servers = [Manager(address, authkey=KEY).get_server() for address in (path + '.manager', ('127.0.0.1', 0))]
    for listener in listeners:
        start(echo, listener)
    for server in servers:
        start(server.serve_forever)
    print(listeners[1].address[1], servers[1].address[1], flush=True)
    sys.stdin.read()
    print(settings['client'], numbers.qsize())
    for listener in listeners:
        listener.close()
    for server in servers:
        server.listener.close()
