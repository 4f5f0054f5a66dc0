"""The main program of a JVM that runs CPython's tests. Every child process of a test imports it again, so it is this short."""

if __name__ == '__main__':
    import sys

    import driver
    driver.serve(int(sys.argv[1]))
