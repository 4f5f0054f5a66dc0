import thread
import time

#lock = thread.allocate_lock()
#lock.acquire() get lock, lock.acquire(0) don't wait for it
#lock.release() release lock, which must be locked
#lock.locked() look

lock = thread.allocate_lock()#Locking
number = [0]
ended = []

def add(add_value):
    for i in xrange(1,6):
        lock.acquire()
        try:
            old = number[0]
            time.sleep(0.01)
            number[0] = old + add_value
        finally:
            lock.release()
    ended.append(add_value)

print "locked:", lock.locked()
print "acquire:", lock.acquire()
print "locked:", lock.locked()
print "acquire(0):", lock.acquire(0)
lock.release()
print "locked:", lock.locked()

try:
    lock.release()
except thread.error, e:
    print "release:", e

with lock:
    print "with lock:", lock.locked()
print "locked:", lock.locked()

for value in 1, 3:
    thread.start_new_thread(add, (value,))
while len(ended) < 2:
    time.sleep(0.01)
print "number =", number[0]
print "main end"
