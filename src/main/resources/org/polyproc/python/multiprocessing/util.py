"""Stands before `multiprocessing.util`: `subprocess`, which only the start of an interpreter's executable wants, is left out."""

from _polyproc import standard as _standard


def _args_from_interpreter_flags():
    from subprocess import _args_from_interpreter_flags
    return _args_from_interpreter_flags()


_standard.load(globals(), subprocess={'_args_from_interpreter_flags': _args_from_interpreter_flags})

_standard_close_stdin = _close_stdin
_empty_stdin = None


def _close_stdin():
    """Give the process an empty standard input, unless it has got one while it was prepared."""
    global _empty_stdin
    if sys.stdin is None or sys.stdin is not _empty_stdin:
        _standard_close_stdin()
        _empty_stdin = sys.stdin
