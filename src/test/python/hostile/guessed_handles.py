# all
# Tries every number of a kernel object on a process that shares nothing with it but one connection.
from multiprocessing import Pipe

VICTIM = """
import os
from multiprocessing import Lock, Pipe, RawArray, Semaphore, shared_memory
conn, = arguments
reader, writer = Pipe()
writer.send('secret')
lock, semaphore, array = Lock(), Semaphore(3), RawArray('i', [1, 2, 3])
lock.acquire()
numbers = reader.fileno(), writer.fileno(), lock._semlock.handle, semaphore._semlock.handle, array.handle()
conn.send((min(numbers), max(numbers)))
conn.recv()
assert reader.poll() and reader.recv() == 'secret'
writer.send('open')
assert reader.recv() == 'open'
assert not lock.acquire(block=False)
lock.release()
assert semaphore.get_value() == 3
assert list(array) == [1, 2, 3]
"""
mine, its = Pipe()
victim = run_child(VICTIM, its)
its.close()
first, last = mine.recv()
own = set(kernel.channel.numbers())
for number in range(first, last + 20):
    if number in own:
        continue
    for call in (kernel.channel.close, kernel.channel.dup, kernel.channel.open, kernel.file.unwrap, kernel.memory.open,
                 kernel.memory.size, kernel.channel.offer, kernel.channel.accept):
        assert call(number) == -errno.EBADF, (call, number)
    assert kernel.semaphore.rebuild(number, True) == -errno.EBADF
    assert not kernel.channel.adopt(number)
    assert kernel.channel.read(number, 10) == kernel.channel.write(number, b'x') == -errno.EBADF
    assert kernel.memory.resize(number, 10) == kernel.memory.map(number, 10) == -errno.EBADF
    assert kernel.channel.poll([number], 0) == -errno.EBADF
    refused(lambda: kernel.process.spawn('thief', b'', b'', b'', [number]))
    refused(lambda: kernel.memory.publish('x', number, 'INT8', 1))
    refused(lambda: os.read(number, 1), OSError)
assert kernel.channel.claim('0') == -errno.ENOENT
mine.send('go on')
victim.join()
assert victim.exitcode == 0, victim.exitcode
contained()
