package dev.portcullis.kit.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.kit.expression.EvaluationException;
import dev.portcullis.kit.expression.Expression;
import dev.portcullis.kit.expression.ExpressionLanguage;
import dev.portcullis.kit.expression.IllegalExpressionException;
import dev.portcullis.kit.expression.ValueType;
import java.util.Map;

/**
 * What the claims of a JWT have to be, as an expression of CEL that is true or false; {@code claims} are all of them. Bounded, as every {@link ExpressionLanguage} is, so that no
 * token makes it take long. Immutable; two of one text are equal.
 */
public record ClaimCondition(Expression expression) {
    private static final String CLAIMS = "claims";

    /** What reads conditions, which takes a while the first time: only where there is one. */
    private static final class Language {
        private static final ExpressionLanguage CONDITIONS =
                new ExpressionLanguage(Map.of(CLAIMS, new ValueType.Named(ValueType.Plain.ANY)));
    }

    /** @throws IllegalExpressionException when the text is no expression of CEL, or none that is true or false */
    public static ClaimCondition of(String text) throws IllegalExpressionException {
        return new ClaimCondition(Language.CONDITIONS.read(text));
    }

    /** Whether it holds; what cannot be told, since a claim is missing or is of another type, does not. */
    boolean holds(JWTClaimsSet claims) {
        try {
            return expression.holds(Map.of(CLAIMS, claims.toJSONObject()));
        } catch (EvaluationException e) {
            // Whatever a token makes it do, it lets nobody in.
            return false;
        }
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
