package dev.portcullis.gate.rule.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.Promotions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrafficShareRuleTest {
    private static final TrafficShareRule TENTH = new TrafficShareRule("share", 0.1, 0.5);

    private static ObjectiveFigures counted(String slo, double canary, double baseline) {
        return new ObjectiveFigures(
                slo,
                new Figures.Arms(canary, baseline),
                new Figures.Arms(0, 0),
                Figures.Arms.NOTHING_COUNTED,
                Figures.Arms.NOTHING_COUNTED);
    }

    private static Optional<Decision> hold(ObjectiveFigures... objectives) {
        var figures = Figures.about("availability", Figures.NONE.evidence(), Arrays.asList(objectives));
        return TENTH.hold(Promotions.of(ReleaseDetails.NONE).on(Promotions.passed(3, figures)));
    }

    @ParameterizedTest
    @CsvSource({"100000, 900000", "56000, 944000", "149000, 851000", "0, 30", "1, 1"})
    void aShareWithinTheToleranceAndWhatChanceMakesOfItHoldsNothing(double canary, double baseline) {
        assertEquals(Optional.empty(), hold(counted("availability", canary, baseline)));
    }

    @ParameterizedTest
    @CsvSource({"40000, 960000", "160000, 840000", "50, 50", "0, 1000", "999999, 1"})
    void anotherShareHolds(double canary, double baseline) {
        assertEquals(
                Optional.of(List.of(DecisionReason.TRAFFIC_SHARE_OFF)),
                hold(counted("availability", canary, baseline)).map(Decision::reasons));
    }

    @Test
    void theExplanationHasTheShareThatWasSeenByTheObjectiveThatCountsMost() {
        assertEquals(
                "rule 'share' of the policy holds it: the canary has had 50 % of the requests (20,000 of 40,000 that SLO 'availability'"
                        + " counts), and 10 % is expected",
                hold(counted("checkout", 100, 900), counted("availability", 20_000, 20_000))
                        .orElseThrow()
                        .explanation());
    }

    @Test
    void withoutRequestsOfTheStableVersionThereIsNoShare() {
        assertEquals(
                "rule 'share' of the policy holds it: no requests of the stable version were counted, so the canary's share of them is"
                        + " not known, and 10 % is expected",
                hold(counted("availability", 500, -1)).orElseThrow().explanation());
        assertEquals(Optional.of(Outcome.HOLD), hold().map(Decision::outcome));
    }

    @Test
    void aDeployHasNoTrafficYet() {
        assertEquals(Optional.empty(), TENTH.hold(Promotion.ofDeploy("checkout", ReleaseDetails.NONE, Promotions.NOW)));
    }
}
