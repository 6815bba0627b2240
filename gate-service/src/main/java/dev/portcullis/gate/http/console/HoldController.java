package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.console.overview.HoldRow;
import dev.portcullis.gate.hold.HoldEndedException;
import dev.portcullis.gate.hold.HoldNotFoundException;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.hold.TooManyHoldsException;
import dev.portcullis.gate.http.console.ConsolePages.Page;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.usecase.ChangeHolds;
import dev.portcullis.kit.http.RequestCaller;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.text.RequestName;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/** The page of what people hold, where they stop promotions and resume them. Thread-safe. */
@Controller("/console/holds")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HoldController {
    private static final int PAGE = 50;
    private static final int MOST_HOURS = 720;
    private static final int MOST_SERVICES = 100;

    private final ConsolePages pages;
    private final PromotionHolds holds;
    private final ChangeHolds changeHolds;
    private final FormTokens tokens;
    private final Clock clock;

    HoldController(ConsolePages pages, PromotionHolds holds, ChangeHolds changeHolds, FormTokens tokens, Clock clock) {
        this.pages = pages;
        this.holds = holds;
        this.changeHolds = changeHolds;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        return pages.answer(request, () -> {
            var viewer = RequestCaller.of(request);
            var all = "true".equals(request.getParameters().get("all"));
            var found = holds.list(Optional.empty(), all, before(request), PAGE + 1);
            var shown = found.size() > PAGE ? found.subList(0, PAGE) : found;
            var now = clock.instant();
            var rows = shown.stream()
                    .filter(hold -> hold.services().stream().anyMatch(service -> viewer.may(Role.VIEWER, service)))
                    .map(hold -> HoldRow.of(hold, viewer, now))
                    .toList();
            var next = found.size() > PAGE
                    ? Optional.of("/console/holds?" + (all ? "all=true&" : "") + "before="
                            + shown.getLast().number())
                    : Optional.<String>empty();
            return new Page(
                    Section.HOLDS,
                    "Holds",
                    "holds/page.jte",
                    Map.of("holds", rows, "all", all, "mayStop", viewer.maySomewhere(Role.OPERATOR), "next", next));
        });
    }

    private static OptionalLong before(HttpRequest<?> request) {
        try {
            var text = Optional.ofNullable(request.getParameters().get("before"));
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            throw new InvalidFieldException("before", "is no whole number; follow the links of the pages");
        }
    }

    /** The services that a form is about: names and patterns with commas between them. */
    static List<String> services(FormFields fields) {
        return Arrays.stream(fields.get("services").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> stop(HttpRequest<byte[]> request) {
        return changed(request, fields -> {
            var services = services(fields);
            if (services.isEmpty() || services.size() > MOST_SERVICES) {
                throw new InvalidFieldException(
                        "services", "has " + services.size() + "; legal: 1 to " + MOST_SERVICES + " names of services");
            }
            services.forEach(name -> RequestName.fault(name).ifPresent(fault -> {
                throw new InvalidFieldException("services", fault);
            }));
            changeHolds.services(
                    services,
                    List.of(),
                    clock.instant().plus(Duration.ofHours(hours(fields))),
                    RequestCaller.of(request).name(),
                    fields.text("reason"));
        });
    }

    private static int hours(FormFields fields) {
        var text = fields.get("hours").strip();
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_HOURS) {
            throw new InvalidFieldException("hours", "is no whole number from 1 to " + MOST_HOURS);
        }
        return Integer.parseInt(text);
    }

    @Post("/{hold}/resume")
    @Consumes(MediaType.ALL)
    HttpResponse<?> resume(@PathVariable String hold, HttpRequest<byte[]> request) {
        return changed(
                request,
                fields -> changeHolds.end(
                        id(hold).orElseThrow(() -> new HoldNotFoundException(PromotionHold.PREFIX + hold)),
                        RequestCaller.of(request).name(),
                        fields.text("reason")));
    }

    /** The id that a path has; empty when it is none. */
    static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<?> changed(HttpRequest<byte[]> request, Consumer<FormFields> change) {
        return pages.guarded(request, () -> {
            var fields = FormFields.of(request);
            if (!tokens.isOf(request, fields.get("token"))) {
                return pages.fault(
                        request,
                        HttpStatus.FORBIDDEN,
                        "Nothing was done",
                        "The page that the form was on is out of date. Load it again, and send the form from there.");
            }
            try {
                change.accept(fields);
                return ConsolePages.seeOther("/console/holds");
            } catch (HoldEndedException | HoldNotFoundException | TooManyHoldsException e) {
                return pages.fault(
                        request, HttpStatus.CONFLICT, "Nothing was done", String.valueOf(e.getMessage()) + ".");
            }
        });
    }
}
