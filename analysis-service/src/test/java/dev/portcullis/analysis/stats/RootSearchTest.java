package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class RootSearchTest {
    @Property(tries = 500)
    void theRootIsFoundInFewerStepsThanHalvingWouldTake(@ForAll @DoubleRange(min = -20, max = 20) double root) {
        AtomicInteger calls = new AtomicInteger();
        RootSearch search = new RootSearch(x -> {
            calls.incrementAndGet();
            return Math.expm1(root - x);
        });
        assertEquals(root, search.between(-20.5, 20.5), 1e-12);
        assertTrue(calls.get() < 40, calls + " evaluations");
    }

    @Property(tries = 200)
    void aStepIsFoundToo(@ForAll @DoubleRange(min = -690, max = 0) double step) {
        assertEquals(step, new RootSearch(x -> x < step ? 1e15 : -1).between(-691, 1), 1e-12);
    }
}
