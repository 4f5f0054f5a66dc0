# Sends signals to whatever there may be, and to its children without pause.
import signal
import time
from multiprocessing import Pipe

own = os.getpid()
for pid in (1, 2, own + 1000, own + 100_000, -own):
    for signum in 0, 9, 15:
        refused(lambda: os.kill(pid, signum), OSError, OverflowError, NotImplementedError, ValueError)
assert refused(lambda: os.kill(own, 65), OSError).errno == errno.EINVAL
assert refused(lambda: os.kill(own, -1), OSError).errno == errno.EINVAL
assert refused(lambda: os.kill(own, signal.SIGSTOP), OSError).errno == errno.ENOSYS
refused(lambda: os.kill(1 << 40, 9), OverflowError)

handled = []
signal.signal(signal.SIGUSR1, lambda *_: handled.append(1))
for _ in range(1000):
    os.kill(own, signal.SIGUSR1)
assert handled

mine, its = Pipe()
child = run_child("""
import signal, time
conn, = arguments
signal.signal(signal.SIGUSR1, lambda *_: None)
conn.send('ready')
while not conn.poll():
    pass
""", its)
mine.recv()
for _ in range(5000):
    os.kill(child.pid, signal.SIGUSR1)
mine.send('end')
child.join()
assert child.exitcode == 0, child.exitcode

# SIGALRM is the process's.
signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyError('alarm')))
refused(lambda: (signal.setitimer(signal.ITIMER_REAL, 0.01), time.sleep(60)), KeyError)
alarms = []
signal.signal(signal.SIGALRM, lambda *_: alarms.append(1))
signal.setitimer(signal.ITIMER_REAL, 0.000_001, 0.000_001)
time.sleep(0.5)
signal.setitimer(signal.ITIMER_REAL, 0)
assert 1 < len(alarms) < 1000, len(alarms)
child = run_child('import signal, time\nsignal.alarm(1)\ntime.sleep(60)')
child.join()
assert child.exitcode == -signal.SIGALRM, child.exitcode
contained()
