/**
 * Charts as SVG: pure functions from figures to text. Colours and fonts are those of the style sheet {@code console/chart.css}; no element has a style of its own, so that
 * the strictest content security policy lets them pass, and one picture is right in light and in dark.
 */
@NullMarked
package dev.portcullis.gate.console.chart;

import org.jspecify.annotations.NullMarked;
