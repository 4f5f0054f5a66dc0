"""Stands before `multiprocessing.connection`: pipes and the listeners of family AF_UNIX are channels of polyproc's kernel.

Differs in: `Pipe`; `Listener` and `Client` of family AF_UNIX; `wait`, which takes kernel objects too. What goes through a channel
is framed as on CPython.

An address of family AF_UNIX that is a path is a socket file, by which other programs are reached, if the host was told so: the
kernel carries the bytes between the socket and a channel. All others, those that begin with NUL and those that are chosen here
for want of one, are known in this host only.

Connections of family AF_INET are the standard ones, and only they load `socket` and `selectors`. A message takes memory as it
comes, not as it is announced, and a length that no message can have is an error. A connection whose peer does not have the key is
closed at once.
"""

import errno as _errno

from _polyproc import descriptors as _descriptors, kernel as _kernel, standard as _standard
from _polyproc.signals import retry as _retry

_standard.load(globals(), socket={'AF_UNIX': 1}, selectors={'PollSelector': None}, tempfile={})


def _WaitSelector():
    import selectors
    return getattr(selectors, 'PollSelector', selectors.SelectSelector)()


# Their names until Python 3.11.
CHALLENGE, WELCOME, FAILURE = _CHALLENGE, _WELCOME, _FAILURE

default_family = 'AF_UNIX'
families = ['AF_INET', 'AF_UNIX']

_StandardConnection = Connection
_StandardSocketListener = SocketListener
_StandardSocketClient = SocketClient
_standard_arbitrary_address = arbitrary_address
_standard_wait = wait
_standard_client = Client

# GraalPy's bytes have at most this length.
_MAX_MESSAGE_BYTES = (1 << 31) - 65

# `posix.read` here allocates what it is asked for before anything has come.
_PART_BYTES = 1 << 18

# How long a path can be as an address on Linux, in bytes (`sockaddr_un.sun_path`, without the NUL at its end).
_MAX_PATH_BYTES = 107


def _read(handle, size):
    try:
        return os.read(handle, size)
    except OSError as error:
        # GraalPy knows no number of what the JDK says.
        if error.errno == _errno.EIO and error.strerror == 'Connection reset':
            raise ConnectionResetError(_errno.ECONNRESET, os.strerror(_errno.ECONNRESET)) from None
        raise


def _recv(self, size, read=_read):
    buf = io.BytesIO()
    remaining = size
    while remaining > 0:
        part = read(self._handle, min(remaining, _PART_BYTES))
        if not part:
            if remaining == size:
                raise EOFError
            raise OSError('got end of file during message')
        buf.write(part)
        remaining -= len(part)
    return buf


def _recv_bytes(self, maxsize=None):
    size, = struct.unpack('!i', self._recv(4).getvalue())
    if size == -1:
        size, = struct.unpack('!Q', self._recv(8).getvalue())
    if not 0 <= size <= _MAX_MESSAGE_BYTES:
        self._bad_message_length()
    if maxsize is not None and size > maxsize:
        return None
    return self._recv(size)


_StandardConnection._recv = _recv
_StandardConnection._recv_bytes = _recv_bytes


def _does_not(*_):
    """Stand for a builtin function where GraalPy's classes are not accessible."""
    return None


class ChannelConnection(Connection):
    """One end of a channel, whose number it takes over."""

    def __init__(self, handle, readable=True, writable=True, channel=None):
        # The standard constructor makes a finalizer in Python; the kernel has one that costs less.
        self._channel = _kernel.channel.adopt(handle) if channel is None else channel
        if self._channel is None:
            _descriptors.bad_number()
        self._handle = handle
        self._readable = readable
        self._writable = writable

    def close(self):
        """Give this process's hold on the end back; does nothing the second time."""
        if self._handle is not None:
            self._handle = None
            self._channel.close()

    _close = close

    # Four builtin functions, made when they are needed, which do what can be done without waiting, and say whether they did.

    def _sends(self, buf):
        self._sends = self._channel.sender(False) or _does_not
        return self._sends(buf)

    def _sends_result(self, buf):
        self._sends_result = self._channel.sender(True) or _does_not
        return self._sends_result(buf)

    def _receives(self):
        self._receives = self._channel.receiver(False) or _does_not
        return self._receives()

    def _receives_task(self):
        self._receives_task = self._channel.receiver(True) or _does_not
        return self._receives_task()

    def _send_bytes(self, buf):
        if not self._sends(buf):
            self._send_by(self._channel.send, buf)

    def finish_task(self, buf):
        """Send the result of the task that this process works on."""
        if not self._sends_result(buf):
            self._send_by(self._channel.finishTask, buf)

    def _send_by(self, send, buf):
        failure = send(buf)
        if failure:
            self._send_again(send, buf, failure)

    @staticmethod
    def _send_again(send, buf, failure):
        if failure == -_errno.EINTR:
            failure = _retry(lambda: send(buf), -_errno.EINTR)
        if failure == -_errno.EMSGSIZE:
            raise OSError(_errno.EMSGSIZE, '%s: %d bytes, of at most %d that may wait in pipes' % (
                os.strerror(_errno.EMSGSIZE), memoryview(buf).nbytes, _kernel.channel.maxQueuedBytes))
        if failure:
            _descriptors.checked(failure)

    def send_bytes(self, buf, offset=0, size=None):
        """Send bytes, or some of them, as a message."""
        if type(buf) is bytes and offset == 0 and size is None:
            # The standard method takes a view of them, and a part of that.
            self._check_closed()
            self._check_writable()
            self._send_bytes(buf)
        else:
            _StandardConnection.send_bytes(self, buf, offset, size)

    def send_now(self, buf):
        """Send a message if there is room for it, and return whether it was sent."""
        return self._sends(buf) or not self._channel.sendNow(buf)

    def receive_task(self):
        """Wait for a message that is a task and return it as bytes; this process works on it until it sends the result."""
        message = self._receives_task()
        if message is not None:
            return message
        message = self._channel.receiveTask()
        if type(message) is int:
            message = self._receive_again(message, self._channel.receiveTask)
        return bytes(message)

    def _receive(self, maxsize=-1):
        """Return a message, something bytes-like; None if it is longer than `maxsize`."""
        message = self._channel.receive(maxsize)
        if type(message) is int:
            message = self._receive_again(message, self._channel.receive, maxsize)
        return message

    @staticmethod
    def _receive_again(failure, receive, *arguments):
        message = failure
        if message == -_errno.EINTR:
            message = _retry(lambda: receive(*arguments), -_errno.EINTR)
        if type(message) is not int:
            return message
        if message == 0:
            raise EOFError
        if message == -_errno.EBADF:
            _descriptors.bad_number()
        if message == -_errno.EIO:
            raise OSError('got end of file during message')
        return None

    def receive_now(self):
        """Return the bytes of a message that is there; None if there is none."""
        message = self._receives()
        if message is not None:
            return message
        message = self._channel.receiveNow()
        return None if message == 0 else bytes(message)

    def _recv_bytes(self, maxsize=None):
        message = self._receive(-1 if maxsize is None else maxsize)
        if message is None:
            if maxsize is None:
                self._bad_message_length()
            return None
        file = io.BytesIO()
        file.write(message)
        return file

    def recv_bytes(self, maxlength=None):
        """Wait for a message and return its bytes."""
        self._check_closed()
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError('negative maxlength')
        if maxlength is None:
            message = self._receives()
            if message is not None:
                return message
        message = self._receive(-1 if maxlength is None else maxlength)
        if message is None:
            self._bad_message_length()
        return bytes(message)

    def send(self, obj):
        """Send an object."""
        self._check_closed()
        self._check_writable()
        self._send_bytes(reduction.quick_dumps(obj))

    def recv(self):
        """Wait for a message and return the object that was sent."""
        self._check_closed()
        self._check_readable()
        message = self._receives()
        if message is None:
            message = self._receive()
            if message is None:
                self._bad_message_length()
        return _ForkingPickler.loads(message)

    def _poll(self, timeout):
        if timeout is None:
            timeout = -1
        elif timeout < 0:
            timeout = 0
        ready = self._channel.poll(timeout)
        return bool(ready) if ready >= 0 else bool(wait([self], None if timeout < 0 else timeout))


# Programs see the one class that CPython has.
ChannelConnection.__name__ = ChannelConnection.__qualname__ = 'Connection'


def Pipe(duplex=True):
    """Make a channel and return its two ends; unless `duplex`, the first only receives and the second only sends."""
    pair = _descriptors.checked(_kernel.channel.pair(bool(duplex)))
    first, second = pair.first, pair.second
    return (ChannelConnection(first.handle(), writable=bool(duplex), channel=first),
            ChannelConnection(second.handle(), readable=bool(duplex), channel=second))


def reduce_connection(conn):
    return rebuild_connection, (reduction.DupFd(conn.fileno()), conn.readable, conn.writable)


def rebuild_connection(df, readable, writable):
    fd = df.detach()
    connection = ChannelConnection if _descriptors.is_kernel_object(fd) else _StandardConnection
    return connection(fd, readable, writable)


reduction.register(_StandardConnection, reduce_connection)
reduction.register(ChannelConnection, reduce_connection)


def arbitrary_address(family):
    """Return an address of the family that nobody listens at."""
    if family == 'AF_UNIX':
        return '\0listener-' + os.urandom(8).hex()
    return _standard_arbitrary_address(family)


class ChannelListener:
    """What `Listener` has for AF_UNIX: a listener of the kernel, at a socket file or at an address that this host knows."""

    _family = 'AF_UNIX'

    def __init__(self, address, backlog=1):
        self._address = _unix_address(address)
        self._last_accepted = None
        self._unlink = None
        if _is_file(self._address):
            self._handle = _descriptors.call(_kernel.channel.listenAtFile, _absolute(self._address), backlog)
            self._unlink = util.Finalize(self, os.unlink, args=(self._address,), exitpriority=0)
        else:
            self._handle = _descriptors.checked(_kernel.channel.listen(self._address, backlog))

    def accept(self):
        connection = ChannelConnection(_descriptors.call(_kernel.channel.accept, self._handle))
        self._last_accepted = ''
        return connection

    def fileno(self):
        return self._handle

    def close(self):
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            os.close(handle)
        unlink, self._unlink = self._unlink, None
        if unlink is not None:
            unlink()


def _unix_address(address):
    """Return an address of family AF_UNIX as a string."""
    path = os.fsencode(address) if isinstance(address, str) else bytes(memoryview(address))
    if len(path) > _MAX_PATH_BYTES + path.startswith(b'\0'):
        raise OSError('AF_UNIX path too long')
    return os.fsdecode(path)


def _is_file(address):
    """Return whether an address is a socket file; otherwise it is known in this host only."""
    return _kernel.channel.unixSockets and not address.startswith('\0')


def _absolute(path):
    """Return a path for the kernel, which has a working directory of its own."""
    return path if path.startswith('/') else os.path.join(os.getcwd(), path)


def SocketListener(address, family, backlog=1):
    """Listen at an address: in the kernel if its family is AF_UNIX, with a socket otherwise."""
    if family == 'AF_UNIX':
        return ChannelListener(address, backlog)
    return _StandardSocketListener(address, family, backlog)


def SocketClient(address):
    """Connect to an address and return this side's end."""
    if address_type(address) != 'AF_UNIX':
        return _StandardSocketClient(address)
    address = _unix_address(address)
    if _is_file(address):
        return ChannelConnection(_descriptors.call(_kernel.channel.connectToFile, _absolute(address)))
    result = _retry(lambda: _kernel.channel.connect(address), -_errno.EINTR)
    if result == -_errno.ECONNREFUSED and not address.startswith('\0'):
        # A path at which nobody listens is one of a file that is not there.
        result = -_errno.ENOENT
    return ChannelConnection(_descriptors.checked(result))


def Client(address, family=None, authkey=None):
    """Connect to a listener's address; with a key, both sides have to prove that they have it."""
    if authkey is not None and not isinstance(authkey, bytes):
        raise TypeError('authkey should be a byte string')
    conn = _standard_client(address, family)
    return conn if authkey is None else _authenticated(conn, authkey, answer_challenge, deliver_challenge)


def _accept(self):
    """Wait for a client and return the connection; with a key, both sides have to prove that they have it."""
    if self._listener is None:
        raise OSError('listener is closed')
    conn = self._listener.accept()
    return conn if self._authkey is None else _authenticated(conn, self._authkey, deliver_challenge, answer_challenge)


def _authenticated(conn, authkey, *steps):
    """Return a connection after a handshake. If that fails, close it: on CPython it is garbage at once, here it would stay."""
    try:
        for step in steps:
            step(conn, authkey)
    except BaseException:
        conn.close()
        raise
    return conn


Listener.accept = _accept


def wait(object_list, timeout=None):
    """Wait until connections, sentinels or sockets are ready, for at most `timeout` seconds (None: without limit).

    Returns those that are, in the order of the list; an empty list if none became ready in time.
    """
    objects = [(item if isinstance(item, int) else item.fileno(), item) for item in object_list]
    numbers = [number for number, item in objects if _descriptors.is_kernel_object(number)]
    if not numbers:
        return _standard_wait([item for _, item in objects], timeout)
    if timeout is not None and timeout < 0:
        timeout = 0
    if len(numbers) == len(objects):
        ready = _descriptors.wait(numbers, timeout)
    else:
        ready = _wait_for_both(numbers, [number for number, _ in objects if number not in numbers], timeout)
    return [item for number, item in objects if number in ready]


def _wait_for_both(numbers, files, timeout):
    """Wait for kernel objects and file descriptors: a thread tells the wait for the files when a kernel object is ready."""
    ready = _descriptors.wait(numbers, 0)
    if ready:
        return ready | set(_standard_wait(files, 0))
    woken, waker = os.pipe()
    stopped, stopper = Pipe(duplex=False)

    def tell():
        _descriptors.wait([*numbers, stopped.fileno()], None)
        os.close(waker)

    import threading
    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        ready = set(_standard_wait([*files, woken], timeout))
    finally:
        stopper.close()
        thread.join()
        stopped.close()
        os.close(woken)
    return ready - {woken} | _descriptors.wait(numbers, 0)
