"""Stands before `multiprocessing.process`: it takes the names of signals from `_signal`, without the enumerations of `signal`."""

import _signal

from _polyproc import standard as _standard

_standard.load(globals(), signal={name: value for name, value in vars(_signal).items() if name.startswith('SIG')})
