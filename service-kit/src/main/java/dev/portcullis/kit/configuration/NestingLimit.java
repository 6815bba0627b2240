package dev.portcullis.kit.configuration;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** A YAML parser that refuses lists and mappings nested so deep that the composer, which recurses, would use up the stack. */
final class NestingLimit implements Parser {
    static final int DEEPEST = 64;

    private final Parser parser;
    private int depth;

    NestingLimit(Parser parser) {
        this.parser = parser;
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> depth++;
            case MappingEnd, SequenceEnd -> depth--;
            default -> {}
        }
        if (depth > DEEPEST) {
            String problem = "more than " + DEEPEST + " lists and mappings inside each other";
            throw new ParserException("", Optional.empty(), problem, event.getStartMark());
        }
        return event;
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }
}
