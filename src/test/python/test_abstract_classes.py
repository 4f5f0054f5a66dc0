"""Abstract base classes, by `abc.ABCMeta` and its module `_abc`."""

import abc
import collections.abc
import contextlib
import io
import os
import stat
import sys
import unittest


class Shape(abc.ABC):

    sides = None

    @property
    @abc.abstractmethod
    def area(self):
        pass

    @abc.abstractmethod
    def name(self):
        pass


class AbstractMethodsTest(unittest.TestCase):

    def test_what_is_abstract_is_inherited_until_it_is_defined(self):
        class Named(Shape):
            def name(self):
                return 'named'

        class Square(Named):
            area = 4

        self.assertEqual(Shape.__abstractmethods__, {'area', 'name'})
        self.assertEqual(Named.__abstractmethods__, {'area'})
        self.assertEqual(Square.__abstractmethods__, frozenset())
        self.assertRaises(TypeError, Named)
        self.assertEqual(Square().area, 4)

    def test_what_says_so_is_abstract(self):
        class Mark:
            def __init__(self, mark):
                self.mark = mark

            @property
            def __isabstractmethod__(self):
                return self.mark

        class Marked(abc.ABC):
            yes = Mark(True)
            no = Mark(False)

        self.assertEqual(Marked.__abstractmethods__, {'yes'})

        def make():
            class Failing(abc.ABC):
                failing = Mark(FailingTruth())

        self.assertRaises(ZeroDivisionError, make)

    def test_names_that_a_base_invents(self):
        class Base(abc.ABC):
            __abstractmethods__ = None

        Base.__abstractmethods__ = ['name', 'missing']

        class Derived(Base):
            name = Shape.name

        self.assertEqual(Derived.__abstractmethods__, {'name'})


class FailingTruth:

    def __bool__(self):
        raise ZeroDivisionError


class RegistrationTest(unittest.TestCase):

    def test_registered_classes_and_those_below_are_subclasses(self):
        class Below(Shape):
            pass

        class Other:
            pass

        class OfOther(Other):
            pass

        other = OfOther()
        self.assertFalse(issubclass(OfOther, Shape))
        self.assertFalse(isinstance(other, Shape))
        token = abc.get_cache_token()
        self.assertIs(Below.register(Other), Other)
        self.assertNotEqual(abc.get_cache_token(), token)
        self.assertTrue(issubclass(OfOther, Shape))
        self.assertTrue(isinstance(other, Shape))
        self.assertTrue(isinstance(other, Below))
        self.assertNotIn(Shape, OfOther.__mro__)

    def test_builtin_classes(self):
        class Number(abc.ABC):
            pass

        self.assertNotIsInstance(3, Number)
        Number.register(int)
        self.assertIsInstance(3, Number)
        self.assertIsInstance(True, Number)
        self.assertTrue(issubclass(bool, Number))
        self.assertNotIsInstance('3', Number)

    def test_a_class_that_is_registered_twice_or_as_itself(self):
        class Own(abc.ABC):
            pass

        token = abc.get_cache_token()
        self.assertIs(Own.register(Own), Own)
        self.assertEqual(abc.get_cache_token(), token)
        Own.register(str)
        token = abc.get_cache_token()
        Own.register(str)
        self.assertEqual(abc.get_cache_token(), token)

    def test_what_can_not_be_registered(self):
        class Upper(abc.ABC):
            pass

        class Lower(Upper):
            pass

        with self.assertRaisesRegex(RuntimeError, '^Refusing to create an inheritance cycle$'):
            Lower.register(Upper)
        with self.assertRaisesRegex(TypeError, '^Can only register classes$'):
            Upper.register(3)
        with self.assertRaisesRegex(TypeError, r'^issubclass\(\) arg 1 must be a class$'):
            issubclass(3, Upper)

    def test_patterns_take_registered_classes_for_sequences_and_mappings(self):
        class List:
            def __len__(self):
                return 1

            def __getitem__(self, index):
                return ('item',)[index]

        class Dict:
            def __len__(self):
                return 1

            def get(self, key, default):
                return 'value'

        collections.abc.Sequence.register(List)
        collections.abc.Mapping.register(Dict)

        class OwnSequence(collections.abc.Sequence):
            __len__ = List.__len__
            __getitem__ = List.__getitem__

        def kind(thing):
            match thing:
                case [item]:
                    return item
                case {'key': value}:
                    return value

        self.assertEqual([kind(thing) for thing in (List(), OwnSequence(), Dict(), 3)], ['item', 'item', 'value', None])


class CheckTest(unittest.TestCase):

    def test_the_hook_decides(self):
        answers = []

        class Hooked(abc.ABC):
            @classmethod
            def __subclasshook__(cls, other):
                answers.append(other)
                return {int: True, str: False, bytes: 'yes'}.get(other, NotImplemented)

        Hooked.register(str)
        Hooked.register(float)
        answers.clear()
        for _ in range(2):
            self.assertEqual([issubclass(type, Hooked) for type in (int, str, float, list)], [True, False, True, False])
        self.assertEqual(answers[:3], [int, str, float])
        self.assertEqual(answers.count(int), 1)
        self.assertRaises(AssertionError, issubclass, bytes, Hooked)

    def test_a_class_that_an_object_claims_to_have(self):
        class Claims:
            __class__ = Shape

        self.assertIsInstance(Claims(), Shape)
        self.assertNotIsInstance(Claims(), collections.abc.Sized)

    def test_metaclasses_can_override_the_checks(self):
        class Meta(abc.ABCMeta):
            def __subclasscheck__(cls, subclass):
                return subclass is cls or subclass is int

        class Own(metaclass=Meta):
            pass

        class Above(abc.ABC):
            pass

        Above.register(Own)
        self.assertIsInstance(3, Own)
        self.assertTrue(issubclass(int, Above))
        self.assertFalse(issubclass(str, Above))

    def test_subclasses_that_are_no_list(self):
        class Strange(abc.ABC):
            __subclasses__ = classmethod(lambda cls: None)

        class Failing(abc.ABC):
            __subclasses__ = classmethod(lambda cls: 1 / 0)

        self.assertRaises(TypeError, issubclass, int, Strange)
        self.assertRaises(ZeroDivisionError, issubclass, int, Failing)

    def test_what_is_no_abstract_class(self):
        import _abc
        for function, arguments in (
                (_abc._abc_init, ()), (_abc._abc_subclasscheck, (int,)), (_abc._abc_instancecheck, (3,)), (_abc._get_dump, ()),
                (_abc._reset_registry, ()), (_abc._reset_caches, ())):
            self.assertRaises(AttributeError, function, 3, *arguments)
        with self.assertRaisesRegex(AttributeError, "has no attribute '_abc_impl'$"):
            _abc._abc_subclasscheck(int, int)
        self.assertRaises(TypeError, _abc._abc_register, Shape)

    def test_a_class_that_is_made_without_its_metaclass(self):
        class Known(abc.ABC):
            pass

        Known.register(int)
        made = type.__new__(abc.ABCMeta, 'made', (Known,), {})
        self.assertTrue(issubclass(made, Known))
        self.assertNotIsInstance('', made)
        self.assertRaises(AttributeError, isinstance, 3, type.__new__(abc.ABCMeta, 'made', (), {}))

    def test_what_is_known_is_shown_and_can_be_forgotten(self):
        class Known(abc.ABC):
            pass

        Known.register(int)
        isinstance(True, Known)
        isinstance('', Known)

        def shown():
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                Known._dump_registry()
            return out.getvalue()

        self.assertIn('_abc_registry: {<weakref at ', shown())
        self.assertNotIn('_abc_cache: set()', shown())
        self.assertNotIn('_abc_negative_cache: set()', shown())
        Known._abc_caches_clear()
        self.assertIn('_abc_cache: set()', shown())
        self.assertIn('_abc_negative_cache: set()', shown())
        Known._abc_registry_clear()
        self.assertIn('_abc_registry: set()', shown())
        self.assertNotIsInstance(True, Known)


class ModulesTest(unittest.TestCase):
    """What `os` is imported with leaves no trace."""

    def test_posix_and_stat(self):
        import posix
        self.assertFalse(hasattr(posix, '__all__'))
        self.assertLess({name for name in dir(posix) if not name.startswith('_')}, set(dir(os)))
        self.assertIn('getpid', os.__all__)
        self.assertTrue(stat.S_ISDIR(os.stat('/').st_mode))
        self.assertIsNot(sys.modules.get('_stat', 'nothing'), None)


if __name__ == '__main__':
    unittest.main()
