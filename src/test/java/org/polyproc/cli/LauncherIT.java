package org.polyproc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the launcher script as a user does, after the build. Without the JIT, which starts faster. */
class LauncherIT {

    @TempDir
    private Path folder;

    record Result(int status, String out, String err) {
    }

    static ProcessBuilder launcher(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of("polyproc").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("POLYPROC_JIT", "off");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    static Result finish(Process process) throws Exception {
        process.getOutputStream().close();
        FutureTask<String> err = new FutureTask<>(() -> text(process.getErrorStream().readAllBytes()));
        Thread.ofPlatform().daemon().start(err);
        String out = text(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), out, err.get());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static Result polyproc(String... arguments) throws Exception {
        return finish(launcher(arguments).start());
    }

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("script.py"), text);
    }

    @Test
    void standardStreamsArgumentsAndExitStatusAreTheScripts() throws Exception {
        Path script = script("""
                import sys
                print(sys.argv[1:], sys.stdin.read(), sys.stdout.isatty())
                print('to stderr', file=sys.stderr)
                sys.exit(3)
                """);
        Process process = launcher("run", script.toString(), "-c", "--jit", "").start();
        process.getOutputStream().write("input".getBytes(StandardCharsets.UTF_8));
        Result result = finish(process);
        assertEquals(new Result(3, "['-c', '--jit', ''] input False\n", "to stderr\n"), result);
    }

    @Test
    void theLauncherWorksThroughALinkFromAnotherFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("pp"), Path.of("polyproc").toAbsolutePath());
        script("import helper, os; print(helper.x, os.path.basename(os.getcwd()) == '" + folder.getFileName() + "')");
        Files.writeString(folder.resolve("helper.py"), "x = 5\n");
        ProcessBuilder builder = launcher("run", "script.py").directory(folder.toFile());
        builder.command().set(0, link.toString());
        assertEquals(new Result(0, "5 True\n", ""), finish(builder.start()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "run --no-such-option x.py | unknown option: --no-such-option",
        "run -c | argument expected for the -c option",
        "-Ez x.py | unknown option: -z",
        "-i x.py | -i is not supported: there is no interactive interpreter",
        "run --py2 --no-py2 x.py | --py2 and --no-py2 exclude each other",
        "run --max-processes none x.py | Invalid value for option '--max-processes': 'none' is not an int",
        "run --max-processes 0 x.py | --max-processes must be positive: 0",
        "run --prepared -1 x.py | --prepared must not be negative: -1",
        "run --shm yours x.py | Invalid value for option '--shm': expected one of [HOST, POSIX] (case-insensitive) but was 'yours'",
        "doctor x.py | Unmatched argument at index 1: 'x.py'",
        "compare | a script is required",
        "conformance --workers 0 | --workers must be positive: 0",
        "compare --python x --reference y z.py | --reference and --python exclude each other",
    })
    void aWrongCommandLineIsOneSentence(String arguments, String message) throws Exception {
        Result result = polyproc(arguments.split(" "));
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("polyproc: " + message), result.err());
    }

    @Test
    void itsCommandLineIsThatOfPython() throws Exception {
        Path script = script("""
                import multiprocessing, os, subprocess, sys, warnings

                def show():
                    print(multiprocessing.current_process().name, __debug__, show.__doc__, sys.flags.optimize, sys.flags.no_site,
                          sys.flags.ignore_environment, sys.flags.safe_path, sys._xoptions, sys.warnoptions,
                          warnings.filters[0][:3:2], len(sys.flags))
                    assert False

                def show_and_start():
                    \"""doc\"""
                    show()
                    process = multiprocessing.Process(target=show)
                    process.start()
                    process.join()

                if __name__ == '__main__':
                    show()
                    assert show_and_start.__doc__ is None
                    process = multiprocessing.Process(target=show_and_start)
                    process.start()
                    process.join()
                    print(sys.argv[1:], sys.orig_argv[1:3])
                    sys.stdout.flush()
                    sys.exit(subprocess.run([sys.executable, '-c', 'import sys; sys.exit(len(sys.argv) + 40)', '-O']).returncode)
                """);
        ProcessBuilder builder = launcher("-ESOO", "-PWerror", "-X", "utf8", script.toString(), "-c", "--jit");
        builder.environment().put("PYTHONWARNINGS", "default");
        Result result = finish(builder.start());
        String shown = " False None 2 1 1 True {'utf8': True} ['error'] ('error', <class 'Warning'>) 18\n";
        assertEquals(new Result(42, "MainProcess" + shown + "Process-1" + shown + "Process-1:1" + shown
                + "['-c', '--jit'] ['-E', '-S']\n", ""), result);
    }

    @Test
    void environmentVariablesOfPythonCount() throws Exception {
        ProcessBuilder builder = launcher("-Wignore", "-c", "import sys; print(sys.path[:2], sys.warnoptions, __debug__, exit)");
        builder.environment().putAll(Map.of("PYTHONPATH", "/no/such", "PYTHONWARNINGS", "error,default::UserWarning",
                "PYTHONOPTIMIZE", "x"));
        assertEquals(new Result(0, "['', '/no/such'] ['error', 'default::UserWarning', 'ignore'] False "
                + "Use exit() or Ctrl-D (i.e. EOF) to exit\n", ""), finish(builder.start()));
    }

    @Test
    void withoutAProgramStandardInputIsOne() throws Exception {
        Process process = launcher().start();
        process.getOutputStream().write("import sys; print(sys.argv, __name__)".getBytes(StandardCharsets.UTF_8));
        assertEquals(new Result(0, "[''] __main__\n", ""), finish(process));
    }

    @Test
    void aWrongValueOfAnOptionIsOneSentence() throws Exception {
        assertEquals(new Result(1, "", "polyproc: invalid -X utf8 option value: '7'\n"), polyproc("-Xutf8=7", "-c", "1"));
    }

    @Test
    void aMissingFileIsOneSentence() throws Exception {
        Result result = polyproc("run", folder.resolve("none.py").toString());
        assertEquals(2, result.status());
        assertTrue(result.err().endsWith("can't open file '" + folder.resolve("none.py")
                + "': [Errno 2] No such file or directory\n"), result.err());
    }

    @Test
    void aFullDiskIsAnErrorAndNoStackTrace() throws Exception {
        ProcessBuilder builder = launcher("run", "-c", "print('x')");
        builder.redirectOutput(Path.of("/dev/full").toFile());
        Result result = finish(builder.start());
        assertTrue(result.status() != 0, "exit status " + result.status());
        assertTrue(result.err().contains("No space left on device"), result.err());
        assertFalse(result.err().contains("\tat "), result.err());
    }

    @Test
    void anOldJdkIsOneSentence() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("old/bin"));
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"17.0.1\" 2021-10-19' >&2\n");
        assertTrue(java.toFile().setExecutable(true));
        ProcessBuilder builder = launcher("run", "-c", "print(1)");
        builder.environment().put("JAVA_HOME", folder.resolve("old").toString());
        builder.environment().put("POLYPROC_JAVA_FOLDERS", "");
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        builder.environment().put("HOME", folder.toString());
        Result result = finish(builder.start());
        assertEquals(1, result.status());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("polyproc: a JDK 25 or newer is required; found only: " + java + " (17)"),
                result.err());
    }

    /** With the heap full of small objects, an error hits whoever asks next; README says so, and no test can foresee it. */
    @Test
    void lackOfMemoryIsTheErrorOfWhoAsksForTooMuch() throws Exception {
        Path script = script("""
                import multiprocessing

                def make_bytes():
                    bytearray(1_500_000_000)

                def make_list():
                    [0] * 400_000_000

                def wait(lock):
                    with lock:
                        print('the bystander went on')

                if __name__ == '__main__':
                    lock = multiprocessing.Lock()
                    with lock:
                        bystander = multiprocessing.Process(target=wait, args=(lock,))
                        bystander.start()
                        for target in make_bytes, make_list:
                            process = multiprocessing.Process(target=target)
                            process.start()
                            process.join()
                            print(target.__name__, process.exitcode)
                    bystander.join()
                """);
        ProcessBuilder builder = launcher(script.toString());
        builder.environment().put("JAVA_OPTS", "-Xmx400m");
        Result result = finish(builder.start());
        assertEquals("make_bytes 1\nmake_list 1\nthe bystander went on\n", result.out(), result.err());
        assertEquals(0, result.status());
        assertEquals(2, result.err().lines().filter(line -> line.equals("MemoryError")).count(), result.err());
    }

    @Test
    void ctrlCIsAKeyboardInterrupt() throws Exception {
        Path script = script("""
                import time
                print('ready')
                try:
                    time.sleep(600)
                except KeyboardInterrupt:
                    print('interrupted')
                    raise
                """);
        Process process = launcher("run", script.toString()).start();
        BufferedReader out = process.inputReader();
        assertEquals("ready", out.readLine());
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        assertEquals("interrupted", out.readLine());
        String err = text(process.getErrorStream().readAllBytes());
        assertEquals(130, process.waitFor());
        assertTrue(err.startsWith("Traceback (most recent call last):\n  File \"" + script + "\", line 4"), err);
        assertTrue(err.endsWith("KeyboardInterrupt\n"), err);
    }

    @Test
    void terminationFromOutsideEndsEverything() throws Exception {
        Path script = script("""
                import multiprocessing, time
                if __name__ == '__main__':
                    multiprocessing.Process(target=time.sleep, args=(600,)).start()
                    print('ready')
                    time.sleep(600)
                """);
        Process process = launcher("run", script.toString()).start();
        assertEquals("ready", process.inputReader().readLine());
        process.destroy();
        assertEquals(143, process.waitFor());
    }

    @Test
    void compareSaysWhetherOutputsAreEquivalent() throws Exception {
        Path script = script("print('one')\nprint('two')\n");
        Files.writeString(folder.resolve("script.expected.txt"), "one\ntwo\n");
        Result same = polyproc("compare", script.toString());
        assertEquals(0, same.status(), same.err());
        assertEquals(1, same.out().lines().count(), same.out());

        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "one\nthree\n");
        Result different = polyproc("compare", "--reference", wrong.toString(), script.toString());
        assertEquals(1, different.status(), different.err());
        assertTrue(different.out().contains("three") && different.out().contains("two"), different.out());

        Result noReference = polyproc("compare", "--reference", folder.resolve("none").toString(), script.toString());
        assertEquals(2, noReference.status());
        assertTrue(noReference.err().startsWith("polyproc: there is no reference: "), noReference.err());

        Result noPython = polyproc("compare", "--python", "no-such-python", script.toString());
        assertEquals(2, noPython.status());
        assertEquals("polyproc: the reference interpreter can't be started: no-such-python\n", noPython.err());
    }

    @Test
    void compareRunsAnotherInterpreter() throws Exception {
        Path script = script("print('one')\nprint('two')\n");
        // Stands for a Python interpreter, so that the test needs none.
        Path other = Files.writeString(folder.resolve("other"), "#!/bin/sh\necho one; echo two; exit ${STATUS:-0}\n");
        assertTrue(other.toFile().setExecutable(true));
        assertEquals(0, polyproc("compare", "--python", other.toString(), script.toString()).status());
        ProcessBuilder failing = launcher("compare", "--python", other.toString(), script.toString());
        failing.environment().putAll(Map.of("STATUS", "4"));
        Result result = finish(failing.start());
        assertEquals(1, result.status());
        assertTrue(result.out().endsWith("different exit status: 4 in the reference, 0 here\n"), result.out());
    }

    @Test
    void theDoctorIsContentAfterABuild() throws Exception {
        Result result = polyproc("doctor");
        assertEquals(0, result.status(), result.out());
        for (String subject : List.of("polyproc ", "JDK ", "JIT ", "Python ", "cache ", "build ")) {
            assertTrue(result.out().lines().anyMatch(line -> line.startsWith(subject)), result.out());
        }
    }

    @Test
    void helpNamesEveryCommand() throws Exception {
        String help = polyproc("--help").out();
        for (String command : List.of("run", "compare", "doctor")) {
            assertTrue(help.contains(command), help);
        }
        assertTrue(polyproc("run", "--help").out().contains("--max-processes"));
        assertTrue(polyproc("--version").out().contains("GraalPy 25.0.3"));
        assertEquals(new Result(0, "Python 3.12.8\n", ""), polyproc("-V"));
    }

    @Test
    void itWorksAsAModuleThatExportsItsApiOnly() throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=org.graalvm.truffle", "--sun-misc-unsafe-memory-access=allow",
                "--add-exports=org.graalvm.py/com.oracle.graal.python.builtins.objects.buffer=org.polyproc",
                "-p", "target/polyproc.jar:target/lib", "-m", "org.polyproc/org.polyproc.cli.Main", "run", "-c",
                "import multiprocessing; print(multiprocessing.Value('i', 5).value)").start();
        assertEquals(new Result(0, "5\n", ""), finish(process));
        Process describe = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jar").toString(),
                "--describe-module", "--file", "target/polyproc.jar").start();
        assertEquals(List.of("exports org.polyproc"),
                finish(describe).out().lines().filter(line -> line.startsWith("exports")).toList());
    }

    @Test
    void aModuleThatLacksAccessSaysWhichOptionGivesIt() throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p", "target/polyproc.jar:target/lib", "-m", "org.polyproc/org.polyproc.cli.Main", "run", "-c", "1").start();
        Result result = finish(process);
        assertEquals(1, result.status());
        // The JVM's own warnings come before.
        assertTrue(result.err().endsWith("""
                polyproc: on the module path polyproc needs the JVM's option \
                --add-exports=org.graalvm.py/com.oracle.graal.python.builtins.objects.buffer=org.polyproc
                """), result.err());
    }

    /** What both sides execute: attach to a block, say what is in it, and answer. */
    private static final String ANSWER = """
            import sys
            from multiprocessing import shared_memory
            block = shared_memory.SharedMemory(sys.argv[1])
            print(block.size, bytes(block.buf[:5]))
            block.buf[:6] = b'answer'
            block.buf[-1] = 7
            block.close()
            try:
                from multiprocessing import resource_tracker
                resource_tracker.unregister(block._name, 'shared_memory')  # What attaches is no owner, which 3.11 does not know.
            except KeyError:
                pass
            """;

    /** What both sides execute: make a block, wait for the answer, and take the block away. */
    private static final String ASK = """
            from multiprocessing import shared_memory
            block = shared_memory.SharedMemory(create=True, size=50)
            block.buf[:5] = b'hello'
            print(block.name, flush=True)
            input()
            print(bytes(block.buf[:6]), block.buf[49])
            block.close()
            block.unlink()
            """;

    @Test
    void posixSharedMemoryIsSharedWithCPythonInBothDirections() throws Exception {
        assumeTrue(isOnPath("python3"), "python3 is not installed, so there is nobody to share with");
        Path ask = Files.writeString(folder.resolve("ask.py"), ASK);
        Path answer = Files.writeString(folder.resolve("answer.py"), ANSWER);
        List<String> cpython = List.of("python3");
        List<String> polyproc = launcher("--no-jit", "--shm", "posix").command();
        exchange(polyproc, ask, cpython, answer);
        exchange(cpython, ask, polyproc, answer);
    }

    /** What `peer_client.py` says when all went well. */
    private static final String TALK = """
            ('AuthenticationError', 'digest sent was rejected')
            None
            {'a': [1, 2.5, 'ü']}
            ConnectionError(1, 'two')
            True
            """;
    private static final String MANAGE = """
            ('AuthenticationError', 'digest sent was rejected')
            %s ('LookupError', 'no', 1) False
            RemoteError True
            RemoteError True True
            %s
            {'host': 'server', 'client': 'was here'} ['client', 'host'] False ('KeyError', 'nothing') 2
            """;

    @Test
    void connectionsAndManagersTalkToCPythonInBothDirections() throws Exception {
        assumeTrue(isOnPath("python3"), "python3 is not installed, so there is nobody to talk to");
        List<String> cpython = List.of("python3");
        List<String> polyproc = launcher("--no-jit").command();
        talk(polyproc, cpython);
        talk(cpython, polyproc);
    }

    private void talk(List<String> serving, List<String> using) throws Exception {
        Path scripts = Path.of("src/test/python").toAbsolutePath();
        String socket = folder.resolve("socket").toString();
        Process server = launched(serving, scripts.resolve("peer_server.py").toString(), socket);
        BufferedReader out = server.inputReader();
        String[] ports = out.readLine().split(" ");
        Result client = finish(launched(using, scripts.resolve("peer_client.py").toString(), socket, ports[0], ports[1]));
        assertEquals(new Result(0, TALK + TALK + MANAGE.formatted("1 2", "{'number': 0} 2 ('Empty',)")
                + MANAGE.formatted("3 4", "left 3 [{'number': 10}, {'number': 11}, {'number': 12}]"), ""), client);
        server.outputWriter().close();
        assertEquals("was here 1", out.readLine());
        assertEquals(new Result(0, "", ""), finish(server));
        assertFalse(Files.exists(Path.of(socket)) || Files.exists(Path.of(socket + ".manager")));
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private void exchange(List<String> asker, Path ask, List<String> answerer, Path answer) throws Exception {
        Process asking = launched(asker, ask.toString());
        BufferedReader out = asking.inputReader();
        String name = out.readLine();
        assertEquals(new Result(0, "50 b'hello'\n", ""), finish(launched(answerer, answer.toString(), name)));
        try (var in = asking.outputWriter()) {
            in.write("go on\n");
        }
        assertEquals("b'answer' 7", out.readLine());
        assertEquals(new Result(0, "", ""), finish(asking));
        assertFalse(Files.exists(Path.of("/dev/shm", name)));
    }

    private static Process launched(List<String> command, String... arguments) throws IOException {
        return new ProcessBuilder(Stream.concat(command.stream(), Stream.of(arguments)).toList()).start();
    }

    @Test
    void eightProcessesCountExactly() throws Exception {
        Path script = script("""
                import multiprocessing

                def count(value):
                    for _ in range(100_000):
                        with value.get_lock():
                            value.value += 1

                if __name__ == '__main__':
                    value = multiprocessing.Value('i', 0)
                    processes = [multiprocessing.Process(target=count, args=(value,)) for _ in range(8)]
                    for process in processes:
                        process.start()
                    for process in processes:
                        process.join()
                    print(value.value)
                """);
        assertEquals(new Result(0, "800000\n", ""), polyproc("--jit", script.toString()));
    }

    @Test
    void theJitCompilesTheProgramAndNotTheImportSystem() throws Exception {
        Path script = script("""
                import sys

                def find_special(number):
                    return number % 7

                for number in range(1000):
                    find_special(number)
                    sys.modules.pop('this_is_not_there', None)
                    try:
                        import this_is_not_there
                    except ImportError:
                        pass
                """);
        Set<String> compiled = compiled(script);
        assertTrue(compiled.contains("find_special"), compiled::toString);
        assertFalse(compiled.contains("_find_and_load"), compiled::toString);
        assertFalse(compiled.contains("_find_and_load_unlocked"), compiled::toString);
    }

    @Test
    void theJitCompilesWhatOneProcessCallsOften() throws Exception {
        Path script = script("""
                import multiprocessing

                def once():
                    for number in range(50):
                        pass

                def often():
                    for number in range(50):
                        pass

                def call_often():
                    for number in range(20):
                        often()

                if __name__ == '__main__':
                    for target in [once] * 20 + [call_often]:
                        process = multiprocessing.Process(target=target)
                        process.start()
                        process.join()
                """);
        Set<String> compiled = compiled(script);
        assertTrue(compiled.contains("often"), compiled::toString);
        assertFalse(compiled.contains("once"), compiled::toString);
    }

    /** Returns the names of the Python functions that the JIT compiles, and waits for it each time, while it executes a script. */
    private static Set<String> compiled(Path script) throws Exception {
        ProcessBuilder builder = launcher("--jit", script.toString());
        builder.environment().put("JAVA_OPTS",
                "-Dpolyglot.engine.TraceCompilation=true -Dpolyglot.engine.BackgroundCompilation=false");
        Result result = finish(builder.start());
        assertEquals(0, result.status(), result.err());
        return Pattern.compile("\\[engine] opt done .*<bytecode (\\w+) at ").matcher(result.out() + result.err()).results()
                .map(match -> match.group(1)).collect(Collectors.toSet());
    }

    @Test
    void namesThatAProgramLeavesAreRemovedAndSaid() throws Exception {
        Result result = polyproc("--shm", "posix", "-c",
                "from multiprocessing import shared_memory; print(shared_memory.SharedMemory(create=True, size=1).name)");
        assertEquals(0, result.status());
        assertEquals("UserWarning: resource_tracker: There appear to be 1 leaked shared_memory objects to clean up at shutdown\n",
                result.err());
        assertFalse(Files.exists(Path.of("/dev/shm", result.out().strip())));
    }

    @Test
    void whatATerminatedSubprocessWroteCanBeRead() throws Exception {
        assertEquals(new Result(0, "b'out\\n'\n-15 (b'', b'err\\n')\n", ""), polyproc("-c", """
                import subprocess
                p = subprocess.Popen(['sh', '-c', 'echo err >&2; echo out; exec sleep 600'], stdout=-1, stderr=-1)
                print(p.stdout.readline())
                p.terminate()
                p.wait()
                print(p.returncode, p.communicate())
                """));
    }
}
