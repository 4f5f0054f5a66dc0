"""What GraalPy's builtin modules would let a script do beside polyproc's kernel, refused in every context.

`_multiprocessing_graalpy` starts interpreters that are in no process table and have no limits, and its pipes and semaphores are
known by their numbers to every interpreter of the host. The names stay: `multiprocessing.popen_truffleprocess`, which nothing uses,
imports them.
"""

import _multiprocessing_graalpy


def refuse(*args, **kwargs):
    """Stand for what a process must not do."""
    raise PermissionError('_multiprocessing_graalpy can not be used here')


def install():
    """Put `refuse` in the place of everything; modules that are builtin are made once for each context."""
    for name in [name for name in vars(_multiprocessing_graalpy) if not name.startswith('__')]:
        setattr(_multiprocessing_graalpy, name, refuse)
