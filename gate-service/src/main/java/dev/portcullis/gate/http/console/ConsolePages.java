package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.PageFrame;
import dev.portcullis.gate.console.PageFrame.Notice;
import dev.portcullis.gate.console.Section;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.kit.http.RefusalPages;
import dev.portcullis.kit.http.RequestCaller;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.transparency.LogDamageException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes answers of templates: with the frame of all pages, the headers that browsers go by, and faults as pages of their own. Thread-safe. */
@Singleton
public final class ConsolePages {
    private static final MediaType HTML = MediaType.of("text/html; charset=utf-8");
    private static final int NONCE_BYTES = 18;

    /** Whoever has not shown who he is. */
    private static final Caller NOBODY =
            new Caller(Caller.Kind.TOKEN, Caller.PORTCULLIS, "nobody", "nobody", List.of());

    private final PageTemplates templates;
    private final ConsoleAssets assets;
    private final FormTokens tokens;
    private final PromotionStops stops;
    private final CallerVerifier verifier;
    private final WaitingReleases waiting;
    private final SecureRandom random = new SecureRandom();

    ConsolePages(
            PageTemplates templates,
            ConsoleAssets assets,
            FormTokens tokens,
            PromotionStops stops,
            CallerVerifier verifier,
            WaitingReleases waiting) {
        this.templates = templates;
        this.assets = assets;
        this.tokens = tokens;
        this.stops = stops;
        this.verifier = verifier;
        this.waiting = waiting;
    }

    /**
     * A page without its frame.
     *
     * @param template its file below {@code src/main/jte}, which has a parameter {@code frame} beside the others
     * @param live whether it has a stream of changes
     */
    public record Page(Section section, String title, String template, Map<String, Object> parameters, boolean live) {
        public Page {
            parameters = Map.copyOf(parameters);
        }

        /** One that stays as it is. */
        public Page(Section section, String title, String template, Map<String, Object> parameters) {
            this(section, title, template, parameters, false);
        }
    }

    /** The page that is made, or that says why it could not be. */
    public HttpResponse<?> answer(HttpRequest<?> request, Supplier<Page> page) {
        return guarded(request, () -> response(request, HttpStatus.OK, page.get(), Optional.empty()));
    }

    /** What is made, or a page that says why it could not be. */
    HttpResponse<?> guarded(HttpRequest<?> request, Supplier<HttpResponse<?>> made) {
        try {
            return made.get();
        } catch (InvalidFieldException e) {
            return fault(request, HttpStatus.BAD_REQUEST, "That cannot be done", e.field() + " " + e.fault() + ".");
        } catch (ReleaseNotFoundException e) {
            return fault(
                    request,
                    HttpStatus.NOT_FOUND,
                    "There is no such release",
                    "There is no release of that name, or it is no longer kept.");
        } catch (LogDamageException e) {
            return fault(
                    request,
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "The audit log is damaged",
                    e.getMessage() + ". docs/audit.md says what to do.");
        } catch (StoreUnavailableException e) {
            return fault(
                    request,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The database cannot be reached",
                    e.getMessage() + ". Nothing was changed; try again in a moment.");
        }
    }

    /** A page with what came of a form. */
    HttpResponse<?> response(HttpRequest<?> request, HttpStatus status, Page page, Optional<Notice> notice) {
        var nonce = nonce();
        return html(status, rendered(request, page, notice, nonce), nonce);
    }

    /**
     * A page for somebody who is refused: it tells nothing of what there is.
     *
     * @param asksForToken whether the browser is to ask for a token
     */
    RefusalPages.Page refusal(
            HttpRequest<?> request, String title, String text, List<String[]> links, boolean asksForToken) {
        var nonce = nonce();
        var page = new Page(Section.NONE, title, "message.jte", Map.of("text", text, "links", links));
        return new RefusalPages.Page(rendered(request, page, Optional.empty(), nonce), headers(nonce), asksForToken);
    }

    /** Who looks; nobody where people have to be known and this one is not, as before he has signed in. */
    private Caller viewer(HttpRequest<?> request) {
        return RequestCaller.isKnown(request) || !verifier.isRequired() ? RequestCaller.of(request) : NOBODY;
    }

    private String rendered(HttpRequest<?> request, Page page, Optional<Notice> notice, String nonce) {
        var caller = viewer(request);
        var frame = new PageFrame(
                page.title(),
                page.section(),
                nonce,
                tokens.of(request),
                assets.paths(),
                caller,
                FormTokens.hasSession(request),
                stops.seenBy(caller),
                waiting.known(caller),
                notice,
                page.live());
        Map<String, Object> parameters = new HashMap<>(page.parameters());
        parameters.put("frame", frame);
        return templates.render(page.template(), parameters);
    }

    /** A page that says in a sentence or two why there is nothing else. */
    HttpResponse<?> fault(HttpRequest<?> request, HttpStatus status, String title, String text) {
        return fault(request, status, title, text, List.of());
    }

    /** The same with links that lead on. */
    HttpResponse<?> fault(HttpRequest<?> request, HttpStatus status, String title, String text, List<String[]> links) {
        var page = new Page(Section.NONE, title, "message.jte", Map.of("text", text, "links", links));
        return response(request, status, page, Optional.empty());
    }

    /** Leads a browser on after a form, so that loading the page anew does not send it again. */
    static MutableHttpResponse<?> seeOther(String path) {
        return HttpResponse.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, path);
    }

    /** A part of a page that is the same for all who may see it. */
    public String fragment(String template, Map<String, Object> parameters) {
        return templates.render(template, parameters);
    }

    /** What is allowed to run on a page is what this answer itself names by its nonce; nothing is loaded from elsewhere, and no page of others shows it. */
    private static HttpResponse<?> html(HttpStatus status, String text, String nonce) {
        var response = HttpResponse.status(status)
                .body(text.getBytes(StandardCharsets.UTF_8))
                .contentType(HTML);
        headers(nonce).forEach(response::header);
        return response;
    }

    private static Map<String, String> headers(String nonce) {
        return Map.of(
                "Content-Security-Policy",
                policy(nonce),
                // Not no-referrer: by that a browser would hide from us whose form it sends.
                "Referrer-Policy",
                "same-origin",
                "Cross-Origin-Opener-Policy",
                "same-origin",
                "Permissions-Policy",
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()");
    }

    private static String policy(String nonce) {
        return "default-src 'none'; script-src 'nonce-" + nonce + "' 'strict-dynamic'; style-src 'self'; "
                + "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types htmx";
    }

    private String nonce() {
        var bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The first page. */
    static String home() {
        return ConsolePath.ROOT;
    }
}
