package org.polyproc.guest;

import com.oracle.graal.python.nodes.bytecode.BytecodeFrameInfo;
import com.oracle.graal.python.nodes.bytecode.PBytecodeRootNode;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.FrameInstance;
import com.oracle.truffle.api.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The Python functions that the calling thread executes. The polyglot API shows them only with an exception; here Truffle's stack is
 * walked, and GraalPy's own record in each frame says which line is executed.
 */
final class GuestFrames {

    /** Where the standard library and installed packages are: GraalPy's home on the disk or in its resources, a virtual environment. */
    private static final List<String> LIBRARIES = List.of("/lib/python3.", "/lib-graalpython/", "/lib/graalpy");

    /** On the module path, whoever starts the JVM decides whether GraalPy's record can be read; on the class path it can. */
    private static final boolean READABLE = isReadable();

    /** One function of a stack. */
    private record PythonFrame(String file, int line, String function) {
        /** Returns whether it is polyproc's, which stands for what is builtin on CPython, or the interpreter's own. */
        boolean isInternal() {
            return file.startsWith("<polyproc") || file.startsWith("<frozen");
        }

        boolean isLibrary() {
            return isInternal() || LIBRARIES.stream().anyMatch(file::contains);
        }

        /** In the words of CPython's {@code faulthandler}. */
        @Override
        public String toString() {
            return "File \"" + file + "\", line " + line + " in " + function;
        }
    }

    private GuestFrames() {
    }

    private static boolean isReadable() {
        Module polyproc = GuestFrames.class.getModule();
        return !polyproc.isNamed() || polyproc.getLayer().findModule("org.graalvm.py")
                .filter(graalpy -> graalpy.isExported("com.oracle.graal.python.nodes.bytecode", polyproc)).isPresent();
    }

    /**
     * Returns the innermost line of the program's own code, "file:line"; null if there is none. Code that is in no file may be the
     * library's, which makes some as it goes, and only counts if there is no other.
     */
    static String where() {
        String[] inNoFile = new String[1];
        String inFile = walk(frame -> {
            if (frame.isLibrary()) {
                return null;
            }
            String line = frame.file + ":" + frame.line;
            if (!frame.file.startsWith("<")) {
                return line;
            }
            inNoFile[0] = inNoFile[0] == null ? line : inNoFile[0];
            return null;
        });
        return inFile == null ? inNoFile[0] : inFile;
    }

    /** Returns the functions, the innermost first, each as a line for people. */
    static List<String> stack() {
        List<String> lines = new ArrayList<>();
        walk(frame -> {
            if (!frame.isInternal()) {
                lines.add(frame.toString());
            }
            return null;
        });
        return lines;
    }

    /** Visits the functions, the innermost first, until the visitor returns something. */
    private static <T> T walk(Function<PythonFrame, T> visitor) {
        if (!READABLE) {
            return null;
        }
        return Truffle.getRuntime().iterateFrames(instance -> {
            PythonFrame frame = describe(instance);
            return frame == null ? null : visitor.apply(frame);
        });
    }

    private static PythonFrame describe(FrameInstance instance) {
        Frame frame = instance.getFrame(FrameInstance.FrameAccess.READ_ONLY);
        if (frame == null || !(frame.getFrameDescriptor().getInfo() instanceof BytecodeFrameInfo info)) {
            return null;
        }
        PBytecodeRootNode root = info.getRootNode();
        Source source = root.getSource();
        if (root.isInternal() || source == null) {
            return null;
        }
        return new PythonFrame(source.getPath() == null ? source.getName() : source.getPath(), info.getLine(frame), root.getName());
    }
}
