package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.kit.identity.AccessRules.Token;
import dev.portcullis.kit.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a service knows of tokens that gate-service has made, and when they end. */
final class IssuedTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:34:56Z");
    private static final Token ARGO = new Token("argo", "a".repeat(64), List.of(), NOW.plus(Duration.ofDays(30)));
    private static final Token NEXT = new Token("argo", "b".repeat(64), List.of(), NOW.plus(Duration.ofDays(3)));

    private final List<Map<String, Instant>> told = new ArrayList<>();
    private List<Token> kept = List.of(ARGO, NEXT);
    private boolean away;
    private String fault = "connection refused";
    private long nanos;
    private final IssuedTokens tokens = new IssuedTokens(this::good, () -> NOW, () -> nanos);

    private List<Token> good(Map<String, Instant> uses) {
        if (away) {
            throw new IllegalStateException(fault);
        }
        told.add(uses);
        return kept;
    }

    private void unavailable() {
        var refused = assertThrows(CallRefusedException.class, () -> tokens.find(ARGO.sha256()));
        assertEquals(CallRefusedException.Reason.ISSUER_UNAVAILABLE, refused.reason());
    }

    @Test
    void nothingIsKnownBeforeTheGateWasHeard() throws CallRefusedException {
        unavailable();
        away = true;
        tokens.refresh();
        unavailable();
        away = false;
        tokens.refresh();
        assertEquals(Optional.of(ARGO), tokens.find(ARGO.sha256()));
        assertEquals(Optional.empty(), tokens.find("c".repeat(64)));
    }

    @Test
    void whatIsKnownGoesOnForAnHourWhileTheGateIsAway() throws CallRefusedException {
        kept = List.of(ARGO);
        tokens.refresh();
        away = true;
        nanos += IssuedTokens.KNOWN_FOR.minusNanos(1).toNanos();
        tokens.refresh();
        assertEquals(Optional.of(ARGO), tokens.find(ARGO.sha256()));
        // One that was made or revoked meanwhile is refused.
        assertEquals(Optional.empty(), tokens.find(NEXT.sha256()));
        nanos++;
        unavailable();
        away = false;
        kept = List.of();
        tokens.refresh();
        assertEquals(Optional.empty(), tokens.find(ARGO.sha256()));
    }

    @Test
    void aGateThatIsAwayIsAWarningOnceTheServicesHaveHadTimeToStart() {
        away = true;
        assertEquals(List.of(), warnings());
        nanos += IssuedTokens.STARTING.minusNanos(1).toNanos();
        assertEquals(List.of(), warnings());
        nanos++;
        assertEquals(List.of(Level.WARN), warnings());
    }

    @Test
    void aGateThatIsAwayAfterItWasHeardIsAWarningAtOnce() {
        tokens.refresh();
        away = true;
        assertEquals(List.of(Level.WARN), warnings());
    }

    /** What a try tells of the gate that is away. Each has a fault of its own, for one that comes again is told once a minute. */
    private List<Level> warnings() {
        fault = "connection refused at " + UUID.randomUUID();
        // While another class's thread starts the logging, SLF4J gives out substitutes.
        Await.until(
                "logging", Duration.ofSeconds(60), () -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
        var logger = (Logger) LoggerFactory.getLogger(IssuedTokens.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        tokens.refresh();
        logger.detachAppender(log);
        return List.copyOf(log.list).stream()
                .filter(event -> event.getFormattedMessage().contains(fault))
                .map(ILoggingEvent::getLevel)
                .toList();
    }

    @Test
    void theHourOfAUseIsToldOnceItCanBe() throws CallRefusedException {
        tokens.refresh();
        tokens.find(ARGO.sha256());
        tokens.find(ARGO.sha256());
        tokens.find("c".repeat(64));
        away = true;
        tokens.refresh();
        away = false;
        tokens.refresh();
        tokens.refresh();
        assertEquals(List.of(Map.of(), Map.of(ARGO.sha256(), Instant.parse("2026-11-30T12:00:00Z")), Map.of()), told);
    }

    @Test
    void theLastEndOfAHolderIsAMetricAndToldWhenItIsSoon() {
        var meters = new SimpleMeterRegistry();
        var ann = new Token("ann", "d".repeat(64), List.of(), NOW.plus(Duration.ofDays(13)));
        var gone = new Token("gone", "e".repeat(64), List.of(), NOW.minus(Duration.ofDays(15)));
        var ends = new TokenEnds(
                () -> new AccessRules(true, List.of(ann, gone), List.of(), List.of()), tokens, () -> NOW, meters);
        tokens.refresh();
        ends.look();
        assertEquals(
                ARGO.end().getEpochSecond(),
                meters.get("portcullis.token.not.after.seconds")
                        .tag("holder", "argo")
                        .gauge()
                        .value());
        assertEquals(List.of("the token of 'ann' expires at " + ann.end()), ends.soon());
        kept = List.of(NEXT);
        tokens.refresh();
        ends.look();
        assertEquals(2, ends.soon().size());
        kept = List.of();
        tokens.refresh();
        ends.look();
        assertTrue(meters.find("portcullis.token.not.after.seconds")
                .tag("holder", "argo")
                .gauges()
                .isEmpty());
    }
}
