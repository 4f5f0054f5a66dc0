package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonHostTest {

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pass | 0",
        "import sys; sys.exit(3) | 3",
        "import sys; sys.exit(None) | 0",
        "import sys; sys.exit('text') | 1",
        "raise SystemExit(259) | 3",
        "raise SystemExit(True) | 1",
        "raise SystemExit(-1) | 255",
        "1/0 | 1",
        "import os; os._exit(9) | 9",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL) | -9",
        "import os, signal; os.kill(os.getpid(), signal.SIGTERM) | -15",
        "raise KeyboardInterrupt | 130",
        "if x | 1",
    })
    void theExitStatusIsThatOfCPython(String code, int exitCode) throws InterruptedException {
        assertEquals(exitCode, TestHost.code(code).status().exitCode());
    }

    @Test
    void codeSeesItsArgumentsAndPath() throws InterruptedException {
        TestHost.Result result = TestHost.code("import sys; print(__name__, sys.argv, repr(sys.path[0]))", "a", "-b");
        assertEquals("__main__ ['-c', 'a', '-b'] ''\n", result.out());
    }

    @Test
    void aCommandLineHasOptions() throws InterruptedException {
        TestHost.Result result = TestHost.run(PythonProgram.commandLine(
                "-OI", "-c", "import sys; print(sys.argv, __debug__, sys.flags.isolated, '' in sys.path); assert 0", "-O"));
        assertEquals("['-c', '-O'] False 1 False\n", result.out(), result.err());
        assertEquals("unknown option: -z", assertThrows(IllegalArgumentException.class,
                () -> PythonProgram.commandLine("-z")).getMessage());
    }

    @Test
    void anEmbeddedProgramIgnoresPythonsEnvironment() throws InterruptedException {
        TestHost.Result result = TestHost.code("import sys; f = sys.flags; print(f.ignore_environment, f.no_user_site, f.optimize)");
        assertEquals("1 1 0\n", result.out(), result.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "exec('x = __debug__') or x | False",
        "eval(' __debug__') | False",
        "[f for f in [eval('lambda: __debug__')]][0]() | False",
        "(lambda y: eval('y + 1'))(2) | 3",
        "exec('def g(): \"doc\"') or g.__doc__ | None",
        "exec(compile('def g(): \"doc\"', 'f', 'exec', optimize=0)) or g.__doc__ | doc",
        "exec('assert False') or 1 | 1",
        "exec('z = 1', {}, locals()) or z | 1",
        "exec(compile('def h(a: none): pass', 'f', 'exec')) or h.__annotations__ | {'a': 'none'}",
    })
    void optimizedCodeBehavesLikeCPythons(String expression, String value) throws InterruptedException {
        TestHost.Result result = TestHost.run(
                PythonProgram.commandLine("-OO", "-c", "from __future__ import annotations\nprint(" + expression + ")"));
        assertEquals(value + "\n", result.out(), result.err());
    }

    @Test
    void aScriptSeesItsFileArgumentsAndFolder() throws Exception {
        Path script = file("script.py", """
                import sys
                print(__name__, __file__, __spec__, sys.argv[1:], sys.path[0])
                """);
        TestHost.Result result = TestHost.run(PythonProgram.script(script).withArguments("x y", ""));
        assertEquals("__main__ " + script + " None ['x y', ''] " + folder.toRealPath() + "\n", result.out());
    }

    @Test
    void aModuleIsRunByItsName() throws Exception {
        TestHost.Result result = TestHost.run(PythonProgram.module("calendar").withArguments("2026", "11"));
        assertTrue(result.out().startsWith("   November 2026\n"), result.out());
        TestHost.Result missing = TestHost.run(PythonProgram.module("no_such_module"));
        assertEquals(1, missing.status().exitCode());
        assertTrue(missing.err().endsWith(": No module named no_such_module\n"), missing.err());
    }

    @Test
    void aFolderIsRunByItsMainModule() throws Exception {
        file("__main__.py", "print(__name__, __package__ == '')");
        assertEquals("__main__ True\n", TestHost.run(PythonProgram.script(folder)).out());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        TestHost.Result result = TestHost.run(PythonProgram.script(empty));
        assertEquals(1, result.status().exitCode());
        assertTrue(result.err().endsWith("can't find '__main__' module in '" + empty + "'\n"), result.err());
    }

    @Test
    void standardInputIsAProgramOrItsInput() throws Exception {
        assertEquals("['-'] 2\n", TestHost.run(PythonProgram.standardInput(), "import sys\nprint(sys.argv, 1 + 1)\n").out());
        assertEquals("first second\n",
                TestHost.run(PythonProgram.code("print(input(), input())"), "first\nsecond\n").out());
    }

    @Test
    void aMissingScriptIsOneSentence() throws Exception {
        Path missing = folder.resolve("missing.py");
        TestHost.Result result = TestHost.run(PythonProgram.script(missing));
        assertEquals(2, result.status().exitCode());
        assertTrue(result.err().endsWith(
                "can't open file '" + missing + "': [Errno 2] No such file or directory\n"), result.err());
        assertEquals(1, result.err().lines().count());
    }

    @Test
    void aSyntaxErrorShowsItsLine() throws Exception {
        Path script = file("wrong.py", "x = 1\nif x\n");
        TestHost.Result result = TestHost.run(PythonProgram.script(script));
        assertEquals(1, result.status().exitCode());
        assertEquals(List.of("  File \"" + script + "\", line 2", "    if x", "SyntaxError: expected ':'"),
                result.err().lines().filter(line -> !line.contains("^")).toList());
    }

    @Test
    void whatIsNotTextIsASyntaxError() throws Exception {
        Path script = Files.write(folder.resolve("binary.py"), new byte[] {'x', 0, 1, (byte) 0xff});
        TestHost.Result result = TestHost.run(PythonProgram.script(script));
        assertEquals(1, result.status().exitCode());
        assertTrue(result.err().contains("SyntaxError: source code "), result.err());
    }

    @Test
    void aTracebackBeginsInTheScript() throws Exception {
        Path script = file("fails.py", "def f():\n    return 1 / 0\n\nf()\n");
        TestHost.Result result = TestHost.run(PythonProgram.script(script));
        assertEquals(List.of(
                "Traceback (most recent call last):",
                "  File \"" + script + "\", line 4, in <module>",
                "    f()",
                "  File \"" + script + "\", line 2, in f",
                "    return 1 / 0",
                "ZeroDivisionError: division by zero"),
                result.err().lines().filter(line -> !line.contains("^")).map(line -> line.replace("~", "")).toList());
    }

    @Test
    void exitHandlersAndThreadsEndBeforeTheProcess() throws Exception {
        TestHost.Result result = TestHost.code("""
                import atexit, threading, time
                atexit.register(print, 'atexit')
                threading.Thread(target=lambda: (time.sleep(0.1), print('thread'))).start()
                threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
                print('main')
                """);
        assertEquals("main\nthread\natexit\n", result.out());
        assertEquals(0, result.status().exitCode());
    }

    @Test
    void anExitHandlerThatFailsChangesNothing() throws Exception {
        TestHost.Result result = TestHost.code("""
                import atexit, sys
                atexit.register(print, 'first')
                atexit.register(lambda: 1 / 0)
                atexit.register(print, 'last')
                sys.exit(5)
                """);
        assertEquals("last\nfirst\n", result.out());
        assertEquals(5, result.status().exitCode());
        assertTrue(result.err().endsWith("ZeroDivisionError: division by zero\n"), result.err());
    }

    @Test
    void aMissingGuardIsCPythonsError() throws Exception {
        Path script = file("unguarded.py", """
                import multiprocessing
                p = multiprocessing.Process(target=print)
                p.start()
                p.join()
                print(p.exitcode)
                """);
        TestHost.Result result = TestHost.run(PythonProgram.script(script));
        assertEquals("1\n", result.out());
        assertTrue(result.err().contains("An attempt has been made to start a new process before the"), result.err());
    }

    @Test
    void oneProcessTooManyIsPythonsError() throws Exception {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                PythonHost host = PythonHost.builder().maxProcesses(2).out(out).build()) {
            ExitStatus status = host.run(PythonProgram.code("""
                    import multiprocessing, time
                    first = multiprocessing.Process(target=time.sleep, args=(600,))
                    first.start()
                    try:
                        multiprocessing.Process(target=print).start()
                    except BlockingIOError as error:
                        print(error)
                    first.kill()
                    """));
            assertEquals(new ExitStatus(0), status);
            assertEquals("[Errno 11] Resource temporarily unavailable\n", out.toString());
        }
    }

    @Test
    void aForkBombIsRefusedAndTheHostStaysHealthy() throws Exception {
        Path script = Files.writeString(folder.resolve("bomb.py"), """
                import multiprocessing

                def bomb():
                    children = []
                    try:
                        while True:
                            child = multiprocessing.Process(target=bomb)
                            child.start()
                            children.append(child)
                    except BlockingIOError as error:
                        print(error)
                    for child in children:
                        child.join()

                if __name__ == '__main__':
                    bomb()
                """);
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                PythonHost host = PythonHost.builder().context(TestHost::context).maxProcesses(8).out(out).build()) {
            assertEquals(new ExitStatus(0), host.run(PythonProgram.script(script)));
            assertEquals(Set.of("[Errno 11] Resource temporarily unavailable"), Set.copyOf(out.toString().lines().toList()));
            assertEquals(new ExitStatus(7), host.run(PythonProgram.code("import sys; sys.exit(7)")));
        }
    }

    @Test
    void aProgramMayEndBeforeWhatItStartedWithSubprocess() throws Exception {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                PythonHost host = PythonHost.builder().context(() -> TestHost.context().allowCreateProcess(true)).out(out).build()) {
            ExitStatus status = host.run(PythonProgram.code("""
                    import subprocess, sys
                    child = subprocess.Popen(['cat'], stdin=subprocess.PIPE)
                    print(child.pid)
                    sys.exit(3)
                    """));
            ProcessHandle.of(Long.parseLong(out.toString().strip())).ifPresent(ProcessHandle::destroy);
            assertEquals(new ExitStatus(3), status);
        }
    }

    @Test
    void anEmbedderReadsWhatAScriptShared() throws Exception {
        try (PythonProcess process = TestHost.host().start(PythonProgram.code("""
                import multiprocessing
                number = multiprocessing.Value('i', 20)
                ratio = multiprocessing.RawValue('d', 0.5)
                numbers = multiprocessing.Array('i', [1, 2, 3])
                """))) {
            assertTrue(process.waitFor().isSuccess());
            assertEquals(20, process.value("number").getLong());
            assertEquals(0.5, process.value("ratio").getDouble());
            SharedArray numbers = process.array("numbers");
            assertEquals(3, numbers.length());
            numbers.setLong(1, 7);
            assertEquals(7, numbers.asIntBuffer().get(1), "a view is no copy");
            Exception e = assertThrows(IllegalArgumentException.class, () -> process.value("numbers"));
            assertEquals("the ended program must have left a shared value of that name: name=numbers", e.getMessage());
            process.close();
            assertThrows(IllegalStateException.class, () -> numbers.getLong(0));
        }
    }

    @Test
    void theDefaultHostGivesNoRights() throws Exception {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                PythonHost host = PythonHost.builder().out(out).err(OutputStream.nullOutputStream()).build()) {
            host.run(PythonProgram.code("""
                    def attempt(what):
                        try:
                            what()
                            print('allowed')
                        except BaseException:
                            print('refused')
                    attempt(lambda: open('/etc/hostname').read())
                    attempt(lambda: __import__('java').type('java.lang.System'))
                    attempt(lambda: __import__('subprocess').run(['true']))
                    attempt(lambda: __import__('_polyproc').kernel.getClass())
                    attempt(lambda: __import__('_polyproc').kernel.process.self)
                    """));
            assertEquals("refused\n".repeat(5), out.toString());
        }
    }

    @Test
    void pathsOfSocketsAreFilesOnlyIfTheHostSaysSo() throws Exception {
        Path socket = folder.resolve("socket");
        PythonProgram program = PythonProgram.code("""
                import os, sys
                from multiprocessing.connection import Client, Listener
                from _polyproc import kernel
                with Listener(sys.argv[1]) as listener, Client(sys.argv[1]) as client, listener.accept() as accepted:
                    client.send(os.path.exists(sys.argv[1]))
                    print(accepted.recv())
                print(kernel.channel.listenAtFile(sys.argv[1] + '2', 1) > 0, kernel.channel.connectToFile(sys.argv[1] + '2') > 0)
                """).withArguments(socket.toString());
        for (boolean allowed : List.of(false, true)) {
            try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                    PythonHost host = PythonHost.builder().context(TestHost::context).unixSockets(allowed).out(out).build()) {
                assertEquals(new ExitStatus(0), host.run(program));
                assertEquals(allowed ? "True\nTrue True\n" : "False\nFalse False\n", out.toString());
            }
            assertFalse(Files.exists(socket));
        }
    }

    @Test
    void whatAProcessSentArrivesBeforeItsHostIsClosed() throws Exception {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                PythonHost host = PythonHost.builder().context(TestHost::context).unixSockets(true).build()) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertEquals(new ExitStatus(0), host.run(PythonProgram.code("""
                    import sys
                    from multiprocessing.connection import Client
                    Client(sys.argv[1]).send_bytes(b'x' * 4_000_000)
                    """).withArguments(socket.toString())));
            Thread closing = Thread.ofPlatform().start(host::close);
            try (SocketChannel peer = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocate(4_000_005);
                while (peer.read(buffer) >= 0 && buffer.hasRemaining()) {
                    // All of it, and no more.
                }
                assertEquals(4_000_004, buffer.position());
            }
            closing.join();
        }
    }

    @Test
    void theDefaultHostStillHasProcesses() throws Exception {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                PythonHost host = PythonHost.builder().out(out).err(out).build()) {
            assertEquals(new ExitStatus(0), host.run(PythonProgram.code("""
                    import multiprocessing, os
                    child = multiprocessing.Process(target=print, args=(os.getcwd(), os.listdir('.')))
                    child.start()
                    child.join()
                    """)));
            assertEquals("/ []\n", out.toString());
        }
    }

    @Test
    void aPython2ScriptFailsOnItsOwnLines() throws Exception {
        Path script = file("old.py", """
                import sys

                def f((a, b)):
                    raise ValueError, "%d" % (a + b)

                print >>sys.stderr, "begin"
                f((1, 2))
                """);
        TestHost.Result result = TestHost.run(PythonProgram.script(script).verbose());
        assertEquals(1, result.status().exitCode());
        assertEquals(List.of(
                "polyproc: " + script + " is Python 2 (line 3: tuple parameter) and was translated in memory",
                "begin",
                "Traceback (most recent call last):",
                "  File \"" + script + "\", line 7, in <module>",
                "    f((1, 2))",
                "  File \"" + script + "\", line 4, in f",
                "    raise ValueError, \"%d\" % (a + b)",
                "ValueError: 3"),
                result.err().lines().filter(line -> !line.contains("^")).toList());
        assertEquals(1, TestHost.run(PythonProgram.script(script).asPython3()).status().exitCode());
    }

    @Test
    void interruptReachesTheProgram() throws Exception {
        try (PythonProcess process = TestHost.host().start(PythonProgram.code("""
                import signal, sys, time
                def handler(signum, frame):
                    sys.exit(40 + signum)
                signal.signal(signal.SIGINT, handler)
                signal.raise_signal(signal.SIGINT)
                time.sleep(600)
                """))) {
            assertEquals(42, process.waitFor().exitCode());
        }
    }

    @Test
    void killingEndsWhateverItDoes() throws Exception {
        try (PythonProcess process = TestHost.host().start(PythonProgram.code("while True: pass"))) {
            process.kill();
            ExitStatus status = process.waitFor();
            assertEquals(OptionalInt.of(9), status.signal());
            assertEquals(137, status.shellStatus());
            assertFalse(status.isSuccess());
        }
    }

    @Test
    void aClosedHostStartsNothing() {
        PythonHost host = PythonHost.create();
        host.close();
        host.close();
        assertThrows(IllegalStateException.class, () -> host.start(PythonProgram.code("pass")));
    }
}
