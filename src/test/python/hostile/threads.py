# Starts threads without an end.
import threading

go = threading.Event()
threads = []
error = None
try:
    while True:
        thread = threading.Thread(target=go.wait)
        thread.start()
        threads.append(thread)
except RuntimeError as refusal:
    error = refusal
assert str(error) == "can't start new thread", error
assert 10 < len(threads) <= 40, len(threads)

# Children have no threads of their own beside those.
child = run_child("""
import threading
try:
    threading.Thread(target=print).start()
except RuntimeError as error:
    assert str(error) == "can't start new thread", error
else:
    raise AssertionError('one thread too many')
""")
child.join()
assert child.exitcode == 0
go.set()
for thread in threads:
    thread.join()
again = threading.Thread(target=print, args=('another one',))
again.start()
again.join()
contained()
