package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.PageFrame.Notice;
import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.console.release.ReleaseAction.Verb;
import dev.portcullis.gate.console.release.ReleaseView;
import dev.portcullis.gate.console.rollback.RollbackOffer;
import dev.portcullis.gate.http.console.ConsolePages.Page;
import dev.portcullis.kit.http.RequestCaller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The page of a release, and what people do there. Thread-safe. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReleaseController {
    private static final String PATH = "/console/services/{service}/releases/{release}";

    private final ConsolePages pages;
    private final ReleasePages releases;
    private final ReleaseForms forms;
    private final Clock clock;

    ReleaseController(ConsolePages pages, ReleasePages releases, ReleaseForms forms, Clock clock) {
        this.pages = pages;
        this.releases = releases;
        this.forms = forms;
        this.clock = clock;
    }

    @Get(PATH)
    HttpResponse<?> show(@PathVariable String service, @PathVariable String release, HttpRequest<?> request) {
        return pages.guarded(request, () -> {
            var sources = releases.read(ReleasePages.name(service, release));
            var notice = Optional.ofNullable(request.getParameters().get("done"))
                    .flatMap(Verb::of)
                    .map(verb -> new Notice(ReleaseForms.done(verb), false));
            return page(request, HttpStatus.OK, sources, notice);
        });
    }

    /** Does it, and leads on to the page as it is then; where somebody was faster, the page says who, and nothing was done. */
    @Post(PATH + "/{verb}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> act(
            @PathVariable String service,
            @PathVariable String release,
            @PathVariable String verb,
            HttpRequest<byte[]> request) {
        return pages.guarded(request, () -> {
            var name = ReleasePages.name(service, release);
            var refusal = forms.act(name, verb, request);
            return refusal.isEmpty()
                    ? ConsolePages.seeOther(forms.after(name, verb))
                    : page(
                            request,
                            refusal.get().status(),
                            releases.read(name),
                            Optional.of(new Notice(refusal.get().text(), true)));
        });
    }

    /** The first of two clicks: shows what it comes to, and does nothing yet. */
    @Post(PATH + "/against-fail/preparation")
    @Consumes(MediaType.ALL)
    HttpResponse<?> prepare(@PathVariable String service, @PathVariable String release, HttpRequest<byte[]> request) {
        return pages.guarded(request, () -> {
            var name = ReleasePages.name(service, release);
            var prepared = forms.prepareAgainstFail(name, request);
            return switch (prepared) {
                case ReleaseForms.Prepared.Refused refused ->
                    page(
                            request,
                            refused.why().status(),
                            releases.read(name),
                            Optional.of(new Notice(refused.why().text(), true)));
                case ReleaseForms.Prepared.Shown shown ->
                    pages.response(
                            request,
                            HttpStatus.OK,
                            new Page(
                                    Section.RELEASES,
                                    "Promote " + shown.view().service() + " · "
                                            + shown.view().canary() + " against its FAIL",
                                    "release/against-fail.jte",
                                    Map.of("page", shown.view())),
                            Optional.empty());
            };
        });
    }

    private HttpResponse<?> page(
            HttpRequest<?> request, HttpStatus status, ReleaseView.Sources sources, Optional<Notice> notice) {
        var viewer = RequestCaller.of(request);
        Map<String, Object> parameters = new HashMap<>(releases.summary(sources));
        parameters.put("actions", ReleaseView.actions(sources, viewer, clock.instant()));
        parameters.put("rollback", RollbackOffer.of(sources.release(), viewer));
        var page =
                new Page(Section.RELEASES, ReleasePages.title(sources.release()), "release/page.jte", parameters, true);
        return pages.response(request, status, page, notice);
    }
}
