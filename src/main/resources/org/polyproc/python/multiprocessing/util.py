"""Stands before `multiprocessing.util`: `subprocess`, which only the start of an interpreter's executable wants, is left out."""

from _polyproc import standard as _standard


def _args_from_interpreter_flags():
    from subprocess import _args_from_interpreter_flags
    return _args_from_interpreter_flags()


_standard.load(globals(), subprocess={'_args_from_interpreter_flags': _args_from_interpreter_flags})
