"""Send 1 MiB of bytes through a Pipe to another process; an operation is one message."""

import multiprocessing

import driver

SIZE = 1 << 20


def receive(connection, count):
    """Receive messages."""
    for _ in range(count):
        if len(connection.recv_bytes()) != SIZE:
            raise AssertionError('messages come whole')


if __name__ == '__main__':
    receiver, sender = multiprocessing.Pipe(duplex=False)
    worker = driver.Worker(receive, receiver)
    data = bytes(range(256)) * (SIZE // 256)

    def work(count):
        worker.begin(count)
        for _ in range(count):
            sender.send_bytes(data)
        worker.wait()

    driver.run(work, bar=1.0)
