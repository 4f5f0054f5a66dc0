# all
# Changes polyproc's modules and the system calls; that is the process's own affair, and nobody else's.
import sys
import _polyproc
import multiprocessing.popen_spawn_posix
from multiprocessing import Lock, Process, process

for owner, name in ((kernel, 'process'), (kernel.process, 'pid'), (kernel.process, 'maxRunTime'), (kernel.channel, 'maxQueuedBytes'),
                    (kernel.channel, 'unixSockets'), (kernel.channel, 'firstNumber')):
    refused(lambda: setattr(owner, name, 5), AttributeError, TypeError)
    refused(lambda: delattr(owner, name), AttributeError, TypeError)
refused(lambda: kernel.process.limits)

check = 'import _polyproc, os; assert _polyproc.kernel.process.pid() == os.getpid() != %d; import multiprocessing.queues' % os.getpid()

os.getpid = lambda: 1
_polyproc.OverlayImporter.get_source = staticmethod(lambda name: 'raise SystemExit(5)')
_polyproc.overlay_modules = frozenset()
kernel_before, _polyproc.kernel = _polyproc.kernel, None
for name in [name for name in sys.modules if name.startswith('_polyproc.')]:
    del sys.modules[name]
_polyproc.kernel = kernel_before
compile('raise SystemExit(5)', '<polyproc>/_polyproc/__init__.py', 'exec')
compile('raise SystemExit(5)', '<polyproc>/multiprocessing/queues.py', 'exec')
child = run_child(check.replace('%d', '0'))
child.join()
assert child.exitcode == 0, child.exitcode
contained()
