package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.run.PageStart;
import dev.portcullis.analysis.run.RunFilter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page starts, as an opaque text that holds the filters too: continued with other filters it would skip silently. */
final class PageToken {
    private static final int PARTS = 3;

    private PageToken() {}

    /** Empty for no further page. */
    static String write(@Nullable PageStart start, RunFilter filter) {
        if (start == null) {
            return "";
        }
        var micros = ChronoUnit.MICROS.between(Instant.EPOCH, start.begin());
        var text = micros + "|" + start.id() + "|" + filterText(filter);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Null for the first page. */
    static @Nullable PageStart read(String token, RunFilter filter) {
        if (token.isEmpty()) {
            return null;
        }
        PageStart start;
        String madeFor;
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            var parts = text.split("\\|", PARTS);
            start = new PageStart(
                    Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS), UUID.fromString(parts[1]));
            madeFor = parts[2];
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException | DateTimeException e) {
            throw Fields.invalid("page_token", "is none that ListAnalyses gave; leave it out for the first page");
        }
        if (!madeFor.equals(filterText(filter))) {
            throw Fields.invalid(
                    "page_token", "was given with other filters; keep service, state and purpose from page to page");
        }
        return start;
    }

    private static String filterText(RunFilter filter) {
        return (filter.state() == null ? "" : filter.state().name())
                + (filter.purpose() == null ? "" : "/" + filter.purpose().name())
                + "|"
                + (filter.service() == null ? "" : filter.service());
    }
}
