package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.tls.ServiceTls;
import dev.portcullis.kit.tls.TlsSettings;
import dev.portcullis.kit.tls.WatchedFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports speak TLS by certificates that can be used, or who takes TLS off in front of them. */
final class TlsExamination implements Examination {
    private static final String SUBJECT = "tls";
    /** Renewal comes well before that, wherever something renews. */
    private static final Duration SOON = Duration.ofDays(7);

    private final InstantSource clock;

    TlsExamination(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public List<CheckResult> outcomes(Environment environment) {
        try {
            ServiceTls tls = new ServiceTls(TlsSettings.of(environment.variables()));
            List<CheckResult> outcomes = new ArrayList<>();
            if (!tls.isOn()) {
                outcomes.add(withoutTls(environment));
            }
            tls.files().forEach(files -> outcomes.add(certificates(files)));
            return outcomes;
        } catch (StartupException e) {
            return List.of(CheckResult.failed(
                    SUBJECT, String.valueOf(e.getMessage()), "correct the variable or the file (docs/tls.md)"));
        }
    }

    private static CheckResult withoutTls(Environment environment) {
        String host = environment.get("PORTCULLIS_HOST", "127.0.0.1");
        String front = environment.get("PORTCULLIS_TLS_TERMINATED_BY", "");
        if (isLoopback(host)) {
            return CheckResult.ok(SUBJECT, "the ports speak no TLS, and only this machine reaches them");
        }
        return front.isEmpty()
                ? CheckResult.failed(
                        SUBJECT,
                        "PORTCULLIS_HOST is " + host + ", and the ports speak no TLS",
                        "set PORTCULLIS_TLS_CERTIFICATE_FILE and PORTCULLIS_TLS_KEY_FILE, or name who takes TLS off in"
                                + " front in PORTCULLIS_TLS_TERMINATED_BY (docs/tls.md)")
                : CheckResult.ok(
                        SUBJECT,
                        "the ports speak no TLS, which " + front
                                + " takes off in front, by PORTCULLIS_TLS_TERMINATED_BY; that nothing else reaches them"
                                + " cannot be seen from here");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private CheckResult certificates(WatchedFiles files) {
        Instant now = clock.instant();
        String told = "the certificates in " + files.file();
        String fix = "renew them; a new file is used within 10 seconds, without a restart";
        if (!now.isBefore(files.end())) {
            return CheckResult.failed(SUBJECT, told + " ended at " + files.end(), fix);
        }
        return now.plus(SOON).isBefore(files.end())
                ? CheckResult.ok(SUBJECT, told + " are good until " + files.end())
                : CheckResult.warning(SUBJECT, told + " end at " + files.end(), fix);
    }
}
