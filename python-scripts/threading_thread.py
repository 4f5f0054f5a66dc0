import threading

lock = threading.Lock()
may_end = threading.Event()

class Adder(threading.Thread):
    def __init__(self, number, add_value):
        threading.Thread.__init__(self)
        self.number = number
        self.add_value = add_value

    def run(self):#called by start
        print "%s starts, number = %d" % (self.getName(), self.number[0])
        for i in xrange(1,6):
            with lock:
                self.number[0] += self.add_value
        print "%s ends, number = %d" % (self.getName(), self.number[0])

def wait():
    may_end.wait()

if __name__ == "__main__":
    number = [0]
    for add_value in 1, 3:
        t = Adder(number, add_value)
        t.setName("add%d" % add_value)
        t.start()#Start
        t.join()
        print t.getName(), "alive:", t.is_alive()

    t = threading.Thread(target=wait, name="background")
    print t.getName(), "daemon:", t.isDaemon()
    t.setDaemon(True)
    print t.getName(), "daemon:", t.isDaemon()
    t.start()
    try:
        t.setDaemon(False)
    except RuntimeError, e:
        print "setDaemon:", e
    may_end.set()
    t.join()
    print "main thread:", threading.currentThread().getName()
    print "number =", number[0]
    print "main end"
