"""What the standard library builds of processes and managers: executors for `asyncio`, and types of a manager's own."""

import asyncio
import multiprocessing
import os
import unittest
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.managers import BaseManager, BaseProxy

context = multiprocessing.get_context('spawn')


def square(x):
    return x * x, os.getpid()


class ExecutorTest(unittest.TestCase):

    def test_asyncio_runs_functions_in_worker_processes(self):
        async def main():
            loop = asyncio.get_running_loop()
            with ProcessPoolExecutor(2, mp_context=context) as executor:
                return await asyncio.gather(*(loop.run_in_executor(executor, square, x) for x in range(6)))

        results = asyncio.run(main())
        self.assertEqual([result for result, pid in results], [x * x for x in range(6)])
        self.assertNotIn(os.getpid(), {pid for result, pid in results})

    def test_asyncio_hears_that_a_worker_died(self):
        async def main():
            with ProcessPoolExecutor(1, mp_context=context) as executor:
                await asyncio.get_running_loop().run_in_executor(executor, os._exit, 3)

        self.assertRaises(BrokenProcessPool, asyncio.run, main())


class Tree:
    """A node, and below it those that were made there."""

    def __init__(self, name):
        self.name = name
        self.below = []

    def make(self, name):
        self.below.append(Tree(name))
        return self.below[-1]

    def names(self):
        return [self.name, *(name for tree in self.below for name in tree.names())]

    def hidden(self):
        raise AssertionError('nobody can call this from outside')


class TreeProxy(BaseProxy):
    _exposed_ = ('make', 'names')
    _method_to_typeid_ = {'make': 'Branch'}

    def make(self, name):
        return self._callmethod('make', (name,))

    def names(self):
        return self._callmethod('names')


class Forest(BaseManager):
    pass


Forest.register('Tree', Tree, proxytype=TreeProxy)
# Of what exists already; who asks for a 'Tree' has a new one made.
Forest.register('Branch', proxytype=TreeProxy, create_method=False)
Forest.register('Plain', Tree, exposed=('names',))


class ManagerTest(unittest.TestCase):

    def test_a_method_returns_a_proxy_of_a_registered_type(self):
        with Forest(ctx=context) as forest:
            root = forest.Tree('root')
            root.make('branch').make('leaf')
            self.assertEqual(root.names(), ['root', 'branch', 'leaf'])

    def test_only_what_is_exposed_can_be_called(self):
        with Forest(ctx=context) as forest:
            plain = forest.Plain('plain')
            self.assertEqual(plain.names(), ['plain'])
            self.assertFalse(hasattr(plain, 'make'))
            with self.assertRaises(multiprocessing.managers.RemoteError):
                plain._callmethod('hidden')


if __name__ == '__main__':
    unittest.main()
