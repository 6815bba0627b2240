package dev.portcullis.demo;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query part of an address, read and written. */
final class QueryText {
    private QueryText() {}

    /** The parameters; of a repeated one the last counts. */
    static Map<String, String> parse(@Nullable String rawQuery) {
        Map<String, String> parameters = new HashMap<>();
        for (var pair : (rawQuery == null ? "" : rawQuery).split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** "a=1&b=2", in the map's order. */
    static String of(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
