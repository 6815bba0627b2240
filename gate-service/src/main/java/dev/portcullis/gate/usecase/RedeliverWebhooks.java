package dev.portcullis.gate.usecase;

import dev.portcullis.gate.github.GitHubApi;
import dev.portcullis.gate.github.GitHubApiException;
import dev.portcullis.gate.github.GitHubApp;
import dev.portcullis.gate.github.GitHubApps;
import dev.portcullis.gate.github.HookDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has GitHub deliver those requests again that were not taken here, as when the gate was down: GitHub does not do so by itself, and a job would wait for ever. What was
 * tried and when is read of GitHub each time, so nothing of it is kept here. Thread-safe.
 */
public final class RedeliverWebhooks {
    /** For so long GitHub delivers again. */
    private static final Duration KEPT = Duration.ofDays(3);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int LONGEST_DOUBLING = 6;
    /** Of one look, the oldest first; the rest is for the next. */
    private static final int MOST = 20;

    private static final Logger LOG = LoggerFactory.getLogger(RedeliverWebhooks.class);

    private final GitHubApps apps;
    private final GitHubApi api;
    private final Clock clock;

    public RedeliverWebhooks(GitHubApps apps, GitHubApi api, Clock clock) {
        this.apps = apps;
        this.api = api;
        this.clock = clock;
    }

    /** Looks once; does nothing while no app is configured. What GitHub does not take is tried again by the next look. */
    public void redeliverLost() {
        apps.current().ifPresent(app -> {
            try {
                for (var delivery : due(api.deliveries(app, clock.instant().minus(KEPT)))) {
                    redeliver(app, delivery);
                }
            } catch (GitHubApiException e) {
                LOG.warn("webhooks that were lost cannot be asked for: {}; tried again", e.fault());
            }
        });
    }

    private void redeliver(GitHubApp app, HookDelivery delivery) throws GitHubApiException {
        try {
            api.redeliver(app, delivery);
            LOG.info(
                    "webhook {} of {} was not taken, and GitHub is to deliver it again",
                    delivery.webhook(),
                    delivery.at());
        } catch (GitHubApiException e) {
            if (!e.gone()) {
                throw e;
            }
            LOG.info("webhook {} is not delivered again: {}", delivery.webhook(), e.fault());
        }
    }

    /** The latest attempts of those webhooks that were never taken, when it is time for the next. */
    private List<HookDelivery> due(List<HookDelivery> deliveries) {
        var now = clock.instant();
        return deliveries.stream().collect(Collectors.groupingBy(HookDelivery::webhook)).values().stream()
                .filter(attempts -> attempts.stream().noneMatch(HookDelivery::taken))
                .filter(attempts -> !next(attempts).isAfter(now))
                .map(RedeliverWebhooks::latest)
                .sorted(Comparator.comparing(HookDelivery::at))
                .limit(MOST)
                .toList();
    }

    private static Instant next(Collection<HookDelivery> attempts) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts.size() - 1, LONGEST_DOUBLING));
        return latest(attempts).at().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    private static HookDelivery latest(Collection<HookDelivery> attempts) {
        return attempts.stream().max(Comparator.comparing(HookDelivery::at)).orElseThrow();
    }
}
