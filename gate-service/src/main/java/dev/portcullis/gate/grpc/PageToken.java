package dev.portcullis.gate.grpc;

import dev.portcullis.gate.release.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Where the next page of a list begins, as callers carry it: bound to the list's filters, otherwise opaque to them. */
final class PageToken {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):(-?\\d{1,11})");
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 200;

    private PageToken() {}

    /** The token of a page beginning below a number; empty text when no page follows. */
    static String of(OptionalLong next, String filters) {
        if (next.isEmpty()) {
            return "";
        }
        var text = next.getAsLong() + ":" + filters.hashCode();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws InvalidFieldException when the token is none of this list */
    static OptionalLong parse(String token, String filters) {
        if (token.isEmpty()) {
            return OptionalLong.empty();
        }
        var parts = FORM.matcher(decoded(token));
        if (!parts.matches() || Long.parseLong(parts.group(2)) != filters.hashCode()) {
            throw new InvalidFieldException(
                    "page_token", "is not the next_page_token of a page with these filters; begin without one");
        }
        return OptionalLong.of(Long.parseLong(parts.group(1)));
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** @throws InvalidFieldException when the size is neither 0 (the default) nor 1 to 200 */
    static int size(int asked) {
        if (asked < 0 || asked > MAX_SIZE) {
            throw new InvalidFieldException("page_size", asked + " is not in 1 to " + MAX_SIZE);
        }
        return asked == 0 ? DEFAULT_SIZE : asked;
    }
}
