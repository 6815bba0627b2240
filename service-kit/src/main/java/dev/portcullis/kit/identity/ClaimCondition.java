package dev.portcullis.kit.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a JWT have to be, as an expression of CEL that is true or false; {@code claims} are all of them. Bounded in its length, its nesting and in how much it
 * goes through, so that no token makes it take long. Immutable; two of one text are equal.
 */
public final class ClaimCondition {
    /** Characters of a text. */
    public static final int LONGEST = 4_096;

    private static final int MOST_ITERATIONS = 1_000;
    private static final int DEEPEST = 32;
    private static final int LARGEST_PATTERN = 1_000;
    private static final String CLAIMS = "claims";

    /** What makes programs, which takes a while the first time: only where there is a condition. */
    private static final class Language {
        private static final CelOptions OPTIONS = CelOptions.current()
                .maxExpressionCodePointSize(LONGEST)
                .maxParseRecursionDepth(DEEPEST)
                .comprehensionMaxIterations(MOST_ITERATIONS)
                .maxRegexProgramSize(LARGEST_PATTERN)
                .build();
        private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar(CLAIMS, MapType.create(SimpleType.STRING, SimpleType.DYN))
                .setResultType(SimpleType.BOOL)
                .build();
        private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .build();
    }

    /** A text that is no condition; its message says where and why in a line. */
    public static final class IllegalConditionException extends Exception {
        private static final long serialVersionUID = 1L;

        IllegalConditionException(String message) {
            super(message);
        }
    }

    private final String text;
    private final CelRuntime.Program program;

    private ClaimCondition(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    /** @throws IllegalConditionException when the text is no expression of CEL, or none that is true or false */
    public static ClaimCondition of(String text) throws IllegalConditionException {
        try {
            var tree = Language.COMPILER.compile(text).getAst();
            return new ClaimCondition(text, Language.RUNTIME.createProgram(tree));
        } catch (CelValidationException e) {
            throw new IllegalConditionException(
                    e.getErrors().stream().map(ClaimCondition::told).collect(Collectors.joining("; ")));
        } catch (CelEvaluationException e) {
            throw new IllegalConditionException(inOneLine(String.valueOf(e.getMessage())));
        }
    }

    /** Lines and columns from 1. */
    private static String told(CelIssue issue) {
        var place = issue.getSourceLocation();
        return "line " + place.getLine() + ", column " + (place.getColumn() + 1) + ": " + inOneLine(issue.getMessage());
    }

    private static String inOneLine(String message) {
        return message.replaceAll("\\s+", " ");
    }

    /** Whether it holds; what cannot be told, since a claim is missing or is of another type, does not. */
    boolean holds(JWTClaimsSet claims) {
        try {
            return Boolean.TRUE.equals(program.eval(Map.of(CLAIMS, claims.toJSONObject())));
        } catch (CelEvaluationException | RuntimeException e) {
            // Whatever a token makes it do, it lets nobody in.
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClaimCondition condition && condition.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
