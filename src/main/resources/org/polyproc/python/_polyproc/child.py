"""A child process: unpickles what its parent pickled and executes it, as `multiprocessing.spawn` does on CPython."""

import io
import os

from _polyproc import kernel, main, options, source


def prepare():
    """Import what most children use, of the standard library only: the program's own modules may stand before others."""
    import pickle
    import multiprocessing.popen_spawn_posix
    import multiprocessing.spawn
    import multiprocessing.queues
    import multiprocessing.synchronize
    import _sitebuiltins


def run(payload):
    """Execute a child process and return its exit code.

    payload -- three pickles: what every process of this program needs, the preparation data and the process object
    """
    code = main.execute(bootstrap, payload)
    main.finish()
    return main.flush(code)


def bootstrap(payload):
    import pickle
    pickles = io.BytesIO(payload)
    inherit(pickle.load(pickles))

    from multiprocessing import process, spawn
    process.current_process()._inheriting = True
    try:
        spawn.prepare(pickle.load(pickles))
        self = pickle.load(pickles)
    finally:
        del process.current_process()._inheriting
    kernel.process.rename(self.name)
    from multiprocessing.popen_spawn_posix import parent_sentinel
    return self._bootstrap(parent_sentinel())


def heritage():
    """Return what a child gets from this process beside its preparation data."""
    return {
        'environ': dict(os.environb._data),
        'options': options.current(),
        'mode': source.mode,
        'translations': source.translations,
        'plain': source.plain,
        'python2_folder': source.python2_folder,
    }


def inherit_environ(wanted):
    # Encoded, and one by one what differs, which is mostly nothing: decoding and changing variables takes long. The encoded
    # variables are the real ones, also if a program has replaced `os.environ`.
    own = os.environb._data
    if own == wanted:
        return
    for name in own.keys() - wanted.keys():
        del os.environb[name]
    for name, value in wanted.items():
        if own.get(name) != value:
            os.environb[name] = value


def inherit(heritage):
    inherit_environ(heritage['environ'])
    options.apply(heritage['options'])
    options.inherit_site()
    source.mode = heritage['mode']
    source.translations = heritage['translations']
    source.plain = heritage['plain']
    if heritage['python2_folder'] is not None:
        source.become_python2(heritage['python2_folder'])
