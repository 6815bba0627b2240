package dev.portcullis.standalone.doctor;

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

/** Whether there is somebody at the addresses of the policies' rollback targets, stage by stage, those of staging too. It connects and sends nothing, so that nothing is rolled back. */
final class RollbackExamination implements Examination {
    private static final String SUBJECT = "rollback";
    private static final String ROLLBACK = "spec.rollback";
    private static final String STAGING = "spec.rollback.staging";
    private static final Set<String> ADDRESSES = Set.of("url", "readBack");

    @Override
    public List<Outcome> outcomes(Environment environment) {
        if (!Files.isDirectory(environment.config())) {
            return List.of();
        }
        Configured configured = Configured.read(environment);
        if (!configured.faults().isEmpty()) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>();
        new TreeMap<>(configured.rollbacks().live())
                .forEach((service, plan) -> outcomes.addAll(stages(environment, service, ROLLBACK, plan)));
        new TreeMap<>(configured.rollbacks().staging())
                .forEach((service, plan) -> outcomes.addAll(stages(environment, service, STAGING, plan)));
        return outcomes;
    }

    private static List<Outcome> stages(Environment environment, String service, String section, Plan plan) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int stage = 0; stage < plan.stages().size(); stage++) {
            var place = plan.stages().size() == 1 ? section : section + ".steps[" + stage + "]";
            outcomes.addAll(
                    target(environment, service, place, plan.stages().get(stage).target()));
        }
        return outcomes;
    }

    private static List<Outcome> target(Environment environment, String service, String place, TargetSettings target) {
        List<Outcome> faults = new ArrayList<>();
        target.values().forEach((key, value) -> setting(environment, service, place + "." + key, key, value, faults));
        return faults.isEmpty() ? List.of(Outcome.ok(SUBJECT, well(service, place, target))) : faults;
    }

    private static String well(String service, String place, TargetSettings target) {
        var named = "the " + (place.startsWith(STAGING) ? "staging " : "") + target.kind() + " of " + service;
        return target.values().keySet().stream().anyMatch(ADDRESSES::contains)
                ? named + " can be reached"
                : named + " is not looked at from here: ./portcullis drill " + service
                        + (place.startsWith(STAGING) ? " --staging" : " --dry-run") + " does";
    }

    private static void setting(
            Environment environment, String service, String place, String key, String value, List<Outcome> faults) {
        String of = place + " of " + service;
        switch (key) {
            case "url", "readBack" -> address(of, URI.create(value), faults);
            case "tokenFile" -> {
                if (!Files.isReadable(Path.of(value))) {
                    faults.add(Outcome.failed(
                            SUBJECT,
                            of + " names the file " + value + ", which cannot be read here",
                            "put the token there"));
                }
            }
            case "tokenEnv" -> token(of, value, environment.variables(), faults);
            default -> {}
        }
    }

    private static void address(String of, URI address, List<Outcome> faults) {
        String until = of.startsWith(STAGING)
                ? "until then no drill against staging succeeds"
                : "until then an ABORT is not followed by a rollback";
        Reach.fault(address)
                .ifPresent(fault -> faults.add(Outcome.failed(
                        SUBJECT,
                        of + ": " + Reach.shown(address) + " cannot be reached: " + fault,
                        "start what serves it, or correct the address; " + until)));
    }

    private static void token(String of, String variable, Map<String, String> variables, List<Outcome> faults) {
        if (variables.getOrDefault(variable, "").isBlank()) {
            faults.add(Outcome.failed(
                    SUBJECT,
                    of + " names the variable " + variable + ", which is not set here",
                    "set it where rollback-service is started"));
        }
    }
}
