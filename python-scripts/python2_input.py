# reads python2_input.stdin.txt

name = raw_input("name? ")
print "hello", name

count = int(raw_input())
numbers = []
for i in xrange(count):
    numbers.append(int(raw_input("number %d? " % (i + 1))))
print "sum of", numbers, "is", sum(numbers)

value = input("expression? ")#evaluates
print "evaluated:", value

lines = 0
try:
    while True:
        line = raw_input()
        lines += 1
        print "%d: %s" % (lines, line.upper())
except EOFError:
    print "end of input after", lines, "more lines"
