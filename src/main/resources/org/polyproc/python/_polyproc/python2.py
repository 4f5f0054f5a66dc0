"""Python 2 sources on Python 3: recognise them, translate them in memory, compile them with their own line numbers.

A translated script gets what the standard library's lib2to3 translates: the syntax of Python 2.7 (print and exec statements,
`except E, e`, `raise E, "x"`, backticks, `<>`, 0777, 10L, ur'', tuple parameters, `__metaclass__`, tabs that count for up to
eight columns), its builtins (xrange, raw_input, unicode, reduce, ..., an input() that evaluates, a range() that is a list),
the old names of modules, the methods of dict, next() and __nonzero__(). Beyond lib2to3 it gets cmp(), file(), map(None, ...)
and an execfile() of Python 2 files; a name that the module binds itself is its own; `import Queue` still binds `Queue`.

It does not get what depends on values: `/` of integers is a true division; str is text, bytes are not; 'softspace' (`print x,`
always writes a space); dict order, ordering of unlike types, `__cmp__` and sort(cmp=...), string exceptions, exec that binds
local variables, variables that leak from list comprehensions; and modules, functions and methods that Python 3 has not and
lib2to3 does not know (string.letters, str.decode, ...).

How: importing lib2to3 costs a cold GraalPy two seconds, so it is left to what needs its parser. Everything that Python 3
parses is read with the builtin compiler and changed in place, by name and position, in `python2_names`; that is all the
tutorial needs. Only for syntax that is no longer Python 3's, and for what `FIXERS` lists there, lib2to3 goes first, in
`python2_syntax`. This module is small because every script of Python 3 pays for it.
"""

import codecs

ONLY_AST = 0x400  # ast.PyCF_ONLY_AST, without importing ast

# Builtins that only Python 2 has, and what stands for them. The reduce of functools etc. are looked up where they are used:
# so a translation needs no import, which would move lines. Names without a replacement have an edit of their own.
BUILTINS = {
    'apply': '(lambda function, args=(), kwargs={}: function(*args, **kwargs))',
    'basestring': 'str',
    'buffer': 'memoryview',
    'cmp': '(lambda x, y: (x > y) - (x < y))',
    'coerce': None,
    'execfile': 'exec',
    'file': None,
    'intern': "__import__('sys').intern",
    'long': 'int',
    'raw_input': 'input',
    'reduce': "__import__('functools').reduce",
    'reload': "__import__('importlib').reload",
    'StandardError': 'Exception',
    'unichr': 'chr',
    'unicode': 'str',
    'xrange': 'range',
}

# Modules that have another name in Python 3 (PEP 3108). `dbm` exists in both, so its name is no evidence.
MODULES = {
    'BaseHTTPServer': 'http.server', 'CGIHTTPServer': 'http.server', 'ConfigParser': 'configparser', 'Cookie': 'http.cookies',
    'Dialog': 'tkinter.dialog', 'DocXMLRPCServer': 'xmlrpc.server', 'FileDialog': 'tkinter.filedialog',
    'HTMLParser': 'html.parser', 'Queue': 'queue', 'ScrolledText': 'tkinter.scrolledtext',
    'SimpleDialog': 'tkinter.simpledialog', 'SimpleHTTPServer': 'http.server', 'SimpleXMLRPCServer': 'xmlrpc.server',
    'SocketServer': 'socketserver', 'StringIO': 'io', 'Tix': 'tkinter.tix', 'Tkconstants': 'tkinter.constants',
    'Tkdnd': 'tkinter.dnd', 'Tkinter': 'tkinter', 'UserDict': 'collections', 'UserList': 'collections',
    'UserString': 'collections', '__builtin__': 'builtins', '_winreg': 'winreg', 'anydbm': 'dbm', 'cPickle': 'pickle',
    'cStringIO': 'io', 'commands': 'subprocess', 'cookielib': 'http.cookiejar', 'copy_reg': 'copyreg', 'dbhash': 'dbm.bsd',
    'dbm': 'dbm.ndbm', 'dumbdbm': 'dbm.dumb', 'dummy_thread': '_dummy_thread', 'exceptions': 'builtins', 'gdbm': 'dbm.gnu',
    'htmlentitydefs': 'html.entities', 'httplib': 'http.client', 'markupbase': '_markupbase', 'repr': 'reprlib',
    'robotparser': 'urllib.robotparser', 'thread': '_thread', 'tkColorChooser': 'tkinter.colorchooser',
    'tkCommonDialog': 'tkinter.commondialog', 'tkFileDialog': 'tkinter.filedialog', 'tkFont': 'tkinter.font',
    'tkMessageBox': 'tkinter.messagebox', 'tkSimpleDialog': 'tkinter.simpledialog', 'ttk': 'tkinter.ttk',
    'urlparse': 'urllib.parse', 'whichdb': 'dbm', 'xmlrpclib': 'xmlrpc.client',
}
OLD_MODULES = (MODULES.keys() - {'dbm'}) | {'urllib2'}

# Methods that only Python 2's dict has, by how many arguments they take.
DICT_METHODS = {'has_key': 1, 'iteritems': 0, 'iterkeys': 0, 'itervalues': 0}

# What itertools had beside today's, or under another name: its versions of builtins that are iterators now.
ITERTOOLS = {'ifilter': 'filter', 'imap': 'map', 'izip': 'zip'}
ITERTOOLS_RENAMED = {'ifilterfalse': 'filterfalse', 'izip_longest': 'zip_longest'}
TYPES = tuple(name + 'Type' for name in (
    'Boolean', 'Buffer', 'Class', 'Complex', 'Dict', 'Dictionary', 'Ellipsis', 'Float', 'Int', 'List', 'Long', 'Object', 'None',
    'NotImplemented', 'Slice', 'String', 'Tuple', 'Type', 'Unicode', 'XRange')) + ('StringTypes',)

# Attributes of modules that only Python 2 has.
OLD_ATTRIBUTES = frozenset(
    ['os.getcwdu', 'sys.exc_type', 'sys.exc_value', 'sys.exc_traceback', 'sys.maxint', 'sys.setdefaultencoding',
     'urllib.quote', 'urllib.quote_plus', 'urllib.unquote', 'urllib.unquote_plus', 'urllib.urlencode', 'urllib.urlopen',
     'urllib.urlretrieve']
    + ['itertools.' + name for name in (*ITERTOOLS, *ITERTOOLS_RENAMED)]
    + ['types.' + name for name in TYPES if name not in ('EllipsisType', 'NoneType', 'NotImplementedType')])

# If none of these is among the names that a code object uses, the source is not Python 2 or does not show it.
_TELLTALES = frozenset(
    [*BUILTINS, *OLD_MODULES, *DICT_METHODS, *(name.partition('.')[2] for name in OLD_ATTRIBUTES)])


class Translation:
    """A source translated to Python 3.

    text -- the Python 3 source
    lines -- for each line of text, the first at index 0, the number of the original line; None if they are the same
    """

    __slots__ = 'text', 'lines'

    def __init__(self, text, lines=None):
        self.text = text
        self.lines = lines

    def __reduce__(self):
        return Translation, (self.text, self.lines)


def decode(data, filename=None):
    """Return the text of a source file's bytes, lines ending in `\\n`; raise a SyntaxError for what is no text.

    The encoding is what a byte order mark or a PEP 263 cookie says, else UTF-8. A source that is not UTF-8 and says nothing
    is read as Latin-1 if it is Python 2, as was usual once. `filename` is for the error only.
    """
    if b'\0' in data:
        raise _syntax_error('source code cannot contain null bytes', filename)
    bom = data.startswith(b'\xef\xbb\xbf')
    if bom:
        data = data[3:]
    encoding = _cookie(data)
    try:
        if bom and encoding is not None and codecs.lookup(encoding).name != 'utf-8':
            raise _syntax_error('encoding problem: %s with BOM' % encoding, filename)
        text = data.decode(encoding or 'utf-8')
        if not isinstance(text, str):
            raise LookupError
    except UnicodeDecodeError as error:
        text = _unix_lines(data.decode('latin-1'))
        if encoding is None and not bom and evidence(text, filename or '<string>') is not None:
            return text
        raise _syntax_error('(unicode error) %s' % error, filename, data.count(b'\n', 0, error.start) + 1) from None
    except (LookupError, ValueError):
        # There is no such encoding, or it is none of text; GraalPy does not refuse the latter.
        raise _syntax_error('encoding problem: %s' % encoding, filename) from None
    return _unix_lines(text)


def evidence(source, filename):
    """Return how a source shows that it is Python 2, in words for a person; None if it does not.

    Python 3 code costs one compilation and a look at the names in the code object; nothing but `warnings` is imported.
    """
    source = _complete(source)
    first_line = source[:source.index('\n')] if source.startswith('#!') else ''
    if 'python3' in first_line:
        return None
    if 'python2' in first_line:
        return 'its first line asks for python2'
    try:
        code = compile_silently(source, filename)
    except TabError:
        # The tabs alone prove nothing: today they are rather a slip in Python 3.
        return evidence(expand_tabs(source), filename)
    except SyntaxError:
        from _polyproc.python2_syntax import syntax_evidence
        return syntax_evidence(source)
    except (ValueError, RecursionError, MemoryError):
        return None
    suspects = _names(code) & _TELLTALES
    if not any(_stands_out(name, source) for name in suspects) and 'print >' not in source and 'print>' not in source:
        return None
    from _polyproc.python2_names import name_evidence
    return name_evidence(source, filename)


def translate(source, filename, package=False):
    """Return the Translation of a Python 2 source; raise Python 3's SyntaxError if it is neither Python 2 nor 3.

    package -- the source is a module inside a package, where `import sibling` means `from . import sibling`
    """
    from _polyproc import python2_names
    text, reading = python2_names.read(_complete(source), filename)
    lines = None
    edit_prints = True
    if reading is None or reading.needs_lib2to3(text, filename, package):
        from _polyproc import python2_syntax
        edit_prints = False
        parsed = python2_syntax.parse_python2(text)
        if parsed is not None:
            text, lines = python2_syntax.refactor(parsed, filename, package)
            text, reading = python2_names.read(text, filename)
        elif reading is None:
            compile_silently(text, filename)
    if reading is not None:
        text = python2_names.edit_names(text, reading, filename, edit_prints)
    return Translation(text, lines)


def compile_translated(translation, filename, dont_inherit=True):
    """Compile a Translation; the code has the line numbers of the original. Python 2 never warned, so nothing warns here."""
    lines = translation.lines
    try:
        if lines is None:
            return compile_silently(translation.text, filename, 0, dont_inherit)
        tree = compile_silently(translation.text, filename, ONLY_AST, dont_inherit)
        from _polyproc.python2_names import walk
        for node, _, _ in walk(tree):
            if getattr(node, 'lineno', None) is not None:
                node.lineno = lines[node.lineno - 1]
                node.end_lineno = max(node.lineno, lines[node.end_lineno - 1])
                if node.end_lineno == node.lineno:
                    node.end_col_offset = max(node.col_offset, node.end_col_offset)
        return compile_silently(tree, filename, 0, dont_inherit)
    except SyntaxError as error:
        if lines is not None and error.lineno is not None:
            error.lineno = error.end_lineno = lines[min(error.lineno, len(lines)) - 1]
        raise


def compile_file(filename):
    """Compile a file for what was execfile(): it may be Python 2 as well."""
    with open(filename, 'rb') as file:
        source = decode(file.read(), filename)
    if evidence(source, filename) is None:
        return compile(source, filename, 'exec', dont_inherit=True)
    return compile_translated(translate(source, filename), filename)


def _unix_lines(text):
    return text.replace('\r\n', '\n').replace('\r', '\n') if '\r' in text else text


def _complete(source):
    """Return a source in Unix lines, the last of which ends too."""
    text = _unix_lines(source)
    return text if text.endswith('\n') else text + '\n'


def _cookie(data):
    """Return the encoding that a PEP 263 cookie in one of the first two lines names, or None."""
    for line in data[:1000].splitlines()[:2]:
        line = line.lstrip(b' \t\f')
        if b'coding' in line and line.startswith(b'#'):
            import re
            match = re.match(br'#.*?coding[:=][ \t]*([-\w.]+)', line)
            if match:
                return match[1].decode('ascii', 'replace')
        if line and not line.startswith(b'#'):
            break
    return None


def _syntax_error(message, filename, line=1):
    return SyntaxError(message) if filename is None else SyntaxError(message, (filename, line, 0, None))


def compile_silently(source, filename, flags=0, dont_inherit=True):
    """Compile without warnings: who executes the source gets them, once."""
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return compile(source, filename, 'exec', flags, dont_inherit)


def expand_tabs(text, strings=frozenset()):
    """Expand the tabs that lines begin with, except where a line begins inside a string."""
    lines = text.split('\n')
    for number, line in enumerate(lines):
        code = line.lstrip(' \t\f')
        if number not in strings:
            # A form feed begins the line anew.
            lines[number] = line[:len(line) - len(code)].rpartition('\f')[2].expandtabs(8) + code
    return '\n'.join(lines)


def _names(code):
    """Return the names that a code object and those inside it load, import or take from an object."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if hasattr(constant, 'co_names'):
            names |= _names(constant)
    return names


def _stands_out(name, source):
    """May a name in a source be Python 2's? `apply` but not `pool.apply`, `import Queue` but not `multiprocessing.Queue`.

    A look at the text spares most sources the walk over their syntax tree. A false alarm, say from a comment, costs only time.
    """
    start = source.find(name)
    while start >= 0:
        end = start + len(name)
        before = source[source.rfind('\n', 0, start) + 1:start]
        if not _continues_word(before[-1:]) and not _continues_word(source[end:end + 1]):
            if name in BUILTINS:
                found = not before.endswith('.')
            elif name in OLD_MODULES:
                statement = before.replace(';', ':').rpartition(':')[2].lstrip()
                found = statement.startswith(('import ', 'from ')) and ' import ' not in statement
            else:
                found = True
            if found:
                return True
        start = source.find(name, end)
    return False


def _continues_word(character):
    return character.isalnum() or character == '_'
