package dev.portcullis.gate.http.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.gate.release.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FormFieldsTest {
    private static FormFields form(String text) {
        return FormFields.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fieldsAreReadAsBrowsersSendThem() {
        var fields = form("token=a-_b&reason=payments+fail%3A+5+%25%0D%0Asee+%C3%BCber+ticket");
        assertEquals("a-_b", fields.get("token"));
        assertEquals("payments fail: 5 %\nsee über ticket", fields.text("reason"));
        assertEquals("", fields.get("other"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"reason=", "reason=+++", "other=x", "", "reason=a%00b", "reason=%ff", "reason=%2", "reason=%zz"})
    void aReasonThatIsNoneIsRefused(String body) {
        assertThrows(InvalidFieldException.class, () -> form(body).text("reason"));
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        var fault = assertThrows(InvalidFieldException.class, () -> form("token=a&token=b"));
        assertEquals("token", fault.field());
    }
}
