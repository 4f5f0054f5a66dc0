"""Stands before `multiprocessing.reduction`: kernel objects are passed on by a token, through any connection.

File descriptors can't be passed on: each process inside a JVM has its own.
"""

from _polyproc import standard as _standard

_standard.load(globals())

HAVE_SEND_HANDLE = True


# A handle on a connection is this byte and a token, in this many bytes together; CPython sends a byte with the ancillary data.
_HANDLE_MARK = b'\x01'
_HANDLE_BYTES = 33


def send_handle(conn, handle, destination_pid):
    """Send a handle over a local connection."""
    from .resource_sharer import DupFd
    os.write(conn.fileno(), (_HANDLE_MARK + DupFd(handle).token.encode()).ljust(_HANDLE_BYTES))


def recv_handle(conn):
    """Receive a handle over a local connection."""
    from .resource_sharer import DupFd
    data = _read(conn, 1)
    if data != _HANDLE_MARK:
        raise RuntimeError('Invalid data received')
    return DupFd.from_token(_read(conn, _HANDLE_BYTES - 1).strip().decode()).detach()


def _read(conn, count):
    data = b''
    while len(data) < count:
        part = os.read(conn.fileno(), count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


AbstractReducer.send_handle = send_handle
AbstractReducer.recv_handle = recv_handle
