"""Python 2 that Python 3 does not parse: what shows it, and its translation by lib2to3.

See `_polyproc.python2`. Only the parser of lib2to3 and those of its fixers are imported that a source needs.
"""

import sys

from _polyproc.python2_names import FIXERS, imports_sibling

# Constructs that Python 3 does not parse; any of them is evidence.
_OLD_SYNTAX = ('print statement', 'exec statement', 'except E, e', 'raise E, "x"', 'backticks', '<>', '0777', '10L', "ur''",
               'tuple parameter', 'for x in 1, 2')

# The source for which evidence was found last and how it was parsed: for the translation, which follows.
_parses = {}


def lines_in_strings(text):
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


class _Parsed:
    """A tree of lib2to3 and what it contains.

    tokens -- what `FIXERS` and `_OLD_SYNTAX` list, or 'new syntax', with the line where it is seen first
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


def syntax_evidence(source):
    """Return the first evidence in a source that Python 3 does not parse."""
    parsed = parse_python2(source)
    if parsed is None or 'new syntax' in parsed.tokens:
        return None
    found = [(parsed.tokens[token], token) for token in _OLD_SYNTAX if token in parsed.tokens]
    if not found:
        return None
    _parses.clear()
    _parses[source] = parsed
    return 'line %d: %s' % min(found, key=lambda item: item[0])


def parse_python2(text):
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


def refactor(parsed, filename, package):
    """Return the text that lib2to3 makes of a tree, and its original line numbers or None."""
    tokens = set(parsed.tokens)
    if package and imports_sibling(tokens, filename):
        tokens.add('import of a sibling')
    if 'print_function' in parsed.future:
        tokens.discard('print')
    fixers = [fixer for fixer, triggers in FIXERS.items() if not tokens.isdisjoint(triggers)]
    tree = parsed.tree
    tree.future_features = frozenset(parsed.future)
    stderr = sys.stderr
    try:
        _fixing_tool(fixers).refactor_tree(tree, filename)
    finally:
        # lib2to3's matcher replaces it for as long as a generator lives, which it then leaves to a reference counter to end.
        sys.stderr = stderr
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
