"""Put a small object into a Queue for another process, which puts it into another Queue, and get it back."""

import multiprocessing

import driver


def echo(requests, answers, count):
    """Answer each request with itself."""
    for _ in range(count):
        answers.put(requests.get())


if __name__ == '__main__':
    requests = multiprocessing.Queue()
    answers = multiprocessing.Queue()
    worker = driver.Worker(echo, requests, answers)

    def work(count):
        worker.begin(count)
        for number in range(count):
            requests.put(('ball', number))
            if answers.get() != ('ball', number):
                raise AssertionError('what was put comes back')
        worker.wait()

    driver.run(work, bar=0.5)
