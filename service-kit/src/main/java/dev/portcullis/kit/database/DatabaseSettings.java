package dev.portcullis.kit.database;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL is.
 *
 * @param url JDBC address, e.g. jdbc:postgresql://db:5432/portcullis; may hold secrets, so only {@link #shown} is printed
 * @param user role
 * @param password its password; never printed
 */
public record DatabaseSettings(String url, String user, String password) {
    private static final Pattern USER_INFORMATION = Pattern.compile("//[^?]*@");
    private static final Pattern PASSWORD_IN_USER_INFORMATION = Pattern.compile("//[^:?]*:([^?]*)@");
    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("[?&][^=&]*(?:password|key|secret|token|cert)[^=&]*=([^&]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOSTS =
            Pattern.compile("[^/]*//(?:(?:\\[[0-9a-fA-F:.%]+]|[\\w.-]*)(?::[0-9]+)?,?)*(?:/.*)?");

    /** The address without user information and parameters, where secrets may be; only its scheme when it is too malformed to tell. */
    public String shown() {
        var plain = USER_INFORMATION.matcher(url).replaceFirst("//").replaceFirst("\\?.*", "");
        return !plain.contains("//") || HOSTS.matcher(plain).matches() ? plain : plain.replaceFirst("//.*", "//...");
    }

    /** A text somebody else wrote, such as the driver's error, without the secrets of these settings. */
    public String withoutSecrets(String text) {
        var clean = text.replace(url, shown());
        for (var secret : secrets()) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    private List<String> secrets() {
        var secrets = new ArrayList<String>();
        secrets.add(password);
        for (var pattern : List.of(PASSWORD_IN_USER_INFORMATION, SECRET_PARAMETER)) {
            pattern.matcher(url).results().forEach(found -> secrets.add(found.group(1)));
        }
        // What is shown anyway is no secret, even if somebody has made it a password.
        secrets.removeIf(secret -> secret.isBlank() || shown().contains(secret) || user.contains(secret));
        return secrets;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + shown() + ", user=" + user + "]";
    }
}
