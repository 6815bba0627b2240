package dev.portcullis.gate.message.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventSignatureTest {
    /** The example of the Standard Webhooks specification. */
    @Test
    void itIsThatOfTheStandard() {
        assertEquals(
                Map.of(
                        "webhook-id",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "webhook-timestamp",
                        "1614265330",
                        "webhook-signature",
                        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
                EventSignature.headers(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1_614_265_330),
                        "{\"test\": 2432232314}"));
    }

    @Test
    void aKeyThatIsNoBase64IsRefusedWithoutBeingShown() {
        for (var secret : new String[] {"whsec_***", "whsec_"}) {
            var fault = assertThrows(
                    IllegalArgumentException.class, () -> EventSignature.headers(secret, "1", Instant.EPOCH, ""));
            assertEquals(-1, String.valueOf(fault.getMessage()).indexOf("***"));
        }
    }
}
