package dev.portcullis.analysis.source.datadog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a key is found. The key itself is read anew for each request, so that it can be replaced while the service runs, and is kept nowhere.
 *
 * @param isFile whether it is a file; otherwise an environment variable
 * @param name of the variable, or path of the file
 */
record KeyPlace(boolean isFile, String name) {
    /** What a header can hold; checked here, since the message of a header that is refused would show the key. */
    private static final Pattern KEY = Pattern.compile("[!-~]+");

    /** The key. */
    String read(Map<String, String> environment) throws KeyException {
        String key = (isFile ? content() : environment.getOrDefault(name, "")).strip();
        if (key.isEmpty()) {
            throw new KeyException(this + (isFile ? " is empty" : " is not set"));
        }
        if (!KEY.matcher(key).matches()) {
            throw new KeyException(this + " holds blanks or letters that no key has");
        }
        return key;
    }

    private String content() throws KeyException {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException e) {
            throw new KeyException(this + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public String toString() {
        return (isFile ? "file " : "environment variable ") + name;
    }
}
