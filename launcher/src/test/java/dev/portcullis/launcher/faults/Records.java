package dev.portcullis.launcher.faults;

import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.Release.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is on record when all faults are over, held against what is true of the canaries. */
final class Records {
    private static final Set<State> OF_GOOD = Set.of(State.OPEN, State.PROMOTED, State.SUPERSEDED);
    /** Counters are whole numbers, so that a ratio between two readings is exact to one request each. */
    private static final double ROUNDING = 1.001;

    private final PortcullisClient ask;
    private final List<Release> releases;
    private final List<String> faults = new ArrayList<>();

    private Records(PortcullisClient ask) {
        this.ask = ask;
        this.releases = ask.releases();
    }

    /** Everything that is wrong. */
    static List<String> faults(PortcullisClient ask, List<Canary> canaries) {
        var records = new Records(ask);
        canaries.forEach(records::examine);
        return records.faults;
    }

    private void examine(Canary canary) {
        var rollbacks = canary.rollbackKeys().size();
        if (rollbacks != (canary.good ? 0 : 1) || canary.isTakenBack() == canary.good) {
            faults.add(canary + ": orders to take it back with " + rollbacks + " keys, taken back: "
                    + canary.isTakenBack());
        }
        var own = releases.stream()
                .filter(release -> release.getService().equals(canary.service)
                        && release.getCanary().equals(canary.name))
                .toList();
        if (own.size() != 1) {
            faults.add(canary + " has " + own.size() + " releases");
        }
        own.forEach(release -> examine(canary, release));
    }

    private void examine(Canary canary, Release release) {
        var state = release.getState();
        if (canary.good ? !OF_GOOD.contains(state) : state != State.ABORTED) {
            faults.add("the release of " + canary + " is " + state);
        }
        for (var decision : ask.decisions(release.getName())) {
            var outcome = decision.getOutcome();
            if (outcome != Outcome.HOLD && !outcome.name().equals(canary.rightDecision())) {
                faults.add("on record of " + canary + " is " + decision.getName() + ": " + outcome);
            }
        }
        if (!canary.fell) {
            examineCounts(canary, release);
        }
    }

    private void examineCounts(Canary canary, Release release) {
        var total = 0.0;
        for (var window : ask.analysis(release.getAnalysis()).getWindowsList()) {
            var counts =
                    window.getCountsOrThrow(canary.service + "-availability").getCanary();
            total += counts.getTotal();
            if (!isTrueOf(canary, counts)) {
                faults.add("of " + canary + " window " + window.getIndex() + " counts " + counts.getBad()
                        + " failed of " + counts.getTotal());
            }
        }
        if (total > canary.requests()) {
            faults.add("of " + canary + " more requests were counted than it has served: " + total);
        }
    }

    private static boolean isTrueOf(Canary canary, Counts counts) {
        return Math.abs(counts.getBad() - counts.getTotal() * canary.badRatio()) <= ROUNDING;
    }
}
