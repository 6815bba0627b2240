package dev.portcullis.gate.client;

import dev.portcullis.gate.audit.Witness;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TlsClient;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.kit.tls.TlsFiles;
import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.kit.transparency.LogFormatException;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.VerifierKey;
import dev.portcullis.kit.transparency.WitnessRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A witness over HTTP. Thread-safe. */
public final class HttpWitness implements Witness {
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})\n");
    private static final int LONGEST_TEXT = 200;
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final VerifierKey key;
    private final URI address;
    private final TracedHttpClient plain;
    private final Optional<TlsClient> own;

    /**
     * @param address below which add-checkpoint is
     * @param authorities PEM file of the certificate authorities that may have signed its certificate, read anew when it changes; empty for those that Java trusts
     */
    public HttpWitness(VerifierKey key, URI address, Optional<Path> authorities, TracedHttpClient http) {
        this.key = key;
        this.address = address;
        this.plain = http;
        this.own = authorities.map(file -> new TlsClient(http, new TlsFiles(Optional.of(file), Optional.empty())));
    }

    @Override
    public VerifierKey key() {
        return key;
    }

    @Override
    public Answer add(WitnessRequest request) {
        var prefix = address.toString().replaceFirst("/+$", "");
        try {
            return answer(client().send(
                            "witness " + key.name(),
                            HttpRequest.newBuilder(URI.create(prefix + "/add-checkpoint"))
                                    .header("Content-Type", "text/plain; charset=utf-8")
                                    .POST(BodyPublishers.ofString(request.text())),
                            DEADLINE));
        } catch (HttpCallException | TlsFilesException e) {
            return new Answer.None(String.valueOf(e.getMessage()));
        } catch (LogFormatException e) {
            return new Answer.None("its answer " + e.getMessage());
        }
    }

    private TracedHttpClient client() throws TlsFilesException {
        return own.isPresent() ? own.get().current() : plain;
    }

    private static Answer answer(HttpResponse<String> response) {
        var body = response.body();
        return switch (response.statusCode()) {
            case OK -> new Answer.Cosigned(SignedNote.signatures(body));
            case UNPROCESSABLE -> new Answer.Contradicts();
            case CONFLICT -> {
                var size = SIZE.matcher(body);
                yield size.matches()
                        ? new Answer.Differs(Long.parseLong(size.group(1)))
                        : new Answer.None("it answered 409 without a size");
            }
            default ->
                new Answer.None("it answered " + response.statusCode() + ": " + PlainText.line(body, LONGEST_TEXT));
        };
    }
}
