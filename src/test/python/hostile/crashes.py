# Ends processes in ways that would end a JVM, and traces them.
import sys

for code, exitcode in (('os._exit(7)', 7), ('os._exit(-1)', 255), ('os.abort()', -6), ('faulthandler._sigsegv()', -11),
                       ('faulthandler._read_null()', -11), ('faulthandler._sigabrt()', -6), ('sys.exit(300)', 300 & 255),
                       ('os.kill(os.getpid(), 9)', -9), ('raise SystemExit("text")', 1), ('raise KeyboardInterrupt', 1),
                       ('sys.setrecursionlimit(1 << 30)', 0), ('sys.settrace(lambda *a: sys.exit(9)); os.getcwd()\ndef f(): pass\nf()', 9),
                       ('threading.Thread(target=os._exit, args=(5,)).start(); time.sleep(60)', 5)):
    child = run_child('import faulthandler, os, sys, threading, time\n' + code)
    child.join()
    assert child.exitcode == exitcode, (code, child.exitcode)

depth = 0
def trace(frame, event, argument):
    global depth
    depth += 1
    return trace
sys.settrace(trace)
def traced():
    return 1 + 1
traced()
sys.settrace(None)
assert depth
contained()
