package dev.portcullis.analysis.store;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists and maps of documents, part by part. */
final class Elements {
    private Elements() {}

    static <A, B> List<B> of(List<A> parts, Function<? super A, B> change) {
        return parts.stream().map(change).toList();
    }

    static <A, B> Map<String, B> of(Map<String, ? extends A> parts, Function<? super A, B> change) {
        return parts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, part -> change.apply(part.getValue())));
    }
}
