package dev.portcullis.kit.identity;

import dev.portcullis.kit.identity.AccessRules.Token;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the static tokens that are known expire, by holder: of two, that which is good for longer. Told as {@code portcullis_token_not_after_seconds} (Unix time), once a day in
 * the log from {@link #SOON} before the end on, and to whoever asks. Thread-safe.
 */
public final class TokenEnds {
    /** Time enough to replace one. */
    public static final Duration SOON = Duration.ofDays(14);

    private static final Logger LOG = LoggerFactory.getLogger(TokenEnds.class);

    private final Supplier<AccessRules> rules;
    private final IssuedTokens issued;
    private final InstantSource clock;
    private final MultiGauge gauges;
    private final Map<String, LocalDate> told = new HashMap<>();

    public TokenEnds(Supplier<AccessRules> rules, IssuedTokens issued, InstantSource clock, MeterRegistry meters) {
        this.rules = rules;
        this.issued = issued;
        this.clock = clock;
        this.gauges = MultiGauge.builder("portcullis.token.not.after.seconds")
                .description("When the static token of a holder expires, of several the last, in seconds of Unix time")
                .register(meters);
    }

    private Map<String, Instant> all() {
        return byHolder(Stream.concat(rules.get().tokens().stream(), issued.all().stream()));
    }

    /** In the order of the holders' names. */
    private static Map<String, Instant> byHolder(Stream<Token> tokens) {
        var ends = new TreeMap<String, Instant>();
        tokens.forEach(token -> ends.merge(token.name(), token.end(), TokenEnds::later));
        return ends;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** A line for each holder whose token expires within {@link #SOON}; none for what has expired longer ago than that. */
    public List<String> soon() {
        return soon(all(), clock.instant());
    }

    /** The same of other tokens. */
    public static List<String> soon(List<Token> tokens, Instant now) {
        return soon(byHolder(tokens.stream()), now);
    }

    private static List<String> soon(Map<String, Instant> ends, Instant now) {
        return ends.entrySet().stream()
                .filter(end -> isSoon(end.getValue(), now))
                .map(end -> "the token of '" + end.getKey()
                        + (now.isBefore(end.getValue()) ? "' expires at " : "' has expired at ") + end.getValue())
                .toList();
    }

    private static boolean isSoon(Instant end, Instant now) {
        return end.isBefore(now.plus(SOON)) && end.isAfter(now.minus(SOON));
    }

    /** Renews the metric, and tells what has to be told today. */
    synchronized void look() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var ends = all();
        gauges.register(
                ends.entrySet().stream()
                        .map(end -> MultiGauge.Row.of(
                                Tags.of("holder", end.getKey()), end.getValue().getEpochSecond()))
                        .toList(),
                true);
        var lines = soon();
        told.keySet().retainAll(new HashSet<>(lines));
        for (var line : lines) {
            if (!today.equals(told.put(line, today))) {
                LOG.warn("{}; replace it: Argo Rollouts aborts a rollout when several calls are refused", line);
            }
        }
    }
}
