package dev.portcullis.gate.http.console;

import dev.portcullis.kit.http.RequestCaller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;

/** The number in the head of every page, which each page asks for anew now and then. Thread-safe. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class WaitingController {
    private final ConsolePages pages;
    private final WaitingReleases waiting;

    WaitingController(ConsolePages pages, WaitingReleases waiting) {
        this.pages = pages;
        this.waiting = waiting;
    }

    @Get("/console/waiting")
    HttpResponse<?> number(HttpRequest<?> request) {
        return pages.guarded(request, () -> HttpResponse.status(HttpStatus.OK)
                .body(pages.fragment("waiting.jte", Map.of("number", waiting.count(RequestCaller.of(request)))))
                .contentType(MediaType.TEXT_HTML_TYPE));
    }
}
