package dev.portcullis.kit.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * CEL with variables of given types. Texts, their nesting, how much an expression goes through and its patterns are bounded, so that none takes long; making a language takes
 * up to a second the first time. Thread-safe.
 */
public final class ExpressionLanguage {
    /** Characters of a text. */
    public static final int LONGEST = 4_096;

    /** Characters of a text that anybody may send. */
    public static final int LONGEST_SENT = 1_024;

    private static final int MOST_ITERATIONS = 1_000;
    private static final int DEEPEST = 32;
    private static final int LARGEST_PATTERN = 1_000;
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxRegexProgramSize(LARGEST_PATTERN)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final Map<String, CelType> structures = new LinkedHashMap<>();
    private final CelCompiler compiler;
    private final CelRuntime runtime =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
    private final LiteralCheck literals;

    /** @param variables by their names */
    public ExpressionLanguage(Map<String, ValueType> variables) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        variables.forEach((name, type) -> builder.addVar(name, type(type)));
        this.compiler = builder.setTypeProvider(new Structures(ImmutableMap.copyOf(structures)))
                .build();
        this.literals = new LiteralCheck(OPTIONS);
    }

    private record Structures(ImmutableMap<String, CelType> byName) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(byName.values());
        }

        @Override
        public Optional<CelType> findType(String typeName) {
            return Optional.ofNullable(byName.get(typeName));
        }
    }

    private CelType type(ValueType type) {
        return switch (type) {
            case ValueType.Plain plain -> plain(plain);
            case ValueType.Named named -> MapType.create(SimpleType.STRING, type(named.values()));
            case ValueType.ListOf list -> ListType.create(type(list.items()));
            case ValueType.Fields fields -> structure(fields);
        };
    }

    private static CelType plain(ValueType.Plain plain) {
        return switch (plain) {
            case TEXT -> SimpleType.STRING;
            case WHOLE_NUMBER -> SimpleType.INT;
            case NUMBER -> SimpleType.DOUBLE;
            case FLAG -> SimpleType.BOOL;
            case MOMENT -> SimpleType.TIMESTAMP;
            case ANY -> SimpleType.DYN;
        };
    }

    private CelType structure(ValueType.Fields fields) {
        var types = fields.fields().entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, field -> type(field.getValue())));
        var structure = StructType.create(fields.name(), types.keySet(), name -> Optional.ofNullable(types.get(name)));
        structures.put(fields.name(), structure);
        return structure;
    }

    /**
     * The expression of a text.
     *
     * @throws IllegalExpressionException when it is none of this language, or none that is true or false
     */
    public Expression read(String text) throws IllegalExpressionException {
        return read(text, tree -> {});
    }

    /**
     * The same for a text of somebody who is not trusted with the time and the memory of this process: it is shorter, and does no more than its length suggests.
     *
     * @throws IllegalExpressionException also when it might do more than that
     */
    public Expression readSent(String text) throws IllegalExpressionException {
        if (text.length() > LONGEST_SENT) {
            throw new IllegalExpressionException(
                    "it has " + text.length() + " characters, and up to " + LONGEST_SENT + " are legal here");
        }
        return read(text, GrowthCheck::require);
    }

    /** What is asked of an expression besides that it is one. */
    @FunctionalInterface
    private interface TreeCheck {
        void require(CelAbstractSyntaxTree tree) throws IllegalExpressionException;
    }

    private Expression read(String text, TreeCheck check) throws IllegalExpressionException {
        try {
            var tree = compiler.compile(text).getAst();
            check.require(tree);
            literals.require(tree);
            return new Expression(text, runtime.createProgram(tree), ValuePath.of(tree));
        } catch (CelValidationException e) {
            throw new IllegalExpressionException(
                    e.getErrors().stream().map(ExpressionLanguage::told).collect(Collectors.joining("; ")));
        } catch (CelEvaluationException e) {
            throw new IllegalExpressionException(inOneLine(String.valueOf(e.getMessage())));
        }
    }

    /** Lines and columns from 1. */
    private static String told(CelIssue issue) {
        var place = issue.getSourceLocation();
        return place(place.getLine(), place.getColumn()) + inOneLine(issue.getMessage());
    }

    /** How a message begins that is about a place. */
    static String place(int line, int columnFromZero) {
        return "line " + line + ", column " + (columnFromZero + 1) + ": ";
    }

    /** How a message begins that is about a part of an expression. */
    static String place(CelAbstractSyntaxTree tree, long part) {
        return Optional.ofNullable(tree.getSource().getPositionsMap().get(part))
                .flatMap(tree.getSource()::getOffsetLocation)
                .map(place -> place(place.getLine(), place.getColumn()))
                .orElse("");
    }

    static String inOneLine(String message) {
        return message.replaceAll("\\s+", " ");
    }
}
