# -*- coding: utf-8 -*-
import sys

print "print", "a", "statement", 1, 2L, 0777
print "no newline",
print "after a comma"
print
print >>sys.stdout, "to a file: %s" % sys.stdout.name
print >>sys.stderr, "this goes to standard error"
print("a", "tuple")

def fail(message):
    raise ValueError, message

try:
    fail("text")
except (KeyError, ValueError), e:
    print "except", `e.args`, 1 <> 2

exec "answer = 6 * 7"
exec "answer += 1" in globals()
print "exec", answer

d = {"one": 1}
print d.has_key("one"), d.has_key("two"), d.keys() + d.values()
for key, value in d.iteritems():
    print key, value

print xrange(3)[1], range(3) + [3], zip("ab", xrange(2)), map(None, [1], [2, 3])
print filter(None, [0, 1, 2]), reduce(lambda x, y: x + y, range(5)), cmp(1, 2)
print isinstance(u"text", unicode), isinstance("text", basestring), len(u"é"), unichr(65)
print long("12") + sys.maxint > 0, apply(max, (1, 2)), 7 // 2

def distance((x1, y1), (x2, y2)):
    return abs(x1 - x2) + abs(y1 - y2)

print distance((0, 0), (3, 4)), sorted([(1, "b"), (0, "a")], key=lambda (n, s): s)
