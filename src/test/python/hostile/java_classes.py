# Looks for a way from Python objects to Java classes.
import java
import polyglot

NAMES = ('java.lang.System', 'java.lang.Runtime', 'java.lang.Class', 'java.lang.Thread', 'java.io.File', 'sun.misc.Unsafe',
         'org.polyproc.kernel.Kernel', 'org.polyproc.PythonHost', 'com.oracle.graal.python.runtime.PythonContext')
for name in NAMES:
    refused(lambda: java.type(name), NotImplementedError, KeyError)
refused(lambda: __import__('java.lang.System'), NotImplementedError, ImportError)
refused(lambda: java.add_to_classpath('/tmp'), NotImplementedError)
for language in 'python', 'js', 'java', 'host', 'nfi', 'llvm', 'regex':
    refused(lambda: polyglot.eval(language=language, string='1'), RuntimeError, NotImplementedError, ValueError)
refused(lambda: polyglot.export_value('x', 1), NotImplementedError)
refused(lambda: polyglot.import_value('x'), NotImplementedError)

from multiprocessing import Lock, Pipe, RawArray, Process
reader, writer = Pipe()
lock, array = Lock(), RawArray('b', 100)
writer.send('hello')
channel_pair = kernel.channel.pair(True)
objects = [
    kernel, kernel.process, kernel.semaphore, kernel.channel, kernel.file, kernel.memory, kernel.xml, kernel.source,
    kernel.process.pid, kernel.channel.numbers(), channel_pair, channel_pair.first, reader._channel, reader._channel.receive(-1),
    lock._semlock._call, lock._semlock._call.registers(), array._block.write, kernel.memory.allocate(10),
    kernel.memory.allocate(10).buffer(), kernel.xml.parser(None, True), kernel.process.progressBar(1, 50),
    refused(lambda: kernel.channel.poll(None, 0)), refused(lambda: kernel.process.rename(None)),
    refused(lambda: kernel.process.spawn('x', b'', b'', b'', [1]))]
MEMBERS = ('getClass', 'class', 'static', 'wait', 'notify', 'notifyAll', 'hashCode', 'equals', 'toString', 'clone', 'finalize', 'getCause',
           'getStackTrace', 'printStackTrace', 'getMessage', 'getSuppressed', 'self', 'kernel', 'end', 'hold', 'lock', 'semaphore',
           'segment', 'bytes', 'starter', 'descriptors', 'getInternalByteArray', 'buffer', 'parser', 'bar', 'memory')
EXPORTED = {'semaphore', 'memory', 'lock', 'parser', 'buffer'}
for thing in objects:
    for name in MEMBERS:
        if name in EXPORTED and (hasattr(thing, name) and not isinstance(getattr(thing, name), int)):
            continue
        refused(lambda: getattr(thing, name), AttributeError)
    for name in ('__read__', '__invoke__', '__write__', '__execute__', '__new__', '__getMembers__'):
        message = getattr(polyglot, name, None)
        if message is not None:
            refused(lambda: message(thing, 'getClass'))
    refused(lambda: setattr(thing, 'pid', lambda: 1))
    refused(lambda: setattr(thing, 'process', None))
    for view in vars(type(thing)), *(vars(base) for base in type(thing).__mro__):
        assert not any('polyproc' in str(key) for key in view), view
    assert 'at org.polyproc' not in str(thing) + repr(thing)
    refused(lambda: __import__('pickle').dumps(thing))
registers = memoryview(lock._semlock._call.registers())
refused(lambda: registers.__setitem__(0, 1), TypeError)
refused(lambda: registers[2], IndexError)
refused(lambda: memoryview(kernel.memory.allocate(10).buffer())[10], IndexError)
contained()
