package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Arms;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.LabelMatcher;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.Selector;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.source.ParallelReads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the raw samples of series by instant queries: never rate() or increase(), which extrapolate and destroy the counts.
 *
 * <p>All queries of a reading ask for the same moment, {@link PrometheusClient#queryOffset} ago: what Prometheus scraped up to then is stored whole, so that
 * total cannot be newer than good, which would look like failed requests. For the same reason a partial answer is no reading: total may have a
 * pod that good lacks. Thread-safe.
 */
final class PrometheusSource implements CounterSource {
    /** Leaves the exchange its own, better worded timeout, and catches what that one does not. */
    private static final Duration SLACK = Duration.ofMillis(200);

    private final PrometheusClient client;
    private final Clock clock;
    private final Duration deadline;

    /**
     * A server not yet asked.
     *
     * @param deadline for one reading
     */
    PrometheusSource(PrometheusClient client, Clock clock, Duration deadline) {
        this.client = client;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public SourceReading read(List<Selector> selectors, Arms arms) {
        LabelMatcher arm = arms.matcher();
        Instant moment = clock.instant().minus(client.queryOffset());
        List<Optional<QueryAnswer>> answers = ParallelReads.of(
                selectors,
                deadline.plus(SLACK),
                selector -> client.instant(selector.with(arm).render(), moment, deadline));
        List<List<Sample>> bySelector = new ArrayList<>();
        for (Optional<QueryAnswer> answer : answers) {
            switch (answer.orElseGet(this::tooLate)) {
                case QueryAnswer.Refused refused -> {
                    return new SourceReading.Unreachable(client.url() + ": " + refused.reason());
                }
                case QueryAnswer.Vector vector -> bySelector.add(vector.samples());
            }
        }
        return new SourceReading.Series(bySelector, List.of());
    }

    private QueryAnswer tooLate() {
        return new QueryAnswer.Refused(Fault.AWAY, "no whole answer within " + deadline.toMillis() + " ms");
    }
}
