package dev.portcullis.launcher.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** How overloaded this machine is, as Linux tells it (pressure stall information). */
final class CpuPressure {
    private static final Path FILE = Path.of("/proc/pressure/cpu");
    private static final Pattern SOME = Pattern.compile("some .* total=(\\d+)\n");

    private CpuPressure() {}

    /** The time since the machine's start in which some thread waited for a processor; zero where the kernel does not tell. */
    static Duration total() {
        try {
            var some = SOME.matcher(Files.readString(FILE));
            return some.find() ? Duration.ofNanos(Long.parseLong(some.group(1)) * 1_000) : Duration.ZERO;
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }
}
