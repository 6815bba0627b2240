package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.release.ReleaseAction.Verb;
import dev.portcullis.gate.console.rollback.RollbackOffer;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.kit.http.HttpAccess;
import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.identity.Role;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** What the pages and forms of the console need of their callers. */
public final class ConsoleAccess {
    private static final String RELEASE = "/services/{service}/releases/{release}";

    private ConsoleAccess() {}

    /** The list. */
    public static HttpAccess paths(PromotionHolds holds) {
        return HttpAccess.NONE
                .withOpen(HttpMethod.GET, "/console/assets/{name}")
                .with(HttpMethod.GET, "/console", request -> somewhere())
                .with(HttpMethod.GET, "/console/events", request -> somewhere())
                .with(HttpMethod.GET, "/console" + RELEASE, ConsoleAccess::viewer)
                .with(HttpMethod.GET, "/console/events" + RELEASE, ConsoleAccess::viewer)
                .with(HttpMethod.POST, "/console" + RELEASE + "/{verb}", ConsoleAccess::actor)
                .with(
                        HttpMethod.POST,
                        "/console" + RELEASE + "/against-fail/preparation",
                        request -> Optional.of(Requirement.of(Verb.AGAINST_FAIL.role(), variable(request, "service"))))
                .with(HttpMethod.POST, "/console" + RELEASE + "/rollback/preparation", ConsoleAccess::roller)
                .with(HttpMethod.POST, "/console" + RELEASE + "/rollback/start", ConsoleAccess::roller)
                // Whose it is, rollback-service knows; the page is shown to whoever may see that service.
                .with(HttpMethod.GET, "/console/rollbacks/{rollback}", request -> somewhere())
                .with(HttpMethod.GET, "/console/rollbacks/{rollback}/progress", request -> somewhere())
                .with(HttpMethod.GET, "/console/status", request -> somewhere())
                .with(HttpMethod.GET, "/console/policies", request -> somewhere())
                .with(HttpMethod.GET, "/console/policies/{service}", ConsoleAccess::viewer)
                .with(HttpMethod.GET, "/console/audit", ConsoleAccess::auditor)
                .and(signIn())
                .with(
                        HttpMethod.POST,
                        "/console/audit/verification",
                        request -> Optional.of(Requirement.everywhere(Role.VIEWER)))
                .with(HttpMethod.GET, "/console/waiting", request -> somewhere())
                .with(HttpMethod.GET, "/console/{+path}", request -> somewhere())
                .and(holds(holds));
    }

    /** Who it is that signs in shows in the end; who signs out is not asked what he may do. */
    private static HttpAccess signIn() {
        return HttpAccess.NONE
                .withOpen(HttpMethod.GET, "/console/sign-in")
                .withOpen(HttpMethod.GET, "/console/sign-in/callback")
                .withOpen(HttpMethod.GET, "/console/sign-out")
                .withOpen(HttpMethod.POST, "/console/sign-out");
    }

    private static HttpAccess holds(PromotionHolds holds) {
        return HttpAccess.NONE
                .with(HttpMethod.GET, "/console/holds", request -> somewhere())
                .withBody(HttpMethod.POST, "/console/holds", (request, body) -> stopper(body))
                .with(
                        HttpMethod.POST,
                        "/console/holds/{hold}/resume",
                        request -> Optional.of(
                                Requirement.allFound(Role.OPERATOR, () -> HoldController.id(variable(request, "hold"))
                                        .flatMap(holds::find)
                                        .map(PromotionHold::services))));
    }

    /** Who reads the entries of one service needs the role for that; without one they are of all. */
    private static Optional<Requirement> auditor(HttpRequest<?> request) {
        var service = Optional.ofNullable(request.getParameters().get("service"))
                .orElse("")
                .strip();
        return Optional.of(Requirement.of(Role.VIEWER, service));
    }

    /** A form that cannot be read stops nothing, and its page will say what is wrong with it. */
    private static Requirement stopper(byte[] body) {
        try {
            return Requirement.ofAll(Role.OPERATOR, HoldController.services(FormFields.of(body)));
        } catch (InvalidFieldException e) {
            return Requirement.somewhere(Role.OPERATOR);
        }
    }

    private static Optional<Requirement> somewhere() {
        return Optional.of(Requirement.somewhere(Role.VIEWER));
    }

    private static Optional<Requirement> viewer(HttpRequest<?> request) {
        return Optional.of(Requirement.of(Role.VIEWER, variable(request, "service")));
    }

    private static Optional<Requirement> actor(HttpRequest<?> request) {
        var role = Verb.of(variable(request, "verb")).map(Verb::role).orElse(Role.OPERATOR);
        return Optional.of(Requirement.of(role, variable(request, "service")));
    }

    private static Optional<Requirement> roller(HttpRequest<?> request) {
        return Optional.of(Requirement.of(RollbackOffer.ROLE, variable(request, "service")));
    }

    private static String variable(HttpRequest<?> request, String name) {
        return BasicHttpAttributes.getRouteMatchInfo(request)
                .map(match -> String.valueOf(match.getVariableValues().get(name)))
                .orElse("");
    }
}
