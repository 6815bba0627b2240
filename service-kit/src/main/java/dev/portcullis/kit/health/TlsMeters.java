package dev.portcullis.kit.health;

import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.tls.ServiceTls;
import dev.portcullis.kit.tls.WatchedFiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** When the certificates in use end, and whether renewed ones could not be used, as {@code portcullis_tls_*} by file. Thread-safe. */
@Singleton
final class TlsMeters implements BackgroundWork {
    private final ServiceTls tls;
    private final MeterRegistry meters;

    TlsMeters(ServiceTls tls, MeterRegistry meters) {
        this.tls = tls;
        this.meters = meters;
    }

    @Override
    public void start() {
        tls.files().forEach(this::register);
    }

    private void register(WatchedFiles watched) {
        var file = watched.file().toString();
        Gauge.builder("portcullis.tls.not.after", watched, files -> files.end().getEpochSecond())
                .description("When the certificates in use end, in seconds since 1970")
                .baseUnit("seconds")
                .tag("file", file)
                .register(meters);
        Gauge.builder("portcullis.tls.refused", watched, files -> files.fault().isPresent() ? 1 : 0)
                .description(
                        "1 while the present content of the file cannot be used and an earlier one is in use, else 0")
                .tag("file", file)
                .register(meters);
    }

    @Override
    public void stop() {}
}
