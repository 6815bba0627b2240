package dev.portcullis.launcher.command;

import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.launcher.configuration.LoadedConfiguration.LocatedFinding;
import dev.portcullis.launcher.doctor.CheckResult;
import dev.portcullis.launcher.release.Paint;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The colours of lines, where there are any: on a terminal, unless NO_COLOR is set. */
final class Palette implements Paint {
    private static final String RED = "red";
    private static final String YELLOW = "yellow";
    private static final String GREEN = "green";
    private static final String FAINT = "faint";
    private static final String BLUE = "blue";

    private final Ansi ansi;

    private Palette(Ansi ansi) {
        this.ansi = ansi;
    }

    /** As the command line was told, or found out by itself. */
    static Palette of(CommandLine command) {
        return new Palette(command.getColorScheme().ansi());
    }

    /** A fault, its place in red. */
    String fault(Fault fault) {
        return placed(RED, fault);
    }

    /** A finding, its place in the colour of its severity. */
    String finding(LocatedFinding locatedFinding) {
        String colour =
                switch (locatedFinding.finding().severity()) {
                    case FAULT -> RED;
                    case WARNING -> YELLOW;
                    case NOTE -> FAINT;
                };
        return placed(colour, locatedFinding.place());
    }

    /** The lines of an outcome, its state in colour. */
    List<String> outcome(CheckResult result) {
        String colour =
                switch (result.state()) {
                    case OK -> GREEN;
                    case WARNING -> YELLOW;
                    case FAILED -> RED;
                };
        return result.lines(state -> in(colour, state));
    }

    @Override
    public String in(Colour colour, String text) {
        return in(
                switch (colour) {
                    case CANARY -> YELLOW;
                    case STABLE -> BLUE;
                    case LIMIT -> RED;
                    case GOAL -> GREEN;
                    case AXIS -> FAINT;
                },
                text);
    }

    private String placed(String colour, Fault fault) {
        String line = fault.toString();
        int place = line.length() - fault.message().length();
        return in(colour, line.substring(0, place).stripTrailing()) + " " + fault.message();
    }

    /** Only words of our own and names of files get here: what looks like a style in them would be taken for one. */
    private String in(String colour, String text) {
        return ansi.enabled() && !text.contains("@|") ? ansi.string("@|" + colour + " " + text + "|@") : text;
    }
}
