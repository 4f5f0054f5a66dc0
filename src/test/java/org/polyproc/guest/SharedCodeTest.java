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
    void theCodeOfFilesAndOfTheOverlayOutlivesItsContextAndGarbageCollections(@TempDir Path folder) throws Exception {
        String file = Files.writeString(folder.resolve("some.py"), "def f():\n    return 1\n").toString();
        String overlay = Overlay.FILE_PREFIX + "_polyproc/structs.py";
        String forged = Overlay.FILE_PREFIX + "_polyproc/forged.py";
        try (Engine engine = Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build()) {
            engine.getInstruments().get(InterruptInstrument.ID).lookup(GuestThreads.class);
            try (Context context = Context.newBuilder("python").engine(engine).allowIO(IOAccess.ALL).build()) {
                var execute = context.eval(Source.newBuilder("python", EXECUTE, "test").cached(false).build());
                execute.executeVoid(Files.readString(Path.of(file)), file);
                execute.executeVoid(Overlay.sources().get("_polyproc.structs"), overlay);
                execute.executeVoid("def g():\n    return 2\n", forged);
                execute.executeVoid("def h():\n    return 3\n", "<string>");
            }
            while (parsed(engine).contains("<string>") || parsed(engine).contains(forged)) {
                System.gc();
            }
            assertTrue(parsed(engine).containsAll(Set.of(file, overlay)), parsed(engine)::toString);
        }
    }
}
