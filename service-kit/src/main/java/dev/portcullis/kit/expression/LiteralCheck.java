package dev.portcullis.kit.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The check of what is written out in an expression and read only when it is evaluated: times, lengths of time, and patterns. {@code timestamp('yesterday')} is of the right
 * type. Thread-safe.
 */
final class LiteralCheck {
    private static final String VALUE = "value";
    /** Functions that read a text, by their names, each as it is tried. */
    private static final Map<String, String> TRIED = Map.of(
            "timestamp", "timestamp(value) == timestamp(value)",
            "duration", "duration(value) == duration(value)",
            "matches", "''.matches(value) == ''.matches(value)");

    private final Map<String, CelRuntime.Program> programs = new LinkedHashMap<>();

    LiteralCheck(CelOptions options) {
        var compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .addVar(VALUE, SimpleType.STRING)
                .build();
        var runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(options)
                .build();
        TRIED.forEach((function, text) -> {
            try {
                programs.put(
                        function, runtime.createProgram(compiler.compile(text).getAst()));
            } catch (CelValidationException | CelEvaluationException e) {
                throw new IllegalStateException("CEL no longer has " + text, e);
            }
        });
    }

    /** @throws IllegalExpressionException for the first literal that cannot be read */
    void require(CelAbstractSyntaxTree tree) throws IllegalExpressionException {
        var calls = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.CALL)
                .map(CelNavigableExpr::expr)
                .filter(call -> programs.containsKey(call.call().function()))
                .toList();
        for (var call : calls) {
            require(tree, call);
        }
    }

    private void require(CelAbstractSyntaxTree tree, CelExpr call) throws IllegalExpressionException {
        for (var argument : texts(call.call())) {
            try {
                var program = Objects.requireNonNull(programs.get(call.call().function()));
                program.eval(Map.of(VALUE, argument.constant().stringValue()));
            } catch (CelEvaluationException e) {
                throw new IllegalExpressionException(ExpressionLanguage.place(tree, argument.id()) + "'"
                        + argument.constant().stringValue() + "' cannot be read by "
                        + call.call().function() + ": " + Expression.told(e));
            }
        }
    }

    /** Those that are written out; of a pattern's call the target is no pattern. */
    private static List<CelExpr> texts(CelExpr.CelCall call) {
        var arguments = call.args();
        var last = arguments.isEmpty() ? List.<CelExpr>of() : List.of(arguments.getLast());
        return last.stream()
                .filter(argument -> argument.getKind() == Kind.CONSTANT)
                .filter(argument -> argument.constant().getKind() == CelConstant.Kind.STRING_VALUE)
                .toList();
    }
}
