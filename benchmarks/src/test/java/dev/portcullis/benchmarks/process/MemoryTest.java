package dev.portcullis.benchmarks.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void theTotalOfAHistogramIsInItsLastLine() throws Exception {
        var histogram = """
                4711:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         20480        3276800  [B (java.base@25)
                   2:            12            384  shop.Total
                Total         20492        3277184
                """;
        assertEquals(3200, Memory.total(histogram.lines()));
    }

    @Test
    void whatIsNoHistogramIsAFault() {
        assertThrows(IOException.class, () -> Memory.total(Stream.of("4711: No such process")));
    }
}
