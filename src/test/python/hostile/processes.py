# Starts ten thousand processes.
import time
from multiprocessing import Process, active_children

error = None
try:
    while True:
        Process(target=time.sleep, args=(600,), daemon=True).start()
except BlockingIOError as refusal:
    error = refusal
assert error.errno == errno.EAGAIN and str(error) == '[Errno 11] Resource temporarily unavailable', error
alive = active_children()
assert 5 <= len(alive) <= 10, len(alive)
for _ in range(10_000):
    assert kernel.process.spawn('bomb', b'', b'', b'', []) == -errno.EAGAIN
for child in alive:
    child.kill()
for child in alive:
    child.join()
run_child('pass').join()
contained()
