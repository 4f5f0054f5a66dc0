"""Source files of scripts and of their main module in child processes: read, decoded, translated if they are Python 2.

A translation is made once by the process that needs it first and handed down to its children, and so is the knowledge that none is
needed.
"""

import sys

# Which sources are taken for Python 2: 'AUTO' those that look like it, 'ALWAYS' or 'NEVER'.
mode = 'AUTO'

# The folder whose modules may be Python 2, because the main script is; else None.
python2_folder = None

# Translations by file name and source, made here or inherited.
translations = {}

# Sources that are not Python 2, by length and hash, found out here or inherited.
plain = set()


def compile_bytes(data, filename):
    """Compile a source file's content to a code object."""
    translation = translate(data, filename)
    if translation is None:
        return compile(data, filename, 'exec', dont_inherit=True)
    from _polyproc import python2
    return python2.compile_translated(translation, filename)


def compile_file(filename):
    """Read and compile a source file."""
    import io
    with io.open_code(filename) as file:
        return compile_bytes(file.read(), filename)


def translate(data, filename):
    """Return the translation of a Python 2 source, or None if the source is to be executed as it is."""
    if mode == 'NEVER':
        return None
    known = translations.get((filename, data))
    if known is not None:
        return known
    key = len(data), hash(data)
    if mode == 'AUTO' and key in plain:
        return None
    from _polyproc import python2
    text = python2.decode(data, filename)
    reason = python2.evidence(text, filename) if mode == 'AUTO' else 'requested by --py2'
    if reason is None:
        plain.add(key)
        return None
    result = translations[filename, data] = python2.translate(text, filename)
    on_translated(filename, reason)
    return result


def on_translated(filename, reason):
    """Called when a source was translated in this process."""


def import_python2_from(folder):
    """Let modules in a folder, a Python 2 script's own, be Python 2 as well."""
    from importlib.machinery import FileFinder, SourceFileLoader

    class Loader(SourceFileLoader):
        """Loads a source file without bytecode files, which know nothing of translations."""

        def get_code(self, fullname):
            path = self.get_filename(fullname)
            return self.source_to_code(self.get_data(path), path)

        def source_to_code(self, data, path, *, _optimize=-1):
            return compile_bytes(data, path)

    def hook(path):
        if path != folder:
            raise ImportError('not the script\'s folder', path=path)
        return FileFinder(path, (Loader, ['.py']))

    sys.path_hooks.insert(0, hook)
    sys.path_importer_cache.pop(folder, None)


def become_python2(folder):
    """Prepare the process for a translated main script from the given folder."""
    global python2_folder
    python2_folder = folder
    import warnings
    # Python 2 scripts use what Python 3 deprecates; the author can't do anything about it.
    warnings.filterwarnings('ignore', category=DeprecationWarning)
    import_python2_from(folder)
