package dev.portcullis.gate.http.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.gate.audit.AuditFilter;
import dev.portcullis.gate.audit.RecordedEntry;
import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.console.overview.AuditRow;
import dev.portcullis.gate.console.overview.LogState;
import dev.portcullis.gate.http.console.ConsolePages.Page;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ResourceName;
import dev.portcullis.gate.usecase.ReadAuditLog;
import dev.portcullis.gate.usecase.VerifyAuditLog;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.http.RequestCaller;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.kit.text.RequestName;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The page of the audit log. Whoever reads entries there is an entry himself. Thread-safe. */
@Controller("/console/audit")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditPageController {
    private static final int PAGE = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConsolePages pages;
    private final ReadAuditLog readAuditLog;
    private final VerifyAuditLog verifyAuditLog;
    private final FormTokens tokens;
    private final Clock clock;

    AuditPageController(
            ConsolePages pages,
            ReadAuditLog readAuditLog,
            VerifyAuditLog verifyAuditLog,
            FormTokens tokens,
            Clock clock) {
        this.pages = pages;
        this.readAuditLog = readAuditLog;
        this.verifyAuditLog = verifyAuditLog;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        return pages.answer(request, () -> {
            var wanted = Map.of(
                    "service", name(request, "service"),
                    "actor", name(request, "actor"),
                    "action", text(request, "action"));
            var page =
                    readAuditLog.list(filter(wanted), before(request), PAGE, AuditActor.of(RequestCaller.of(request)));
            var next = page.next().isPresent()
                    ? Optional.of(path(wanted, page.next().getAsLong()))
                    : Optional.<String>empty();
            return new Page(
                    Section.AUDIT,
                    "Audit log",
                    "audit/page.jte",
                    Map.of(
                            "entries",
                            page.items().stream().map(this::row).toList(),
                            "state",
                            LogState.of(verifyAuditLog.latest(), readAuditLog.checkpoint(), clock.instant()),
                            "mayVerify",
                            RequestCaller.of(request).may(Role.VIEWER, "*"),
                            "filter",
                            wanted,
                            "actions",
                            Stream.of(AuditAction.values()).map(Enum::name).toList(),
                            "next",
                            next));
        });
    }

    private static String text(HttpRequest<?> request, String name) {
        return Optional.ofNullable(request.getParameters().get(name)).orElse("").strip();
    }

    private static String name(HttpRequest<?> request, String name) {
        var text = text(request, name);
        RequestName.fault(text).ifPresent(fault -> {
            throw new InvalidFieldException(name, fault);
        });
        return text;
    }

    private static OptionalLong before(HttpRequest<?> request) {
        try {
            var text = text(request, "before");
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new InvalidFieldException("before", "is no whole number; follow the links of the pages");
        }
    }

    private static AuditFilter filter(Map<String, String> wanted) {
        return new AuditFilter(
                given(wanted, "service"),
                Optional.empty(),
                given(wanted, "action").map(AuditPageController::action),
                given(wanted, "actor"),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> given(Map<String, String> wanted, String name) {
        return Optional.ofNullable(wanted.get(name)).filter(text -> !text.isEmpty());
    }

    private static AuditAction action(String word) {
        return Stream.of(AuditAction.values())
                .filter(action -> action.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException("action", "is none that the audit log knows"));
    }

    private static String path(Map<String, String> wanted, long before) {
        var query = new StringBuilder("/console/audit?before=" + before);
        wanted.forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.append('&').append(name).append('=').append(ConsolePath.segment(value));
            }
        });
        return query.toString();
    }

    /** Looks through the whole log, in the time it takes to read it. */
    @Post("/verification")
    @Consumes(MediaType.ALL)
    HttpResponse<?> verify(HttpRequest<byte[]> request) {
        return pages.guarded(request, () -> {
            if (!tokens.isOf(request, FormFields.of(request).get("token"))) {
                return pages.fault(
                        request,
                        HttpStatus.FORBIDDEN,
                        "Nothing was done",
                        "The page that the form was on is out of date. Load it again, and send the form from there.");
            }
            verifyAuditLog.verify();
            return ConsolePages.seeOther("/console/audit");
        });
    }

    private AuditRow row(RecordedEntry entry) {
        var json = parsed(entry.body());
        var object = json.path("object").asText("");
        return new AuditRow(
                entry.index().isPresent() ? Optional.of(entry.index().getAsLong()) : Optional.empty(),
                Moment.of(entry.recorded(), clock.instant()),
                json.path("action").asText(""),
                PlainText.of(json.path("actor").path("name").asText("")),
                object,
                ResourceName.ofRelease(object).map(name -> ConsolePath.release(name.service(), name.release())),
                json.path("outcome").asText(""),
                PlainText.of(json.path("why").asText("")),
                PlainText.of(json.toPrettyString()));
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of the audit log is no JSON", e);
        }
    }
}
