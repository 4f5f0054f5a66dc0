"""Tests of `_polyproc.python2`. They run in a context of polyproc, and on CPython 3.11 and 3.12:

    PYTHONPATH=src/main/resources/org/polyproc/python python3 -m unittest discover -s src/test/python -p test_python2.py
"""

import ast
import io
import logging
import os
import pickle
import sys
import traceback
import types
import unittest
import warnings
from contextlib import redirect_stdout
from unittest import mock


def load_python2():
    """Return the modules. Without polyproc, its package is not executed, since it needs a kernel."""
    if '_polyproc' not in sys.modules:
        package = sys.modules['_polyproc'] = types.ModuleType('_polyproc')
        package.__path__ = [os.path.join(folder, '_polyproc') for folder in sys.path]
    from _polyproc import python2, python2_names, python2_syntax
    return python2, python2_names, python2_syntax


python2, python2_names, python2_syntax = load_python2()

FILENAME = '/nowhere/script.py'


def translate(source):
    return python2.translate(source, FILENAME)


def execute(source, stdin=''):
    """Translate and execute a source and return what it prints."""
    code = python2.compile_translated(translate(source), FILENAME)
    out = io.StringIO()
    with redirect_stdout(out), mock.patch('sys.stdin', io.StringIO(stdin)):
        exec(code, {'__name__': '__main__'})
    return out.getvalue()


def error_line(source):
    """Return the line number in the innermost frame of what a source raises when it is translated and executed."""
    try:
        execute(source)
    except Exception as error:
        return traceback.extract_tb(error.__traceback__)[-1].lineno
    raise AssertionError('nothing was raised')


TUTORIAL = '''import multiprocessing

import time

def add(number,add_value,lock):
    lock.acquire()
    try:
        print("init add{0} number = {1}".format(add_value,number.value))
        for i in xrange(1,6):
            number.value += add_value
            time.sleep(1)
    except Exception as e:
        raise e
    finally:
        lock.release()

if __name__=="__main__":
    lock = multiprocessing.Lock()#Locking
    arr = multiprocessing.Array('i',range(10))#Shared Memory Array
    print(arr[:])
    for i in range(len(arr)):
        arr[i] = -arr[i]'''


class EvidenceTest(unittest.TestCase):

    PYTHON_2 = [
        (TUTORIAL, 'uses xrange'),
        ('print "x"', 'line 1: print statement'),
        ('\nprint x, y', 'line 2: print statement'),
        ('print >>f, "x"\nx y', None),
        ('import sys\nprint >>sys.stderr, "x"', 'line 2: print statement'),
        ('exec "x = 1"', 'line 1: exec statement'),
        ('exec(code) in {}\nprint "x"', 'line 1: exec statement'),
        ('try: f()\nexcept E, e: pass', 'line 2: except E, e'),
        ('raise E, "x"', 'line 1: raise E, "x"'),
        ('x = `y`', 'line 1: backticks'),
        ('x <> y', 'line 1: <>'),
        ('x = 0777', 'line 1: 0777'),
        ('x = 10L', 'line 1: 10L'),
        ("x = ur'y'", "line 1: ur''"),
        ('def f((a, b)): pass', 'line 1: tuple parameter'),
        ('f = lambda (a, b): a', 'line 1: tuple parameter'),
        ('x = [y for y in 1, 2]', 'line 1: for x in 1, 2'),
        ('print("a")\nif 1:\n\tx = 1\n        print "mixed tabs"', 'line 4: print statement'),
        ('if 1:\n\tx = 1\n        x = xrange(3)', 'uses xrange'),
        ('x = raw_input()', 'uses raw_input'),
        ('def f():\n    return [unicode(x) for x in y]', 'uses unicode'),
        ('isinstance(x, basestring)', 'uses basestring'),
        ('f = file("x")', 'uses file'),
        ('reload(sys)', 'uses reload'),
        ('import sys, thread', 'imports thread'),
        ('import thread', 'imports thread'),
        ('from Queue import Queue, Empty', 'imports Queue'),
        ('if x: import ConfigParser as c', 'imports ConfigParser'),
        ('x = 1; import urllib2', 'imports urllib2'),
        ('d.has_key("x")', 'uses .has_key()'),
        ('for k, v in d.iteritems(): pass', 'uses .iteritems()'),
        ('import sys\nx = sys.maxint', 'uses sys.maxint'),
        ('from itertools import izip', 'imports itertools.izip'),
        ('import urllib\nurllib.urlopen(x)', 'uses urllib.urlopen'),
        ('from __future__ import print_function\nprint("x", file=f)\nxrange(1)', 'uses xrange'),
        ('try:\n    x = xrange(3)\nexcept Exception as e:\n    raise e', 'uses xrange'),
        ('#!/usr/bin/python2\nprint("x")', 'its first line asks for python2'),
    ]

    PYTHON_3 = [
        '', 'x = 1', 'print("x", "y")', 'print("x", end="", file=f)', 'print', 'x = "print x"  # xrange',
        # The names of Python 2 as names of the module.
        'from functools import reduce\nreduce(f, x)',
        'from queue import Queue\nimport multiprocessing\nmultiprocessing.Queue()',
        'pool.apply(f)\nself.file.long = x.buffer',
        'file = open("x")\nfor line in file: pass',
        'def f(file, long=1): return file, long',
        'def unicode(x): return x\nunicode(1)',
        'class file: pass\nfile()',
        'for cmp in x: cmp()',
        'with f() as reduce: reduce()',
        'import x as thread\nthread.start()',
        'def f():\n    global xrange\n    xrange = range\nxrange(3)',
        'import builtins\nbuiltins.xrange = range\nxrange(3)',
        'from six.moves import *\nxrange(3)',
        'class A:\n    def has_key(self, k): pass\nA().has_key(1)',
        'import curses\ncurses.has_key(1)',
        'six.iteritems(d)',
        # Sources for both.
        'try:\n    xrange\nexcept NameError:\n    xrange = range\nxrange(3)',
        'try:\n    text = unicode\nexcept NameError:\n    text = str',
        'try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle',
        'try:\n    import queue\nexcept ImportError:\n    import Queue as queue',
        'try:\n    import cPickle as pickle\nexcept:\n    import pickle',
        'import sys\nif sys.version_info[0] < 3:\n    text = unicode\nelse:\n    text = str',
        'import sys\nif sys.version > "3":\n    pass\nelse:\n    text = unicode',
        'if PY2:\n    def u(x): return unicode(x)\nelse:\n    u = str',
        'text = unicode if six.PY2 else str',
        'PY2 and isinstance(x, unicode)',
        'if hasattr(d, "iteritems"):\n    d.iteritems()',
        # Python 3 with something else wrong: its own errors are shown.
        'f() = 1', 'return 1', 'x = (1', 'x = "unfinished', 'if 1:\nx = 1', 'x = 08', 'x = "C:\\users"', 'else: pass', 'a\0b',
        'if 1:\n\tx = 1\n        y = 2',
        'def f():\n    print "x"\n    return f"{x}"',
        'async def f(): pass\nprint "x"',
        'def f(x: int) -> int:\n    print "x"',
        'def f():\n    x: int = 1\n    print x',
        'def f(): nonlocal x; print "x"',
        'x = a @ b\nprint "x"',
        'if (x := 1): print "x"',
        'first, *rest = x\nprint "x"',
        'def f(): yield from x; print "x"',
        'raise E from e\nprint "x"',
        'print("x", end="")\nprint "x"',
        'def f(x: int): return unicode(x)',
        'def f(*, key): return reduce(key)',
        'class A(metaclass=M): x = xrange(3)',
        'class A(B):\n    def __init__(self): super().__init__(); reduce(x)',
        'print("x", sep="")\nreduce(x)',
        'print(*x)\nreduce(x)',
        'print(f"{x}")\nreduce(x)',
        '\u00e9t\u00e9 = reduce(x)',
        '#!/usr/bin/env python3\nprint "x"',
    ]

    def test_python_2_shows_it(self):
        for source, reason in self.PYTHON_2:
            with self.subTest(source):
                self.assertEqual(reason, python2.evidence(source, FILENAME))
                self.assertEqual(reason, python2.evidence(source.replace('\n', '\r\n') + '\r\n', FILENAME))

    def test_python_3_does_not(self):
        for source in self.PYTHON_3:
            with self.subTest(source):
                self.assertIsNone(python2.evidence(source, FILENAME))

    def test_a_module_beside_the_script_is_the_scripts_own(self):
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            script = os.path.join(folder, 'script.py')
            source = 'import thread\nfrom Queue import Queue\n'
            open(os.path.join(folder, 'thread.py'), 'w').close()
            self.assertEqual('imports Queue', python2.evidence(source, script))
            self.assertEqual('import thread\nfrom queue import Queue\n', python2.translate(source, script).text)
            os.mkdir(os.path.join(folder, 'Queue'))
            open(os.path.join(folder, 'Queue', '__init__.py'), 'w').close()
            self.assertIsNone(python2.evidence(source, script))

    def test_python_3_imports_nothing(self):
        source = 'import multiprocessing, queue\n\ndef f(x):\n    return [y for y in x]  # xrange\n\nprint(f"{f([1])} >> 2")\n' * 40
        imported = []

        def import_module(name, *arguments):
            imported.append(name)
            return original(name, *arguments)

        original = __import__
        with mock.patch('builtins.__import__', import_module):
            self.assertIsNone(python2.evidence(source, FILENAME))
        self.assertLessEqual(set(imported), {'warnings'})

    def test_nothing_is_written_or_changed(self):
        filters = warnings.filters[:]
        with self.assertNoLogs(level=logging.DEBUG), mock.patch('sys.stderr', io.StringIO()) as stderr:
            source = 'print "\\d"\nx = 1 is 1\nfrom itertools import imap\n'
            self.assertEqual('line 1: print statement', python2.evidence(source, FILENAME))
            python2.compile_translated(translate(source), FILENAME)
            self.assertIsNone(python2.evidence('x = 1 is 1', FILENAME))
        self.assertEqual('', stderr.getvalue())
        self.assertEqual(filters, warnings.filters)


class TranslationTest(unittest.TestCase):

    # What is changed in place.
    EDITS = [
        ('for i in xrange(3): print(range(i))', 'for i in range(3): print(list(range(i)))'),
        ('for i in range(3): x = range(i)[0], 3 in range(5), sum(range(3)), sorted(range(3), key=f)',
         'for i in range(3): x = list(range(i))[0], 3 in range(5), sum(range(3)), sorted(range(3), key=f)'),
        ('x = map(f, filter(g, zip(a, range(3))))', 'x = list(map(f, list(filter(g, list(zip(a, list(range(3))))))))'),
        ('for x in map(f, y): tuple(zip(a, b))', 'for x in list(map(f, y)): tuple(zip(a, b))'),
        ('x = unicode(y), unichr(1), long(2), isinstance(y, basestring), StandardError, buffer(b), xrange',
         'x = str(y), chr(1), int(2), isinstance(y, str), Exception, memoryview(b), range'),
        ('x = raw_input("?"), input("?"), eval(input())', 'x = input("?"), eval(input("?")), eval(input())'),
        ('x = file("y"), isinstance(y, file)', 'x = open("y"), isinstance(y, __import__(\'io\').IOBase)'),
        ('x = d.keys()[0], list(d.values()), d.items(key)', 'x = list(d.keys())[0], list(d.values()), d.items(key)'),
        ('for k in d.iteritems(): x = d.iterkeys(), list(d.itervalues())',
         'for k in d.items(): x = iter(d.keys()), list(d.values())'),
        ('x = d.viewkeys() | d\\\n  .viewitems()', 'x = d.keys() | d\\\n  .items()'),
        ('if not d.e().has_key("x") and f(d.has_key): pass', 'if not d.e().__contains__("x") and f(d.has_key): pass'),
        ('print("a", (b))\nprint ("a")\nprint((a), range(2))', 'print(("a", (b)))\nprint ("a")\nprint(((a), list(range(2))))'),
        ('print ( # a comment (\n  "a", b\n  )\nxrange', 'print (( # a comment (\n  "a", b\n  ))\nrange'),
        ('import Queue, os.path, thread as t', 'import queue as Queue, os.path, _thread as t'),
        ('from StringIO import (StringIO,\n  x)', 'from io import (StringIO,\n  x)'),
        ('import tkMessageBox\nfrom . import Queue', 'import tkinter.messagebox as tkMessageBox\nfrom . import Queue'),
        ('x = "\u00e9\U0001f600", xrange(3), d.iteritems()', 'x = "\u00e9\U0001f600", range(3), iter(d.items())'),
        ('x.next(), next(y), z.next(1)', 'x.__next__(), next(y), z.next(1)'),
        ('class A:\n    def next(self): pass\n    def __nonzero__(self): return self.next()\nf(a.next)',
         'class A:\n    def __next__(self): pass\n    def __bool__(self): return self.__next__()\nf(a.__next__)'),
        ('class Node:\n    def __init__(self, next): self.next = next\nwhile x: x = x.next; y.next()',
         'class Node:\n    def __init__(self, next): self.next = next\nwhile x: x = x.next; y.__next__()'),
        ('class A:\n    def next(self, n): pass\na.next()', 'class A:\n    def next(self, n): pass\na.next()'),
        ('import sys\nreload(sys); sys.setdefaultencoding("utf-8")',
         'import sys\n__import__(\'importlib\').reload(sys); '
         '__import__(\'types\').SimpleNamespace(setdefaultencoding=id).setdefaultencoding("utf-8")'),
        ('import itertools as it\nx = it.izip(a, zip(a, b)), it.izip_longest, it.count()',
         'import itertools as it\nx = __import__(\'builtins\').zip(a, list(zip(a, b))), it.zip_longest, it.count()'),
        ('if x: from itertools import (imap, ifilter as f,\n  izip_longest, count)  # comment',
         'if x: from itertools import (repeat as imap, repeat as f,\n  zip_longest as izip_longest, count)'
         '; imap = map; f = filter  # comment'),
        # A name that the module binds is the module's.
        ('def map(f): pass\nmap(reduce), xrange', 'def map(f): pass\nmap(__import__(\'functools\').reduce), range'),
        ('file = 1\nx = file, file()', 'file = 1\nx = file, file()'),
        ('list = range(3)\nstr = unicode(4)',
         'list = __import__(\'builtins\').list(range(3))\nstr = __import__(\'builtins\').str(4)'),
        ('from __future__ import print_function\nprint("a", xrange)',
         'from __future__ import print_function\nprint("a", range)'),
    ]

    # What each fixer of lib2to3 that is used makes of a source.
    FIXERS = {
        'asserts': ('self.assertEquals(a, b)', 'self.assertEqual(a, b)'),
        'except': ('try: pass\nexcept (A,\n  B), e: pass', 'try: pass\nexcept (A,\n  B) as e: pass'),
        'exec': ('exec "x" in a, b', 'exec("x", a, b)'),
        'exitfunc': ('import sys\nsys.exitfunc = f', 'import sys\nimport atexit\natexit.register(f)'),
        'funcattrs': ('f.func_name', 'f.__name__'),
        'future': ('from __future__ import division\nprint x', '\nprint(x)'),
        'getcwdu': ('os.getcwdu()', 'os.getcwd()'),
        'metaclass': ('class A(B):\n    __metaclass__ = M\n    x = 1', 'class A(B, metaclass=M):\n    x = 1'),
        'methodattrs': ('m.im_func', 'm.__func__'),
        'ne': ('a <> b', 'a != b'),
        'numliterals': ('x = 0777, 10L, 0777L, 0xFFl, 0L, 0', 'x = 0o777, 10, 0o777, 0xFF, 0, 0'),
        'operator': ('import operator\noperator.isCallable(f)', 'import operator\ncallable(f)'),
        'print': ('print "a", b,\nprint >>f, c\nprint\nprint("a", b)',
                  'print("a", b, end=\' \')\nprint(c, file=f)\nprint()\nprint(("a", b))'),
        'raise': ('raise E, "x", tb', 'raise E("x").with_traceback(tb)'),
        'renames': ('import sys\nsys.maxint', 'import sys\nsys.maxsize'),
        'repr': ('`a`, `a, b`', 'repr(a), repr((a, b))'),
        'sys_exc': ('sys.exc_type', 'sys.exc_info()[0]'),
        'throw': ('g.throw(E, "x")', 'g.throw(E("x"))'),
        'tuple_params': ('def f((a, b), c):\n    return a\nlambda (x, y): x + y',
                         'def f(xxx_todo_changeme, c):\n    (a, b) = xxx_todo_changeme\n    return a\nlambda x_y: x_y[0] + x_y[1]'),
        'types': ('types.StringTypes, types.DictType', '(str,), dict'),
        'unicode': ('ur"x", "C:\\users", u"\\u00e9", unicode', 'r"x", "C:\\\\users", "\\u00e9", str'),
        'urllib': ('import urllib, x\nurllib.quote(y)',
                   'import urllib.request, urllib.parse, urllib.error, x\nurllib.parse.quote(y)'),
        'xreadlines': ('for x in f.xreadlines(): pass', 'for x in f: pass'),
    }

    def test_edits_in_place(self):
        for source, expected in self.EDITS:
            with self.subTest(source):
                with mock.patch.object(python2_syntax, 'parse_python2', side_effect=AssertionError('lib2to3 is not needed')):
                    translation = translate(source)
                self.assertEqual(expected + '\n', translation.text)
                self.assertIsNone(translation.lines)

    def test_fixers(self):
        for fixer, (source, expected) in self.FIXERS.items():
            with self.subTest(fixer):
                self.assertEqual(expected + '\n', translate(source).text)
                ast.parse(expected)

    def test_every_fixer_is_used_only_for_its_triggers(self):
        for fixer, (source, _) in self.FIXERS.items():
            with self.subTest(fixer), mock.patch.object(python2_syntax, '_fixing_tool', wraps=python2_syntax._fixing_tool) as tool:
                translate(source)
                self.assertIn(fixer, tool.call_args[0][0])
        with mock.patch.object(python2_syntax, '_fixing_tool', wraps=python2_syntax._fixing_tool) as tool:
            translate('print "x"  # except E, e: `x` <> 0777')
            self.assertEqual(['print'], tool.call_args[0][0])

    def test_all_fixers_are_known(self):
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            from lib2to3 import fixes
        fixers = {name[4:-3] for name in os.listdir(fixes.__path__[0]) if name.startswith('fix_') and name.endswith('.py')}
        optional = {'buffer', 'idioms', 'set_literal', 'ws_comma'}
        self.assertEqual(fixers - optional | {'buffer'}, python2_names.FIXERS.keys() | set(python2_names.DONE_HERE))
        self.assertEqual(python2_names.FIXERS.keys() - {'import'}, self.FIXERS.keys())

    def test_all_renamed_modules_are_known(self):
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            from lib2to3.fixes import fix_imports, fix_imports2
        mapping = {**fix_imports.MAPPING, **fix_imports2.MAPPING}
        self.assertEqual(mapping, {name: python2.MODULES.get(name) for name in mapping})
        self.assertEqual({'UserDict', 'exceptions'}, python2.MODULES.keys() - mapping.keys())
        old = {name for name in mapping if name not in sys.stdlib_module_names}
        self.assertEqual(old | {'UserDict', 'exceptions', 'urllib2'}, python2.OLD_MODULES)

    def test_both_ways_agree(self):
        """What is changed in place is what lib2to3 makes of it."""
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            from lib2to3.refactor import RefactoringTool
        source = TUTORIAL + '''
x = unicode(y), unichr(1), long(2), isinstance(y, basestring), StandardError, raw_input(), input()
for k, v in d.iteritems():
    print(k, d.keys()[0], list(d.values()), d.iterkeys(), d.viewitems(), zip(d, d), sorted(zip(d, d)), range(3)[1:])
'''
        tool = RefactoringTool(['lib2to3.fixes.fix_' + name for name in (
            'basestring', 'dict', 'input', 'long', 'print', 'raw_input', 'standarderror', 'unicode', 'xrange', 'zip')])
        expected = str(tool.refactor_string(source, FILENAME))
        self.assertEqual(ast.dump(ast.parse(expected)), ast.dump(ast.parse(translate(source).text)))

    def test_implicit_relative_imports_only_in_packages(self):
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            for name in ('__init__.py', 'sibling.py'):
                open(os.path.join(folder, name), 'w').close()
            filename = os.path.join(folder, 'module.py')
            source = 'import sibling\nprint "x"\n'
            self.assertEqual('import sibling\nprint("x")\n', python2.translate(source, filename).text)
            self.assertEqual('from . import sibling\nprint("x")\n', python2.translate(source, filename, package=True).text)

    def test_tabs(self):
        source = 'if 1:\n\tx = """a\n\tb"""\n        print x\n'
        self.assertEqual('a\n\tb\n', execute(source))
        source = 'if 1:\n\tx = xrange(2)\n        print(x[1])\n'
        self.assertEqual('1\n', execute(source))
        source = 'if 1:\n\tprint "tabs only"\n'
        self.assertEqual('if 1:\n\tprint("tabs only")\n', translate(source).text)

    def test_python_2_print_function(self):
        source = 'from __future__ import print_function\nprint("a", `1`, sep="-")\n'
        self.assertEqual('a-1\n', execute(source))

    def test_python_3_stays_as_it_is(self):
        source = 'class A(B, metaclass=M):\n    pass\n\nprint("a", "b", file=f, sep="")\nprint(f"{range(3)} {d.keys()}")\n'
        self.assertEqual(source, translate(source).text)
        source = 'match x:\n    case [1, *_]:\n        print("a", "b", sep="")\n'
        self.assertEqual(source, translate(source).text)

    def test_what_is_neither_raises_the_error_of_python_3(self):
        for source in ('f() = 1', 'x = (1', 'if 1:\nprint("x")'):
            with self.subTest(source):
                with self.assertRaises(SyntaxError) as expected:
                    compile(source + '\n', FILENAME, 'exec')
                with self.assertRaises(SyntaxError) as actual:
                    python2.compile_translated(translate(source), FILENAME)
                self.assertEqual(str(expected.exception), str(actual.exception))


class ExecutionTest(unittest.TestCase):

    def test_output(self):
        for source, expected in [
            ('print "a", 1, u"b",\nprint 0777, 10L', 'a 1 b 511 10\n'),
            ('print map(None, [1, 2]), map(None, [1, 2], [3])', '[1, 2] [(1, 3), (2, None)]\n'),
            ('print apply(max, (1, 2)), cmp(1, 2), reduce(lambda x, y: x + y, [1, 2]), intern("a")', '2 -1 3 a\n'),
            ('def f((a, b), c):\n    return a + b + c\nprint f((1, 2), 3), [x for x in 1, 2 for y in 3, 4]', '6 [1, 1, 2, 2]\n'),
            ('try:\n    raise ValueError, "x"\nexcept (KeyError, ValueError), e:\n    print `e.args`', "('x',)\n"),
            ('try:\n    raise KeyError(1, 2)\nexcept KeyError, (a, b):\n    print a, b', '1 2\n'),
            ('exec "a = 1"\nexec "b = a" in globals()\nprint b', '1\n'),
            ('import Queue\nqueue = Queue.Queue()\ntry:\n    queue.get(False)\nexcept Queue.Empty:\n    print "empty"', 'empty\n'),
            ('import thread\nlock = thread.allocate_lock()\nprint lock.acquire(), lock.acquire(0), lock.locked()',
             'True False True\n'),
            ('class A:\n    def __iter__(self): return self\n    def next(self): raise StopIteration\nprint list(A())', '[]\n'),
            ('def f():\n    yield 1\nprint f().next(), {1: 2}.has_key(1)', '1 True\n'),
            ('class M(type):\n    pass\nclass A:\n    "doc"\n    __metaclass__ = M\nprint type(A).__name__, A.__doc__', 'M doc\n'),
            ('from itertools import imap, count\nprint imap(str, count()).next()', '0\n'),
            ('import sys\nprint >>sys.stdout, 7L.bit_length()', '3\n'),
            ('list = [1]\nstr = "a"\nprint map(unicode, list)', "['1']\n"),
            ('# no newline at the end\nprint "x"', 'x\n'),
        ]:
            with self.subTest(source):
                self.assertEqual(expected, execute(source))

    def test_input(self):
        self.assertEqual('a 2 3\n', execute('n = 2\nx = raw_input()\ny = input()\nprint x, y, input()', 'a\nn\n1 + n\n'))

    def test_execfile(self):
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'x.py')
            with open(path, 'w') as file:
                file.write('x = 1\n')
            self.assertEqual('1 2\n', execute('d = {"y": 2}\nexecfile(%r)\nexecfile(%r, d)\nprint x, d["y"]' % (path, path)))


class LineNumberTest(unittest.TestCase):

    # Fixers remove the line of __metaclass__ and insert those that unpack tuples and import atexit.
    SOURCE = '''import sys
sys.exitfunc = list
class A(object):
    __metaclass__ = type

    def f(self, (a, b), c):
        """Documented."""
        x = """two
        lines"""
        # a comment
        try:
            a / b
        except ZeroDivisionError, (e,):
            raise ValueError, (
                x)
A().f((1, 1), 0)
%s
'''

    def test_lines_that_do_not_move_need_no_map(self):
        self.assertIsNone(translate('# comment\n\nprint """a\nb""", \\\n  1\nimport Queue\n').lines)

    def test_lines_that_move(self):
        translation = translate(self.SOURCE % '')
        new = translation.text.split('\n')
        old = (self.SOURCE % '').split('\n')
        self.assertEqual(len(new), len(translation.lines))
        moved = 0
        for line in ('import sys', '        # a comment', '        x = """two', '        lines"""', 'A().f((1, 1), 0)'):
            self.assertEqual(old.index(line) + 1, translation.lines[new.index(line)], line)
            moved += old.index(line) != new.index(line)
        self.assertGreater(moved, 0)

    def test_errors_have_the_original_line(self):
        self.assertEqual(18, error_line(self.SOURCE % '\n1 / 0'))
        self.assertEqual(14, error_line(self.SOURCE % 'A().f((1, 0), 0)'))
        self.assertEqual(4, error_line('print "x", \\\n  1\n\nprint 1 / 0'))
        self.assertEqual(3, error_line('x = xrange(3)\n\n1 / 0'))

    def test_syntax_errors_have_the_original_line(self):
        for source, line in [('print "x"\nf() = 1', 2), ('def f((a, b)):\n    return a\n\nf() = 1', 4)]:
            with self.subTest(source), self.assertRaises(SyntaxError) as caught:
                python2.compile_translated(translate(source), FILENAME)
            self.assertEqual(line, caught.exception.lineno)

    def test_flags_are_not_inherited(self):
        self.assertFalse(python2.compile_translated(translate('print "x"'), FILENAME).co_flags & 0x1000000)


class TransportTest(unittest.TestCase):

    def test_a_translation_can_be_pickled(self):
        for source in ('print "x"', LineNumberTest.SOURCE % ''):
            translation = translate(source)
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                copy = pickle.loads(pickle.dumps(translation, protocol))
                self.assertEqual((translation.text, translation.lines), (copy.text, copy.lines))


class DecodeTest(unittest.TestCase):

    def test_text(self):
        for data, text in [
            (b'', ''),
            (b'x = 1', 'x = 1'),
            (b'a\r\nb\rc\n', 'a\nb\nc\n'),
            ('x = "\u00e9"\n'.encode(), 'x = "\u00e9"\n'),
            (b'\xef\xbb\xbfx = "\xc3\xa9"\n', 'x = "\u00e9"\n'),
            (b'\xef\xbb\xbf# coding: utf-8\n', '# coding: utf-8\n'),
            (b'# -*- coding: latin-1 -*-\nx = "\xe9"\n', '# -*- coding: latin-1 -*-\nx = "\u00e9"\n'),
            (b'#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = "\x80"\n',
             '#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = "\u20ac"\n'),
            (b'#\r\n# coding: latin-1\r\n"\xe9"\r\n', '#\n# coding: latin-1\n"\u00e9"\n'),
            (b'x = 1\n# coding: ascii\ny = "\xc3\xa9"\n', 'x = 1\n# coding: ascii\ny = "\u00e9"\n'),
            (b'print "caf\xe9"\n', 'print "caf\u00e9"\n'),
        ]:
            with self.subTest(data):
                self.assertEqual(text, python2.decode(data))

    def test_no_text(self):
        for data, message, line in [
            (b'x\0y', 'source code cannot contain null bytes', 1),
            (b'x = 1\ny = "\xe9"\n', "(unicode error) 'utf-8' codec can't decode byte 0xe9 in position 11: ", 2),
            (b'# coding: ascii\nprint "\xe9"\n', "(unicode error) 'ascii' codec can't decode byte 0xe9 in position 23: ", 2),
            (b'# coding: nothing-like-this\n', 'encoding problem: nothing-like-this', 1),
            (b'# coding: hex\n', 'encoding problem: hex', 1),
            (b'\xef\xbb\xbf# coding: latin-1\n', 'encoding problem: latin-1 with BOM', 1),
        ]:
            with self.subTest(data):
                with self.assertRaises(SyntaxError) as caught:
                    python2.decode(data, FILENAME)
                self.assertTrue(caught.exception.msg.startswith(message), caught.exception.msg)
                self.assertEqual((FILENAME, line), (caught.exception.filename, caught.exception.lineno))
                with self.assertRaises(SyntaxError):
                    python2.decode(data)


if __name__ == '__main__':
    unittest.main()
