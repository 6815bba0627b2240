package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.release.ReleaseQuery;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.kit.text.RequestName;
import io.micronaut.http.HttpParameters;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What of the releases an address asks for. Stateless. */
final class ReleaseQueries {
    private ReleaseQueries() {}

    /** @throws InvalidFieldException for the first parameter that is not legal */
    static ReleaseQuery of(HttpParameters parameters) {
        return new ReleaseQuery(
                state(text(parameters, "state")),
                name(parameters, "service"),
                name(parameters, "text"),
                number(text(parameters, "before")));
    }

    private static String text(HttpParameters parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).orElse("").strip();
    }

    private static String name(HttpParameters parameters, String name) {
        var text = text(parameters, name);
        RequestName.fault(text).ifPresent(fault -> {
            throw new InvalidFieldException(name, fault);
        });
        return text;
    }

    private static Optional<ReleaseState> state(String word) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(ReleaseState.values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "state",
                        "is '" + PlainText.line(word, 60) + "'; legal: open, promoted, aborted, superseded, expired")));
    }

    private static OptionalLong number(String text) {
        try {
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new InvalidFieldException("before", "is no whole number; follow the links of the pages");
        }
    }
}
