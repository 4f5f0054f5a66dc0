"""Python 2 that Python 3 parses: names, calls and imports. What shows it, and how it is changed in place.

See `_polyproc.python2`. Positions in syntax trees say where to change the text; no line is added or removed.
"""

from _polyproc.python2 import (
    BUILTINS, DICT_METHODS, ITERTOOLS, ITERTOOLS_RENAMED, MODULES, OLD_ATTRIBUTES, OLD_MODULES, ONLY_AST, TYPES,
    compile_silently, expand_tabs)

# The fixers of lib2to3 whose work is not done here, and what in a source calls for each: `name`, `.attribute`,
# `name.attribute`, `import module`, or a construct (see `_Parsed`). Loading all fixers costs a cold GraalPy 5.6 s, each of
# these a few hundredths, so only those are loaded whose trigger was seen in the syntax tree. Seen there, and not found by a
# regular expression in the text, a trigger is neither missed nor met by accident in a comment.
FIXERS = {
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
    'types': ['types.' + name for name in TYPES],
    'unicode': ["ur''", '\\u'],
    'urllib': ['import urllib', 'import urllib2'],
    'xreadlines': ['.xreadlines'],
}

# The other fixers. Only that of `isinstance` has no counterpart here: it tidies what others leave.
DONE_HERE = ('apply', 'basestring', 'buffer', 'dict', 'execfile', 'filter', 'has_key', 'imports', 'imports2', 'input', 'intern',
             'isinstance', 'itertools', 'itertools_imports', 'long', 'map', 'next', 'nonzero', 'paren', 'raw_input', 'reduce',
             'reload', 'standarderror', 'xrange', 'zip')

# What calls for lib2to3 although Python 3 parses the source. It parses `print` too, but then mostly means the same.
_NEED_LIB2TO3 = frozenset(trigger for fixer, triggers in FIXERS.items() if fixer != 'future' for trigger in triggers) - {'print'}
_COMPILE_FILE = "__import__('_polyproc.python2', fromlist=['compile_file']).compile_file"
_MAP_NONE = "(lambda _, *s: list(s[0]) if len(s) == 1 else list(__import__('itertools').zip_longest(*s)))"
_DICT_VIEWS = ('iteritems', 'iterkeys', 'itervalues', 'viewitems', 'viewkeys', 'viewvalues')

# Constructs that Python 2.7 does not parse: a source that has one is Python 3, whatever else is wrong with it.
_NEW_NODES = frozenset(['AnnAssign', 'AsyncFor', 'AsyncFunctionDef', 'AsyncWith', 'Await', 'JoinedStr', 'MatMult', 'Match',
                        'NamedExpr', 'Nonlocal', 'TryStar', 'TypeAlias', 'YieldFrom'])

# Calls that use up an iterable at once, so that it need not be made a list first.
_CONSUMERS = frozenset(['dict', 'frozenset', 'list', 'max', 'min', 'set', 'sorted', 'sum', 'tuple'])

# The source for which evidence was found last and how it was read: for the translation, which follows.
_readings = {}


class _Reading:
    """What a walk over the syntax tree of a module finds.

    nodes -- every node with its parent and what guards it (see `_guard`)
    bound -- the names that the module binds anywhere, whatever their scope
    imported, functions -- those among them that imports and functions bind
    modules -- the modules that imports bind, by these names
    tokens -- what `FIXERS` is triggered by
    future -- the features that the module imports from `__future__`
    star -- it imports * from a module that makes up for what Python 3 has not
    statements -- the expressions that are statements
    next_is_special -- a method `next` is one of iterators, as far as the module defines any
    next_is_data -- an attribute `next` is assigned to, as in linked lists
    """

    def __init__(self, tree):
        self.nodes = list(walk(tree))
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
        """Is there more to translate than this module can?"""
        if not self.tokens.isdisjoint(_NEED_LIB2TO3) or '\\u' in text or '\\U' in text:
            return True
        if package and imports_sibling(self.tokens, filename):
            return True
        if 'exec' in self.tokens and not all(self.is_called(node, parent) for node, parent, _ in self.nodes if _is(node, 'exec')):
            return True
        return 'print_function' not in self.future and not all(
            self.is_called(node, parent) and not _is_new(parent, self.future)
            for node, parent, _ in self.nodes if _is(node, 'print'))

    def is_called(self, name, parent):
        """Is it what a statement `name(...)` calls?"""
        return parent in self.statements and parent.func is name


def read(text, filename):
    """Return a source, its tabs expanded if Python 3 says so, and its Reading, which is None if it is not Python 3's syntax."""
    known = _readings.pop(text, None)
    if known is not None:
        return text, known
    try:
        return text, _Reading(compile_silently(text, filename, ONLY_AST))
    except TabError:
        from _polyproc.python2_syntax import lines_in_strings
        return read(expand_tabs(text, lines_in_strings(text)), filename)
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


def walk(tree):
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


def name_evidence(source, filename):
    """Return the first evidence in a source that Python 3 parses."""
    _, reading = read(source, filename)
    if any(_is_new(node, reading.future) for node, _, _ in reading.nodes):
        return None
    found = []
    for node, parent, guard in reading.nodes:
        reason = _NAME_EVIDENCE.get(_kind(node))
        if reason is not None and guard < 2:
            reason = reason(node, parent, guard, reading, filename)
            if reason:
                found.append((node.lineno, reason))
    if not found:
        return None
    _readings.clear()
    _readings[source] = reading
    return min(found, key=lambda item: item[0])[1]


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
    if node.id in BUILTINS and reading.is_builtin(node) and not reading.star:
        return 'uses ' + node.id


def _evidence_of_import(node, parent, guard, reading, filename):
    if guard:
        return None
    for alias in node.names:
        if alias.name in OLD_MODULES and not _lies_beside(filename, alias.name):
            return 'imports ' + alias.name


def _evidence_of_import_from(node, parent, guard, reading, filename):
    if guard or node.level:
        return None
    if node.module in OLD_MODULES and not _lies_beside(filename, node.module):
        return 'imports ' + node.module
    for alias in node.names:
        if '%s.%s' % (node.module, alias.name) in OLD_ATTRIBUTES:
            return 'imports %s.%s' % (node.module, alias.name)


def _evidence_of_attribute(node, parent, guard, reading, filename):
    if _kind(node.value) == 'Name' and node.value.id in reading.imported:
        name = '%s.%s' % (reading.modules.get(node.value.id), node.attr)
        return 'uses ' + name if name in OLD_ATTRIBUTES else None
    if node.attr in DICT_METHODS and node.attr not in reading.functions:
        if _kind(parent) == 'Call' and parent.func is node and len(parent.args) == DICT_METHODS[node.attr]:
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


def imports_sibling(tokens, filename):
    return any(token.startswith('import ') and _lies_beside(filename, token[7:]) for token in tokens)


def edit_names(text, reading, filename, edit_prints):
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
        new = BUILTINS.get(node.id)
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
        if module == 'itertools' and node.attr in ITERTOOLS_RENAMED:
            self.rename(node, ITERTOOLS_RENAMED[node.attr])
        elif module == 'itertools' and node.attr in ITERTOOLS:
            self.replace(self.start(node), node.value.id, "__import__('builtins')")
            self.rename(node, ITERTOOLS[node.attr])
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
        new = ITERTOOLS_RENAMED.get(alias.name)
        if alias.name in ITERTOOLS:
            new = 'repeat'  # so that something is imported; then the name gets its right value
            self.insert(self.end(statement), '; %s = %s' % (bound, self.builtin(ITERTOOLS[alias.name])), self.CLOSE)
        if new is not None:
            self.replace(self.start(alias), alias.name, new if alias.asname else '%s as %s' % (new, bound))

    def new_module(self, name):
        return None if name not in MODULES or _lies_beside(self.filename, name) else MODULES[name]

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
    return compile('"é"; x', '', 'exec', ONLY_AST).body[1].col_offset == len('"é"; '.encode())
