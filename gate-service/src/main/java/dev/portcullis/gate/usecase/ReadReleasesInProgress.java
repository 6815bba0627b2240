package dev.portcullis.gate.usecase;

import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.ReleasesInProgress;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.rule.PromotionRule;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads which releases are in progress, as long as a policy has a rule that goes by them. Not thread-safe. */
public final class ReadReleasesInProgress {
    private static final Logger LOG = LoggerFactory.getLogger(ReadReleasesInProgress.class);

    private final Policies policies;
    private final Predicate<PromotionRule> goesByThem;
    private final Releases releases;
    private final ReleasesInProgress memory;

    /**
     * One for all services.
     *
     * @param goesByThem whether a rule does
     * @param memory where they are put
     */
    public ReadReleasesInProgress(
            Policies policies, Predicate<PromotionRule> goesByThem, Releases releases, ReleasesInProgress memory) {
        this.policies = policies;
        this.goesByThem = goesByThem;
        this.releases = releases;
        this.memory = memory;
    }

    /** Reads them once. What cannot be read is soon too old for anything to be decided by it. */
    public void read() {
        if (policies.services().stream()
                .noneMatch(service -> policies.rules(service).stream().anyMatch(goesByThem))) {
            return;
        }
        var began = memory.now();
        try {
            memory.read(releases.inProgress(), began);
        } catch (StoreUnavailableException e) {
            LOG.debug("the releases in progress could not be read", e);
        }
    }
}
