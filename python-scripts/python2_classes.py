class Countdown(object):
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def next(self):#called by for and list
        if not self.n:
            raise StopIteration
        self.n -= 1
        return self.n

    def __nonzero__(self):#called by bool
        return self.n > 0

c = Countdown(3)
print bool(c), c.next(), list(c), bool(c)

class Named(type):
    def __init__(cls, name, bases, namespace):
        cls.title = name.upper()

class Thing:
    __metaclass__ = Named

    def method(self):
        return "method of %s" % self.title

print Thing.title, Thing().method(), Thing().method.im_func.func_name
