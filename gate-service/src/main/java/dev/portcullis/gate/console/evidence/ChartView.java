package dev.portcullis.gate.console.evidence;

import dev.portcullis.gate.console.chart.BandChart;
import dev.portcullis.gate.console.chart.ChartSize;
import dev.portcullis.gate.console.chart.Numbers;
import dev.portcullis.gate.console.chart.OddsChart;

/**
 * A chart on a page: the picture for either width, and its figures.
 *
 * @param heading what it shows
 * @param caption how to read it, in a sentence or two
 * @param wide SVG for a desk
 * @param narrow SVG for a phone
 * @param numbers the figures
 */
public record ChartView(String heading, String caption, String wide, String narrow, Numbers numbers) {
    static ChartView of(BandChart chart, String caption) {
        return new ChartView(
                chart.title(), caption, chart.svg(ChartSize.WIDE), chart.svg(ChartSize.NARROW), chart.numbers());
    }

    static ChartView of(OddsChart chart, String caption) {
        return new ChartView(
                chart.title(), caption, chart.svg(ChartSize.WIDE), chart.svg(ChartSize.NARROW), chart.numbers());
    }
}
