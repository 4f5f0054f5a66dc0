# Sends what is too long, and to those who never read.
import struct
from multiprocessing import Pipe

reader, writer = Pipe(duplex=False)
for length in 1_000_001, 5_000_000:
    assert refused(lambda: writer.send_bytes(bytes(length)), OSError).errno == errno.EMSGSIZE
    assert refused(lambda: os.write(writer.fileno(), bytes(length)), OSError).errno == errno.EMSGSIZE

# Headers that announce more than comes.
for header in struct.pack('!i', 0x7fffffff), struct.pack('!iQ', -1, 1 << 62), struct.pack('!i', -2):
    reader, writer = Pipe(duplex=False)
    os.write(writer.fileno(), header)
    refused(reader.recv_bytes, OSError)

FILL = """
conn, = arguments
while True:
    conn.send_bytes(bytes(1000))
"""
pairs = [Pipe(duplex=False) for _ in range(4)]
children = [run_child(FILL, writer) for _, writer in pairs]
for reader, writer in pairs:
    writer.close()
    assert len(reader.recv_bytes()) == 1000
for child in children:
    child.join(0.5)
    assert child.exitcode is None
    child.terminate()
    child.join()
    assert child.exitcode == -15, child.exitcode
for reader, _ in pairs:
    reader.close()
reader, writer = Pipe()
writer.send('there is room again')
assert reader.recv() == 'there is room again'
contained()
