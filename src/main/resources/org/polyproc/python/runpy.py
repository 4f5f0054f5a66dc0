"""Stands before `runpy`: a main module that is read from a file may be Python 2 (see `_polyproc.source`)."""

from _polyproc import source as _source, standard as _standard

_standard.load(globals())
_get_standard_code_from_file = _get_code_from_file


def _get_code_from_file(fname):
    if fname.endswith('.pyc'):
        return _get_standard_code_from_file(fname)
    return _source.compile_file(fname)
