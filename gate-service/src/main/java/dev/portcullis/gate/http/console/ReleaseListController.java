package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.http.console.ConsolePages.Page;
import dev.portcullis.kit.http.RequestCaller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;

/** The first page of the console: the releases. Thread-safe. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReleaseListController {
    private final ConsolePages pages;
    private final ReleaseLists lists;
    private final WaitingReleases waiting;

    ReleaseListController(ConsolePages pages, ReleaseLists lists, WaitingReleases waiting) {
        this.pages = pages;
        this.lists = lists;
        this.waiting = waiting;
    }

    @Get("/console")
    HttpResponse<?> list(HttpRequest<?> request) {
        return pages.answer(request, () -> {
            var query = ReleaseQueries.of(request.getParameters());
            var services = ReleaseLists.visibleTo(RequestCaller.of(request));
            var page = lists.read(query, services);
            if (query.isAll()) {
                waiting.keep(services, page.waiting());
            }
            return new Page(
                    Section.RELEASES,
                    "Releases",
                    "releases/page.jte",
                    Map.of("page", page),
                    query.before().isEmpty());
        });
    }
}
