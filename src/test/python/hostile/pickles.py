# Pickles that name what is forbidden, payloads and states that are forged.
import pickle
from multiprocessing import Process, get_context, synchronize

for module, name in (('java.lang', 'Runtime'), ('org.polyproc.kernel', 'Kernel'), ('org.polyproc', 'PythonHost'),
                     ('polyglot', 'java'), ('_polyproc', 'nothing')):
    refused(lambda: pickle.loads(b'c%s\n%s\n.' % (module.encode(), name.encode())))
refused(lambda: pickle.loads(b'c_multiprocessing_graalpy\n_spawn_context\n(I-1\nI-1\n(ltR.'), PermissionError)
refused(lambda: pickle.loads(b"cjava\ntype\n(S'java.lang.Runtime'\ntR."), NotImplementedError)
refused(lambda: pickle.loads(b"cbuiltins\nopen\n(S'/etc/passwd'\ntR."), OSError)
refused(lambda: pickle.loads(b"c_polyproc\nkernel\n."[:10]))

# What a parent sends is only data to the child: wrong data is its end, and no more.
for forged in b'', b'garbage', pickle.dumps(None), pickle.dumps({}), pickle.dumps({'environ': 5}), b'\x80\x04' + b'\xff' * 1000:
    for payloads in (forged, b'', b''), (forged, forged, forged):
        child = kernel.process.spawn('forged', *payloads, [])
        assert child.waitFor(60) == 1
        child.reap()


class Forged:
    """Unpickles to a semaphore of another process."""

    def __init__(self, number):
        self.number = number

    def __reduce__(self):
        return synchronize.Lock.__new__, (synchronize.Lock,), (self.number, 1, 1, None)


for number in 0, 5, kernel.channel.firstNumber, kernel.channel.firstNumber + 1, (1 << 31) - 1:
    child = Process(target=print, args=(Forged(number),))
    child.start()
    child.join()
    assert child.exitcode == 1, child.exitcode
refused(lambda: kernel.process.spawn('thief', b'', b'', b'', [0]))
refused(lambda: kernel.process.spawn('thief', b'', b'', b'', list(range(1 << 20, (1 << 20) + 1000))))
refused(lambda: kernel.process.spawn('thief', b'', b'', b'', range(1 << 30)))
assert kernel.process.spawn('large', b'', bytes(600_000), bytes(600_000), []) == -errno.EMSGSIZE
contained()
