package dev.portcullis.rollback;

import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration folder with a policy per service. */
record PolicyFolder(Path folder) {
    /** Writes a service's policy, or replaces it. */
    void write(String service, String rollback) {
        var text = """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: %s}
                spec:
                  service: %s
                  rollback: %s
                """.formatted(service, service, rollback);
        try {
            Files.writeString(folder.resolve(service + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A policy whose webhook is that switch, with limits short enough for a test. */
    void write(String service, TrafficSwitch webhook, String more) {
        write(
                service,
                "{target: webhook, url: '%s', readBack: '%s', confirmEvery: 100ms, recovery: {check: false}%s}"
                        .formatted(webhook.url(), webhook.readBack(), more));
    }
}
