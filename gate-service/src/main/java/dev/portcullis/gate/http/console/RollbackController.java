package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.console.rollback.PreparationView;
import dev.portcullis.gate.console.rollback.RollbackView;
import dev.portcullis.gate.http.console.ConsolePages.Page;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rollback.RollbackProgress;
import dev.portcullis.gate.rollback.RollbackRefusedException;
import dev.portcullis.gate.rollback.RollbackUnavailableException;
import dev.portcullis.gate.usecase.ReadReleases;
import dev.portcullis.gate.usecase.RollBackByHand;
import dev.portcullis.kit.http.RequestCaller;
import dev.portcullis.kit.identity.Role;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A rollback in two clicks, and the page of one that was started. Thread-safe. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class RollbackController {
    private static final String RELEASE = "/console/services/{service}/releases/{release}/rollback";
    private static final String ROLLBACK = "/console/rollbacks/{rollback}";

    private final ConsolePages pages;
    private final ReadReleases readReleases;
    private final RollBackByHand rollBack;
    private final FormTokens tokens;
    private final Clock clock;

    RollbackController(
            ConsolePages pages, ReadReleases readReleases, RollBackByHand rollBack, FormTokens tokens, Clock clock) {
        this.pages = pages;
        this.readReleases = readReleases;
        this.rollBack = rollBack;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The first click. */
    @Post(RELEASE + "/preparation")
    @Consumes(MediaType.ALL)
    HttpResponse<?> prepare(@PathVariable String service, @PathVariable String release, HttpRequest<byte[]> request) {
        return form(service, release, request, (found, fields) -> {
            var prepared = rollBack.prepare(found, fields.text("reason"), RequestCaller.of(request));
            var page = new Page(
                    Section.RELEASES,
                    "Roll back " + ReleasePages.title(found),
                    "rollback/preparation.jte",
                    Map.of("page", PreparationView.of(found, prepared, clock.instant())));
            return pages.response(request, HttpStatus.OK, page, Optional.empty());
        });
    }

    /** The second click. */
    @Post(RELEASE + "/start")
    @Consumes(MediaType.ALL)
    HttpResponse<?> start(@PathVariable String service, @PathVariable String release, HttpRequest<byte[]> request) {
        return form(
                service,
                release,
                request,
                (found, fields) -> ConsolePages.seeOther(
                        RollbackView.path(rollBack.start(fields.get("preparation"), RequestCaller.of(request)))));
    }

    private HttpResponse<?> form(
            String service,
            String release,
            HttpRequest<byte[]> request,
            BiFunction<Release, FormFields, HttpResponse<?>> done) {
        return told(request, () -> {
            var found = readReleases.get(ReleasePages.name(service, release));
            var fields = FormFields.of(request);
            return tokens.isOf(request, fields.get("token"))
                    ? done.apply(found, fields)
                    : pages.fault(
                            request,
                            HttpStatus.FORBIDDEN,
                            "Nothing was done",
                            "The page that the form was on is out of date. Look at it as it is now, and send the form again.");
        });
    }

    @Get(ROLLBACK)
    HttpResponse<?> show(@PathVariable String rollback, HttpRequest<?> request) {
        return told(request, () -> {
            var view = view(rollback, request);
            return view.isEmpty()
                    ? missing(request)
                    : pages.response(
                            request,
                            HttpStatus.OK,
                            new Page(
                                    Section.RELEASES,
                                    "Rollback of " + view.get().service(),
                                    "rollback/page.jte",
                                    Map.of("page", view.get()),
                                    !view.get().ended()),
                            Optional.empty());
        });
    }

    /** The part of the page that changes. */
    @Get(ROLLBACK + "/progress")
    HttpResponse<?> progress(@PathVariable String rollback, HttpRequest<?> request) {
        return told(request, () -> view(rollback, request)
                .<HttpResponse<?>>map(view -> HttpResponse.status(HttpStatus.OK)
                        .body(pages.fragment("rollback/progress.jte", Map.of("page", view)))
                        .contentType(MediaType.TEXT_HTML_TYPE))
                .orElseGet(() -> missing(request)));
    }

    /** Empty when there is none, or none that the viewer may know of. */
    private Optional<RollbackView> view(String rollback, HttpRequest<?> request) {
        var viewer = RequestCaller.of(request);
        return rollBack.read("rollbacks/" + rollback)
                .filter(progress -> viewer.may(Role.VIEWER, progress.service()))
                .map(this::seen);
    }

    private RollbackView seen(RollbackProgress progress) {
        return RollbackView.of(progress, clock.instant());
    }

    private HttpResponse<?> missing(HttpRequest<?> request) {
        return pages.fault(
                request,
                HttpStatus.NOT_FOUND,
                "There is no such rollback",
                "There is no rollback of that name, or it is no longer kept.");
    }

    private HttpResponse<?> told(HttpRequest<?> request, Supplier<HttpResponse<?>> made) {
        return pages.guarded(request, () -> {
            try {
                return made.get();
            } catch (RollbackRefusedException e) {
                return pages.fault(
                        request,
                        HttpStatus.CONFLICT,
                        "rollback-service says no",
                        String.valueOf(e.getMessage()),
                        List.<String[]>of());
            } catch (RollbackUnavailableException e) {
                return pages.fault(
                        request,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "rollback-service cannot be asked",
                        e.getMessage() + ". What was started goes on by itself; to start the same again does no harm.",
                        List.<String[]>of());
            }
        });
    }
}
