package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.Fact;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.http.console.ConsolePages.Page;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.launch.BuildVersion;
import dev.portcullis.kit.tls.ServiceTls;
import dev.portcullis.kit.tls.WatchedFiles;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The page that says how Portcullis itself is, as this gate sees it without asking anybody. Thread-safe. */
@Controller("/console/status")
@Produces(MediaType.ALL)
final class StatusController {
    private final ConsolePages pages;
    private final Breakers breakers;
    private final List<LiveConfiguration<?>> configurations;
    private final ServiceTls tls;
    private final ReleaseMemory memory;
    private final Policies policies;
    private final Clock clock;

    StatusController(
            ConsolePages pages,
            Breakers breakers,
            List<LiveConfiguration<?>> configurations,
            ServiceTls tls,
            ReleaseMemory memory,
            Policies policies,
            Clock clock) {
        this.pages = pages;
        this.breakers = breakers;
        this.configurations = configurations;
        this.tls = tls;
        this.memory = memory;
        this.policies = policies;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request) {
        return pages.answer(
                request,
                () -> new Page(
                        Section.STATUS,
                        "Status",
                        "status/page.jte",
                        Map.of(
                                "service", service(),
                                "peers", peers(),
                                "configuration", configuration(),
                                "faults", faults(),
                                "certificates",
                                        tls.files().stream()
                                                .map(this::certificate)
                                                .toList())));
    }

    private List<Fact> service() {
        return List.of(
                Fact.text("Version", BuildVersion.current().line("gate-service")),
                Fact.text(
                        "Database",
                        memory.isCurrent()
                                ? "reached: releases are current"
                                : "not reached: releases cannot be read anew just now"));
    }

    private List<Fact> peers() {
        return breakers.seen().entrySet().stream()
                .map(seen -> Fact.text(seen.getKey(), seen.getValue().reachable() ? "reachable" : "not reachable"))
                .toList();
    }

    private List<Fact> configuration() {
        var now = clock.instant();
        return List.of(
                Fact.code(
                        "Generation",
                        configurations.stream()
                                .map(LiveConfiguration::generation)
                                .findFirst()
                                .orElse("")),
                Fact.text("In use since", Moment.of(policies.since(), now).utc()),
                Fact.text("Policies", String.valueOf(policies.services().size())));
    }

    private List<String> faults() {
        return configurations.stream()
                .limit(1)
                .flatMap(configuration -> configuration.lastFaults().stream())
                .map(Fault::toString)
                .toList();
    }

    private Fact certificate(WatchedFiles watched) {
        return Fact.text(
                String.valueOf(watched.file().getFileName()),
                "good until " + Moment.of(watched.end(), clock.instant()).utc()
                        + watched.fault()
                                .map(fault -> "; the renewed one is not used: " + fault)
                                .orElse(""));
    }
}
