# Looks for files, sockets, programs, native code and what the JVM knows; in a child as well, which has no more rights.
CHECK = """
import os

def refused(call):
    try:
        result = call()
    except (OSError, NotImplementedError, RuntimeError, ImportError, AttributeError, ValueError) as error:
        return error
    raise AssertionError('not refused: %r' % (result,))

for path in '/etc/passwd', '/proc/self/environ', '/proc/self/mem', '../../etc/passwd', 'pom.xml', '/tmp', '/dev/shm':
    refused(lambda: open(path))
    refused(lambda: open(path, 'w'))
    refused(lambda: os.open(path, os.O_RDWR | os.O_CREAT))
    refused(lambda: os.unlink(path))
    refused(lambda: os.mkdir(path + 'x'))
assert os.listdir('/') == [], os.listdir('/')
refused(lambda: os.symlink('/etc/passwd', '/x'))
refused(lambda: os.rename('/etc', '/x'))
refused(lambda: __import__('tempfile').TemporaryFile())
assert 'PATH' not in os.environ and 'HOME' not in os.environ, dict(os.environ)
assert 'JAVA_HOME' not in os.environ

refused(lambda: os.fork())
refused(lambda: __import__('ctypes').CDLL('libc.so.6'))
refused(lambda: __import__('_multiprocessing_graalpy')._spawn_context(-1, -1, []))
refused(lambda: __import__('__graalpython__').dump_heap())
refused(lambda: __import__('__graalpython__').read_file('/etc/passwd'))
from _polyproc import find_code, keep_code, kernel
keep_code('multiprocessing.forged', compile('1', 'forged', 'exec'))
assert find_code('multiprocessing.forged') is None and kernel.source.keeper() is None
assert kernel.channel.listenAtFile('/tmp/socket', 1) == kernel.channel.connectToFile('/tmp/socket') == -13
"""
# GraalPy ends the process that asks for these.
for code in ("import socket; socket.create_connection(('127.0.0.1', 22), 1)", "import socket; socket.socket().bind(('127.0.0.1', 0))",
             "import subprocess; subprocess.run(['true'])", "import os; os.system('true')", "import os; os.execv('/bin/true', ['true'])",
             "import ctypes; ctypes.c_int.from_address(8).value", "import ctypes; ctypes.string_at(8)"):
    child = run_child(code)
    child.join()
    assert child.exitcode == 1, (code, child.exitcode)
exec(CHECK, {})
child = run_child(CHECK)
child.join()
assert child.exitcode == 0, child.exitcode
contained()
