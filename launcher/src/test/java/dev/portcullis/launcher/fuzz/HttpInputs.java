package dev.portcullis.launcher.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests over HTTP, most of them nearly right. Used by one thread. */
final class HttpInputs {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "BREW", "get", "");
    private static final List<String> HEADERS = List.of(
            "Accept: application/json",
            "Accept: ,,;q=",
            "Content-Type: text/plain; charset=nonsense",
            "Content-Type: application/json",
            "Content-Type: ;;",
            "X-Request-Id: \u001b[2J\u202e",
            "User-Agent: \u00ff\u00fe",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "traceparent: 00-zz",
            "X-GitHub-Event: deployment_protection_rule",
            "X-Hub-Signature-256: sha256=00",
            "Cookie: a=b; c",
            "Range: bytes=0-,5-",
            "If-None-Match: *",
            "X-Forwarded-For: 1.2.3.4",
            "Upgrade: h2c",
            "Origin: null",
            "Expect: nonsense",
            "Connection: close");

    private static final List<String> PARAMETERS = List.of(
            "service",
            "namespace",
            "rollout",
            "canary",
            "stable",
            "revision",
            "step",
            "wait",
            "from",
            "to",
            "format",
            "application",
            "limit",
            "page",
            "statuses",
            "parentPipelineExecutionId",
            "x");

    private static final Map<String, String> BODIES = Map.of(
            "POST /v1/argo",
                    "{'service':'SERVICE','namespace':'shop','rollout':'r','canary':'c1','stable':'s1','revision':'1','step':'2'}",
            "POST /v1/gate",
                    "{'service':'SERVICE','namespace':'shop','rollout':'r','revision':'c1','canary':'c1','stable':'s1','stage':'canary-1','wait':'0s','dryRun':true,'async':false}",
            "POST /v1/flagger/{type}",
                    "{'name':'SERVICE','namespace':'shop','phase':'Progressing','checksum':'85d557f47b','metadata':{'service':'SERVICE','canary':'c1','stable':'s1','dryRun':'true'}}",
            "POST /v1/github/protection-rule",
                    "{'action':'requested','environment':'production','deployment_callback_url':'https://api.github.com/repos/a/b/actions/runs/1/deployment_protection_rule','installation':{'id':1},'repository':{'id':2,'full_name':'a/b'},'deployment':{'sha':'0123456789012345678901234567890123456789'}}",
            "POST /v1/kayenta/canary/{id}",
                    "{'scopes':{'default':{'controlScope':{'scope':'s1','location':'shop'},'experimentScope':{'scope':'c1','location':'shop'}}},'thresholds':{'pass':95,'marginal':75}}");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST = 3_000;

    /**
     * A request.
     *
     * @param whole whether its own length is right, so that an answer is due before the connection ends
     * @param head whether the answer has no body
     */
    record HttpInput(byte[] bytes, boolean whole, boolean head) {}

    private final Draw draw;
    private final Names names;
    private final List<String> paths;
    private final List<String> credentials;

    /** @param paths as "GET /v1/kayenta/canary/{id}" */
    HttpInputs(Draw draw, Names names, List<String> paths, List<String> credentials) {
        this.draw = draw;
        this.names = names;
        this.paths = paths;
        this.credentials = credentials;
    }

    HttpInput next() {
        var path = draw.of(paths);
        var space = path.indexOf(' ');
        var method = draw.oneIn(30) ? draw.of(METHODS) : path.substring(0, space);
        var body = method.equals("GET") || method.equals("HEAD") ? new byte[0] : body(path);
        var head = method + " " + target(path.substring(space + 1)) + " HTTP/1.1\r\nHost: fuzz\r\n" + headers();
        if (draw.oneIn(60)) {
            return broken(head, body);
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return new HttpInput(bytes.toByteArray(), true, method.equals("HEAD"));
    }

    private HttpInput broken(String head, byte[] body) {
        var framing = draw.of(List.of(
                "Content-Length: " + (body.length + 5),
                "Content-Length: -1",
                "Content-Length: 1\r\nContent-Length: 2",
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Content-Encoding: gzip\r\nContent-Length: " + body.length,
                "Content-Encoding: br\r\nContent-Length: " + body.length,
                "Content-Length: " + body.length));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + framing + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return new HttpInput(draw.oneIn(4) ? draw.noise(200) : draw.changed(bytes.toByteArray()), false, false);
    }

    private String target(String template) {
        var path = new StringBuilder();
        for (var part : template.split("(?<=})|(?=\\{)")) {
            path.append(part.startsWith("{") ? encoded(names.draw(draw)) : part);
        }
        if (draw.oneIn(50)) {
            path.append(encoded(draw.snagText()));
        }
        var number = draw.oneIn(3) ? 0 : draw.number(8);
        if (number > 0) {
            path.append(
                    IntStream.range(0, number).mapToObj(i -> parameter()).collect(Collectors.joining("&", "?", "")));
        }
        return path.toString();
    }

    private String parameter() {
        var name = draw.of(PARAMETERS);
        var value =
                switch (name) {
                    case "service" -> names.service(draw);
                    case "wait" -> draw.of(List.of("0s", "1ms", "-1s", "99999999999h", "x"));
                    default -> names.draw(draw);
                };
        return name + "=" + encoded(value);
    }

    /** Mostly as it should be: an address that is not legal is refused before anybody looks at it. */
    private String encoded(String text) {
        return draw.oneIn(40) ? text.replaceAll("[\r\n ]", "") : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String headers() {
        var headers = new StringBuilder();
        for (int i = draw.number(3); i > 0; i--) {
            headers.append(draw.of(HEADERS)).append("\r\n");
        }
        if (!draw.oneIn(12)) {
            headers.append("Authorization: ").append(draw.of(credentials)).append("\r\n");
        }
        return headers.toString();
    }

    private byte[] body(String path) {
        var sample = BODIES.getOrDefault(path, "{}")
                .replace('\'', '"')
                .replace("SERVICE", names.service(draw).replaceAll("[^ -~]|[\"\\\\]", "-"));
        return switch (draw.number(8)) {
            case 0 -> sample.getBytes(StandardCharsets.UTF_8);
            case 1, 2 -> draw.changed(sample.getBytes(StandardCharsets.UTF_8));
            case 3 ->
                draw.oneIn(10)
                        ? ("{\"service\":" + "[".repeat(draw.number(DEEPEST))).getBytes(StandardCharsets.UTF_8)
                        : draw.noise(60);
            case 4 ->
                sample.getBytes(draw.of(
                        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)));
            default -> replaced(sample);
        };
    }

    /** With another value at one place. */
    private byte[] replaced(String sample) {
        try {
            var tree = JSON.readTree(sample);
            JsonNode node = tree;
            while (node instanceof ObjectNode object && !object.isEmpty()) {
                var fields = object.properties().stream().map(Map.Entry::getKey).toList();
                var field = draw.of(fields);
                var value = object.get(field);
                if (!(value instanceof ObjectNode) || draw.oneIn(4)) {
                    object.set(
                            draw.oneIn(10) ? draw.snagText() : field,
                            field.equals("wait") ? JsonNodeFactory.instance.textNode("1ms") : value());
                    break;
                }
                node = value;
            }
            return JSON.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode value() {
        var nodes = JsonNodeFactory.instance;
        return switch (draw.number(9)) {
            case 0 -> nodes.numberNode(draw.any());
            case 1 -> nodes.numberNode(BigInteger.TEN.pow(draw.number(900)));
            case 2 -> nodes.booleanNode(draw.oneIn(2));
            case 3 -> nodes.nullNode();
            case 4 -> nested();
            case 5 -> nodes.objectNode().put(names.draw(draw), names.draw(draw));
            default -> nodes.textNode(names.draw(draw));
        };
    }

    private ArrayNode nested() {
        var nested = JsonNodeFactory.instance.arrayNode();
        for (int i = draw.number(300); i > 0; i--) {
            nested = JsonNodeFactory.instance.arrayNode().add(nested);
        }
        return nested;
    }
}
