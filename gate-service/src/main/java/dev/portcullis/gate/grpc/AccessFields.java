package dev.portcullis.gate.grpc;

import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.text.RequestName;
import dev.portcullis.proto.gate.v1.CreateTokenRequest;
import dev.portcullis.proto.gate.v1.TokenUse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The fields of requests about tokens, checked. Stateless. */
final class AccessFields {
    private static final int MOST_SERVICES = 100;
    private static final int MOST_USES = 10_000;
    private static final Duration LEAST_LIFE = Duration.ofMinutes(1);
    private static final Duration MOST_LIFE = Duration.ofDays(3_660);
    private static final Pattern SHA256_FORM = Pattern.compile("[0-9a-f]{64}");

    private AccessFields() {}

    /** Nobody gives what he does not have: who may make tokens could have any role otherwise. */
    static List<Role> roles(CreateTokenRequest request, Caller caller) {
        var legal = String.join(", ", Role.words());
        if (request.getRolesCount() == 0) {
            throw RequestFields.invalid("roles", "is missing; legal: one or more of " + legal);
        }
        return request.getRolesList().stream()
                .map(word -> role(word, legal, caller))
                .distinct()
                .toList();
    }

    private static Role role(String word, String legal, Caller caller) {
        var role = Role.of(word)
                .orElseThrow(() -> RequestFields.invalid(
                        "roles", "has " + RequestName.shown(word) + "; legal: one or more of " + legal));
        if (!caller.mayEverywhere(role)) {
            throw RequestFields.invalid(
                    "roles",
                    "has '" + word + "', which " + RequestName.shown(caller.name())
                            + " does not have for all services and cannot give");
        }
        return role;
    }

    static List<String> services(CreateTokenRequest request) {
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

    static Instant end(CreateTokenRequest request, Instant now) {
        if (!request.hasExpireTime()) {
            throw RequestFields.invalid("expire_time", "is missing; legal: 1 minute to 3660 days from now");
        }
        var seconds = request.getExpireTime().getSeconds() - now.getEpochSecond();
        if (seconds < LEAST_LIFE.toSeconds() || seconds > MOST_LIFE.toSeconds()) {
            throw RequestFields.invalid(
                    "expire_time", "is " + seconds + " s from now; legal: 1 minute to 3660 days from now");
        }
        return ProtoTimes.instant(request.getExpireTime());
    }

    static Map<String, Instant> uses(List<TokenUse> uses, Instant now) {
        if (uses.size() > MOST_USES) {
            throw RequestFields.invalid("uses", "has " + uses.size() + "; legal: up to " + MOST_USES);
        }
        Map<String, Instant> hours = new HashMap<>();
        for (var use : uses) {
            if (!SHA256_FORM.matcher(use.getSha256()).matches()) {
                throw RequestFields.invalid("uses", "has a sha256 that is none; legal: 64 hexadecimal digits");
            }
            // A clock that is ahead elsewhere must not keep later uses from being noted.
            var seconds = Math.clamp(use.getTime().getSeconds(), 0, now.getEpochSecond());
            hours.put(use.getSha256(), Instant.ofEpochSecond(seconds).truncatedTo(ChronoUnit.HOURS));
        }
        return hours;
    }
}
