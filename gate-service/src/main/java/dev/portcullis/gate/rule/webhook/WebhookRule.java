package dev.portcullis.gate.rule.webhook;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds a promotion or a deploy unless a webhook has agreed to it in the last minute. Thread-safe. */
final class WebhookRule implements PromotionRule {
    private final String name;
    private final URI url;
    private final Duration timeout;
    private final WebhookMemory memory;

    WebhookRule(String name, URI url, Duration timeout, WebhookMemory memory) {
        this.name = name;
        this.url = url;
        this.timeout = timeout;
        this.memory = memory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        var question = new WebhookQuestion(url, timeout, input(promotion));
        return switch (memory.of(subject(promotion), question)) {
            case WebhookAnswer.Allowed allowed -> Optional.empty();
            case WebhookAnswer.Denied denied ->
                held(
                        DecisionReason.RULE_HELD,
                        denied.reason().isEmpty() ? "the webhook does not allow it" : denied.reason());
            case WebhookAnswer.Unavailable unavailable ->
                held(
                        DecisionReason.RULE_UNAVAILABLE,
                        "the webhook does not say whether it may be: " + unavailable.detail());
        };
    }

    private Optional<Decision> held(DecisionReason reason, String what) {
        return Optional.of(Decision.hold(reason, "rule '" + name + "' of the policy holds it: " + what));
    }

    /** An answer is about a release, or, before a deploy, about what is told of it; and of this rule as it is now. */
    private String subject(Promotion promotion) {
        var what =
                promotion.release().map(Release::name).orElseGet(() -> promotion.service() + " " + promotion.details());
        return url + " " + name + " " + what;
    }

    private Map<String, Object> input(Promotion promotion) {
        var input = new TreeMap<String, Object>(details(promotion.details()));
        input.put("rule", name);
        input.put("service", promotion.service());
        input.put("deploy", promotion.isDeploy());
        promotion.release().ifPresent(release -> input.putAll(release(release)));
        promotion.evidence().ifPresent(decision -> input.putAll(evidence(decision)));
        return input;
    }

    private static Map<String, Object> details(ReleaseDetails details) {
        return Map.of(
                "artifact", details.artifact(),
                "ticket", details.ticket(),
                "author", details.author(),
                "labels", details.labels());
    }

    private static Map<String, Object> release(Release release) {
        var key = release.key();
        return Map.of(
                "release", release.name(),
                "namespace", key.namespace(),
                "rollout", key.rollout(),
                "canary", key.canary(),
                "stable", release.start().stable(),
                "revision", key.revision(),
                "run", release.start().run());
    }

    private static Map<String, Object> evidence(Decision decision) {
        return Map.of(
                "verdict", decision.verdict().map(Enum::name).orElse(""),
                "windows", decision.windows());
    }
}
