"""Stands before `multiprocessing.context`: the one start method is `spawn`, and it starts processes of polyproc's kernel.

`fork` can't be had: a Python interpreter inside a JVM can't be copied while it runs.
"""

from _polyproc import standard as _standard

_standard.load(globals())

_concrete_contexts = {'spawn': SpawnContext()}
_default_context = DefaultContext(_concrete_contexts['spawn'])


def _get_all_start_methods(self):
    """Return the start methods, the default first."""
    return list(_concrete_contexts)


DefaultContext.get_all_start_methods = _get_all_start_methods
