package org.polyproc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyproc.cli.LauncherIT.Result;

/** Runs the launcher script with the options that draw. */
class TimelineIT {

    private static final String SCRIPT = """
            import multiprocessing, sys

            def work(lock, step):
                with lock:
                    print('step', step)

            if __name__ == '__main__':
                lock = multiprocessing.Lock()
                processes = [multiprocessing.Process(target=work, args=(lock, step)) for step in range(2)]
                with lock:
                    for process in processes:
                        process.start()
                for process in processes:
                    process.join()
                sys.exit(3)
            """;

    @TempDir
    private Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void thePictureIsMadeAndTheExitStatusIsTheScripts() throws Exception {
        String script = Files.writeString(folder.resolve("script.py"), SCRIPT).toString();
        for (String ending : List.of("html", "json", "svg")) {
            Result result = LauncherIT.polyproc("run", "--timeline", file("t." + ending), script);
            assertEquals(3, result.status(), result.err());
            assertEquals(List.of("step 0", "step 1"), result.out().lines().sorted().toList());
            assertEquals("", result.err());
            String picture = Files.readString(folder.resolve("t." + ending));
            for (String word : List.of("script.py", "MainProcess", "Process-1", "Process-2", "exit code 3", "step 1")) {
                assertTrue(picture.contains(word), word + " in " + ending);
            }
        }
    }

    @Test
    void anExceptionAndCtrlCLeaveAPictureToo() throws Exception {
        String failing = Files.writeString(folder.resolve("failing.py"), "print('before')\nraise ValueError('no')\n").toString();
        Result result = LauncherIT.polyproc("run", "--timeline", file("failing.svg"), failing);
        assertEquals(1, result.status());
        assertTrue(result.err().endsWith("ValueError: no\n"), result.err());
        assertTrue(Files.readString(folder.resolve("failing.svg")).contains(">before</text>"));

        String sleeping = Files.writeString(folder.resolve("sleeping.py"), "import time\nprint('ready')\ntime.sleep(600)\n").toString();
        Process process = LauncherIT.launcher("run", "--timeline", file("sleeping.svg"), sleeping).start();
        assertEquals("ready", process.inputReader().readLine());
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        assertEquals(130, process.waitFor());
        assertTrue(Files.readString(folder.resolve("sleeping.svg")).contains(">ready</text>"));
    }

    @Test
    void aWrongFileIsToldBeforeTheScriptRuns() throws Exception {
        String script = Files.writeString(folder.resolve("script.py"), "print('ran')\n").toString();
        Result ending = LauncherIT.polyproc("run", "--timeline", "t.png", script);
        assertEquals(new Result(2, "", "polyproc: the file of a timeline must end with .html, .json or .svg: file=t.png"
                + " (see 'polyproc run --help')\n"), ending);
        String nowhere = file("none/t.html");
        Result missing = LauncherIT.polyproc("run", "--timeline", nowhere, script);
        assertEquals(new Result(2, "", "polyproc: the file of a timeline must be writable: file=" + nowhere
                + " (No such file or directory) (see 'polyproc run --help')\n"), missing);
        Result page = LauncherIT.polyproc("compare", "--html", folder.toString(), script);
        assertEquals(new Result(2, "", "polyproc: the file of a comparison must be writable: file=" + folder
                + " (Is a directory) (see 'polyproc compare --help')\n"), page);
    }

    @Test
    void theScriptDoesNotHearOfTheOption() throws Exception {
        Result result = LauncherIT.polyproc("--timeline", file("t.json"), "-c", "import sys; print(sys.argv)", "--timeline", "x.png");
        assertEquals(new Result(0, "['-c', '--timeline', 'x.png']\n", ""), result);
        assertFalse(Files.readString(folder.resolve("t.json")).isEmpty());
    }

    @Test
    void aComparisonIsAPage() throws Exception {
        String script = Files.writeString(folder.resolve("script.py"), "print('one')\nprint('<two>')\n").toString();
        Files.writeString(folder.resolve("script.expected.txt"), "one\n<three>\n");
        Result result = LauncherIT.polyproc("compare", "--html", file("c.html"), script);
        assertEquals(1, result.status(), result.err());
        String page = Files.readString(folder.resolve("c.html"));
        for (String word : List.of("script.py", "script.expected.txt", "&lt;two&gt;", "&lt;three&gt;", "different at line 2")) {
            assertTrue(page.contains(word), word);
        }
    }
}
