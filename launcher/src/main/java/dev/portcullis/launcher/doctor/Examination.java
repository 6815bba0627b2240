package dev.portcullis.launcher.doctor;

import java.util.List;

/** One thing that can be looked at. */
@FunctionalInterface
interface Examination {
    /** What was found, one or several; blocks for seconds. */
    List<CheckResult> outcomes(Environment environment);
}
