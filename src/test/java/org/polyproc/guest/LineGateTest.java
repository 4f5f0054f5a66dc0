package org.polyproc.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class LineGateTest {

    private final ByteArrayOutputStream device = new ByteArrayOutputStream();
    private final LineGate gate = new LineGate(device, 100);
    private final List<String> told = new ArrayList<>();
    private final OutputStream a = gate.open("a", () -> { }, line -> told.add("a:" + line));
    private final OutputStream b = gate.open("b", () -> { }, line -> told.add("b:" + line));

    private static void write(OutputStream stream, String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String written() {
        return device.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anUnfinishedLineIsSeenAtOnceAndOthersFollowItsEnd() throws IOException {
        write(a, "one, ");
        assertEquals("one, ", written());
        write(b, "three\nfo");
        assertEquals("one, ", written());
        write(a, "two\n");
        assertEquals("one, two\nthree\nfo", written());
        write(b, "ur\n");
        assertEquals("one, two\nthree\nfour\n", written());
        assertEquals(List.of("b:three", "a:one, two", "b:four"), told);
    }

    @Test
    void theEndOfAProcessEndsItsLine() throws IOException {
        write(a, "unfinished");
        write(b, "kept\n");
        a.close();
        assertEquals("unfinished\nkept\n", written());
        assertEquals(List.of("b:kept", "a:unfinished"), told);
    }

    @Test
    void theLastLineOfAllIsNotChanged() throws IOException {
        write(a, "no end");
        a.close();
        b.close();
        assertEquals("no end", written());
    }

    @Test
    void whatAnEndedProcessHadLeftIsWrittenAsALine() throws IOException {
        write(a, "x");
        write(b, "left");
        b.close();
        write(a, "y\n");
        assertEquals("xy\nleft\n", written());
    }

    @Test
    void aPromptGivesTheLineUp() throws IOException {
        write(a, "name? ");
        write(b, "kept\n");
        gate.prompt("a");
        assertEquals("name? kept\n", written());
    }

    @Test
    void patienceHasAnEnd() throws IOException {
        write(a, "progress ");
        write(b, "x".repeat(101) + "\n");
        assertEquals("progress \n" + "x".repeat(101) + "\n", written());
    }

    @Test
    void streamsOfOneProcessShareItsLine() throws IOException {
        OutputStream err = gate.open("a", () -> { }, null);
        write(a, "out ");
        write(err, "err\n");
        assertEquals("out err\n", written());
    }

    @Test
    void whatAStreamKeptGoesBeforeWhatItWritesNext() throws IOException {
        OutputStream err = gate.open("b", () -> { }, null);
        write(a, "x");
        write(b, "out ");
        write(err, "err ");
        write(a, "\n");
        assertEquals("x\nout ", written());
        write(err, "more");
        assertEquals("x\nout err more", written());
    }

    @Test
    void linesOfManyThreadsNeverMix() throws Exception {
        int writers = 4;
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            String piece = String.valueOf((char) ('a' + w));
            FutureTask<Void> task = new FutureTask<>(() -> {
                try (OutputStream stream = gate.open(piece, () -> { }, null)) {
                    for (int line = 0; line < 500; line++) {
                        for (int i = 0; i < 5; i++) {
                            write(stream, piece);
                        }
                        write(stream, "\n");
                    }
                }
                return null;
            });
            tasks.add(task);
            Thread.ofPlatform().start(task);
        }
        for (FutureTask<Void> task : tasks) {
            task.get();
        }
        List<String> lines = written().lines().filter(line -> !line.isEmpty()).toList();
        for (String line : lines) {
            assertEquals(1, line.chars().distinct().count(), line);
        }
        assertEquals(writers * 500 * 5, lines.stream().mapToInt(String::length).sum());
    }
}
