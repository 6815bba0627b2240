package dev.portcullis.launcher.doctor;

import dev.portcullis.analysis.tool.diagnosis.Pause;
import dev.portcullis.kit.text.NumberText;
import dev.portcullis.launcher.configuration.LoadedConfiguration;
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
    public List<CheckResult> outcomes(Environment environment) {
        return environment
                .configuration()
                .map(configuration -> outcomes(environment, configuration))
                .orElseGet(() -> List.of(nothing(environment, "there is no folder " + environment.config())));
    }

    private List<CheckResult> outcomes(Environment environment, LoadedConfiguration configuration) {
        if (configuration.isFaulty()) {
            return configuration.allFaults().stream()
                    .map(fault -> CheckResult.failed(
                            CONFIGURATION, fault.toString(), "see ./portcullis check " + environment.config()))
                    .toList();
        }
        if (configuration.analysis().services().isEmpty()) {
            return List.of(nothing(environment, "no ReleasePolicy is in " + environment.config()));
        }
        List<CheckResult> outcomes = new ArrayList<>();
        outcomes.add(CheckResult.ok(
                CONFIGURATION,
                environment.config() + ": "
                        + services(configuration.analysis().services().size())));
        configuration.diagnose(pause).forEach(locatedFinding -> outcomes.add(result(locatedFinding)));
        return outcomes;
    }

    private static CheckResult nothing(Environment environment, String why) {
        return CheckResult.warning(
                CONFIGURATION,
                why + ", so nothing is configured and every answer is HOLD",
                "start with ./portcullis init " + environment.config()
                        + ", or name another folder with --config or PORTCULLIS_CONFIG");
    }

    private static String services(int number) {
        return NumberText.counted(number, "service") + " to judge";
    }

    private static CheckResult result(LoadedConfiguration.LocatedFinding locatedFinding) {
        String what = locatedFinding.place().toString();
        String fix = locatedFinding.finding().fix();
        // Places put the fix behind what was found; here it has a line of its own.
        String found = fix.isEmpty() ? what : what.substring(0, what.length() - fix.length() - 2);
        return switch (locatedFinding.finding().severity()) {
            case FAULT -> CheckResult.failed(METRICS, found, fix);
            case WARNING -> CheckResult.warning(METRICS, found.replaceFirst(": warning: ", ": "), fix);
            case NOTE -> CheckResult.ok(METRICS, found.replaceFirst(": note: ", ": "));
        };
    }
}
