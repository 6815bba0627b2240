package dev.portcullis.kit.http;

import dev.portcullis.kit.rpc.GrpcServer;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page at {@code /}, for whoever opens the address that a service tells at its start: what can be asked here. As JSON for who accepts that and no text, otherwise as
 * text. Thread-safe.
 */
@Controller(FrontPage.PATH)
final class FrontPage {
    static final String PATH = "/";

    private static final List<ServedPath> EVERYWHERE = List.of(
            new ServedPath("/health", "whether this service and what it depends on are well"),
            new ServedPath("/prometheus", "its own metrics"));

    /**
     * The page as JSON.
     *
     * @param service with "-service", as "gate-service"
     * @param http what is served over HTTP
     * @param grpc host and port of gRPC, where reflection lists what can be called
     */
    @Introspected
    record Links(String service, List<ServedPath> http, String grpc) {}

    private final String service;
    private final GrpcServer grpc;
    private final List<ServedPath> paths;

    /** @param more what this service serves beside its health and its metrics */
    FrontPage(@Property(name = "portcullis.service") String service, GrpcServer grpc, List<ServedPath> more) {
        this.service = service + "-service";
        this.grpc = grpc;
        this.paths = Stream.concat(more.stream(), EVERYWHERE.stream()).toList();
    }

    @Get
    @Produces(MediaType.ALL)
    HttpResponse<?> page(HttpRequest<?> request) {
        return wantsJson(request)
                ? HttpResponse.ok(new Links(service, paths, "127.0.0.1:" + grpc.port()))
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                : HttpResponse.ok(text()).contentType(MediaType.TEXT_PLAIN_TYPE);
    }

    private static boolean wantsJson(HttpRequest<?> request) {
        var accepted = String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT))
                .toLowerCase(Locale.ROOT);
        return accepted.contains("json") && !accepted.contains("text/");
    }

    private String text() {
        return paths.stream()
                .map(served -> String.format(Locale.ROOT, "  %s\n      %s\n", served.path(), served.what()))
                .collect(Collectors.joining(
                        "",
                        "Portcullis, " + service + "\n\nHTTP\n",
                        "\ngRPC at 127.0.0.1:" + grpc.port() + ", with reflection:\n  grpcurl -plaintext 127.0.0.1:"
                                + grpc.port() + " list\n"));
    }
}
