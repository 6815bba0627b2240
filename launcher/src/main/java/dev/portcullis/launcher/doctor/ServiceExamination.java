package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.tls.TlsFault;
import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.launcher.peer.PeerTls;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** The three services at their ports: ready, not started yet, or something else in their place. */
final class ServiceExamination implements Examination {
    private static final int OK = 200;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String READINESS = "/health/readiness";

    private final Duration limit;

    ServiceExamination() {
        this(LIMIT);
    }

    /** @param limit time for one answer; whole seconds are told */
    ServiceExamination(Duration limit) {
        this.limit = limit;
    }

    @Override
    public List<CheckResult> outcomes(Environment environment) {
        List<CheckResult> outcomes = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        Optional<PeerTls> tls;
        try {
            tls = environment.tls();
        } catch (StartupException | TlsFilesException e) {
            // Told by the examination of TLS; without its files nobody can be asked.
            return List.of();
        }
        for (ServiceAddress service : ServiceAddress.all(environment)) {
            of(service, tls).ifPresentOrElse(outcomes::add, () -> absent.add(service.name()));
        }
        if (outcomes.isEmpty()) {
            return List.of(
                    CheckResult.ok("services", "none is running yet, and their ports are free: " + ports(environment)));
        }
        if (outcomes.stream().anyMatch(result -> result.state() != CheckResult.State.FAILED)) {
            absent.forEach(name -> outcomes.add(CheckResult.failed(
                    name,
                    name + "-service is not running, but others are",
                    "start it, or all of them with ./portcullis up")));
        }
        return outcomes;
    }

    /** Empty when nothing listens at either port. */
    private Optional<CheckResult> of(ServiceAddress service, Optional<PeerTls> tls) {
        if (!service.isLegal()) {
            return Optional.of(CheckResult.failed(
                    service.name(),
                    ServiceAddress.variable(service.name(), "HTTP") + " is '" + service.http() + "' and "
                            + ServiceAddress.variable(service.name(), "GRPC") + " '" + service.grpc() + "'",
                    "set both to ports from 1 to " + ServiceAddress.LARGEST_PORT));
        }
        return ofLegal(service, tls);
    }

    private Optional<CheckResult> ofLegal(ServiceAddress service, Optional<PeerTls> tls) {
        boolean grpcListens =
                ConnectionProbe.fault("127.0.0.1", service.grpcPort()).isEmpty();
        try {
            Optional<HttpResponse<String>> readiness =
                    Pages.get(service.httpPort(), READINESS, limit, tls, Optional.empty());
            if (readiness.isEmpty()) {
                return grpcListens ? Optional.of(foreign(service, "GRPC", service.grpcPort())) : Optional.empty();
            }
            return Optional.of(
                    isPortcullis(readiness.get(), service)
                            ? ofRunning(service, tls, readiness.get())
                            : foreign(service, "HTTP", service.httpPort()));
        } catch (HttpTimeoutException e) {
            return Optional.of(silent(service));
        } catch (SSLException e) {
            return Optional.of(insecure(service, e));
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

    /** Whatever it is: only an answer would tell. */
    private CheckResult silent(ServiceAddress service) {
        return CheckResult.failed(
                service.name(),
                "what listens at port " + service.httpPort() + " did not answer within " + limit.toSeconds() + " s",
                "if it is " + service.name()
                        + "-service, look at its log, or run doctor again when this machine is less"
                        + " busy; if not, stop it or set " + ServiceAddress.variable(service.name(), "HTTP")
                        + " to a free port");
    }

    private static CheckResult insecure(ServiceAddress service, SSLException e) {
        return CheckResult.failed(
                service.name(),
                "no secure connection to port " + service.httpPort() + ": " + TlsFault.of(e),
                "set PORTCULLIS_TLS_CA_FILE to the authorities of the services' certificates, or PORTCULLIS_TLS_PEER_NAME"
                        + " to the name that is in them; if something else listens there, stop it, or set "
                        + ServiceAddress.variable(service.name(), "HTTP") + " to a free port");
    }

    private static CheckResult foreign(ServiceAddress service, String protocol, int port) {
        return CheckResult.failed(
                service.name(),
                "port " + port + " is used by something that is not " + service.name() + "-service",
                "stop it, or set " + ServiceAddress.variable(service.name(), protocol) + " to a free port");
    }

    private CheckResult ofRunning(ServiceAddress service, Optional<PeerTls> tls, HttpResponse<String> readiness) {
        if (readiness.statusCode() != OK) {
            return CheckResult.failed(
                    service.name(),
                    service.name() + "-service runs and is not ready: status " + readiness.statusCode() + " of "
                            + Pages.address(service.httpPort(), tls) + READINESS,
                    "look at that page and at the service's log; usually its database is away");
        }
        return ofGrpc(service, tls);
    }

    private CheckResult ofGrpc(ServiceAddress service, Optional<PeerTls> tls) {
        String ready = service.name() + "-service is ready by HTTP, but gRPC at 127.0.0.1:" + service.grpcPort();
        String sameValue =
                ServiceAddress.variable(service.name(), "GRPC") + " has the same value here as for the service";
        return switch (GrpcHealth.of(service.grpcPort(), limit, tls)) {
            case GrpcHealth.Serving serving ->
                CheckResult.ok(
                        service.name(),
                        service.name() + "-service is ready: " + Pages.address(service.httpPort(), tls)
                                + ", gRPC 127.0.0.1:" + service.grpcPort());
            case GrpcHealth.Silent silent ->
                CheckResult.warning(
                        service.name(),
                        ready + " did not answer within " + limit.toSeconds() + " s",
                        "if this machine is busy, run doctor again; if not, check that " + sameValue);
            case GrpcHealth.Faulty faulty ->
                CheckResult.failed(service.name(), ready + " is not: " + faulty.fault(), "check that " + sameValue);
        };
    }

    private static String ports(Environment environment) {
        return String.join(
                ", ",
                ServiceAddress.all(environment).stream()
                        .map(service -> service.name() + " " + service.http() + " and " + service.grpc())
                        .toList());
    }
}
