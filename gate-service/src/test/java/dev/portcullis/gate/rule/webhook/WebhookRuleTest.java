package dev.portcullis.gate.rule.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.Promotions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WebhookRuleTest {
    private static final ReleaseDetails FIX = ReleaseDetails.of("image", "T-1", "ada", "change=fix");

    private final AtomicLong nanos = new AtomicLong();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final List<WebhookQuestion> asked = new ArrayList<>();
    private WebhookAnswer answer = new WebhookAnswer.Allowed();
    private final WebhookMemory memory = new WebhookMemory(this::ask, background::add, nanos::get);
    private final WebhookRule rule =
            new WebhookRule("opa", URI.create("http://opa/v1/data/release"), Duration.ofSeconds(2), memory);

    private WebhookAnswer ask(WebhookQuestion question) {
        asked.add(question);
        return answer;
    }

    private void work() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void assertHeld(DecisionReason reason, String what, Optional<Decision> hold) {
        assertEquals(Optional.of(Decision.hold(reason, "rule 'opa' of the policy holds it: " + what)), hold);
    }

    @Test
    void nobodyWaitsForTheFirstAnswerWhichHoldsUntilItIsThere() {
        var promotion = Promotions.of(FIX);
        assertHeld(
                DecisionReason.RULE_UNAVAILABLE,
                "the webhook does not say whether it may be: it has been asked, and has not answered yet",
                rule.hold(promotion));
        rule.hold(promotion);
        assertEquals(1, background.size(), "asked once at a time");

        work();

        assertEquals(Optional.empty(), rule.hold(promotion));
    }

    @Test
    void whatIsDeniedIsHeldInTheWebhooksWords() {
        answer = new WebhookAnswer.Denied("no release on a Friday");
        var promotion = Promotions.of(FIX);
        rule.hold(promotion);
        work();

        assertHeld(DecisionReason.RULE_HELD, "no release on a Friday", rule.hold(promotion));
    }

    @Test
    void anAnswerIsAskedForAgainBehindWhoeverAsksAndIsForgottenInTheEnd() {
        var promotion = Promotions.of(FIX);
        rule.hold(promotion);
        work();
        pass(Duration.ofSeconds(6));
        answer = new WebhookAnswer.Unavailable("refused");
        assertEquals(Optional.empty(), rule.hold(promotion), "the answer is not old");
        assertEquals(1, background.size());

        work();

        assertHeld(
                DecisionReason.RULE_UNAVAILABLE,
                "the webhook does not say whether it may be: refused",
                rule.hold(promotion));
        answer = new WebhookAnswer.Allowed();
        pass(Duration.ofSeconds(6));
        rule.hold(promotion);
        work();
        pass(WebhookMemory.GOOD_FOR.plusNanos(1));
        assertEquals(
                Optional.of(List.of(DecisionReason.RULE_UNAVAILABLE)),
                rule.hold(promotion).map(Decision::reasons));
    }

    @Test
    void theWebhookIsToldOfTheReleaseAndOfADeploy() {
        rule.hold(Promotions.of(FIX));
        rule.hold(Promotion.ofDeploy("checkout", FIX, Promotions.NOW));
        work();

        var ofRelease = asked.getFirst().input();
        assertEquals("checkout", ofRelease.get("service"));
        assertEquals("c1", ofRelease.get("canary"));
        assertEquals("T-1", ofRelease.get("ticket"));
        assertEquals(Map.of("change", "fix"), ofRelease.get("labels"));
        assertEquals(false, ofRelease.get("deploy"));
        assertEquals(true, asked.getLast().input().get("deploy"));
        assertEquals("opa", asked.getLast().input().get("rule"));
    }
}
