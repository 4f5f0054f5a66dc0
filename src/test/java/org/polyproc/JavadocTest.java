package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavadocTest {

    @TempDir
    private Path folder;

    @Test
    void theJavadocOfTheApiIsComplete() throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null);
                Stream<Path> sources = Files.list(Path.of("src/main/java/org/polyproc"))) {
            List<Path> api = sources.filter(path -> path.toString().endsWith(".java")).toList();
            List<String> options = List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"),
                    "-Xdoclint:all/protected", "-Xdoclint/package:org.polyproc", "-Xmaxwarns", "1000");
            assertTrue(compiler.getTask(null, files, diagnostics, options, null, files.getJavaFileObjectsFromPaths(api)).call());
        }
        assertEquals(List.of(), diagnostics.getDiagnostics().stream().map(Object::toString).toList());
    }
}
