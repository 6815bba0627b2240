package dev.portcullis.analysis.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.explanation.Explanation;
import dev.portcullis.analysis.judge.Against;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Measuring;
import dev.portcullis.analysis.run.ObjectiveBounds;
import dev.portcullis.analysis.run.RunState;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.BoundaryCounts;
import dev.portcullis.proto.analysis.v1.Evidence;
import dev.portcullis.proto.analysis.v1.Forecast;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.TrafficShortage;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Analyses as messages. */
final class AnalysisMessages {
    private static final double LONGEST_FORECAST = 1e9;

    private AnalysisMessages() {}

    /** Without windows and bounds. */
    static Analysis of(AnalysisRun run) {
        return of(run, List.of(), List.of());
    }

    /** With windows and bounds, each empty for none. */
    static Analysis of(AnalysisRun run, List<Window> windows, List<ObjectiveBounds> bounds) {
        var arms = run.plan().arms();
        var message = Analysis.newBuilder()
                .setName(Fields.name(run.id()))
                .setService(run.plan().objectives().service())
                .setCanary(arms.canary())
                .setBaseline(Objects.requireNonNullElse(arms.baseline(), ""))
                .setPlan(PlanMessages.of(run.plan()))
                .setEvidence(evidence(run.judgement()))
                .addAllObjectives(ObjectiveMessages.of(run, bounds))
                .addAllWindows(
                        windows.stream().map(window -> window(run, window)).toList())
                .setExplanation(Explanation.of(run));
        addStanding(message, run);
        addMeasurement(message, run);
        addForecast(message, run);
        addShortage(message, run);
        addScore(message, run);
        return message.build();
    }

    private static void addScore(Analysis.Builder message, AnalysisRun run) {
        var score = run.assessment().score();
        if (score != null && score.judgement() != null) {
            message.setScore(ScoreJudgeMessages.result(score, score.judgement()));
        }
    }

    private static void addShortage(Analysis.Builder message, AnalysisRun run) {
        var shortage = run.assessment().shortage();
        if (shortage == null) {
            return;
        }
        var told = TrafficShortage.newBuilder()
                .setSlo(shortage.objective())
                .setAgainstBaseline(shortage.against() == Against.BASELINE)
                .setComingRequests(shortage.coming());
        shortage.needed().ifPresent(told::setNeededRequests);
        message.setShortage(told);
    }

    private static void addForecast(Analysis.Builder message, AnalysisRun run) {
        var pace = run.assessment().pace();
        // A score is not forecast by the evidence beside it.
        if (!run.isRunning()
                || run.assessment().score() != null
                || pace.windows() == 0
                || run.judgement().verdict() != dev.portcullis.analysis.judge.Verdict.CONTINUE) {
            return;
        }
        var forecast = Forecast.newBuilder().setWindows(pace.windows());
        var window = run.plan().settings().rhythm().window();
        pace.windowsToPass(run.judgement()).ifPresent(left -> forecast.setTimeToPass(times(window, left)));
        pace.windowsToFail(run.judgement()).ifPresent(left -> forecast.setTimeToFail(times(window, left)));
        message.setForecast(forecast);
    }

    /** Rounded to seconds, and held within what a duration can be. */
    private static Duration times(java.time.Duration window, double count) {
        var seconds = Math.min(window.toMillis() / 1000.0 * count, LONGEST_FORECAST);
        return Duration.newBuilder().setSeconds(Math.round(seconds)).build();
    }

    private static void addStanding(Analysis.Builder message, AnalysisRun run) {
        var standing = run.standing();
        message.setState(state(standing.state()))
                .setVerdict(verdict(standing.verdict()))
                .setCreateTime(timestamp(run.plan().begin()))
                .setUpdateTime(timestamp(standing.updateTime()))
                .setDeadlineTime(timestamp(run.plan().deadline()));
        if (standing.endTime() != null) {
            message.setEndTime(timestamp(standing.endTime()));
        }
    }

    private static void addMeasurement(Analysis.Builder message, AnalysisRun run) {
        var measurement = run.measurement();
        message.setMeasuring(measuring(measurement.measuring().state()))
                .setMeasuringDetail(measurement.measuring().detail())
                .addAllNotes(measurement.notes())
                .setWindowCount(measurement.windowCount());
    }

    private static Evidence evidence(Judgement judgement) {
        return Evidence.newBuilder()
                .setFail(judgement.failEvidence())
                .setPass(judgement.passEvidence())
                .setFailThreshold(judgement.failThreshold())
                .setPassThreshold(judgement.passThreshold())
                .build();
    }

    private static dev.portcullis.proto.analysis.v1.Window window(AnalysisRun run, Window window) {
        var message = dev.portcullis.proto.analysis.v1.Window.newBuilder()
                .setIndex(window.index())
                .setStartTime(timestamp(window.start()))
                .setEndTime(timestamp(window.end()));
        window.counts().forEach((objective, counts) -> {
            var buckets = run.measurement().counters().buckets().get(objective);
            message.putCounts(objective, armCounts(counts.at(buckets == null ? 0 : buckets.fail())));
            if (buckets != null) {
                message.putBoundaries(
                        objective,
                        BoundaryCounts.newBuilder()
                                .addAllCounts(counts.cuts().stream()
                                        .map(AnalysisMessages::armCounts)
                                        .toList())
                                .build());
            }
        });
        return message.build();
    }

    static dev.portcullis.proto.analysis.v1.ArmCounts armCounts(ArmCounts counts) {
        return dev.portcullis.proto.analysis.v1.ArmCounts.newBuilder()
                .setCanary(counts(counts.canary()))
                .setBaseline(counts(counts.baseline()))
                .build();
    }

    static dev.portcullis.proto.analysis.v1.Counts counts(Counts counts) {
        return dev.portcullis.proto.analysis.v1.Counts.newBuilder()
                .setBad(counts.bad())
                .setTotal(counts.total())
                .build();
    }

    static Analysis.State state(RunState state) {
        return switch (state) {
            case RUNNING -> Analysis.State.RUNNING;
            case CONCLUDED -> Analysis.State.CONCLUDED;
            case CANCELLED -> Analysis.State.CANCELLED;
        };
    }

    static Verdict verdict(dev.portcullis.analysis.judge.Verdict verdict) {
        return switch (verdict) {
            case PASS -> Verdict.PASS;
            case FAIL -> Verdict.FAIL;
            case CONTINUE -> Verdict.CONTINUE;
            case INCONCLUSIVE -> Verdict.INCONCLUSIVE;
        };
    }

    private static MeasuringState measuring(Measuring.State state) {
        return switch (state) {
            case MEASURING -> MeasuringState.MEASURING;
            case NO_DATA -> MeasuringState.NO_DATA;
            case UNREACHABLE -> MeasuringState.UNREACHABLE;
        };
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static Duration duration(java.time.Duration time) {
        return Duration.newBuilder()
                .setSeconds(time.getSeconds())
                .setNanos(time.getNano())
                .build();
    }
}
