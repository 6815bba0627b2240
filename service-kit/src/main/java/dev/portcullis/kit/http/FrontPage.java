package dev.portcullis.kit.http;

import dev.portcullis.kit.rpc.GrpcServer;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page at {@code /}, for whoever opens the address that a service tells at its start: what can be asked here. Thread-safe. */
@Controller("/")
final class FrontPage {
    private static final List<ServedPath> EVERYWHERE = List.of(
            new ServedPath("/health", "whether this service and what it depends on are well"),
            new ServedPath("/prometheus", "its own metrics"));

    private final String service;
    private final GrpcServer grpc;
    private final List<ServedPath> paths;

    /** @param more what this service serves beside its health and its metrics */
    FrontPage(@Property(name = "portcullis.service") String service, GrpcServer grpc, List<ServedPath> more) {
        this.service = service;
        this.grpc = grpc;
        this.paths = Stream.concat(more.stream(), EVERYWHERE.stream()).toList();
    }

    @Get
    @Produces(MediaType.TEXT_PLAIN)
    String page() {
        return paths.stream()
                .map(served -> String.format(Locale.ROOT, "  %s\n      %s\n", served.path(), served.what()))
                .collect(Collectors.joining(
                        "",
                        "Portcullis, " + service + "-service\n\nHTTP\n",
                        "\ngRPC at 127.0.0.1:" + grpc.port() + ", with reflection:\n  grpcurl -plaintext 127.0.0.1:"
                                + grpc.port() + " list\n"));
    }
}
