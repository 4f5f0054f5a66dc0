package org.polyproc.syscall;

import com.oracle.graal.python.builtins.PythonBuiltinClassType;
import com.oracle.graal.python.builtins.objects.PNone;
import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAccessLibrary;
import com.oracle.graal.python.builtins.objects.bytes.PBytesLike;
import com.oracle.graal.python.builtins.objects.memoryview.PMemoryView;
import com.oracle.graal.python.builtins.objects.slice.PSlice;
import com.oracle.graal.python.builtins.objects.type.slots.TpSlotMpAssSubscript.MpAssSubscriptBuiltinNode;
import com.oracle.graal.python.util.BufferFormat;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.NodeFactory;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import java.lang.reflect.Field;
import java.util.List;

/**
 * {@code view[a:b] = data} in one step, where the view is one of shared memory: GraalPy 25.0 copies item by item, which takes a
 * hundred times as long. All that is not plain (steps, other sizes and formats, errors) stays GraalPy's.
 *
 * <p>A view is a builtin type, so nothing can be overridden; {@link #install} puts this node in front of GraalPy's own where it
 * makes the nodes of views' assignments. It does so for all contexts of the JVM, in which other views notice nothing but one type check.
 */
final class BulkAssignment extends MpAssSubscriptBuiltinNode {

    @Child private MpAssSubscriptBuiltinNode general;

    private BulkAssignment(MpAssSubscriptBuiltinNode general) {
        this.general = general;
    }

    /**
     * Lets assignments to slices of shared memory be done in one step, in code that is executed for the first time from now on.
     * Called once.
     *
     * @throws ReflectiveOperationException if GraalPy's classes are others
     * @throws RuntimeException if they are not open to this one, on the module path
     */
    static void install() throws ReflectiveOperationException {
        Object slot = PythonBuiltinClassType.PMemoryView.getSlots().mp_ass_subscript();
        Field field = nodeFactory(slot.getClass());
        field.setAccessible(true);
        field.set(slot, new Factory((NodeFactory<?>) field.get(slot)));
    }

    private static Field nodeFactory(Class<?> slotClass) throws NoSuchFieldException {
        for (Class<?> type = slotClass; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == NodeFactory.class) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException("a factory of nodes in " + slotClass);
    }

    @Override
    public void executeVoid(VirtualFrame frame, Object self, Object key, Object value) {
        if (self instanceof PMemoryView view && view.getBuffer() instanceof SharedBuffer memory && key instanceof PSlice slice
                && assign(view, memory, slice, value)) {
            return;
        }
        general.executeVoid(frame, self, key, value);
    }

    /** Returns whether it was done; if not, nothing was. */
    @TruffleBoundary
    private static boolean assign(PMemoryView view, SharedBuffer memory, PSlice slice, Object value) {
        if (view.isReleased() || view.isReadOnly() || !isPlain(view) || !isPlain(slice)) {
            return false;
        }
        PSlice.SliceInfo range = PSlice.computeIndices(
                slice.getStart(), slice.getStop(), PNone.NONE, view.getBufferShape()[0]);
        int length = Math.max(range.stop - range.start, 0) * view.getItemSize();
        byte[] bytes = bytes(view, value, length);
        if (bytes == null) {
            return false;
        }
        memory.writeFromByteArray(view.getOffset() + range.start * view.getItemSize(), bytes, 0, length);
        return true;
    }

    /** Returns as many bytes of the items in the same format; null if the value is not exactly that. */
    private static byte[] bytes(PMemoryView view, Object value, int length) {
        boolean fits = switch (value) {
            case PBytesLike bytes -> view.getFormat() == BufferFormat.UINT_8;
            case PMemoryView other -> !other.isReleased() && isPlain(other) && other.getFormat() == view.getFormat();
            default -> false;
        };
        PythonBufferAccessLibrary access = PythonBufferAccessLibrary.getUncached();
        if (!fits || access.getBufferLength(value) != length) {
            return null;
        }
        return access.getInternalOrCopiedByteArray(value);
    }

    /** Returns whether a view's items, of a format that has a name of its own, are one behind the other. */
    private static boolean isPlain(PMemoryView view) {
        return view.getDimensions() == 1 && view.isCContiguous() && view.getBufferPointer() == null
                && view.getFormat() != BufferFormat.OTHER;
    }

    private static boolean isPlain(PSlice slice) {
        return isPlain(slice.getStart()) && isPlain(slice.getStop())
                && (slice.getStep() == PNone.NONE || slice.getStep() instanceof Integer step && step == 1);
    }

    private static boolean isPlain(Object bound) {
        return bound == PNone.NONE || bound instanceof Integer;
    }

    /** Makes these nodes; everything else that GraalPy asks it is answered by its own factory. */
    private record Factory(NodeFactory<?> general) implements NodeFactory<MpAssSubscriptBuiltinNode> {

        @Override
        public MpAssSubscriptBuiltinNode createNode(Object... arguments) {
            return new BulkAssignment((MpAssSubscriptBuiltinNode) general.createNode(arguments));
        }

        @Override
        public MpAssSubscriptBuiltinNode getUncachedInstance() {
            return null;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Class<MpAssSubscriptBuiltinNode> getNodeClass() {
            return (Class<MpAssSubscriptBuiltinNode>) general.getNodeClass();
        }

        @Override
        public List<List<Class<?>>> getNodeSignatures() {
            return general.getNodeSignatures();
        }

        @Override
        public List<Class<? extends Node>> getExecutionSignature() {
            return general.getExecutionSignature();
        }
    }
}
