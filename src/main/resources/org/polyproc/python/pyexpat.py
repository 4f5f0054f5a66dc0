"""Stands for `pyexpat`, native code that GraalPy can load into one process of a JVM only: a parser made of Java's SAX parser.

Each piece of a document is parsed, then the handlers are called for what was in it. Differs from expat in:
- External entities are reported and are empty; nothing can be parsed in their place. Internal entities are always expanded.
- Limits are those of `java.xml`; a document that exceeds one is an XML_ERROR_AMPLIFICATION_LIMIT_BREACH.
- An error's position is where it was noticed, an event's where the one before it ended; there are no byte indices.
- The default handlers get no tags, and of declarations not the document's text but one that says the same.
What is missing is no attribute of a parser: `NotStandaloneHandler`, `UseForeignDTD`, `GetInputContext`, `buffer_size` and others.
"""

import sys as _sys

from _polyproc import kernel as _kernel

native_encoding = 'UTF-8'
features = []

XML_PARAM_ENTITY_PARSING_NEVER, XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE, XML_PARAM_ENTITY_PARSING_ALWAYS = range(3)

# How many bytes are parsed before handlers are called.
_PIECE_BYTES = 1 << 16

_ABSENT = '\uffff'

_ERRORS = (
    ('NO_MEMORY', 'out of memory'),
    ('SYNTAX', 'syntax error'),
    ('NO_ELEMENTS', 'no element found'),
    ('INVALID_TOKEN', 'not well-formed (invalid token)'),
    ('UNCLOSED_TOKEN', 'unclosed token'),
    ('PARTIAL_CHAR', 'partial character'),
    ('TAG_MISMATCH', 'mismatched tag'),
    ('DUPLICATE_ATTRIBUTE', 'duplicate attribute'),
    ('JUNK_AFTER_DOC_ELEMENT', 'junk after document element'),
    ('PARAM_ENTITY_REF', 'illegal parameter entity reference'),
    ('UNDEFINED_ENTITY', 'undefined entity'),
    ('RECURSIVE_ENTITY_REF', 'recursive entity reference'),
    ('ASYNC_ENTITY', 'asynchronous entity'),
    ('BAD_CHAR_REF', 'reference to invalid character number'),
    ('BINARY_ENTITY_REF', 'reference to binary entity'),
    ('ATTRIBUTE_EXTERNAL_ENTITY_REF', 'reference to external entity in attribute'),
    ('MISPLACED_XML_PI', 'XML or text declaration not at start of entity'),
    ('UNKNOWN_ENCODING', 'unknown encoding'),
    ('INCORRECT_ENCODING', 'encoding specified in XML declaration is incorrect'),
    ('UNCLOSED_CDATA_SECTION', 'unclosed CDATA section'),
    ('EXTERNAL_ENTITY_HANDLING', 'error in processing external entity reference'),
    ('NOT_STANDALONE', 'document is not standalone'),
    ('UNEXPECTED_STATE', 'unexpected parser state - please send a bug report'),
    ('ENTITY_DECLARED_IN_PE', 'entity declared in parameter entity'),
    ('FEATURE_REQUIRES_XML_DTD', 'requested feature requires XML_DTD support in Expat'),
    ('CANT_CHANGE_FEATURE_ONCE_PARSING', 'cannot change setting once parsing has begun'),
    ('UNBOUND_PREFIX', 'unbound prefix'),
    ('UNDECLARING_PREFIX', 'must not undeclare prefix'),
    ('INCOMPLETE_PE', 'incomplete markup in parameter entity'),
    ('XML_DECL', 'XML declaration not well-formed'),
    ('TEXT_DECL', 'text declaration not well-formed'),
    ('PUBLICID', 'illegal character(s) in public id'),
    ('SUSPENDED', 'parser suspended'),
    ('NOT_SUSPENDED', 'parser not suspended'),
    ('ABORTED', 'parsing aborted'),
    ('FINISHED', 'parsing finished'),
    ('SUSPEND_PE', 'cannot suspend in external parameter entity'),
    ('RESERVED_PREFIX_XML', 'reserved prefix (xml) must not be undeclared or bound to another namespace name'),
    ('RESERVED_PREFIX_XMLNS', 'reserved prefix (xmlns) must not be declared or undeclared'),
    ('RESERVED_NAMESPACE_URI', 'prefix must not be bound to one of the reserved namespace names'),
    ('INVALID_ARGUMENT', 'invalid argument'),
    ('NO_BUFFER', 'a successful prior call to function XML_GetBuffer is required'),
    ('AMPLIFICATION_LIMIT_BREACH', 'limit on input amplification factor (from DTD and entities) breached'),
)


def _submodule(name, doc, attributes):
    module = type(_sys)('pyexpat.' + name, doc)
    module.__dict__.update(attributes)
    _sys.modules[module.__name__] = module
    return module


errors = _submodule('errors', 'Constants used to describe error conditions.', {
    **{'XML_ERROR_' + name: text for name, text in _ERRORS},
    'codes': {text: code for code, (_, text) in enumerate(_ERRORS, 1)},
    'messages': {code: text for code, (_, text) in enumerate(_ERRORS, 1)},
})
model = _submodule('model', 'Constants used to interpret content model information.', {
    'XML_CTYPE_EMPTY': 1, 'XML_CTYPE_ANY': 2, 'XML_CTYPE_MIXED': 3, 'XML_CTYPE_NAME': 4, 'XML_CTYPE_CHOICE': 5,
    'XML_CTYPE_SEQ': 6, 'XML_CQUANT_NONE': 0, 'XML_CQUANT_OPT': 1, 'XML_CQUANT_REP': 2, 'XML_CQUANT_PLUS': 3})


class ExpatError(Exception):
    """What is wrong with a document; has the attributes `code`, `lineno` and `offset`."""

    __module__ = 'xml.parsers.expat'


error = ExpatError


def ErrorString(code, /):
    """Return what an error's number stands for, or None."""
    return errors.messages.get(code)


def ParserCreate(encoding=None, namespace_separator=None, intern=None):
    """Return a new parser; with a separator it resolves names to the namespaces that they are of."""
    for name, value in ('encoding', encoding), ('namespace_separator', namespace_separator):
        if not isinstance(value, (str, type(None))):
            raise TypeError('ParserCreate() argument %r must be str or None, not %s' % (name, type(value).__name__))
    if namespace_separator is not None and len(namespace_separator) > 1:
        raise ValueError('namespace_separator must be at most one character, omitted, or None')
    if intern is None:
        intern = {}
    elif not isinstance(intern, dict):
        raise TypeError('intern must be a dictionary')
    parser = object.__new__(XMLParserType)
    parser._prepare(encoding, namespace_separator, intern)
    return parser


_HANDLERS = (
    'AttlistDeclHandler', 'CharacterDataHandler', 'CommentHandler', 'DefaultHandler', 'DefaultHandlerExpand',
    'ElementDeclHandler', 'EndCdataSectionHandler', 'EndDoctypeDeclHandler', 'EndElementHandler', 'EndNamespaceDeclHandler',
    'EntityDeclHandler', 'ExternalEntityRefHandler', 'NotationDeclHandler', 'ProcessingInstructionHandler',
    'SkippedEntityHandler', 'StartCdataSectionHandler', 'StartDoctypeDeclHandler', 'StartElementHandler',
    'StartNamespaceDeclHandler', 'UnparsedEntityDeclHandler', 'XmlDeclHandler')


def _flag(name):
    return property(lambda self: self._flags.get(name, False), lambda self, value: self._flags.update({name: bool(value)}))


class XMLParserType:
    """A parser of one document."""

    __slots__ = (
        *_HANDLERS, 'intern', '_base', '_column', '_encoding', '_error_code', '_finished', '_flags', '_head', '_in_handlers',
        '_internal_subset', '_is_standalone', '_line', '_names', '_parameter_entities', '_parser', '_separator', '_text')

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'pyexpat.xmlparser' instances")

    def _prepare(self, encoding, separator, intern):
        self._encoding, self._separator, self.intern = encoding, separator, intern
        self._flags = {}
        self._base = self._parser = None
        self._finished = self._in_handlers = self._internal_subset = self._is_standalone = False
        self._parameter_entities = XML_PARAM_ENTITY_PARSING_NEVER
        self._error_code, self._line, self._column = 0, 1, 0
        self._names, self._text, self._head = {}, [], b''
        for name in _HANDLERS:
            setattr(self, name, None)

    buffer_text = _flag('buffer_text')
    namespace_prefixes = _flag('namespace_prefixes')
    ordered_attributes = _flag('ordered_attributes')
    specified_attributes = _flag('specified_attributes')

    ErrorCode = property(lambda self: self._error_code)
    CurrentLineNumber = ErrorLineNumber = property(lambda self: self._line)
    CurrentColumnNumber = ErrorColumnNumber = property(lambda self: self._column)

    def SetBase(self, base, /):
        """Set what relative system identifiers are relative to; handlers are told."""
        self._base = base

    def GetBase(self):
        """Return what SetBase set."""
        return self._base

    def SetParamEntityParsing(self, flag, /):
        """Say whether ExternalEntityRefHandler is called for parameter entities and the external subset; they stay empty."""
        if self._parser is not None or flag not in range(3):
            return 0
        self._parameter_entities = flag
        return 1

    def GetReparseDeferralEnabled(self):
        """Return False: what has come is parsed at once."""
        return False

    def SetReparseDeferralEnabled(self, enabled, /):
        """Do nothing: what has come is parsed at once, at no cost that would have to be deferred."""

    def ParseFile(self, file, /):
        """Parse what a file's `read` returns."""
        while True:
            data = file.read(_PIECE_BYTES)
            if not isinstance(data, (bytes, bytearray)):
                raise TypeError('read() did not return a bytes object (type=%s)' % type(data).__name__)
            self.Parse(data, not data)
            if not data:
                return 1

    def Parse(self, data, isfinal=False, /):
        """Parse the next piece of the document, calling handlers."""
        if isinstance(data, str):
            data = data.encode('utf-8', 'surrogatepass')
            if self._parser is None:
                self._encoding = 'UTF-8'
        else:
            data = bytes(memoryview(data))
        if self._in_handlers:
            raise RuntimeError('Parse() was called by a handler of the same parser')
        if self._finished:
            self._fail(errors.codes[errors.XML_ERROR_FINISHED])
        if self._parser is None:
            self._parser = _kernel.xml.parser(self._encoding, self._separator is not None)
        for start in range(0, max(len(data), 1), _PIECE_BYTES):
            piece = data[start:start + _PIECE_BYTES]
            self._finished = bool(isfinal) and start + _PIECE_BYTES >= len(data)
            found = self._parser.parse(piece, self._finished)
            self._in_handlers = True
            try:
                if self._head is not None:
                    self._find_declaration(piece)
                self._deliver(found)
            except BaseException:
                self._finished = True
                raise
            finally:
                self._in_handlers = False
        return 1

    def _fail(self, code):
        self._finished = True
        self._error_code = code
        failure = ExpatError('%s: line %d, column %d' % (ErrorString(code), self._line, self._column))
        failure.code, failure.lineno, failure.offset = code, self._line, self._column
        raise failure

    def _find_declaration(self, piece):
        """Call the handler of the XML declaration, which SAX does not tell, when it is complete."""
        self._head += piece
        # In any encoding, the declaration's characters are ASCII's.
        text = self._head.lstrip(b'\xff\xfe\xef\xbb\xbf\x00').replace(b'\0', b'')
        if not text.startswith(b'<?xml'[:len(text)]):
            self._head = None
        elif b'?>' in text:
            self._head = None
            import re
            found = dict(re.findall(r'''\s(\w+)\s*=\s*["']([^"']*)''', text.partition(b'?>')[0].decode('latin-1')))
            standalone = {'yes': 1, 'no': 0}.get(found.get('standalone'), -1)
            self._is_standalone = standalone == 1
            if text[5:6].isspace() and 'version' in found and self.XmlDeclHandler is not None:
                self.XmlDeclHandler(found['version'], found.get('encoding'), standalone)

    def _deliver(self, found):
        """Call handlers for what a piece has in it, in the words of the syscall."""
        fields = iter(found.split('\0'))
        take = fields.__next__
        for kind in fields:
            if not kind:  # After the last one.
                break
            self._line = int(take())
            self._column = int(take())
            _EVENTS[kind](self, take)
        self._flush()

    def _flush(self):
        if self._text:
            text = ''.join(self._text)
            self._text.clear()
            if self.CharacterDataHandler is not None:
                self.CharacterDataHandler(text)

    def _call(self, handler, *arguments):
        if handler is not None:
            self._flush()
            handler(*arguments)

    def _default(self, *tokens):
        handler = self.DefaultHandlerExpand or self.DefaultHandler
        if handler is not None:
            self._flush()
            for token in tokens:
                handler(token)

    def _name(self, name):
        try:
            return self._names[name, self.namespace_prefixes]
        except KeyError:
            uri, *rest = name.split('\1')
            if rest:
                if not (self.namespace_prefixes and rest[1]):
                    del rest[1]
                result = self._separator.join([uri, *rest])
            else:
                result = name
            result = self.intern.setdefault(result, result)
            self._names[name, self.namespace_prefixes] = result
            return result

    def _start_element(self, take):
        name = take()
        attributes = [(take(), take(), take()) for _ in range(int(take()))]
        if self.StartElementHandler is not None:
            if self.specified_attributes:
                attributes = [attribute for attribute in attributes if attribute[2] == '1']
            pairs = [(self._name(key), value) for key, value, _ in attributes]
            self._call(self.StartElementHandler, self._name(name),
                       [item for pair in pairs for item in pair] if self.ordered_attributes else dict(pairs))

    def _end_element(self, take):
        self._call(self.EndElementHandler, self._name(take()))

    def _characters(self, take):
        text = take()
        if self.CharacterDataHandler is None:
            self._default(text)
        elif self.buffer_text:
            self._text.append(text)
        else:
            self.CharacterDataHandler(text)

    def _comment(self, take):
        text = take()
        if self.CommentHandler is None:
            self._default('<!--%s-->' % text)
        self._call(self.CommentHandler, text)

    def _instruction(self, take):
        target, data = take(), take()
        if self.ProcessingInstructionHandler is None:
            self._default('<?%s?>' % ' '.join(filter(None, (target, data))))
        self._call(self.ProcessingInstructionHandler, target, data)

    def _start_namespace(self, take):
        self._call(self.StartNamespaceDeclHandler, _optional(take()), _optional(take()))

    def _end_namespace(self, take):
        self._call(self.EndNamespaceDeclHandler, _optional(take()))

    def _start_cdata(self, take):
        if self.StartCdataSectionHandler is None:
            self._default('<![CDATA[')
        self._call(self.StartCdataSectionHandler)

    def _end_cdata(self, take):
        if self.EndCdataSectionHandler is None:
            self._default(']]>')
        self._call(self.EndCdataSectionHandler)

    def _start_doctype(self, take):
        name, system, public, internal = take(), _optional(take()), _optional(take()), int(take())
        self._internal_subset = bool(internal)
        if self.StartDoctypeDeclHandler is None:
            ids = [token for part in _external_id(system, public) for token in (' ', part)]
            self._default('<!DOCTYPE', ' ', name, *ids, *([' ', '['] if internal else []))
        self._call(self.StartDoctypeDeclHandler, name, system, public, internal)

    def _end_doctype(self, take):
        if self.EndDoctypeDeclHandler is None:
            self._default(*([']'] if self._internal_subset else []), '>')
        self._call(self.EndDoctypeDeclHandler)

    def _entity(self, take):
        name, is_parameter, *rest = take(), int(take()), *(_optional(take()) for _ in range(4))
        value, system, public, notation = rest
        if notation is not None and self.UnparsedEntityDeclHandler is not None:
            self._call(self.UnparsedEntityDeclHandler, name, self._base, system, public, notation)
        elif self.EntityDeclHandler is not None:
            self._call(self.EntityDeclHandler, name, is_parameter, value, self._base, system, public, notation)
        else:
            definition = _external_id(system, public) if value is None else [_quoted(value)]
            self._default('<!ENTITY %s>' % ' '.join(
                ['%'] * is_parameter + [name, *definition, *(['NDATA', notation] if notation else [])]))

    def _notation(self, take):
        name, system, public = take(), _optional(take()), _optional(take())
        if self.NotationDeclHandler is None:
            self._default('<!NOTATION %s>' % ' '.join([name, *_external_id(system, public)]))
        self._call(self.NotationDeclHandler, name, self._base, system, public)

    def _attribute(self, take):
        element, name, kind, default, required = take(), take(), take(), _optional(take()), int(take())
        if self.AttlistDeclHandler is None:
            if default is None:
                defaults = ['#REQUIRED' if required else '#IMPLIED']
            else:
                defaults = ['#FIXED'] * required + [_quoted(default)]
            self._default('<!ATTLIST %s>' % ' '.join([element, name, kind, *defaults]))
        self._call(self.AttlistDeclHandler, element, name, kind, default, required)

    def _element(self, take):
        name, content = take(), take()
        if self.ElementDeclHandler is None:
            self._default('<!ELEMENT %s %s>' % (name, content))
        else:
            self._call(self.ElementDeclHandler, name, _content_model(content))

    def _external_entity(self, take):
        name, system, public, is_parameter = _optional(take()), _optional(take()), _optional(take()), int(take())
        if is_parameter:
            if self._parameter_entities == XML_PARAM_ENTITY_PARSING_NEVER or self._is_standalone and \
                    self._parameter_entities == XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE:
                return
            name = None
        if self.ExternalEntityRefHandler is not None:
            self._flush()
            if not self.ExternalEntityRefHandler(name, self._base, system, public):
                self._fail(errors.codes[errors.XML_ERROR_EXTERNAL_ENTITY_HANDLING])
        elif not is_parameter:
            self._default('&%s;' % name)

    def _skipped_entity(self, take):
        name, is_parameter = take(), int(take())
        if self.SkippedEntityHandler is None:
            self._default('%s%s;' % ('&%'[is_parameter], name))
        self._call(self.SkippedEntityHandler, name, is_parameter)

    def _error(self, take):
        self._flush()
        self._fail(int(take()))

    def ExternalEntityParserCreate(self, context, encoding=None, /):
        """Raise NotImplementedError: an external entity is always empty."""
        raise NotImplementedError("polyproc's pyexpat does not parse external entities: context=%r" % (context,))


XMLParserType.__name__ = XMLParserType.__qualname__ = 'xmlparser'

_EVENTS = {
    '<': XMLParserType._start_element, '>': XMLParserType._end_element, 'T': XMLParserType._characters,
    'C': XMLParserType._comment, 'P': XMLParserType._instruction, 'n': XMLParserType._start_namespace,
    'N': XMLParserType._end_namespace, '[': XMLParserType._start_cdata, ']': XMLParserType._end_cdata,
    'D': XMLParserType._start_doctype, 'd': XMLParserType._end_doctype, 'E': XMLParserType._entity,
    'O': XMLParserType._notation, 'A': XMLParserType._attribute, 'L': XMLParserType._element,
    'X': XMLParserType._external_entity, 'S': XMLParserType._skipped_entity, '!': XMLParserType._error}


def _optional(field):
    return None if field == _ABSENT else field


def _quoted(value):
    """Return a literal of a declaration that stands for the value."""
    for character in '&%"<':
        value = value.replace(character, '&#%d;' % ord(character))
    return '"%s"' % value


def _external_id(system, public):
    """Return the words of an external identifier."""
    words = [] if system is None and public is None else ['SYSTEM'] if public is None else ['PUBLIC', '"%s"' % public]
    return words if system is None else [*words, "'%s'" % system if '"' in system else '"%s"' % system]


def _content_model(text):
    """Return what an element may contain, as nested tuples of type, quantifier, name and children."""
    if text in ('EMPTY', 'ANY'):
        return getattr(model, 'XML_CTYPE_' + text), model.XML_CQUANT_NONE, None, ()
    import re
    tokens = re.findall(r'[^(),|?*+\s]+|[(),|?*+]', text)
    quantifiers = {'?': model.XML_CQUANT_OPT, '*': model.XML_CQUANT_REP, '+': model.XML_CQUANT_PLUS}
    # One list for each group that is open: its type and its children.
    groups = [[None]]
    for token in tokens:
        if token == '(':
            groups.append([model.XML_CTYPE_SEQ])
        elif token == ')':
            kind, *children = groups.pop()
            groups[-1].append((kind, model.XML_CQUANT_NONE, None, tuple(children)))
        elif token == '|':
            if groups[-1][0] == model.XML_CTYPE_SEQ:
                groups[-1][0] = model.XML_CTYPE_CHOICE
        elif token in quantifiers:
            kind, _, name, children = groups[-1][-1]
            groups[-1][-1] = kind, quantifiers[token], name, children
        elif token == '#PCDATA':
            groups[-1][0] = model.XML_CTYPE_MIXED
        elif token != ',':
            groups[-1].append((model.XML_CTYPE_NAME, model.XML_CQUANT_NONE, token, ()))
    return groups[0][1]
