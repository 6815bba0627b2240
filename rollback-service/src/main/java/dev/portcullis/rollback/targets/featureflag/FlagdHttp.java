package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.exchange.Curl;
import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/**
 * Flags in a flag definition that flagd polls over HTTP. It is replaced by PUT on condition of its entity tag (If-Match): a document
 * that somebody changed meanwhile is not overwritten. Thread-safe.
 */
final class FlagdHttp implements FlagProvider {
    static final String NAME = "flagd-http";

    private final FlagHttp http;

    FlagdHttp(FlagHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject(TargetSettings settings) {
        return "flag " + settings.required(FlagKeys.FLAG) + " at " + ResponseRedactor.address(url(settings));
    }

    @Override
    public FlagState look(String service, TargetSettings settings) throws FlagFault {
        var response = http.look(
                service, settings, HttpRequest.newBuilder(url(settings)).GET());
        var tag = tag(response);
        var modified = response.headers()
                .firstValue("Last-Modified")
                .map(date -> " of " + date)
                .orElse("");
        return document(response.body(), settings).state(subject(settings), tag + modified);
    }

    /** Of a weak tag If-Match is never true (RFC 9110, 13.1.1). */
    private static String tag(FlagResponse response) throws FlagFault {
        var tag = response.headers().firstValue("ETag").orElse("");
        if (tag.startsWith("\"")) {
            return tag;
        }
        throw new FlagFault(
                FlagFault.Kind.NOT_POSSIBLE,
                response.call() + " answered "
                        + (tag.isEmpty()
                                ? "without an ETag"
                                : "the weak ETag " + response.redactor().text(tag))
                        + ": a change could overwrite somebody else's; legal: a strong ETag");
    }

    private static FlagdDocument document(String text, TargetSettings settings) throws FlagFault {
        return FlagdDocument.read(text, "the document at " + ResponseRedactor.address(url(settings)), settings);
    }

    @Override
    public List<Precondition> examine(String service, TargetSettings settings, FlagState state) throws FlagFault {
        return List.of(document(state.document(), settings).offValueSet());
    }

    @Override
    public ApplyResult switchOff(Assignment assignment, FlagState state) {
        var settings = assignment.target();
        try {
            var document = document(state.document(), settings);
            var request = HttpRequest.newBuilder(url(settings))
                    .header("Content-Type", "application/json")
                    .header(
                            "If-Match",
                            state.version().substring(0, state.version().indexOf('"', 1) + 1))
                    .PUT(BodyPublishers.ofString(document.switchedOff()));
            var done = subject(settings) + " was switched off; " + document.before();
            return http.change(assignment.order().service(), settings, request, response -> response.changed(done));
        } catch (FlagFault e) {
            return e.result();
        }
    }

    private static URI url(TargetSettings settings) {
        return URI.create(settings.required(FlagKeys.URL));
    }

    @Override
    public String commandToApply(TargetSettings settings) {
        var url = Curl.quoted(settings.required(FlagKeys.URL));
        return "changed=$(" + commandToLook(settings) + " | " + JqEdit.of(settings)
                + ") && printf '%s\\n' \"$changed\" | curl -fsS -X PUT " + http.curlToken(settings)
                + "-H 'Content-Type: application/json' --data-binary @- " + url;
    }

    @Override
    public String commandToLook(TargetSettings settings) {
        return "curl -fsS " + http.curlToken(settings) + Curl.quoted(settings.required(FlagKeys.URL));
    }
}
