# exit: -9
# Starts threads behind the back of the kernel.
import _thread
import time

start = next(cell.cell_contents for cell in _thread.start_new_thread.__closure__)
for _ in range(1000):
    start(time.sleep, (600,))
time.sleep(600)
contained()
