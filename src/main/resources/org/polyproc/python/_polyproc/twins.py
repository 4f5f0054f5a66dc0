"""What Java and a process hand to each other: arguments of functions, arguments and results of callbacks.

It travels as nodes. None, bool, int, str and, to Java, bytes are nodes themselves. Any other node is a sequence that begins with a
tag; numbers of kernel objects are those under which the process holds them.

    'float', x (to Java)                            'list', node...
    'bytes', text in Latin-1 (from Java)            'dict', key, node, key, node...
    'lock', number                                  'condition', lock's node, three numbers as CPython pickles them
    'rlock', number                                 'event', condition's node, number of the flag
    'semaphore', number                             'value', type code, 1, number, lock's node or None
    'bounded', number, bound (from Java)            'array', type code, length, number, lock's node or None
    'barrier', parties, timeout in seconds or None, condition's node, number of the segment, its size, start of the block (from Java)
    'barrier', parties, timeout's node or None, condition's node, number of the segment, start of the block (to Java)
    'queue', places, numbers of the reading and the writing end, of their locks, and of the semaphore of free places
    'callback', system call (from Java)             'failure', message of an exception (from Java)

An object of Java's becomes an object of `multiprocessing` as if it had been inherited, and can be inherited in turn.
"""

import sys

_LONGS = range(-1 << 63, 1 << 63)


#
# From Java
#

def from_java(node):
    """Return what a node describes; equal locks in it become one."""
    return _Reader().read(node)


class _Reader:

    def __init__(self):
        self._locks = {}

    def read(self, node):
        if node is None:
            return None  # The node is Java's null, which is None, but of another type.
        if isinstance(node, (bool, int, float, str)):
            return node
        tag, *parts = node
        return getattr(self, 'read_' + tag)(*parts)

    def read_bytes(self, data):
        return bytes(data)

    def read_list(self, *nodes):
        return [self.read(node) for node in nodes]

    def read_dict(self, *nodes):
        return dict(zip(nodes[::2], map(self.read, nodes[1::2])))

    def read_callback(self, call):
        return Callback(call)

    def read_failure(self, message):
        raise RuntimeError(message)

    def read_lock(self, number):
        return self._lock('Lock', number)

    def read_rlock(self, number):
        return self._lock('RLock', number)

    def _lock(self, name, number):
        if number not in self._locks:
            self._locks[number] = _semaphore(name, number, 1)
        else:
            # Once more given, but not to be opened once more.
            _close(number)
        return self._locks[number]

    def read_semaphore(self, number):
        return _semaphore('Semaphore', number)

    def read_bounded(self, number, bound):
        return _semaphore('BoundedSemaphore', number, bound)

    def read_condition(self, lock, *numbers):
        from multiprocessing import synchronize
        condition = synchronize.Condition.__new__(synchronize.Condition)
        condition.__setstate__((self.read(lock), *(_semaphore('Semaphore', number) for number in numbers)))
        return condition

    def read_event(self, condition, flag):
        from multiprocessing import synchronize
        event = synchronize.Event.__new__(synchronize.Event)
        event._cond = self.read(condition)
        event._flag = _semaphore('Semaphore', flag)
        return event

    def read_barrier(self, parties, timeout, condition, number, size, start):
        from multiprocessing import heap, synchronize
        wrapper = heap.BufferWrapper.__new__(heap.BufferWrapper)
        length = 2 * 4
        wrapper._state = (heap.rebuild_arena(size, number), start, start + length), length
        barrier = synchronize.Barrier.__new__(synchronize.Barrier)
        barrier.__setstate__((parties, None, self.read(timeout), self.read(condition), wrapper))
        return barrier

    def read_queue(self, places, reader, writer, read_lock, write_lock, free):
        import os
        from multiprocessing import queues
        from multiprocessing.connection import ChannelConnection
        from _polyproc.descriptors import open_inherited
        queue = queues.Queue.__new__(queues.Queue)
        queue.__setstate__((
            False, places, ChannelConnection(open_inherited(reader), writable=False),
            ChannelConnection(open_inherited(writer), readable=False), _semaphore('Lock', read_lock, 1),
            _semaphore('Lock', write_lock, 1), _semaphore('BoundedSemaphore', free, places), os.getpid()))
        return queue

    def read_value(self, code, length, number, lock):
        from multiprocessing import sharedctypes
        return self._synchronized(sharedctypes._rebuild_value(code, number), lock)

    def read_array(self, code, length, number, lock):
        from multiprocessing import sharedctypes
        return self._synchronized(sharedctypes._rebuild_array(code, length, number), lock)

    def _synchronized(self, obj, lock):
        from multiprocessing import sharedctypes
        return obj if lock is None else sharedctypes.synchronized(obj, self.read(lock))


def _semaphore(name, number, bound=None):
    from multiprocessing import synchronize
    cls = getattr(synchronize, name)
    kind = synchronize.RECURSIVE_MUTEX if name == 'RLock' else synchronize.SEMAPHORE
    semaphore = cls.__new__(cls)
    semaphore.__setstate__((number, kind, synchronize.SEM_VALUE_MAX if bound is None else bound, None))
    return semaphore


def _close(number):
    import os
    from _polyproc.descriptors import open_inherited
    os.close(open_inherited(number))


class Callback:
    """A function of Java's."""

    __slots__ = ('_call',)

    def __init__(self, call):
        self._call = call

    def __call__(self, /, *arguments):
        """Call Java; RuntimeError if it fails."""
        return from_java(self._call.call(('list', *map(to_java, arguments))))

    def __reduce_ex__(self, protocol):
        raise TypeError("a callback of Java's can't be pickled: only the process that Java gave it to can call it")


#
# To Java
#

def to_java(value):
    """Return the node of a value; TypeError if Java can't be given it."""
    return _node(value, ())


def _node(value, around):
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if value not in _LONGS:
            raise OverflowError('int too large for Java: it must fit into 64 bits')
        return int(value)
    if isinstance(value, float):
        return 'float', float(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        return bytes(value)
    if isinstance(value, (list, tuple, dict)):
        if id(value) in around:
            raise ValueError('what Java is given must not contain itself')
        around = (*around, id(value))
        if isinstance(value, dict):
            return 'dict', *(node for item in value.items() for node in (_key(item[0]), _node(item[1], around)))
        return 'list', *(_node(item, around) for item in value)
    node = _shared_node(value)
    if node is None:
        raise TypeError("Java can't be given an object of type %s" % type(value).__name__)
    return node


def _key(key):
    if not isinstance(key, str):
        raise TypeError('keys of a dict for Java must be str, not %s' % type(key).__name__)
    return str(key)


def _shared_node(value):
    """Return the node of an object of `multiprocessing`, or None if it is another one."""
    synchronize = sys.modules.get('multiprocessing.synchronize')
    if synchronize is not None:
        if isinstance(value, synchronize.Lock):
            return 'lock', value._semlock.handle
        if isinstance(value, synchronize.RLock):
            return 'rlock', value._semlock.handle
        if isinstance(value, synchronize.Semaphore):
            return 'semaphore', value._semlock.handle
        if isinstance(value, synchronize.Condition):
            return ('condition', _lock_node(value._lock), *(
                semaphore._semlock.handle
                for semaphore in (value._sleeping_count, value._woken_count, value._wait_semaphore)))
        if isinstance(value, synchronize.Event):
            return 'event', _shared_node(value._cond), value._flag._semlock.handle
        if isinstance(value, synchronize.Barrier):
            return _barrier_node(value)
    queues = sys.modules.get('multiprocessing.queues')
    if queues is not None and type(value) is queues.Queue:
        return ('queue', value._maxsize, value._reader.fileno(), value._writer.fileno(), value._rlock._semlock.handle,
                value._wlock._semlock.handle, value._sem._semlock.handle)
    sharedctypes = sys.modules.get('multiprocessing.sharedctypes')
    if sharedctypes is not None:
        cells = sharedctypes.cells_of(value)
        if cells is not None:
            number, code, length = cells
            lock = _lock_node(value.get_lock()) if isinstance(value, sharedctypes.SynchronizedBase) else None
            if length is None:
                return 'value', code, 1, number, lock
            return 'array', code, length, number, lock
    return None


def _lock_node(lock):
    node = _shared_node(lock)
    if node is None or node[0] not in ('lock', 'rlock'):
        raise TypeError("Java can't be given an object whose lock is of type %s" % type(lock).__name__)
    return node


def _barrier_node(barrier):
    if barrier._action is not None:
        raise TypeError("Java can't be given a barrier with an action, which Java could not call")
    (arena, start, stop), size = barrier._wrapper._state
    timeout = None if barrier._timeout is None else ('float', float(barrier._timeout))
    return 'barrier', barrier._parties, timeout, _shared_node(barrier._cond), arena.handle, start
