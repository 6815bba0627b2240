package dev.portcullis.gate.rule.expression;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.feed.RecentlyUsed;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.RuleName;
import dev.portcullis.kit.expression.EvaluationException;
import dev.portcullis.kit.expression.Expression;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Holds a promotion unless an expression is true. What cannot be told holds it too. A deploy, of which there is no analysis, is not held. Evaluated anew only when something that
 * it knows of has changed. Thread-safe.
 */
final class ExpressionRule implements PromotionRule {
    private static final int MOST_REMEMBERED = 200;

    private final String name;
    private final Expression promoteWhen;
    private final String message;
    private final Map<UUID, Answer> answers = new RecentlyUsed<>(MOST_REMEMBERED, (release, answer) -> {});

    /**
     * One of a policy.
     *
     * @param promoteWhen what has to be true
     * @param message what people are told while it is not
     */
    ExpressionRule(String name, Expression promoteWhen, String message) {
        this.name = name;
        this.promoteWhen = promoteWhen;
        this.message = message;
    }

    /** What came of values. */
    private record Answer(Map<String, Object> values, Optional<Decision> hold) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return promotion.release().flatMap(release -> hold(promotion, release));
    }

    private Optional<Decision> hold(Promotion promotion, Release release) {
        var values = new HashMap<>(PromotionValues.of(promotion, release));
        if (!promoteWhen.names(PromotionValues.NOW)) {
            values.remove(PromotionValues.NOW);
        }
        var known = remembered(release.id());
        if (known.filter(answer -> answer.values().equals(values)).isPresent()) {
            return known.get().hold();
        }
        var hold = evaluated(values);
        remember(release.id(), new Answer(values, hold));
        return hold;
    }

    private Optional<Answer> remembered(UUID release) {
        synchronized (answers) {
            return Optional.ofNullable(answers.get(release));
        }
    }

    private void remember(UUID release, Answer answer) {
        synchronized (answers) {
            answers.put(release, answer);
        }
    }

    private Optional<Decision> evaluated(Map<String, Object> values) {
        try {
            return promoteWhen.holds(values)
                    ? Optional.empty()
                    : Optional.of(
                            Decision.hold(DecisionReason.RULE_HELD, RuleName.told(name) + " holds it: " + message));
        } catch (EvaluationException e) {
            return Optional.of(Decision.hold(
                    DecisionReason.RULE_ERROR,
                    RuleName.told(name) + " cannot be evaluated: " + e.getMessage() + " (" + promoteWhen.shown(values)
                            + ")"));
        }
    }
}
