package dev.portcullis.gate.usecase;

import java.util.List;
import java.util.OptionalLong;

/**
 * A part of a list, newest first.
 *
 * @param next number of its last item if more follow: the next page begins below it
 */
public record Page<T>(List<T> items, OptionalLong next) {
    public Page {
        items = List.copyOf(items);
    }
}
