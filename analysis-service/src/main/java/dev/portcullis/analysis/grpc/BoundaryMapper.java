package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.ObjectiveBounds;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.proto.analysis.v1.BoundaryResult;
import dev.portcullis.proto.analysis.v1.ConfidenceInterval;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.QuantileBounds;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The bucket boundaries of a latency, and the bounds of any objective, as messages. */
final class BoundaryMapper {
    private BoundaryMapper() {}

    static void add(
            ObjectiveResult.Builder message, AnalysisRun run, Objective objective, @Nullable TestEvidence comparison) {
        var buckets = buckets(run, objective);
        if (buckets == null) {
            return;
        }
        var nothing = Observation.nothing(buckets.boundaries().size());
        var counts = run.measurement().totals().counts().getOrDefault(objective.name(), nothing);
        IntStream.range(0, buckets.boundaries().size())
                .mapToObj(cut -> boundary(cut, buckets, counts, comparison))
                .forEach(message::addBoundaries);
    }

    private static BoundaryResult boundary(
            int cut, Buckets buckets, Observation counts, @Nullable TestEvidence comparison) {
        var message = BoundaryResult.newBuilder()
                .setBoundary(buckets.boundaries().get(cut))
                .setCounts(AnalysisMapper.armCounts(counts.at(cut)))
                .setSloFail(cut == buckets.fail())
                .setSloPass(cut == buckets.pass());
        var compared = buckets.compared().indexOf(cut);
        // Evidence from before the boundaries were chosen is about none of them.
        if (comparison != null
                && compared >= 0
                && compared < comparison.failByCut().size()) {
            message.setFail(comparison.failByCut().get(compared));
        }
        return message.build();
    }

    static void addBounds(
            ObjectiveResult.Builder message,
            AnalysisRun run,
            Objective objective,
            @Nullable TestEvidence comparison,
            ObjectiveBounds bounds) {
        var buckets = buckets(run, objective);
        var cut = buckets == null ? 0 : buckets.fail();
        if (cut < bounds.ratio().size()) {
            message.setRatio(interval(bounds.ratio().get(cut)));
        }
        var worst = comparison == null ? 0 : comparison.worstCut();
        if (worst < bounds.relative().size()) {
            message.setRelative(interval(bounds.relative().get(worst)));
        }
        if (buckets != null && bounds.ratio().size() == buckets.boundaries().size()) {
            dev.portcullis.analysis.run.QuantileBounds.of(buckets.boundaries(), bounds.ratio())
                    .forEach(found -> message.addQuantiles(quantile(found)));
        }
    }

    private static @Nullable Buckets buckets(AnalysisRun run, Objective objective) {
        return run.measurement().counters().buckets().get(objective.name());
    }

    private static QuantileBounds quantile(dev.portcullis.analysis.run.QuantileBounds found) {
        var message = QuantileBounds.newBuilder().setQuantile(found.quantile());
        found.lower().ifPresent(message::setLower);
        found.upper().ifPresent(message::setUpper);
        return message.build();
    }

    static ConfidenceInterval interval(dev.portcullis.analysis.stats.ConfidenceInterval bounds) {
        var message = ConfidenceInterval.newBuilder();
        bounds.lower().ifPresent(message::setLower);
        bounds.upper().ifPresent(message::setUpper);
        return message.build();
    }
}
