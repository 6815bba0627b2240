package dev.portcullis.gate.usecase;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * A part of a list, newest first.
 *
 * @param next number of its last item if more follow: the next page begins below it
 */
public record Page<T>(List<T> items, OptionalLong next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page that begins with some items.
     *
     * @param found one more than a page holds if there are as many, which tells that another page follows
     */
    public static <T> Page<T> of(List<T> found, int size, ToLongFunction<T> number) {
        if (found.size() <= size) {
            return new Page<>(found, OptionalLong.empty());
        }
        var items = found.subList(0, size);
        return new Page<>(items, OptionalLong.of(number.applyAsLong(items.getLast())));
    }
}
