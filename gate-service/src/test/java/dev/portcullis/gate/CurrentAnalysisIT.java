package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What analysis-service says of a release now, as a release shows it on request. */
final class CurrentAnalysisIT {
    @AutoClose
    private final GateUnderTest gate = GateUnderTest.ofCheckout();

    private String release;

    @BeforeEach
    void openARelease() {
        release = gate.poll("c1").path("release").textValue();
    }

    private Release read() {
        return gate.grpc()
                .getRelease(GetReleaseRequest.newBuilder()
                        .setName(release)
                        .setIncludeAnalysis(true)
                        .build());
    }

    /** The first call to a cold process may take longer than a reader waits. */
    private Release shown() {
        Await.until("the analysis is shown", LIMIT, () -> read().hasCurrentAnalysis());
        return read();
    }

    @Test
    void itIsThereWithItsHistoryOnRequestOnly() {
        assertFalse(gate.release(release).hasCurrentAnalysis(), "only on request");
        gate.analysis.say("c1", told -> told.setEvidence(FakeAnalysis.evidence(Math.log(8), 0)));
        Await.until(
                "the latest is shown",
                LIMIT,
                () -> shown().getCurrentAnalysis().getEvidence().getFail() == Math.log(8));
        var analysis = shown().getCurrentAnalysis();
        assertEquals(shown().getAnalysis(), analysis.getName());
        assertEquals(2, analysis.getHistoryCount());
        assertEquals(Math.log(8), analysis.getHistory(1).getFail());
        assertEquals(0.02, analysis.getHistory(1).getObjectives(0).getCanary().getUpper());
    }

    @Test
    void aReleaseIsTheSameWithoutItWhileAnalysisServiceIsAway() {
        gate.analysisServer.stop();
        Await.until("nobody answers", LIMIT, () -> !read().hasCurrentAnalysis());
        assertEquals(release, read().getName());
        assertEquals(Release.State.OPEN, read().getState());
    }

    @Test
    void oneThatIsNoLongerKeptIsLeftOut() {
        shown();
        gate.analysis.say("c1", Verdict.CONTINUE, 9);
        gate.analysis.expire();
        Await.until("it is gone", LIMIT, () -> !read().hasCurrentAnalysis());
    }
}
