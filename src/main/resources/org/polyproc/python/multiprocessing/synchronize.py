"""Stands before `multiprocessing.synchronize`: a pickled semaphore is one that the child inherits from its parent.

Semaphores have no names here, so the generator of random ones, of `tempfile`, is left out.
"""

from itertools import count as _count

from _polyproc import standard as _standard

_standard.load(globals(), tempfile={'_RandomNameSequence': _count})


def _getstate(self):
    context.assert_spawning(self)
    semlock = self._semlock
    context.get_spawning_popen().inherit(semlock.handle)
    return (semlock.handle, semlock.kind, semlock.maxvalue, semlock.name)


SemLock.__getstate__ = _getstate
SemLock._make_name = staticmethod(lambda: None)
