package dev.portcullis.gate.http.console;

import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.kit.text.FreeText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The fields of a form that was sent as {@code application/x-www-form-urlencoded}, each at most once. Immutable. */
final class FormFields {
    private final Map<String, String> values;

    private FormFields(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Reads the form of a request.
     *
     * @throws InvalidFieldException when its body is no form, or has a field twice
     */
    static FormFields of(HttpRequest<byte[]> request) {
        var type = request.getContentType().map(MediaType::getName).orElse("");
        if (!type.equals(MediaType.APPLICATION_FORM_URLENCODED)) {
            throw new InvalidFieldException("Content-Type", "is no " + MediaType.APPLICATION_FORM_URLENCODED);
        }
        return of(request.getBody().orElseGet(() -> new byte[0]));
    }

    static FormFields of(byte[] body) {
        Map<String, String> values = new HashMap<>();
        for (var pair : text(body).split("&")) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                    throw new InvalidFieldException(name, "is in the form twice");
                }
            }
        }
        return new FormFields(values);
    }

    /** A field; empty when the form has none of that name. */
    String get(String name) {
        return values.getOrDefault(name, "");
    }

    /**
     * A text for people, such as a reason.
     *
     * @throws InvalidFieldException when it is missing or not legal
     */
    String text(String name) {
        var sent = get(name);
        FreeText.fault(sent).ifPresent(fault -> {
            throw new InvalidFieldException(name, fault);
        });
        return FreeText.of(sent);
    }

    private static String decoded(String text) {
        try {
            var bytes = new java.io.ByteArrayOutputStream();
            for (int i = 0; i < text.length(); i++) {
                var character = text.charAt(i);
                if (character == '%') {
                    bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                    i += 2;
                } else {
                    bytes.writeBytes(
                            (character == '+' ? " " : String.valueOf(character)).getBytes(StandardCharsets.UTF_8));
                }
            }
            return text(bytes.toByteArray());
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new InvalidFieldException("body", "has a % that two hexadecimal digits do not follow");
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidFieldException("body", "is no UTF-8");
        }
    }
}
