package org.polyproc.guest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCodeTest {

    private static final String EXECUTE = "lambda text, name: exec(compile(text, name, 'exec'), {})";

    private static Set<String> parsed(Engine engine) {
        return engine.getCachedSources().stream()
                .map(source -> source.getPath() == null ? source.getName() : source.getPath()).collect(Collectors.toSet());
    }

    @Test
    void codeOutlivesItsContextAndGarbageCollections(@TempDir Path folder) throws Exception {
        String file = Files.writeString(folder.resolve("some.py"), "def f():\n    return 1\n").toString();
        String overlay = Overlay.FILE_PREFIX + "_polyproc/structs.py";
        String text = "def h():\n    return 3\n";
        String longText = text + "#".repeat(1 << 14);
        String library;
        try (Engine engine = Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build()) {
            engine.getInstruments().get(InterruptInstrument.ID).lookup(GuestThreads.class);
            try (Context context = Context.newBuilder("python").engine(engine).allowIO(IOAccess.ALL).build()) {
                var execute = context.eval(Source.newBuilder("python", EXECUTE, "test").cached(false).build());
                execute.executeVoid(Files.readString(Path.of(file)), file);
                execute.executeVoid(Overlay.sources().get("_polyproc.structs"), overlay);
                execute.executeVoid(text, "<short>");
                execute.executeVoid(longText, "<long>");
                library = context.eval("python", "import colorsys; colorsys.__file__").asString();
            }
            while (parsed(engine).contains("<long>")) {
                System.gc();
            }
            assertTrue(parsed(engine).containsAll(Set.of(file, library, overlay, "<short>")), parsed(engine)::toString);
        }
    }
}
