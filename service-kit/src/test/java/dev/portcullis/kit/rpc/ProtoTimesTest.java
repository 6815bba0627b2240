package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProtoTimesTest {
    @Test
    void aTimeIsTheSameThereAndBack() {
        for (var text : new String[] {
            "2026-03-01T12:00:00.123456789Z", "1969-12-31T23:59:59.5Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"
        }) {
            var time = Instant.parse(text);
            assertEquals(time, ProtoTimes.instant(ProtoTimes.timestamp(time)));
        }
    }

    @Test
    void aDurationIsTheSameThereAndBackAndHasOneSign() {
        for (var text : new String[] {"PT0S", "PT1.5S", "PT-1.5S", "PT-0.000000001S", "PT-2S", "PT6H"}) {
            var duration = Duration.parse(text);
            var message = ProtoTimes.duration(duration);
            assertEquals(duration, ProtoTimes.duration(message));
            assertTrue(message.getNanos() * Long.signum(duration.toNanos()) >= 0, text);
        }
    }
}
