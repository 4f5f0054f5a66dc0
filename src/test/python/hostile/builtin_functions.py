# The builtin functions that some system calls give: what they are bound to says nothing, and wrong arguments do nothing.
from multiprocessing import Pipe
from _polyproc import find_code, keep_code

first, second = kernel.channel.pair(True).first, kernel.channel.pair(True).second
send, receive = first.sender(False), second.receiver(True)
for function in send, receive, find_code, keep_code:
    bound = function.__self__
    assert not [name for name in dir(bound) if not name.startswith('__')], dir(bound)
    for name in 'channel', 'calls', 'forTasks', 'getClass', 'class':
        refused(lambda: getattr(bound, name), AttributeError)
    refused(lambda: bound(), TypeError)
    refused(lambda: bound[0], TypeError)
    refused(lambda: bytes(bound), TypeError)
    refused(lambda: function(*range(9)), TypeError)
for wrong in None, 5, 'text', [1], object(), send, bytearray(b'x'), kernel:
    assert send(wrong) is False, wrong
    assert find_code(wrong) is None, wrong
    keep_code(wrong, wrong)
view = memoryview(b'gone')
view.release()
assert send(view) is False
assert receive() is None

# What can't be done at once is left to the calls that wait: a message that is broken is still there for them.
a, b = Pipe()
os.write(a.fileno(), b'\x7f\xff\xff\xffx')
assert b._receives() is None
refused(lambda: b.recv_bytes(), OSError)
a.close()
assert b._sends(b'nobody') is False
refused(lambda: b.send_bytes(b'nobody'), BrokenPipeError)
contained()
