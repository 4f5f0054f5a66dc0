"""What InstallTest's context uses: functions that processes execute are in a module."""

import multiprocessing as mp
import os
import time


def count(number, lock):
    for _ in range(100):
        with lock:
            number.value += 1


def square(x):
    return x * x


def tell(queue):
    queue.put((os.getpid(), os.getppid(), mp.current_process().name, mp.parent_process().name))


def sleep():
    time.sleep(1000)
