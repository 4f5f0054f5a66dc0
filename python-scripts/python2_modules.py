import ConfigParser
import Queue
import StringIO
import cPickle as pickle
import urllib, urlparse
import UserDict
import __builtin__
from itertools import izip, imap, count

queue = Queue.Queue(2)
queue.put("first")
queue.put("second")
try:
    queue.put("third", False)
except Queue.Full:
    print "queue is full:", queue.qsize()
print queue.get(), queue.get(), queue.empty()

out = StringIO.StringIO()
print >>out, "into a buffer"
print repr(out.getvalue())

config = ConfigParser.ConfigParser()
config.add_section("lock")
config.set("lock", "timeout", "10")
print config.sections(), config.getint("lock", "timeout")
try:
    config.get("lock", "name")
except ConfigParser.NoOptionError, e:
    print "no option:", e.option

data = pickle.loads(pickle.dumps({"numbers": range(3)}, pickle.HIGHEST_PROTOCOL))
print data["numbers"]

print urllib.quote("a b&c/d"), urllib.unquote_plus("a%20b+c"), urllib.urlencode([("key", "a b"), ("n", 1)])
url = urlparse.urlparse("http://localhost:8080/lock;x?y=1#z")
print url.netloc, url.port, url.path, urlparse.parse_qs(url.query)["y"], urlparse.urljoin("http://localhost/a/b", "../c")

for n, square in izip(count(1), imap(lambda x: x * x, xrange(1, 4))):
    print n, square,
print UserDict.UserDict({"key": "value"})["key"], __builtin__.max(1, 2)
