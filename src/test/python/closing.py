"""What BoundedCloseTest runs: processes that do something for ever, in different ways."""

import multiprocessing as mp
import time


def compute(ready, lock, queue):
    ready.release()
    while True:
        pass


def sleep(ready, lock, queue):
    ready.release()
    time.sleep(1000)


def wait(ready, lock, queue):
    ready.release()
    lock.acquire()


def receive(ready, lock, queue):
    ready.release()
    queue.get()


def send(ready, lock, queue):
    own = mp.Queue(), mp.Queue()
    memory = mp.Array('d', 1000)
    memory[0] = 1.5
    own[0].put(b'x' * 100_000)
    own[1].put(list(memory))
    ready.release()
    while True:
        own[0].put(b'x' * 100_000)


KINDS = compute, sleep, wait, receive, send


def start(count, ready):
    lock, queue = mp.Lock(), mp.Queue()
    lock.acquire()
    for number in range(count):
        mp.Process(target=KINDS[number % len(KINDS)], args=(ready, lock, queue)).start()
