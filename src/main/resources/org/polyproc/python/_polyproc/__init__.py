"""polyproc inside a process: what is executed first in every context.

`kernel` holds the system calls. Importing this package puts an importer in front of the others, which finds polyproc's own
modules where they stand before one of the standard library, and mends what the builtin modules get wrong inside a JVM.
"""

import sys

import _frozen_importlib
import _imp
from _frozen_importlib_external import PathFinder, SourceFileLoader, _path_split

# What a process of this host has made of sources, for all of them; None where GraalPy's classes are not accessible.
find_code = kernel.source.finder() or (lambda name: None)
keep_code = kernel.source.keeper() or (lambda name, code: None)

_get_frozen_object = _imp.get_frozen_object


class OverlayImporter:
    """Finds and loads polyproc's modules, whose sources come from the class path; no file is read."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in overlay_modules:
            return None
        return _frozen_importlib.ModuleSpec(name, OverlayImporter, origin=OverlayImporter.get_filename(name))

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        module.__file__ = module.__spec__.origin
        exec(OverlayImporter.get_code(module.__name__), module.__dict__)

    @staticmethod
    def get_filename(name):
        return '<polyproc>/%s.py' % name.replace('.', '/')

    @staticmethod
    def get_source(name):
        """Return a module's source; tracebacks show its lines."""
        return kernel.source.overlay(name)

    @staticmethod
    def get_code(name):
        filename = OverlayImporter.get_filename(name)
        code = find_code(filename)
        if code is None:
            # GraalPy parses equal sources once for all contexts of an engine.
            code = compile(OverlayImporter.get_source(name), filename, 'exec', dont_inherit=True)
            keep_code(filename, code)
        return code

    @staticmethod
    def is_package(name):
        return False


class LibraryImporter:
    """Finds modules of the standard library by their code, which the first process of the host made of them.

    To look for a file, read it, and look up what was parsed takes GraalPy a millisecond for each module, as does making code of those
    that are frozen. Files are found so until the program's own folders are in `sys.path`, in which modules of the same names may be.
    """

    @staticmethod
    def begin():
        if kernel.source.keeper() is not None and PathFinder in sys.meta_path:
            sys.meta_path.insert(sys.meta_path.index(PathFinder), LibraryImporter)
            _imp.get_frozen_object = LibraryImporter.get_frozen_object

    @staticmethod
    def end():
        """Find nothing any more; called before a program's code is executed."""
        if LibraryImporter in sys.meta_path:
            kernel.source.seal()
            sys.meta_path.remove(LibraryImporter)
            _imp.get_frozen_object = _get_frozen_object

    @staticmethod
    def get_frozen_object(name, data=None):
        """Return the code of a frozen module; it is kept under a name that no module has."""
        key = '<frozen>.' + name
        code = find_code(key)
        if code is None:
            code = _get_frozen_object(name, data)
            keep_code(key, code)
        return code

    @staticmethod
    def find_spec(name, path=None, target=None):
        code = find_code(name)
        if code is None:
            spec = PathFinder.find_spec(name, path)
            if spec is None or type(spec.loader) is not SourceFileLoader:
                return spec
            code = spec.loader.get_code(name)
            if code.co_filename != spec.origin:
                return spec
            keep_code(name, code)
        filename = code.co_filename
        folder, file = _path_split(filename)
        spec = _frozen_importlib.ModuleSpec(name, LibraryLoader(code), origin=filename, is_package=file == '__init__.py')
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(folder)
        return spec


class LibraryLoader:
    """Executes a module that was found by its code, and gives it the loader that it has otherwise."""

    def __init__(self, code):
        self._code = code

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        spec = module.__spec__
        spec.loader = module.__loader__ = SourceFileLoader(spec.name, spec.origin)
        exec(self._code, module.__dict__)

    def get_code(self, name):
        return self._code


def import_os():
    """Import `os`, and spare GraalPy 6 of the 20 ms that it takes for it.

    To iterate over a module's dictionary takes time by the square of its length, as in `from posix import *`; not so with `__all__`.
    And `stat` looks for a module that GraalPy does not have.
    """
    import posix
    posix.__all__ = sorted(name for name in set(vars(posix)) if not name.startswith('_'))
    sys.modules['_stat'] = None
    try:
        import os
    finally:
        del posix.__all__, sys.modules['_stat']


def run_main(kind, target, arguments, options, python2, verbose, handed):
    """Execute a main process and return its exit code; see `_polyproc.main`."""
    from _polyproc import main
    return main.run(kind, target, list(arguments), list(options), python2, verbose, handed)


def install():
    """Make a context of the application a main process; see `_polyproc.installed`."""
    from _polyproc import installed
    installed.install()


def prepare_child(modules, traits, state):
    """Do what a child will probably do before its birth; see `_polyproc.child`."""
    from _polyproc import child
    child.prepare(modules, traits, state)


def run_child(name, traits, state, process):
    """Execute a child process and return its exit code; see `_polyproc.child`."""
    from _polyproc import child
    return child.run(name, bytes(traits), bytes(state), bytes(process))


sys.meta_path.insert(0, OverlayImporter)
# Before anything imports `abc`.
kernel.classes.install()
LibraryImporter.begin()
if 'os' not in sys.modules:
    import_os()

from _polyproc import clocks, crashes, descriptors, environment, locks, rights, signals, threads
rights.install()
threads.install()
crashes.install()
descriptors.install()
environment.install()
clocks.install()
locks.install()
signals.install()
