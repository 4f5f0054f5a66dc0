"""Functions that Java calls with its twins of shared objects: see the tests of org.polyproc."""

import multiprocessing
import pickle
import sys
import threading


def nothing(*args):
    pass


def echo(callback, *values):
    callback(*values)


def round_trip(callback):
    for value in (None, True, False, 0, -1, 1 << 62, 1.0, -0.5, float('inf'), '', 'a\0\u00e4\U0001f600', b'', b'\0\xff',
                  [], [1, [None]], {}, {'a': {'b': 1.5}}):
        result = callback(value)
        assert type(result) is type(value) and result == value, (value, result)
    assert callback((1, (2, 3))) == [1, [2, 3]]
    assert type(callback()) is type(None)


def describe(callback, *values):
    for value in values:
        callback(type(value).__module__ + '.' + type(value).__name__, repr(value))


def start(target, *args):
    process = multiprocessing.Process(target=target, args=args)
    process.start()
    return process


def join(*processes):
    for process in processes:
        process.join()
        assert process.exitcode == 0, process.exitcode


def refused(error, function, *args):
    """Call what must raise an exception; return its text."""
    try:
        function(*args)
    except error as exception:
        return str(exception)
    raise AssertionError('%s was not raised' % error.__name__)


# Locks, semaphores and memory

def count_up(lock, number, steps):
    for _ in range(steps):
        with lock:
            number.value += 1


def count_in_two_processes(lock, number, steps):
    child = start(count_up, lock, number, steps)
    count_up(lock, number, steps)
    join(child)


def count_under_own_lock(number, steps):
    count_up(number.get_lock(), number, steps)


def take_last(semaphore, taken, go):
    assert semaphore.acquire()
    assert not semaphore.acquire(False)
    taken.set()
    go.wait()
    semaphore.release()
    assert refused(ValueError, semaphore.release) == 'semaphore or lock released too many times'


def fill(callback, arrays):
    for array in arrays:
        for i in range(len(array)):
            array[i] = b'%d' % (i + 1) if type(array).__name__ == 'SynchronizedString' else i + 1
    callback()
    assert arrays[0][0] == 77


# Conditions, events and barriers

def take_turns(condition, number, parties, party, rounds):
    """Count up when the number says that it's this party's turn."""
    for _ in range(rounds):
        with condition:
            assert condition.wait_for(lambda: number.value % parties == party)
            number.value += 1
            condition.notify_all()


def take_turns_in_two_processes(condition, number, rounds):
    child = start(take_turns, condition, number, 3, 1, rounds)
    take_turns(condition, number, 3, 2, rounds)
    join(child)


def wait_and_notify(condition, woken):
    """Be woken one by one, with the lock held twice."""
    with condition, condition:
        woken.release()
        assert condition.wait()
    woken.release()


def wait_in_two_processes(condition, woken):
    child = start(wait_and_notify, condition, woken)
    wait_and_notify(condition, woken)
    join(child)
    with condition:
        assert not condition.wait(0.001)
        condition.notify()


def answer(request, response, ready):
    ready.set()
    assert request.wait()
    assert request.is_set() and request.wait(0)
    request.clear()
    response.set()


def answer_in_child(*events):
    join(start(answer, *events))


def meet(barrier, numbers, party, rounds):
    """Write before and read after each meeting."""
    for i in range(rounds):
        numbers[party] = i
        barrier.wait()
        assert list(numbers) == [i] * barrier.parties, (i, list(numbers))
        barrier.wait()


def meet_in_two_processes(barrier, numbers, rounds):
    assert barrier.parties == 3
    child = start(meet, barrier, numbers, 1, rounds)
    meet(barrier, numbers, 2, rounds)
    join(child)


def be_broken(barrier):
    """Wait in vain three times: Java aborts, Java resets, the time is over."""
    for _ in range(2):
        refused(threading.BrokenBarrierError, barrier.wait)
        barrier.reset()
    refused(threading.BrokenBarrierError, barrier.wait, 0.001)
    assert barrier.broken


# Callbacks

def create(callback):
    """Hand new objects to Java, and use them together."""
    lock, rlock = multiprocessing.Lock(), multiprocessing.RLock()
    semaphore, bounded = multiprocessing.Semaphore(2), multiprocessing.BoundedSemaphore(3)
    condition, event, barrier = multiprocessing.Condition(lock), multiprocessing.Event(), multiprocessing.Barrier(2, timeout=60)
    value, array = multiprocessing.Value('i', 5), multiprocessing.Array('d', [0.5, 1.5], lock=lock)
    raw = multiprocessing.RawArray('c', b'abc')
    with lock:
        assert callback(lock, rlock, semaphore, bounded, condition, event, barrier, value, array, raw) is None
    assert event.wait()
    assert barrier.wait() in (0, 1)
    assert value.value == 6 and array[:] == [2.5, 1.5] and raw.value == b'xbc'
    assert semaphore.get_value() == 1


def own(lock, condition, reenter, signal, acquire, release):
    """Java's code runs in this thread, so it owns what this thread owns, and the other way round."""
    waiting = multiprocessing.Event()
    child = start(wait_once, condition, waiting)
    waiting.wait()
    with condition:
        signal()
    join(child)
    with lock:
        reenter()
    assert not lock._semlock._is_mine()
    acquire()
    assert lock._semlock._is_mine() and lock._semlock._count() == 2
    release()
    lock.release()
    with condition:
        pass


def wait_once(condition, waiting):
    with condition:
        waiting.set()
        assert condition.wait()


def fail(callback, returns_thread, returned, lock):
    """Try what does not work."""
    texts = [
        refused(RuntimeError, callback, 'message'),
        refused(RuntimeError, callback, None),
        refused(RuntimeError, returns_thread),
        refused(TypeError, callback, object()),
        refused(TypeError, callback, threading.Lock()),
        refused(TypeError, callback, {1: 2}),
        refused(TypeError, callback, [print]),
        refused(TypeError, callback, multiprocessing.Barrier(1, print)),
        refused(TypeError, callback, multiprocessing.Value('i', lock=threading.RLock())),
        refused(OverflowError, callback, 1 << 63),
        refused(ValueError, callback, itself()),
        refused(TypeError, pickle.dumps, callback),
        refused(TypeError, start, nothing, callback),
    ]
    expected = [
        'message',
        'java.lang.IllegalCallerException',
        returned,
        "Java can't be given an object of type object",
        "Java can't be given an object of type lock",
        'keys of a dict for Java must be str, not int',
        "Java can't be given an object of type builtin_function_or_method",
        "Java can't be given a barrier with an action, which Java could not call",
        "Java can't be given an object whose lock is of type %s" % type(threading.RLock()).__name__,
        'int too large for Java: it must fit into 64 bits',
        'what Java is given must not contain itself',
        "a callback of Java's can't be pickled: only the process that Java gave it to can call it",
        "a callback of Java's can't be pickled: only the process that Java gave it to can call it",
    ]
    assert texts == expected, [pair for pair in zip(texts, expected) if pair[0] != pair[1]]
    start(nothing, lock).join()


def itself():
    values = []
    values.append(values)
    return values


def reach(callback, expected):
    """Try to reach more of Java, or of other processes, than the callback."""
    from _polyproc import twins
    call = callback._call
    for name in 'getClass', 'self', 'function', 'notify':
        refused(AttributeError, getattr, call, name)
    lock = multiprocessing.Lock()._semlock.handle
    semaphore = multiprocessing.Semaphore()
    nodes = (5, None, ('lock', lock), ('list', ()), ('list', object()), ('list', ('no tag',)), ('list', ('lock',)),
             ('list', ('lock', 'text')), ('list', ('lock', None)), ('list', ('lock', 1 << 40)), ('list', ('lock', lock - 1)),
             ('list', ('lock', semaphore._semlock.handle)), ('list', ('value', 'i', 1, lock, None)), ('list', ('dict', 'key')))
    texts = [refused(RuntimeError, lambda: twins.from_java(call.call(node))) for node in nodes]
    assert texts == [text % {'other': lock - 1, 'lock': lock} for text in expected], texts


def call_in_threads(callback, count):
    threads = [threading.Thread(target=callback, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def call_in_daemon(callback, called):
    threading.Thread(target=callback, daemon=True).start()
    called.wait()


# Ends

def exit_with(code):
    sys.exit(code)


def divide(a, b):
    return a / b


def wait_for_ever(ready):
    ready.set()
    threading.Event().wait()
