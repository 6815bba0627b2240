package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.release.ReleaseQuery;
import dev.portcullis.gate.release.RolloutKey;
import dev.portcullis.kit.http.RequestCaller;
import io.micronaut.http.HttpHeaders;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The streams of what changes on pages, as server-sent events: each is a part of the page as it is now. Thread-safe. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EventController {
    private static final String RETRY_SECONDS = "30";

    private final ConsolePages pages;
    private final LivePages live;
    private final ReleaseLists lists;
    private final ReleasePages releases;

    EventController(ConsolePages pages, LivePages live, ReleaseLists lists, ReleasePages releases) {
        this.pages = pages;
        this.live = live;
        this.lists = lists;
        this.releases = releases;
    }

    /** Who sees the same services in the same way gets the same stream. */
    private record ListTopic(ReleaseQuery query, List<String> services) {}

    @Get("/console/events")
    HttpResponse<?> list(HttpRequest<?> request) {
        return pages.guarded(request, () -> {
            var query = ReleaseQueries.of(request.getParameters());
            var services = ReleaseLists.visibleTo(RequestCaller.of(request));
            return stream(
                    request,
                    new ListTopic(query, services),
                    Optional.empty(),
                    () -> pages.fragment("releases/list.jte", Map.of("page", lists.read(query, services))));
        });
    }

    @Get("/console/events/services/{service}/releases/{release}")
    HttpResponse<?> release(@PathVariable String service, @PathVariable String release, HttpRequest<?> request) {
        return pages.guarded(request, () -> {
            var name = ReleasePages.name(service, release);
            var rollout = releases.read(name).release().key().ofRollout();
            return stream(
                    request,
                    name,
                    Optional.of(rollout),
                    () -> pages.fragment("release/summary.jte", releases.summary(releases.read(name))));
        });
    }

    private HttpResponse<?> stream(
            HttpRequest<?> request, Object topic, Optional<RolloutKey> rollout, Supplier<String> render) {
        var caller = RequestCaller.of(request);
        var known =
                Optional.ofNullable(request.getHeaders().get("Last-Event-ID")).orElse("");
        var events = live.open(
                caller.issuer() + " " + caller.subject(),
                topic,
                rollout,
                render,
                known,
                FormTokens.hasSession(request));
        if (events.isEmpty()) {
            return HttpResponse.status(HttpStatus.TOO_MANY_REQUESTS).header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return HttpResponse.ok(events.get())
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
                .header("X-Accel-Buffering", "no");
    }
}
