"""A child process: unpickles what its parent pickled and executes it, as `multiprocessing.spawn` does on CPython.

It comes in three pickles. The *traits* can't be changed once a process has them: the interpreter's options, which sources are
Python 2, and `sys.path`, by which modules are found. The *state* is what the process begins with: its environment, and the
preparation data of `spawn` without the name. The third is the process object.

A child that is prepared before it is asked for takes the traits and the state of the last child that was started, and imports what
others needed of the standard library. Nothing of this can be seen from outside. Its main module, which is the program's, is
executed only after its birth.
"""

import os
import sys

import _frozen_importlib

from _polyproc import LibraryImporter, kernel, main, options, source

_LIBRARY = os.path.dirname(os.__file__) + os.sep

# The pickles whose content the process has.
_traits = _state = None

# What `import_basics` imports.
pickle = process = spawn = parent_sentinel = None

# How many modules there are when the program's own begin to be imported.
_modules = 0


def prepare(modules, traits, state):
    """Do what the process will probably do when it is born.

    modules -- names of modules of the standard library, with blanks between them
    traits, state -- bytes-like, see above, or None if they are not known
    """
    import_basics()
    if traits is None:
        # What most children use; of the standard library only, since the program's own modules may stand before others.
        import multiprocessing.queues
        import multiprocessing.synchronize
        return
    take_traits(bytes(traits))
    try:
        for name in modules.split():
            if may_be_imported(name):
                __import__(name)
        take_state(bytes(state))
        main_path = _preparation.get('init_main_from_path')
        if main_path is not None:
            # It is read again at birth, by code that has been executed then, and parsed only if it is another one.
            source.compile_file(main_path)
    except Exception:
        # What does not work now may work later, or is reported then.
        global _state
        _state = None
    spawn.util._close_stdin()


def import_basics():
    """Import what every child needs. Once for all: an import statement takes GraalPy up to a millisecond, each time."""
    global pickle, process, spawn, parent_sentinel
    import pickle
    import _sitebuiltins
    from multiprocessing import process, spawn
    from multiprocessing.popen_spawn_posix import parent_sentinel


def run(name, traits, state, pickled):
    """Execute a child process and return its exit code; the parameters are its name and the three pickles."""
    code = main.execute(bootstrap, (name, traits, state, pickled))
    learn()
    main.finish()
    return main.flush(code)


def bootstrap(birthright):
    name, traits, state, pickled = birthright
    if spawn is None:
        import_basics()
    take_traits(traits)
    process.current_process()._inheriting = True
    try:
        take_state(state)
        global _modules
        _modules = len(sys.modules)
        spawn.prepare({'name': name, **{key: value for key, value in _preparation.items() if key not in _EARLY}})
        self = pickle.loads(pickled)
    finally:
        del process.current_process()._inheriting
    kernel.process.rename(self.name)
    return self._bootstrap(parent_sentinel())


def traits():
    """Return what a child of this process gets as its traits, beside `sys.path`."""
    return {
        'options': options.current(),
        'mode': source.mode,
        'translations': dict(source.translations),
        'plain': set(source.plain),
        'python2_folder': source.python2_folder,
    }


def environ():
    """Return the environment that a child of this process gets."""
    # Encoded; the encoded variables are the real ones, also if a program has replaced `os.environ`.
    return dict(os.environb._data)


def inherit_environ(wanted):
    # One by one what differs, which is mostly nothing: decoding and changing variables takes long.
    own = os.environb._data
    if own == wanted:
        return
    for name in own.keys() - wanted.keys():
        del os.environb[name]
    for name, value in wanted.items():
        if own.get(name) != value:
            os.environb[name] = value


def take_traits(pickled):
    """Take the traits, unless they have been taken."""
    global _traits
    if _traits == pickled:
        return
    LibraryImporter.end()
    traits, sys.path = pickle.loads(pickled)
    options.apply(traits['options'])
    options.inherit_site()
    source.mode = traits['mode']
    source.translations = traits['translations']
    source.plain = traits['plain']
    if traits['python2_folder'] is not None:
        source.become_python2(traits['python2_folder'])
    _traits = pickled


# Of the preparation data, what `spawn.prepare` only sets and can set again.
_EARLY = frozenset(('authkey', 'sys_argv', 'dir', 'orig_dir', 'start_method'))


def take_state(pickled):
    """Take the state, unless it has been taken."""
    global _state, _preparation
    if _state == pickled:
        return
    environ, _preparation = pickle.loads(pickled)
    inherit_environ(environ)
    spawn.prepare({key: value for key, value in _preparation.items() if key in _EARLY})
    _state = pickled


def learn():
    """Let the next children be prepared with what this one imported of the standard library."""
    if len(sys.modules) == _modules:
        return
    names = [name for name in list(sys.modules)[_modules:] if _is_standard(getattr(sys.modules[name], '__spec__', None))]
    if names:
        kernel.process.learn(' '.join(names))


# Of the standard library, what is seen to be imported, or what only tests want.
_VISIBLE = frozenset(('__main__', 'antigravity', 'idlelib', 'site', 'test', 'this', 'turtle', 'turtledemo'))


def may_be_imported(name):
    """Return whether to import a module before the birth can't be noticed. Other programs may have named it, so nothing is believed."""
    top = name.partition('.')[0]
    if top in _VISIBLE or not (top in sys.stdlib_module_names or top in ('_polyproc', 'polyproc')):
        return False
    module = sys.modules.get(top)
    return _is_standard(_frozen_importlib._find_spec(top, None) if module is None else module.__spec__)


def _is_standard(spec):
    """Return whether a module is one of the standard library, and not one of the program that has the same name."""
    origin = getattr(spec, 'origin', None)
    return isinstance(origin, str) and (origin.startswith(_LIBRARY) and 'site-packages' not in origin
                                        or origin.startswith('<polyproc>') or origin in ('frozen', 'built-in'))
