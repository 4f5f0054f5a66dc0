"""The interpreter's options: what python3's command line and environment variables say, and where a program sees it.

The rules are those of CPython's Python/initconfig.c. Children get their parent's options, as `subprocess` passes them on for
`multiprocessing` on CPython. GraalPy 25.0 knows only some of the options, and those when a context is made; its `sys.flags`
has other values than CPython's where nothing was asked for, and it has no `sys._xoptions`.
"""

import _imp
import os
import sys

from _polyproc import structs

FLAGS = ('debug', 'inspect', 'interactive', 'optimize', 'dont_write_bytecode', 'no_user_site', 'no_site', 'ignore_environment',
         'verbose', 'bytes_warning', 'quiet', 'hash_randomization', 'isolated', 'dev_mode', 'utf8_mode',
         'warn_default_encoding', 'safe_path', 'int_max_str_digits')

LEAST_MAX_STR_DIGITS = sys.int_info.str_digits_check_threshold


flags = structs.define('flags', 'sys', """What the command line and the environment say about the interpreter.""", FLAGS)


class InvalidOption(Exception):
    """An option's value can't be understood."""


def read(words):
    """Return the options of a command line and of the environment, for `apply`.

    words -- the options, each by itself, a value as the word after its option
    """
    letters, filters, xoptions, check_pycs = [], [], {}, None
    words = iter(words)
    for word in words:
        if word == '-W':
            filters.append(next(words))
        elif word == '-X':
            name, equals, value = next(words).partition('=')
            xoptions[name] = value if equals else True
        elif word == '--check-hash-based-pycs':
            check_pycs = next(words)
        else:
            letters.append(word[1])

    isolated = 'I' in letters
    ignore_environment = isolated or 'E' in letters
    environ = {} if ignore_environment else os.environ

    def number(letter, variable):
        value = environ.get(variable, '')
        if value:
            try:
                value = max(int(value), 0)
            except ValueError:
                value = 1
        return max(letters.count(letter), value or 0)

    def switch(name, variable):
        return name in xoptions or bool(environ.get(variable))

    dev_mode = switch('dev', 'PYTHONDEVMODE')
    bytes_warning = letters.count('b')
    return {
        'flags': (
            number('d', 'PYTHONDEBUG'), 0, 0, number('O', 'PYTHONOPTIMIZE'),
            1,  # As in every embedded GraalPy: no bytecode files are written.
            int(isolated or 's' in letters or bool(environ.get('PYTHONNOUSERSITE'))),
            int('S' in letters), int(ignore_environment), number('v', 'PYTHONVERBOSE'), bytes_warning,
            letters.count('q'),
            0,  # GraalPy gives a string the same hash in every run.
            int(isolated), dev_mode,
            utf8_mode(xoptions.get('utf8'), environ.get('PYTHONUTF8')),
            int(switch('warn_default_encoding', 'PYTHONWARNDEFAULTENCODING')),
            isolated or 'P' in letters or bool(environ.get('PYTHONSAFEPATH')),
            int_max_str_digits(xoptions, environ)),
        'warnoptions': warn_options(dev_mode, environ.get('PYTHONWARNINGS', ''), filters, bytes_warning),
        'xoptions': xoptions,
        'check_pycs': check_pycs,
        'pycache_prefix': xoptions.get('pycache_prefix', environ.get('PYTHONPYCACHEPREFIX')) or None,
        'faulthandler': dev_mode or switch('faulthandler', 'PYTHONFAULTHANDLER'),
        'unbuffered': 'u' in letters or bool(environ.get('PYTHONUNBUFFERED')),
        'path': [entry for entry in environ.get('PYTHONPATH', '').split(os.pathsep) if environ.get('PYTHONPATH')],
        'skip_first_line': 'x' in letters,
    }


def utf8_mode(option, variable):
    if option is None:
        if variable and variable not in ('0', '1'):
            raise InvalidOption('invalid PYTHONUTF8 environment variable value: %r' % variable)
        return int(variable or 0)
    if option not in (True, '0', '1'):
        raise InvalidOption('invalid -X utf8 option value: %r' % option)
    return int(option)


def int_max_str_digits(xoptions, environ):
    for name, value in (('-X int_max_str_digits', xoptions.get('int_max_str_digits')),
                        ('PYTHONINTMAXSTRDIGITS', environ.get('PYTHONINTMAXSTRDIGITS') or None)):
        if value is not None:
            try:
                digits = int(value) if value is not True else -1
            except ValueError:
                digits = -1
            if digits != 0 and digits < LEAST_MAX_STR_DIGITS:
                raise InvalidOption('%s: invalid limit; must be >= %d or 0 for unlimited: %s' % (
                    name, LEAST_MAX_STR_DIGITS, value))
            return digits
    return sys.int_info.default_max_str_digits


def warn_options(dev_mode, variable, filters, bytes_warning):
    """Return the warning filters that were asked for; the last one comes first."""
    options = ['default'] if dev_mode else []
    options += variable.split(',') if variable else []
    options += filters
    if bytes_warning:
        options.append('error::BytesWarning' if bytes_warning > 1 else 'default::BytesWarning')
    return list(dict.fromkeys(options))


def current():
    """Return the options of this process that its children get."""
    return {
        'flags': tuple(sys.flags),
        'warnoptions': list(sys.warnoptions),
        'xoptions': dict(sys._xoptions),
        'check_pycs': _imp.check_hash_based_pycs,
        'pycache_prefix': sys.pycache_prefix,
        'faulthandler': 'faulthandler' in sys.modules and sys.modules['faulthandler'].is_enabled(),
        'unbuffered': not sys.flags.ignore_environment and bool(os.environ.get('PYTHONUNBUFFERED')),
        'path': [],
    }


def apply(options):
    """Give this process its options, before it executes anything of the program."""
    sys.flags = tuple.__new__(flags, options['flags'])
    sys._xoptions = options['xoptions']
    sys.pycache_prefix = options['pycache_prefix']
    sys.set_int_max_str_digits(sys.flags.int_max_str_digits)
    if options['check_pycs']:
        _imp.check_hash_based_pycs = options['check_pycs']
    sys.path[:0] = options['path']
    open_streams(options['unbuffered'])
    if sys.flags.optimize:
        from _polyproc import optimize
        optimize.install(sys.flags.optimize)
    sys.warnoptions = options['warnoptions']
    if sys.warnoptions:
        import warnings
        warnings._processoptions(sys.warnoptions)
    if options['faulthandler']:
        import faulthandler
        faulthandler.enable()


def import_site():
    """Extend `sys.path` and the builtins by what `site` has, unless the options say otherwise."""
    if not sys.flags.no_site:
        import site


def inherit_site():
    """Do for a child what `site` does, without the work of it: the child gets its parent's `sys.path`."""
    if not sys.flags.no_site:
        import builtins
        from _sitebuiltins import Quitter, _Helper
        eof = 'Ctrl-D (i.e. EOF)'
        builtins.quit, builtins.exit, builtins.help = Quitter('quit', eof), Quitter('exit', eof), _Helper()


def open_streams(unbuffered):
    """Give the standard streams the encoding of PYTHONIOENCODING, and standard output no buffer if there shall be none."""
    if not sys.flags.ignore_environment and (wanted := os.environ.get('PYTHONIOENCODING')):
        encoding, _, errors = wanted.partition(':')
        try:
            for stream in sys.stdin, sys.stdout:
                stream.reconfigure(encoding=encoding or None, errors=errors or None)
            sys.stderr.reconfigure(encoding=encoding or None, errors='backslashreplace')
        except LookupError as error:
            raise InvalidOption('PYTHONIOENCODING: %s' % error)
    if unbuffered:
        sys.stdout.reconfigure(write_through=True)
