"""What GraalPy's builtin modules would let a script do beside polyproc's kernel, taken away in every context.

`_multiprocessing_graalpy` starts interpreters that are in no process table and have no limits, and its pipes and semaphores are
known by their numbers to every interpreter of the host.
"""

import _multiprocessing_graalpy


def install():
    """Take the functions away; modules that are builtin are made once for each context."""
    for name in [name for name in vars(_multiprocessing_graalpy) if not name.startswith('__')]:
        delattr(_multiprocessing_graalpy, name)
