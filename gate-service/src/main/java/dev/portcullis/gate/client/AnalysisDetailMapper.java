package dev.portcullis.gate.client;

import dev.portcullis.gate.analysis.TestKind;
import dev.portcullis.gate.evidence.AnalysisDetail;
import dev.portcullis.gate.evidence.Evidence;
import dev.portcullis.gate.evidence.EvidencePoint;
import dev.portcullis.gate.evidence.Forecast;
import dev.portcullis.gate.evidence.Interval;
import dev.portcullis.gate.evidence.ObjectiveDetail;
import dev.portcullis.gate.evidence.ObjectivePoint;
import dev.portcullis.gate.evidence.PreviousRelease;
import dev.portcullis.gate.evidence.RequestCount;
import dev.portcullis.gate.evidence.TrafficShortage;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.ConfidenceInterval;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.HistoryPoint;
import dev.portcullis.proto.analysis.v1.ObjectiveHistory;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** An analysis of the wire as people look at it. */
final class AnalysisDetailMapper {
    private AnalysisDetailMapper() {}

    /** @throws IllegalArgumentException when it holds a value this version does not know */
    static AnalysisDetail detail(Analysis analysis) {
        var evidence = analysis.getEvidence();
        return new AnalysisDetail(
                AnalysisReportMapper.report(analysis),
                ProtoTimes.instant(analysis.getCreateTime()),
                ProtoTimes.duration(analysis.getPlan().getWindow()),
                new Evidence(
                        evidence.getFail(),
                        evidence.getPass(),
                        evidence.getFailThreshold(),
                        evidence.getPassThreshold()),
                analysis.getHistoryList().stream()
                        .map(AnalysisDetailMapper::point)
                        .toList(),
                analysis.getObjectivesList().stream()
                        .map(AnalysisDetailMapper::objective)
                        .toList(),
                analysis.hasForecast() ? Optional.of(forecast(analysis.getForecast())) : Optional.empty(),
                analysis.hasShortage() ? Optional.of(shortage(analysis.getShortage())) : Optional.empty(),
                analysis.getNotesList().stream().map(PlainText::of).toList(),
                analysis.getPlan().hasPreviousRelease()
                        ? Optional.of(previous(analysis.getPlan().getPreviousRelease()))
                        : Optional.empty());
    }

    private static EvidencePoint point(HistoryPoint point) {
        return new EvidencePoint(
                point.getWindow(),
                ProtoTimes.instant(point.getTime()),
                point.getFail(),
                point.getPass(),
                point.getObjectivesList().stream()
                        .map(AnalysisDetailMapper::objective)
                        .toList());
    }

    private static ObjectivePoint objective(ObjectiveHistory objective) {
        return new ObjectivePoint(
                objective.getSlo(),
                count(objective.getCounts().getCanary()),
                count(objective.getCounts().getBaseline()),
                interval(objective.getCanary()),
                objective.hasBaseline() ? Optional.of(interval(objective.getBaseline())) : Optional.empty());
    }

    private static ObjectiveDetail objective(ObjectiveResult objective) {
        return new ObjectiveDetail(
                objective.getSlo(),
                objective.getTarget(),
                objective.getWeight(),
                objective.hasThreshold() ? OptionalDouble.of(objective.getThreshold()) : OptionalDouble.empty(),
                count(objective.getCounts().getCanary()),
                count(objective.getCounts().getBaseline()),
                limits(objective),
                interval(objective.getRatio()),
                objective.hasRelative() ? Optional.of(interval(objective.getRelative())) : Optional.empty(),
                objective.getQuantilesList().stream()
                        .map(AnalysisDetailMapper::quantile)
                        .toList(),
                culprits(objective),
                objective.getSloTest().getShared().getHeld(),
                objective.getCanaryPodsList().stream()
                        .map(pod -> new ObjectiveDetail.PodCount(PlainText.of(pod.getPod()), count(pod.getCounts())))
                        .toList(),
                objective.hasOtherCanaryPods() ? Optional.of(otherPods(objective)) : Optional.empty());
    }

    private static ObjectiveDetail.Limits limits(ObjectiveResult objective) {
        var limits = objective.getLimits();
        return new ObjectiveDetail.Limits(
                limits.getSloFailRatio(),
                limits.hasBaselineFailFactor()
                        ? Optional.of(new ObjectiveDetail.Comparison(
                                limits.getBaselineFailFactor(), limits.getBaselineFailMargin()))
                        : Optional.empty());
    }

    private static ObjectiveDetail.QuantileInterval quantile(dev.portcullis.proto.analysis.v1.QuantileBounds quantile) {
        return new ObjectiveDetail.QuantileInterval(
                quantile.getQuantile(),
                new Interval(
                        quantile.hasLower() ? OptionalDouble.of(quantile.getLower()) : OptionalDouble.empty(),
                        quantile.hasUpper() ? OptionalDouble.of(quantile.getUpper()) : OptionalDouble.empty()));
    }

    private static Set<TestKind> culprits(ObjectiveResult objective) {
        var culprits = EnumSet.noneOf(TestKind.class);
        if (objective.getSloTest().getCulprit()) {
            culprits.add(TestKind.SLO);
        }
        if (objective.getBaselineTest().getCulprit()) {
            culprits.add(TestKind.BASELINE);
        }
        return culprits;
    }

    private static ObjectiveDetail.OtherPods otherPods(ObjectiveResult objective) {
        var others = objective.getOtherCanaryPods();
        return new ObjectiveDetail.OtherPods(others.getServing(), others.getFailing(), count(others.getCounts()));
    }

    private static Forecast forecast(dev.portcullis.proto.analysis.v1.Forecast forecast) {
        return new Forecast(
                forecast.getWindows(),
                forecast.hasTimeToPass()
                        ? Optional.of(ProtoTimes.duration(forecast.getTimeToPass()))
                        : Optional.empty(),
                forecast.hasTimeToFail()
                        ? Optional.of(ProtoTimes.duration(forecast.getTimeToFail()))
                        : Optional.empty());
    }

    private static TrafficShortage shortage(dev.portcullis.proto.analysis.v1.TrafficShortage shortage) {
        return new TrafficShortage(
                shortage.getSlo(),
                shortage.getAgainstBaseline(),
                shortage.hasNeededRequests() ? OptionalDouble.of(shortage.getNeededRequests()) : OptionalDouble.empty(),
                shortage.getComingRequests());
    }

    private static PreviousRelease previous(dev.portcullis.proto.analysis.v1.PreviousRelease previous) {
        return new PreviousRelease(
                previous.getAnalysis(),
                previous.getCanary(),
                ProtoTimes.instant(previous.getEndTime()),
                previous.getObjectivesList().stream()
                        .map(one -> new PreviousRelease.PreviousObjective(
                                one.getSlo(), new RequestCount(one.getBad(), one.getTotal())))
                        .toList());
    }

    private static RequestCount count(Counts counts) {
        return new RequestCount(counts.getBad(), counts.getTotal());
    }

    private static Interval interval(ConfidenceInterval interval) {
        return new Interval(
                interval.hasLower() ? OptionalDouble.of(interval.getLower()) : OptionalDouble.empty(),
                interval.hasUpper() ? OptionalDouble.of(interval.getUpper()) : OptionalDouble.empty());
    }
}
