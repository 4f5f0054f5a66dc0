"""polyproc inside a process: what is executed first in every context.

`kernel` holds the system calls. Importing this package puts an importer in front of the others, which finds polyproc's own
modules where they stand before one of the standard library, and mends what the builtin modules get wrong inside a JVM.
"""

import sys

import _frozen_importlib


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
        # GraalPy parses equal sources once for all contexts of an engine.
        return compile(OverlayImporter.get_source(name), OverlayImporter.get_filename(name), 'exec', dont_inherit=True)

    @staticmethod
    def is_package(name):
        return False


def run_main(kind, target, arguments, options, python2, verbose, handed):
    """Execute a main process and return its exit code; see `_polyproc.main`."""
    from _polyproc import main
    return main.run(kind, target, list(arguments), list(options), python2, verbose, handed)


def prepare_child(modules, traits, state):
    """Do what a child will probably do before its birth; see `_polyproc.child`."""
    from _polyproc import child
    child.prepare(modules, traits, state)


def run_child(name, traits, state, process):
    """Execute a child process and return its exit code; see `_polyproc.child`."""
    from _polyproc import child
    return child.run(name, bytes(traits), bytes(state), bytes(process))


sys.meta_path.insert(0, OverlayImporter)

from _polyproc import clocks, crashes, descriptors, environment, locks, rights, signals, threads
rights.install()
threads.install()
crashes.install()
descriptors.install()
environment.install()
clocks.install()
locks.install()
signals.install()
