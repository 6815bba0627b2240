package dev.portcullis.launcher.doctor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where OpenTelemetry is to send what the services tell of themselves, if anything. */
final class TelemetryExamination implements Examination {
    private static final String SUBJECT = "telemetry";
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    @Override
    public List<CheckResult> outcomes(Environment environment) {
        List<CheckResult> outcomes = new ArrayList<>();
        for (String signal : List.of("TRACES", "METRICS", "LOGS")) {
            if (environment.get("OTEL_" + signal + "_EXPORTER", "none").contains("otlp")) {
                outcomes.add(ofSignal(environment, signal));
            }
        }
        return outcomes.isEmpty()
                ? List.of(CheckResult.ok(SUBJECT, "nothing is exported; OTEL_TRACES_EXPORTER=otlp would send traces"))
                : outcomes;
    }

    private static CheckResult ofSignal(Environment environment, String signal) {
        String own = "OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT";
        boolean grpc =
                environment.get("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf").equals("grpc");
        String usual = environment.get(ENDPOINT, "http://localhost:" + (grpc ? 4317 : 4318));
        String text = environment.get(own, usual);
        String what = signal.toLowerCase(Locale.ROOT);
        Optional<URI> address = address(text);
        if (address.isEmpty()) {
            return CheckResult.failed(
                    SUBJECT,
                    "the address for " + what + " is not an http address",
                    "correct " + own + " or " + ENDPOINT);
        }
        String shown = ConnectionProbe.shown(address.get());
        return ConnectionProbe.fault(address.get())
                .map(fault -> CheckResult.failed(
                        SUBJECT,
                        what + " cannot be sent to " + shown + ": " + fault,
                        "start the collector, or correct " + own + " or " + ENDPOINT))
                .orElseGet(() -> CheckResult.ok(SUBJECT, what + " are sent to " + shown));
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null && uri.getScheme() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
