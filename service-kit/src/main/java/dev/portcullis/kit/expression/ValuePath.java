package dev.portcullis.kit.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value that an expression names, as {@code analysis.canary.successRate}.
 *
 * @param names the variable first, then fields
 */
record ValuePath(List<String> names) {
    ValuePath {
        names = List.copyOf(names);
    }

    /** Those of an expression, each as far as it goes; also of variables that it makes itself. */
    static List<ValuePath> of(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.IDENT)
                .map(ValuePath::beginningAt)
                .distinct()
                .toList();
    }

    private static ValuePath beginningAt(CelNavigableExpr variable) {
        Deque<String> names = new ArrayDeque<>(List.of(variable.expr().ident().name()));
        var parent = variable.parent();
        while (parent.filter(node -> node.getKind() == Kind.SELECT).isPresent()) {
            names.add(parent.get().expr().select().field());
            parent = parent.get().parent();
        }
        return new ValuePath(List.copyOf(names));
    }

    /** What it is among these values, as far as there is something; empty when the variable is none of theirs. */
    Optional<String> shown(Map<String, ?> values) {
        Object value = values.get(names.getFirst());
        if (value == null) {
            return Optional.empty();
        }
        for (var name : names.subList(1, names.size())) {
            if (!(value instanceof Map<?, ?> fields) || !fields.containsKey(name)) {
                return Optional.of(String.join(".", names) + " is not there");
            }
            value = fields.get(name);
        }
        return Optional.of(String.join(".", names) + " = " + value);
    }
}
