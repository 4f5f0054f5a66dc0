"""Stands before `multiprocessing.spawn`: a child executes its parent's main file without `runpy`, if it is a plain one."""

from _polyproc import source as _source, standard as _standard


def _run_path(path_name, init_globals=None, run_name=None):
    """Do what `runpy.run_path` does."""
    if init_globals is not None or run_name is None or not path_name.endswith('.py'):
        import runpy
        return runpy.run_path(path_name, init_globals, run_name)
    code = _source.compile_file(path_name)
    module = types.ModuleType(run_name)
    module.__dict__.update(__file__=path_name, __cached__=None, __package__=_standard.parent_of(run_name))
    replaced = sys.modules.get(run_name)
    first_argument = sys.argv[0]
    sys.modules[run_name] = module
    sys.argv[0] = path_name
    try:
        exec(code, module.__dict__)
    finally:
        sys.argv[0] = first_argument
        if replaced is None:
            del sys.modules[run_name]
        else:
            sys.modules[run_name] = replaced
    return module.__dict__.copy()


_standard.load(globals(), runpy={'run_path': _run_path})
