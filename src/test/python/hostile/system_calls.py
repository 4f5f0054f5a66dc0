# Makes every system call with every kind of wrong argument, in every number. What is raised is never an internal error of Java's.
import itertools
import math
import sys


class Liar(list):
    """A list that says it is longer than it is."""

    def __len__(self):
        return 1 << 40


class Failing(list):
    """A list whose items can't be had."""

    def __getitem__(self, index):
        raise KeyError('mine')

    def __iter__(self):
        raise KeyError('mine')


def deep(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


from multiprocessing import Lock, Pipe, RawArray, Semaphore
reader, writer = Pipe(False)
array = RawArray('b', 64)
released = memoryview(b'abc')
released.release()
HANDLES = [reader.fileno(), writer.fileno(), Lock()._semlock.handle, array.handle(), kernel.channel.firstNumber]
VALUES = [None, True, -1, 0, 1, 63, 1 << 31, (1 << 31) - 1, -(1 << 31), (1 << 63) - 1, 1 << 200, 1.5, math.nan, math.inf, -math.inf,
          '', 'x' * 5000, '\0', '\udc80', '../x', '/' * 300, b'', b'abc', bytearray(3), memoryview(b'abc'), released, [], [None], [1.5],
          ['a'], [1 << 40], Liar(), Failing(), deep(2000), {}, object(), print, int, kernel, kernel.process, *HANDLES]

# Not here: what ends the process, and what waits for as long as it is told.
TABLE = {
    kernel.process: 'pid ppid progressBar isTerminal cpuTime childrenCpuTime threadCpuTime rename spawn parent child nextSignal '
                    'requestThread cancelThread timerDelay timerInterval',
    kernel.semaphore: 'create createNamed openNamed unlink rebuild',
    kernel.channel: 'pair adopt numbers dup open listen listenAtFile connectToFile offer claim',
    kernel.file: 'wrap unwrap',
    kernel.memory: 'allocate open openObject unlinkObject resize size map trackerPid startTracker track untrack publish',
    kernel.xml: 'parser',
    kernel.source: 'overlay',
}


def try_call(function, arguments):
    try:
        function(*arguments)
    except BaseException as error:
        check_text(str(error))
        assert isinstance(error, (TypeError, ValueError, OSError, OverflowError, KeyError, UnicodeError, MemoryError, BufferError)) \
            or str(error).startswith('java.lang.IllegalArgumentException: '), (arguments, type(error), str(error))


calls = 0
for owner, names in TABLE.items():
    for name in names.split():
        function = getattr(owner, name)
        for count in range(5):
            wanted = itertools.product(VALUES, repeat=count) if count < 2 else [
                tuple(VALUES[(i * 7 + j * 5) % len(VALUES)] for j in range(count))
                for i in range(len(VALUES))]
            for arguments in wanted:
                try_call(function, arguments)
                calls += 1

# Right in type, wrong in value.
for value in VALUES:
    for call in (lambda: kernel.channel.poll(value, 0), lambda: kernel.channel.poll([reader.fileno(), value], 0),
                 lambda: kernel.channel.close(1 << 29), lambda: kernel.process.spawn('x', value, b'', b'', []),
                 lambda: kernel.process.spawn('x', b'', b'', b'', [value] if value != kernel.channel.firstNumber else value),
                 lambda: kernel.memory.allocate(10).write(value, b'abc'), lambda: kernel.memory.allocate(10).write(9, value),
                 lambda: reader._channel.receive(value) if isinstance(value, float) else None,
                 lambda: reader._channel.poll(value) if value != value else None,
                 lambda: writer._channel.sendNow(value), lambda: writer._channel.receive(-1), lambda: reader._channel.send(value),
                 lambda: kernel.xml.parser(None, False).parse(value, True),
                 lambda: kernel.process.kill(kernel.process.pid(), 64 + len(repr(value))),
                 lambda: kernel.process.setDisposition(10, 77), lambda: kernel.process.setDisposition(999, 1),
                 lambda: kernel.semaphore.create(True, 5, 1), lambda: kernel.semaphore.create(True, 0, -1)):
        try_call(call, ())
        calls += 1
assert calls > 5000, calls
sys.stdout.flush()
contained()
