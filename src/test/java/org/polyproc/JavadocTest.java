package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation says in Java is right: the API's Javadoc is complete, and the code in the guide for embedders compiles. */
class JavadocTest {

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

    /** Returns what the compiler says about some files. */
    private String compile(List<Path> files, String... options) {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString(), "-cp",
                System.getProperty("java.class.path"), "-Xmaxwarns", "1000"));
        arguments.addAll(List.of(options));
        files.forEach(file -> arguments.add(file.toString()));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        return said.toString();
    }

    @Test
    void theJavadocOfTheApiIsComplete() throws Exception {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/org/polyproc"))) {
            List<Path> api = sources.filter(path -> path.toString().endsWith(".java")).toList();
            assertEquals("", compile(api, "-Xdoclint:all/protected", "-Xdoclint/package:org.polyproc"));
        }
    }

    @Test
    void theCodeOfTheGuideCompiles() throws Exception {
        List<Path> pieces = new ArrayList<>();
        String[] parts = Files.readString(Path.of("docs/embedding.md")).split("```java\n");
        for (int i = 1; i < parts.length; i++) {
            String code = parts[i].substring(0, parts[i].indexOf("```"));
            // A piece makes its own host or uses one.
            String parameters = code.contains("PythonHost host") ? "" : "PythonHost host";
            pieces.add(Files.writeString(folder.resolve("Piece" + i + ".java"), PROGRAM.formatted(i, parameters, code)));
        }
        assertEquals(5, pieces.size());
        assertEquals("", compile(pieces));
    }
}
