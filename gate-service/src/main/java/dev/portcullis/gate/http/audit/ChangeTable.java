package dev.portcullis.gate.http.audit;

import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanProperty;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Changes of production as CSV (RFC 4180), every cell in quotes. Stateless. */
final class ChangeTable {
    /** The components of an answer, so that the table and the JSON never differ in what they tell. */
    private static final List<BeanProperty<ChangeAnswer, Object>> COLUMNS =
            List.copyOf(BeanIntrospection.getIntrospection(ChangeAnswer.class).getBeanProperties());

    /** What makes a spreadsheet take a cell for a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private static final Collector<CharSequence, ?, String> LINE = Collectors.joining(",", "", "\r\n");

    private ChangeTable() {}

    static String of(List<ChangeAnswer> changes) {
        var head = COLUMNS.stream().map(BeanProperty::getName).collect(LINE);
        return changes.stream().map(ChangeTable::row).collect(Collectors.joining("", head, ""));
    }

    private static String row(ChangeAnswer change) {
        return COLUMNS.stream().map(column -> cell(text(column.get(change)))).collect(LINE);
    }

    private static String text(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(" "))
                : value.toString();
    }

    /** Text that a spreadsheet would take for a formula gets an apostrophe before it. */
    private static String cell(String text) {
        var shown = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + shown.replace("\"", "\"\"") + '"';
    }
}
