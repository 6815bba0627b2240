package dev.portcullis.analysis.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsTest {
    @ParameterizedTest
    @CsvSource({
        "-1, 5, bad", "NaN, 5, bad", "Infinity, 5, bad", "6, 5, bad",
        "0, -1, total", "0, NaN, total", "0, Infinity, total", "0, 1e301, total"
    })
    void countsThatCannotBeCountedAreRefusedByName(double bad, double total, String field) {
        InvalidCountsException fault = assertThrows(InvalidCountsException.class, () -> new Counts(bad, total));
        assertEquals(field, fault.field());
        assertTrue(fault.toString().contains(": " + field + " is "), fault.toString());
    }

    @Test
    void eachArmIsAddedToItself() {
        ArmCounts sum = new ArmCounts(new Counts(1, 10), new Counts(2, 90)).plus(ArmCounts.ofCanary(new Counts(3, 4)));
        assertEquals(new ArmCounts(new Counts(4, 14), new Counts(2, 90)), sum);
        assertEquals(sum, sum.plus(ArmCounts.NONE));
    }

    @Test
    void aNegativeZeroIsAZero() {
        assertEquals(Counts.NONE, new Counts(-0.0, -0.0));
    }
}
