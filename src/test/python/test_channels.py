"""Pipes, queues, listeners and waiting for several things, between processes. CPython passes these tests too."""

import contextlib
import errno
import io
import multiprocessing as mp
import os
import signal
import socket
import sys
import threading
import unittest
from multiprocessing import connection, queues
from multiprocessing.reduction import ForkingPickler

BIG = 3 * 1024 * 1024


def echo(conn):
    """Send back what comes, until the other end is gone."""
    try:
        while True:
            conn.send(conn.recv())
    except EOFError:
        pass


def send_connection(conn):
    """Make a pipe and send one end through the connection; use the other one."""
    mine, other = mp.Pipe()
    conn.send(other)
    other.close()
    mine.send(('hello', mine.recv()))


def fill(conn):
    """Send until the other end is gone; say how that ended."""
    try:
        while True:
            conn.send_bytes(b'x' * 100_000)
    except BrokenPipeError as error:
        sys.exit(error.errno)


def wait_for_signal(conn):
    """Receive while signals come, whose handler sends."""
    def handler(signum, frame):
        conn.send('signal %d' % signum)
    signal.signal(signal.SIGUSR1, handler)
    conn.send('ready')
    conn.send(conn.recv())


def serve(address, authkey, conn):
    """Accept one client and say what it sent."""
    with connection.Listener(address, authkey=authkey) as listener:
        conn.send(listener.address)
        with listener.accept() as client:
            conn.send(client.recv())


def produce(queue, first, count):
    for number in range(first, first + count):
        queue.put(number)


def produce_and_die(queue):
    """Put something and end without any clean-up."""
    queue.put('left')
    if sys.implementation.name != 'graalpy':
        # CPython's thread may not have sent it yet.
        queue.close()
        queue.join_thread()
    os._exit(0)


class Unpicklable:
    def __reduce__(self):
        raise RuntimeError('no')


class Putting:
    """Puts something into a queue while it is pickled, and is a string when it is unpickled."""

    def __init__(self, queue):
        self.queue = queue

    def __reduce__(self):
        self.queue.put('inner')
        return str, ('outer',)


class ConnectionTest(unittest.TestCase):

    def start(self, target, *args):
        process = mp.Process(target=target, args=args)
        process.start()
        self.addCleanup(process.join)
        return process

    def test_objects_of_any_size(self):
        mine, other = mp.Pipe()
        self.start(echo, other)
        other.close()
        for message in None, {'a': [1, 2.5, 'ü']}, b'\0\xff' * BIG:
            mine.send(message)
            self.assertEqual(mine.recv(), message)
        mine.close()

    def test_what_is_sent_has_the_pickle_of_a_forking_pickler(self):
        shared = [1]
        nested = [shared, shared]
        endless = []
        endless.append(endless)
        reader, writer = mp.Pipe(duplex=False)
        for obj in (None, True, -1, 1 << 70, 1.5, 'ü', b'b', (), [], {}, ('a', ['b', (None,)]), nested, list(range(17)), {1: 2},
                    ((((((),),),),),), range(3), Exception, endless):
            writer.send(obj)
            self.assertEqual(reader.recv_bytes(), bytes(ForkingPickler.dumps(obj)), obj)

    def test_one_way(self):
        reader, writer = mp.Pipe(duplex=False)
        self.assertEqual((reader.readable, reader.writable, writer.readable, writer.writable), (True, False, False, True))
        with self.assertRaisesRegex(OSError, '^connection is read-only$'):
            reader.send(1)
        with self.assertRaisesRegex(OSError, '^connection is write-only$'):
            writer.recv()
        writer.send(1)
        self.assertEqual(reader.recv(), 1)

    def test_bytes(self):
        mine, other = mp.Pipe()
        mine.send_bytes(b'abcdef', 2, 3)
        self.assertEqual(other.recv_bytes(), b'cde')
        mine.send_bytes(memoryview(b'abcdef')[::1])
        buffer = bytearray(10)
        self.assertEqual(other.recv_bytes_into(buffer, 2), 6)
        self.assertEqual(bytes(buffer), b'\0\0abcdef\0\0')
        mine.send_bytes(b'abcdef')
        with self.assertRaises(mp.BufferTooShort) as raised:
            other.recv_bytes_into(bytearray(5))
        self.assertEqual(raised.exception.args, (b'abcdef',))
        mine.send_bytes(b'')
        self.assertTrue(other.poll())
        self.assertEqual(other.recv_bytes(), b'')
        self.assertFalse(other.poll())
        for arguments in (b'a', -1), (b'a', 2), (b'a', 0, 2), (b'a', 0, -1):
            with self.assertRaises(ValueError):
                mine.send_bytes(*arguments)

    def test_a_message_that_is_too_long(self):
        mine, other = mp.Pipe()
        mine.send_bytes(b'abcdef')
        with self.assertRaisesRegex(OSError, '^bad message length$'):
            other.recv_bytes(5)
        with self.assertRaisesRegex(OSError, '^connection is write-only$'):
            other.recv()

    def test_closed(self):
        mine, other = mp.Pipe()
        mine.close()
        mine.close()
        self.assertTrue(mine.closed)
        with self.assertRaisesRegex(OSError, '^handle is closed$'):
            mine.send(1)
        with self.assertRaises(EOFError):
            other.recv()
        self.assertTrue(other.poll())
        with self.assertRaises(BrokenPipeError) as raised:
            other.send(1)
        self.assertEqual(raised.exception.errno, errno.EPIPE)

    def test_the_framing_is_cpythons(self):
        mine, other = mp.Pipe()
        mine.send_bytes(b'abc')
        self.assertEqual(os.read(other.fileno(), 100), b'\0\0\0\3abc')
        os.write(other.fileno(), b'\0\0\0\2x')
        os.write(other.fileno(), b'y')
        self.assertEqual(mine.recv_bytes(), b'xy')

    def test_numbers_of_descriptors(self):
        mine, other = mp.Pipe()
        copy = os.dup(mine.fileno())
        mine.close()
        os.write(copy, b'\0\0\0\1x')
        self.assertEqual(other.recv_bytes(), b'x')
        os.close(copy)
        self.assertRaises(EOFError, other.recv)
        number = other.fileno()
        other.close()
        with self.assertRaises(OSError) as raised:
            os.close(number)
        self.assertEqual(raised.exception.errno, errno.EBADF)

    def test_the_folder_of_descriptors(self):
        before = set(os.listdir('/proc/self/fd'))
        mine, other = mp.Pipe()
        now = set(os.listdir('/proc/self/fd'))
        self.assertTrue({'0', '1', '2', str(mine.fileno()), str(other.fileno())} <= now)
        self.assertEqual(len(now), len(before) + 2)

    def test_a_connection_through_a_connection(self):
        mine, other = mp.Pipe()
        self.start(send_connection, other)
        with mine.recv() as received:
            received.send(7)
            self.assertEqual(received.recv(), ('hello', 7))

    def test_what_cannot_be_pickled_is_not_sent(self):
        mine, other = mp.Pipe()
        with self.assertRaisesRegex(RuntimeError, '^no$'):
            mine.send(Unpicklable())
        mine.send(1)
        self.assertEqual(other.recv(), 1)

    def test_the_end_of_a_reader_wakes_its_writer(self):
        reader, writer = mp.Pipe(duplex=False)
        process = self.start(fill, writer)
        writer.close()
        reader.recv_bytes()
        reader.close()
        process.join()
        self.assertEqual(process.exitcode, errno.EPIPE)

    def test_the_end_of_a_process_closes_its_connections(self):
        mine, other = mp.Pipe()
        process = self.start(echo, other)
        other.close()
        mine.send(1)
        mine.recv()
        process.kill()
        self.assertRaises((EOFError, ConnectionResetError), mine.recv)

    def test_signals_are_handled_while_a_process_receives(self):
        mine, other = mp.Pipe()
        process = self.start(wait_for_signal, other)
        self.assertEqual(mine.recv(), 'ready')
        os.kill(process.pid, signal.SIGUSR1)
        self.assertEqual(mine.recv(), 'signal %d' % signal.SIGUSR1)
        mine.send('done')
        self.assertEqual(mine.recv(), 'done')

    def test_a_poll_ends_when_something_comes(self):
        mine, other = mp.Pipe()
        self.assertFalse(mine.poll(0.01))
        self.assertFalse(mine.poll(-1))
        thread = threading.Thread(target=other.send, args=(1,))
        thread.start()
        self.assertTrue(mine.poll(None))
        thread.join()


class WaitTest(unittest.TestCase):

    def test_connections_sentinels_and_sockets(self):
        mine, other = mp.Pipe()
        left, right = socket.socketpair()
        process = mp.Process(target=echo, args=(other,))
        process.start()
        other.close()
        everything = [mine, left, process.sentinel]
        self.assertEqual(connection.wait(everything, 0), [])
        self.assertEqual(connection.wait(everything, 0.01), [])
        right.send(b'x')
        self.assertEqual(connection.wait(everything), [left])
        left.recv(1)
        mine.send(1)
        self.assertEqual(connection.wait(everything), [mine])
        mine.recv()
        process.terminate()
        self.assertIn(process.sentinel, connection.wait([left, process.sentinel]))
        process.join()
        self.assertEqual(connection.wait(everything, 0), [mine, process.sentinel])
        left.close()
        right.close()

    def test_nothing(self):
        self.assertEqual(connection.wait([], 0), [])


class ListenerTest(unittest.TestCase):

    def check(self, address, authkey=None):
        mine, other = mp.Pipe()
        process = mp.Process(target=serve, args=(address, authkey, other))
        process.start()
        with connection.Client(mine.recv(), authkey=authkey) as client:
            client.send('hello')
            self.assertEqual(mine.recv(), 'hello')
        process.join()
        self.assertEqual(process.exitcode, 0)

    def test_families(self):
        self.check(None)
        self.check(('127.0.0.1', 0))

    def test_a_key(self):
        self.check(None, b'key')
        self.check(('127.0.0.1', 0), b'key')

    def test_a_wrong_key(self):
        with connection.Listener(authkey=b'right') as listener:
            refused = []

            def accept():
                try:
                    listener.accept()
                except mp.AuthenticationError as error:
                    refused.append(str(error))

            thread = threading.Thread(target=accept)
            thread.start()
            with self.assertRaisesRegex(mp.AuthenticationError, '^digest sent was rejected$'):
                connection.Client(listener.address, authkey=b'wrong')
            thread.join()
            self.assertEqual(refused, ['digest received was wrong'])

    def test_an_address_in_use(self):
        for family in 'AF_UNIX', 'AF_INET':
            with connection.Listener(family=family) as listener:
                with self.assertRaises(OSError) as raised:
                    connection.Listener(listener.address, family)
                self.assertEqual(raised.exception.errno, errno.EADDRINUSE)

    def test_nobody_listens(self):
        self.assertRaises(FileNotFoundError, connection.Client, '/nowhere/at all')
        self.assertRaises(ConnectionRefusedError, connection.Client, '\0nowhere at all')


class QueueTest(unittest.TestCase):

    def test_nothing_is_lost_and_each_producers_order_is_kept(self):
        queue = mp.Queue()
        producers = [mp.Process(target=produce, args=(queue, first, 500)) for first in (0, 1000)]
        for process in producers:
            process.start()
        received = [queue.get() for _ in range(1000)]
        for process in producers:
            process.join()
        for first in 0, 1000:
            self.assertEqual([n for n in received if first <= n < first + 500], list(range(first, first + 500)))
        self.assertTrue(queue.empty())
        self.assertEqual(queue.qsize(), 0)

    def test_the_order_is_kept_when_the_pipe_is_full(self):
        queue = mp.Queue()
        sizes = [10, 50_000, 100_000, 10, 300_000, 20, 30]
        for size in sizes:
            queue.put(b'x' * size)
        self.assertEqual([len(queue.get()) for _ in sizes], sizes)
        queue.put('after')
        self.assertEqual(queue.get(), 'after')
        queue.close()
        queue.join_thread()

    def test_threads_that_fill_the_pipe_lose_nothing(self):
        queue = mp.JoinableQueue()

        def put(thread):
            for number in range(50):
                queue.put((thread, number, b'x' * 5_000))

        threads = [threading.Thread(target=put, args=(i,)) for i in range(3)]
        for thread in threads:
            thread.start()
        received = []
        for _ in range(150):
            received.append(queue.get()[:2])
            queue.task_done()
        for thread in threads:
            thread.join()
        queue.join()
        for i in range(3):
            self.assertEqual([number for thread, number in received if thread == i], list(range(50)))
        self.assertRaises(ValueError, queue.task_done)

    def test_what_is_put_before_an_abrupt_end_is_there(self):
        queue = mp.Queue()
        process = mp.Process(target=produce_and_die, args=(queue,))
        process.start()
        process.join()
        self.assertEqual(queue.get(timeout=60), 'left')

    def test_what_can_not_be_pickled_is_reported_and_takes_no_place(self):
        queue = mp.Queue(1)
        with contextlib.redirect_stderr(io.StringIO()) as err:
            queue.put(Unpicklable())
            queue.put('next')
            self.assertEqual(queue.get(), 'next')
        self.assertIn('RuntimeError: no', err.getvalue())
        self.assertEqual(queue.qsize(), 0)

    def test_a_hook_for_what_can_not_be_pickled_is_called_by_another_thread(self):
        calls = []

        class Queue(queues.Queue):
            @staticmethod
            def _on_queue_feeder_error(error, obj):
                calls.append((type(error), type(obj), threading.current_thread() is threading.main_thread()))

        queue = Queue(ctx=mp.get_context())
        queue.put(Unpicklable())
        queue.put('next')
        self.assertEqual(queue.get(), 'next')
        self.assertEqual(calls, [(RuntimeError, Unpicklable, False)])
        queue.close()
        queue.join_thread()

    def test_a_long_object_among_short_ones_of_another_process(self):
        queue = mp.Queue(4)
        process = mp.Process(target=produce, args=(queue, 0, 200))
        process.start()
        queue.put(b'x' * 200_000)
        received = [queue.get() for _ in range(201)]
        process.join()
        self.assertEqual([item for item in received if isinstance(item, int)], list(range(200)))
        queue.close()
        queue.join_thread()

    def test_an_object_may_put_others_while_it_is_pickled(self):
        queue = mp.Queue()
        queue.put(Putting(queue))
        self.assertEqual({queue.get(), queue.get()}, {'inner', 'outer'})

    def test_a_closed_queue(self):
        queue = mp.Queue()
        queue.put(1)
        queue.close()
        queue.join_thread()
        self.assertRaises(ValueError, queue.put, 2)
        self.assertRaises(ValueError, queue.get)
        queue.close()

    def test_a_simple_queue(self):
        queue = mp.SimpleQueue()
        process = mp.Process(target=produce, args=(queue, 0, 3))
        process.start()
        self.assertEqual([queue.get() for _ in range(3)], [0, 1, 2])
        process.join()
        self.assertTrue(queue.empty())


if __name__ == '__main__':
    mp.set_start_method('spawn')
    unittest.main()
