"""What hostile scripts have in common: this is put before each, since the host that runs them lets them read no file.

A script ends with `contained()`. Comments at its beginning say what else is expected:
    # exit: N     its exit code, 0 by default; a script that is killed prints nothing at its end
    # all         it runs in a host that allows files, sockets, environment and programs, too
"""


def refused(call, *kinds):
    """Call a function that must raise one of some exceptions; anything but what Java gets wrong by default."""
    try:
        result = call()
    except BaseException as error:
        assert isinstance(error, kinds or BaseException), (type(error), str(error))
        check_text(str(error))
        return error
    raise AssertionError('not refused: %r' % (result,))


def check_text(text):
    """An error must be a sentence about what the script did, and not one about the insides of Java code."""
    for internal in ('NullPointer', 'ClassCast', 'IndexOutOfBounds', 'Arithmetic', 'NegativeArraySize', 'NoSuchElement', 'UnsupportedOp',
                     'ConcurrentModification', 'IllegalMonitor', 'NumberFormat', 'Reflect', 'AssertionError'):
        assert internal not in text, text


def run_child(code, *arguments):
    """Start a daemonic process that executes code, in which `arguments` are what was passed."""
    from multiprocessing import Process
    process = Process(target=exec, args=(code, {'arguments': arguments}), daemon=True)
    process.start()
    return process


def contained():
    print('contained', flush=True)


import errno
import os
from _polyproc import kernel
