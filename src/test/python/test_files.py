"""Open files and sockets on their way from one process to another."""

import errno
import multiprocessing
import os
import socket
import tempfile
import unittest
from multiprocessing import connection, reduction

MISSING = 987


def read_all(sock):
    return b''.join(iter(lambda: sock.recv(100), b''))


def write_to_handle(conn, data):
    fd = reduction.recv_handle(conn)
    os.write(fd, data)
    os.close(fd)


def write_to_received(conn, data):
    with conn.recv() as sock:
        sock.sendall(data)


def write_to_argument(sock, data):
    with sock:
        sock.sendall(data)


def hold_until_the_end(conn):
    conn.received = conn.recv()
    conn.send('here')
    conn.recv()


def hold_and_die(conn):
    hold_until_the_end(conn)
    os._exit(0)


def accept_one(conn):
    with conn.recv() as listener:
        accepted, _ = listener.accept()
        with accepted:
            accepted.sendall(accepted.recv(100).upper())


def pass_connection_on(conn, address):
    with connection.Client(address) as client:
        conn.send(client)
    conn.recv()


def open_and_send(conn, path):
    with open(path, 'wb', buffering=0) as file:
        reduction.send_handle(conn, file.fileno(), os.getppid())
        conn.recv()


class PassingTest(unittest.TestCase):

    def setUp(self):
        self.conn, self.child_conn = multiprocessing.Pipe()

    def tearDown(self):
        self.conn.close()
        self.child_conn.close()

    def start(self, target, *args):
        child = multiprocessing.Process(target=target, args=args)
        child.start()
        self.addCleanup(child.join)
        return child


class FilesTest(PassingTest):

    def file(self):
        file = tempfile.TemporaryFile(buffering=0)
        self.addCleanup(file.close)
        return file

    def test_a_file_is_one_for_both(self):
        file = self.file()
        file.write(b'one ')
        child = self.start(write_to_handle, self.child_conn, b'two ')
        reduction.send_handle(self.conn, file.fileno(), child.pid)
        child.join()
        file.write(b'three')
        file.seek(0)
        self.assertEqual(file.read(), b'one two three')

    def test_the_sender_may_close(self):
        r, w = os.pipe()
        child = self.start(write_to_handle, self.child_conn, b'from the child')
        reduction.send_handle(self.conn, w, child.pid)
        os.close(w)
        with open(r, 'rb') as file:
            self.assertEqual(file.read(), b'from the child')

    def test_the_sender_may_end(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'file')
            child = self.start(open_and_send, self.child_conn, path)
            fd = reduction.recv_handle(self.conn)
            self.conn.send('end')
            child.join()
            os.write(fd, b'from the parent')
            os.close(fd)
            with open(path, 'rb') as file:
                self.assertEqual(file.read(), b'from the parent')

    def test_what_is_not_open(self):
        with self.assertRaises(OSError) as raised:
            reduction.send_handle(self.conn, MISSING, os.getpid())
        self.assertEqual(raised.exception.errno, errno.EBADF)


class SocketsTest(PassingTest):

    def test_a_socket_is_closed_by_its_last_holder(self):
        ours, theirs = socket.socketpair()
        with ours:
            self.start(write_to_received, self.child_conn, b'from the child')
            self.conn.send(theirs)
            theirs.close()
            self.assertEqual(read_all(ours), b'from the child')

    def test_both_use_it(self):
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self.start(write_to_received, self.child_conn, b'first ')
                self.conn.send(theirs)
                self.assertEqual(ours.recv(100), b'first ')
                theirs.sendall(b'second')
            self.assertEqual(read_all(ours), b'second')

    def test_an_argument(self):
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                child = self.start(write_to_argument, theirs, b'from the child')
            child.join()
            self.assertEqual(read_all(ours), b'from the child')

    def test_the_end_of_a_process_closes(self):
        for target in hold_until_the_end, hold_and_die:
            with self.subTest(target=target.__name__):
                ours, theirs = socket.socketpair()
                with ours:
                    self.start(target, self.child_conn)
                    self.conn.send(theirs)
                    theirs.close()
                    self.assertEqual(self.conn.recv(), 'here')
                    self.conn.send('end')
                    self.assertEqual(read_all(ours), b'')

    def test_a_listener(self):
        with socket.create_server(('localhost', 0)) as listener:
            self.start(accept_one, self.child_conn)
            self.conn.send(listener)
            with socket.create_connection(listener.getsockname()) as client:
                client.sendall(b'text')
                self.assertEqual(read_all(client), b'TEXT')

    def test_a_connection(self):
        with connection.Listener(('localhost', 0)) as listener:
            child = self.start(pass_connection_on, self.child_conn, listener.address)
            with listener.accept() as accepted:
                with self.conn.recv() as passed:
                    self.conn.send('end')
                    child.join()
                    passed.send({'from': 'the parent'})
                    self.assertEqual(accepted.recv(), {'from': 'the parent'})
                    accepted.send('back')
                    self.assertTrue(passed.poll(60))
                    self.assertEqual(passed.recv(), 'back')
                with self.assertRaises(EOFError):
                    accepted.recv()


if __name__ == '__main__':
    unittest.main()
