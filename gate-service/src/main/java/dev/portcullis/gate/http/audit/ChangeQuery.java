package dev.portcullis.gate.http.audit;

import dev.portcullis.gate.http.JsonFields;
import dev.portcullis.gate.release.InvalidFieldException;
import io.micronaut.http.HttpParameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * The period that is asked about.
 *
 * @param csv whether a table is wanted in place of JSON
 */
record ChangeQuery(Instant from, Instant to, boolean csv) {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** @throws InvalidFieldException for the first parameter that is not legal */
    static ChangeQuery of(HttpParameters parameters) {
        var values = JsonFields.ofQuery(parameters, List.of("from", "to", "format"));
        var query = new ChangeQuery(time("from", values), time("to", values), csv(values));
        if (!query.from.isBefore(query.to)) {
            throw new InvalidFieldException("to", "is no later than from");
        }
        return query;
    }

    private static Instant time(String field, Map<String, String> values) {
        var text = values.getOrDefault(field, "");
        try {
            var time = text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new InvalidFieldException(
                field,
                "is required: a day such as 2027-01-01, which begins at midnight UTC, or a time such as 2027-01-01T12:00:00Z");
    }

    private static boolean csv(Map<String, String> values) {
        return switch (values.getOrDefault("format", "")) {
            case "csv" -> true;
            case "", "json" -> false;
            default -> throw new InvalidFieldException("format", "is neither csv nor json");
        };
    }
}
