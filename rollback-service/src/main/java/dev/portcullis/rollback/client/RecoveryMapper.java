package dev.portcullis.rollback.client;

import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.ListAnalysesResponse;
import dev.portcullis.proto.analysis.v1.Recovery;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import dev.portcullis.rollback.recovery.LaterRelease;
import dev.portcullis.rollback.recovery.RecoveryQuestion;
import dev.portcullis.rollback.recovery.RecoveryResult;
import dev.portcullis.rollback.recovery.RecoveryResult.Inconclusive;
import dev.portcullis.rollback.recovery.RecoveryResult.Measuring;
import dev.portcullis.rollback.recovery.RecoveryResult.NotRecovered;
import dev.portcullis.rollback.recovery.RecoveryResult.Recovered;
import dev.portcullis.rollback.recovery.RecoveryResult.Unavailable;
import java.time.Instant;

/** Questions and findings of a recovery, as the wire has them. */
final class RecoveryMapper {
    private RecoveryMapper() {}

    static StartAnalysisRequest request(RecoveryQuestion question) {
        return StartAnalysisRequest.newBuilder()
                .setRequestId(question.id().toString())
                .setService(question.service())
                .setCanary(question.revision())
                .setRecovery(Recovery.newBuilder().setWithin(ProtoTimes.duration(question.within())))
                .build();
    }

    static RecoveryResult result(Analysis analysis) {
        if (analysis.getPurpose() != Analysis.Purpose.RECOVERY) {
            // A service that does not know the field passes over it, and would judge by other rules.
            return new Unavailable("analysis-service judges no recoveries (" + analysis.getName() + " has the purpose "
                    + analysis.getPurpose() + "); bring it to the version of rollback-service");
        }
        var name = analysis.getName();
        var text = PlainText.of(analysis.getExplanation());
        return switch (analysis.getVerdict()) {
            case PASS -> new Recovered(name, withoutVerdict(text));
            case FAIL -> new NotRecovered(name, withoutVerdict(text));
            case INCONCLUSIVE -> new Inconclusive(name, text);
            case CONTINUE -> undecided(analysis);
            case VERDICT_UNSPECIFIED, UNRECOGNIZED ->
                new Unavailable("analysis-service sent " + name + " with the verdict " + analysis.getVerdict()
                        + ", which this version does not know");
        };
    }

    /** What a finding says already is not said again in its text. */
    private static String withoutVerdict(String explanation) {
        return explanation.replaceFirst("^(Recovered|Not recovered): ", "");
    }

    private static RecoveryResult undecided(Analysis analysis) {
        return analysis.getState() == Analysis.State.RUNNING
                ? new Measuring(analysis.getName(), PlainText.of(analysis.getExplanation()))
                : new Inconclusive(analysis.getName(), PlainText.of(analysis.getExplanation()));
    }

    static LaterRelease laterRelease(ListAnalysesResponse newestFirst, Instant moment) {
        return newestFirst.getAnalysesList().stream()
                .limit(1)
                .map(analysis -> new LaterRelease.Begun(
                        analysis.getCanary(), analysis.getName(), ProtoTimes.instant(analysis.getCreateTime())))
                .filter(release -> release.beginTime().isAfter(moment))
                .findFirst()
                .<LaterRelease>map(release -> release)
                .orElseGet(LaterRelease.None::new);
    }
}
