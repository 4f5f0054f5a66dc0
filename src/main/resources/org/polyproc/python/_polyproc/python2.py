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
parses is read with the builtin compiler and changed in place, by name and position, in `_edit`; that is all the tutorial
needs. Only for syntax that is no longer Python 3's, and for what `_FIXERS` lists, lib2to3 goes first.
"""

import codecs

_ONLY_AST = 0x400  # ast.PyCF_ONLY_AST, without importing ast

# ---------------------------------------------------------------------------------------------------------------- vocabulary

# Builtins that only Python 2 has, and what stands for them. The reduce of functools etc. are looked up where they are used:
# so a translation needs no import, which would move lines. Names without a replacement have an edit of their own.
_BUILTINS = {
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
_COMPILE_FILE = "__import__(%r, fromlist=['compile_file']).compile_file" % __name__
_MAP_NONE = "(lambda _, *s: list(s[0]) if len(s) == 1 else list(__import__('itertools').zip_longest(*s)))"

# Modules that have another name in Python 3 (PEP 3108). `dbm` exists in both, so its name is no evidence.
_MODULES = {
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
_OLD_MODULES = (_MODULES.keys() - {'dbm'}) | {'urllib2'}

# Methods that only Python 2's dict has, by how many arguments they take.
_DICT_METHODS = {'has_key': 1, 'iteritems': 0, 'iterkeys': 0, 'itervalues': 0}
_DICT_VIEWS = ('iteritems', 'iterkeys', 'itervalues', 'viewitems', 'viewkeys', 'viewvalues')

# What itertools had beside today's, or under another name: its versions of builtins that are iterators now.
_ITERTOOLS = {'ifilter': 'filter', 'imap': 'map', 'izip': 'zip'}
_ITERTOOLS_RENAMED = {'ifilterfalse': 'filterfalse', 'izip_longest': 'zip_longest'}
_TYPES = tuple(name + 'Type' for name in (
    'Boolean', 'Buffer', 'Class', 'Complex', 'Dict', 'Dictionary', 'Ellipsis', 'Float', 'Int', 'List', 'Long', 'Object', 'None',
    'NotImplemented', 'Slice', 'String', 'Tuple', 'Type', 'Unicode', 'XRange')) + ('StringTypes',)

# Attributes of modules that only Python 2 has.
_OLD_ATTRIBUTES = frozenset(
    ['os.getcwdu', 'sys.exc_type', 'sys.exc_value', 'sys.exc_traceback', 'sys.maxint', 'sys.setdefaultencoding',
     'urllib.quote', 'urllib.quote_plus', 'urllib.unquote', 'urllib.unquote_plus', 'urllib.urlencode', 'urllib.urlopen',
     'urllib.urlretrieve']
    + ['itertools.' + name for name in (*_ITERTOOLS, *_ITERTOOLS_RENAMED)]
    + ['types.' + name for name in _TYPES if name not in ('EllipsisType', 'NoneType', 'NotImplementedType')])

# If none of these is among the names that a code object uses, the source is not Python 2 or does not show it.
_TELLTALES = frozenset(
    [*_BUILTINS, *_OLD_MODULES, *_DICT_METHODS, *(name.partition('.')[2] for name in _OLD_ATTRIBUTES)])

# The fixers of lib2to3 whose work is not done here, and what in a source calls for each: `name`, `.attribute`,
# `name.attribute`, `import module`, or a construct (see `_Parsed`). Loading all fixers costs a cold GraalPy 5.6 s, each of
# these a few hundredths, so only those are loaded whose trigger was seen in the syntax tree. Seen there, and not found by a
# regular expression in the text, a trigger is neither missed nor met by accident in a comment.
_FIXERS = {
    'asserts': ['.assert_', '.assertEquals', '.assertNotEquals', '.assertAlmostEquals', '.assertNotAlmostEquals',
                '.assertRegexpMatches', '.assertRaisesRegexp', '.failUnlessEqual', '.failIfEqual',
                '.failUnlessAlmostEqual', '.failIfAlmostEqual', '.failUnless', '.failUnlessRaises', '.failIf'],
    'except': ['except E, e'],
    'exec': ['exec statement'],
    'exitfunc': ['sys.exitfunc'],
    'funcattrs': ['.func_closure', '.func_code', '.func_defaults', '.func_dict', '.func_doc', '.func_globals', '.func_name'],
    'future': ['import __future__'],
    'getcwdu': ['os.getcwdu'],
    'import': ['import of a sibling'],
    'metaclass': ['__metaclass__'],
    'methodattrs': ['.im_class', '.im_func', '.im_self'],
    'ne': ['<>'],
    'numliterals': ['0777'],
    'operator': ['operator.' + name for name in ('isCallable', 'sequenceIncludes', 'isSequenceType', 'isMappingType',
                                                 'isNumberType', 'repeat', 'irepeat')],
    'print': ['print statement', 'print'],
    'raise': ['raise E, "x"'],
    'renames': ['sys.maxint', 'maxint'],
    'repr': ['backticks'],
    'sys_exc': ['sys.exc_type', 'sys.exc_value', 'sys.exc_traceback'],
    'throw': ['.throw'],
    'tuple_params': ['tuple parameter'],
    'types': ['types.' + name for name in _TYPES],
    'unicode': ["ur''", '\\u'],
    'urllib': ['import urllib', 'import urllib2'],
    'xreadlines': ['.xreadlines'],
}

# The other fixers. Only that of `isinstance` has no counterpart here: it tidies what others leave.
_DONE_HERE = ('apply', 'basestring', 'buffer', 'dict', 'execfile', 'filter', 'has_key', 'imports', 'imports2', 'input', 'intern',
              'isinstance', 'itertools', 'itertools_imports', 'long', 'map', 'next', 'nonzero', 'paren', 'raw_input', 'reduce',
              'reload', 'standarderror', 'xrange', 'zip')

# What calls for lib2to3 although Python 3 parses the source. It parses `print` too, but then mostly means the same.
_NEED_LIB2TO3 = frozenset(trigger for fixer, triggers in _FIXERS.items() if fixer != 'future' for trigger in triggers) - {'print'}

# Constructs that Python 3 does not parse; any of them is evidence.
_OLD_SYNTAX = ('print statement', 'exec statement', 'except E, e', 'raise E, "x"', 'backticks', '<>', '0777', '10L', "ur''",
               'tuple parameter', 'for x in 1, 2')

# Constructs that Python 2.7 does not parse: a source that has one is Python 3, whatever else is wrong with it.
_NEW_NODES = frozenset(['AnnAssign', 'AsyncFor', 'AsyncFunctionDef', 'AsyncWith', 'Await', 'JoinedStr', 'MatMult', 'Match',
                        'NamedExpr', 'Nonlocal', 'TryStar', 'TypeAlias', 'YieldFrom'])

# Calls that use up an iterable at once, so that it need not be made a list first.
_CONSUMERS = frozenset(['dict', 'frozenset', 'list', 'max', 'min', 'set', 'sorted', 'sum', 'tuple'])

# --------------------------------------------------------------------------------------------------------------- the interface


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
        code = _compile(source, filename)
    except TabError:
        # The tabs alone prove nothing: today they are rather a slip in Python 3.
        return evidence(_expand_tabs(source), filename)
    except SyntaxError:
        return _syntax_evidence(source)
    except (ValueError, RecursionError, MemoryError):
        return None
    suspects = _names(code) & _TELLTALES
    if not any(_stands_out(name, source) for name in suspects) and 'print >' not in source and 'print>' not in source:
        return None
    reading = _read(source, filename)[1]
    reason = _name_evidence(reading, filename)
    if reason is not None:
        _keep(_readings, source, reading)
    return reason


def translate(source, filename, package=False):
    """Return the Translation of a Python 2 source; raise Python 3's SyntaxError if it is neither Python 2 nor 3.

    package -- the source is a module inside a package, where `import sibling` means `from . import sibling`
    """
    text, reading = _read(_complete(source), filename)
    lines = None
    edit_prints = True
    if reading is None or reading.needs_lib2to3(text, filename, package):
        edit_prints = False
        parsed = _parse(text)
        if parsed is not None:
            text, lines = _refactor(parsed, filename, package)
            text, reading = _read(text, filename)
        elif reading is None:
            _compile(text, filename)
    if reading is not None:
        text = _edit(text, reading, filename, edit_prints)
    return Translation(text, lines)


def compile_translated(translation, filename, dont_inherit=True):
    """Compile a Translation; the code has the line numbers of the original. Python 2 never warned, so nothing warns here."""
    lines = translation.lines
    try:
        if lines is None:
            return _compile(translation.text, filename, 0, dont_inherit)
        tree = _compile(translation.text, filename, _ONLY_AST, dont_inherit)
        for node, _, _ in _walk(tree):
            if getattr(node, 'lineno', None) is not None:
                node.lineno = lines[node.lineno - 1]
                node.end_lineno = max(node.lineno, lines[node.end_lineno - 1])
                if node.end_lineno == node.lineno:
                    node.end_col_offset = max(node.col_offset, node.end_col_offset)
        return _compile(tree, filename, 0, dont_inherit)
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


# -------------------------------------------------------------------------------------------------------------------- sources


def _unix_lines(text):
    return text.replace('\r\n', '\n').replace('\r', '\n') if '\r' in text else text


def _complete(source):
    """Return a source in Unix lines, the last of which ends too."""
    text = _unix_lines(source)
    return text if text.endswith('\n') else text + '\n'


# The source for which `evidence` found some last and how it was read: for `translate`, which follows.
_readings = {}
_parses = {}


def _keep(store, text, value):
    store.clear()
    store[text] = value


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


def _compile(source, filename, flags=0, dont_inherit=True):
    """Compile without warnings: who executes the source gets them, once."""
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return compile(source, filename, 'exec', flags, dont_inherit)


def _expand_tabs(text, strings=frozenset()):
    """Expand the tabs that lines begin with, except where a line begins inside a string."""
    lines = text.split('\n')
    for number, line in enumerate(lines):
        code = line.lstrip(' \t\f')
        if number not in strings:
            # A form feed begins the line anew.
            lines[number] = line[:len(line) - len(code)].rpartition('\f')[2].expandtabs(8) + code
    return '\n'.join(lines)


def _lines_in_strings(text):
    """Return the indices of the lines that begin inside a string."""
    import io
    _import_lib2to3()
    from lib2to3.pgen2 import tokenize
    lines = set()
    try:
        for kind, _, start, end, _ in tokenize.generate_tokens(io.StringIO(text).readline):
            if kind == tokenize.STRING:
                lines.update(range(start[0], end[0]))
    except (tokenize.TokenError, IndentationError):
        pass  # whoever compiles the text says what is wrong
    return lines


# --------------------------------------------------------------------------------------------------- reading what Python 3 parses


class _Reading:
    """What a walk over the syntax tree of a module finds.

    nodes -- every node with its parent and what guards it (see `_guard`)
    bound -- the names that the module binds anywhere, whatever their scope
    imported, functions -- those among them that imports and functions bind
    modules -- the modules that imports bind, by these names
    tokens -- what `_FIXERS` is triggered by
    future -- the features that the module imports from `__future__`
    star -- it imports * from a module that makes up for what Python 3 has not
    statements -- the expressions that are statements
    next_is_special -- a method `next` is one of iterators, as far as the module defines any
    next_is_data -- an attribute `next` is assigned to, as in linked lists
    """

    def __init__(self, tree):
        self.nodes = list(_walk(tree))
        self.bound = set()
        self.imported = set()
        self.modules = {}
        self.functions = set()
        self.tokens = set()
        self.future = set()
        self.star = False
        self.statements = set()
        self.next_is_special = True
        self.next_is_data = False
        for node, _, _ in self.nodes:
            read = getattr(self, '_read_' + _kind(node), None)
            if read is not None:
                read(node)
        self.bound |= self.imported | self.functions

    def _read_Expr(self, node):
        self.statements.add(node.value)

    def _read_Name(self, node):
        self.tokens.add(node.id)
        if _kind(node.ctx) != 'Load':
            self.bound.add(node.id)

    def _read_Attribute(self, node):
        self.tokens.add('.' + node.attr)
        if _kind(node.value) == 'Name':
            self.tokens.add('%s.%s' % (node.value.id, node.attr))
            if node.value.id in ('builtins', '__builtins__', '__builtin__') and _kind(node.ctx) == 'Store':
                self.bound.add(node.attr)
        if node.attr == 'next' and _kind(node.ctx) == 'Store':
            self.next_is_data = True

    def _read_FunctionDef(self, node):
        self.functions.add(node.name)
        if node.name == 'next' and not _is_special_method(node):
            self.next_is_special = False

    def _read_ClassDef(self, node):
        self.bound.add(node.name)

    def _read_arg(self, node):
        self.bound.add(node.arg)

    def _read_ExceptHandler(self, node):
        self.bound.add(node.name)

    def _read_Global(self, node):
        self.bound.update(node.names)

    def _read_Import(self, node):
        for alias in node.names:
            top = alias.name.partition('.')[0]
            self.tokens.add('import ' + top)
            self.imported.add(alias.asname or top)
            self.modules[alias.asname or top] = alias.name if alias.asname else top

    def _read_ImportFrom(self, node):
        top = (node.module or '').partition('.')[0]
        if not node.level:
            self.tokens.add('import ' + top)
        for alias in node.names:
            if top == '__future__':
                self.future.add(alias.name)
            elif alias.name == '*':
                self.star |= any(mark in (node.module or '') for mark in ('builtins', 'compat', 'six'))
            else:
                self.tokens.add(alias.name)
                self.imported.add(alias.asname or alias.name)

    def is_builtin(self, node):
        """Is it the use of a builtin's name that the module does not bind?"""
        return _kind(node) == 'Name' and _kind(node.ctx) == 'Load' and node.id not in self.bound

    def needs_lib2to3(self, text, filename, package):
        """Is there more to translate than `_edit` can?"""
        if not self.tokens.isdisjoint(_NEED_LIB2TO3) or '\\u' in text or '\\U' in text:
            return True
        if package and _imports_sibling(self.tokens, filename):
            return True
        if 'exec' in self.tokens and not all(self.is_called(node, parent) for node, parent, _ in self.nodes if _is(node, 'exec')):
            return True
        return 'print_function' not in self.future and not all(
            self.is_called(node, parent) and not _is_new(parent, self.future)
            for node, parent, _ in self.nodes if _is(node, 'print'))

    def is_called(self, name, parent):
        """Is it what a statement `name(...)` calls?"""
        return parent in self.statements and parent.func is name


def _read(text, filename):
    """Return a source, its tabs expanded if Python 3 says so, and its Reading, which is None if it is not Python 3's syntax."""
    known = _readings.pop(text, None)
    if known is not None:
        return text, known
    try:
        return text, _Reading(_compile(text, filename, _ONLY_AST))
    except TabError:
        return _read(_expand_tabs(text, _lines_in_strings(text)), filename)
    except SyntaxError:
        return text, None


def _kind(node):
    return type(node).__name__


def _is(node, name):
    return _kind(node) == 'Name' and node.id == name


def _is_special_method(node):
    """Has a function the one parameter that Python passes to the special methods of interest?"""
    arguments = node.args
    return len(arguments.args) == 1 and not arguments.vararg and not arguments.kwarg and not node.decorator_list


def _children(node):
    """Return the nodes directly below a syntax node."""
    children = []
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            children += [child for child in value if hasattr(child, '_fields')]
        elif field != 'ctx' and hasattr(value, '_fields'):
            children.append(value)
    return children


def _walk(tree):
    """Yield every node after its parent, with the parent and the strongest guard around it (see `_guard`)."""
    stack = [(tree, None, 0)]
    while stack:
        item = stack.pop()
        yield item
        node, _, guard = item
        guard = max(guard, _guard(node))
        stack += [(child, node, guard) for child in reversed(_children(node))]


def _guard(node):
    """Return whether what is inside a node also runs where the names in it do not exist, so that these are no evidence.

    Return 2 for such as `try: xrange; except NameError: ...` and what depends on sys.version_info, 1 if this is so for imports
    only, 0 if not, and 3 for f-strings: they are not Python 2, and positions in them are not reliable.
    """
    kind = _kind(node)
    if kind == 'JoinedStr':
        return 3
    if kind == 'Try':
        caught = set().union(*(_words(handler.type) for handler in node.handlers if handler.type is not None))
        if not caught.isdisjoint(('AttributeError', 'ImportError', 'ModuleNotFoundError', 'NameError')):
            return 2
        if any(_kind(statement) in ('Import', 'ImportFrom') for handler in node.handlers for statement in handler.body):
            return 1
    elif kind in ('If', 'IfExp', 'BoolOp'):
        words = _words(node if kind == 'BoolOp' else node.test)
        if not words.isdisjoint(('hasattr', 'hexversion', 'python_version', 'version_info')) or {'sys', 'version'} <= words:
            return 2
        if any(mark in word.lower() for word in words for mark in ('py2', 'py3', 'python2', 'python3')):
            return 2
    return 0


def _words(node):
    """Return the names and attributes in a part of a syntax tree."""
    words = set()
    stack = [node]
    while stack:
        node = stack.pop()
        words.add(getattr(node, 'id', None) or getattr(node, 'attr', ''))
        stack += _children(node)
    return words


# ------------------------------------------------------------------------------------------------------------------- evidence


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
            if name in _BUILTINS:
                found = not before.endswith('.')
            elif name in _OLD_MODULES:
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


def _name_evidence(reading, filename):
    """Return the first evidence in a source that Python 3 parses."""
    if any(_is_new(node, reading.future) for node, _, _ in reading.nodes):
        return None
    found = []
    for node, parent, guard in reading.nodes:
        reason = _NAME_EVIDENCE.get(_kind(node))
        if reason is not None and guard < 2:
            reason = reason(node, parent, guard, reading, filename)
            if reason:
                found.append((node.lineno, reason))
    return min(found, key=lambda item: item[0])[1] if found else None


def _is_new(node, future):
    """Would Python 2.7 refuse the node?"""
    kind = _kind(node)
    if kind in _NEW_NODES:
        return True
    if kind == 'arg':
        return node.annotation is not None
    if kind == 'arguments':
        return bool(node.kwonlyargs or node.posonlyargs)
    if kind == 'FunctionDef':
        return node.returns is not None
    if kind == 'ClassDef':
        return bool(node.keywords)
    if kind == 'Raise':
        return node.cause is not None
    if kind == 'Starred':
        return _kind(node.ctx) == 'Store'
    if kind == 'Name':
        return not node.id.isascii()
    if kind == 'Call' and _kind(node.func) == 'Name':
        if node.func.id == 'print' and 'print_function' not in future:
            return bool(node.keywords) or any(_kind(arg) == 'Starred' for arg in node.args)
        return node.func.id == 'super' and not node.args
    return False


def _evidence_of_name(node, parent, guard, reading, filename):
    if node.id in _BUILTINS and reading.is_builtin(node) and not reading.star:
        return 'uses ' + node.id


def _evidence_of_import(node, parent, guard, reading, filename):
    if guard:
        return None
    for alias in node.names:
        if alias.name in _OLD_MODULES and not _lies_beside(filename, alias.name):
            return 'imports ' + alias.name


def _evidence_of_import_from(node, parent, guard, reading, filename):
    if guard or node.level:
        return None
    if node.module in _OLD_MODULES and not _lies_beside(filename, node.module):
        return 'imports ' + node.module
    for alias in node.names:
        if '%s.%s' % (node.module, alias.name) in _OLD_ATTRIBUTES:
            return 'imports %s.%s' % (node.module, alias.name)


def _evidence_of_attribute(node, parent, guard, reading, filename):
    if _kind(node.value) == 'Name' and node.value.id in reading.imported:
        name = '%s.%s' % (reading.modules.get(node.value.id), node.attr)
        return 'uses ' + name if name in _OLD_ATTRIBUTES else None
    if node.attr in _DICT_METHODS and node.attr not in reading.functions:
        if _kind(parent) == 'Call' and parent.func is node and len(parent.args) == _DICT_METHODS[node.attr]:
            return 'uses .%s()' % node.attr


def _evidence_of_operation(node, parent, guard, reading, filename):
    if _kind(node.op) == 'RShift' and _is(node.left, 'print'):
        return 'line %d: print statement' % node.lineno


_NAME_EVIDENCE = {
    'Name': _evidence_of_name,
    'Import': _evidence_of_import,
    'ImportFrom': _evidence_of_import_from,
    'Attribute': _evidence_of_attribute,
    'BinOp': _evidence_of_operation,
}


def _lies_beside(filename, module):
    """Is there a module of this name in the folder of the source?"""
    if filename.startswith('<'):
        return False
    import os
    path = os.path.join(os.path.dirname(filename), module)
    return os.path.exists(path + '.py') or os.path.exists(os.path.join(path, '__init__.py'))


def _imports_sibling(tokens, filename):
    return any(token.startswith('import ') and _lies_beside(filename, token[7:]) for token in tokens)


# -------------------------------------------------------------------------------------------- translating what Python 3 parses


def _edit(text, reading, filename, edit_prints):
    """Return the text with everything translated that a syntax tree of Python 3 shows; no line is added or removed.

    edit_prints -- print(...) is still a statement of Python 2
    """
    editor = _Editor(text, reading, filename, edit_prints)
    for node, parent, guard in reading.nodes:
        edit = getattr(editor, 'edit_' + _kind(node), None)
        if edit is not None and guard < 3:
            edit(node, parent)
    return editor.result()


class _Editor:
    """Collects changes of a text by the positions of syntax nodes."""

    # In which order changes at one position are made.
    CLOSE, OPEN, REPLACE = range(3)

    def __init__(self, text, reading, filename, edit_prints):
        self.lines = text.split('\n')
        self.offsets_are_bytes = not text.isascii() and _offsets_are_bytes()
        self.reading = reading
        self.filename = filename
        self.edit_prints = edit_prints and 'print_function' not in reading.future
        self.changes = {}

    # What to change.

    def edit_Name(self, node, parent):
        if not self.reading.is_builtin(node):
            return
        new = _BUILTINS.get(node.id)
        if node.id == 'file':
            new = 'open' if _kind(parent) == 'Call' and parent.func is node else "__import__('io').IOBase"
        if new is not None:
            self.replace(self.start(node), node.id, self.builtin(new))

    def edit_Call(self, node, parent):
        if _kind(node.func) == 'Attribute':
            self.edit_method_call(node, parent)
        elif self.reading.is_builtin(node.func):
            edit = getattr(self, 'edit_call_of_' + node.func.id, None)
            if edit is not None:
                edit(node, parent)

    def edit_call_of_print(self, node, parent):
        if self.edit_prints and len(node.args) > 1:
            line, index = self.end(node)
            self.insert(self.after_parenthesis(node.func), '(', self.OPEN)
            self.insert((line, index - 1), ')', self.CLOSE)

    def edit_call_of_input(self, node, parent):
        if not (_kind(parent) == 'Call' and _is(parent.func, 'eval')):
            self.wrap(node, 'eval')

    def edit_call_of_execfile(self, node, parent):
        if node.args:
            self.wrap(node.args[0], _COMPILE_FILE)

    def edit_call_of_range(self, node, parent):
        if not (self.is_consumed(node, parent) or _is_iterated(node, parent) or _is_looked_up_in(node, parent)):
            self.wrap(node, 'list')

    def edit_call_of_map(self, node, parent):
        if node.func.id == 'map' and node.args and _kind(node.args[0]) == 'Constant' and node.args[0].value is None:
            self.replace(self.start(node), 'map', _MAP_NONE)
        elif not self.is_consumed(node, parent):
            self.wrap(node, 'list')

    edit_call_of_filter = edit_call_of_zip = edit_call_of_map

    def edit_method_call(self, node, parent):
        name = node.func.attr
        if name == 'has_key' and len(node.args) == 1 and name not in self.reading.functions:
            self.rename(node.func, '__contains__')
        elif node.args or node.keywords:
            return
        elif name in ('items', 'keys', 'values'):
            if not self.is_consumed(node, parent):
                self.wrap(node, 'list')
        elif name in _DICT_VIEWS and name not in self.reading.functions:
            self.rename(node.func, name[4:])
            if name.startswith('iter') and not (self.is_consumed(node, parent) or _is_iterated(node, parent)):
                self.wrap(node, 'iter')

    def edit_Attribute(self, node, parent):
        if node.attr == 'next' and self.reading.next_is_special:
            called = _kind(parent) == 'Call' and parent.func is node and not parent.args
            if called or 'next' in self.reading.functions and not self.reading.next_is_data:
                self.rename(node, '__next__')
        module = self.reading.modules.get(node.value.id) if _kind(node.value) == 'Name' else None
        if module == 'itertools' and node.attr in _ITERTOOLS_RENAMED:
            self.rename(node, _ITERTOOLS_RENAMED[node.attr])
        elif module == 'itertools' and node.attr in _ITERTOOLS:
            self.replace(self.start(node), node.value.id, "__import__('builtins')")
            self.rename(node, _ITERTOOLS[node.attr])
        elif module == 'sys' and node.attr == 'setdefaultencoding':
            self.replace(self.start(node), node.value.id, "__import__('types').SimpleNamespace(setdefaultencoding=id)")

    def edit_FunctionDef(self, node, parent):
        new = {'next': '__next__', '__nonzero__': '__bool__'}.get(node.name)
        if new is None or new in self.reading.functions or _kind(parent) != 'ClassDef' or not _is_special_method(node):
            return
        if new == '__bool__' or self.reading.next_is_special:
            self.replace(self.after(node, 'def', node.name), node.name, new)

    def edit_Import(self, node, parent):
        for alias in node.names:
            new = self.new_module(alias.name)
            if new is not None:
                self.replace(self.start(alias), alias.name, new if alias.asname else '%s as %s' % (new, alias.name))

    def edit_ImportFrom(self, node, parent):
        new = None if node.level else self.new_module(node.module)
        if new is not None:
            self.replace(self.after(node, 'from', node.module), node.module, new)
        if node.module == 'itertools':
            for alias in node.names:
                self.edit_itertool(node, alias)

    def edit_itertool(self, statement, alias):
        bound = alias.asname or alias.name
        new = _ITERTOOLS_RENAMED.get(alias.name)
        if alias.name in _ITERTOOLS:
            new = 'repeat'  # so that something is imported; then the name gets its right value
            self.insert(self.end(statement), '; %s = %s' % (bound, self.builtin(_ITERTOOLS[alias.name])), self.CLOSE)
        if new is not None:
            self.replace(self.start(alias), alias.name, new if alias.asname else '%s as %s' % (new, bound))

    def new_module(self, name):
        return None if name not in _MODULES or _lies_beside(self.filename, name) else _MODULES[name]

    def is_consumed(self, node, parent):
        """Is the iterable that a node makes used up at once, so that nobody sees that it is no list?"""
        if _kind(parent) != 'Call' or parent.args[:1] != [node]:
            return False
        function = parent.func
        if _kind(function) == 'Attribute':
            return function.attr == 'join'
        if not self.reading.is_builtin(function) or function.id not in _CONSUMERS:
            return False
        return len(parent.args) == 1 or function.id == 'sorted'

    # How to change it. A place is a line number and an index into that line.

    def start(self, node):
        return node.lineno, self.index(node.lineno, node.col_offset)

    def end(self, node):
        return node.end_lineno, self.index(node.end_lineno, node.end_col_offset)

    def index(self, line, offset):
        """Return the index for an offset in a syntax tree: CPython counts bytes, GraalPy characters."""
        return len(self.lines[line - 1].encode()[:offset].decode()) if self.offsets_are_bytes else offset

    def after(self, node, keyword, word):
        """Return the place of the first word after the keyword that a statement begins with."""
        line, index = self.start(node)
        return line, self.lines[line - 1].index(word, index + len(keyword))

    def after_parenthesis(self, node):
        """Return the place behind the parenthesis that follows a node."""
        line, index = self.end(node)
        while '(' not in self.lines[line - 1][index:]:
            line, index = line + 1, 0
        return line, self.lines[line - 1].index('(', index) + 1

    def rename(self, attribute, new):
        """Change the name of the attribute that an Attribute node takes."""
        line, index = self.end(attribute)
        self.replace((line, index - len(attribute.attr)), attribute.attr, new)

    def builtin(self, name):
        """Return how to spell a builtin: a module that binds `list` or `str` needs the other one."""
        return "__import__('builtins')." + name if name in self.reading.bound else name

    def wrap(self, node, function):
        """Put a call of a function around an expression."""
        self.insert(self.start(node), self.builtin(function) + '(', self.OPEN)
        self.insert(self.end(node), ')', self.CLOSE)

    def insert(self, place, text, order):
        line, index = place
        self.changes.setdefault(line, []).append((index, order, index, text))

    def replace(self, place, old, new):
        line, index = place
        self.changes.setdefault(line, []).append((index, self.REPLACE, index + len(old), new))

    def result(self):
        for number, changes in self.changes.items():
            old = self.lines[number - 1]
            parts = []
            position = 0
            # Sorting is stable: of two calls that open at one place, the outer was found first and stays first.
            for start, _, end, new in sorted(changes, key=lambda change: change[:2]):
                parts += [old[position:start], new]
                position = end
            self.lines[number - 1] = ''.join(parts) + old[position:]
        return '\n'.join(self.lines)


def _is_iterated(node, parent):
    return _kind(parent) in ('For', 'comprehension') and parent.iter is node


def _is_looked_up_in(node, parent):
    return _kind(parent) == 'Compare' and any(
        operand is node and _kind(operator) in ('In', 'NotIn') for operator, operand in zip(parent.ops, parent.comparators))


def _offsets_are_bytes():
    return compile('"é"; x', '', 'exec', _ONLY_AST).body[1].col_offset == len('"é"; '.encode())


# ------------------------------------------------------------------------------------------- translating what only Python 2 parses


class _Parsed:
    """A tree of lib2to3 and what it contains.

    tokens -- what `_FIXERS` and `_OLD_SYNTAX` list, or 'new syntax', with the line where it is seen first
    future -- the features imported from `__future__`
    """

    def __init__(self, tree):
        from lib2to3 import pygram
        from lib2to3.pgen2 import token
        self.tree = tree
        self.tokens = {}
        self.future = set()
        self._symbols = pygram.python_symbols
        self._token = token
        self._before = '', ''  # the values of the last two leaves
        stack = [tree]
        while stack:
            node = stack.pop()
            if node.children:
                self._read_node(node)
                stack.extend(reversed(node.children))
            elif node.type < 256:
                self._read_leaf(node)
                self._before = self._before[1], node.value

    def _add(self, token, node):
        self.tokens.setdefault(token, node.get_lineno())

    def _read_node(self, node):
        symbols, token = self._symbols, self._token
        kind = node.type
        first, *rest = node.children
        if kind == symbols.print_stmt:
            # `print (x)`, `print [x]` and `print -x` are expressions in Python 3, but nobody writes `print >>x` there.
            leaf = next(rest[0].leaves())
            if leaf.type in (token.NAME, token.NUMBER, token.STRING, token.RIGHTSHIFT) or leaf.value in ('{', '`', '~'):
                self._add('print statement', node)
        elif kind == symbols.exec_stmt:
            if len(rest) > 1 or next(rest[0].leaves()).value != '(':
                self._add('exec statement', node)
        elif kind == symbols.except_clause:
            if len(rest) == 3 and rest[1].type == token.COMMA:
                self._add('except E, e', node)
        elif kind == symbols.raise_stmt:
            if len(rest) > 1:
                self._add('raise E, "x"' if rest[1].type == token.COMMA else 'new syntax', node)
        elif kind in (symbols.tfpdef, symbols.vfpdef):
            self._add('tuple parameter', node)
        elif kind == symbols.testlist_safe:
            self._add('for x in 1, 2', node)
        elif kind == symbols.import_name:
            for name in ''.join(map(str, rest)).replace('\\\n', ' ').split(','):
                self._add('import ' + name.split()[0].partition('.')[0], node)
        elif kind == symbols.import_from:
            module = str(rest[0]).strip()
            self._add('import ' + module.partition('.')[0], node)
            if module == '__future__':
                self.future.update(leaf.value for part in rest[2:] for leaf in part.leaves() if leaf.type == token.NAME)
        elif (kind in (symbols.annassign, symbols.namedexpr_test, symbols.star_expr, symbols.tname, symbols.yield_arg)
                or kind == symbols.global_stmt and first.value == 'nonlocal'
                or kind == symbols.term and any(child.type == token.AT for child in rest)):
            self._add('new syntax', node)

    def _read_leaf(self, leaf):
        token = self._token
        value = leaf.value
        if leaf.type == token.NAME:
            base, dot = self._before
            if dot == '.':
                self._add('.' + value, leaf)
                self._add('%s.%s' % (base, value), leaf)
            else:
                self._add(value, leaf)
        elif leaf.type == token.NUMBER:
            if value[-1] in 'lL':
                self._add('10L', leaf)
                leaf.value = value = value[:-1]  # because the fixer makes 0777L no more than 0777
            if value.startswith('0') and value.isdigit() and value.strip('0'):
                self._add('0777', leaf)
        elif leaf.type == token.STRING:
            prefix = value.partition(value[-1])[0].lower()
            if prefix == 'ur':
                self._add("ur''", leaf)
            elif 'f' in prefix:
                self._add('new syntax', leaf)
            elif 'u' not in prefix and ('\\u' in value or '\\U' in value):
                self._add('\\u', leaf)
        elif value == '.' and self._before[1].isdigit():
            leaf.prefix = ' '  # 7L.bit_length() without the L
        elif value == '`':
            self._add('backticks', leaf)
        elif value == '<>':
            self._add('<>', leaf)
        elif value in ('->', '@=') or leaf.type in (token.ASYNC, token.AWAIT):
            self._add('new syntax', leaf)


def _import_lib2to3():
    """Import lib2to3's parser, without the warning that later versions of Python have none."""
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        import lib2to3.pygram


def _syntax_evidence(source):
    """Return the first evidence in a source that Python 3 does not parse."""
    parsed = _parse(source)
    if parsed is None or 'new syntax' in parsed.tokens:
        return None
    found = [(parsed.tokens[token], token) for token in _OLD_SYNTAX if token in parsed.tokens]
    if not found:
        return None
    _keep(_parses, source, parsed)
    return 'line %d: %s' % min(found, key=lambda item: item[0])


def _parse(text):
    """Return the _Parsed tree, which the caller may change, of a source in Python 2's syntax; None if it is not."""
    known = _parses.pop(text, None)
    if known is not None:
        return known
    _import_lib2to3()
    from lib2to3 import pygram
    if 'print_function' in text:
        parsed = _parse_with(pygram.python_grammar_no_print_statement, text)
        if parsed is not None and 'print_function' in parsed.future:
            return parsed
    return (_parse_with(pygram.python_grammar, text)
            or _parse_with(pygram.python_grammar_no_print_statement, text)
            or _parse_with(pygram.python_grammar_no_print_and_exec_statement, text))


def _parse_with(grammar, text):
    from lib2to3 import pytree
    from lib2to3.pgen2 import driver, parse, tokenize
    try:
        return _Parsed(driver.Driver(grammar, pytree.convert).parse_string(text))
    except (parse.ParseError, tokenize.TokenError, IndentationError):
        return None


def _refactor(parsed, filename, package):
    """Return the text that lib2to3 makes of a tree, and its original line numbers or None."""
    tokens = set(parsed.tokens)
    if package and _imports_sibling(tokens, filename):
        tokens.add('import of a sibling')
    if 'print_function' in parsed.future:
        tokens.discard('print')
    fixers = [fixer for fixer, triggers in _FIXERS.items() if not tokens.isdisjoint(triggers)]
    tree = parsed.tree
    tree.future_features = frozenset(parsed.future)
    _fixing_tool(fixers).refactor_tree(tree, filename)
    if 'for x in 1, 2' in tokens:
        _parenthesize_sequences(tree)
    return str(tree), _original_lines(tree)


def _fixing_tool(fixers):
    """Return lib2to3's tool with some of its fixers, and without its log, which a script's own logging would show."""
    from lib2to3.refactor import RefactoringTool

    class Tool(RefactoringTool):
        def log_message(self, message, *args):
            pass

        log_debug = log_message

    return Tool(['lib2to3.fixes.fix_' + fixer for fixer in fixers])


def _parenthesize_sequences(tree):
    """Make `[x for x in 1, 2 for y in 3, 4]` what Python 3 parses; the fixer knows of the first sequence only."""
    from lib2to3 import pygram
    for node in tree.pre_order():
        if node.type == pygram.python_symbols.testlist_safe:
            *_, last = leaves = list(node.leaves())
            leaves[0].value = '(' + leaves[0].value
            last.value += ')'


def _original_lines(tree):
    """Return the original line number of each line of a tree's text, or None if they are the same.

    Leaves know the lines that they come from, unless a fixer made them. A line of the text has the number of its first leaf
    that knows. The others are counted back from the next that is known, but have at least the number of the one before.
    """
    known = {}
    line = 1
    for leaf in tree.leaves():
        value = str(leaf.value)  # fixers make leaves that hold a number
        line += leaf.prefix.count('\n')
        if leaf.lineno and (value.strip() or not value):
            for shift in range(value.count('\n') + 1):
                known.setdefault(line + shift, leaf.lineno + shift)
        line += value.count('\n')
    lines = [0] * line
    original = 0
    for number in range(line, 0, -1):
        lines[number - 1] = original = known.get(number, original - 1)
    for number in range(1, line + 1):
        if number not in known:
            lines[number - 1] = max(1, *lines[max(0, number - 2):number])
    return None if lines == list(range(1, line + 1)) else lines
