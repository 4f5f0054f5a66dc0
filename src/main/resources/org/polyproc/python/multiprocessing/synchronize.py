"""Stands before `multiprocessing.synchronize`: a pickled semaphore is one that the child inherits from its parent."""

from _polyproc import standard as _standard

_standard.load(globals())


def _getstate(self):
    context.assert_spawning(self)
    semlock = self._semlock
    context.get_spawning_popen().inherit(semlock.handle)
    return (semlock.handle, semlock.kind, semlock.maxvalue, semlock.name)


SemLock.__getstate__ = _getstate
