package dev.portcullis.gate.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Charts are drawn as they were, letter for letter. With {@code -Dportcullis.charts=FOLDER} they are written there, to be looked at and kept.
 */
final class GoldenChartsTest {
    private static final Path KEPT = Path.of("src/test/resources/charts");
    private static final Map<String, String> CHARTS = SampleCharts.all();

    static Set<String> names() {
        return CHARTS.keySet();
    }

    @Test
    void allAreKept() throws IOException {
        var wanted = System.getProperty("portcullis.charts", "");
        if (!wanted.isEmpty()) {
            for (var chart : CHARTS.entrySet()) {
                Files.writeString(Path.of(wanted).resolve(chart.getKey() + ".svg"), chart.getValue());
            }
        }
        try (var files = Files.list(KEPT)) {
            assertEquals(
                    names(),
                    files.map(file -> file.getFileName().toString().replace(".svg", ""))
                            .collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void itIsDrawnAsItWas(String name) throws IOException {
        assertEquals(Files.readString(KEPT.resolve(name + ".svg")), CHARTS.get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void itIsAnImageWithANameThatAStrictPageTakes(String name) throws Exception {
        var svg = String.valueOf(CHARTS.get(name));
        var root = parsed(svg);
        assertEquals("img", root.getAttribute("role"));
        assertEquals("title", root.getChildNodes().item(0).getNodeName());
        assertFalse(root.getChildNodes().item(0).getTextContent().isBlank());
        assertEquals("desc", root.getChildNodes().item(1).getNodeName());
        assertFalse(root.getChildNodes().item(1).getTextContent().isBlank());
        for (var forbidden :
                List.of("style=", "fill=", "stroke=", "<script", "href", "onload", "id=", "NaN", "Infinity")) {
            assertFalse(svg.contains(forbidden), () -> forbidden + " in " + svg);
        }
    }

    /** As far as widths can be told without a font: no text covers another one, and none leaves the picture. */
    @ParameterizedTest
    @MethodSource("names")
    void noTextCoversAnother(String name) throws Exception {
        var root = parsed(String.valueOf(CHARTS.get(name)));
        var size = root.getAttribute("viewBox").split(" ");
        var texts = root.getElementsByTagName("text");
        for (var i = 0; i < texts.getLength(); i++) {
            var one = Box.of((Element) texts.item(i));
            assertTrue(
                    one.left >= -1
                            && one.right <= Double.parseDouble(size[2]) + 1
                            && one.bottom <= Double.parseDouble(size[3]),
                    () -> one + " leaves the picture");
            for (var j = 0; j < i; j++) {
                var other = Box.of((Element) texts.item(j));
                assertFalse(one.covers(other), () -> one + " covers " + other);
            }
        }
    }

    private record Box(String text, double left, double right, double bottom) {
        private static final double HEIGHT = 11;

        static Box of(Element text) {
            var content = text.getTextContent();
            var kinds = List.of(text.getAttribute("class").split(" "));
            var width = (kinds.contains("name") ? TextWidth.bold(content) : TextWidth.of(content)) * 0.95;
            var x = Double.parseDouble(text.getAttribute("x"));
            var left = kinds.contains("end") ? x - width : kinds.contains("middle") ? x - width / 2 : x;
            return new Box(content, left, left + width, Double.parseDouble(text.getAttribute("y")));
        }

        boolean covers(Box other) {
            return left < other.right
                    && other.left < right
                    && bottom - HEIGHT < other.bottom
                    && other.bottom - HEIGHT < bottom;
        }
    }

    @Test
    void aFileOfItsOwnHasItsStyleInside() throws Exception {
        for (var chart : CHARTS.values()) {
            var root = parsed(StandaloneSvg.of(chart));
            var style = root.getElementsByTagName("style");
            assertEquals(1, style.getLength());
            assertEquals(StandaloneSvg.style(), style.item(0).getTextContent());
            assertEquals("http://www.w3.org/2000/svg", root.getAttribute("xmlns"));
        }
    }

    /** Each class that a picture uses has a rule, or is one that only says what something is. */
    @Test
    void theStyleSheetKnowsWhatIsDrawn() throws Exception {
        var known = Pattern.compile("\\.([a-z][a-z-]*)")
                .matcher(StandaloneSvg.style())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        var pictures = Set.of("bands", "odds", "interval", "spark", "share", "steps", "step-name");
        for (var chart : CHARTS.values()) {
            var all = parsed(chart).getElementsByTagName("*");
            for (var i = 0; i < all.getLength(); i++) {
                for (var kind : ((Element) all.item(i)).getAttribute("class").split(" ")) {
                    assertTrue(kind.isEmpty() || known.contains(kind) || pictures.contains(kind), kind);
                }
            }
        }
    }

    @Test
    void whatOthersCallThingsIsOnlyText() throws Exception {
        var hostile = "\"><script>alert('x')</script>&\u0000\u202e\ud800\uffff";
        var chart = new BandChart(
                hostile,
                List.of(new BandSeries(
                        hostile,
                        "canary",
                        SampleCharts.bands(3, 0.1, 0.1, 0.2).series().getFirst().points())),
                SampleCharts.bands(3, 0.1, 0.1, 0.2).limit(),
                SampleCharts.BEGIN);
        for (var size : ChartSize.values()) {
            var svg = chart.svg(size);
            assertFalse(svg.contains("<script"), svg);
            var title = parsed(svg).getChildNodes().item(0);
            assertEquals("\"><script>alert('x')</script>&\\u0000\\u202e\\ud800\ufffd", title.getTextContent());
            assertEquals(Node.ELEMENT_NODE, title.getNodeType());
        }
    }

    private static Element parsed(String svg) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }
}
