package dev.portcullis.launcher.doctor;

/** The Java that runs this: the launcher chose it as it would for the services. */
final class JavaExamination {
    private static final long MIB = 1 << 20;
    private static final long LEAST_HEAP = 512 * MIB;

    private JavaExamination() {}

    static CheckResult result() {
        return result(
                Runtime.version() + " in " + System.getProperty("java.home", "?"),
                Runtime.getRuntime().maxMemory());
    }

    static CheckResult result(String version, long heap) {
        String what = version + ", heap up to " + heap / MIB + " MiB";
        // What the collector keeps for itself is not in the figure.
        return heap >= LEAST_HEAP * 9 / 10
                ? CheckResult.ok("java", what)
                : CheckResult.warning(
                        "java", what, "set PORTCULLIS_MAX_HEAP to 512m or more for all services in one process");
    }
}
