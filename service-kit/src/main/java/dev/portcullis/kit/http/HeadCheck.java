package dev.portcullis.kit.http;

import dev.portcullis.kit.text.PlainText;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the framework lets pass in the head of a request, though nobody can tell what is asked then: RFC 9112, 3.2 (Host), 6.1 (Transfer-Encoding) and 2.3 (version),
 * and RFC 9110, 8.4 (Content-Encoding). Stateless.
 */
final class HeadCheck {
    /** In which a body may be compressed. */
    static final String ENCODINGS = "gzip, deflate";

    private static final Set<String> UNPACKED = Set.of("gzip", "x-gzip", "deflate", "x-deflate", "identity");
    private static final int LONGEST_QUOTE = 100;

    private HeadCheck() {}

    static Optional<HttpRefusal> refusal(HttpRequest head) {
        var version = head.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return Optional.of(HttpRefusal.version(version));
        }
        var hosts = head.headers().getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || hosts == 0 && version.equals(HttpVersion.HTTP_1_1)) {
            return Optional.of(HttpRefusal.badRequest("has " + hosts + " headers Host; legal: one"));
        }
        var transfer = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!transfer.isEmpty() && !isChunked(transfer)) {
            return Optional.of(
                    HttpRefusal.badRequest("has Transfer-Encoding " + quoted(transfer) + "; legal: chunked"));
        }
        var content = head.headers().getAll(HttpHeaderNames.CONTENT_ENCODING);
        if (!content.isEmpty() && !isUnpacked(content)) {
            return Optional.of(
                    HttpRefusal.encoding("has Content-Encoding " + quoted(content) + "; legal: " + ENCODINGS));
        }
        return Optional.empty();
    }

    private static boolean isChunked(List<String> values) {
        return values.size() == 1
                && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                        values.getFirst().strip());
    }

    private static boolean isUnpacked(List<String> values) {
        return values.size() == 1 && UNPACKED.contains(values.getFirst().strip().toLowerCase(Locale.ROOT));
    }

    private static String quoted(List<String> values) {
        return "'" + PlainText.line(String.join(", ", values), LONGEST_QUOTE) + "'";
    }
}
