package dev.portcullis.standalone.doctor;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The three services at their ports: ready, not started yet, or something else in their place. */
final class ServiceExamination implements Examination {
    private static final int OK = 200;
    private static final int SECONDS = 5;
    private static final String READINESS = "/health/readiness";

    @Override
    public List<Outcome> outcomes(Environment environment) {
        List<Outcome> outcomes = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (ServiceAddress service : ServiceAddress.all(environment)) {
            of(service).ifPresentOrElse(outcomes::add, () -> absent.add(service.name()));
        }
        if (outcomes.isEmpty()) {
            return List.of(
                    Outcome.ok("services", "none is running yet, and their ports are free: " + ports(environment)));
        }
        if (outcomes.stream().anyMatch(outcome -> outcome.state() == Outcome.State.OK)) {
            absent.forEach(name -> outcomes.add(Outcome.failed(
                    name,
                    name + "-service is not running, but others are",
                    "start it, or all of them with ./portcullis up")));
        }
        return outcomes;
    }

    /** Empty when nothing listens at either port. */
    private static Optional<Outcome> of(ServiceAddress service) {
        if (!service.isLegal()) {
            return Optional.of(Outcome.failed(
                    service.name(),
                    ServiceAddress.variable(service.name(), "HTTP") + " is '" + service.http() + "' and "
                            + ServiceAddress.variable(service.name(), "GRPC") + " '" + service.grpc() + "'",
                    "set both to ports from 1 to " + ServiceAddress.LARGEST_PORT));
        }
        boolean grpcListens = Reach.fault("127.0.0.1", service.grpcPort()).isEmpty();
        try {
            Optional<HttpResponse<String>> readiness = Pages.get(service.httpPort(), READINESS);
            if (readiness.isEmpty()) {
                return grpcListens ? Optional.of(foreign(service, "GRPC", service.grpcPort())) : Optional.empty();
            }
            return Optional.of(
                    isPortcullis(readiness.get(), service)
                            ? ofRunning(service, readiness.get())
                            : foreign(service, "HTTP", service.httpPort()));
        } catch (IOException e) {
            return Optional.of(foreign(service, "HTTP", service.httpPort()));
        }
    }

    private static boolean isPortcullis(HttpResponse<String> readiness, ServiceAddress service) {
        return readiness
                        .headers()
                        .firstValue("server")
                        .filter("portcullis"::equals)
                        .isPresent()
                && readiness.body().contains("portcullis-" + service.name());
    }

    private static Outcome foreign(ServiceAddress service, String protocol, int port) {
        return Outcome.failed(
                service.name(),
                "port " + port + " is used by something that is not " + service.name() + "-service",
                "stop it, or set " + ServiceAddress.variable(service.name(), protocol) + " to a free port");
    }

    private static Outcome ofRunning(ServiceAddress service, HttpResponse<String> readiness) {
        if (readiness.statusCode() != OK) {
            return Outcome.failed(
                    service.name(),
                    service.name() + "-service runs and is not ready: status " + readiness.statusCode()
                            + " of http://127.0.0.1:" + service.httpPort() + READINESS,
                    "look at that page and at the service's log; usually its database is away");
        }
        Optional<String> fault = grpcFault(service.grpcPort());
        return fault.isEmpty()
                ? Outcome.ok(
                        service.name(),
                        service.name() + "-service is ready: http://127.0.0.1:" + service.httpPort()
                                + ", gRPC 127.0.0.1:" + service.grpcPort())
                : Outcome.failed(
                        service.name(),
                        service.name() + "-service is ready by HTTP, but gRPC at 127.0.0.1:" + service.grpcPort()
                                + " is not: " + fault.get(),
                        "see that " + ServiceAddress.variable(service.name(), "GRPC")
                                + " has the same value here as for the service");
    }

    private static Optional<String> grpcFault(int port) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            ServingStatus status = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
            return status == ServingStatus.SERVING ? Optional.empty() : Optional.of("it says " + status);
        } catch (StatusRuntimeException e) {
            return Optional.of(e.getStatus().getCode() + " " + e.getStatus().getDescription());
        } finally {
            channel.shutdownNow();
        }
    }

    private static String ports(Environment environment) {
        return String.join(
                ", ",
                ServiceAddress.all(environment).stream()
                        .map(service -> service.name() + " " + service.http() + " and " + service.grpc())
                        .toList());
    }
}
