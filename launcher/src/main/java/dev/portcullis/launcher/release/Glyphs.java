package dev.portcullis.launcher.release;

import java.nio.charset.Charset;

/**
 * The characters that a chart is drawn of.
 *
 * @param canary the canary's line
 * @param stable the stable version's line
 * @param limit a line across
 * @param canaryBand what is possible of the canary
 * @param stableBand what is possible of the stable version
 * @param side the left axis
 * @param corner where the axes meet
 * @param base the lower axis
 * @param full the full part of a bar
 * @param empty the empty part of a bar
 * @param levels from lowest to highest
 */
public record Glyphs(
        char canary,
        char stable,
        char limit,
        char canaryBand,
        char stableBand,
        char side,
        char corner,
        char base,
        char full,
        char empty,
        String levels) {
    /** Of what any UTF-8 terminal shows. */
    public static final Glyphs UNICODE = new Glyphs('●', '○', '╌', '░', '▒', '│', '└', '─', '█', '░', "▁▂▃▄▅▆▇█");
    /** Of what every terminal shows. */
    public static final Glyphs ASCII = new Glyphs('*', 'o', '-', ':', '.', '|', '+', '-', '#', '.', "_.:-=+*#");

    /** The finest that can be written so. */
    public static Glyphs of(Charset charset) {
        return charset.newEncoder().canEncode("●○╌░▒│└─█▁▂▃▄▅▆▇") ? UNICODE : ASCII;
    }
}
