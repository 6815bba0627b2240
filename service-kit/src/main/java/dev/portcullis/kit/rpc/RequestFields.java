package dev.portcullis.kit.rpc;

import dev.portcullis.kit.text.FreeText;
import dev.portcullis.kit.text.RequestName;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The fields of a request, checked by the rules that all services share, so that what one has accepted another does not refuse. What is wrong is INVALID_ARGUMENT with
 * the reason INVALID_FIELD and the field's name. Stateless.
 */
public final class RequestFields {
    private static final int LARGEST_PAGE = 200;
    private static final int DEFAULT_PAGE = 50;
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private RequestFields() {}

    /** The error of a field; its message is "field: fault". */
    public static StatusRuntimeException invalid(String field, String fault) {
        return RpcErrors.invalidField(field, fault);
    }

    /** A {@link RequestName}, which is required. */
    public static String name(String field, String value) {
        return optionalName(field, value)
                .orElseThrow(
                        () -> invalid(field, "is missing; 1 to " + RequestName.LONGEST + " characters are required"));
    }

    /** A {@link RequestName}; empty when there is none. */
    public static Optional<String> optionalName(String field, String value) {
        RequestName.fault(value).ifPresent(fault -> {
            throw invalid(field, fault);
        });
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** A {@link FreeText} as it is kept, which is required. */
    public static String text(String field, String value) {
        FreeText.fault(value).ifPresent(fault -> {
            throw invalid(field, fault);
        });
        return FreeText.of(value);
    }

    /** A UUID, which is required. */
    public static UUID uuid(String field, String value) {
        return optionalUuid(field, value).orElseThrow(() -> invalid(field, "is missing; a UUID is required"));
    }

    /** A UUID; empty when there is none. */
    public static Optional<UUID> optionalUuid(String field, String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!isUuid(value)) {
            throw invalid(
                    field,
                    "is " + RequestName.shown(value)
                            + ", which is no UUID such as 8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11");
        }
        return Optional.of(UUID.fromString(value));
    }

    /**
     * The id in a resource name.
     *
     * @param prefix what stands before it, e.g. "rollbacks/"
     */
    public static UUID id(String field, String prefix, String value) {
        if (value.startsWith(prefix) && isUuid(value.substring(prefix.length()))) {
            return UUID.fromString(value.substring(prefix.length()));
        }
        throw invalid(field, "is " + RequestName.shown(value) + "; legal: " + prefix + "{uuid}");
    }

    /** How many items a page is to have, 1 to {@value #LARGEST_PAGE}; asked for none, {@value #DEFAULT_PAGE}. */
    public static int pageSize(int value) {
        if (value < 0 || value > LARGEST_PAGE) {
            throw invalid("page_size", "is " + value + "; legal: 1 to " + LARGEST_PAGE + ", 0 = " + DEFAULT_PAGE);
        }
        return value == 0 ? DEFAULT_PAGE : value;
    }

    /** Between both bounds, inclusive, which are whole seconds; an absent one is 0. */
    public static Duration duration(String field, com.google.protobuf.Duration value, Duration least, Duration most) {
        // Compared before it is made a duration, which not every message can be.
        var tooFar = value.getSeconds() < 0 || value.getSeconds() > most.toSeconds();
        var length = tooFar ? Duration.ZERO : ProtoTimes.duration(value);
        if (length.compareTo(least) < 0 || length.compareTo(most) > 0) {
            throw invalid(
                    field,
                    "is " + value.getSeconds() + "s" + (value.getNanos() == 0 ? "" : " and " + value.getNanos() + "ns")
                            + "; legal: " + least.toSeconds() + "s to " + most.toSeconds() + "s");
        }
        return length;
    }

    private static boolean isUuid(String value) {
        return UUID_FORM.matcher(value).matches();
    }
}
