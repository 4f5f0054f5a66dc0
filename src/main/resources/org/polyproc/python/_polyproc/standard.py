"""The standard library's modules behind polyproc's: executed where they are installed, in the overlay module's namespace."""

import sys

from _polyproc import OverlayImporter


def load(namespace, **instead):
    """Execute the standard module that the overlay module `namespace` stands before, in that namespace.

    What the overlay module then defines replaces what the standard module defined, for its own functions too.

    instead -- by the name of a module, what the standard module uses of it while it is executed; unless the module is loaded
        already, it is not loaded now. Every process pays for what it imports, and much of it is used only later or never.
    """
    stand_ins = {name: _stand_in(name, attributes) for name, attributes in instead.items() if name not in sys.modules}
    spec = _find(namespace['__name__'])
    namespace['__file__'] = spec.origin
    sys.modules.update(stand_ins)
    try:
        exec(spec.loader.get_code(spec.name), namespace)
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def locations(name):
    """Return where the submodules of a standard package are."""
    return _find(name).submodule_search_locations


def parent_of(name):
    """Return the name of the package that a module is in, '' if it is in none."""
    # Not `rpartition`: when it finds nothing, GraalPy counts a million calls of who called it, and the JIT compiles that at once.
    return '.'.join(name.split('.')[:-1])


def _find(name):
    parent = parent_of(name)
    path = sys.modules[parent].__path__ if parent else None
    for finder in sys.meta_path:
        if finder is not OverlayImporter:
            spec = finder.find_spec(name, path)
            if spec is not None:
                return spec
    raise ModuleNotFoundError('No standard module named %r' % name, name=name)


def _stand_in(name, attributes):
    """Make a module with the given attributes; whoever asks for another one, in another thread, gets that of the real module."""
    module = type(sys)(name)
    module.__dict__.update(attributes)

    def getattribute(attribute):
        if attribute.startswith('__'):  # The import system looks for its own.
            raise AttributeError(attribute)
        if sys.modules.get(name) is module:
            del sys.modules[name]
        return getattr(__import__(name), attribute)

    module.__getattr__ = getattribute
    return module
