package dev.portcullis.launcher.release;

import dev.portcullis.kit.text.RequestName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person calls a release by.
 *
 * @param text its name, or the beginning of its UUID
 * @param isName whether it is the name
 */
public record ReleaseReference(String text, boolean isName) {
    private static final Pattern NAME =
            Pattern.compile("services/.+/releases/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-?[0-9a-f]*){0,4}");
    private static final int UUID_LENGTH = 36;

    /** What a text refers to; empty when it has the form of neither. */
    public static Optional<ReleaseReference> of(String text) {
        if (NAME.matcher(text).matches()) {
            return Optional.of(new ReleaseReference(text, true));
        }
        var id = text.toLowerCase(Locale.ROOT);
        return id.length() <= UUID_LENGTH && ID.matcher(id).matches()
                ? Optional.of(new ReleaseReference(id, false))
                : Optional.empty();
    }

    /** What is wrong with a text that is no reference. */
    public static String fault(String text) {
        return "is " + RequestName.shown(text)
                + "; legal: services/{service}/releases/{uuid}, or its UUID, or the first 8 or more characters of that";
    }
}
