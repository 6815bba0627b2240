package dev.portcullis.gate.http.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrowserRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console",
                "/console/",
                "/console?state=open&text=a%20b",
                "/console/services/a%2Fb/releases/6f5e?done=hold",
                "/console/audit?actor=ann@shop.example"
            })
    void aPageOfTheConsoleIsLedTo(String page) {
        assertEquals(page, BrowserRequest.page(page));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "console",
                "/consoles",
                "/console@evil.example",
                "/console//evil.example/..",
                "//evil.example/console",
                "/\\evil.example",
                "/console\\evil",
                "https://evil.example/console",
                "/console/../v1",
                "/console/%2E%2e/v1",
                "/console/./a",
                "/console/a#b",
                "/console/a b",
                "/console/\r\nSet-Cookie: a=b",
                "/console/ü",
                "/console/%zz",
                "/console/sign-in",
                "/console/sign-out?x"
            })
    void anythingElseIsTheFirstPage(String wanted) {
        assertEquals("/console", BrowserRequest.page(wanted));
    }

    @Test
    void whatIsTooLongIsTheFirstPage() {
        assertEquals("/console", BrowserRequest.page("/console?" + "a".repeat(1_000)));
    }
}
