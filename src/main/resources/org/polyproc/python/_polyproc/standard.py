"""The standard library's modules behind polyproc's: executed where they are installed, in the overlay module's namespace."""

import sys

from _polyproc import OverlayImporter


def load(namespace):
    """Execute the standard module that the overlay module `namespace` stands before, in that namespace.

    What the overlay module then defines replaces what the standard module defined, for its own functions too.
    """
    name = namespace['__name__']
    parent = name.rpartition('.')[0]
    path = sys.modules[parent].__path__ if parent else None
    for finder in sys.meta_path:
        if finder is not OverlayImporter:
            spec = finder.find_spec(name, path)
            if spec is not None:
                namespace['__file__'] = spec.origin
                exec(spec.loader.get_code(name), namespace)
                return
    raise ModuleNotFoundError('No standard module named %r' % name, name=name)
