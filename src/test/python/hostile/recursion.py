# Recursion without an end, wherever Python code is called from.
import pickle
import threading


def endless(*_):
    return endless()


class Reduces:
    def __reduce__(self):
        return endless()


class Converts:
    def __index__(self):
        return endless()
    __len__ = __float__ = __str__ = __index__


class Sequence(list):
    def __getitem__(self, index):
        return endless()
    __len__ = __getitem__


refused(endless, RecursionError)
refused(lambda: pickle.dumps(Reduces()), RecursionError)
assert kernel.channel.poll(Sequence([1]), 0) == -errno.EBADF  # Java reads the list itself.
refused(lambda: os.kill(os.getpid(), Converts()), RecursionError)

failures = []
threading.excepthook = lambda hook: failures.append(hook.exc_type)
thread = threading.Thread(target=endless)
thread.start()
thread.join()
assert failures == [RecursionError], failures

child = run_child("""
def endless(): endless()
try:
    endless()
except RecursionError:
    raise SystemExit(3)
""")
child.join()
assert child.exitcode == 3, child.exitcode
contained()
