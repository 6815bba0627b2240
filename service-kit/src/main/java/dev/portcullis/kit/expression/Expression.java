package dev.portcullis.kit.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An expression that is true or false of values. Immutable; two of one text are equal. Thread-safe. */
public final class Expression {
    private static final Pattern PLACE = Pattern.compile("^evaluation error at <input>:(\\d+): ");
    private static final Pattern MISSING = Pattern.compile("(?:key ')?([^']*)(?:' is not present in map\\.)?");
    private static final int LONGEST_SHOWN = 300;

    private final String text;
    private final CelRuntime.Program program;
    private final List<ValuePath> paths;

    Expression(String text, CelRuntime.Program program, List<ValuePath> paths) {
        this.text = text;
        this.program = program;
        this.paths = paths;
    }

    /**
     * Whether it holds.
     *
     * @param values by the names of the variables, each of the type that the language has for it
     * @throws EvaluationException when that cannot be told, since something is missing, is of another type, or is too much
     */
    public boolean holds(Map<String, ?> values) throws EvaluationException {
        try {
            return Boolean.TRUE.equals(program.eval(values));
        } catch (CelEvaluationException e) {
            throw new EvaluationException(told(e));
        } catch (RuntimeException e) {
            throw new EvaluationException(ExpressionLanguage.inOneLine(e.toString()));
        }
    }

    /** What happened, without the words of the library. */
    static String told(CelEvaluationException e) {
        var message = ExpressionLanguage.inOneLine(String.valueOf(e.getMessage()));
        var place = PLACE.matcher(message);
        var what = place.replaceFirst("");
        return switch (e.getErrorCode()) {
            case ATTRIBUTE_NOT_FOUND -> "there is no '" + MISSING.matcher(what).replaceFirst("$1") + "'";
            case ITERATION_BUDGET_EXCEEDED -> "it goes through too much (" + what + ")";
            default -> what;
        };
    }

    /** Whether it names a variable. */
    public boolean names(String variable) {
        return paths.stream().anyMatch(path -> path.names().getFirst().equals(variable));
    }

    /** The values that it names, for people: {@code release.labels = {change=fix}, analysis.windows = 3}. */
    public String shown(Map<String, ?> values) {
        var all = paths.stream().flatMap(path -> path.shown(values).stream()).collect(Collectors.joining(", "));
        return all.length() <= LONGEST_SHOWN ? all : all.substring(0, LONGEST_SHOWN) + "...";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expression expression && expression.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
