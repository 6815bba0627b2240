package dev.portcullis.gate.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.RuleWiring;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.configuration.ConfigurationException;
import dev.portcullis.kit.configuration.LiveConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromotionWindowDocumentsTest {
    private static final String WINDOW = """
            apiVersion: portcullis.dev/v1
            kind: PromotionWindow
            metadata: {name: weekends}
            spec:
              kind: Deny
              services: [cart]
              reason: nobody is at work
              tzid: Europe/Berlin
              dtstart: 2026-01-02T16:00
              dtend: 2026-01-05T08:00
              rrule: FREQ=WEEKLY;BYDAY=FR
              leadTime: 2h
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void aPolicy() {
        GateUnderTest.policy(folder, "cart", "");
    }

    private GatePolicies read(String window) throws IOException {
        Files.writeString(folder.resolve("window.yaml"), window);
        try (var live = LiveConfiguration.open(
                folder,
                (documents, faults) -> GatePolicies.parse(documents, faults, RuleWiring.policyRules()),
                Duration.ofMinutes(1))) {
            return live.current();
        }
    }

    @Test
    void aWindowIsReadWithItsZone() throws IOException {
        var calendar = read(WINDOW).calendar();
        var freeze =
                calendar.freeze("cart", Instant.parse("2026-10-24T00:00:00Z")).orElseThrow();
        assertEquals("weekends", freeze.window().name());
        assertEquals(Instant.parse("2026-10-26T07:00:00Z"), freeze.until());
        assertTrue(
                calendar.freeze("cart", Instant.parse("2026-10-23T13:59:59Z")).isEmpty());
        assertTrue(calendar.freezeAhead("cart", Instant.parse("2026-10-23T12:00:00Z"))
                .isPresent());
        assertTrue(
                calendar.freeze("search", Instant.parse("2026-10-24T00:00:00Z")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Deny                      | kind: deny                    | spec.kind is 'deny'",
                "kind: Deny                      | # gone                        | spec.kind is missing; legal: Deny, Allow",
                "services: [cart]                | services: [card]              | 'card', which no ReleasePolicy is for",
                "services: [cart]                | services: []                  | spec.services is missing or empty",
                "services: [cart]                | # gone                        | spec.services is missing or empty",
                "reason: nobody is at work       | # gone                        | reason",
                "tzid: Europe/Berlin             | tzid: Europe/Bern             | spec.tzid is 'Europe/Bern'",
                "tzid: Europe/Berlin             | tzid: CEST                    | spec.tzid is 'CEST'",
                "tzid: Europe/Berlin             | tzid: +02:00                  | spec.tzid is '+02:00'",
                "dtstart: 2026-01-02T16:00       | dtstart: 2026-01-02T16:00Z    | spec.dtstart is '2026-01-02T16:00Z'",
                "dtstart: 2026-01-02T16:00       | dtstart: 2026-02-30T16:00     | spec.dtstart is '2026-02-30T16:00'",
                "dtend: 2026-01-05T08:00         | dtend: 2026-01-02T16:00       | not after spec.dtstart",
                "rrule: FREQ=WEEKLY;BYDAY=FR     | rrule: FREQ=WEEKLY;BYDAY=XX   | spec.rrule 'FREQ=WEEKLY;BYDAY=XX' is no RRULE",
                "rrule: FREQ=WEEKLY;BYDAY=FR     | rrule: FREQ=WEEKLY;BYDAY=MO   | has no occurrence at 2026-01-02T16:00",
                "rrule: FREQ=WEEKLY;BYDAY=FR     | rrule: FREQ=MINUTELY          | recurs more often than once a day",
                "leadTime: 2h                    | leadTime: 2 hours             | spec.leadTime is",
                "leadTime: 2h                    | leadTime: 31d                 | spec.leadTime is",
                "kind: Deny                      | kind: Allow                   | spec.leadTime is for windows of kind Deny",
                "leadTime: 2h                    | leedTime: 2h                  | unknown key 'leedTime'",
            })
    void aFaultyWindowIsRefusedWithFileAndLine(String line, String faulty, String fault) {
        var e = assertThrows(ConfigurationException.class, () -> read(WINDOW.replace(line, faulty)));
        assertTrue(e.getMessage().startsWith("window.yaml:"), e.getMessage());
        assertTrue(e.getMessage().contains(fault), e.getMessage());
        assertEquals(1, e.faults().size(), e.getMessage());
    }
}
