package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CallRatesTest {
    private static final int MOST = 5;
    private static final int CALLS = 1_000;

    private static Caller caller(Caller.Kind kind, String name) {
        return new Caller(kind, Caller.PORTCULLIS, name, name, List.of());
    }

    /** What is made by one caller after another, and how many of it were refused. */
    private interface Call {
        void make() throws CallRefusedException;
    }

    private static int refused(Call call) {
        int refused = 0;
        for (int i = 0; i < CALLS; i++) {
            try {
                call.make();
            } catch (CallRefusedException e) {
                assertEquals(CallRefusedException.Reason.TOO_MANY_CALLS, e.reason());
                assertTrue(e.why().contains("more than 5 calls"), e.why());
                refused++;
            }
        }
        return refused;
    }

    @Test
    void aCallerHasSoManyCallsInASecondAndTakesNothingFromAnother() {
        var rates = new CallRates(MOST);
        var begin = System.nanoTime();
        var refused = refused(() -> rates.count(caller(Caller.Kind.TOKEN, "ann")));
        var seconds = 2 + (System.nanoTime() - begin) / 1_000_000_000;
        assertTrue(refused >= CALLS - MOST * seconds, refused + " in less than " + seconds + " s");
        assertTrue(refused <= CALLS - MOST, refused + " refused");
        assertEquals(0, single(() -> rates.count(caller(Caller.Kind.TOKEN, "bob"))));
    }

    private static int single(Call call) {
        try {
            call.make();
            return 0;
        } catch (CallRefusedException e) {
            return 1;
        }
    }

    @Test
    void whoIsNotKnownTakesNothingFromWhoIs() {
        var rates = new CallRates(MOST);
        assertTrue(refused(() -> rates.countRefused("10.0.0.1")) > 0);
        assertEquals(0, single(() -> rates.countRefused("10.0.0.2")));
        assertEquals(0, single(() -> rates.count(caller(Caller.Kind.JWT, "10.0.0.1"))));
    }

    @Test
    void theOtherServicesAndWhoeverNeedsNoCredentialsAreNotLimited() {
        var rates = new CallRates(MOST);
        assertEquals(0, refused(() -> rates.count(caller(Caller.Kind.PEER, "gate-service"))));
        assertEquals(0, refused(() -> rates.count(Caller.LOCAL)));
    }

    @Test
    void zeroIsNoLimit() {
        var rates = new CallRates(CallRates.UNLIMITED);
        assertEquals(0, refused(() -> rates.count(caller(Caller.Kind.TOKEN, "ann"))));
        assertEquals(0, refused(() -> rates.countRefused("10.0.0.1")));
    }
}
