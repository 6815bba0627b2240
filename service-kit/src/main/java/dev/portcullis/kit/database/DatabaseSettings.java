package dev.portcullis.kit.database;

/**
 * Where a PostgreSQL is.
 *
 * @param url JDBC address, e.g. jdbc:postgresql://db:5432/portcullis
 * @param user role
 * @param password its password; never printed
 */
public record DatabaseSettings(String url, String user, String password) {
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + "]";
    }
}
