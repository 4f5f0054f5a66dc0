"""Listeners and clients of socket files and of AF_INET, and peers that break the protocol. CPython passes these tests too."""

import errno
import multiprocessing as mp
import os
import pickle
import signal
import stat
import struct
import sys
import tempfile
import threading
import unittest
from multiprocessing import connection, managers

BIG = 3 * 1024 * 1024
KEY = b'key'

# What CPython makes of a length that no message can have: it tries to allocate so much, or reads nothing.
BAD_LENGTH = OSError if sys.implementation.name == 'graalpy' else (OSError, EOFError, MemoryError, OverflowError)


class Bomb:
    """Makes a folder when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


class Manager(managers.BaseManager):
    """Serves numbers."""


def make_numbers():
    return [1, 2, 3]


Manager.register('numbers', make_numbers, exposed=['__len__'])


def serve(folder, address, ready):
    """Accept one client and answer what it sends, until it is gone; addresses are relative to the folder."""
    os.chdir(folder)
    with connection.Listener(address, 'AF_UNIX', authkey=KEY) as listener:
        ready.send(listener.address)
        with listener.accept() as client:
            try:
                while True:
                    client.send(client.recv())
            except EOFError:
                pass
        ready.send(listener.last_accepted)


def send_and_end(address, ready):
    with connection.Listener(address) as listener:
        ready.send(None)
        listener.accept().send_bytes(b'x' * BIG)


def listen_and_end(address, ready):
    global kept
    kept = connection.Listener(address)
    ready.send(None)


def accept_and_wait(address, ready):
    with connection.Listener(address) as listener:
        ready.send(None)
        with listener.accept() as client:
            client.send('hello')
            client.recv()


def accept_in_spite_of_signals(address, ready):
    """Accept while signals come, whose handler says so."""
    signal.signal(signal.SIGUSR1, lambda signum, frame: ready.send('signal'))
    with connection.Listener(address) as listener:
        ready.send('ready')
        with listener.accept() as client:
            client.send('hello')


def send_through(conn):
    conn.send('from a child')


class FolderTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, 'socket')

    def start(self, target, *args):
        process = mp.Process(target=target, args=args)
        process.start()
        self.addCleanup(process.join)
        self.addCleanup(process.kill)
        return process

    def start_and_wait(self, target, *args):
        mine, other = mp.Pipe()
        process = self.start(target, *args, other)
        mine.recv()
        return process, mine


class SocketFileTest(FolderTest):

    def check(self, address):
        process, mine = self.start_and_wait(serve, self.folder, address)
        with connection.Client(self.path, authkey=KEY) as client:
            for message in None, {'a': [1, 2.5, 'ü']}, b'\0\xff' * BIG:
                client.send(message)
                self.assertEqual(client.recv(), message)
            self.assertFalse(client.poll())
        self.assertEqual(mine.recv(), '')
        process.join()
        self.assertEqual(process.exitcode, 0)
        self.assertFalse(os.path.exists(self.path))

    def test_between_processes(self):
        self.check(self.path)
        self.check(os.fsencode(self.path))

    def test_a_relative_path_is_in_the_processs_folder(self):
        self.check('socket')

    def test_the_file(self):
        made = os.path.join(self.folder, 'folder')
        os.mkdir(made)
        with connection.Listener(self.path) as listener:
            self.assertEqual(listener.address, self.path)
            mode = os.stat(self.path).st_mode
            self.assertTrue(stat.S_ISSOCK(mode))
            self.assertEqual(stat.S_IMODE(mode), stat.S_IMODE(os.stat(made).st_mode))
        self.assertFalse(os.path.exists(self.path))

    def test_errors(self):
        def error(function, address):
            with self.assertRaises(OSError) as raised:
                function(address, 'AF_UNIX')
            return raised.exception.errno

        with connection.Listener(self.path):
            self.assertEqual(error(connection.Listener, self.path), errno.EADDRINUSE)
        plain = os.path.join(self.folder, 'plain')
        open(plain, 'w').close()
        self.assertEqual(error(connection.Listener, plain), errno.EADDRINUSE)
        self.assertEqual(error(connection.Client, plain), errno.ECONNREFUSED)
        self.assertEqual(error(connection.Client, self.path), errno.ENOENT)
        for function in connection.Listener, connection.Client:
            self.assertEqual(error(function, '/nowhere/at all'), errno.ENOENT)
            self.assertEqual(error(function, plain + '/socket'), errno.ENOTDIR)
            with self.assertRaisesRegex(OSError, '^AF_UNIX path too long$'):
                function('/' + 'x' * 107)

    def test_a_file_at_which_nobody_listens_any_more(self):
        process, _ = self.start_and_wait(accept_and_wait, self.path)
        client = connection.Client(self.path)
        self.assertEqual(client.recv(), 'hello')
        process.kill()
        self.assertRaises((EOFError, ConnectionResetError), client.recv)
        process.join()
        self.assertRaises(ConnectionRefusedError, connection.Client, self.path)
        self.assertTrue(os.path.exists(self.path))

    def test_the_file_goes_with_its_process(self):
        process, _ = self.start_and_wait(listen_and_end, self.path)
        process.join()
        self.assertEqual(process.exitcode, 0)
        self.assertFalse(os.path.exists(self.path))

    def test_what_a_process_sent_before_it_ended_arrives(self):
        self.start_and_wait(send_and_end, self.path)
        with connection.Client(self.path) as client:
            self.assertEqual(client.recv_bytes(), b'x' * BIG)
            self.assertRaises(EOFError, client.recv)

    def test_the_other_end_is_gone(self):
        with connection.Listener(self.path) as listener:
            with connection.Client(self.path) as client:
                with listener.accept() as accepted:
                    accepted.send(1)
                self.assertEqual(client.recv(), 1)
                with self.assertRaises(BrokenPipeError):
                    while True:
                        client.send(b'x' * 1000)
                self.assertRaises((EOFError, ConnectionResetError), client.recv)

    def test_signals_are_handled_while_a_process_accepts(self):
        process, mine = self.start_and_wait(accept_in_spite_of_signals, self.path)
        os.kill(process.pid, signal.SIGUSR1)
        self.assertEqual(mine.recv(), 'signal')
        with connection.Client(self.path) as client:
            self.assertEqual(client.recv(), 'hello')

    def test_a_connection_can_be_passed_on(self):
        with connection.Listener(self.path) as listener, connection.Client(self.path) as client:
            accepted = listener.accept()
            self.start(send_through, accepted)
            self.assertEqual(client.recv(), 'from a child')
            accepted.close()

    def test_waiting(self):
        with connection.Listener(self.path) as listener, connection.Client(self.path) as client:
            accepted = listener.accept()
            pipe, other = mp.Pipe()
            self.assertEqual(connection.wait([accepted, pipe], 0.01), [])
            client.send(1)
            self.assertEqual(connection.wait([accepted, pipe]), [accepted])
            self.assertEqual(accepted.recv(), 1)
            client.close()
            self.assertTrue(accepted.poll(None))
            self.assertRaises(EOFError, accepted.recv)
            accepted.close()

    def test_several_wait_to_be_accepted(self):
        with connection.Listener(self.path, backlog=5) as listener:
            clients = [connection.Client(self.path) for _ in range(5)]
            for number, client in enumerate(clients):
                client.send(number)
            for number in range(5):
                with listener.accept() as accepted:
                    self.assertEqual(accepted.recv(), number)
            for client in clients:
                client.close()


class HostilePeerTest(FolderTest):
    """Peers that send whatever they like, at both sides of both families."""

    def addresses(self):
        return self.path, ('127.0.0.1', 0)

    def bomb(self):
        """Return the pickle of a bomb, and the folder that it makes."""
        path = os.path.join(self.folder, 'exploded')
        return pickle.dumps(Bomb(path)), path

    def between(self, attacker, attack, attacked):
        """Let a peer, which `attacker` returns, attack what `attacked` does; return the exception that this gets."""
        done = threading.Event()

        def run():
            with attacker() as peer:
                try:
                    attack(peer)
                except OSError:
                    pass  # It is refused while it still sends.
                done.wait()

        thread = threading.Thread(target=run)
        thread.start()
        try:
            with attacked():
                return None
        except Exception as error:
            return error
        finally:
            done.set()
            thread.join()

    def accept(self, address, attack):
        """Let a client attack who accepts; without a key it leaves the challenge to the attack."""
        with connection.Listener(address, authkey=KEY) as listener:
            return self.between(lambda: connection.Client(listener.address), attack, listener.accept)

    def connect(self, address, attack):
        """Let a server attack who connects."""
        with connection.Listener(address) as listener:
            return self.between(listener.accept, attack, lambda: connection.Client(listener.address, authkey=KEY))

    def check(self, attacked, attacks, expected):
        for address in self.addresses():
            for attack in attacks:
                with self.subTest(address=address, attack=attack):
                    self.assertIsInstance(attacked(address, attack), expected)

    def test_who_has_no_key_is_never_unpickled(self):
        bomb, exploded = self.bomb()

        def send_bomb(client):
            client.recv_bytes()
            client.send_bytes(bomb)
            client.send_bytes(bomb)

        def send_bomb_at_once(client):
            client.send_bytes(bomb)

        def send_garbage(client):
            client.recv_bytes()
            client.send_bytes(b'{sha256}' + b'x' * 32)

        def answer_with_wrong_key(client):
            try:
                connection.answer_challenge(client, b'wrong')
            except mp.AuthenticationError:
                client.send_bytes(bomb)

        self.check(self.accept, [send_bomb, send_bomb_at_once, send_garbage, answer_with_wrong_key], mp.AuthenticationError)
        self.assertFalse(os.path.exists(exploded))

    def test_a_server_without_the_key_is_never_unpickled(self):
        bomb, exploded = self.bomb()

        def send_bomb(accepted):
            accepted.send_bytes(bomb)

        def welcome_and_send_bomb(accepted):
            # Who welcomes everybody has to answer the client's challenge too.
            accepted.send_bytes(b'#CHALLENGE#' + b'x' * 20)
            accepted.recv_bytes()
            accepted.send_bytes(b'#WELCOME#')
            accepted.recv_bytes()
            accepted.send_bytes(bomb)

        def challenge_by_wrong_key(accepted):
            try:
                connection.deliver_challenge(accepted, b'wrong')
            except mp.AuthenticationError:
                accepted.send_bytes(bomb)

        # CPython up to 3.11 takes a wrong challenge for a failed assertion.
        self.check(self.connect, [send_bomb, welcome_and_send_bomb, challenge_by_wrong_key],
                   (mp.AuthenticationError, AssertionError))
        self.assertFalse(os.path.exists(exploded))

    def test_who_closes_in_the_middle(self):
        def close(peer):
            peer.close()

        def close_after_the_first_message(peer):
            peer.recv_bytes()
            peer.close()

        def truncate_the_response(client):
            client.recv_bytes()
            os.write(client.fileno(), struct.pack('!i', 100) + b'x' * 50)
            client.close()

        def truncate_the_header(accepted):
            os.write(accepted.fileno(), b'\0\0')
            accepted.close()

        self.check(self.accept, [close, close_after_the_first_message], (EOFError, ConnectionError))
        self.check(self.accept, [truncate_the_response], OSError)
        self.check(self.connect, [close], (EOFError, ConnectionError))
        self.check(self.connect, [truncate_the_header], OSError)

    def test_a_handshake_has_short_messages(self):
        def send_much(peer):
            peer.send_bytes(b'x' * 257)

        for address in self.addresses():
            for attacked in self.accept, self.connect:
                self.assertEqual(repr(attacked(address, send_much)), "OSError('bad message length')")

    def test_who_is_refused_comes_to_the_end(self):
        for address in self.addresses():
            with self.subTest(address=address), connection.Listener(address, authkey=KEY) as listener:
                def accept():
                    try:
                        listener.accept()
                    except mp.AuthenticationError:
                        pass

                thread = threading.Thread(target=accept)
                thread.start()
                with connection.Client(listener.address) as client:
                    client.recv_bytes()
                    client.send_bytes(b'x' * 16)
                    self.assertEqual(client.recv_bytes(), b'#FAILURE#')
                    self.assertRaises((EOFError, ConnectionError), client.recv_bytes)
                thread.join()

    def pair(self, address):
        """Return a peer and what is connected to it."""
        with connection.Listener(address) as listener:
            client = connection.Client(listener.address)
            accepted = listener.accept()
        self.addCleanup(client.close)
        self.addCleanup(accepted.close)
        return client, accepted

    def test_a_length_that_no_message_has(self):
        for address in self.addresses():
            for header in struct.pack('!i', -2), struct.pack('!i', -0x80000000), struct.pack('!iQ', -1, 1 << 62), \
                    struct.pack('!iQ', -1, (1 << 64) - 1), struct.pack('!i', 0x7fffffff):
                with self.subTest(address=address, header=header):
                    peer, mine = self.pair(address)
                    os.write(peer.fileno(), header + b'x')
                    peer.close()
                    self.assertRaises(BAD_LENGTH, mine.recv)

    def test_what_is_announced_is_not_allocated(self):
        announced = struct.pack('!i', 0x7ffff000)
        for address in self.addresses():
            with self.subTest(address=address):
                pairs = [self.pair(address) for _ in range(8)]
                errors = []

                def receive(conn):
                    try:
                        conn.recv()
                    except Exception as error:
                        errors.append(repr(error))

                threads = [threading.Thread(target=receive, args=(mine,)) for _, mine in pairs]
                for (peer, _), thread in zip(pairs, threads):
                    os.write(peer.fileno(), announced + b'x')
                    thread.start()
                for peer, _ in pairs:
                    os.write(peer.fileno(), b'x')
                    peer.close()
                for thread in threads:
                    thread.join()
                self.assertEqual(len(errors), 8)
                # polyproc refuses at once what is longer than all that may wait in pipes.
                self.assertLessEqual(set(errors), {"OSError('got end of file during message')", "OSError('bad message length')"})

    def test_a_connection_that_is_reset(self):
        with connection.Listener(('127.0.0.1', 0)) as listener:
            client = connection.Client(listener.address)
            with listener.accept() as accepted:
                client.send('never read')
                accepted.poll(None)
            self.assertRaises(ConnectionResetError, client.recv)
            client.close()

    def test_a_message_may_come_byte_by_byte(self):
        message = pickle.dumps(['hello'])
        for header in struct.pack('!i', len(message)), struct.pack('!iQ', -1, len(message)):
            for address in self.addresses():
                peer, mine = self.pair(address)
                for byte in header + message:
                    os.write(peer.fileno(), bytes([byte]))
                self.assertEqual(mine.recv(), ['hello'])

    def test_a_manager_outlives_its_attackers(self):
        bomb, exploded = self.bomb()
        for address in self.addresses():
            with self.subTest(address=address), Manager(address, authkey=KEY) as manager:
                for attack in b'\0', bomb, struct.pack('!iQ', -1, 1 << 62), struct.pack('!i', len(bomb)) + bomb:
                    with connection.Client(manager.address) as client:
                        os.write(client.fileno(), attack)
                self.assertRaises(mp.AuthenticationError, Manager(manager.address, authkey=b'wrong').connect)
                other = Manager(manager.address, authkey=KEY)
                other.connect()
                self.assertEqual(len(other.numbers()), 3)
        self.assertFalse(os.path.exists(exploded))


if __name__ == '__main__':
    mp.set_start_method('spawn')
    unittest.main()
