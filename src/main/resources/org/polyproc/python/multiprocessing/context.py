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


_Popen = None


def _popen(process_obj):
    """Start a process. The class is imported by the first: an import statement takes GraalPy a millisecond each time."""
    global _Popen
    if _Popen is None:
        from .popen_spawn_posix import Popen as _Popen
    return _Popen(process_obj)


SpawnProcess._after_fork = staticmethod(_after_fork)
SpawnProcess._Popen = staticmethod(_popen)

_kernel.process.expectChildren()
