"""Stands before `multiprocessing.connection`: `wait` also takes the sentinels of polyproc's processes."""

from _polyproc import standard as _standard

_standard.load(globals())

_standard_wait = wait


def wait(object_list, timeout=None):
    """Wait till an object in object_list is ready/readable.

    Returns list of those objects in object_list which are ready/readable.
    """
    from . import popen_spawn_posix as popen

    object_list = list(object_list)
    sentinels = [item for item in object_list if isinstance(item, int) and item in popen.sentinels]
    if not sentinels:
        return _standard_wait(object_list, timeout)
    if len(object_list) == 1:
        return object_list if popen.wait_for(popen.sentinels[sentinels[0]].process, timeout) is not None else []
    readers = {popen.sentinels[item].reader(): item for item in sentinels}
    ready = _standard_wait([*readers, *(item for item in object_list if item not in sentinels)], timeout)
    return [readers.get(item, item) for item in ready]
