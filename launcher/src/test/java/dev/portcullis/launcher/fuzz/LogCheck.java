package dev.portcullis.launcher.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the processes have printed: no stack trace, no error, no secret, no character that a terminal obeys, and no line that a caller has made up. */
final class LogCheck {
    private static final Pattern OBEYED =
            Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028-\\u202e\\u2066-\\u2069&&[^\\t]]");
    private static final String FORGED = "2031-01-01";
    private static final Pattern ERROR = Pattern.compile("^[0-9T:.Z+-]+ ERROR .*");

    private LogCheck() {}

    static void check(Path output, Findings findings) throws IOException {
        // Divided at line feeds alone: a carriage return is none.
        for (var line : Files.readString(output, StandardCharsets.UTF_8).split("\n")) {
            var bytes = line.getBytes(StandardCharsets.UTF_8);
            findings.check("the log", line, bytes);
            if (line.startsWith("\tat ") || line.startsWith("Caused by:") || line.startsWith("Exception in")) {
                findings.add("a stack trace in the log: " + line, bytes);
            }
            if (OBEYED.matcher(line).find()) {
                findings.add("a control character in the log", bytes);
            }
            if (line.startsWith(FORGED)) {
                findings.add("a forged line in the log", bytes);
            }
            if (ERROR.matcher(line).matches()) {
                findings.add("an error in the log: " + line.substring(line.indexOf("ERROR")), bytes);
            }
        }
    }
}
