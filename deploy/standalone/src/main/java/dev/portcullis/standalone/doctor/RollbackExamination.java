package dev.portcullis.standalone.doctor;

import dev.portcullis.rollback.plan.TargetSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether there is somebody at the addresses of the policies' rollback targets. It connects and sends nothing, so that nothing is rolled back. */
final class RollbackExamination implements Examination {
    private static final String SUBJECT = "rollback";

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
        new TreeMap<>(configured.rollbacks().live()).forEach((service, plan) -> plan.stages()
                .forEach(stage -> outcomes.addAll(target(environment, service, stage.target()))));
        return outcomes;
    }

    private static List<Outcome> target(Environment environment, String service, TargetSettings target) {
        List<Outcome> faults = new ArrayList<>();
        target.values().forEach((key, value) -> setting(environment, service, key, value, faults));
        return faults.isEmpty()
                ? List.of(Outcome.ok(SUBJECT, "the " + target.kind() + " of " + service + " can be reached"))
                : faults;
    }

    private static void setting(
            Environment environment, String service, String key, String value, List<Outcome> faults) {
        String of = "spec.rollback." + key + " of " + service;
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
        Reach.fault(address)
                .ifPresent(
                        fault -> faults.add(
                                Outcome.failed(
                                        SUBJECT,
                                        of + ": " + Reach.shown(address) + " cannot be reached: " + fault,
                                        "start what serves it, or correct the address; until then an ABORT is not followed by a rollback")));
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
