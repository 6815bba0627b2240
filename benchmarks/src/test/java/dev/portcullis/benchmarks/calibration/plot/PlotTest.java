package dev.portcullis.benchmarks.calibration.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.benchmarks.calibration.plot.Series.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PlotTest {
    @Test
    void aPlotIsWellFormed() throws Exception {
        var svg = parsed(plot("Aborts < 1 % & more"));
        assertEquals("svg", svg.getDocumentElement().getTagName());
        assertEquals(
                "Aborts < 1 % & more", svg.getElementsByTagName("title").item(0).getTextContent());
    }

    @Test
    void axesAndSeriesAreLabelled() throws Exception {
        var svg = parsed(plot("title"));
        for (var label :
                List.of("seconds", "part of runs (0 is drawn at the bottom)", "first", "10", "0.01", "alpha")) {
            assertTrue(texts(svg).contains(label), label + " is not among " + texts(svg));
        }
    }

    @Test
    void pointsStayInsideThePlot() throws Exception {
        var circles = parsed(plot("title")).getElementsByTagName("circle");
        IntStream.range(0, circles.getLength())
                .mapToObj(i -> (Element) circles.item(i))
                .map(circle -> Double.parseDouble(circle.getAttribute("cy")))
                .forEach(y -> assertTrue(y >= 0 && y <= 420, "y is " + y));
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        var series = Series.line("first");
        series.add(Point.of(1, Double.NaN));
        assertEquals(List.of(), series.points());
    }

    @Test
    void placesOnALogarithmicAxisAreEqualFactorsApart() {
        var axis = Axis.logarithmic("x", 1, 100, 1, 10, 100);
        assertEquals(0.5, axis.place(10), 1e-12);
        assertEquals(0, axis.place(0), 1e-12);
    }

    private static Plot plot(String title) {
        var series = new Series("first", true, new ArrayList<>());
        series.add(Point.of(10, 0.003, 0.001));
        series.add(Point.of(20, 0));
        return new Plot(
                title,
                Axis.linear("seconds", 0, 30, 10, 20),
                Axis.chances("part of runs"),
                List.of(series, Series.dots("second")),
                0.01,
                "alpha");
    }

    private static Document parsed(Plot plot) throws Exception {
        var bytes = plot.svg().getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    private static List<String> texts(Document svg) {
        var texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }
}
