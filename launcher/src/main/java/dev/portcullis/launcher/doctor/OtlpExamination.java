package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.tls.TlsFilesException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether counters come in where a policy counts on their being sent. */
final class OtlpExamination implements Examination {
    private static final String SUBJECT = "otlp";
    private static final Pattern POINTS =
            Pattern.compile("portcullis_otlp_points_total\\{[^}]*outcome=\"([^\"]*)\"[^}]*} ([0-9.eE+]+)");
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String TAKEN = "taken";
    private static final int OK = 200;

    @Override
    public List<CheckResult> outcomes(Environment environment) {
        boolean used = environment.configuration().stream()
                .flatMap(configuration -> configuration.documents().stream())
                .anyMatch(document ->
                        document.kind().equals("DataSource") && document.spec().isWord("type", "OTLP"));
        return used ? List.of(counted(ServiceAddress.all(environment).getFirst(), environment)) : List.of();
    }

    private static CheckResult counted(ServiceAddress analysis, Environment environment) {
        if (!analysis.isLegal()) {
            return CheckResult.failed(
                    SUBJECT, "analysis-service has no legal port", "set PORTCULLIS_ANALYSIS_HTTP_PORT");
        }
        try {
            Optional<HttpResponse<String>> page =
                    Pages.get(analysis.httpPort(), "/prometheus", LIMIT, environment.tls(), environment.token());
            return page.map(answer -> answer.statusCode() == OK
                            ? result(points(answer.body()), analysis)
                            : refused(answer.statusCode()))
                    .orElseGet(OtlpExamination::notRunning);
        } catch (IOException | StartupException | TlsFilesException e) {
            return notRunning();
        }
    }

    private static CheckResult refused(int status) {
        return CheckResult.warning(
                SUBJECT,
                "cannot tell whether counters arrive: analysis-service answered with status " + status,
                "where callers have to be known, set PORTCULLIS_TOKEN to a token with the role viewer");
    }

    private static CheckResult notRunning() {
        return CheckResult.warning(
                SUBJECT,
                "cannot tell whether counters arrive: analysis-service, which receives them, is not running",
                "start it, and look again");
    }

    private static Map<String, Double> points(String page) {
        Map<String, Double> points = new TreeMap<>();
        Matcher matcher = POINTS.matcher(page);
        while (matcher.find()) {
            points.merge(matcher.group(1), Double.parseDouble(matcher.group(2)), Double::sum);
        }
        return points;
    }

    private static CheckResult result(Map<String, Double> points, ServiceAddress analysis) {
        double taken = points.getOrDefault(TAKEN, 0.0);
        points.remove(TAKEN);
        points.values().removeIf(count -> count == 0);
        if (!points.isEmpty()) {
            return CheckResult.warning(
                    SUBJECT,
                    "of the points that came in, some were refused: " + points,
                    "docs/sources/otlp.md says of each reason what to change in the Collector");
        }
        return taken > 0
                ? CheckResult.ok(SUBJECT, (long) taken + " points were accepted")
                : CheckResult.failed(
                        SUBJECT,
                        "no counter has been sent to analysis-service yet",
                        "point the Collector's otlp exporter at 127.0.0.1:" + analysis.grpc());
    }
}
