package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.console.overview.PolicyRow;
import dev.portcullis.gate.http.console.ConsolePages.Page;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.kit.http.RequestCaller;
import dev.portcullis.kit.identity.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import java.util.Map;
import java.util.Optional;

/** The pages of the policies in use. Thread-safe. */
@Controller("/console/policies")
@Produces(MediaType.ALL)
final class PolicyController {
    private final ConsolePages pages;
    private final Policies policies;

    PolicyController(ConsolePages pages, Policies policies) {
        this.pages = pages;
        this.policies = policies;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        var viewer = RequestCaller.of(request);
        var rows = policies.services().stream()
                .filter(service -> viewer.may(Role.VIEWER, service))
                .sorted()
                .map(policies::find)
                .flatMap(Optional::stream)
                .map(PolicyRow::of)
                .toList();
        return pages.answer(
                request, () -> new Page(Section.POLICIES, "Policies", "policies/page.jte", Map.of("policies", rows)));
    }

    @Get("/{service}")
    HttpResponse<?> show(@PathVariable String service, HttpRequest<?> request) {
        var policy = policies.find(service);
        if (policy.isEmpty()) {
            return pages.fault(
                    request,
                    HttpStatus.NOT_FOUND,
                    "There is no such policy",
                    "The configuration in use has no ReleasePolicy for this service.");
        }
        return pages.answer(
                request,
                () -> new Page(
                        Section.POLICIES,
                        "Policy of " + service,
                        "policies/policy.jte",
                        Map.of("policy", PolicyRow.of(policy.get()))));
    }
}
