"""XML in every process: what the standard library does with `pyexpat`, hostile documents among it."""

import io
import multiprocessing
import plistlib
import unittest
import xml.dom.minidom
import xml.etree.ElementTree as ElementTree
import xml.sax
import xml.sax.handler
import xmlrpc.client
from multiprocessing.managers import BaseManager
from xml.parsers import expat

HANDLERS = (
    'StartElement', 'EndElement', 'CharacterData', 'Comment', 'ProcessingInstruction', 'StartNamespaceDecl', 'EndNamespaceDecl',
    'StartCdataSection', 'EndCdataSection', 'StartDoctypeDecl', 'EndDoctypeDecl', 'EntityDecl', 'NotationDecl', 'AttlistDecl',
    'ElementDecl', 'XmlDecl', 'ExternalEntityRef', 'SkippedEntity')

DOCUMENT = '''<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE a SYSTEM "a.dtd" [
<!ELEMENT a (#PCDATA|b)*>
<!ELEMENT b (c?,(d|e)+)>
<!ELEMENT c EMPTY>
<!ATTLIST a x CDATA "y" id ID #REQUIRED>
<!NOTATION n PUBLIC "p">
<!ENTITY name "Zo\u00eb">
<!ENTITY outside SYSTEM "file:///etc/passwd">
]>
<a id="1"><!-- c --><?target data?>&name; &lt; <![CDATA[<x>]]>&outside;</a>
'''


def events(document, pieces=1, separator=None, **attributes):
    """Return what the handlers of a parser are called with."""
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    for name, value in attributes.items():
        setattr(parser, name, value)
    calls = []

    def handler(name):
        def call(*arguments):
            calls.append((name, *arguments))
            return 1
        return call

    for name in HANDLERS:
        setattr(parser, name + 'Handler', handler(name))
    data = document.encode() if isinstance(document, str) else document
    step = -(-len(data) // pieces)
    for start in range(0, len(data), step):
        parser.Parse(data[start:start + step])
    parser.Parse(b'', True)
    return calls


def joined(calls):
    """Return the calls with neighbouring text joined: where it is cut is the parser's choice."""
    result = []
    for call in calls:
        if call[0] == 'CharacterData' and result and result[-1][0] == 'CharacterData':
            call = 'CharacterData', result.pop()[1] + call[1]
        result.append(call)
    return result


def failure(document, **options):
    """Return the error that a document has."""
    parser = expat.ParserCreate(**options)
    try:
        parser.Parse(document, True)
    except expat.ExpatError as e:
        return e
    raise AssertionError('no error in %r' % document)


class ParserTest(unittest.TestCase):

    def test_all_handlers(self):
        self.assertEqual(joined(events(DOCUMENT)), [
            ('XmlDecl', '1.0', 'utf-8', 0),
            ('StartDoctypeDecl', 'a', 'a.dtd', None, 1),
            ('ElementDecl', 'a', (3, 2, None, ((4, 0, 'b', ()),))),
            ('ElementDecl', 'b', (6, 0, None, ((4, 1, 'c', ()), (5, 3, None, ((4, 0, 'd', ()), (4, 0, 'e', ())))))),
            ('ElementDecl', 'c', (1, 0, None, ())),
            ('AttlistDecl', 'a', 'x', 'CDATA', 'y', 0),
            ('AttlistDecl', 'a', 'id', 'ID', None, 1),
            ('NotationDecl', 'n', None, None, 'p'),
            ('EntityDecl', 'name', 0, 'Zo\u00eb', None, None, None, None),
            ('EntityDecl', 'outside', 0, None, None, 'file:///etc/passwd', None, None),
            ('EndDoctypeDecl',),
            ('StartElement', 'a', {'id': '1', 'x': 'y'}),
            ('Comment', ' c '),
            ('ProcessingInstruction', 'target', 'data'),
            ('CharacterData', 'Zo\u00eb < '),
            ('StartCdataSection',),
            ('CharacterData', '<x>'),
            ('EndCdataSection',),
            ('ExternalEntityRef', 'outside', None, 'file:///etc/passwd', None),
            ('EndElement', 'a')])

    def test_pieces_make_no_difference(self):
        whole = joined(events(DOCUMENT))
        for pieces in 2, 7, len(DOCUMENT.encode()):
            with self.subTest(pieces=pieces):
                self.assertEqual(joined(events(DOCUMENT, pieces)), whole)

    def test_what_has_come_is_parsed(self):
        parser = expat.ParserCreate()
        names = []
        parser.StartElementHandler = lambda name, attributes: names.append(name)
        parser.Parse(b'<document><first/>')
        self.assertEqual(names, ['document', 'first'])
        parser.Parse(b'<second/>')
        self.assertEqual(names, ['document', 'first', 'second'])

    def test_namespaces(self):
        document = '<a xmlns="u" xmlns:p="v" p:x="1" y="2"/>'
        self.assertEqual(events(document, separator=' '), [
            ('StartNamespaceDecl', None, 'u'), ('StartNamespaceDecl', 'p', 'v'),
            ('StartElement', 'u a', {'v x': '1', 'y': '2'}), ('EndElement', 'u a'),
            ('EndNamespaceDecl', 'p'), ('EndNamespaceDecl', None)])
        self.assertEqual(events(document)[0][2], {'xmlns': 'u', 'xmlns:p': 'v', 'p:x': '1', 'y': '2'})
        self.assertIn(('StartElement', 'u a', {'v x p': '1', 'y': '2'}),
                      events(document, separator=' ', namespace_prefixes=True))

    def test_attributes(self):
        document = '<!DOCTYPE a [<!ATTLIST a c CDATA "3">]><a b="2" a="1"/>'
        self.assertEqual(events(document, ordered_attributes=True)[-2], ('StartElement', 'a', ['b', '2', 'a', '1', 'c', '3']))
        self.assertEqual(events(document, specified_attributes=True)[-2], ('StartElement', 'a', {'b': '2', 'a': '1'}))

    def test_encodings(self):
        for encoding in 'utf-8', 'utf-16', 'iso-8859-1':
            with self.subTest(encoding=encoding):
                document = ('<?xml version="1.0" encoding="%s"?><a>\u00e4</a>' % encoding).encode(encoding)
                self.assertEqual(events(document)[2], ('CharacterData', '\u00e4'))
        self.assertEqual(events(b'\xef\xbb\xbf<a>\xc3\xa4</a>')[1], ('CharacterData', '\u00e4'))
        parser = expat.ParserCreate('iso-8859-1')
        text = []
        parser.CharacterDataHandler = text.append
        parser.Parse(b'<a>\xe4</a>', True)
        self.assertEqual(text, ['\u00e4'])

    def test_many_attributes_and_long_documents(self):
        attributes = ''.join(' a%d="%d"' % (i, i) for i in range(1000))
        document = '<a%s>%s</a>' % (attributes, '<b>text</b>\n' * 20000)
        found = joined(events(document))
        self.assertEqual(len(found[0][2]), 1000)
        self.assertEqual(sum(call[0] == 'StartElement' for call in found), 20001)

    def test_an_exception_of_a_handler(self):
        parser = expat.ParserCreate()
        names = []

        def start(name, attributes):
            names.append(name)
            raise LookupError(name)

        parser.StartElementHandler = start
        with self.assertRaisesRegex(LookupError, 'b'):
            parser.Parse(b'<b><c/>')
        with self.assertRaises(expat.ExpatError):
            parser.Parse(b'<d/></b>', True)
        self.assertEqual(names, ['b'])

    def test_wrong_use(self):
        with self.assertRaises(TypeError):
            expat.XMLParserType()
        with self.assertRaises(ValueError):
            expat.ParserCreate(namespace_separator='ab')
        with self.assertRaises(TypeError):
            expat.ParserCreate(1)
        with self.assertRaises(TypeError):
            expat.ParserCreate().Parse(1)
        with self.assertRaises(AttributeError):
            expat.ParserCreate().NoSuchHandler = print


class ErrorTest(unittest.TestCase):

    def test_codes(self):
        for document, code in {
                '': 'NO_ELEMENTS', '<a>': 'NO_ELEMENTS', '<a': 'UNCLOSED_TOKEN', '<a><': 'UNCLOSED_TOKEN', 'x': 'SYNTAX',
                '<a></b>': 'TAG_MISMATCH', '<a/><b/>': 'JUNK_AFTER_DOC_ELEMENT', '<a/>x': 'JUNK_AFTER_DOC_ELEMENT',
                '<a b="1" b="2"/>': 'DUPLICATE_ATTRIBUTE', '<a>&b;</a>': 'UNDEFINED_ENTITY', '<a>&#0;</a>': 'BAD_CHAR_REF',
                '<a b=1/>': 'INVALID_TOKEN', '<a b="<"/>': 'INVALID_TOKEN', '<a>\x01</a>': 'INVALID_TOKEN',
                '<a>]]></a>': 'INVALID_TOKEN', '<a>&</a>': 'INVALID_TOKEN', ' <?xml version="1.0"?><a/>': 'MISPLACED_XML_PI',
                '<?xml version=1?><a/>': 'XML_DECL',
                '<!DOCTYPE a [<!ENTITY b "&b;">]><a>&b;</a>': 'RECURSIVE_ENTITY_REF',
                '<!DOCTYPE a [<!ENTITY b "<c>">]><a>&b;</a>': 'ASYNC_ENTITY',
                '<!DOCTYPE a [<!ENTITY b SYSTEM "c">]><a d="&b;"/>': 'ATTRIBUTE_EXTERNAL_ENTITY_REF'}.items():
            with self.subTest(document=document):
                e = failure(document)
                self.assertEqual(expat.ErrorString(e.code), getattr(expat.errors, 'XML_ERROR_' + code), str(e))
        for document, code in {'<p:a/>': 'UNBOUND_PREFIX', '<a xmlns:p=""/>': 'UNDECLARING_PREFIX'}.items():
            with self.subTest(document=document):
                self.assertEqual(expat.ErrorString(failure(document, namespace_separator=' ').code),
                                 getattr(expat.errors, 'XML_ERROR_' + code))
        self.assertEqual(failure(b'<a>\xff</a>').code, expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN])

    def test_where_it_is(self):
        e = failure('<a>\n<b></c></a>')
        self.assertEqual((e.lineno, e.offset), (2, 5))
        self.assertEqual(str(e), 'mismatched tag: line 2, column 5')

    def test_nothing_comes_after_the_end(self):
        parser = expat.ParserCreate()
        parser.Parse(b'<a/>', True)
        with self.assertRaises(expat.ExpatError) as raised:
            parser.Parse(b'<a/>', True)
        self.assertEqual(expat.ErrorString(raised.exception.code), expat.errors.XML_ERROR_FINISHED)

    def test_what_comes_before_it_is_reported(self):
        parser = expat.ParserCreate()
        names = []
        parser.StartElementHandler = lambda name, attributes: names.append(name)
        with self.assertRaises(expat.ExpatError):
            parser.Parse(b'<a><b/></c>', True)
        self.assertEqual(names, ['a', 'b'])


class HostileTest(unittest.TestCase):

    def test_a_billion_laughs(self):
        entities = ''.join('<!ENTITY e%d "%s">' % (i, '&e%d;' % (i - 1) * 10) for i in range(1, 10))
        document = '<!DOCTYPE a [<!ENTITY e0 "ha">%s]><a>&e9;</a>' % entities
        e = failure(document)
        self.assertEqual(expat.ErrorString(e.code), expat.errors.XML_ERROR_AMPLIFICATION_LIMIT_BREACH)
        with self.assertRaises(ElementTree.ParseError):
            ElementTree.fromstring(document)

    def test_a_large_entity_often(self):
        document = '<!DOCTYPE a [<!ENTITY e "%s">]><a>%s</a>' % ('x' * 90000, '&e;' * 2000)
        self.assertEqual(expat.ErrorString(failure(document).code), expat.errors.XML_ERROR_AMPLIFICATION_LIMIT_BREACH)

    def test_external_entities_are_not_read(self):
        document = '<!DOCTYPE a [<!ENTITY b SYSTEM "%s">]><a>x&b;y</a>' % __file__
        with self.assertRaisesRegex(ElementTree.ParseError, 'undefined entity &b;'):
            ElementTree.fromstring(document)
        dom = xml.dom.minidom.parseString(document)
        self.assertEqual(''.join(node.data for node in dom.documentElement.childNodes), 'xy')
        handler = xml.sax.handler.ContentHandler()
        text = []
        handler.characters = text.append
        xml.sax.parseString(document, handler)
        self.assertEqual(''.join(text), 'xy')

    def test_an_external_document_type_is_not_read(self):
        root = ElementTree.fromstring('<!DOCTYPE a SYSTEM "%s"><a>x</a>' % __file__)
        self.assertEqual(root.text, 'x')
        dom = xml.dom.minidom.parseString('<!DOCTYPE a [<!ENTITY %% p SYSTEM "%s"> %%p;]><a>x</a>' % __file__)
        self.assertEqual(dom.documentElement.firstChild.data, 'x')

    def test_an_entity_handler_that_refuses(self):
        parser = expat.ParserCreate()
        parser.ExternalEntityRefHandler = lambda *arguments: 0
        with self.assertRaises(expat.ExpatError) as raised:
            parser.Parse('<!DOCTYPE a [<!ENTITY b SYSTEM "c">]><a>&b;</a>', True)
        self.assertEqual(expat.ErrorString(raised.exception.code), expat.errors.XML_ERROR_EXTERNAL_ENTITY_HANDLING)

    def test_a_plist_with_entities(self):
        with self.assertRaises(plistlib.InvalidFileException):
            plistlib.loads(b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY e "x">]><plist><string>&e;</string></plist>',
                           fmt=plistlib.FMT_XML)


class LibraryTest(unittest.TestCase):

    def test_xmlrpc(self):
        values = 1, 'a<b&\u00e4', 2.5, [True, b'\0\xff'], {'key': None}
        data = xmlrpc.client.dumps(values, 'method', allow_none=True)
        (*rest, listed, mapping), method = xmlrpc.client.loads(data, use_builtin_types=True)
        self.assertEqual((tuple(rest), listed, mapping, method), (values[:3], values[3], values[4], 'method'))

    def test_element_tree(self):
        root = ElementTree.fromstring('<!DOCTYPE r PUBLIC "p" "s"><r xmlns="u" a="1">x<b/>y<!-- c --></r>')
        self.assertEqual((root.tag, root.attrib, root.text, root[0].tail), ('{u}r', {'a': '1'}, 'x', 'y'))
        steps = [(event, element.tag) for event, element in
                 ElementTree.iterparse(io.BytesIO(b'<root><a/><b/></root>'), ['start', 'end'])]
        self.assertEqual(steps, [('start', 'root'), ('start', 'a'), ('end', 'a'), ('start', 'b'), ('end', 'b'), ('end', 'root')])

    def test_minidom(self):
        dom = xml.dom.minidom.parseString('<!DOCTYPE a [<!ENTITY e "x&amp;y">]>\n<a q="1">&e;<![CDATA[z<]]><b/></a>')
        self.assertEqual(dom.documentElement.toxml(), '<a q="1">x&amp;y<![CDATA[z<]]><b/></a>')
        self.assertEqual(dom.doctype.name, 'a')
        again = xml.dom.minidom.parseString(dom.toxml())
        self.assertEqual(again.documentElement.toxml(), dom.documentElement.toxml())

    def test_plist(self):
        value = {'list': [1, 2.5, True, b'bytes'], 'text': 'a<b'}
        self.assertEqual(plistlib.loads(plistlib.dumps(value)), value)
        with self.assertRaises(expat.ExpatError):
            plistlib.loads(b'<?xml version="1.0"?><plist>', fmt=plistlib.FMT_XML)


class Texts:
    def upper(self, text):
        return text.upper()


class TextManager(BaseManager):
    pass


TextManager.register('Texts', Texts)


def shout(address, key, results):
    manager = TextManager(address, key, serializer='xmlrpclib')
    manager.connect()
    results.put(manager.Texts().upper('in a child'))


class ProcessesTest(unittest.TestCase):

    def test_a_manager_that_speaks_xml(self):
        with TextManager(('localhost', 0), b'key', serializer='xmlrpclib') as manager:
            self.assertEqual(manager.Texts().upper('here'), 'HERE')
            results = multiprocessing.Queue()
            child = multiprocessing.Process(target=shout, args=(manager.address, b'key', results))
            child.start()
            self.assertEqual(results.get(), 'IN A CHILD')
            child.join()


if __name__ == '__main__':
    unittest.main()
