package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.PodCounters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** One process whose counters grow by any amounts, in series known and new, is there or not, beside a pod that now and then cannot be counted. */
class SeenFailuresPropertiesTest {
    private static final List<Integer> AMOUNTS = List.of(0, 0, 3, 40, 300, 4_000, 60_000, 9_000_000);

    /** @param isNew whether its requests are counted by a series of their own */
    record Step(int good, int failed, boolean isNew, boolean there, boolean otherIsFaulty) {}

    @Property(tries = 2000)
    void aFailedRequestThatWasSeenIsCountedOrHoldsAPassForGood(@ForAll("steps") List<Step> steps) {
        var fold = new SinglePodFold();
        Map<String, Double> failed = new HashMap<>(Map.of("err", 0.0));
        Map<String, Double> all = new HashMap<>(Map.of("req", 1.0));
        boolean lost = false;
        double seen = 0;
        fold.read(Map.of("p", PodCounters.ofRatio(failed, all), "q", SinglePodFold.pod(0, 0)));
        for (int t = 0; t < steps.size(); t++) {
            Step step = steps.get(t);
            String suffix = step.isNew() ? "" + t : "";
            failed.merge("err" + suffix, (double) step.failed(), Double::sum);
            all.merge("req" + suffix, (double) step.good(), Double::sum);
            all.merge("req_err" + suffix, (double) step.failed(), Double::sum);
            Map<String, PodCounters> pods = new HashMap<>();
            pods.put("q", step.otherIsFaulty() ? SinglePodFold.pod(900, 1) : SinglePodFold.pod(0, 0));
            // What is seen in a reading that cannot be counted is in the next one, unless the pod is gone by then.
            if (step.there() || !fold.faults().isEmpty()) {
                pods.put("p", PodCounters.ofRatio(failed, all));
                seen = failed.values().stream().mapToDouble(Double::doubleValue).sum();
            }
            fold.read(pods);
            assertTrue(fold.sum.bad() <= seen, "none is invented");
            assertFalse(
                    lost && fold.faults().isEmpty() && fold.result.withheld().isEmpty(), "none is forgotten");
            lost |= fold.result.state().lost().stream().anyMatch(what -> !what.isEmpty());
            if (fold.faults().isEmpty() && fold.result.withheld().isEmpty()) {
                assertEquals(seen, fold.sum.bad());
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Boolean> seldom = Arbitraries.integers().between(0, 5).map(one -> one == 0);
        return Combinators.combine(
                        Arbitraries.of(AMOUNTS),
                        Arbitraries.of(AMOUNTS),
                        Arbitraries.of(true, false),
                        seldom.map(away -> !away),
                        seldom)
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }
}
