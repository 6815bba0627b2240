package dev.portcullis.gate.rule.expression;

import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.expression.Expression;
import dev.portcullis.kit.expression.IllegalExpressionException;

/** The reader of {@code expression}. Thread-safe. */
public final class ExpressionKind implements PromotionRuleKind {
    private static final String PROMOTE_WHEN = "promoteWhen";
    private static final String MESSAGE = "message";
    private static final String LEGAL_EXPRESSION =
            "an expression of CEL over release, analysis and now that is true or false, of up to 4096 characters";
    private static final String LEGAL_MESSAGE = "1 to 200 characters";
    private static final int LONGEST_MESSAGE = 200;

    @Override
    public String name() {
        return "expression";
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        settings.describe(PROMOTE_WHEN, "", LEGAL_EXPRESSION);
        settings.describe(MESSAGE, "", LEGAL_MESSAGE);
        var expression = expression(settings, settings.text(PROMOTE_WHEN));
        var message = settings.text(MESSAGE);
        if (message.codePointCount(0, message.length()) > LONGEST_MESSAGE) {
            settings.fault(MESSAGE, settings.path(MESSAGE) + " has more than 200 characters; legal: " + LEGAL_MESSAGE);
        }
        return new ExpressionRule(name, expression, message);
    }

    private static Expression expression(YamlMapping settings, String text) {
        try {
            return PromotionValues.language().read(text);
        } catch (IllegalExpressionException e) {
            // Of one that is missing that alone is told.
            if (!text.isEmpty()) {
                settings.fault(
                        PROMOTE_WHEN,
                        settings.path(PROMOTE_WHEN) + " is not legal: " + e.getMessage() + "; legal: "
                                + LEGAL_EXPRESSION);
            }
            return PromotionValues.never();
        }
    }
}
