package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.run.Measurement;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.run.RunRecord;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.BoundaryResult;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.OtherPods;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an analysis said at a moment, computed again by the judge that runs in the service. Stateless. */
public final class RecomputedAnalysis {
    private static final String BEHIND_ANY_NAME = "\uffff";

    private RecomputedAnalysis() {}

    /**
     * The analysis as the judge gives it from its record.
     *
     * @param kept what it said, of which only that is used which does not follow from the record: the moment, what was counted up to then, and whether it could be
     *     measured
     * @throws IllegalArgumentException when both are not of one analysis, or the record has fewer windows than had closed
     */
    public static Analysis of(RunRecord record, Analysis kept) {
        var name = AnalysisMapper.name(record.id());
        if (!kept.getName().equals(name)) {
            throw new IllegalArgumentException(
                    "the record is of " + name + ", the decision rests on " + kept.getName());
        }
        return AnalysisMapper.of(record.at(moment(record, kept)));
    }

    private static RunRecord.Moment moment(RunRecord record, Analysis kept) {
        return new RunRecord.Moment(
                ProtoTimes.instant(kept.getUpdateTime()),
                kept.getRevision(),
                kept.getState() == Analysis.State.CANCELLED ? Optional.of(kept.getCancelReason()) : Optional.empty(),
                measuring(kept),
                new Measurement.Totals(counts(kept), pods(kept), lastRequest(kept)),
                kept.getWindowCount(),
                objectives(kept, objective -> objective.getBoundariesCount() > 0),
                objectives(kept, objective -> isJudgedAtBoundaries(objective, record)));
    }

    private static MeasuringStatus measuring(Analysis kept) {
        var state =
                switch (kept.getMeasuring()) {
                    case MEASURING -> MeasuringStatus.State.MEASURING;
                    case NO_DATA -> MeasuringStatus.State.NO_DATA;
                    default -> MeasuringStatus.State.UNREACHABLE;
                };
        return new MeasuringStatus(state, kept.getMeasuringDetail(), kept.getNotesList());
    }

    private static @Nullable Instant lastRequest(Analysis kept) {
        return kept.hasLastRequestTime() ? ProtoTimes.instant(kept.getLastRequestTime()) : null;
    }

    private static Set<String> objectives(Analysis kept, Predicate<ObjectiveResult> wanted) {
        return kept.getObjectivesList().stream()
                .filter(wanted)
                .map(ObjectiveResult::getSlo)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Boundaries that were chosen since the last window closed have no evidence yet, but the one that stands for all of it. */
    private static boolean isJudgedAtBoundaries(ObjectiveResult objective, RunRecord record) {
        var buckets = record.buckets().get(objective.getSlo());
        return buckets != null
                && objective.getBoundariesCount() > 0
                && (!objective.getLimits().hasBaselineFailFactor()
                        || objective.getBoundariesList().stream()
                                        .filter(BoundaryResult::hasFail)
                                        .count()
                                == buckets.compared().size());
    }

    private static Map<String, Observation> counts(Analysis kept) {
        return kept.getObjectivesList().stream()
                .collect(Collectors.toUnmodifiableMap(ObjectiveResult::getSlo, RecomputedAnalysis::observation));
    }

    private static Observation observation(ObjectiveResult objective) {
        return objective.getBoundariesCount() == 0
                ? Observation.of(counts(objective.getCounts()))
                : new Observation(objective.getBoundariesList().stream()
                        .map(boundary -> counts(boundary.getCounts()))
                        .toList());
    }

    private static ArmCounts counts(dev.portcullis.proto.analysis.v1.ArmCounts message) {
        return new ArmCounts(counts(message.getCanary()), counts(message.getBaseline()));
    }

    private static Counts counts(dev.portcullis.proto.analysis.v1.Counts message) {
        return new Counts(message.getBad(), message.getTotal());
    }

    private static Map<String, Map<String, Counts>> pods(Analysis kept) {
        return kept.getObjectivesList().stream()
                .collect(Collectors.toUnmodifiableMap(ObjectiveResult::getSlo, RecomputedAnalysis::podsOf));
    }

    private static Map<String, Counts> podsOf(ObjectiveResult objective) {
        Map<String, Counts> pods = new HashMap<>();
        objective.getCanaryPodsList().forEach(pod -> pods.put(pod.getPod(), counts(pod.getCounts())));
        if (objective.hasOtherCanaryPods()) {
            pods.putAll(others(objective.getOtherCanaryPods()));
        }
        return pods;
    }

    /** As many pods, with as many requests together: all that is said of those that are not told one by one. Their names sort behind any other. */
    private static Map<String, Counts> others(OtherPods others) {
        var all = counts(others.getCounts());
        var sound = others.getServing() - others.getFailing();
        Map<String, Counts> pods = new HashMap<>();
        for (var i = 0; i < others.getFailing(); i++) {
            var bad = share(all.bad(), i, others.getFailing());
            var good = sound == 0 ? share(all.total() - all.bad(), i, others.getFailing()) : 0;
            pods.put(BEHIND_ANY_NAME + i, new Counts(bad, bad + good));
        }
        for (var i = 0; i < sound; i++) {
            pods.put(
                    BEHIND_ANY_NAME + (others.getFailing() + i),
                    new Counts(0, share(all.total() - all.bad(), i, sound)));
        }
        return pods;
    }

    /** One of so many parts of a number of requests, which differ by less than 2. */
    private static double share(double whole, int number, int parts) {
        var each = Math.floor(whole / parts);
        var rest = whole - each * parts;
        return each + (number < Math.floor(rest) ? 1 : 0) + (number == parts - 1 ? rest - Math.floor(rest) : 0);
    }
}
