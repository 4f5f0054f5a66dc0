"""Python's option `-O`: `__debug__` is false, assertions and, with `-OO`, docstrings are left out of what is compiled.

GraalPy 25.0's option for it changes `__debug__` and `sys.flags` only; its compiler leaves them out if it is asked to by
`compile`'s argument. So `compile`, and `exec` and `eval` of source text, ask for it unless told otherwise. The standard library's
modules that are compiled already keep theirs.
"""

import builtins
import sys

_compile, _exec, _eval = builtins.compile, builtins.exec, builtins.eval

# What code inherits from the code that compiles it: `from __future__ import ...`.
INHERITED = 0xfe0000 | 0x1000000

level = 0


def compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1):
    """Compile as the builtin does, at the level of this process unless `optimize` says another one."""
    if not dont_inherit:
        flags |= sys._getframe(1).f_code.co_flags & INHERITED
    return _compile(source, filename, mode, flags, True, level if optimize == -1 else optimize,
                    _feature_version=_feature_version)


def exec(source, globals=None, locals=None, /, *, closure=None):
    """Execute code as the builtin does; source text is compiled at the level of this process."""
    code, globals, locals = _prepare(source, 'exec', globals, locals, sys._getframe(1))
    _exec(code, globals, locals, **({} if closure is None else {'closure': closure}))


def eval(source, globals=None, locals=None, /):
    """Evaluate an expression as the builtin does; source text is compiled at the level of this process."""
    return _eval(*_prepare(source, 'eval', globals, locals, sys._getframe(1)))


def _prepare(source, mode, globals, locals, caller):
    if globals is None:
        globals = caller.f_globals
        if locals is None:
            locals = caller.f_locals
    if isinstance(source, (str, bytes, bytearray, memoryview)):
        if mode == 'eval' and isinstance(source, str):
            source = source.lstrip(' \t')
        source = _compile(source, '<string>', mode, caller.f_code.co_flags & INHERITED, True, level)
    return source, globals, locals


def install(new_level):
    """Optimize what this process compiles from now on."""
    global level
    level = min(new_level, 2)
    setattr(builtins, '__debug__', False)
    for function in compile, exec, eval:
        function.__module__ = 'builtins'
        setattr(builtins, function.__name__, function)
