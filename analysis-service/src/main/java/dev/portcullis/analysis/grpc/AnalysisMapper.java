package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.explanation.Explanation;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.run.ObjectiveBounds;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.analysis.usecase.AnalysisWatch;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.BoundaryCounts;
import dev.portcullis.proto.analysis.v1.Evidence;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.WatchAnalysesResponse;
import java.util.List;
import java.util.UUID;

/** Analyses as messages. */
final class AnalysisMapper {
    /** What stands before the id in a name. */
    static final String PREFIX = "analyses/";

    private AnalysisMapper() {}

    /** "analyses/{uuid}". */
    static String name(UUID id) {
        return PREFIX + id;
    }

    /** A part of what a watch has found. */
    static WatchAnalysesResponse of(AnalysisWatch.Part part) {
        var message = WatchAnalysesResponse.newBuilder()
                .addAllAnalyses(part.runs().stream().map(AnalysisMapper::of).toList())
                .addAllLost(part.lost().stream().map(AnalysisMapper::name).toList());
        part.currency().ifPresent(currency -> message.setPosition(currency.position())
                .setElapsed(ProtoTimes.duration(currency.elapsed())));
        return message.build();
    }

    /** Without windows and bounds. */
    static Analysis of(AnalysisRun run) {
        return of(run, List.of(), List.of());
    }

    /** With windows and bounds, each empty for none. */
    static Analysis of(AnalysisRun run, List<Window> windows, List<ObjectiveBounds> bounds) {
        var arms = run.plan().arms();
        var baseline = arms.baseline();
        var message = Analysis.newBuilder()
                .setName(name(run.id()))
                .setRevision(run.version())
                .setPurpose(purpose(run.plan().purpose()))
                .setService(run.plan().objectives().service())
                .setCanary(arms.canary().value())
                .setBaseline(baseline == null ? "" : baseline.value())
                .setPlan(PlanMapper.of(run.plan()))
                .setEvidence(evidence(run.judgement()))
                .addAllObjectives(ObjectiveMapper.of(run, bounds))
                .addAllWindows(
                        windows.stream().map(window -> window(run, window)).toList())
                .setExplanation(PlainText.of(Explanation.of(run)))
                .setExplainedSlo(Explanation.objective(run));
        addStatus(message, run);
        addMeasurement(message, run);
        ForecastMapper.add(message, run);
        addScore(message, run);
        return message.build();
    }

    private static void addScore(Analysis.Builder message, AnalysisRun run) {
        var score = run.assessment().score();
        if (score != null && score.judgement() != null) {
            message.setScore(ScoreJudgeMapper.result(score, score.judgement()));
        }
    }

    private static void addStatus(Analysis.Builder message, AnalysisRun run) {
        var status = run.status();
        message.setState(state(status.state()))
                .setVerdict(verdict(status.verdict()))
                .setCreateTime(ProtoTimes.timestamp(run.plan().begin()))
                .setUpdateTime(ProtoTimes.timestamp(status.updateTime()))
                .setDeadlineTime(ProtoTimes.timestamp(run.plan().deadline()));
        if (status.cancelReason() != null) {
            message.setCancelReason(status.cancelReason());
        }
        if (status.endTime() != null) {
            message.setEndTime(ProtoTimes.timestamp(status.endTime()));
        }
    }

    private static void addMeasurement(Analysis.Builder message, AnalysisRun run) {
        var measurement = run.measurement();
        message.setMeasuring(measuring(measurement.measuringStatus().state()))
                .setMeasuringDetail(PlainText.of(measurement.measuringStatus().detail()))
                .addAllNotes(measurement.notes().stream().map(PlainText::of).toList())
                .setWindowCount(measurement.windowCount());
        var lastRequest = measurement.totals().lastRequest();
        if (lastRequest != null) {
            message.setLastRequestTime(ProtoTimes.timestamp(lastRequest));
        }
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
                .setStartTime(ProtoTimes.timestamp(window.start()))
                .setEndTime(ProtoTimes.timestamp(window.end()));
        window.counts().forEach((objective, counts) -> {
            var buckets = run.measurement().counters().buckets().get(objective);
            message.putCounts(objective, armCounts(counts.at(buckets == null ? 0 : buckets.fail())));
            if (buckets != null) {
                message.putBoundaries(
                        objective,
                        BoundaryCounts.newBuilder()
                                .addAllCounts(counts.cuts().stream()
                                        .map(AnalysisMapper::armCounts)
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

    static Analysis.State state(AnalysisState state) {
        return switch (state) {
            case RUNNING -> Analysis.State.RUNNING;
            case CONCLUDED -> Analysis.State.CONCLUDED;
            case CANCELLED -> Analysis.State.CANCELLED;
        };
    }

    static Analysis.Purpose purpose(Purpose purpose) {
        return switch (purpose) {
            case RELEASE -> Analysis.Purpose.RELEASE;
            case RECOVERY -> Analysis.Purpose.RECOVERY;
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

    private static MeasuringState measuring(MeasuringStatus.State state) {
        return switch (state) {
            case MEASURING -> MeasuringState.MEASURING;
            case NO_DATA -> MeasuringState.NO_DATA;
            case UNREACHABLE -> MeasuringState.UNREACHABLE;
        };
    }
}
