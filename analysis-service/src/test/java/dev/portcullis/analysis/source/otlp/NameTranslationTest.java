package dev.portcullis.analysis.source.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.query.Selector;
import org.junit.jupiter.api.Test;

class NameTranslationTest {
    @Test
    void namesInQuotesMeanTheSeriesThatTheirMetricsBecome() {
        assertEquals(
                "{__name__=\"http_requests_total\",service_name=\"shop.eu\",code!~\"5..\"}",
                NameTranslation.of(
                                Selector.parse("{\"http.requests_total\",\"service.name\"=\"shop.eu\",code!~\"5..\"}"))
                        .render());
    }

    @Test
    void otherNamesStayAsTheyAre() {
        String query = "http_requests_total{service_name=\"shop\"}";
        assertEquals(query, NameTranslation.of(Selector.parse(query)).render());
    }
}
