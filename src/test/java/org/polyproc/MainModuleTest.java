package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a child process makes of its parent's main module, by the way in which that was started. */
class MainModuleTest {

    /** Says what main module it is, and starts a child that does the same; works in a package too. */
    private static final String GUARDED = """
            import os, sys
            from multiprocessing import Process

            def show():
                main = sys.modules['__main__']
                print(__name__, main.__name__, main is sys.modules.get('__mp_main__'), os.path.basename(__file__),
                      __package__ or '', main.__spec__ and main.__spec__.name, os.path.basename(sys.path[0]), sys.argv[1:])

            if 'sibling' in __file__:
                from . import other

            if __name__ == '__main__':
                show()
                process = Process(target=show)
                process.start()
                process.join()
                sys.exit(process.exitcode)
            """;

    /** A {@code __main__.py}, which children do not import. */
    private static final String UNGUARDED = """
            if __name__ != '__main__':
                raise RuntimeError('imported as ' + __name__)
            import os, sys
            from multiprocessing import Process, Value
            value = Value('i', 0)
            process = Process(target=setattr, args=(value, 'value', 9))
            process.start()
            process.join()
            print(value.value, os.path.basename(__file__), __spec__ and __spec__.name, os.path.basename(sys.path[0]))
            """;

    private static final String LAUNCH = """
            import os, runpy, sys
            sys.path.insert(0, os.path.join(os.path.dirname(__file__), '%s'))
            runpy._run_module_as_main('%s')
            """;

    @TempDir
    private Path folder;

    private void file(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void zip(String name, String... entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @BeforeEach
    void makePrograms() throws IOException {
        file("script.py", GUARDED);
        file("script", GUARDED);
        file("ipython", UNGUARDED);
        file("dir/__main__.py", UNGUARDED);
        zip("main.zip", "__main__.py", UNGUARDED);
        file("package/__init__.py", "");
        file("package/__main__.py", UNGUARDED);
        file("package/other.py", "");
        file("package/sibling.py", GUARDED);
        zip("packages.zip", "a/__init__.py", "#", "a/b/__init__.py", "#", "a/b/script.py", GUARDED);
        file("in_package.py", LAUNCH.formatted("", "package.sibling"));
        file("a_package.py", LAUNCH.formatted("", "package"));
        file("in_zip.py", LAUNCH.formatted("packages.zip", "a.b.script"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "script.py     | script.py  |             |                 | FOLDER",
        "script        | script     |             |                 | FOLDER",
        "in_package.py | sibling.py | package     | package.sibling |  ''",
        "in_zip.py     | script.py  | a.b         | a.b.script      | packages.zip",
    })
    void aChildImportsTheMainModuleByAnotherName(String script, String file, String pack, String spec, String path)
            throws InterruptedException {
        TestHost.Result result = TestHost.run(PythonProgram.script(folder.resolve(script)).withArguments("a", "b"));
        String rest = " " + file + " " + (pack == null ? "" : pack) + " " + (spec == null ? "None" : spec) + " "
                + (path.equals("FOLDER") ? folder.getFileName() : path) + " ['a', 'b']\n";
        assertEquals("__main__ __main__ True" + rest + "__mp_main__ __mp_main__ True" + rest, result.out(), result.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ipython      | 9 ipython None FOLDER",
        "dir          | 9 __main__.py __main__ dir",
        "main.zip     | 9 __main__.py __main__ main.zip",
        "a_package.py | 9 __main__.py package.__main__ ''",
    })
    void aChildImportsNoMainModuleThatNeedsNoGuard(String script, String output) throws InterruptedException {
        TestHost.Result result = TestHost.run(PythonProgram.script(folder.resolve(script)));
        assertEquals(output.replace("FOLDER", folder.getFileName().toString()).replace("''", "") + "\n", result.out(),
                result.err());
    }

    @Test
    void aCompiledScriptIsRunAndImportedFromItsFile() throws InterruptedException {
        Path compiled = folder.resolve("compiled.pyc");
        TestHost.code("import py_compile, sys; py_compile.compile(sys.argv[1], cfile=sys.argv[2], doraise=True)",
                folder.resolve("script.py").toString(), compiled.toString());
        TestHost.Result result = TestHost.run(PythonProgram.script(compiled));
        String rest = " compiled.pyc  None " + folder.getFileName() + " []\n";
        assertEquals("__main__ __main__ True" + rest + "__mp_main__ __mp_main__ True" + rest, result.out(), result.err());
    }
}
