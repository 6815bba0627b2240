package dev.portcullis.kit.expression;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import java.util.Optional;
import java.util.Set;

/**
 * The check that an expression does no more than its text suggests. What goes through a list may not go through another one for each item, nor put texts or lists together or
 * compare patterns for each: a few characters of that double what is in memory, again and again. Stateless.
 */
final class GrowthCheck {
    private static final String ADD = "_+_";
    private static final String MATCHES = "matches";
    private static final Set<CelKind> NUMBERS =
            ImmutableSet.of(CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.TIMESTAMP, CelKind.DURATION);

    private GrowthCheck() {}

    /** @throws IllegalExpressionException for the first part that may grow */
    static void require(CelAbstractSyntaxTree tree) throws IllegalExpressionException {
        var loops = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.COMPREHENSION)
                .map(node -> node.expr().comprehension())
                .toList();
        for (var loop : loops) {
            var grown = CelNavigableExpr.fromExpr(loop.loopStep())
                    .allNodes()
                    .map(CelNavigableExpr::expr)
                    .flatMap(part -> fault(tree, loop, part).stream())
                    .findFirst();
            if (grown.isPresent()) {
                throw new IllegalExpressionException(grown.get());
            }
        }
    }

    private static Optional<String> fault(CelAbstractSyntaxTree tree, CelExpr.CelComprehension loop, CelExpr part) {
        Optional<String> growth =
                switch (part.getKind()) {
                    case COMPREHENSION -> Optional.of("goes through another list for each item of one");
                    case CALL -> growth(tree, loop, part.call(), part.id());
                    default -> Optional.empty();
                };
        return growth.map(
                what -> ExpressionLanguage.place(tree, part.id()) + "it " + what + ", which is not legal here");
    }

    private static Optional<String> growth(
            CelAbstractSyntaxTree tree, CelExpr.CelComprehension loop, CelExpr.CelCall call, long id) {
        if (call.function().equals(MATCHES)) {
            return Optional.of("compares a pattern for each item of a list");
        }
        return call.function().equals(ADD) && !isNumber(tree, id) && !gathers(loop, call)
                ? Optional.of("puts texts or lists together for each item of a list")
                : Optional.empty();
    }

    private static boolean isNumber(CelAbstractSyntaxTree tree, long id) {
        return tree.getType(id).filter(type -> NUMBERS.contains(type.kind())).isPresent();
    }

    /** Whether it is what {@code map} and {@code filter} are made of: the items so far, and one more. */
    private static boolean gathers(CelExpr.CelComprehension loop, CelExpr.CelCall call) {
        var first = call.args().getFirst();
        var second = call.args().getLast();
        return first.getKind() == Kind.IDENT
                && first.ident().name().equals(loop.accuVar())
                && second.getKind() == Kind.LIST
                && second.list().elements().size() == 1;
    }
}
