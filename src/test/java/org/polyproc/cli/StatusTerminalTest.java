package org.polyproc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTerminalTest {

    private final ByteArrayOutputStream device = new ByteArrayOutputStream();
    private final StatusTerminal terminal = new StatusTerminal(device);

    private String sent() {
        String text = device.toString(StandardCharsets.UTF_8).replace('\033', '~');
        device.reset();
        return text;
    }

    private void print(String text) throws IOException {
        terminal.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void outputWithoutATableIsLeftAlone() throws IOException {
        print("a\n");
        assertEquals("a\n", sent());
    }

    @Test
    void outputGoesWhereItStoppedAndTheTableBelow() throws IOException {
        print("part");
        terminal.show(List.of("one", "two"));
        assertEquals("part~D~D~[2A~7\r\none~[K\r\ntwo~[K~8", sent());
        print("ial\n");
        assertEquals("~[Jial\n~D~D~[2A~7\r\none~[K\r\ntwo~[K~8", sent());
    }

    @Test
    void theSameTableIsNotDrawnAgainAndAShorterOneLeavesNothingBehind() throws IOException {
        terminal.show(List.of("one", "two"));
        sent();
        terminal.show(List.of("one", "two"));
        assertEquals("", sent());
        terminal.show(List.of("three"));
        assertEquals("~[J~D~[1A~7\r\nthree~[K~8", sent());
    }

    @Test
    void nothingIsLeftAfterTheEnd() throws IOException {
        terminal.show(List.of("one"));
        sent();
        terminal.close();
        assertEquals("~[J", sent());
        terminal.show(List.of("two"));
        print("last\n");
        terminal.close();
        assertEquals("last\n", sent());
    }
}
