package dev.portcullis.launcher.doctor;

import dev.portcullis.rollback.TargetRights;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.configuration.RollbackPlans;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.TargetSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether there is somebody at the addresses of the policies' rollback targets, stage by stage, those of staging too, and whether clusters give their accounts the
 * rights that a rollback takes. Addresses are only connected to, and API servers only asked what the account may do, so that nothing is rolled back.
 */
final class RollbackExamination implements Examination {
    private static final String SUBJECT = "rollback";
    private static final String ROLLBACK = "spec.rollback";
    private static final String STAGING = "spec.rollback.staging";
    private static final Set<String> ADDRESSES = Set.of("url", "readBack");

    @Override
    public List<CheckResult> outcomes(Environment environment) {
        return environment
                .configuration()
                .filter(configuration -> !configuration.isFaulty())
                .map(configuration -> outcomes(environment, configuration.rollbacks()))
                .orElse(List.of());
    }

    private static List<CheckResult> outcomes(Environment environment, RollbackPlans rollbacks) {
        try (var rights = Wiring.rights(rollbacks, environment.variables())) {
            List<CheckResult> outcomes = new ArrayList<>();
            new TreeMap<>(rollbacks.live())
                    .forEach((service, plan) -> outcomes.addAll(stages(environment, rights, service, ROLLBACK, plan)));
            new TreeMap<>(rollbacks.staging())
                    .forEach((service, plan) -> outcomes.addAll(stages(environment, rights, service, STAGING, plan)));
            return outcomes;
        }
    }

    private static List<CheckResult> stages(
            Environment environment, TargetRights rights, String service, String section, Plan plan) {
        List<CheckResult> outcomes = new ArrayList<>();
        for (int stage = 0; stage < plan.stages().size(); stage++) {
            var place = plan.stages().size() == 1 ? section : section + ".steps[" + stage + "]";
            var target = plan.stages().get(stage).target();
            var asked = rights.of(target);
            outcomes.addAll(
                    asked.isEmpty()
                            ? target(environment, service, place, target)
                            : new RightsResults(place + " of " + service, named(service, place, target)).of(asked));
        }
        return outcomes;
    }

    private static List<CheckResult> target(
            Environment environment, String service, String place, TargetSettings target) {
        List<CheckResult> faults = new ArrayList<>();
        target.values().forEach((key, value) -> setting(environment, service, place + "." + key, key, value, faults));
        return faults.isEmpty() ? List.of(CheckResult.ok(SUBJECT, well(service, place, target))) : faults;
    }

    private static String named(String service, String place, TargetSettings target) {
        return "the " + (place.startsWith(STAGING) ? "staging " : "") + target.kind() + " of " + service;
    }

    private static String well(String service, String place, TargetSettings target) {
        var named = named(service, place, target);
        return target.values().keySet().stream().anyMatch(ADDRESSES::contains)
                ? named + " can be reached"
                : named + " is not looked at from here: ./portcullis drill " + service
                        + (place.startsWith(STAGING) ? " --staging" : " --dry-run") + " does";
    }

    private static void setting(
            Environment environment, String service, String place, String key, String value, List<CheckResult> faults) {
        String of = place + " of " + service;
        switch (key) {
            case "url", "readBack" -> address(of, URI.create(value), faults);
            case "tokenFile" -> {
                if (!Files.isReadable(Path.of(value))) {
                    faults.add(CheckResult.failed(
                            SUBJECT,
                            of + " names the file " + value + ", which cannot be read here",
                            "put the token there"));
                }
            }
            case "tokenEnv" -> token(of, value, environment.variables(), faults);
            default -> {}
        }
    }

    private static void address(String of, URI address, List<CheckResult> faults) {
        ConnectionProbe.fault(address)
                .ifPresent(fault -> faults.add(CheckResult.failed(
                        SUBJECT,
                        of + ": " + ConnectionProbe.shown(address) + " cannot be reached: " + fault,
                        "start what serves it, or correct the address; " + until(of))));
    }

    /** What does not work before it is mended. */
    static String until(String place) {
        return place.startsWith(STAGING)
                ? "until then no drill against staging succeeds"
                : "until then an ABORT is not followed by a rollback";
    }

    private static void token(String of, String variable, Map<String, String> variables, List<CheckResult> faults) {
        if (variables.getOrDefault(variable, "").isBlank()) {
            faults.add(CheckResult.failed(
                    SUBJECT,
                    of + " names the variable " + variable + ", which is not set here",
                    "set it where rollback-service is started"));
        }
    }
}
