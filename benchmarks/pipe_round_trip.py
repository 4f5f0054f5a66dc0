"""Send a small object through a Pipe to another process, which sends it back."""

import multiprocessing

import driver


def echo(connection, count):
    """Send back what comes."""
    for _ in range(count):
        connection.send(connection.recv())


if __name__ == '__main__':
    connection, other = multiprocessing.Pipe()
    worker = driver.Worker(echo, other)

    def work(count):
        worker.begin(count)
        for number in range(count):
            connection.send(('ball', number))
            if connection.recv() != ('ball', number):
                raise AssertionError('what was sent comes back')
        worker.wait()

    driver.run(work, bar=0.3)
