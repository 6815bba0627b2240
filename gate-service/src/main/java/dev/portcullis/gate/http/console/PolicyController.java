package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.console.overview.CalendarView;
import dev.portcullis.gate.console.overview.PolicyPage;
import dev.portcullis.gate.console.overview.PolicyRow;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.http.console.ConsolePages.Page;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseFilter;
import dev.portcullis.gate.usecase.ReadReleases;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The pages of the policies in use, with the calendar of what is frozen when. Thread-safe. */
@Controller("/console/policies")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PolicyController {
    /** The newest releases of a service may have no decision by a policy yet. */
    private static final int LOOKED_AT = 5;

    private final ConsolePages pages;
    private final Policies policies;
    private final PromotionHolds holds;
    private final ReadReleases readReleases;
    private final Clock clock;

    PolicyController(
            ConsolePages pages, Policies policies, PromotionHolds holds, ReadReleases readReleases, Clock clock) {
        this.pages = pages;
        this.policies = policies;
        this.holds = holds;
        this.readReleases = readReleases;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        var viewer = RequestCaller.of(request);
        var seen = policies.services().stream()
                .filter(service -> viewer.may(Role.VIEWER, service))
                .sorted()
                .toList();
        var rows = seen.stream()
                .map(policies::find)
                .flatMap(Optional::stream)
                .map(PolicyRow::of)
                .toList();
        return pages.answer(
                request,
                () -> new Page(
                        Section.POLICIES,
                        "Policies",
                        "policies/page.jte",
                        Map.of("policies", rows, "calendar", calendar(seen))));
    }

    /** What concerns any of some services. */
    private CalendarView calendar(List<String> services) {
        var now = clock.instant();
        var occurrences = policies.calendar().occurrences(CalendarView.begin(now), CalendarView.end(now)).stream()
                .filter(one -> services.stream().anyMatch(one.window()::isFor))
                .toList();
        var active = holds.active().stream()
                .filter(hold -> hold.release().isEmpty() && hold.state(now) == PromotionHold.State.ACTIVE)
                .filter(hold -> services.stream().anyMatch(service -> hold.concerns(service, Optional.empty())))
                .toList();
        return CalendarView.of(occurrences, active, now);
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
                        Map.of("page", page(policy.get()), "calendar", calendar(List.of(service)))));
    }

    private PolicyPage page(GatePolicy policy) {
        var now = clock.instant();
        var service = policy.service();
        return PolicyPage.of(
                policy,
                policies.calendar().freeze(service, now),
                Moment.of(policies.since(), now),
                lastDecided(service),
                now);
    }

    /** The newest decision of a service that a policy had a part in, with the text of that policy. */
    private Optional<PolicyPage.Decided> lastDecided(String service) {
        var filter = new ReleaseFilter(Optional.of(service), Optional.empty(), Optional.empty());
        return readReleases.list(filter, OptionalLong.empty(), LOOKED_AT).items().stream()
                .flatMap(release -> decided(release).stream())
                .findFirst();
    }

    private Optional<PolicyPage.Decided> decided(Release release) {
        return release.latest()
                .map(Decision::id)
                .map(id -> readReleases.decision(release.name() + "/decisions/" + id))
                .flatMap(decision -> decision.policy().map(version -> new PolicyPage.Decided(release, version)));
    }
}
