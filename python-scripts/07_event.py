"""An event is a flag that processes wait for; once it is set, all of them go on.

Three runners get ready and wait for the gun. A semaphore tells the parent when all are there. Nobody runs before the
parent's "go", whoever of them comes first. ``wait`` with a timeout says whether the event was set in time.
"""

import multiprocessing


def run(lane, ready, gun):
    """Wait for the gun, then run."""
    print(f'lane {lane}: ready')
    ready.release()
    gun.wait()
    print(f'lane {lane}: running')


if __name__ == '__main__':
    ready = multiprocessing.Semaphore(0)
    gun = multiprocessing.Event()
    runners = [multiprocessing.Process(target=run, args=(lane, ready, gun)) for lane in (1, 2, 3)]
    for runner in runners:
        runner.start()
    for _ in runners:
        ready.acquire()
    print('set:', gun.is_set(), 'in time:', gun.wait(timeout=0.05))
    print('go')
    gun.set()
    for runner in runners:
        runner.join()
    print('set:', gun.is_set(), 'in time:', gun.wait(timeout=0.05))
