"""Named shared memory: `multiprocessing.shared_memory` as CPython has it on Linux. Passes on CPython 3.11 too."""

import gc
import io
import multiprocessing
import os
import pickle
import struct
import unittest
from multiprocessing import shared_memory
from multiprocessing.managers import SharedMemoryManager


def greet(block):
    """Runs in a child: writes to the block that it was given, or that has the name that it was given."""
    if isinstance(block, str):
        block = shared_memory.SharedMemory(block)
    block.buf[:5] = b'child'
    block.close()


def raise_all(shared):
    """Runs in a child: changes a list."""
    for i, item in enumerate(shared):
        if isinstance(item, int):
            shared[i] = item + 1


class TestSharedMemory(unittest.TestCase):

    def create(self, size=100, **options):
        block = shared_memory.SharedMemory(create=True, size=size, **options)
        self.addCleanup(block.unlink)
        self.addCleanup(block.close)
        return block

    def test_a_buffer(self):
        buf = self.create(40).buf
        self.assertIsInstance(buf, memoryview)
        self.assertEqual((len(buf), buf.nbytes, buf.format, buf.itemsize, buf.readonly, buf.c_contiguous, buf.shape),
                         (40, 40, 'B', 1, False, True, (40,)))
        self.assertEqual(bytes(buf), bytes(40))
        buf[0], buf[-1] = 1, 255
        buf[1:4] = b'abc'
        buf[10:20:2] = bytearray(b'vwxyz')
        self.assertEqual(bytes(buf[:5]), b'\1abc\0')
        self.assertEqual(buf[10:20].tobytes(), b'v\0w\0x\0y\0z\0')
        self.assertEqual(buf[18:9:-2].tolist(), list(b'zyxwv'))
        buf[1:4] = buf[0:3]
        self.assertEqual(bytes(buf[:5]), b'\1\1ab\0')
        self.assertEqual((b'a' in buf, ord('a') in buf, buf[39]), (False, True, 255))
        buf[-3:] = memoryview(b'0123456789')[5:8]
        buf[:0] = b''
        buf[30:20] = b''
        buf[100:] = b''
        self.assertEqual(bytes(buf[-4:]), b'\x00567')
        with self.assertRaisesRegex(ValueError, '^memoryview assignment: lvalue and rvalue have different structures$'):
            buf[0:2] = memoryview(b'ab').cast('b')
        with self.assertRaisesRegex(TypeError, "a bytes-like object is required, not 'str'$"):
            buf[0:2] = 'ab'
        with self.assertRaisesRegex(TypeError, '^cannot modify read-only memory$'):
            buf.toreadonly()[0:2] = b'ab'
        numbers = buf[8:24].cast('i')
        numbers[0:2] = memoryview(struct.pack('ii', 1, -2)).cast('i')
        numbers[1:3] = numbers[0:2]
        self.assertEqual(numbers.tolist(), [1, 1, -2, 0])
        with self.assertRaises(ValueError):
            numbers[0:2] = struct.pack('ii', 1, 2)
        numbers.release()
        released = buf[0:2]
        released.release()
        with self.assertRaises(ValueError):
            released[0:1] = b'x'
        buf[8:24] = bytes(16)
        with self.assertRaises(IndexError):
            buf[40]
        with self.assertRaises(ValueError):
            buf[0] = 256
        with self.assertRaises(ValueError):
            buf[0:2] = b'xyz'
        with self.assertRaises(TypeError):
            buf[0] = 1.5

    def test_what_works_on_buffers(self):
        block = self.create(64)
        struct.pack_into('<id', block.buf, 8, -7, 2.5)
        self.assertEqual(struct.unpack_from('<id', block.buf, 8), (-7, 2.5))
        self.assertEqual(io.BytesIO(b'file').readinto(block.buf[30:40]), 4)
        self.assertEqual(bytes(block.buf[30:36]), b'file\0\0')
        self.assertEqual(bytearray(block.buf[30:34]), b'file')
        self.assertEqual(int.from_bytes(block.buf[8:12], 'little', signed=True), -7)
        with memoryview(block.buf) as view, view.cast('d') as doubles:
            doubles[4] = 0.5
            self.assertEqual(doubles[4], 0.5)
            self.assertEqual((len(doubles), doubles.tolist()[4:]), (8, [0.5, 0.0, 0.0, 0.0]))
        with block.buf[:12].cast('i') as ints:
            self.assertEqual(ints.tolist()[2], -7)
        gc.collect()

    def test_all_formats(self):
        block = self.create(64)
        for format, value in (('b', -1), ('B', 255), ('h', -2), ('H', 65535), ('i', -3), ('I', 2 ** 32 - 1), ('q', -4),
                              ('Q', 2 ** 64 - 1), ('f', 0.25), ('d', 1.1), ('?', True), ('c', b'x')):
            with block.buf.cast(format) as view:
                view[1] = value
                self.assertEqual(view[1], value)
        gc.collect()

    def test_attaching(self):
        block = self.create(100)
        other = shared_memory.SharedMemory(block.name)
        self.assertEqual((other.size, other.name), (block.size, block.name))
        other.buf[0] = 9
        self.assertEqual(block.buf[0], 9)
        other.close()
        self.assertEqual(block.buf[0], 9)
        self.assertEqual(repr(block), 'SharedMemory(%r, size=%d)' % (block.name, block.size))

    def test_close(self):
        block = self.create()
        buf = block.buf
        block.close()
        block.close()
        self.assertIsNone(block.buf)
        with self.assertRaisesRegex(ValueError, 'operation forbidden on released memoryview object'):
            buf[0]

    def test_names(self):
        name = 'test_names_%d' % os.getpid()
        block = self.create(name=name)
        self.assertEqual(block.name, name)
        with self.assertRaisesRegex(FileExistsError, r"\[Errno 17\] File exists: '/%s'" % name):
            shared_memory.SharedMemory(name, create=True, size=1)
        with self.assertRaisesRegex(FileNotFoundError, r"\[Errno 2\] No such file or directory: '/%s_'" % name):
            shared_memory.SharedMemory(name + '_')
        for bad in 'a/b', '', 'x' * 300:
            with self.assertRaisesRegex(OSError, r'\[Errno 22\] Invalid argument'):
                shared_memory.SharedMemory(bad, create=True, size=1)

    def test_sizes(self):
        for size in 0, -1:
            with self.assertRaises(ValueError):
                shared_memory.SharedMemory(create=True, size=size)
        self.assertEqual(self.create(5000).size, 5000)

    def test_unlink(self):
        block = shared_memory.SharedMemory(create=True, size=10)
        other = shared_memory.SharedMemory(block.name)
        block.unlink()
        other.buf[0] = 3
        self.assertEqual(block.buf[0], 3)
        with self.assertRaises(FileNotFoundError):
            shared_memory.SharedMemory(block.name)
        with self.assertRaises(FileNotFoundError):
            block.unlink()
        again = self.create(20, name=block.name)
        self.assertEqual((again.buf[0], block.buf[0]), (0, 3))
        block.close()
        other.close()

    def test_pickling(self):
        block = self.create()
        other = pickle.loads(pickle.dumps(block))
        other.buf[1] = 7
        self.assertEqual((block.buf[1], other.size), (7, block.size))
        other.close()

    def test_processes(self):
        context = multiprocessing.get_context('spawn')
        block = self.create()
        for argument in block.name, block:
            block.buf[:5] = bytes(5)
            process = context.Process(target=greet, args=(argument,))
            process.start()
            process.join()
            self.assertEqual((process.exitcode, bytes(block.buf[:6])), (0, b'child\0'))

    def test_descriptors(self):
        import _posixshmem
        name = '/test_descriptors_%d' % os.getpid()
        fd = _posixshmem.shm_open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        self.assertEqual(os.fstat(fd).st_size, 0)
        os.ftruncate(fd, 30)
        self.assertEqual(os.fstat(fd).st_size, 30)
        os.close(fd)
        with self.assertRaises(OSError):
            os.fstat(fd)
        block = shared_memory.SharedMemory(name[1:])
        self.assertEqual(block.size, 30)
        block.close()
        block.unlink()


class TestShareableList(unittest.TestCase):

    def create(self, *arguments, **options):
        shared = shared_memory.ShareableList(*arguments, **options)
        self.addCleanup(shared.shm.unlink)
        self.addCleanup(shared.shm.close)
        return shared

    def test_items(self):
        items = ['text', b'bytes', -1.5, 2 ** 62, None, True, False, '']
        shared = self.create(items)
        self.assertEqual((list(shared), len(shared)), (items, 8))
        shared[0], shared[3], shared[4] = 'short', -5, 'Tuer'
        self.assertEqual((shared[0], shared[-5], shared[4], shared.count(True), shared.index(-1.5)), ('short', -5, 'Tuer', 1, 2))
        with self.assertRaises(IndexError):
            shared[8]
        with self.assertRaisesRegex(ValueError, 'bytes/str item exceeds available storage'):
            shared[0] = 'far too long'
        self.assertIn(shared.shm.name, repr(shared))

    def test_processes(self):
        shared = self.create([1, 'a', 41])
        process = multiprocessing.get_context('spawn').Process(target=raise_all, args=(shared,))
        process.start()
        process.join()
        self.assertEqual((process.exitcode, list(shared)), (0, [2, 'a', 42]))

    def test_manager(self):
        with SharedMemoryManager(ctx=multiprocessing.get_context('spawn')) as manager:
            shared = manager.ShareableList(range(3))
            block = manager.SharedMemory(size=10)
            self.assertEqual((list(shared), block.size), ([0, 1, 2], 10))
            names = shared.shm.name, block.name
            shared.shm.close()
            block.close()
        for name in names:
            with self.assertRaises(FileNotFoundError):
                shared_memory.SharedMemory(name)


if __name__ == '__main__':
    unittest.main()
