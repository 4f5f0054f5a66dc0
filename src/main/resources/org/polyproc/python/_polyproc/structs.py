"""Types of tuples with named fields, as the C code of CPython defines them for results of its builtin modules."""


def define(name, module, doc, fields):
    """Return a type; its instances are made by `tuple.__new__` only."""
    namespace = {field: property(lambda self, position=position: self[position]) for position, field in enumerate(fields)}

    def __repr__(self):
        return '%s.%s(%s)' % (module, name, ', '.join('%s=%r' % item for item in zip(fields, self)))

    namespace.update(
        __module__=module, __doc__=doc, __slots__=(), __repr__=__repr__, __match_args__=tuple(fields),
        n_fields=len(fields), n_sequence_fields=len(fields), n_unnamed_fields=0)
    return type(name, (tuple,), namespace)
