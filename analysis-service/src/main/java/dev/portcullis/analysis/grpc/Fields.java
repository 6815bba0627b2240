package dev.portcullis.analysis.grpc;

import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.text.RequestName;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fields of requests, checked: what is wrong is INVALID_FIELD with the field's name. */
final class Fields {
    private static final String PREFIX = "analyses/";
    private static final int LONGEST_REASON = 1_000;
    private static final int LARGEST_PAGE = 200;
    private static final int DEFAULT_PAGE = 50;
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Fields() {}

    static StatusRuntimeException invalid(String field, String fault) {
        return RpcErrors.invalidField(ErrorReason.INVALID_FIELD, field, fault);
    }

    /** "analyses/{uuid}". */
    static String name(UUID id) {
        return PREFIX + id;
    }

    static UUID id(String name) {
        if (name.startsWith(PREFIX) && isUuid(name.substring(PREFIX.length()))) {
            return UUID.fromString(name.substring(PREFIX.length()));
        }
        throw invalid("name", RequestName.shown(name) + " is not of the form analyses/{uuid}");
    }

    static @Nullable UUID optionalUuid(String field, String value) {
        if (value.isEmpty()) {
            return null;
        }
        if (!isUuid(value)) {
            throw invalid(
                    field, RequestName.shown(value) + " is not a UUID such as 8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11");
        }
        return UUID.fromString(value);
    }

    private static boolean isUuid(String value) {
        return UUID_FORM.matcher(value).matches();
    }

    static String required(String field, String value) {
        var text = optional(field, value);
        if (text == null) {
            throw invalid(field, "missing; it is required");
        }
        return text;
    }

    /** A {@link RequestName}; null when empty. */
    static @Nullable String optional(String field, String value) {
        if (value.isEmpty()) {
            return null;
        }
        RequestName.fault(value).ifPresent(fault -> {
            throw invalid(field, fault);
        });
        return value;
    }

    /** Between both bounds, inclusive; an absent one is 0. */
    static Duration duration(String field, com.google.protobuf.Duration value, Duration least, Duration most) {
        // Compared before it is made a duration, which not every message can be.
        boolean tooFar = value.getSeconds() < 0 || value.getSeconds() > most.getSeconds();
        var length = tooFar ? Duration.ZERO : Duration.ofSeconds(value.getSeconds(), value.getNanos());
        if (length.compareTo(least) < 0 || length.compareTo(most) > 0) {
            throw invalid(
                    field,
                    value.getSeconds() + "s" + (value.getNanos() == 0 ? "" : " and " + value.getNanos() + "ns")
                            + " is not in " + least.toSeconds() + "s to " + most.toSeconds() + "s");
        }
        return length;
    }

    static String reason(String value) {
        if (value.isBlank() || value.length() > LONGEST_REASON || value.indexOf('\0') >= 0) {
            throw invalid(
                    "reason", value.length() + " characters; 1 to " + LONGEST_REASON + " are required, not all blank");
        }
        return value;
    }

    static int pageSize(int value) {
        if (value < 0 || value > LARGEST_PAGE) {
            throw invalid("page_size", value + " is not in 1 to " + LARGEST_PAGE + " (0 = " + DEFAULT_PAGE + ")");
        }
        return value == 0 ? DEFAULT_PAGE : value;
    }
}
