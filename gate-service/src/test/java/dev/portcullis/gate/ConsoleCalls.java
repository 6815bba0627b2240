package dev.portcullis.gate;

import dev.portcullis.gate.testing.GateUnderTest;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a browser asks of the console. */
final class ConsoleCalls {
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]*)\"");

    private ConsoleCalls() {}

    static HttpResponse<String> page(GateUnderTest gate, String path) {
        return gate.send(HttpRequest.newBuilder(gate.uri(path)));
    }

    /** The token of the forms on a page. */
    static String token(String html) {
        var found = TOKEN.matcher(html);
        if (!found.find()) {
            throw new AssertionError("no form in " + html);
        }
        return found.group(1);
    }

    /** A form as a browser sends it from a page of the console; more headers can be added. */
    static HttpRequest.Builder form(GateUnderTest gate, String path, String token, String reason) {
        return HttpRequest.newBuilder(gate.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "token=" + token + "&reason=" + URLEncoder.encode(reason, StandardCharsets.UTF_8)));
    }

    /** The path of the page of a release by its name. */
    static String path(String release) {
        return "/console/" + release;
    }
}
