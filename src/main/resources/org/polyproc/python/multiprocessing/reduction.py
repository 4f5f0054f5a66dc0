"""Stands before `multiprocessing.reduction`: kernel objects are passed on by a token, through any connection.

File descriptors can't be passed on: each process inside a JVM has its own.
"""

from _polyproc import standard as _standard

_standard.load(globals())

HAVE_SEND_HANDLE = True


def send_handle(conn, handle, destination_pid):
    """Send a handle over a local connection."""
    from .resource_sharer import DupFd
    conn.send(DupFd(handle))


def recv_handle(conn):
    """Receive a handle over a local connection."""
    from .resource_sharer import DupFd
    wrapper = conn.recv()
    if not isinstance(wrapper, DupFd):
        raise RuntimeError('Invalid data received')
    return wrapper.detach()


AbstractReducer.send_handle = send_handle
AbstractReducer.recv_handle = recv_handle
