# Writes lines without an end, and what is no text.
import sys

for _ in range(50):
    sys.stdout.write('x' * 100_000)
    sys.stderr.write('e' * 100_000)
child = run_child("import sys\nfor _ in range(30): sys.stdout.write('c' * 100_000)\nsys.stdout.buffer.write(bytes(range(256)) * 100)")
child.join()
assert child.exitcode == 0
sys.stdout.buffer.write(bytes(range(256)) * 100 + b'\xff\xfe\0\r\x1b[2J')
sys.stdout.write('\n')
contained()
