# Reads what its parent works on, and what is not its own.
child = run_child("""
from _polyproc import kernel
parent = kernel.process.parent()
assert not parent.task()
parent.reap()
assert not kernel.process.child(parent.pid())
assert not kernel.process.child(1)
assert parent.waitFor(0) == 0x7fffffff
""")
child.join()
assert child.exitcode == 0, child.exitcode
from multiprocessing import Pool
with Pool(1) as pool:
    assert pool.apply(eval, ("bool(__import__('_polyproc').kernel.process.parent().task())",)) is False
contained()
