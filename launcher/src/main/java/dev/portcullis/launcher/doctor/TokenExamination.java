package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.identity.AccessDocuments;
import dev.portcullis.kit.identity.TokenEnds;
import java.time.InstantSource;
import java.util.List;

/** The static tokens of the configuration folder: whether some expire soon. Those that gate-service has made it tells of itself. */
final class TokenExamination implements Examination {
    private static final String SUBJECT = "tokens";

    private final InstantSource clock;

    TokenExamination(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public List<CheckResult> outcomes(Environment environment) {
        var tokens = environment
                .configuration()
                .map(loaded ->
                        AccessDocuments.parse(loaded.documents(), new Faults()).tokens())
                .orElse(List.of());
        if (tokens.isEmpty()) {
            return List.of();
        }
        var soon = TokenEnds.soon(tokens, clock.instant());
        return soon.isEmpty()
                ? List.of(CheckResult.ok(
                        SUBJECT, "none of the folder expires within " + TokenEnds.SOON.toDays() + " days"))
                : soon.stream()
                        .map(line -> CheckResult.warning(
                                SUBJECT,
                                line,
                                "make another under the same name with ./portcullis token new, and change over:"
                                        + " to Argo Rollouts a refused call is an error, and several abort"))
                        .toList();
    }
}
