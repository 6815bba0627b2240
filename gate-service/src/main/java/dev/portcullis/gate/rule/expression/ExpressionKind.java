package dev.portcullis.gate.rule.expression;

import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.expression.Expression;
import dev.portcullis.kit.expression.ExpressionLanguage;
import dev.portcullis.kit.expression.IllegalExpressionException;
import dev.portcullis.kit.text.PlainText;

/** The reader of {@code expression}. Thread-safe. */
public final class ExpressionKind implements PromotionRuleKind {
    private static final String PROMOTE_WHEN = "promoteWhen";
    private static final String MESSAGE = "message";
    private static final String LEGAL_EXPRESSION =
            "an expression of CEL over release, analysis and now that is true or false, of up to %d characters";
    private static final String LEGAL_MESSAGE = "1 to 200 characters";
    private static final int LONGEST_MESSAGE = 200;

    private final boolean sent;
    private final String legalExpression;

    /** The kind that policies list. */
    public ExpressionKind() {
        this(false);
    }

    private ExpressionKind(boolean sent) {
        this.sent = sent;
        this.legalExpression =
                LEGAL_EXPRESSION.formatted(sent ? ExpressionLanguage.LONGEST_SENT : ExpressionLanguage.LONGEST);
    }

    /** The kind that questions add: whoever asks is not trusted with expressions that take much time or memory. */
    public static ExpressionKind ofQuestions() {
        return new ExpressionKind(true);
    }

    @Override
    public String name() {
        return "expression";
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        settings.describe(PROMOTE_WHEN, "", legalExpression);
        settings.describe(MESSAGE, "", LEGAL_MESSAGE);
        var expression = expression(settings, settings.text(PROMOTE_WHEN));
        var message = settings.text(MESSAGE);
        if (message.codePointCount(0, message.length()) > LONGEST_MESSAGE) {
            settings.fault(MESSAGE, settings.path(MESSAGE) + " has more than 200 characters; legal: " + LEGAL_MESSAGE);
        } else if (sent && !PlainText.of(message).equals(message)) {
            settings.fault(MESSAGE, settings.path(MESSAGE) + " has a control character; leave it out");
        }
        return new ExpressionRule(name, expression, message);
    }

    private Expression expression(YamlMapping settings, String text) {
        try {
            var language = PromotionValues.language();
            return sent ? language.readSent(text) : language.read(text);
        } catch (IllegalExpressionException e) {
            // Of one that is missing that alone is told.
            if (!text.isEmpty()) {
                settings.fault(
                        PROMOTE_WHEN,
                        settings.path(PROMOTE_WHEN) + " is not legal: " + e.getMessage() + "; legal: "
                                + legalExpression);
            }
            return PromotionValues.never();
        }
    }
}
