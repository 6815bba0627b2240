package dev.portcullis.kit.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/portcullis, jdbc:postgresql://db:5432/portcullis",
        "jdbc:postgresql://db/portcullis?user=a&password=hunter2, jdbc:postgresql://db/portcullis",
        "jdbc:postgresql://a:hunter2@db/portcullis, jdbc:postgresql://db/portcullis",
        "jdbc:postgresql://a:hunt/er2@db/portcullis?sslpassword=x, jdbc:postgresql://db/portcullis",
        "jdbc:postgresql://a:hunt@er2@db/portcullis, jdbc:postgresql://db/portcullis",
        "'jdbc:postgresql://one:5432,two:5433/portcullis', 'jdbc:postgresql://one:5432,two:5433/portcullis'",
        "jdbc:postgresql://[::1]:5432/portcullis, jdbc:postgresql://[::1]:5432/portcullis",
        "jdbc:postgresql:portcullis, jdbc:postgresql:portcullis",
        "jdbc:postgresql://a:hunter2?x@db/portcullis, jdbc:postgresql://...",
        "db:5432, db:5432",
    })
    void theAddressIsShownWithoutWhatMayBeSecret(String url, String shown) {
        assertEquals(shown, new DatabaseSettings(url, "a", "").shown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/portcullis?user=a&password=hunter2",
                "jdbc:postgresql://db/portcullis?sslkey=hunter2",
                "jdbc:postgresql://db/portcullis?ssl=true&sslpassword=hunter2&x=y",
                "jdbc:postgresql://a:hunter2@db/portcullis",
            })
    void whatTheDriverTellsIsClearedOfSecrets(String url) {
        var settings = new DatabaseSettings(url, "a", "hunter3");
        var text = settings.withoutSecrets("Unable to parse URL " + url + ", with hunter2 and hunter3");
        assertFalse(text.contains("hunter"), text);
        assertFalse(settings.toString().contains("hunter"), settings.toString());
    }

    @Test
    void aPasswordThatIsAlsoThePlainNameOfSomethingHidesNothing() {
        var settings = new DatabaseSettings("jdbc:postgresql://db/portcullis", "portcullis", "portcullis");
        assertEquals(
                "database \"portcullis\" does not exist",
                settings.withoutSecrets("database \"portcullis\" does not exist"));
    }
}
