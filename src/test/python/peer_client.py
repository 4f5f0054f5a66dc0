"""The other side of `peer_server.py`, whose socket file and ports are its arguments; says on standard output how it went."""

import sys
from multiprocessing import connection, managers

KEY = b'a key'


class Manager(managers.BaseManager):
    """Knows what the server serves by its names only."""


for name in 'board', 'numbers':
    Manager.register(name)
Manager.register('settings', proxytype=managers.DictProxy)


def attempt(function, *arguments):
    """Call a function; return its result, or the name and the arguments of its exception."""
    try:
        return function(*arguments)
    except Exception as error:
        return (type(error).__name__, *error.args)


def talk(address):
    print(attempt(connection.Client, address, None, b'another key'))
    with connection.Client(address, authkey=KEY) as client:
        for message in None, {'a': [1, 2.5, 'ü']}, ConnectionError(1, 'two'), b'\0\xff' * 1_000_000:
            client.send(message)
            received = client.recv()
            print(repr(received) if len(repr(received)) < 100 else received == message)


def manage(address, first):
    print(attempt(Manager(address, authkey=b'another key').connect))
    manager = Manager(address, authkey=KEY)
    manager.connect()
    board = manager.board()
    print(board.post('hello'), board.post(['hello', 'again']), attempt(board.refuse), hasattr(board, 'hidden'))
    remote = attempt(board.unpicklable)
    print(remote[0], 'Unserializable message' in remote[1])
    remote = attempt(board._callmethod, 'hidden')
    print(remote[0], 'Traceback' in remote[1], 'hidden' in remote[1])
    numbers = manager.numbers()
    for number in range(first, first + 3):
        numbers.put({'number': number})
    print(numbers.get(), numbers.qsize(), attempt(lambda: [numbers.get(timeout=0.01) for _ in range(3)]))
    numbers.put('left')
    settings = manager.settings()
    settings['client'] = 'was here'
    print(settings.copy(), sorted(settings.keys()), 'nothing' in settings, attempt(settings.pop, 'nothing'), len(settings))


if __name__ == '__main__':
    path, port, manager_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for address in path, ('127.0.0.1', port):
        talk(address)
    for first, address in enumerate((path + '.manager', ('127.0.0.1', manager_port))):
        manage(address, first * 10)
