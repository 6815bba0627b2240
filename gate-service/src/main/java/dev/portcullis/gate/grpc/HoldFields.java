package dev.portcullis.gate.grpc;

import com.google.protobuf.Timestamp;
import dev.portcullis.gate.release.ResourceName;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.text.RequestName;
import dev.portcullis.proto.gate.v1.HoldPromotionsRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The fields of requests about holds, checked. Stateless. */
final class HoldFields {
    private static final int MOST_SERVICES = 100;
    private static final int MOST_EXCEPTIONS = 20;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final String LEGAL_END = "; legal: 1 minute to 30 days from now";

    private HoldFields() {}

    static List<String> services(HoldPromotionsRequest request) {
        if (request.getServicesCount() == 0 || request.getServicesCount() > MOST_SERVICES) {
            throw RequestFields.invalid(
                    "services",
                    "has " + request.getServicesCount() + "; legal: 1 to " + MOST_SERVICES
                            + " names of services, * for any characters");
        }
        return request.getServicesList().stream()
                .map(service -> RequestFields.name("services", service))
                .distinct()
                .toList();
    }

    static List<String> exceptions(HoldPromotionsRequest request) {
        if (request.getExceptionsCount() > MOST_EXCEPTIONS) {
            throw RequestFields.invalid(
                    "exceptions", "has " + request.getExceptionsCount() + "; legal: up to " + MOST_EXCEPTIONS);
        }
        return request.getExceptionsList().stream()
                .map(HoldFields::exception)
                .distinct()
                .toList();
    }

    private static String exception(String label) {
        var equals = label.indexOf('=');
        if (equals <= 0 || equals == label.length() - 1 || label.contains(",") || label.indexOf('=', equals + 1) >= 0) {
            throw RequestFields.invalid(
                    "exceptions", "has " + RequestName.shown(label) + "; legal: name=value, without ','");
        }
        return RequestFields.name("exceptions", label.substring(0, equals))
                + "="
                + RequestFields.name("exceptions", label.substring(equals + 1));
    }

    /** @param given whether the request has one, which is required */
    static Instant end(boolean given, Timestamp time, Instant now) {
        if (!given) {
            throw RequestFields.invalid("expire_time", "is missing" + LEGAL_END);
        }
        var seconds = time.getSeconds() - now.getEpochSecond();
        if (seconds < SHORTEST.toSeconds() || seconds > LONGEST.toSeconds()) {
            throw RequestFields.invalid("expire_time", "is " + seconds + " s from now" + LEGAL_END);
        }
        return ProtoTimes.instant(time);
    }

    static ResourceName release(String text) {
        return ResourceName.ofRelease(text)
                .orElseThrow(() -> RequestFields.invalid(
                        "name", "is " + RequestName.shown(text) + "; legal: services/{service}/releases/{uuid}"));
    }
}
