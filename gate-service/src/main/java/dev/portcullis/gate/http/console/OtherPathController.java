package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.Section;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import java.util.stream.Stream;

/** Tells people that there is no page where they look, and which pages there are. Thread-safe. */
@Controller
@Produces(MediaType.ALL)
final class OtherPathController {
    private final ConsolePages pages;

    OtherPathController(ConsolePages pages) {
        this.pages = pages;
    }

    @Get("/console/{+path}")
    HttpResponse<?> missing(@PathVariable String path, HttpRequest<?> request) {
        var links = Stream.of(Section.values())
                .filter(section -> section != Section.NONE && section != Section.RELEASES)
                .map(section -> new String[] {section.path(), section.label()})
                .toList();
        return pages.fault(
                request,
                HttpStatus.NOT_FOUND,
                "There is no such page",
                "Nothing is at this address. A link may have been cut off, or may be of another version.",
                links);
    }
}
