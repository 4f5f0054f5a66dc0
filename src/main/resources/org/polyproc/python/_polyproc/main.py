"""A main process: executes what `python3` would be given on its command line, with its errors and exit codes.

The rules are those of CPython's Modules/main.c: what `sys.argv`, `sys.path[0]` and `__main__` hold, which error goes with which
exit code, and what happens between the last line of the script and the end of the process.
"""

import os
import sys

from _polyproc import LibraryImporter, kernel, options, source

EXIT_CANT_OPEN = 2
EXIT_INTERRUPTED = 130
EXIT_FLUSH_FAILED = 120


# What of the options concerns the main module only.
skip_first_line = False

# What a function that Java asks for is called with, as a node of `_polyproc.twins`.
function_arguments = None


def run(kind, target, arguments, words, python2, verbose, handed):
    """Execute a main program and return its exit code.

    kind -- 'SCRIPT', 'MODULE', 'CODE', 'FUNCTION', 'STDIN' or 'VERSION'; what `target` is
    arguments -- what follows in `sys.argv`
    words -- the interpreter's options, see `options.read`
    python2 -- 'AUTO', 'ALWAYS' or 'NEVER': which sources are translated
    verbose -- say on standard error what was translated
    handed -- a node of `_polyproc.twins`: the arguments of a function
    """
    LibraryImporter.end()
    source.mode = python2
    if verbose:
        source.on_translated = tell_translation
    global skip_first_line, function_arguments
    function_arguments = handed
    sys.argv = [target, *arguments]
    sys.orig_argv = [sys.executable, *words, *ORIGINAL_WORDS[kind], *([target] if target else []), *arguments]
    try:
        read = options.read(words)
        options.apply(read)
    except options.InvalidOption as error:
        print('polyproc: %s' % error, file=sys.stderr)
        return flush(1)
    skip_first_line = read['skip_first_line']
    options.import_site()
    try:
        code = execute(PROGRAMS[kind], target)
    finally:
        finish()
    publish()
    return flush(code)


def execute(program, target):
    """Call a function that executes the program; print what it raises and return the exit code."""
    try:
        return int(program(target) or 0) & 0xff
    except SystemExit as exit:
        return exit_code(exit)
    except BaseException as error:
        print_exception(error)
        return EXIT_INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1


def exit_code(exit):
    """Return the exit code that a SystemExit asks for; print its text, if that is what it has."""
    code = exit.code
    if code is None:
        return 0
    if isinstance(code, int):
        return int(code) & 0xff
    note_error(exit)
    sys.stdout.flush()
    print(code, file=sys.stderr)
    return 1


def note_error(error):
    """Tell the kernel which exception ends this process, in the words that end a traceback."""
    cls = type(error)
    name = cls.__qualname__
    if cls.__module__ not in ('__main__', 'builtins'):
        name = '%s.%s' % (cls.__module__, name)
    try:
        text = str(error)
    except Exception:
        text = '<exception str() failed>'
    kernel.process.noteError('%s: %s' % (name, text) if text else name)


def print_exception(error):
    """Print a traceback that shows the program and not polyproc, whose modules are builtin ones on CPython."""
    traceback = without_polyproc(error.__traceback__)
    try:
        error.__traceback__ = traceback
    except AttributeError:
        pass  # An exception of Java's has none.
    note_error(error)
    try:
        sys.excepthook(type(error), error, traceback)
    except SystemExit:
        raise
    except BaseException as failure:
        print('Error in sys.excepthook:', file=sys.stderr)
        sys.__excepthook__(type(failure), failure, failure.__traceback__)
        print('\nOriginal exception was:', file=sys.stderr)
        sys.__excepthook__(type(error), error, traceback)


def without_polyproc(traceback):
    """Take polyproc's own frames out of a traceback."""
    frames = []
    while traceback is not None:
        if not traceback.tb_frame.f_code.co_filename.startswith('<polyproc>/_'):
            frames.append(traceback)
        traceback = traceback.tb_next
    for frame, following in zip(frames, frames[1:] + [None]):
        frame.tb_next = following
    return frames[0] if frames else None


def run_script(path):
    """Execute a file, or the `__main__` module of a folder or zip archive."""
    if os.path.isdir(path):
        return run_importable(path)
    try:
        with open(path, 'rb') as file:
            data = file.read()
    except OSError as error:
        print("%s: can't open file %r: [Errno %d] %s" % (
            sys.executable or 'polyproc', os.path.abspath(path), error.errno, error.strerror), file=sys.stderr)
        return EXIT_CANT_OPEN
    if data[-22:-18] == b'PK\x05\x06':
        return run_importable(path)
    add_first_path(os.path.dirname(os.path.realpath(path)))
    if skip_first_line:
        data = data[data.find(b'\n'):] if b'\n' in data else b''
    from importlib.machinery import SourceFileLoader, SourcelessFileLoader
    if path.endswith('.pyc'):
        loader = SourcelessFileLoader('__main__', path)
        execute_code(loader.get_code('__main__'), __file__=path, __cached__=None, __loader__=loader)
    else:
        execute_source(data, path, __file__=path, __cached__=None, __loader__=SourceFileLoader('__main__', path))


def run_importable(path):
    sys.path.insert(0, path)
    import runpy
    runpy._run_module_as_main('__main__', False)


def run_module(name):
    """Execute a module by its name, as `-m` does."""
    sys.argv[0] = '-m'
    add_first_path(os.getcwd())
    import runpy
    runpy._run_module_as_main(name)


def run_code(text):
    """Execute code from the command line, as `-c` does."""
    sys.argv[0] = '-c'
    add_first_path('')
    execute_source((text + '\n').encode('utf-8', 'surrogateescape'), '<string>')


def run_function(name):
    """Call a function that Java asks for."""
    sys.argv[0] = ''
    add_first_path(os.getcwd())
    from _polyproc import twins
    module, _, function = name.partition(':')
    __import__(module)
    getattr(sys.modules[module], function)(*twins.from_java(function_arguments))


def run_stdin(_):
    """Execute the code that standard input has."""
    add_first_path('')
    execute_source(sys.stdin.buffer.read(), '<stdin>')


def print_version(which):
    print('Python', sys.version if which == 'full' else sys.version.partition(' ')[0])


def add_first_path(folder):
    """Let modules be found in the program's folder, unless the options say that this is not safe."""
    if not sys.flags.safe_path:
        sys.path.insert(0, folder)


PROGRAMS = {
    'SCRIPT': run_script, 'MODULE': run_module, 'CODE': run_code, 'FUNCTION': run_function, 'STDIN': run_stdin,
    'VERSION': print_version}
ORIGINAL_WORDS = {'SCRIPT': (), 'MODULE': ('-m',), 'CODE': ('-c',), 'FUNCTION': (), 'STDIN': (), 'VERSION': ('-V',)}


def execute_source(data, filename, **attributes):
    code = source.compile_bytes(data, filename)
    if source.translations:
        source.become_python2(None if sys.flags.safe_path else sys.path[0])
    execute_code(code, **attributes)


def execute_code(code, **attributes):
    main = sys.modules['__main__']
    main.__spec__ = None
    main.__dict__.update(attributes)
    exec(code, main.__dict__)


def tell_translation(filename, reason):
    print('polyproc: %s is Python 2 (%s) and was translated in memory' % (filename, reason), file=sys.stderr)


def finish():
    """Do what an interpreter does at its end: wait for threads, call what `atexit` has."""
    if 'threading' in sys.modules:
        try:
            sys.modules['threading']._shutdown()
        except BaseException as error:
            print_exception(error)
    if 'atexit' in sys.modules:
        try:
            sys.modules['atexit']._run_exitfuncs()
        except BaseException:
            # All callbacks were called and what they raised was printed; as on CPython it does not count.
            pass


def flush(code):
    """Flush standard output and error; return the exit code, which a failure changes if it was 0."""
    try:
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
    except OSError as error:
        print('Exception ignored in: %r\n%s: %s' % (sys.stdout, type(error).__name__, error), file=sys.stderr)
        code = code or EXIT_FLUSH_FAILED
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:
        code = code or EXIT_FLUSH_FAILED
    return code


def publish():
    """Leave the main module's shared values and arrays for Java."""
    sharedctypes = sys.modules.get('multiprocessing.sharedctypes')
    if sharedctypes is not None:
        for name, value in list(vars(sys.modules['__main__']).items()):
            sharedctypes.publish(name, value)
