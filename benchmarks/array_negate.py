"""Negate the 100 elements of a synchronized Array, one by one."""

import multiprocessing

import driver

LENGTH = 100

if __name__ == '__main__':
    array = multiprocessing.Array('i', range(LENGTH))

    def work(count):
        for _ in range(count):
            for i in range(LENGTH):
                array[i] = -array[i]

    driver.run(work, bar=0.5)
