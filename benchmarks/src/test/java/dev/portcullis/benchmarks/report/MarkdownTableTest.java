package dev.portcullis.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {
    private final MarkdownTable table = new MarkdownTable(List.of("what", "how many"));

    @Test
    void rowsStandBelowTheHeads() {
        assertTrue(table.isEmpty());
        table.add(List.of("pods", "3"));
        assertFalse(table.isEmpty());
        assertEquals("| what | how many |\n|---|---:|\n| pods | 3 |", table.toString());
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> table.add(List.of("pods")));
    }
}
