"""Stands before `multiprocessing.context`: the one start method is `spawn`, and it starts processes of polyproc's kernel.

`fork` can't be had: a Python interpreter inside a JVM can't be copied while it runs.
"""

from _polyproc import kernel as _kernel, standard as _standard
from _polyproc.signals import retry as _retry

_standard.load(globals())

_concrete_contexts = {'spawn': SpawnContext()}
_default_context = DefaultContext(_concrete_contexts['spawn'])


def _get_all_start_methods(self):
    """Return the start methods, the default first."""
    return list(_concrete_contexts)


DefaultContext.get_all_start_methods = _get_all_start_methods


def _after_fork():
    """Called in a child when all is ready for its target: processes begin in the order in which they were started."""
    _retry(_kernel.process.begin, True)


SpawnProcess._after_fork = staticmethod(_after_fork)

_kernel.process.expectChildren()
