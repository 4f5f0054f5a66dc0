# Makes kernel objects until there are as many as there may be, of each kind.
from multiprocessing import Lock, Pipe
from multiprocessing.connection import Listener
import _multiprocessing


def exhaust(make):
    kept = []
    error = refused(lambda: [kept.append(make()) for _ in range(100_000)], OSError)
    assert error.errno == errno.ENFILE, error
    assert str(error) == '[Errno 23] Too many open files in system', error
    assert kept
    return kept


kept = exhaust(Lock)
assert len(kept) > 1000, len(kept)
assert refused(Pipe, OSError).errno == errno.ENFILE
assert kept[0].acquire() and not kept[0].acquire(block=False)
kept.clear()
assert Lock().acquire()

# What is garbage is found before anybody is refused.
for _ in range(4000):
    Lock()

exhaust(Pipe).clear()
for listener in exhaust(lambda: Listener(family='AF_UNIX')):
    listener.close()
# Many holds on one object take no room.
reader, writer = Pipe()
numbers = [os.dup(reader.fileno()) for _ in range(100)]
made = 0
try:
    for made in range(100_000):
        _multiprocessing.SemLock(1, 1, 1, '/n%d' % made, False)
except OSError as error:
    assert error.errno == errno.ENFILE, error
assert 100 < made < 3000, made
for number in range(made):
    _multiprocessing.sem_unlink('/n%d' % number)
assert Lock().acquire()
contained()
