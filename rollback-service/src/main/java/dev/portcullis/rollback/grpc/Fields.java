package dev.portcullis.rollback.grpc;

import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.text.RequestName;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import java.util.UUID;
import java.util.regex.Pattern;

/** The reading of single request fields; each throws INVALID_FIELD with what is wrong. */
final class Fields {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final String ROLLBACKS = "rollbacks/";
    private static final int LONGEST_SHOWN = 80;

    private Fields() {}

    static UUID uuid(String field, String text) {
        if (text.isEmpty()) {
            throw invalid(field, "is missing; a UUID is required");
        }
        if (!UUID_TEXT.matcher(text).matches()) {
            throw invalid(field, "is no UUID: " + shown(text));
        }
        return UUID.fromString(text);
    }

    /** A UUID as it is kept, or an empty text. */
    static String optionalUuid(String field, String text) {
        return text.isEmpty() ? "" : uuid(field, text).toString();
    }

    static UUID rollbackName(String name) {
        if (!name.startsWith(ROLLBACKS)
                || !UUID_TEXT.matcher(name.substring(ROLLBACKS.length())).matches()) {
            throw invalid("name", "is " + shown(name) + "; legal: rollbacks/{uuid}");
        }
        return UUID.fromString(name.substring(ROLLBACKS.length()));
    }

    /** A {@link RequestName}, which is required. */
    static String name(String field, String text) {
        if (text.isEmpty()) {
            throw invalid(field, "is missing; 1 to " + RequestName.LONGEST + " characters are required");
        }
        RequestName.fault(text).ifPresent(fault -> {
            throw invalid(field, fault);
        });
        return text;
    }

    /** Text of 1 to {@code longest} characters, line breaks and tabs included. */
    static String text(String field, String text, int longest) {
        if (text.isBlank()) {
            throw invalid(field, "is missing; 1 to " + longest + " characters are required");
        }
        var length = text.codePointCount(0, text.length());
        if (length > longest) {
            throw invalid(field, "has " + length + " characters; legal: 1 to " + longest);
        }
        if (CONTROL.matcher(text).find()) {
            throw invalid(field, "holds control characters: " + shown(text));
        }
        return text;
    }

    static StatusRuntimeException invalid(String field, String fault) {
        return RpcErrors.invalidField(ErrorReason.INVALID_FIELD, field, fault);
    }

    /** A value as a message shows it: short, on one line. */
    static String shown(String text) {
        var line = text.replaceAll("\\p{Cntrl}", "?");
        return "'" + (line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...") + "'";
    }
}
