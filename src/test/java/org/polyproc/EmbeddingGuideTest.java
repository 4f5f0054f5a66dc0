package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every piece of Java in the guide for embedders compiles. */
class EmbeddingGuideTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** What is around a piece; a piece makes its own host, or uses one. */
    private static final String PROGRAM = """
            import module java.base;
            import org.graalvm.polyglot.Context;
            import org.graalvm.polyglot.io.IOAccess;
            import org.polyproc.*;

            class Piece%d {
                static void run(%s) throws Exception {
            %s
                }
            }
            """;

    @TempDir
    private Path folder;

    private static final class Piece extends SimpleJavaFileObject {
        private final String text;

        Piece(int number, String code) {
            super(URI.create("string:///Piece" + number + ".java"), Kind.SOURCE);
            text = PROGRAM.formatted(number, code.contains("PythonHost host") ? "" : "PythonHost host", code);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Test
    void itsCodeCompiles() throws Exception {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("docs/embedding.md")));
        while (matcher.find()) {
            pieces.add(new Piece(pieces.size(), matcher.group(1)));
        }
        assertTrue(pieces.size() >= 5, "the guide has code");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        compiler.getTask(null, null, diagnostics,
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path")), null, pieces).call();
        assertEquals(List.of(), diagnostics.getDiagnostics().stream().map(Object::toString).toList());
    }
}
