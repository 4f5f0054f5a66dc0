"""Stands before `multiprocessing.synchronize`: a pickled semaphore is one that the child inherits from its parent.

Semaphores have no names here, so the generator of random ones, of `tempfile`, is left out.
"""

import sys
from itertools import count as _count

from _polyproc import standard as _standard

_standard.load(globals(), tempfile={'_RandomNameSequence': _count})


def _getstate(self):
    context.assert_spawning(self)
    semlock = self._semlock
    context.get_spawning_popen().inherit(semlock.handle)
    return (semlock.handle, semlock.kind, semlock.maxvalue, semlock.name)


def _make_name():
    """Return no name. If a resource tracker is in use, notice its death, as CPython does when it registers a semaphore."""
    tracker = sys.modules.get('multiprocessing.resource_tracker')
    if tracker is not None and tracker._resource_tracker._pid is not None:
        tracker.ensure_running()


SemLock.__getstate__ = _getstate
SemLock._make_name = staticmethod(_make_name)
