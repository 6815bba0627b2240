package dev.portcullis.standalone.doctor;

import dev.portcullis.analysis.diagnosis.Pause;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The configuration folder, and what its metric sources have to say to it. */
final class MetricsExamination implements Examination {
    private static final String CONFIGURATION = "configuration";
    private static final String METRICS = "metrics";

    private final Pause pause;

    MetricsExamination(Pause pause) {
        this.pause = pause;
    }

    @Override
    public List<Outcome> outcomes(Environment environment) {
        if (!Files.isDirectory(environment.config())) {
            return List.of(nothing(environment, "there is no folder " + environment.config()));
        }
        Configured configured = Configured.read(environment);
        if (!configured.faults().isEmpty()) {
            return configured.faults().stream()
                    .map(fault -> Outcome.failed(
                            CONFIGURATION, fault.toString(), "see ./portcullis check " + environment.config()))
                    .toList();
        }
        if (configured.analysis().services().isEmpty()) {
            return List.of(nothing(environment, "no ReleasePolicy is in " + environment.config()));
        }
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(Outcome.ok(
                CONFIGURATION,
                environment.config() + ": "
                        + services(configured.analysis().services().size())));
        configured.diagnose(pause).forEach(told -> outcomes.add(outcome(told)));
        return outcomes;
    }

    private static Outcome nothing(Environment environment, String why) {
        return Outcome.warning(
                CONFIGURATION,
                why + ", so nothing is configured and every answer is HOLD",
                "start with ./portcullis init " + environment.config()
                        + ", or name another folder with --config or PORTCULLIS_CONFIG");
    }

    private static String services(int number) {
        return number == 1 ? "1 service to judge" : number + " services to judge";
    }

    private static Outcome outcome(Configured.Told told) {
        String what = told.place().toString();
        String fix = told.finding().fix();
        // Places put the fix behind what was found; here it has a line of its own.
        String found = fix.isEmpty() ? what : what.substring(0, what.length() - fix.length() - 2);
        return switch (told.finding().gravity()) {
            case FAULT -> Outcome.failed(METRICS, found, fix);
            case WARNING -> Outcome.warning(METRICS, found.replaceFirst(": warning: ", ": "), fix);
            case NOTE -> Outcome.ok(METRICS, found.replaceFirst(": note: ", ": "));
        };
    }
}
