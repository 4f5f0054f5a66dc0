"""Stands before `multiprocessing.reduction`: kernel objects and open files are passed on by a token, through any
connection. `socket`, which few need, is not loaded.

Making a `ForkingPickler` takes GraalPy longer than using it, and using it many times as long as CPython takes. So what consists of
numbers, strings and the like, for which no reducer is ever asked, is pickled by Java in `quick_dumps`, which gives the same bytes.
"""

from _polyproc import kernel as _kernel, standard as _standard


class _Socket:
    """Stands for `socket.socket` until that is loaded."""

    sendmsg = None


_standard.load(globals(), socket={'CMSG_LEN': None, 'SCM_RIGHTS': None, 'socket': _Socket})

HAVE_SEND_HANDLE = True
ForkingPickler._extra_reducers.pop(_Socket, None)
_init_pickler = pickle.Pickler.__init__


def _init(self, *args):
    if not _socket_is_known and 'socket' in sys.modules:
        _make_sockets_known()
    _init_pickler(self, *args)
    self.dispatch_table = _reducers.of(self._extra_reducers)


class _Reducers:
    """The reducers of `copyreg` and of the class in one dictionary, as long as both are what they were."""

    def __init__(self):
        self._general = self._extra = self._all = {}

    def of(self, extra):
        general = copyreg.dispatch_table
        if general != self._general or extra != self._extra:
            self._general, self._extra = dict(general), dict(extra)
            self._all = {**general, **extra}
        return self._all


_reducers = _Reducers()


def _make_sockets_known():
    global _socket_is_known
    socket = getattr(sys.modules['socket'], 'socket', None)
    # While another thread imports the module, the name is missing, or that of the class below.
    if socket is not None and socket.__module__ == 'socket':
        register(socket, _reduce_socket)
        _socket_is_known = True


_socket_is_known = False
ForkingPickler.__init__ = _init

# A builtin function, unless GraalPy's classes are not accessible.
_quick_dumps = _kernel.pickle.dumps() or (lambda obj: None)


def quick_dumps(obj):
    """Return the pickle that `ForkingPickler.dumps` makes, as something bytes-like."""
    data = _quick_dumps(obj)
    return ForkingPickler.dumps(obj) if data is None else data


def _rebuild_socket(df, family, type, proto):
    import socket
    return socket.socket(family, type, proto, fileno=df.detach())


AbstractReducer._rebuild_socket = _rebuild_socket

# A handle on a connection is this byte and a token, in this many bytes together; CPython sends a byte with the ancillary data.
_HANDLE_MARK = b'\x01'
_HANDLE_BYTES = 33


def send_handle(conn, handle, destination_pid):
    """Offer a kernel object or an open file to the process at the other end; `destination_pid` is for CPython on Windows only."""
    from .resource_sharer import DupFd
    os.write(conn.fileno(), (_HANDLE_MARK + DupFd(handle).token.encode()).ljust(_HANDLE_BYTES))


def recv_handle(conn):
    """Take hold of what the other end offers; return its number or file descriptor, which the caller has to close."""
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
